"""Exports through the read API: figures of Economics and FOCUS rows as files to save."""

import asyncio
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.api import BASE, error_response
from collector.errors import QueryError
from collector.exports.asked import Asked, asked
from collector.exports.economics import Packed, economics
from collector.exports.focus import FocusVersion, focus
from collector.exports.source import Reads
from collector.formats import MEDIA_TYPES, Format
from collector.receivers.door import as_answer

ZIP = "application/zip"
_FILTERS = ("from", "to", "workflow", "env", "team")
_Choice = TypeVar("_Choice", bound=StrEnum)


def export_routes(source: Reads, pool: ThreadPoolExecutor, base_path: str = "") -> list[Route]:
    """GET /api/v1/exports/economics?from=&to=&format=xlsx|csv|parquet and GET /api/v1/exports/focus?…&version=&format=.

    `from` and `to` are days (UTC), both included; workflow, env and team narrow as on the page. FOCUS comes as a zip
    of the rows and their metadata.
    """

    def economics_file(given: dict[str, str]) -> Response:
        what = _asked(given, ("group", "format"))
        packed = _choice(Packed, given, "format", Packed.XLSX)
        body = economics(source, what, packed, datetime.now(UTC))
        is_book = packed is Packed.XLSX
        name = f"economics-{what.first_day}-{what.last_day}" + ("" if is_book else f"-{packed}")
        return _file(body, MEDIA_TYPES[Format.XLSX] if is_book else ZIP, f"{name}.{'xlsx' if is_book else 'zip'}")

    def focus_file(given: dict[str, str]) -> Response:
        what = _asked(given, ("version", "format"))
        version = _choice(FocusVersion, given, "version", FocusVersion.V1_4)
        format_ = Format(_choice(Packed, given, "format", Packed.CSV))
        if format_ is Format.XLSX:
            raise QueryError("format: FOCUS rows come as csv or parquet")
        done = focus(source, what, version, format_, datetime.now(UTC))
        name = f"focus-{version}-{what.first_day}-{what.last_day}"
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{name}.{format_}", done.data)
            archive.writestr(f"{name}.{format_}.metadata.json", done.metadata)
        return _file(sink.getvalue(), ZIP, f"{name}.zip")

    def route(name: str) -> Route:
        work = economics_file if name == "economics" else focus_file

        async def endpoint(request: Request) -> Response:
            try:
                return await asyncio.get_running_loop().run_in_executor(pool, work, dict(request.query_params))
            except Exception as error:  # noqa: BLE001 (the border: whatever failed, the caller gets an answer)
                return error_response(as_answer(error))

        return Route(f"{base_path.rstrip('/')}{BASE}/exports/{name}", endpoint, methods=["GET"])

    return [route("economics"), route("focus")]


def _asked(given: dict[str, str], more: tuple[str, ...]) -> Asked:
    for name in given:
        if name not in (*_FILTERS, *more):
            raise QueryError(f"exports have no parameter '{name}'; there are {', '.join((*_FILTERS, *more))}")
    first, last, workflow, env, team = (given.get(name) for name in _FILTERS)
    return asked(first or "", last or "", workflow, env, team, given.get("group", "workflow"))


def _choice(kind: type[_Choice], given: dict[str, str], name: str, default: _Choice) -> _Choice:
    try:
        return kind(given.get(name, default.value))
    except ValueError:
        raise QueryError(f"{name} must be one of {', '.join(kind)}, not '{given[name]}'") from None


def _file(body: bytes, media_type: str, name: str) -> Response:
    return Response(body, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
