"""A finished run as one file to take elsewhere: its brief, its rows of the index, and the blobs that are needed to look
at it.

    brief.toml     rows.json     blobs/<digest>

What is only needed to go on with it (pieces of the cut, stems of the sound, a painter's layers) is left out: those
steps are made again where the film is changed. An archive is hostile until read: nothing of it is used before all of it
is checked. Who unpacks one trusts its author in one thing: its results stand in the index under their keys, so that a
film that asks for the very same takes them from there.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from pydantic import JsonValue, ValidationError

from personavlog.errors import RunError
from personavlog.media.file import read_bytes
from personavlog.runs import RUNS
from personavlog.runs.folder import RunFolder, export_blob, find_run, open_store, write_file
from personavlog.runs.index import Index
from personavlog.runs.lock import alone
from personavlog.runs.machine import machine_errors
from personavlog.runs.removal import digests_in
from personavlog.runs.run_rows import Rows
from personavlog.steps import FILM, Part, StepName

MOST_FILES, MOST_BYTES = 2000, 256_000_000
"""Entries of an archive, and what they hold unpacked, in bytes."""
BRIEF, ROWS = "brief.toml", "rows.json"

_SHOWN = re.compile(r"image/|video/|audio/|text/vtt|application/x-subrip")
_PARTS = frozenset((Part.STYLISE, Part.VOICE, Part.KEYFRAME, Part.CLIP))
_TOLD = ("script.json", "record.json", "report.html")
_BLOB = re.compile(r"blobs/([0-9a-f]{64})")
_PLACE = re.compile(r"((attempts|audio|shots/\d\d)/)?[a-z0-9][a-z0-9-]{0,39}\.(mp4|srt|vtt|wav|png|jpg|json|html)")
_SAME_DATE = (1980, 1, 1, 0, 0, 0)


@machine_errors()
def pack(run: str, into: Path, *, runs: Path = RUNS) -> Path:
    """Write a run to the file ``into``, equal bytes for an equal run; raises ``RunError`` where there is none, or while
    it is being made."""
    store, index = open_store()
    with closing(index):
        folder = find_run(runs, run, index.begun.times())
        with alone(index.lock_file(folder.run), f"run {folder.run!r}"):
            brief, rows = read_bytes(folder.brief, "brief"), index.rows.take(folder.run)
            wanted = sorted(digests_in(brief.decode()) | frozenset(_looked_at(rows)))
            blobs = {digest: store.get(digest) for digest in wanted if store.sound(digest)}
            blobs |= _told(folder, rows)
    kept = tuple(row for row in rows.exported if row[2] in blobs and _PLACE.fullmatch(row[1]))
    rows = rows.model_copy(update={"exported": kept})
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        _write(archive, BRIEF, brief)
        _write(archive, ROWS, rows.model_dump_json().encode())
        for digest, data in sorted(blobs.items()):
            _write(archive, f"blobs/{digest}", data)
    return into


@machine_errors()
def unpack(file: Path, *, runs: Path = RUNS) -> RunFolder:
    """Put a packed run into the home folder and its files under ``runs``. Where it is there already, only what is
    missing of it is put there: nothing that was changed since is lost.

    Raises ``RunError`` for what is no packed run, holds what does not belong to it, or has the id of another run.
    """
    contents = _contents(file)
    rows, brief = _rows(file, contents), contents[BRIEF]
    blobs = _blobs(file, contents, rows)
    folder, (store, index) = RunFolder(runs, rows.run), open_store()
    with closing(index), alone(index.lock_file(rows.run), f"run {rows.run!r}"):
        _refuse_another(folder, index, rows, brief)
        for data in blobs.values():
            store.put(data)
        if not folder.brief.is_file():
            write_file(folder.brief, brief)
        index.rows.put(rows)
        index.begun.add(rows.run, runs, digests_in(brief.decode()) & blobs.keys(), at=rows.begun)
        for _, path, digest in rows.exported:
            if digest in blobs and not (folder.path / path).exists():
                export_blob(store, digest, folder.path / path)
    return folder


def _looked_at(rows: Rows) -> Iterator[str]:
    """The digests of pictures, clips, voices and the film, of every attempt and take."""
    steps = [(StepName.parse(name), result) for _, name, result, *_ in rows.action]
    looked_at = [result for step, result in steps if step and (step.part in _PARTS or step == FILM)]
    for text in (*looked_at, *(row[2] for row in rows.pin)):
        with suppress(ValueError):  # a damaged result points at nothing
            yield from _shown(json.loads(text))


def _shown(value: JsonValue) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _shown(part)
    elif isinstance(value, dict):
        kind = value.get("media_type")
        if isinstance(kind, str) and _SHOWN.match(kind):
            yield str(value["digest"])
        for part in value.values():
            yield from _shown(part)


def _told(folder: RunFolder, rows: Rows) -> dict[str, bytes]:
    """The texts of the run folder by digest, where they are as they were written."""
    texts = [(folder.path / path, digest) for _, path, digest in rows.exported if path in _TOLD]
    read = {digest: place.read_bytes() for place, digest in texts if place.is_file()}
    return {digest: data for digest, data in read.items() if _digest(data) == digest}


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _SAME_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _contents(file: Path) -> Mapping[str, bytes]:
    """Everything in an archive by name; none of it is checked but size, number and names."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise _unfit(file, f"it holds more than {MOST_FILES} files or {MOST_BYTES // 1_000_000} MB")
            names = [entry.filename for entry in entries]
            strange = [name for name in names if name not in (BRIEF, ROWS) and not _BLOB.fullmatch(name)]
            if strange or len(set(names)) < len(names) or not {BRIEF, ROWS} <= set(names):
                raise _unfit(file, f"its files are not those of a packed run: {strange[:3] or sorted(names)[:3]!r}")
            return {name: archive.read(name) for name in names}
    except (OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error) as error:
        raise _unfit(file, str(error)) from error


def _rows(file: Path, contents: Mapping[str, bytes]) -> Rows:
    try:
        rows = Rows.model_validate_json(contents[ROWS])
    except ValidationError as error:
        raise _unfit(
            file, f"its rows do not fit: {error.errors()[0]['msg']} at {error.errors()[0]['loc']!r}"
        ) from error
    if rows.foreign:
        raise _unfit(file, f"its tables {rows.foreign!r} hold rows of another run")
    if any(not _PLACE.fullmatch(row[1]) for row in rows.exported):
        raise _unfit(file, "a file of its run folder has a name that no run's files have")
    return rows


def _blobs(file: Path, contents: Mapping[str, bytes], rows: Rows) -> Mapping[str, bytes]:
    """By digest; every one is what its digest says, and something of the run points at it."""
    found = {name.removeprefix("blobs/"): data for name, data in contents.items() if _BLOB.fullmatch(name)}
    wrong = [digest for digest, data in found.items() if _digest(data) != digest]
    if wrong:
        raise _unfit(file, f"the bytes of {wrong[0]!r} are not what their digest says")
    try:
        known = digests_in(contents[BRIEF].decode() + contents[ROWS].decode())
    except UnicodeDecodeError as error:
        raise _unfit(file, f"its brief is no text: {error}") from error
    if found.keys() - known:
        raise _unfit(file, f"nothing in it points at {min(found.keys() - known)!r}")
    return found


def _refuse_another(folder: RunFolder, index: Index, rows: Rows, brief: bytes) -> None:
    """Raise ``RunError`` where this home or folder knows another run of the same id."""
    if rows.run in index.removal.runs():
        same = index.begun.times().get(rows.run) == rows.begun
    else:
        same = folder.brief.read_bytes() == brief if folder.brief.is_file() else not folder.path.exists()
    if not same:
        raise RunError(
            f"There is another run {rows.run!r} already. Delete it first with: personavlog delete {rows.run}"
        )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _unfit(file: Path, why: str) -> RunError:
    return RunError(f"The file {str(file)!r} is no packed run: {why}. Pack the run again.")
