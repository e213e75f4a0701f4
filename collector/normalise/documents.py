"""Messages that came as JSON: the object in a text, the text of the system prompt."""

import orjson

_SYSTEM_ROLES = ("system", "developer")


def as_document(value: object) -> object | None:
    """An object or list: as it is, or out of JSON text; None for anything else."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            return None
    return value if isinstance(value, dict | list) else None


def system_text(messages: object) -> str | None:
    """The text of the system (or developer) messages of a list of messages, or of an object that holds such a list."""
    document = as_document(messages)
    if isinstance(document, dict):
        if isinstance(document.get("system"), str):
            return str(document["system"])
        document = document.get("messages")
    found = [
        plain_text(message.get("parts") or message.get("content"))
        for message in (document if isinstance(document, list) else ())
        if isinstance(message, dict) and message.get("role") in _SYSTEM_ROLES
    ]
    return "\n".join(found) or None


def plain_text(content: object) -> str:
    """The text of a message's content: text, or parts that hold some; what is neither as JSON."""
    document = as_document(content)
    if document is None:
        return content if isinstance(content, str) else ""
    parts = document if isinstance(document, list) else [document]
    texts = [part.get("content") or part.get("text") for part in parts if isinstance(part, dict)]
    if len(texts) == len(parts) and all(isinstance(text, str) for text in texts):
        return "\n".join(map(str, texts))
    return orjson.dumps(document).decode()
