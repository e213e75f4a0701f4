"""LangChain and LangGraph, through whichever instrumentation: what the graph's own metadata says.

OpenInference sends the metadata as one JSON text; OpenLLMetry, LangSmith and Langfuse as one attribute a member. The
names of its members are LangChain's: `lc_agent_name`, `langgraph_node`, `langgraph_checkpoint_ns`, `thread_id`.
"""

import re
from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part
from collector.normalise.reprs import raised

_PREFIXES = ("langsmith.metadata.", "traceloop.association.properties.", "langfuse.observation.metadata.")
_MEMBERS = ("lc_agent_name", "ls_integration", "langgraph_node", "langgraph_checkpoint_ns", "thread_id")
_INTERRUPTS = ("GraphInterrupt", "NodeInterrupt")
_CLASSES = ("AgentExecutor", "LangGraph", "RunnableAgent", "RunnableMultiActionAgent")
_WRAPPERS = ("agent", "workflow")
_EXCEPTION = "event:exception.exception."
# LangChain's HumanInTheLoopMiddleware, and the HumanInterrupt before it: the action that waits, in the repr.
_ASKED = re.compile(r"'action_requests?': \[?\{'(?:name|action)': '([^'\\]+)'")


def read(part: Part) -> Iterator[Said]:
    """Agents; what joins a run that waited for a person with the trace in which it went on; bare errors."""
    metadata, named = _metadata(part), part.said("agent")
    for row, (said, key) in metadata.items():
        if row not in named and (agent := said.get("lc_agent_name")):
            yield Said(row, "agent", agent, f"{key}lc_agent_name")
        if said.get("langgraph_checkpoint_ns") and said.get("thread_id") and _is_node(part, row, said):
            # A node that is run again after an interrupt has the same one: it is made of checkpoint, step and task.
            yield Said(
                row, "run_keys", [f"langgraph:{said['langgraph_checkpoint_ns']}"], f"{key}langgraph_checkpoint_ns"
            )
        if (kind := _kind(part, row, said)) is not None:
            yield Said(row, "kind", kind, f"{key}lc_agent_name")
    yield from _named_agents(part, metadata)
    yield from _approvals(part, set(metadata))
    for row in metadata:
        if part.is_error(row) and (error := raised(str(part.spans.status_message[row].as_py()))) is not None:
            yield Said(row, "error_message", error[1], "status message")


def _named_agents(part: Part, metadata: dict[int, tuple[dict[str, str], str]]) -> Iterator[Said]:
    """Before LangChain 1 only the graph's own name tells who it is; OpenInference takes it for an agent by that."""
    for row, kind in part.texts("openinference.span.kind").items():
        said = metadata.get(row, ({}, ""))[0]
        name = part.name(row)
        if kind == "AGENT" and "lc_agent_name" not in said and name not in _CLASSES and _kind(part, row, said) is None:
            yield Said(row, "agent", name, "span name")


def _metadata(part: Part) -> dict[int, tuple[dict[str, str], str]]:
    found = {
        row: ({name: said[name] for name in _MEMBERS if isinstance(said.get(name), str)}, "metadata.")
        for row, said in part.documents("metadata").items()
        if isinstance(said, dict)
    }
    for prefix in _PREFIXES:
        for name in _MEMBERS:
            for row, value in part.texts(prefix + name).items():
                found.setdefault(row, ({}, prefix))[0].setdefault(name, value)
    return found


def _is_node(part: Part, row: int, said: dict[str, str]) -> bool:
    node = said.get("langgraph_node")
    return node is not None and part.name(row).rpartition(" ")[2] == node


def _kind(part: Part, row: int, said: dict[str, str]) -> str | None:
    """An agent is what bears its name. Instrumentations guess: by "agent" in the name, or call any chain one."""
    kind, name = part.kind(row), part.name(row)
    if kind not in ("agent", "workflow", "plumbing"):
        return None
    if said.get("ls_integration") == "langchain_create_agent" and name == said.get("lc_agent_name"):
        return "agent"
    if kind == "agent" and _is_node(part, row, said) and (said.get("lc_agent_name") or name == "agent"):
        return "plumbing"
    return None


def _approvals(part: Part, rows: set[int]) -> Iterator[Said]:
    """LangGraph interrupts the node (or tool) that asks a person: the asking is the step, and nothing has failed."""
    for row in part.rows_with_events():
        if row in rows and part.kind(row) not in _WRAPPERS and (message := _interrupt(part, row)) is not None:
            yield Said(row, "kind", "approval", f"{_EXCEPTION}type")
            yield Said(row, "details.decision", "requested", f"{_EXCEPTION}type")
            if found := _ASKED.search(message):
                yield Said(row, "tool_name", found[1], f"{_EXCEPTION}message")
                yield Said(row, "details.tool", found[1], f"{_EXCEPTION}message")


def _interrupt(part: Part, row: int) -> str | None:
    """The message of the exception with which LangGraph stops to wait for somebody."""
    for event in part.events(row):
        said = event["attributes"]
        if event["name"] == "exception" and isinstance(said, dict):
            kind = str(said.get("exception.type", "")).rpartition(".")[2]
            message = str(said.get("exception.message", ""))
            if kind in _INTERRUPTS or message.startswith(tuple(f"{name}(" for name in _INTERRUPTS)):
                return message
    return None


DIALECT = Dialect(
    "langchain",
    read,
    scopes=("openinference.instrumentation.langchain", "opentelemetry.instrumentation.langchain"),
    keys=tuple(f"{prefix}{name}" for prefix in _PREFIXES for name in ("lc_agent_name", "langgraph_node")),
    rank=30,
)
