"""Flags made from the settings table, so that a setting is said once and a flag cannot differ from its variable."""

import functools
import inspect
import os
from collections.abc import Callable
from typing import Annotated, Any

import typer

from collector.settings import SETTINGS, Setting
from collector.settings_sources import CONFIG_ENV, CONFIG_NAME, read

SERVING = (
    "store",
    "lake_data",
    "host",
    "grpc_port",
    "http_port",
    "http_base_path",
    "token",
    "tls_cert",
    "tls_key",
    "cors_origins",
    "queue_max_bytes",
    "request_max_bytes",
    "query_timeout_s",
    "query_row_limit",
    "query_workers",
    "memory_limit",
    "prices",
    "hourly_rate_usd",
    "budget_usd_per_month",
    "abandoned_after_s",
    "close_week_after_days",
    "log_level",
)
READING = ("store", "lake_data", "host", "http_port", "http_base_path", "api_url", "token", "tls_cert", "tls_key")
DASHBOARD = ("dashboard_host", "dashboard_port", "dashboard_base_path")

_PANEL = "Settings (also as environment variables or in tachograph.toml)"


def with_settings(*keys: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the flags of these settings; it gets them as its keyword argument `sourced`."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def run(*args: Any, config: str | None = None, **given: Any) -> None:
            flags = {key: given.pop(key) for key in keys}
            command(*args, sourced=read(flags, os.environ, config), **given)

        own = [parameter for name, parameter in inspect.signature(command).parameters.items() if name != "sourced"]
        run.__signature__ = inspect.Signature([*own, *map(_flag, keys), _config()])  # type: ignore[attr-defined]
        return run

    return decorate


def _flag(key: str) -> inspect.Parameter:
    setting = SETTINGS[key]
    option = typer.Option(
        setting.flag,
        metavar=setting.kind.name.upper(),
        help=f"{setting.about} {_shown_default(setting)}",
        show_default=False,
        rich_help_panel=_PANEL,
    )
    return _keyword(key, option)


def _config() -> inspect.Parameter:
    about = f"Read this file instead of ./{CONFIG_NAME} (environment: {CONFIG_ENV})."
    return _keyword(
        "config", typer.Option("--config", metavar="FILE", help=about, show_default=False, rich_help_panel=_PANEL)
    )


def _keyword(name: str, option: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, option]
    )


def _shown_default(setting: Setting) -> str:
    default = setting.kind.show(setting.default)
    return f"(default: {default})" if default else ""
