"""The user's own prices: what is taken, and that a wrong entry is refused by file, entry, key and the nearest one."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from collector.errors import SettingsError
from collector.settings_sources import read


def settings_file(folder: Path, text: str) -> str:
    path = folder / "tachograph.toml"
    path.write_text(text)
    return str(path)


def test_entries_of_the_file_and_of_the_csv_are_both_taken(tmp_path: Path) -> None:
    csv = tmp_path / "contract.csv"
    csv.write_text(
        "provider,model,service_tier,from,to,input_usd_per_mtok,output_usd_per_mtok\nopenai,gpt-4o,,2026-11-01,,2.0,8\n"
    )
    config = settings_file(tmp_path, '[[prices]]\nmodel = "acme-*"\nsecond_usd = 0.0011\n')
    table = read(
        {}, {"TACHOGRAPH_PRICES": str(csv), "TACHOGRAPH_HOURLY_RATE_USD": "62.50"}, config
    ).settings.price_table
    assert [entry.model for entry in table.entries] == ["acme-*", "gpt-4o"]
    assert table.entries[0].prices.second_usd == Decimal("0.0011")
    assert table.entries[1].prices.input_usd_per_mtok == Decimal("2.0")
    assert table.entries[1].from_day == date(2026, 11, 1)
    assert table.hourly_rate_usd == Decimal("62.50")


def test_tools_have_dated_prices_per_call(tmp_path: Path) -> None:
    config = settings_file(tmp_path, '[[tool_prices]]\nname = "search"\nusd_per_call = 0.005\nto = 2026-11-30\n')
    (tool,) = read({}, {}, config).settings.price_table.tools
    assert (tool.name, tool.usd_per_call, tool.from_day, tool.to_day) == (
        "search", Decimal("0.005"), None, date(2026, 11, 30)
    )  # fmt: skip


def test_the_same_prices_in_another_file_are_the_same_prices(tmp_path: Path) -> None:
    entry = '[[prices]]\nmodel = "acme"\ninput_usd_per_mtok = 1\n'
    (tmp_path / "other").mkdir()
    tables = [
        read({}, {}, settings_file(folder, entry)).settings.price_table for folder in (tmp_path, tmp_path / "other")
    ]
    assert tables[0].table_hash == tables[1].table_hash != ""


WRONG = [
    ('[[prices]]\nmodle = "x"\ninput_usd_per_mtok = 1', ["prices, entry 1", "'modle'", "did you mean 'model'?"]),
    ('[[prices]]\nmodel = "x"\ninput_usd_per_token = 1', ["'input_usd_per_token'", "mean 'input_usd_per_mtok'?"]),
    ('[[prices]]\ninput_usd_per_mtok = 1', ["entry 1", "model is missing"]),
    ('[[prices]]\nmodel = "x"', ["entry 1", "has no price"]),
    ('[[prices]]\nmodel = "a*b"\ninput_usd_per_mtok = 1', ["model 'a*b'", "at the end"]),
    ('[[prices]]\nmodel = "x"\ninput_usd_per_mtok = -1', ["input_usd_per_mtok", "-1", "from 0"]),
    ('[[prices]]\nmodel = "x"\ninput_usd_per_mtok = nan', ["input_usd_per_mtok", "nan"]),
    ('[[prices]]\nmodel = "x"\ninput_usd_per_mtok = "a lot"', ["'a lot'", "amount in USD"]),
    ('[[prices]]\nmodel = "x"\ninput_usd_per_mtok = 1\nfrom = "soon"', ["from", "'soon'", "2026-11-01"]),
    ('[[prices]]\nmodel = "x"\nrequest_usd = 1\nfrom = 2026-11-02\nto = 2026-11-01', ["to (2026-11-01)", "before"]),
    ('[[prices]]\nmodel = "x"\ninput_usd_per_mtok = 1\nmin_input_tokens = -5', ["min_input_tokens", "-5"]),
    ('prices = ["x"]', ["prices, entry 1", "must be a table"]),
    ('[[tool_prices]]\nname = "x"', ["tool_prices, entry 1", "usd_per_call is missing"]),
    ('[[tool_prices]]\nname = "x"\nusd = 1', ["'usd'", "there are name, usd_per_call"]),
    (
        2 * '[[tool_prices]]\nname = "x"\nusd_per_call = 1\n' + "from = 2026-11-01",
        ["tool_prices, entry 2", "'x'", "entry 1"],
    ),
    ("hourly_rate_usd = 0", ["hourly_rate_usd", "above 0"]),
    ("[[price]]\nmodel = 'x'", ["'price' is no setting", "did you mean 'prices'?"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[" ".join(said) for _, said in WRONG])
def test_a_wrong_entry_is_refused_by_name(tmp_path: Path, text: str, said: list[str]) -> None:
    config = settings_file(tmp_path, text)
    with pytest.raises(SettingsError) as refusal:
        read({}, {}, config)
    assert config in str(refusal.value)
    assert all(part in str(refusal.value) for part in said), refusal.value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("model,input_usd_per_mtoken\nx,1\n", "did you mean 'input_usd_per_mtok'?"),
        ("model,input_usd_per_mtok\nx,1\ny,two\n", "line 3"),
        ("model,input_usd_per_mtok\nx,1,2\n", "more cells"),
        ("model,input_usd_per_mtok\nx,\n", "no price"),
    ],
)
def test_a_wrong_csv_is_refused_by_line(tmp_path: Path, text: str, said: str) -> None:
    csv = tmp_path / "contract.csv"
    csv.write_text(text)
    with pytest.raises(SettingsError) as refusal:
        read({"prices": str(csv)}, {})
    assert str(csv) in str(refusal.value)
    assert said in str(refusal.value)


def test_a_csv_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.csv cannot be read"):
        read({"prices": str(tmp_path / "nowhere.csv")}, {})
