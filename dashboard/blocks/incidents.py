"""Failures that are alike: a table of incidents, and one of them with its example runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard import formats, links
from dashboard.blocks.tables import Column, table
from dashboard.markup import Child, Html, element, join
from dashboard.palette import KIND_WORDS

Row = dict[str, Any]
_COLUMNS = (
    Column("Step to blame", "head"),
    Column("Workflow"),
    Column("Evidence"),
    Column("Runs", "number"),
    Column("Silent", "number"),
    Column("Cost", "number"),
    Column("First seen"),
    Column("Last seen"),
)


def incidents(found: Sequence[Row]) -> Html:
    """One row for each incident; its name opens it."""
    rows: list[list[Child]] = [
        [
            element("a", _name(row), href=links.incidents(row["incident_key"])),
            row["workflow"] or "–",
            _evidence(row),
            formats.count(row["runs"]),
            formats.count(row["silent_failures"]),
            _cost(row),
            formats.moment(row["first_seen_at"]),
            formats.moment(row["last_seen_at"]),
        ]
        for row in found
    ]
    return table(_COLUMNS, rows, caption="Incidents")


def incident(row: Row) -> Html:
    """One incident with all that is known of it, and runs to look at."""
    facts: tuple[tuple[str, Child], ...] = (
        ("Step to blame", _name(row)),
        ("Workflow", row["workflow"] or "–"),
        ("Strongest evidence", _evidence(row)),
        ("Responsible", row["class"] or "–"),
        ("Mean confidence", formats.share(row["mean_confidence"], 0)),
        ("Runs", formats.count(row["runs"])),
        ("Silent failures among them", formats.count(row["silent_failures"])),
        ("Cost of these runs", _cost(row)),
        ("First seen", formats.moment(row["first_seen_at"], year=True)),
        ("Last seen", formats.moment(row["last_seen_at"], year=True)),
        ("Versions of the agent", ", ".join(row["agent_versions"] or []) or "–"),
        ("Versions of the prompt", ", ".join(row["prompt_versions"] or []) or "–"),
        ("Example runs", _examples(row)),
        ("Post-mortem draft", element("code", f"tachograph explain --incident {row['incident_key']}")),
    )
    terms = [join((element("dt", name), element("dd", value))) for name, value in facts]
    return element(
        "div", element("dl", *terms, class_="facts"), element("a", "All incidents", href=links.incidents(None))
    )


def _examples(row: Row) -> Html:
    return join(
        [element("a", run_id, href=links.run(run_id), class_="t-mono") for run_id in row["example_run_ids"] or []], ", "
    )


def _name(row: Row) -> str:
    return f"{KIND_WORDS.get(row['kind'], row['kind'])} {row['name'] or 'without a name'}"


def _evidence(row: Row) -> str:
    words = str(row["signal"] or "–").replace("_", " ")
    return f"{words}, {row['error_type']}" if row["error_type"] else words


def _cost(row: Row) -> Child:
    amount = formats.money(row["cost_usd"])
    if row["priced"] == row["runs"]:
        return amount
    return element("span", amount, element("span", f" of {row['priced']} priced", class_="sub"))
