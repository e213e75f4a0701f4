"""Codex CLI: its log records as steps. The agent, which no key names, is the tool itself."""

from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part


def read(part: Part) -> Iterator[Said]:
    """The agent of every step that names none."""
    named = part.said("agent")
    for row, service in part.said("service").items():
        if row not in named:
            yield Said(row, "agent", service, "service.name")


DIALECT = Dialect("codex", read, scopes=("codex",))
