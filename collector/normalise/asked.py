"""Which tool calls a model's answer asks for, whatever document the answer came in."""

from collections.abc import Iterator

_DEEPEST = 12
_CALL_TYPES = ("tool_call", "tool_use", "function_call")
_LISTS_OF_CALLS = ("tool_calls", "toolCalls")
_IDS_OF_CALLS = ("toolUseId", "toolCallId")
_IDS = ("call_id", "toolUseId", "toolCallId", "tool_call_id", "id")


def asked_for(answer: object) -> list[str]:
    """Ids of the tool calls in an answer, in order, each once.

    `answer` is a plain value (dicts, lists, text) that holds one answer and no history: a chat completion of OpenAI,
    LangChain or Haystack (`tool_calls`, `tool_call`), a Responses output (`function_call`), Anthropic content
    (`tool_use`), parts of the GenAI conventions (`tool_call`), Bedrock Converse (`toolUse`).
    """
    return list(dict.fromkeys(_ids(answer, 0)))


def _ids(value: object, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _ids(item, depth + 1)
    elif isinstance(value, dict):
        if value.get("type") in _CALL_TYPES or any(key in value for key in _IDS_OF_CALLS):
            yield from _id(value)
            return
        for name, member in value.items():
            if name in _LISTS_OF_CALLS and isinstance(member, list):
                for call in member:
                    yield from _id(call)
            elif name == "tool_call":
                yield from _id(member)
            else:
                yield from _ids(member, depth + 1)


def _id(call: object) -> Iterator[str]:
    if isinstance(call, dict):
        found = next((call[key] for key in _IDS if isinstance(call.get(key), str) and call[key]), None)
        if found is not None:
            yield found
