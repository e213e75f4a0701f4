"""Eight weeks in the space of a word. The numbers are in its description, and in the table of the chart below it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.markup import Html, element


def heights(values: Sequence[float | None]) -> list[float | None]:
    """Bar heights in percent. From zero, unless all values lie close together: then from below the smallest."""
    known = [value for value in values if value is not None]
    if not known:
        return [None] * len(values)
    low, high = min(known), max(known)
    if low == high:
        return [None if value is None else (55.0 if high else 4.0) for value in values]
    base = 0.0 if low < 0.6 * high else low - (high - low) / 2
    return [None if value is None else max(4.0, 100 * (value - base) / (high - base)) for value in values]


def sparkline(values: Sequence[float | None], texts: Sequence[str], what: str, *, small: bool = False) -> Html:
    """Bars, oldest first; the last is the week shown. A week without a value is a dotted gap, not a zero."""
    bars = [
        _bar(height, text, is_last=place == len(values) - 1)
        for place, (height, text) in enumerate(zip(heights(values), texts, strict=True))
    ]
    described = f"{what}, {len(values)} weeks: " + ", ".join(texts) if values else f"{what}: no earlier weeks"
    return element(
        "span", *bars, class_="spark small" if small else "spark", role="img", aria_label=described, title=described
    )


def _bar(height: float | None, text: str, *, is_last: bool) -> Html:
    if height is None:
        return element("i", class_="none", title=text)
    return element("i", class_="now" if is_last else None, style=f"height:{height:.0f}%", title=text)
