"""Errors of Python programs that came as the text of their repr, with or without a traceback behind it."""

import ast
import re

_RAISED = re.compile(r"(?s)^([A-Za-z_][\w.]*)\((.*?)\)(?:Traceback \(most recent call last\).*|\s*)$")


def raised(text: str) -> tuple[str, str] | None:
    """Class and message of an error out of `Class('message')`; None for any other text.

    LangChain's tracers write that, and the traceback right behind it.
    """
    found = _RAISED.match(text)
    return None if found is None else (found[1], _unquoted(found[2]))


def _unquoted(text: str) -> str:
    try:
        found = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    return found if isinstance(found, str) else text
