"""Check files of activity frames and courses: ``python -m personavlog_embedded.writing.plain.check_activities FILE``.

Without files it checks all of the package's. One line per fault with file, frame and sentence; exit status 1 with
faults.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from personavlog.errors import ConfigurationError
from personavlog_embedded import data
from personavlog_embedded.data.known_places import known_places
from personavlog_embedded.writing.plain.activities import (
    ACTIVITIES,
    COURSES,
    SLOT,
    WHOLE,
    Activity,
    Course,
    Step,
    read_activities,
    read_courses,
)
from personavlog_embedded.writing.plain.paintable import drawable


def faults(file: Path) -> Iterator[str]:
    """What is wrong with a file, the first fault of each frame."""
    try:
        rows: Iterable[Activity | Course] = read_courses(file) if file.parent.name == COURSES else read_activities(file)
    except ConfigurationError as error:
        yield str(error).removesuffix(data.REMEDY).strip()
        return
    for row in rows:
        yield from (f"{file.name}, {_title(row)!r}: {fault}" for fault in _unpainted(row))


def _title(row: Activity | Course) -> str:
    return row.name if isinstance(row, Activity) else row.hook


def _unpainted(row: Activity | Course) -> Iterator[str]:
    """Places and things that the painter has no drawing for."""
    if isinstance(row, Activity):
        yield from (f"the painter has no place {key!r}" for key in row.places if key not in known_places())
        yield from (f"the tool {tool!r} cannot be drawn" for tool in row.tools if not drawn(tool))
    for step in row.every_step() if isinstance(row, Activity) else row.steps:
        yield from (f"{thing!r} cannot be drawn: {step.do!r}" for thing in _things(step) if not drawn(thing))


def _things(step: Step) -> list[str]:
    return [thing for thing in (step.holds, *step.see) if thing and not SLOT.search(thing)]


def drawn(thing: str) -> bool:
    """Whether the painter draws a thing of this name: its own things, their aliases, and the emoji names."""
    own = {name for row in data.read_toml("things.toml")["things"] for name in (row["name"], *row.get("also", ()))}
    return thing in own or drawable(thing) is not None


def shared(files: Iterable[Path]) -> Iterator[str]:
    """Names and sentences that two frames have."""
    found = Counter(
        text for file in files for row in _read(file) for text in (_title(row), *_sentences(row)) if text not in WHOLE
    )
    yield from (f"stands {count} times: {text!r}" for text, count in found.items() if count > 1)


def _read(file: Path) -> Iterable[Activity | Course]:
    try:
        return read_courses(file) if file.parent.name == COURSES else read_activities(file)
    except ConfigurationError:
        return ()


def _sentences(row: Activity | Course) -> Iterator[str]:
    steps = row.every_step() if isinstance(row, Activity) else row.steps
    return chain.from_iterable((step.do, *step.say, *step.zh) for step in steps)


def main(names: list[str]) -> int:
    """Check the files named, or all; print faults and how many frames there are."""
    folder = Path(str(data.file()))
    files = [Path(name) for name in names] or sorted(
        file for part in (ACTIVITIES, COURSES) for file in (folder / part).glob("*.toml")
    )
    wrong = [*chain.from_iterable(map(faults, files)), *shared(files)]
    rows = sum(len(list(_read(file))) for file in files)
    sys.stdout.write("".join(f"{line}\n" for line in (*wrong, f"{len(files)} files, {rows} rows, {len(wrong)} faults")))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
