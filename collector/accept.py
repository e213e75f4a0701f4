"""Which format an Accept header asks for (RFC 9110, 12.5.1). Pure."""

from collector.errors import NotAcceptable
from collector.formats import MEDIA_TYPES, Format

_BY_MEDIA_TYPE = {media: format_ for format_, media in MEDIA_TYPES.items()}
_ANY = ("*/*", "application/*")


def wanted_format(accept: str | None) -> Format:
    """The format most wanted among those that exist; JSON where anything will do. Raises NotAcceptable."""
    best, best_weight = Format.JSON, 0.0 if accept and accept.strip() else 1.0
    for entry in (accept or "").split(","):
        media, *parameters = (part.strip().lower() for part in entry.split(";"))
        format_ = Format.JSON if media in _ANY else Format.CSV if media == "text/*" else _BY_MEDIA_TYPE.get(media)
        weight = _weight(parameters)
        if format_ is not None and weight > best_weight:
            best, best_weight = format_, weight
    if best_weight == 0.0:
        raise NotAcceptable(f"no answer can be given as '{accept}'; there are {', '.join(_BY_MEDIA_TYPE)}")
    return best


def content_type(format_: Format) -> str:
    """The Content-Type of an answer."""
    return MEDIA_TYPES[format_] + ("; charset=utf-8; header=present" if format_ is Format.CSV else "")


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
