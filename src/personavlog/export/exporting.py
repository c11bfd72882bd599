"""A finished film handed on to other programs."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from personavlog.errors import ConfigurationError, MissingExtraError
from personavlog.export import package
from personavlog.export.footage import Footage, lay_out
from personavlog.export.licences import licences
from personavlog.export.source import Source, read_source
from personavlog.export.target import FILES, IN_TIME_CODE, TIME_CODES, TIMELINES, Target
from personavlog.export.writing import Writer, root_of
from personavlog.pending import pending
from personavlog.runs import RUNS
from personavlog.runs.exports import Exports
from personavlog.runs.folder import make_folder
from personavlog.runs.index import Index
from personavlog.runs.lock import alone
from personavlog.runs.machine import machine_errors
from personavlog.saved import find

PACKAGES = ("opentimelineio", "otio_fcp_adapter", "otio_cmx3600_adapter")


@dataclass(frozen=True)
class Exported:
    """What was written: ``path`` is what to open, ``files`` all of it, ``notes`` what a person should know of it."""

    path: Path
    files: tuple[Path, ...]
    notes: tuple[str, ...]


@machine_errors()
def export(run: str = "last", *, to: Target | str, folder: Path | None = None, runs: Path = RUNS) -> Exported:
    """Write a finished film for another program, into ``export/<to>/`` of the run or into ``folder``. A file there that
    somebody changed is kept beside, as "<name>.yours.<kind>". Blocking: run it in a thread.

    Raises ``RunError`` for a run without a film or one that is being made, ``MediaError`` where a part of the film is
    lost, ``MissingExtraError`` without the extra ``export``, ``ConfigurationError`` for a form that there is not or
    that the film does not fit, ``MachineError``.
    """
    target = _target(to)
    if target in TIMELINES:
        require()
    found, store, index = find(run, runs)
    with closing(index), alone(index.lock_file(found.run), f"run {found.run!r}"):
        source = read_source(found, store)
        check_rate(source.made.timeline.fps, target)
        exports = Exports(found, index, store)
        changed = (*_not_made_again(index, found.run), *_by_hand(exports))
        writer = Writer(exports, make_folder(root_of(found, target, folder)))
        notes = _write(source, writer, target)
        writer.sweep()
        return Exported(writer.root / FILES[target], tuple(writer.written), (*changed, *notes, *writer.notes))


def require() -> None:
    """Raise ``MissingExtraError`` where a package of the extra ``export`` is missing."""
    if any(find_spec(package) is None for package in PACKAGES):
        raise MissingExtraError("Exporting a timeline", "export")


def check_rate(fps: int, target: Target) -> None:
    """Raise ``ConfigurationError`` where the form counts in time code and there is none for the film's rate."""
    if target in IN_TIME_CODE and fps not in TIME_CODES:
        raise ConfigurationError(
            f"The film has {fps} frames a second, for which there is no time code, and {target.value!r} needs one. "
            "Export it to 'otio', 'fcpxml' or 'mlt'."
        )


def timeline_file(footage: Footage, folder: Path, target: Target) -> bytes:
    """The timeline's file for media that lie in ``folder``."""
    from personavlog.export import project

    timeline = project.build(footage)
    match target:
        case Target.FCPXML:
            from personavlog.export.fcpxml import to_fcpxml

            return to_fcpxml(timeline, folder)
        case Target.MLT:
            from personavlog.export.mlt import to_mlt

            return to_mlt(timeline)
        case Target.XMEML:
            from personavlog.export.adapted import to_xmeml

            return to_xmeml(timeline, folder)
        case Target.EDL:
            from personavlog.export.adapted import to_edl

            return to_edl(timeline)
        case _:
            return str(timeline.to_json_string(indent=1)).encode()


def _write(source: Source, writer: Writer, target: Target) -> tuple[str, ...]:
    """Write the form's files; returns what is to be known of them."""
    if target is Target.STILLS:
        package.stills(source, writer)
        return ()
    if target is Target.ZIP:
        return package.archive(source, writer)
    footage = lay_out(source, writer)
    writer.file("licences.txt", licences(source).encode())
    writer.file(FILES[target], timeline_file(footage, writer.root, target))
    return _without_handles(footage)


def _without_handles(footage: Footage) -> tuple[str, ...]:
    lengths = footage.timeline.lengths
    short = [n for n, (clip, length) in enumerate(zip(footage.clips, lengths, strict=True), 1) if clip.frames <= length]
    if not short or not footage.timeline.fade:
        return ()
    which = (
        "No clip has" if len(short) == len(lengths) else f"The clips of shots {', '.join(map(str, short))} do not have"
    )
    return (
        f"{which} more frames than the film shows: its dissolves of {footage.timeline.fade} frames are kept, a longer "
        "one has no frames to use.",
    )


def _target(to: Target | str) -> Target:
    try:
        return Target(to)
    except ValueError as error:
        fitting = ", ".join(repr(one.value) for one in Target)
        raise ConfigurationError(f"A film can be exported to {fitting}; received {str(to)!r}.") from error


def _not_made_again(index: Index, run: str) -> tuple[str, ...]:
    stale = pending(index, run)
    said = "The film was changed and not made again since; this is the film as it was cut. Make it again with: "
    return (f"{said}personavlog resume {run}",) if stale and stale.recut else ()


def _by_hand(exports: Exports) -> tuple[str, ...]:
    """Of the person's own files in the run folder, which no resume has taken over yet."""
    folder = exports.folder
    changed = [place for place in exports.changed() if exports.wrote(place)]
    names = [place.relative_to(folder.path).as_posix() for place in changed]
    if not names:
        return ()
    said = "was" if len(names) == 1 else "were"
    return (
        f"{', '.join(names)} {said} changed by hand since the film was made, and the export holds what the film was "
        f"made from. To take over what was changed: personavlog resume {folder.run}",
    )
