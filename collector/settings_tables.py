"""Tables of tachograph.toml with a name of the user's choice, such as [workflows.NAME]: each checked key by key."""

from collections.abc import Iterable, Mapping
from typing import Any

from collector.errors import SettingsError
from collector.setting_kinds import Kind, nearest


def read_tables(said: object, keys: Mapping[str, Kind], where: str) -> list[tuple[str, dict[str, Any]]]:
    """Each table with its values. Raises SettingsError naming place, key and the nearest right one."""
    if not isinstance(said, Mapping) or not all(isinstance(table, Mapping) for table in said.values()):
        kind = where.rpartition(" ")[2]
        raise SettingsError(f"{where}: must be tables, each with a name: [{kind}.NAME]")
    return [(name_of(name, where), read_table(table, keys, f"{where}.{name}")) for name, table in said.items()]


def name_of(name: str, where: str) -> str:
    """The name as it stands; raises SettingsError for one that names nothing."""
    if not name.strip():
        raise SettingsError(f"{where}: a table without a name; write [{where.rpartition(' ')[2]}.NAME]")
    return name


def read_table(said: Mapping[str, object], keys: Mapping[str, Kind], where: str) -> dict[str, Any]:
    """The values of one table; raises SettingsError naming the key and the nearest right one."""
    values = {}
    for key, value in said.items():
        if key not in keys:
            raise SettingsError(f"{where}: '{key}' is no key here{nearest(key, keys) or there_are(keys)}")
        values[key] = parse_value(keys[key], value, f"{where}: {key}")
    return values


def parse_value(kind: Kind, value: object, where: str) -> Any:
    """The value that was meant; raises SettingsError naming the place, what came, and what it should have been."""
    try:
        return kind.parse(value)
    except ValueError as error:
        shown = "(not shown)" if kind.name == "secret" else repr(value)
        options = kind.name.split("|")
        hint = nearest(value, options) if len(options) > 1 and isinstance(value, str) else ""
        raise SettingsError(f"{where}: {shown} {error}{hint}") from None


def there_are(keys: Iterable[str]) -> str:
    """'; there are A, B'."""
    return f"; there are {', '.join(keys)}"
