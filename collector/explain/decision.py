"""Questions 1 to 8 of a reviewer: who asked, who acted, what it saw, decided, did, and was allowed to do."""

from collections.abc import Iterator

from collector.explain.controls import CONTROLS, GRANTED, control_row, warnings
from collector.explain.evidence import Evidence, Row, members
from collector.explain.report import Block, Fact, Grid, Missing, Quote, Section
from collector.explain.text import cell, said

MOST_ROWS = 200


def sections(evidence: Evidence) -> tuple[Section, ...]:
    """The answers to 1 to 8."""
    return (
        Section("1. Who asked, on whose behalf, from where?", _who(evidence)),
        Section("2. Which agent, exact version, config, prompt, policy?", tuple(_agent(evidence))),
        Section("3. Which model really answered?", tuple(_models(evidence))),
        Section("4. What did it see at that moment?", tuple(_seen(evidence))),
        Section("5. Which input was untrusted?", tuple(_untrusted(evidence))),
        Section("6. What did it decide, and alternatives?", tuple(_decided(evidence))),
        Section("7. What did it do?", tuple(_done(evidence))),
        Section("8. Was it allowed, by whom?", tuple(_allowed(evidence))),
    )


def _who(evidence: Evidence) -> tuple[Block, ...]:
    run = evidence.run
    return (
        Fact("User", run["user"]),
        Fact("Tenant", run["tenant"]),
        Fact("Team", run["team"]),
        Fact("Session", run["session"]),
        Fact("Environment", run["env"]),
        Missing("how the user was authenticated, the client and its address, and credentials that were used"),
    )


def _agent(evidence: Evidence) -> Iterator[Block]:
    run = evidence.run
    yield Fact("Agent", run["agent"])
    yield Fact("Version of the agent", run["agent_version"])
    yield Fact("Workflow", run["workflow"])
    yield Fact("Version of the workflow", run["workflow_version"])
    yield Fact("Version of the prompt", run["prompt_version"])
    yield Fact("Agents that took part", _distinct(evidence.steps, "agent"))
    yield Fact("Hash of the system prompt", _distinct(evidence.steps, "system_prompt_hash"))
    yield Fact("Hash of the tool definitions", _distinct(evidence.steps, "tool_definitions_hash"))
    rules = {
        f"{s['name']} {members(s['details']).get('rule_version') or ''}".strip() for s in evidence.kind("validator")
    }
    yield Fact("Rules that checked it", ", ".join(sorted(rules)) or None)
    yield Missing("configuration and deployment id of the agent, and the version of an access policy")


def _models(evidence: Evidence) -> Iterator[Block]:
    calls = evidence.kind("model_call")
    if not calls:
        yield Missing("no model call is in the record")
        return
    names = ("step_id", "provider", "request_model", "response_model", "service_tier", "finish_reason", "response_id")
    columns = ("step", "provider", "model asked for", "model that answered", "tier", "stopped because", "response id")
    yield _grid(columns, names, calls)
    yield Missing("parameters of the calls (temperature, seed) and the region, unless they are attributes of the steps")


def _seen(evidence: Evidence) -> Iterator[Block]:
    call = evidence.deciding_call
    if call is None:
        yield Missing("no model call comes before the step in question")
    elif call["input"] is None:
        yield Missing(f"what step {call['step_id']} (the model call before the step in question) was shown")
    else:
        yield Quote(
            f"What step {call['step_id']} (the model call before the step in question) was shown", call["input"]
        )
    for step in evidence.kind("retrieval")[:MOST_ROWS]:
        if step["output"] is None:
            yield Missing(f"which documents step {step['step_id']} found")
        else:
            yield Quote(f"Step {step['step_id']} found in {step['name'] or 'a source without a name'}", step["output"])


def _untrusted(evidence: Evidence) -> Iterator[Block]:
    yield Missing("labels of trust: no sender says which text came from outside. What could have:")
    outside = [s for s in evidence.kind("tool_call", "retrieval", "message") if s["output"] is not None]
    decisive = evidence.decisive
    if decisive is not None and decisive in outside:
        outside = outside[: outside.index(decisive)]
    yield _grid(("step", "kind", "name", "text"), ("step_id", "kind", "name", "output"), outside)


def _decided(evidence: Evidence) -> Iterator[Block]:
    call = evidence.deciding_call
    if call is None:
        yield Missing("no model call comes before the step in question: nobody recorded a decision")
        return
    yield Fact("Decided in step", call["step_id"])
    yield Fact("The model stopped because", call["finish_reason"])
    yield Fact("Tokens of reasoning", said(call["reasoning_tokens"]))
    if call["output"] is None:
        yield Missing(f"what step {call['step_id']} answered")
    else:
        yield Quote(f"What step {call['step_id']} answered", call["output"])
    yield Missing("alternatives that were weighed, beyond what the answer itself says")


def _done(evidence: Evidence) -> Iterator[Block]:
    tools = evidence.kind("tool_call")
    if not tools:
        yield Missing("no tool call is in the record")
        return
    columns = ("step", "tool", "effect", "status", "error", "ms", "arguments", "result")
    names = ("step_id", "name", "effect", "status", "error_message", "duration_ms", "input", "output")
    yield _grid(columns, names, tools)
    decisive = evidence.decisive
    if decisive is not None and decisive["kind"] == "tool_call":
        for label, name in (("was given", "input"), ("gave back", "output")):
            if decisive[name] is not None:
                yield Quote(f"What step {decisive['step_id']} ({decisive['name']}) {label}", decisive[name])


def _allowed(evidence: Evidence) -> Iterator[Block]:
    controls = evidence.kind(*CONTROLS)
    if not controls:
        yield Missing("no rule, approval, limit or escalation is in the record")
    yield from warnings(evidence)
    if controls:
        yield Grid(
            ("step", "time", "kind", "name", "decision", "by", "requested by", "reason"),
            tuple(map(control_row, controls[:MOST_ROWS])),
            max(0, len(controls) - MOST_ROWS),
        )
    approved = {
        step["name"] for step in evidence.kind("approval") if members(step["details"]).get("decision") in GRANTED
    }
    writes = [s for s in evidence.kind("tool_call") if s["effect"] in ("write", "destructive")]
    for step in [step for step in writes if step["name"] not in approved][:MOST_ROWS]:
        yield Missing(f"an approval of step {step['step_id']} ({step['name']}, {step['effect']})")
    yield Missing("what an approver was shown, beyond the arguments that the approval names")


def _grid(columns: tuple[str, ...], names: tuple[str, ...], rows: list[Row]) -> Grid:
    shown = tuple(tuple(_cell(row, name) for name in names) for row in rows[:MOST_ROWS])
    return Grid(columns, shown, max(0, len(rows) - MOST_ROWS))


def _cell(row: Row, name: str) -> str | None:
    # No error is nothing that anybody failed to say.
    return cell(row[name]) if row[name] is not None or name != "error_message" else ""


def _distinct(rows: list[Row], name: str) -> str | None:
    return ", ".join(sorted({str(row[name]) for row in rows if row[name] is not None})) or None
