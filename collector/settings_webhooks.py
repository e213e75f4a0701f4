"""What `[webhooks.NAME]` of tachograph.toml says: who signs, how, and where in the body a verification stands."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from collector import setting_kinds as kinds
from collector.errors import SettingsError
from collector.setting_kinds import Kind
from collector.settings_tables import name_of, read_table

SCHEMES = ("hmac", "github", "stripe", "standard")
METHODS = ("system_of_record", "human", "rule", "model_judge")
RESULTS = ("success", "failure", "reversed", "ignore")
_OWN_SCHEME = ("signature_header", "signature_encoding", "signature_prefix", "timestamp_header")
_KEYS: Mapping[str, Kind] = {
    "secret": kinds.SECRET,
    "scheme": kinds.choice(*SCHEMES),
    "signature_header": kinds.TEXT,
    "signature_encoding": kinds.choice("hex", "base64"),
    "signature_prefix": kinds.TEXT,
    "timestamp_header": kinds.TEXT,
    "tolerance_s": kinds.SECONDS,
    "outcome": kinds.TEXT,
    "checked_by": kinds.TEXT,
    "method": kinds.choice(*METHODS),
    "value_unit": kinds.choice("usd", "cents"),
}
_FIELDS = ("status", "run_id", "outcome_id", "outcome", "checked_at", "value_usd", "evidence", "event_id")
_FIELD_KEYS: Mapping[str, Kind] = dict.fromkeys(_FIELDS, kinds.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    """One webhook. `fields` are paths by name, `statuses` results by the status that the sender says."""

    name: str
    secret: str = field(repr=False)
    scheme: str
    fields: Mapping[str, str]
    statuses: Mapping[str, str]
    signature_header: str = ""
    signature_encoding: str = "hex"
    signature_prefix: str = ""
    timestamp_header: str = ""
    tolerance_s: float = 300.0
    outcome: str = ""
    checked_by: str = ""
    method: str = "system_of_record"
    value_unit: str = "usd"


def secret_variable(name: str, prefix: str) -> str:
    """The environment variable that may hold the secret of a webhook, so that no file has to."""
    word = "".join(letter if letter.isalnum() else "_" for letter in name)
    return f"{prefix}WEBHOOK_{word.upper()}_SECRET"


def standard_key(secret: str) -> bytes:
    """The key in a secret of scheme standard: base64, with or without 'whsec_' before it. Raises ValueError."""
    return base64.b64decode(secret.removeprefix("whsec_"), validate=True)


def read_webhooks(said: object, environ: Mapping[str, str], prefix: str, where: str) -> tuple[WebhookSettings, ...]:
    """The webhooks of `[webhooks]`, by name. Raises SettingsError naming file, webhook, key and the nearest one."""
    place = f"{where}: webhooks"
    if not isinstance(said, Mapping) or not all(isinstance(table, Mapping) for table in said.values()):
        raise SettingsError(f"{place}: must be tables, each with a name: [webhooks.NAME]")
    return tuple(
        _webhook(name_of(name, place), table, environ.get(secret_variable(name, prefix), ""), prefix, place)
        for name, table in said.items()
    )


def _webhook(name: str, said: Mapping[str, Any], secret: str, prefix: str, place: str) -> WebhookSettings:
    where = f"{place}.{name}"
    flat = {key: value for key, value in said.items() if key not in ("fields", "statuses")}
    values = {key: value for key, value in read_table(flat, _KEYS, where).items() if value != ""}
    if secret:
        values["secret"] = secret
    if "secret" not in values:
        variable = secret_variable(name, prefix)
        raise SettingsError(
            f"{where}: secret is missing: whoever reaches the port could say anything; set it here or as {variable}"
        )
    _check_scheme(values, where)
    fields = read_table(_table(said, "fields", where), _FIELD_KEYS, f"{where}.fields")
    if "status" not in fields or not {"run_id", "outcome_id"} & fields.keys():
        raise SettingsError(f"{where}.fields: must say where in the body status and run_id or outcome_id stand")
    statuses = _table(said, "statuses", where)
    kind = kinds.choice(*RESULTS)
    results = read_table(statuses, dict.fromkeys(statuses, kind), f"{where}.statuses")
    if not results:
        raise SettingsError(f"{where}.statuses: must say which status is {', '.join(RESULTS)}")
    return WebhookSettings(name=name, fields=fields, statuses=results, **values)


def _check_scheme(values: Mapping[str, Any], where: str) -> None:
    if "scheme" not in values:
        raise SettingsError(f"{where}: scheme is missing; there are {', '.join(SCHEMES)}")
    if values["scheme"] == "hmac":
        if "signature_header" not in values:
            raise SettingsError(f"{where}: signature_header is missing: scheme hmac needs the name of the header")
        return
    if values["scheme"] == "standard":
        try:
            key = standard_key(values["secret"])
        except ValueError:
            key = b""
        if not key:  # 'whsec_' alone is the key of nobody: anybody could sign with it
            raise SettingsError(f"{where}: secret: (not shown) must be base64, as scheme standard has it")
    for name in _OWN_SCHEME:
        if name in values:
            raise SettingsError(f"{where}: {name}: scheme {values['scheme']} says that itself; only hmac takes it")


def _table(said: Mapping[str, Any], key: str, where: str) -> Mapping[str, object]:
    table = said.get(key, {})
    if not isinstance(table, Mapping):
        raise SettingsError(f"{where}.{key}: must be a table: [{where.rpartition(' ')[2]}.{key}]")
    return table
