"""A bundle as one zip file, and back: nothing is taken that is not exactly what the manifest says."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import orjson

from collector.bundle.contents import FORMAT, FORMAT_VERSION, MANIFEST, Bundle, sha256
from collector.bundle.lines import canonical
from collector.errors import InvalidBody

MOST_BYTES = 2 << 30
_MADE_AT = (1980, 1, 1, 0, 0, 0)


def pack(bundle: Bundle) -> bytes:
    """The zip file. No times, no owners, names in order: the same bundle gives the same bytes."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(bundle.files):
            entry = zipfile.ZipInfo(name, _MADE_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, bundle.files[name])
    return sink.getvalue()


def unpack(body: bytes, where: str) -> Bundle:
    """The bundle in a zip file. Raises InvalidBody, which names `where` and the file in it that was changed.

    The hashes find what was damaged or changed by hand; who writes a new manifest can change everything: no signature.
    """
    files = _read_files(body, where)
    manifest = _manifest(files, where)
    expected: Mapping[str, Any] = manifest["files"]
    for name in sorted(expected.keys() | files.keys() - {MANIFEST}):
        if name not in files:
            raise InvalidBody(f"{where}: {name} is missing; export the run again")
        if name not in expected:
            raise InvalidBody(f"{where}: {name} is not in the manifest; export the run again")
        if sha256(files[name]) != expected[name]["sha256"]:
            raise InvalidBody(
                f"{where}: {name} was changed: its sha256 is not that of the manifest; export the run again"
            )
    return Bundle(str(manifest["run_id"]), files, str(manifest["bundle_sha256"]))


def _read_files(body: bytes, where: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise InvalidBody(f"{where}: holds more than {MOST_BYTES >> 30} GiB; no bundle of a run does")
            return {entry.filename: _read_file(archive, entry, where) for entry in archive.infolist()}
    except zipfile.BadZipFile as error:
        raise InvalidBody(f"{where}: is no zip file that can be read: {error}") from error


def _read_file(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, where: str) -> bytes:
    try:
        with archive.open(entry) as opened:
            # A file may say that it is small and be endless.
            body = opened.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InvalidBody(f"{where}: {entry.filename} was changed: {error}; export the run again") from error
    if len(body) > MOST_BYTES:
        raise InvalidBody(f"{where}: {entry.filename} is larger than {MOST_BYTES >> 30} GiB")
    return body


def _manifest(files: Mapping[str, bytes], where: str) -> dict[str, Any]:
    if MANIFEST not in files:
        raise InvalidBody(f"{where}: has no {MANIFEST}: it is no bundle of 'tachograph export-run'")
    try:
        manifest = orjson.loads(files[MANIFEST])
        said = manifest.pop("bundle_sha256")
        is_whole = sha256(canonical(manifest)) == said and manifest["format"] == FORMAT
        files_said, version = dict(manifest["files"]), manifest["format_version"]
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise InvalidBody(f"{where}: {MANIFEST} was changed: it cannot be read; export the run again") from error
    if not is_whole:
        raise InvalidBody(f"{where}: {MANIFEST} was changed: its sha256 is not the one that it says")
    if version != FORMAT_VERSION:
        raise InvalidBody(f"{where}: is of format {version}; this version reads format {FORMAT_VERSION}")
    return {**manifest, "files": files_said, "bundle_sha256": said}
