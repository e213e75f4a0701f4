"""The filters as widgets bound to the URL: a pasted link shows the same page. One key, one meaning, everywhere."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl
import streamlit as st

from dashboard.links import Filters

FIXED: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "status": (
        "Status",
        {
            "completed": "completed, verified or declared",
            "verified_success": "success, verified",
            "declared_success": "declared success, not checked",
            "failure": "failure",
            "silent_failure": "silent failure",
            "escalated": "escalated",
            "cancelled": "cancelled",
            "closed": "closed, any end",
            "open": "open",
            "abandoned": "abandoned, no news for too long",
            "not_closed": "not closed yet",
            "error": "with failed steps",
        },
    ),
    "declared": (
        "Declared",
        {name: f"declared {name}" for name in ("success", "failure", "escalated", "cancelled", "none")},
    ),
    "verified": (
        "Verified",
        {
            "checked": "checked, any result",
            "none": "not checked",
            "success": "verified success",
            "failure": "verified failure",
            "reversed": "verified, then reversed",
        },
    ),
    "cost": (
        "Cost",
        {
            "priced": "priced in full",
            "not_priced": "not priced in full",
            "unpriced": "with unpriced calls",
            "usage_missing": "with missing usage",
            "unpriced_costs": "with minutes that have no amount",
        },
    ),
    "kind": (
        "Kind of cost",
        {
            "model": "with money for model calls",
            "tool": "with money for tools",
            "people": "with money for people's time",
            "infrastructure": "with money for infrastructure",
        },
    ),
}


def options(values: pl.DataFrame, dimension: str, from_url: str | None) -> list[str]:
    """The known values of a dimension, most runs first. A value of the URL is always among them, so it is never dropped
    silently: a page with an unknown filter says that no runs match, instead of showing all."""
    known = values.filter(pl.col("dimension") == dimension)["value"].drop_nulls().to_list()
    return known if from_url is None or from_url in known else [*known, from_url]


def choose(label: str, name: str, values: pl.DataFrame) -> str | None:
    """A filter on one dimension; None is 'all'."""
    return _select(label, name, options(values, name, st.query_params.get(name)))


def choose_fixed(name: str) -> str | None:
    """A filter whose values the product defines, see FIXED: words on the page, the value itself in the URL.

    A bound widget would write the words into the URL, so this one follows the URL by hand.
    """
    label, words = FIXED[name]
    key = f"choose-{name}"
    from_url = st.query_params.get(name) or None
    st.session_state[key] = from_url
    return st.selectbox(
        label,
        [*words, from_url] if from_url and from_url not in words else list(words),
        index=None,
        format_func=lambda value: words.get(value, value),
        placeholder=label,
        key=key,
        on_change=_into_url,
        args=(name, key),
        label_visibility="collapsed",
        width=230 if name == "status" else "stretch",
    )


def _into_url(name: str, key: str) -> None:
    if value := st.session_state[key]:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def choose_group(words: dict[str, str]) -> str:
    """What spend is divided by; the first where the URL says none, or one that there is not."""
    from_url = st.query_params.get("group", "")
    st.session_state["choose-group"] = from_url if from_url in words else next(iter(words))
    return st.selectbox(
        "Divided by",
        list(words),
        format_func=lambda value: f"by {words[value]}",
        key="choose-group",
        on_change=_into_url,
        args=("group", "choose-group"),
        label_visibility="collapsed",
        width=170,
    )


def search() -> str | None:
    """Free text over run ids and what `runs_page` searches."""
    text = st.text_input(
        "Search",
        key="q",
        bind="query-params",
        type="search",
        placeholder="Search run id, outcome, error",
        label_visibility="collapsed",
        width=260,
    )
    return text.strip() or None


def choose_days() -> dict[str, str | None]:
    """First and last UTC day, both included; None is no limit."""
    return {"from_": _day("From", "from"), "to": _day("To", "to")}


def _day(label: str, name: str) -> str | None:
    day = st.date_input(
        label, value=None, key=name, bind="query-params", format="YYYY-MM-DD", label_visibility="collapsed", width=155
    )
    return day.isoformat() if isinstance(day, date) else None


def typed(label: str, name: str) -> str | None:
    """A filter whose values are too many for a list, or in none: it is typed or comes with a link."""
    text = st.text_input(label, key=name, bind="query-params", placeholder=label, label_visibility="collapsed")
    return text.strip() or None


def choose_all(values: pl.DataFrame) -> Filters:
    """Every filter of the list of runs; those used less are behind one button, which counts them."""
    often = {"q": search()}
    often |= {name: choose(name.capitalize(), name, values) for name in ("week", "workflow")}
    often["status"] = choose_fixed("status")
    often |= {name: choose(name.capitalize(), name, values) for name in ("env", "team")}
    seldom = ("tenant", "agent", "model", "declared", "verified", "cost", "kind")
    written = {"session": "Conversation (session) id", "tool": "Tool", "agent_version": "Agent version"}
    written |= {"outcome": "Outcome kind"}
    written |= {"prompt_version": "Prompt version", "restated": "Restated, such as 2026-W46:late_checks"}
    active = sum(1 for name in (*seldom, *written, "from", "to") if st.query_params.get(name))
    with st.popover(f"More filters ({active})" if active else "More filters", key="more-filters"):
        often |= {name: choose(name.capitalize(), name, values) for name in seldom[:3]}
        often |= {name: choose_fixed(name) for name in seldom[3:]}
        often |= {name: typed(label, name) for name, label in written.items()}
        often |= choose_days()
    return Filters(**often)


def described(filters: Filters) -> str:
    """The filters in words, for headings and empty pages."""
    return ", ".join(_in_words(name, value) for name, value in filters.given().items()) or "no filter"


def _in_words(name: str, value: str) -> str:
    if name in FIXED:
        return FIXED[name][1].get(value, f"{name} {value}")
    words = {"q": f"text “{value}”", "session": f"conversation {value}", "restated": f"moved {value.replace('_', ' ')}"}
    return words.get(name, f"{name.replace('_', ' ')} {value}")


def _select(label: str, name: str, values: list[str]) -> str | None:
    return st.selectbox(
        label,
        values,
        index=None,
        placeholder=label,
        key=name,
        bind="query-params",
        label_visibility="collapsed",
        width=170,
    )
