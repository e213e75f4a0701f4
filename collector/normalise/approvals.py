"""What a tool's word for a permission means in the words of the step events."""

from collections.abc import Iterator

from collector.normalise.dialects import Said

_YES = ("accept", "approve", "allow", "grant", "modif", "proceed", "yes")
_NO = ("reject", "den", "abort", "cancel", "declin", "block", "no")
_LATE = ("timed_out", "timeout", "expire")
_BY_ITSELF = ("auto",)
_PEOPLE = ("user", "human", "person")


def decision_of(word: str, source: str | None) -> str | None:
    """`granted`, `denied`, `expired` or `auto` (allowed without asking anybody); None for a word that is not known.

    `source` says who decided: a person, or a rule (config, hook, policy, …). Where nobody says so it was a person.
    """
    said = word.lower()
    if said.startswith(_LATE):
        return "expired"
    if said.startswith(_NO):
        return "denied"
    if said.startswith(_BY_ITSELF):
        return "auto"
    if said.startswith(_YES):
        return "granted" if source is None or source.lower().startswith(_PEOPLE) else "auto"
    return None


def approval_said(row: int, decision: object, source: object, tool: object) -> Iterator[Said]:
    """Details of an approval step, of the attributes `decision`, `source` and `tool_name`."""
    by = source if isinstance(source, str) else None
    if isinstance(decision, str) and (word := decision_of(decision, by)):
        yield Said(row, "details.decision", word, "decision")
    if by:
        yield Said(row, "details.by", by, "source")
    if isinstance(tool, str):
        yield Said(row, "details.tool", tool, "tool_name")
