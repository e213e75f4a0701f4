"""Where settings come from: flag > environment > tachograph.toml > default. A wrong key or value is refused by name."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from collector.errors import SettingsError
from collector.prices.reading import read_table
from collector.prices.table import PriceTable, WorkflowRate
from collector.setting_kinds import nearest
from collector.settings import ENV_PREFIX, SETTINGS, Settings
from collector.settings_tables import parse_value
from collector.settings_webhooks import read_webhooks, secret_variable
from collector.settings_workflows import WorkflowSettings, read_workflows

CONFIG_NAME = "tachograph.toml"
CONFIG_ENV = f"{ENV_PREFIX}CONFIG"
_LISTS = ("prices", "tool_prices")
_TABLES = ("workflows", "webhooks")


@dataclass(frozen=True, slots=True)
class Sourced:
    """Settings, and for each key where its value came from, in words."""

    settings: Settings
    origins: Mapping[str, str]


def read(flags: Mapping[str, object], environ: Mapping[str, str], config: str | None = None) -> Sourced:
    """The settings in force.

    `flags` holds the flags given (None: not given); `config` a file to read in place of ./tachograph.toml. Raises
    SettingsError naming flag, variable or file, the key, and the nearest right one.
    """
    document = _document(config or environ.get(CONFIG_ENV))
    webhooks = read_webhooks(document.tables.get("webhooks", {}), environ, ENV_PREFIX, str(document.path))
    secrets = {secret_variable(webhook.name, ENV_PREFIX) for webhook in webhooks}
    own = {name: text for name, text in environ.items() if name not in secrets}
    layers = [_from_file(document), _from_environ(own), _from_flags(flags)]
    values: dict[str, Any] = {}
    origins = dict.fromkeys(SETTINGS, "default")
    for layer in layers:
        for key, (value, origin) in layer.items():
            values[key], origins[key] = value, origin
    settings = Settings(**values)
    workflows = read_workflows(document.tables.get("workflows", {}), str(document.path))
    prices = _price_table(document, settings, workflows)
    settings = replace(settings, price_table=prices, workflows=workflows, webhooks=webhooks)
    _check_pairs(settings, origins)
    return Sourced(settings, origins)


Layer = dict[str, tuple[Any, str]]


def _from_flags(flags: Mapping[str, object]) -> Layer:
    given = {key: value for key, value in flags.items() if value is not None}
    return {
        key: (parse_value(SETTINGS[key].kind, value, f"flag {SETTINGS[key].flag}"), "flag")
        for key, value in given.items()
    }


def _from_environ(environ: Mapping[str, str]) -> Layer:
    by_name = {setting.env: setting for setting in SETTINGS.values()}
    layer: Layer = {}
    for name, text in environ.items():
        if not name.startswith(ENV_PREFIX) or name == CONFIG_ENV:
            continue
        if name not in by_name:
            raise SettingsError(f"environment: {name} is no setting{nearest(name, by_name)}")
        setting = by_name[name]
        layer[setting.key] = (parse_value(setting.kind, text, f"environment variable {name}"), f"environment {name}")
    return layer


@dataclass(frozen=True, slots=True)
class _Document:
    """A settings file: what stands in it by key; and its lists and named tables, which are no settings."""

    path: Path
    values: Mapping[str, object]
    lists: Mapping[str, list[object]]
    tables: Mapping[str, object]


def _document(config: str | None) -> _Document:
    path = Path(config) if config else Path(CONFIG_NAME)
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if config is None:
            return _Document(path, {}, {}, {})
        raise SettingsError(f"{path}: no such file; name an existing one with --config") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML: {error}") from error
    lists = {key: found.pop(key) for key in _LISTS if isinstance(found.get(key), list)}
    tables = {key: found.pop(key) for key in _TABLES if key in found}
    return _Document(path, found, lists, tables)


def _from_file(document: _Document) -> Layer:
    path = document.path
    layer: Layer = {}
    for key, value in document.values.items():
        if key not in SETTINGS:
            raise SettingsError(f"{path}: '{key}' is no setting{nearest(key, (*SETTINGS, *_LISTS, *_TABLES))}")
        layer[key] = (parse_value(SETTINGS[key].kind, value, f"{path}: {key}"), f"file {path}")
    return layer


def _price_table(document: _Document, settings: Settings, workflows: tuple[WorkflowSettings, ...]) -> PriceTable:
    """The user's prices; an empty table where nobody said any."""
    models, tools = (document.lists.get(key, []) for key in _LISTS)
    table = read_table(models, tools, settings.prices, settings.hourly_rate_usd, str(document.path))
    rates = (WorkflowRate(said.name, said.hourly_rate_usd) for said in workflows if said.hourly_rate_usd is not None)
    return replace(table, workflow_rates=tuple(rates))


def _check_pairs(settings: Settings, origins: Mapping[str, str]) -> None:
    """Settings that only make sense together."""
    if bool(settings.tls_cert) != bool(settings.tls_key):
        given, missing = ("tls_cert", "tls_key") if settings.tls_cert else ("tls_key", "tls_cert")
        raise SettingsError(f"{given} ({origins[given]}) is set but {missing} is not; TLS needs both")
