"""The header of a query file: the comment lines on top of it, as data. No file access here."""

import re
from dataclasses import dataclass

_PARAMETER = re.compile(
    r"param (?P<name>[a-z_][a-z0-9_]*) (?P<type>[a-z]+) default (?P<default>'[^']*'|\S+): (?P<description>.+)"
)
_NAME_PREFIX = re.compile(r"[a-z]+\.[a-z0-9_]+: ")
_TYPES = ("varchar", "bigint", "double", "boolean", "timestamp")

ParameterValue = str | int | float | bool | None


class HeaderError(ValueError):
    """A query file whose header cannot be read. Names the file; a mistake in the product, never worth a retry."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One bound parameter of a named read: its DuckDB type, and what is bound where the caller gives nothing."""

    name: str
    type: str
    default: ParameterValue
    description: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a query file says of itself; `notes` are the lines after the grain that are no parameters."""

    description: str
    grain: str
    parameters: tuple[Parameter, ...]
    notes: tuple[str, ...]


def parse_header(text: str, where: str) -> Header:
    """Read the header of the file `where`: description, `grain: …`, `param …`, notes; or raise HeaderError."""
    description: list[str] = []
    notes: list[str] = []
    parameters: list[Parameter] = []
    grain = ""
    for line in _comment_lines(text):
        if line.startswith("grain: "):
            grain = line.removeprefix("grain: ")
        elif line.startswith("param "):
            parameters.append(_parse_parameter(line, where))
        elif grain:
            notes.append(line)
        else:
            description.append(line)
    if not description or not grain:
        raise HeaderError(f"{where}: the header needs a description and a line '-- grain: one row per …'")
    return Header(_NAME_PREFIX.sub("", " ".join(description), count=1), grain, tuple(parameters), tuple(notes))


def _comment_lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return lines


def _parse_parameter(line: str, where: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None:
        raise HeaderError(f"{where}: '{line}' is not 'param NAME TYPE default VALUE: what it does'")
    name, type_, default, description = match.group("name", "type", "default", "description")
    if type_ not in _TYPES:
        raise HeaderError(f"{where}: parameter {name} has type {type_}, not one of {', '.join(_TYPES)}")
    return Parameter(name, type_, _parse_default(default, type_, f"{where}: parameter {name}"), description)


def _parse_default(text: str, type_: str, where: str) -> ParameterValue:
    if text == "null":
        return None
    try:
        match type_:
            case "bigint":
                return int(text)
            case "double":
                return float(text)
            case "boolean":
                return {"true": True, "false": False}[text]
            case "varchar":
                return text.strip("'")
    except (ValueError, KeyError) as error:
        raise HeaderError(f"{where}: default {text} is no {type_}") from error
    raise HeaderError(f"{where}: a {type_} has no default but null")
