"""The Run page: who says how it ended, the waterfall's window, a step by its link, errors one key away."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from tests.dashboard import frames
from tests.dashboard.conftest import Open, text_of
from tests.dashboard.fake_api import FakeApi

CHECKED: dict[str, Any] = {
    "verified": "failure",
    "checked_by": "ledger",
    "method": "system_of_record",
    "checked_at": frames.at(14, 9, 12),
    "status_shown": "silent_failure",
}


def test_one_line_says_what_the_run_was(open_page: Open) -> None:
    text = text_of(open_page("run", run="a9c2f1"))
    for words in ("8 steps", "4.1\u202fs", "1,730", "$0.41", "13 Nov 2026 22:10:04 UTC", "agent refund_agent", "1.4"):
        assert words in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (CHECKED, "declared success, verified failure (checked 14 Nov 09:12 UTC by ledger, system of record)"),
        ({}, "declared success, nobody has checked it"),
        ({"declared": None, "status_shown": "open"}, "not ended yet, nothing declared"),
    ],
)
def test_the_verdict_names_who_says_it(open_page: Open, api: FakeApi, changes: dict[str, Any], words: str) -> None:
    api.answers["run_header"] = frames.rows(frames.RUN, changes)
    assert words in text_of(open_page("run", run="a9c2f1"))


def test_a_silent_failure_is_spelt_out(open_page: Open, api: FakeApi) -> None:
    api.answers["run_header"] = frames.rows(frames.RUN, CHECKED)
    assert "SILENT FAILURE" in text_of(open_page("run", run="a9c2f1"))


def test_an_unknown_run_says_so_and_offers_search(open_page: Open, api: FakeApi) -> None:
    api.answers["run_header"] = frames.none_of(frames.RUN)
    page = open_page("run", run="<b>nope</b>")
    text = text_of(page)
    assert "Run not found" in text
    assert "&lt;b&gt;nope&lt;/b&gt;" in text
    assert "runs?q=%3Cb%3Enope%3C%2Fb%3E" in text
    assert page.text_input(key="find")


def test_a_pasted_link_opens_the_step(open_page: Open, api: FakeApi) -> None:
    text = text_of(open_page("run", run="a9c2f1", step="s1"))
    assert api.last("run_step") == {"run_id": "a9c2f1", "step_id": "s1"}
    assert "&quot;order_id&quot;: &quot;A-10492&quot;" in text
    assert "&quot;status&quot;: &quot;ok&quot;" in text
    assert "<dt>retry</dt><dd>2</dd>" in text
    assert 'class="fall selected"' in text


def test_an_unknown_step_says_so(open_page: Open, api: FakeApi) -> None:
    api.answers["run_step"] = frames.none_of(frames.STEP_DETAIL)
    assert "This run has no step “zz”." in text_of(open_page("run", run="a9c2f1", step="zz"))


def test_the_error_of_a_step_is_in_words(open_page: Open, api: FakeApi) -> None:
    failed = {"status": "error", "error_type": "Timeout", "error_message": "no answer within 10 s"}
    api.answers["run_step"] = frames.rows(frames.STEP_DETAIL, failed)
    text = text_of(open_page("run", run="a9c2f1", step="s2"))
    assert "✕ Error" in text
    assert "Timeout no answer within 10 s" in text


def test_a_long_run_says_what_is_left_out(open_page: Open, api: FakeApi) -> None:
    api.answers["run_steps"] = frames.rows(
        frames.STEP, *[{"step_id": f"s{n}", "row_number": n, "total_rows": 30_000} for n in range(61, 121)]
    )
    page = open_page("run", run="a9c2f1", row="61")
    assert api.last("run_steps")["offset"] == "60"
    assert "Rows 61 to 120 of 30,000; 29,940 not shown here" in text_of(page)
    page.button(key="rows-after").click().run()
    assert page.query_params["row"] == "121"
    assert api.last("run_steps")["offset"] == "120"


def test_a_step_deep_in_a_long_run_brings_its_window(open_page: Open, api: FakeApi) -> None:
    api.answers["run_place"] = frames.place(row_number=29_999, total_rows=30_000)
    open_page("run", run="a9c2f1", step="s29999")
    assert api.last("run_steps")["offset"] == str(29_999 - 6 - 1)


def test_the_next_error_is_one_button_away(open_page: Open, api: FakeApi) -> None:
    api.answers["run_header"] = frames.rows(frames.RUN, {"errors": 1})
    api.answers["run_place"] = frames.place(next_error_step_id="s2")
    page = open_page("run", run="a9c2f1")
    page.button(key="next-error").click().run()
    assert page.query_params["step"] == "s2"
    assert api.last("run_step")["step_id"] == "s2"


def test_the_ends_are_disabled_and_do_not_wrap(open_page: Open, api: FakeApi) -> None:
    api.answers["run_place"] = frames.place(next_step_id=None)
    page = open_page("run", run="a9c2f1", step="s2")
    assert all(
        page.button(key=key).disabled for key in ("run-before", "run-after", "step-before", "step-after", "next-error")
    )


def test_the_next_run_keeps_nothing_of_this_one(open_page: Open, api: FakeApi) -> None:
    api.answers["run_header"] = frames.rows(frames.RUN, {"next_run_id": "b7"})
    page = open_page("run", run="a9c2f1", step="s1", row="61")
    page.button(key="run-after").click().run()
    assert dict(page.query_params) == {"run": "b7"}


def test_a_parent_that_never_came_is_shown(open_page: Open, api: FakeApi) -> None:
    api.answers["run_steps"] = frames.rows(
        frames.STEP,
        {"step_id": "gone", "kind": "missing", "name": "(missing)", "is_missing_parent": True, "total_rows": 2},
        {"step_id": "s1", "depth": 1, "total_rows": 2},
    )
    text = text_of(open_page("run", run="a9c2f1"))
    assert "(missing) this parent never arrived" in text
    assert "step=gone" not in text


def test_plumbing_is_folded_until_asked_for(open_page: Open, api: FakeApi) -> None:
    api.answers["run_place"] = frames.place(plumbing_rows=3)
    page = open_page("run", run="a9c2f1")
    assert api.last("run_steps")["plumbing"] == "false"
    page.button(key="plumbing").click().run()
    assert api.last("run_steps")["plumbing"] == "true"
    assert page.query_params["plumbing"] == "1"


def test_checks_after_the_run_show_what_was_expected(open_page: Open, api: FakeApi) -> None:
    diff = '[{"entity":"payment 7","field":"state","expected":"refunded","actual":"captured"}]'
    api.answers["run_verifications"] = frames.rows(
        {"verified": "failure", "checked_by": None, "checked_at": None, "diff": None},
        {"diff": diff, "checked_at": frames.at(14, 9, 12)},
    )
    text = text_of(open_page("run", run="a9c2f1"))
    assert "Checked afterwards" in text
    assert "refunded" in text
    assert "nobody knows" in text


@pytest.mark.parametrize("row", ["x", "-5", "0", "9999999999999999"])
def test_a_window_that_is_no_number_is_the_first(open_page: Open, api: FakeApi, row: str) -> None:
    open_page("run", run="a9c2f1", row=row)
    assert api.last("run_steps")["offset"] == "0"


def model_step(**changes: Any) -> dict[str, Any]:
    return {"kind": "model_call", "input_tokens": 1420, "output_tokens": 0, "cache_read_tokens": 900} | changes


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("inclusive", "as sent: cached tokens are part of the input"),
        ("exclusive", "converted: the sender counted cached tokens beside the input; here they are part of it"),
        ("unknown", "as sent: whether the input holds the cached tokens is not known"),
    ],
)
def test_a_model_call_says_how_its_tokens_were_counted(open_page: Open, api: FakeApi, basis: str, words: str) -> None:
    api.answers["run_step"] = frames.rows(frames.STEP_DETAIL, model_step(usage_basis=basis))
    text = text_of(open_page("run", run="a9c2f1", step="s1"))
    assert "1,420 in · 0 out · 900 cached" in text
    assert words in text


def test_figures_name_the_keys_that_they_came_from(open_page: Open, api: FakeApi) -> None:
    sources = '{"input_tokens":"gen_ai.usage.input_tokens","reported_cost_usd":"llm.cost.total","model":"x"}'
    api.answers["run_step"] = frames.rows(
        frames.STEP_DETAIL,
        model_step(field_sources=sources, cost_usd=Decimal("0.06"), cost_status="priced"),
    )
    text = text_of(open_page("run", run="a9c2f1", step="s1"))
    assert 'came from <span class="t-mono">gen_ai.usage.input_tokens</span>' in text
    assert 'came from <span class="t-mono">llm.cost.total</span>' in text
    assert "$0.0600 (tokens that the sender told, times unit prices)" in text


def test_other_steps_say_nothing_of_tokens(open_page: Open, api: FakeApi) -> None:
    text = text_of(open_page("run", run="a9c2f1", step="s1"))
    assert "counted" not in text
    assert "came from" not in text


def test_an_abandoned_run_is_unknown_and_no_failure(open_page: Open, api: FakeApi) -> None:
    api.answers["run_header"] = frames.rows(frames.RUN, {"declared": None, "status_shown": "abandoned"})
    text = text_of(open_page("run", run="a9c2f1"))
    assert 'class="pill s-abandoned strong"' in text
    assert "no end was declared, and no news came for too long" in text


TOLD_AGAIN: dict[str, Any] = {"kind": "model_call", "counted_as": "c1", "step_id": "s1"}
COUNTED: dict[str, Any] = {"step_id": "c1", "is_counted": True, "signal": "traces", "scope_name": "otel.openai"}


def test_calls_told_again_are_folded_with_plumbing_and_counted_on_the_button(open_page: Open, api: FakeApi) -> None:
    api.answers["run_place"] = frames.place(plumbing_rows=3, told_again_rows=2)
    page = open_page("run", run="a9c2f1")
    assert page.button(key="plumbing").label == "Unfold 3 plumbing spans and 2 steps told again"
    assert api.last("run_steps")["plumbing"] == "false"


@pytest.mark.parametrize(
    ("changes", "words", "hint"),
    [
        ({"counted_as_name": "chat"}, "lookup_order · same call", "same call as chat, not counted here"),
        ({"signal": "logs", "counted_as_name": "chat"}, "lookup_order · log record", "log record of chat, not counted"),
        ({"counted_as": ""}, "lookup_order · adds up the calls below", "adds up the calls below, not counted here"),
    ],
)
def test_a_call_told_again_is_faded_and_says_why(
    open_page: Open, api: FakeApi, changes: dict[str, Any], words: str, hint: str
) -> None:
    api.answers["run_steps"] = frames.rows(frames.STEP, TOLD_AGAIN | changes)
    text = text_of(open_page("run", run="a9c2f1", plumbing="1"))
    assert 'class="fall again"' in text
    assert words in text
    assert hint in text


@pytest.mark.parametrize(
    ("changes", "counted", "words"),
    [
        ({"scope_name": "langchain"}, {}, "Same call as chat gpt-4.1, told again by a second instrumentation."),
        ({"scope_name": "otel.openai"}, {}, "Same call as chat gpt-4.1, told again by the same instrumentation."),
        ({"signal": "logs"}, {}, "Log record of chat gpt-4.1."),
        (
            {"status": "error"},
            {"started_at": frames.at(13, 22, 10, 6)},
            "Same call as chat gpt-4.1: an attempt that failed, and was made again.",
        ),
    ],
)
def test_a_step_that_another_counts_links_to_it(
    open_page: Open, api: FakeApi, changes: dict[str, Any], counted: dict[str, Any], words: str
) -> None:
    api.answers["run_step"] = frames.rows(frames.STEP_DETAIL, TOLD_AGAIN | changes)
    api.answers["run_step_twins"] = frames.rows(frames.TWIN, COUNTED | counted)
    text = text_of(open_page("run", run="a9c2f1", step="s1", plumbing="1"))
    assert words in text
    assert 'Its tokens and money are those of <a href="run?run=a9c2f1&amp;step=c1">the step that counts</a>' in text
    assert "<dd>not counted at this step</dd>" in text


def test_a_step_that_adds_up_others_links_to_none(open_page: Open, api: FakeApi) -> None:
    api.answers["run_step"] = frames.rows(frames.STEP_DETAIL, TOLD_AGAIN | {"counted_as": ""})
    api.answers["run_step_twins"] = pl.DataFrame()
    text = text_of(open_page("run", run="a9c2f1", step="s1", plumbing="1"))
    assert "Adds up the calls below." in text
    assert "They count; this step&#x27;s tokens and money do not." in text


def test_a_counted_step_names_who_else_told_of_it(open_page: Open) -> None:
    text = text_of(open_page("run", run="a9c2f1", step="s1"))
    link = '<a href="run?run=a9c2f1&amp;step=log%3A1&amp;plumbing=1">log record chat gpt-4.1 of otel.openai</a>'
    assert f"Also told by {link}. Counted once, here." in text


def test_contents_of_another_report_say_whose_they_are(open_page: Open, api: FakeApi) -> None:
    api.answers["run_step"] = frames.rows(frames.STEP_DETAIL, {"output": "own answer"})
    api.answers["run_step_twins"] = frames.rows(frames.TWIN, {"input": "asked in the log", "output": "told in the log"})
    text = text_of(open_page("run", run="a9c2f1", step="s1"))
    assert "Input, from log record chat gpt-4.1 of otel.openai: this step&#x27;s sender logged none" in text
    assert "asked in the log" in text
    assert "own answer" in text
    assert "told in the log" not in text


def test_contents_that_nobody_logged_are_said_to_be_missing(open_page: Open, api: FakeApi) -> None:
    api.answers["run_step"] = frames.rows(frames.STEP_DETAIL, {})
    text = text_of(open_page("run", run="a9c2f1", step="s1"))
    assert "Input: not captured: the sender logged none" in text
    assert "Output: not captured: the sender logged none" in text


def test_money_is_units_times_price_with_its_source(open_page: Open, api: FakeApi) -> None:
    api.answers["run_step_money"] = frames.rows(
        frames.MONEY,
        {},
        {"unit": "cache_read", "units": 900.0, "price_usd": None, "amount_usd": None},
        {"unit": "output", "units": 310.0, "price_usd": Decimal("8"), "amount_usd": Decimal("0.00248")},
    )
    text = text_of(open_page("run", run="a9c2f1", step="s1"))
    for words in ("input, not cached", ">520<", "$2.00 per million", "$0.00104", ">310<", "$0.00248", "$0.00352"):
        assert words in text
    assert text.count(">unknown<") == 2
    origin = "list prices genai-prices 0.2.3 · openai gpt-4.1 · in force since 14 Apr 2025 · as of 13 Nov 2026"
    assert f"{origin} · price version 20261101T000000Z-ab" in text
    assert "The sender reported no cost." in text


@pytest.mark.parametrize(
    ("is_different", "words"),
    [(False, "Within 5 % of the computed cost."), (True, "≠ More than 5 % away from the computed cost, which counts.")],
)
def test_a_reported_cost_stands_beside_the_computed_one(
    open_page: Open, api: FakeApi, is_different: bool, words: str
) -> None:
    reported = {"reported_cost_usd": Decimal("0.0036"), "is_different": is_different}
    api.answers["run_step_money"] = frames.rows(frames.MONEY, reported)
    text = text_of(open_page("run", run="a9c2f1", step="s1"))
    assert "The sender reported $0.0036." in text
    assert words in text


def test_a_step_without_a_price_has_no_bill(open_page: Open, api: FakeApi) -> None:
    api.answers["run_step_money"] = pl.DataFrame()
    unpriced = {"kind": "model_call", "cost_status": "unpriced", "input_tokens": 7}
    api.answers["run_step"] = frames.rows(frames.STEP_DETAIL, unpriced)
    text = text_of(open_page("run", run="a9c2f1", step="s1"))
    assert "no price is known" in text
    assert "computed" not in text


@pytest.mark.parametrize(
    ("traces", "words"),
    [
        (["a9c2f1", "b7"], "<summary>2 traces</summary>"),
        (["b7"], "<summary>a part of one trace</summary>"),
    ],
)
def test_a_run_says_which_traces_it_is_made_of(open_page: Open, api: FakeApi, traces: list[str], words: str) -> None:
    api.answers["run_header"] = frames.rows(frames.RUN, {"trace_ids": traces})
    text = text_of(open_page("run", run="a9c2f1"))
    assert words in text
    assert '<li class="t-mono">b7</li>' in text


def test_a_run_that_is_its_trace_says_nothing_of_traces(open_page: Open) -> None:
    assert "<details" not in text_of(open_page("run", run="a9c2f1"))


@pytest.mark.parametrize(("runs", "words"), [(4, ">4 runs</a>"), (1, ": this is its only run")])
def test_a_conversation_has_a_door_to_its_runs(open_page: Open, api: FakeApi, runs: int, words: str) -> None:
    api.answers["run_header"] = frames.rows(frames.RUN, {"session": "conv 9"})
    api.answers["runs_count"] = pl.DataFrame({"runs": [runs]})
    text = text_of(open_page("run", run="a9c2f1"))
    assert api.last("runs_count") == {"session": "conv 9"}
    assert words in text
    assert ('href="runs?session=conv+9"' in text) is (runs > 1)


@pytest.mark.parametrize(
    ("changes", "is_shown"), [({"agent_version": None}, True), ({"agent_version": None, "prompt_version": "v7"}, False)]
)
def test_a_fingerprint_stands_in_where_nobody_sent_a_version(
    open_page: Open, api: FakeApi, changes: dict[str, Any], is_shown: bool
) -> None:
    api.answers["run_header"] = frames.rows(frames.RUN, {"fingerprint": "e74f271d1b39bcee"} | changes)
    assert ("fingerprint <span" in text_of(open_page("run", run="a9c2f1"))) is is_shown
