"""Every setting, once: this table is the help of the flags, the documentation and the validation.

A setting `http_port` is the flag `--http-port`, the environment variable `TACHOGRAPH_HTTP_PORT` and the key `http_port`
of tachograph.toml. Where it comes from is decided in `settings_sources`; `python -m collector.settings` prints the
table of the README.
"""

from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, TypeVar

from collector import setting_kinds as kinds
from collector.prices.table import PriceTable
from collector.setting_kinds import Kind
from collector.settings_webhooks import WebhookSettings
from collector.settings_workflows import WorkflowSettings

ENV_PREFIX = "TACHOGRAPH_"


T = TypeVar("T")


def _setting(default: T, kind: Kind, about: str) -> T:
    """A field of the table; typed as its default, so that Settings is an ordinary dataclass to everybody else."""
    value: T = field(default=default, metadata={"kind": kind, "about": about})
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings with their values; sizes in bytes, times in seconds. Build it with `settings_sources.read`."""

    store: str = _setting(
        "./tachograph.duckdb", kinds.TEXT, "Where the data is: a DuckDB file, or ducklake:postgres:… for a DuckLake."
    )
    lake_data: str = _setting(
        "", kinds.TEXT, "Where a DuckLake keeps its Parquet files: a folder or s3://bucket/prefix. Only for a new lake."
    )
    host: str = _setting(
        "127.0.0.1", kinds.TEXT, "Address of the collector's ports. 0.0.0.0 lets other machines in: set a token then."
    )
    grpc_port: int = _setting(4317, kinds.PORT, "Port of OTLP/gRPC.")
    http_port: int = _setting(4318, kinds.PORT, "Port of OTLP/HTTP, of step events and of the read API.")
    dashboard_host: str = _setting(
        "127.0.0.1",
        kinds.TEXT,
        "Address of the dashboard. Its pages ask for no token: use a proxy that signs people in.",
    )
    dashboard_port: int = _setting(8501, kinds.PORT, "Port of the dashboard.")
    http_base_path: str = _setting(
        "",
        kinds.URL_PATH,
        "URL path in front of /v1/… and /api/v1/… on the HTTP port, such as /otlp, for a reverse proxy.",
    )
    dashboard_base_path: str = _setting(
        "", kinds.URL_PATH, "URL path under which a reverse proxy serves the dashboard, such as /tachograph."
    )
    api_url: str = _setting(
        "", kinds.URL, "Where dashboard and commands find a collector running elsewhere. Empty: at host and http_port."
    )
    token: str = _setting(
        "", kinds.SECRET, "Senders and readers must send 'Authorization: Bearer <token>'. Empty: nobody has to."
    )
    tls_cert: str = _setting("", kinds.FILE, "Certificate chain (PEM) for both ports; together with tls_key.")
    tls_key: str = _setting("", kinds.FILE, "Private key (PEM) that belongs to tls_cert.")
    cors_origins: tuple[str, ...] = _setting(
        (), kinds.TEXTS, "Web pages that may send from a browser, such as https://app.example.com. Empty: none."
    )
    queue_max_bytes: int = _setting(
        256 * 1024**2, kinds.SIZE, "Accepted but not yet committed bytes; beyond it senders are told to wait."
    )
    request_max_bytes: int = _setting(64 * 1024**2, kinds.SIZE, "Largest request, before and after decompression.")
    query_timeout_s: float = _setting(30.0, kinds.SECONDS, "Longest time that one read may take.")
    query_row_limit: int = _setting(10_000, kinds.COUNT, "Rows of an answer, unless the reader asks for another limit.")
    query_workers: int = _setting(4, kinds.COUNT, "Reads that run at the same time; others wait.")
    memory_limit: str = _setting(
        "384 MiB", kinds.MEMORY, "Memory that DuckDB may use; what needs more goes to a folder beside the store."
    )
    prices: str = _setting(
        "", kinds.FILE, "CSV file with your own prices of models, before the list prices; or [[prices]] in the file."
    )
    hourly_rate_usd: Decimal | None = _setting(  # noqa: RUF009 (frozen, like the others)
        None,
        kinds.RATE,
        "What an hour of a person's time costs, in USD. Empty: nobody knows what minutes without an amount cost.",
    )
    budget_usd_per_month: Decimal | None = _setting(  # noqa: RUF009 (frozen, like the others)
        None,
        kinds.RATE,
        "What everything together may cost in a calendar month (UTC), in USD. Empty: no budget.",
    )
    abandoned_after_s: float = _setting(
        86_400.0, kinds.SECONDS, "A run without an end, of which nothing came for so long, is abandoned, not open."
    )
    close_week_after_days: int = _setting(
        7,
        kinds.DAYS_OR_NEVER,
        "Days after its end until a week closes and its figures stay. 0 or empty: never by itself.",
    )
    log_level: str = _setting(
        "info", kinds.choice("debug", "info", "warning", "error"), "Least important message that is still written."
    )
    price_table: PriceTable = field(default_factory=PriceTable)
    """No setting of its own: the CSV file, `[[prices]]`, `[[tool_prices]]` and the hourly rates, as they were read."""
    workflows: tuple[WorkflowSettings, ...] = ()
    """No setting of its own: the `[workflows.NAME]` of the file."""
    webhooks: tuple[WebhookSettings, ...] = ()
    """No setting of its own: the `[webhooks.NAME]` of the file."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table."""

    key: str
    kind: Kind
    default: Any
    about: str

    @property
    def flag(self) -> str:
        """The flag on the command line."""
        return "--" + self.key.replace("_", "-")

    @property
    def env(self) -> str:
        """The environment variable."""
        return ENV_PREFIX + self.key.upper()


SETTINGS: dict[str, Setting] = {
    row.name: Setting(row.name, row.metadata["kind"], row.default, row.metadata["about"])
    for row in fields(Settings)
    if row.metadata
}


def markdown_table() -> str:
    """The settings table of the README."""
    lines = ["| key | flag | environment | kind | default | what it does |", "|---|---|---|---|---|---|"]
    for setting in SETTINGS.values():
        default = setting.kind.show(setting.default)
        shown = f"`{default}`" if default else "(empty)"
        kind = setting.kind.name.replace("|", ", ")
        lines.append(f"| `{setting.key}` | `{setting.flag}` | `{setting.env}` | {kind} | {shown} | {setting.about} |")
    return "\n".join(lines)


if __name__ == "__main__":
    import sys

    sys.stdout.write(markdown_table() + "\n")
