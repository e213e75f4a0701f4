"""The Run page of a bad run: the step to blame, marked and with evidence; suspicions of others; what people say."""

from __future__ import annotations

import json
import re
from typing import Any

import polars as pl
import pytest

from dashboard.run_marks import marks_of, next_suspect
from tests.dashboard import frames
from tests.dashboard.conftest import Open, text_of
from tests.dashboard.fake_api import FakeApi
from tests.dashboard.hostile import HOSTILE
from tests.dashboard.run_frames import CULPRIT, FOUND, SECOND, SUSPICION

BAD = {"verified": "failure", "status_shown": "silent_failure"}


@pytest.fixture
def bad_run(api: FakeApi) -> FakeApi:
    api.answers["run_header"] = frames.rows(frames.RUN, BAD)
    api.answers["run_culprits"] = frames.rows(CULPRIT, {}, SECOND)
    api.answers["run_suspicions"] = frames.none_of(SUSPICION)
    return api


def part(text: str, name: str) -> str:
    """The element with this id, without markup."""
    found = re.search(rf'id="{name}">(.*?)</(p|section)>', text, re.DOTALL)
    assert found, name
    return re.sub(r"<[^>]+>", "", found[1])


def test_one_line_names_the_culprit_with_its_evidence(open_page: Open, bad_run: FakeApi) -> None:
    line = part(text_of(open_page("run", run="a9c2f1")), "culprit")
    assert line == "culprit  step 4 create_refund  high (0.81)  200 OK, and nothing changed  2nd: step 2"


def test_it_says_what_made_the_run_bad_and_where_that_shows(open_page: Open, bad_run: FakeApi) -> None:
    text = text_of(open_page("run", run="a9c2f1"))
    assert "known to be bad by verified failure · responsible: tool or data" in text
    assert 'it shows at <a href="run?run=a9c2f1&amp;step=s1">step 4</a>' in text
    assert 'claimed to be done in <a href="run?run=a9c2f1&amp;step=s2">step 7</a>' in text
    assert '<a href="compare?run=a9c2f1" id="compare">Compare with a good run</a>' in text
    assert '<a href="incidents">Failures that are alike</a>' in text


def test_the_list_marks_culprit_symptom_and_claim_in_words(open_page: Open, bad_run: FakeApi) -> None:
    text = text_of(open_page("run", run="a9c2f1"))
    assert 'class="fall culprit"' in text
    assert '<b class="mark">culprit, symptom</b>' in text
    assert '<b class="mark">claim</b>' in text


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (
            {"abstained": True},
            "what speaks for any one step is too little to blame it. Hints, no answer: step 4 create_",
        ),
        ({"abstained": True, "step_id": None}, "no step of this run shows a trace of what went wrong"),
    ],
)
def test_where_it_cannot_tell_it_says_so_and_why(
    open_page: Open, bad_run: FakeApi, case: dict[str, Any], words: str
) -> None:
    bad_run.answers["run_culprits"] = frames.rows(CULPRIT, case)
    text = text_of(open_page("run", run="a9c2f1"))
    line = part(text, "culprit")
    assert line.startswith("culprit: cannot tell — ")
    assert words in line
    assert "fall culprit" not in text
    assert "responsible" not in text


def test_a_run_that_is_not_known_to_be_bad_has_no_culprit(open_page: Open) -> None:
    text = text_of(open_page("run", run="a9c2f1"))
    assert 'id="culprit"' not in text
    assert "culprit" not in text
    assert 'id="compare"' not in text


def test_a_failure_that_is_not_worked_out_yet_is_said_so(open_page: Open, bad_run: FakeApi) -> None:
    bad_run.answers["run_culprits"] = frames.none_of(CULPRIT)
    assert part(text_of(open_page("run", run="a9c2f1")), "culprit").startswith("culprit: not known yet")


def test_the_evidence_stands_in_the_detail_of_the_step(open_page: Open, bad_run: FakeApi) -> None:
    text = text_of(open_page("run", run="a9c2f1", step="s1"))
    said = part(text, "evidence")
    assert said.startswith("Culprit: high (0.81) · tool or data200 OK, and nothing changed")
    assert said.endswith("also see step 2 lookup_order")
    assert 'id="evidence"' not in text_of(open_page("run", run="a9c2f1", step="s2"))


def test_the_culprit_and_then_the_next_suspect_are_one_key_away(open_page: Open, bad_run: FakeApi) -> None:
    page = open_page("run", run="a9c2f1")
    for step_id in ("s1", "s0"):
        page.button(key="next-suspect").click().run()
        assert page.query_params["step"] == step_id
    assert page.button(key="next-suspect").disabled


def test_suspicions_have_their_measured_precision_and_are_no_failures(open_page: Open) -> None:
    said = part(text_of(open_page("run", run="a9c2f1")), "suspicions")
    assert "claim without any write at step 7 send_reply" in said
    assert "of 255 checked runs with it 94.1\u202f% were wrong" in said
    assert "fail" not in said


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"checked_runs": None, "bad_runs": None, "precision_share": None}, "no run with this suspicion was checked"),
        ({"checked_runs": 1, "bad_runs": 1, "precision_share": None}, "1 of 1 checked run with it were wrong: too few"),
    ],
)
def test_a_suspicion_without_a_rate_says_why(open_page: Open, api: FakeApi, case: dict[str, Any], words: str) -> None:
    api.answers["run_suspicions"] = frames.rows(SUSPICION, {}, case)
    assert words in part(text_of(open_page("run", run="a9c2f1")), "suspicions")


