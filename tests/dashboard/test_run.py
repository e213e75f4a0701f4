"""The Run page: who says how it ended, the waterfall's window, a step by its link, errors one key away."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

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
        {"verified": "failure", "checked_at": None, "diff": None},
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
    assert "$0.0600 (tokens told by the sender, prices from the price book)" in text


def test_other_steps_say_nothing_of_tokens(open_page: Open, api: FakeApi) -> None:
    text = text_of(open_page("run", run="a9c2f1", step="s1"))
    assert "counted" not in text
    assert "came from" not in text


def test_an_abandoned_run_is_unknown_and_no_failure(open_page: Open, api: FakeApi) -> None:
    api.answers["run_header"] = frames.rows(frames.RUN, {"declared": None, "status_shown": "abandoned"})
    text = text_of(open_page("run", run="a9c2f1"))
    assert 'class="pill s-abandoned strong"' in text
    assert "no end was declared, and no news came for too long" in text
