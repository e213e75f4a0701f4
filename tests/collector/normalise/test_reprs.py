"""Errors that came as the text of a repr are read as class and message; other texts stay what they are."""

import pytest

from collector.normalise.reprs import raised


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TimeoutError('60 s')", ("TimeoutError", "60 s")),
        (
            "lab.OrderNotFound('no (order) 7')Traceback (most recent call last):\n  File \"a\", line 1\n",
            ("lab.OrderNotFound", "no (order) 7"),
        ),
        ("KeyError()", ("KeyError", "")),
        ("GraphInterrupt((Interrupt(value='ok?'),))", ("GraphInterrupt", "(Interrupt(value='ok?'),)")),
        ("a sentence (with a remark) about it", None),
        ("", None),
    ],
)
def test_raised(text: str, found: tuple[str, str] | None) -> None:
    assert raised(text) == found