def test_what_people_named_stands_beside_it(open_page: Open, bad_run: FakeApi) -> None:
    note = {"step_id": "s2", "label": "Root_Cause", "annotated_by": "anna", "note": None, "annotated_at": None}
    bad_run.answers["run_annotations"] = pl.DataFrame([note, note | {"label": "nice", "annotated_by": "ben"}])
    assert part(text_of(open_page("run", run="a9c2f1")), "people-named") == "people say: step s2 by anna"


def test_this_was_the_step_becomes_an_annotation(open_page: Open, bad_run: FakeApi) -> None:
    page = open_page("run", run="a9c2f1", step="s2")
    page.text_input(key="judge-by").set_value(" anna ")
    page.text_area(key="judge-note").set_value("the card was never charged")
    page.button(key="judge-say").click().run()
    assert bad_run.last("/v1/events") == {"type": "application/x-ndjson"}
    (body,) = bad_run.told
    assert json.loads(body) == {
        "type": "annotation",
        "run_id": "a9c2f1",
        "step_id": "s2",
        "label": "culprit",
        "by": "anna",
        "note": "the card was never charged",
    }
    assert "Stored" in page.success[0].value


def test_a_judgement_needs_a_name(open_page: Open, bad_run: FakeApi) -> None:
    page = open_page("run", run="a9c2f1", step="s2")
    page.button(key="judge-say").click().run()
    assert bad_run.told == []
    assert "Say who you are" in page.error[0].value


@pytest.mark.parametrize(
    ("receipt", "words"),
    [
        ((401, {"error": "no token was given", "retry": False}), "no token was given"),
        ((200, {"rejected": 1, "reasons": ["line 1: run_id is too long"]}), "run\\_id is too long"),
    ],
)
def test_a_judgement_that_is_not_taken_is_said_so(
    open_page: Open, bad_run: FakeApi, receipt: tuple[int, dict[str, Any]], words: str
) -> None:
    bad_run.receipt = receipt
    page = open_page("run", run="a9c2f1", step="s2")
    page.text_input(key="judge-by").set_value("anna")
    page.button(key="judge-say").click().run()
    assert words in page.error[0].value
    assert not page.success


def test_hostile_evidence_stays_text(open_page: Open, bad_run: FakeApi) -> None:
    text = " ".join(HOSTILE)
    said = [CULPRIT["evidence"][0] | {"evidence": text, "signal": text}]
    steps = [{"step_id": text, "position": 2, "name": text}]
    case = {"name": text, "class": text, "bad_by": text, "evidence": said, "evidence_steps": steps}
    bad_run.answers["run_culprits"] = frames.rows(CULPRIT, case)
    shown = text_of(open_page("run", run="a9c2f1", step="s1"))
    assert "document.title" in shown
    assert not re.search(r"<(script|img|style)|href=.javascript", shown)


def test_a_text_is_found_within_the_run(open_page: Open, api: FakeApi) -> None:
    api.answers["run_search"] = frames.rows(
        FOUND, {"total_rows": 51}, {"step_id": "p", "position": None, "total_rows": 51}
    )
    page = open_page("run", run="a9c2f1")
    page.text_input(key="find-in-run").set_value("A-10492").run()
    assert page.query_params["find"] == "A-10492"
    assert api.last("run_search") == {"run_id": "a9c2f1", "text": "A-10492"}
    text = text_of(page)
    assert "51 steps with “A-10492”; the first 2 are shown" in text
    assert 'href="run?run=a9c2f1&amp;step=s1&amp;find=A-10492">step 4 create_refund</a>' in text
    assert "step=p&amp;plumbing=1" in text
    page.text_input(key="find-in-run").set_value("").run()
    assert "find" not in page.query_params


def test_parents_that_never_came_are_counted(open_page: Open, api: FakeApi) -> None:
    api.answers["run_place"] = frames.place(missing_parents=2)
    assert "2 steps that others hang on never arrived: shown as (missing)" in text_of(open_page("run", run="a9c2f1"))


def test_replay_begins_at_the_chosen_step(open_page: Open, api: FakeApi) -> None:
    api.answers["run_place"] = frames.place(position=4)
    assert 'href="replay?run=a9c2f1&amp;at=4"' in text_of(open_page("run", run="a9c2f1", step="s1"))


def test_marks_of_runs_without_an_answer_are_symptom_and_claim_only() -> None:
    assert marks_of(frames.rows(CULPRIT, {"abstained": True})) == {"s1": "symptom", "s2": "claim"}
    assert marks_of(frames.none_of(CULPRIT)) == {}


def test_hints_are_suspects_and_no_culprit() -> None:
    suspect = next_suspect(frames.rows(CULPRIT, {"abstained": True}), None)
    assert suspect is not None
    assert suspect.words == "1st suspect"
