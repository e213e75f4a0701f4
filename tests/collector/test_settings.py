"""Settings: one table, four sources, and a refusal that names source, key and the nearest right one."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from collector.errors import SettingsError
from collector.settings import SETTINGS, Settings, markdown_table
from collector.settings_sources import read


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


PRECEDENCE = [
    # flag, environment, file, expected port, expected origin
    (None, None, None, 4318, "default"),
    (None, None, 1000, 1000, "file tachograph.toml"),
    (None, "2000", 1000, 2000, "environment TACHOGRAPH_HTTP_PORT"),
    ("3000", "2000", 1000, 3000, "flag"),
    ("3000", None, None, 3000, "flag"),
]


@pytest.mark.parametrize(("flag", "environment", "file", "port", "origin"), PRECEDENCE)
def test_flag_beats_environment_beats_file_beats_default(
    empty_folder: Path, flag: str | None, environment: str | None, file: int | None, port: int, origin: str
) -> None:
    if file is not None:
        (empty_folder / "tachograph.toml").write_text(f"http_port = {file}\n")
    environ = {} if environment is None else {"TACHOGRAPH_HTTP_PORT": environment}

    sourced = read({"http_port": flag}, environ)

    assert (sourced.settings.http_port, sourced.origins["http_port"]) == (port, origin)


VALUES = [
    ("queue_max_bytes", "1048576", 1048576),
    ("queue_max_bytes", "256 MiB", 268435456),
    ("queue_max_bytes", "2M", 2097152),
    ("queue_max_bytes", "1.5 GB", 1500000000),
    ("query_timeout_s", "0.5", 0.5),
    ("query_row_limit", "7", 7),
    ("cors_origins", "https://a.example, https://b.example", ("https://a.example", "https://b.example")),
    ("dashboard_base_path", "tachograph/", "/tachograph"),
    ("http_base_path", "/", ""),
    ("api_url", "http://collector:4318/", "http://collector:4318"),
    ("log_level", "WARNING", "warning"),
    ("memory_limit", "4 GiB", "4 GiB"),
]


@pytest.mark.parametrize(("key", "text", "expected"), VALUES)
def test_text_becomes_a_value(key: str, text: str, expected: object) -> None:
    assert getattr(read({key: text}, {}).settings, key) == expected


REFUSED_FILES = [
    ("http_prot = 4318", "tachograph.toml: 'http_prot' is no setting; did you mean 'http_port'?"),
    ("zebra = 1", "tachograph.toml: 'zebra' is no setting"),
    ('http_port = "many"', "tachograph.toml: http_port: 'many' must be a whole number"),
    ("http_port = 65536", "tachograph.toml: http_port: 65536 must be a port, 0 to 65535 (0: any free one)"),
    ("http_port = true", "tachograph.toml: http_port: True must be a whole number"),
    ("cors_origins = [1]", "tachograph.toml: cors_origins: [1] must be text (in the file: within quotes)"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED_FILES)
def test_the_file_is_refused_by_name(empty_folder: Path, text: str, message: str) -> None:
    (empty_folder / "tachograph.toml").write_text(text + "\n")
    with pytest.raises(SettingsError) as refusal:
        read({}, {})
    assert str(refusal.value) == message


REFUSED_ENVIRONMENTS = [
    (
        {"TACHOGRAPH_HTTP_PROT": "1"},
        "environment: TACHOGRAPH_HTTP_PROT is no setting; did you mean 'TACHOGRAPH_HTTP_PORT'?",
    ),
    ({"TACHOGRAPH_QUERY_TIMEOUT_S": "0"}, "environment variable TACHOGRAPH_QUERY_TIMEOUT_S: '0' must be a number of"),
    ({"TACHOGRAPH_QUERY_TIMEOUT_S": "nan"}, "environment variable TACHOGRAPH_QUERY_TIMEOUT_S: 'nan' must be a number"),
    ({"TACHOGRAPH_LOG_LEVEL": "warn"}, "'warn' must be one of debug, info, warning, error; did you mean 'warning'?"),
    ({"TACHOGRAPH_QUEUE_MAX_BYTES": "lots"}, "'lots' must be a size such as"),
    ({"TACHOGRAPH_TLS_CERT": "cert.pem"}, "tls_cert (environment TACHOGRAPH_TLS_CERT) is set but tls_key is not"),
]


@pytest.mark.parametrize(("environ", "message"), REFUSED_ENVIRONMENTS)
def test_the_environment_is_refused_by_name(environ: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        read({}, environ)
    assert message in str(refusal.value)


def test_a_missing_named_file_is_an_error_and_a_missing_default_file_is_not(empty_folder: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml: no such file"):
        read({}, {}, "nowhere.toml")
    assert read({}, {}).settings == Settings()


def test_a_broken_file_names_itself(empty_folder: Path) -> None:
    (empty_folder / "tachograph.toml").write_text("http_port = = 1\n")
    with pytest.raises(SettingsError, match=r"tachograph\.toml: cannot be read as TOML"):
        read({}, {})


def test_variables_of_others_are_left_alone() -> None:
    assert read({}, {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x", "HOME": "/"}).settings == Settings()


def _written(setting_default: Any) -> str:
    if setting_default is None:
        return ""
    return ",".join(setting_default) if isinstance(setting_default, tuple) else str(setting_default)


@pytest.mark.parametrize("key", SETTINGS)
def test_every_default_is_a_value_its_own_kind_accepts(key: str) -> None:
    setting = SETTINGS[key]
    assert setting.kind.parse(_written(setting.default)) == setting.default


@pytest.mark.parametrize("key", SETTINGS)
def test_every_default_survives_the_way_it_is_shown(key: str) -> None:
    setting = SETTINGS[key]
    assert setting.kind.parse(setting.kind.show(setting.default)) == setting.default


def test_the_table_documents_every_setting_once() -> None:
    rows = markdown_table().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == [field.name for field in fields(Settings) if field.metadata]
    assert all(row.count("|") == 7 for row in rows)


def test_the_readme_holds_the_table() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    missing = [row for row in markdown_table().splitlines() if row not in readme]
    assert missing == [], "run `python -m collector.settings` and paste its output into README.md"


def test_the_module_prints_the_table() -> None:
    printed = subprocess.run([sys.executable, "-m", "collector.settings"], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == markdown_table()


def test_a_secret_is_never_shown() -> None:
    assert SETTINGS["token"].kind.show("s3cret") == "(set)"
    with pytest.raises(SettingsError) as refusal:
        read({"token": 12}, {})
    assert "12" not in str(refusal.value)
