"""One vlog's folder, read file by file: what can be used of it, and what is wrong with the rest."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from personavlog.benchmark.media_files import Form, form, within
from personavlog.benchmark.outputs import (
    CLIPS,
    CORRECTIONS,
    COST,
    FILES,
    KEYFRAMES,
    META,
    MOVING,
    PICTURES,
    REFERENCE,
    SPOKEN,
    STORYBOARD,
    TRIED,
    VOICES,
    Correction,
    Meta,
    Problem,
    Shot,
    Vlog,
    numbered,
    tried,
)
from personavlog.benchmark.schema import read_record
from personavlog.errors import MediaError

PARTS: dict[str, tuple[tuple[str, ...], str]] = {
    KEYFRAMES: (PICTURES, "picture"),
    CLIPS: (MOVING, "clip"),
    VOICES: (SPOKEN, "spoken line"),
}
"""Folders of a vlog: the endings of their files, and what one is called."""
LAYOUT = (META, STORYBOARD, CORRECTIONS, COST, *FILES, *PARTS, TRIED)
MOST_TRIED = 2000
"""Files of attempts that are read."""
NO_ATTEMPT = (
    f"It is not the one picture or clip of an attempt that {CORRECTIONS} tells of, and is not read. Name it "
    "keyframe-01-0.png or clip-01-0.mp4: part, shot, attempt from 0."
)


def read_vlog(
    folder: Path, *, root: Path | None = None, whole: bool = False
) -> tuple[Vlog | None, tuple[Problem, ...]]:
    """One vlog's folder below the method's ``root``: None where it cannot be scored; what is wrong with it in both
    cases. ``whole``: every clip is decoded to its end."""
    reader = _Reader(folder, folder.parent if root is None else root, whole)
    return reader.read(), tuple(reader.problems)


@dataclass
class _Reader:
    """Collects what is wrong with one vlog."""

    folder: Path
    root: Path
    whole: bool
    problems: list[Problem] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def read(self) -> Vlog | None:
        try:
            return self._read()
        except OSError as error:
            self._wrong("", f"It cannot be read: {error.strerror or error}. Check its permissions.")
            return None

    def _read(self) -> Vlog | None:
        if not within(self.folder, self.root):
            self._wrong("", f"It is a link to a folder outside {self.root.name!r}. Put the folder itself there.")
            return None
        meta, shots = self._record(META, fatal=True), self._record(STORYBOARD, fatal=True)
        if isinstance(meta, Meta) and self.folder.name != meta.vlog:
            self._wrong(META, f"It is of the vlog {meta.vlog!r}. Give the folder that name, or mend the file.")
        if shots is not None and [shot.index for shot in shots] != list(range(1, len(shots) + 1)):
            self._wrong(STORYBOARD, "Its shots are not numbered 1, 2, 3 and so on. Mend each shot's index.")
        elif shots == ():
            self._wrong(STORYBOARD, "It has no shots. Write at least one.")
        if self.problems:
            return None
        corrections = self._corrections(shots)
        cost = self._record(COST)
        self._strangers()
        for part, (endings, called) in PARTS.items():
            self._part(part, endings, called, shots)
        self._attempts(corrections)
        self._whole_files()
        return Vlog(self.folder, meta, shots, corrections, cost, frozenset(self.left_out))

    def _wrong(self, name: str, text: str, *, fatal: bool = True) -> None:
        place = f"{self.folder.name}/{name}".rstrip("/")
        self.problems.append(Problem(printable(place), text, fatal))

    def _record(self, name: str, *, fatal: bool = False) -> Any:
        """A record; None where it is bad or not there. ``fatal``: it must be there and good."""
        try:
            if not within(self.folder / name, self.root):
                raise MediaError(f"It is a link to a file outside {self.root.name!r}. Put the file itself there.")
            found = read_record(self.folder, name)
        except MediaError as error:
            self._wrong(name, str(error), fatal=fatal)
            return None
        if found is None and fatal:
            self._wrong(name, "It is not there, and a vlog without it cannot be scored. Write it.")
        return found

    def _corrections(self, shots: tuple[Shot, ...]) -> tuple[Correction, ...]:
        found: tuple[Correction, ...] = self._record(CORRECTIONS) or ()
        fault = _correction_fault(found, len(shots))
        if fault:
            self._wrong(CORRECTIONS, f"{fault} None of them is used; mend the file.", fatal=False)
        return () if fault else found

    def _strangers(self) -> None:
        for path in sorted(self.folder.iterdir()):
            if path.name not in LAYOUT and not _hidden(path):
                known = ", ".join(LAYOUT)
                self._wrong(path.name, f"It is no part of the layout and is not read. Known are: {known}.", fatal=False)

    def _is_folder(self, part: str) -> bool:
        """Whether a part, where it is there, is a folder of this method; else nothing of it is used."""
        place = self.folder / part
        if place.exists() and not place.is_dir():
            self._wrong(part, "It is not a folder and is not read. Make it one.", fatal=False)
            return False
        if not within(place, self.root):
            self.left_out.update(f"{part}/{path.name}" for path in (place.iterdir() if place.is_dir() else ()))
            self._wrong(part, f"It is a link out of {self.root.name!r}. Put the folder itself there.", fatal=False)
            return False
        return True

    def _attempts(self, corrections: tuple[Correction, ...]) -> None:
        """Only what corrections.json tells of is used, and only one file for an attempt."""
        if not self._is_folder(TRIED):
            return
        place = self.folder / TRIED
        told = {(one.part, one.shot, one.attempt) for one in corrections if not one.failed}
        single = {paths[0] for one, paths in tried(place).items() if one in told and len(paths) == 1}
        for number, path in enumerate(sorted(place.iterdir()) if place.is_dir() else ()):
            if path in single and number < MOST_TRIED:
                self._form(path, TRIED)
            elif not _hidden(path):
                self.left_out.add(f"{TRIED}/{path.name}")
                self._wrong(f"{TRIED}/{path.name}", NO_ATTEMPT, fatal=False)

    def _part(self, part: str, endings: tuple[str, ...], called: str, shots: tuple[Shot, ...]) -> None:
        if not self._is_folder(part):
            return
        found = numbered(self.folder / part, endings)
        self._misnamed(part, found, endings, called, len(shots))
        forms = {
            f"{part}/{paths[0].name}": self._form(paths[0], part) for paths in self._single(part, found, len(shots))
        }
        self._odd({name: one for name, one in forms.items() if one}, called)
        missing = [str(shot.index) for shot in shots if shot.index not in found]
        if missing and (found or part == KEYFRAMES):
            which = f"shot{'s' if len(missing) > 1 else ''} {', '.join(missing)}" if found else "any shot"
            self._wrong(part, f"There is no {called} for {which}. What needs one stays missing.", fatal=False)

    def _single(self, part: str, found: Mapping[int, list[Path]], shots: int) -> Iterable[list[Path]]:
        """The files of the shots that have one; of two for one shot none is used."""
        for index, paths in found.items():
            if index <= shots and len(paths) == 1:
                yield paths
            elif index <= shots:
                self.left_out.update(f"{part}/{path.name}" for path in paths)
                names = " and ".join(repr(printable(path.name)) for path in paths)
                self._wrong(part, f"{names} are both for shot {index}; neither is used. Remove one.", fatal=False)

    def _misnamed(
        self, part: str, found: Mapping[int, list[Path]], endings: tuple[str, ...], called: str, shots: int
    ) -> None:
        place = self.folder / part
        named = {path for index, paths in found.items() if index <= shots for path in paths}
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            if path not in named and not _hidden(path):
                self.left_out.add(f"{part}/{path.name}")
                text = (
                    f"It is no {called} of one of the {shots} shots and is not read. Name it 01{endings[0]} and so on."
                )
                self._wrong(f"{part}/{path.name}", text, fatal=False)

    def _form(self, path: Path, part: str = "") -> Form | None:
        name = f"{part}/{path.name}".lstrip("/")
        try:
            return form(path, self.root, whole=self.whole)
        except MediaError as error:
            self.left_out.add(name)
            self._wrong(name, f"{error} It is not used.", fatal=False)
            return None

    def _odd(self, forms: Mapping[str, Form], called: str) -> None:
        """Name what is of another size or rate than most."""
        for what in ("size", "fps"):
            counted = Counter(getattr(one, what) for one in forms.values() if one.width is not None)
            usual = counted.most_common(1)[0][0] if counted else None
            for name, one in forms.items():
                if one.width is not None and (has := getattr(one, what)) != usual:
                    has, most = (value if what == "size" else f"{value or 'no known'} fps" for value in (has, usual))
                    text = f"It has {has}, most {called}s here {most}. It is scored as it is; make them alike."
                    self._wrong(name, text, fatal=False)

    def _whole_files(self) -> None:
        for name in FILES:
            path = self.folder / name
            if path.exists() or path.is_symlink():
                self._form(path)
            elif name == REFERENCE:
                text = "It is not there. Put the person's photo there, or score with data that has the person."
                self._wrong(name, text, fatal=False)


def _correction_fault(found: tuple[Correction, ...], shots: int) -> str:
    attempts: dict[tuple[str, int], list[int]] = {}
    for one in found:
        if one.shot > shots:
            return f"It tells of shot {one.shot}, and there are {shots}."
        if (one.accepted is None) != (one.attempt == 0):
            return f"Attempt {one.attempt} of the {one.part} of shot {one.shot}: only attempt 0 has no 'accepted'."
        attempts.setdefault((one.part, one.shot), []).append(one.attempt)
    for (part, shot), numbers in attempts.items():
        if sorted(numbers) != list(range(len(numbers))):
            return f"The attempts of the {part} of shot {shot} are not numbered 0, 1, 2 and so on."
    return ""


def _hidden(path: Path) -> bool:
    return path.name.startswith(".") or path.name.lower() in ("thumbs.db", "desktop.ini")


def printable(name: str) -> str:
    """A file's name as text, whatever bytes and control characters it has."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)
