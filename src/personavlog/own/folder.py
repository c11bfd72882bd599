"""Files that a person changed in the run folder: taken over as their edit, or kept beside; never lost."""

from __future__ import annotations

import re
from pathlib import Path

from personavlog.errors import BriefError, ConfigurationError, MediaError, RunError
from personavlog.own import parts
from personavlog.own import script as scripts
from personavlog.runs.exports import Exports, digest_of
from personavlog.runs.results import blobs_in
from personavlog.saved import OpenRun, current_script, shot_numbers

CHANGE = "files changed by hand"

_PART = re.compile(r"shots/(\d\d)/(keyframe\.png|clip\.mp4|voice\.wav)")


def take_over(run: OpenRun, *, but: Path | None = None) -> tuple[str, ...]:
    """Take over what was changed by hand since we last wrote it, and say what became of each file, a sentence each.

    script.json, keyframe.png, clip.mp4 and voice.wav become the person's own where they fit; what does not, and every
    other file, is kept beside as "<name>.yours.<kind>". ``but`` is a file that the caller takes over.
    """
    exports = Exports(run.folder, run.index, run.store)
    changed = [place for place in exports.changed() if but is None or place.resolve() != but.resolve()]
    if not changed:
        return ()
    run.index.edits.remember(run.folder.run, CHANGE)
    # The parts first: their places are those of the script that stood when they were written.
    in_order = sorted(changed, key=lambda place: place == run.folder.script)
    return tuple(note for place in in_order for note in _taken(run, exports, place))


def _taken(run: OpenRun, exports: Exports, place: Path) -> tuple[str, ...]:
    name = place.relative_to(run.folder.path).as_posix()
    try:
        if place == run.folder.script:
            return _script(run, exports, place)
        if found := _PART.fullmatch(name):
            return _part(run, exports, place, int(found[1]), found[2].partition(".")[0])
    except (BriefError, ConfigurationError, MediaError, RunError) as error:
        aside = exports.set_aside(place)
        return (f"{name} was changed by hand and cannot be used, so it is kept as {aside.name}: {error}",)
    aside = exports.set_aside(place)
    return (f"{name} was changed by hand; it is kept as {aside.name}.",)


def _script(run: OpenRun, exports: Exports, place: Path) -> tuple[str, ...]:
    script = scripts.read(place)
    scripts.check(run, script)
    is_new, earlier = script != current_script(run.index, run.folder.run), not exports.wrote(place)
    if is_new or earlier:
        scripts.pin(run, script, scripts.kept_numbers(run, script))
    exports.accept(place)
    if earlier:  # its writers' keys were others, so the agents would write another story
        return ("script.json is of an earlier version of personavlog; the film keeps it.",)
    return ("script.json was changed by hand; it is taken over as your own.",) if is_new else ()


def _part(run: OpenRun, exports: Exports, place: Path, shot: int, part: str) -> tuple[str, ...]:
    script = current_script(run.index, run.folder.run)
    numbers = shot_numbers(run.index, run.folder.run, len(script.boards) if script else run.brief.shots)
    if shot > len(numbers):
        raise RunError(f"The film has {len(numbers)} shots.")
    own = parts.read(run, part, place)
    parts.pin(run, part, numbers[shot - 1], own)
    # What was taken may be a copy in the film's form: then the file itself stays beside.
    if digest_of(place) == next(blobs_in(own.result)).digest:
        exports.accept(place)
    else:
        exports.set_aside(place)
    return (f"The {part} of shot {shot} was changed by hand; it is taken over as your own.", *own.notes)
