"""Scoring a method's outputs: one vlog after the other, every number kept as soon as it is there and never taken
twice."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from personavlog.benchmark.definitions import Group as GroupName
from personavlog.benchmark.definitions import definitions
from personavlog.benchmark.outputs import Meta, Outputs, Problem, Vlog
from personavlog.benchmark.rows import SCORES, Row
from personavlog.benchmark.scoring import clips, correction, cost, film, pictures
from personavlog.benchmark.scoring.networks import SMALL, VIDEO, NetworkStore
from personavlog.benchmark.scoring.scores import Scores
from personavlog.benchmark.scoring.shared import Shared
from personavlog.benchmark.scoring.work import Group, Task, Value, Values, Work, nothing
from personavlog.errors import BriefError, ConfigurationError, MediaError, PersonaVlogError
from personavlog.runs.lock import alone

GROUPS: Mapping[GroupName, Group] = {
    "pictures": pictures.works,
    "clips": clips.works,
    "film": film.works,
    "correction": correction.works,
    "cost": cost.works,
}
"""The storyboards are judged, not measured: ``benchmark.judging``."""
UNITS = {"clip": clips.NEEDS, "vlog": clips.FILM}
"""What VBench's dimensions are taken of, and their names."""
UnitChoice = Literal["clip", "vlog", "both"]
FAILED = "failed"
"""In ``Row.source`` of a number that was not taken because something broke that the input cannot be blamed for: it is
tried again by the next scoring."""
PhotoOf = Callable[[Meta], Path | None]
OnRow = Callable[[Row], None]
OnProblem = Callable[[Problem], None]


def chosen(measures: Sequence[str] = (), unit: UnitChoice = "both") -> tuple[str, ...]:
    """The measures of these names and groups, in the order of ``measures.toml``; all that are measured where none is
    named. Those of the other unit are left out. Raises ``ConfigurationError`` for one that there is not."""
    there = [one for one in definitions().values() if one.group in GROUPS]
    known = {one.name for one in there} | set(GROUPS)
    if unknown := [name for name in measures if name not in known]:
        raise ConfigurationError(
            f"There is no measure {unknown[0]!r} to score. The groups are {', '.join(GROUPS)}; the measures "
            f"{', '.join(one.name for one in there)}."
        )
    others = {name for kind, names in UNITS.items() if kind not in _units(unit) for name in names}
    return tuple(
        one.name
        for one in there
        if one.name not in others and (not measures or one.name in measures or one.group in measures)
    )


def score(
    outputs: Outputs,
    target: Path | None = None,
    *,
    measures: Sequence[str] = (),
    weights_files: Mapping[str, Path] | None = None,
    device: str = "cpu",
    unit: UnitChoice = "clip",
    photo_of: PhotoOf = lambda meta: None,
    shared: Shared | None = None,
    on_row: OnRow = lambda row: None,
    on_problem: OnProblem = lambda problem: None,
) -> Scores:
    """Every number of every vlog, kept in ``target`` (``scores.jsonl`` in the method's folder).

    ``measures`` are names of measures or of groups, all where none is named; ``unit`` says whether VBench's dimensions
    are taken of clips, of each vlog's clips in a row, or of both; ``photo_of`` gives a person's photo where a vlog has
    none; ``shared`` is what several methods are scored with, in place of networks of its own by ``weights_files``,
    ``device`` and ``on_problem``. What was scored before and has not changed is not measured again. What cannot be
    measured has a row without a value that says why; ``on_problem`` is told once of every network that is missing and
    of every failure.

    The rows are read from ``target`` as they are asked for, so that memory does not grow with the vlogs. Raises
    ``ConfigurationError`` for a measure, network or scores file that does not fit, ``RunError`` where another process
    scores the same outputs, ``MachineError`` for a full disk.
    """
    target = target or outputs.folder / SCORES
    shared = shared or Shared(NetworkStore(weights_files or {}, device, on_problem))
    scoring = _Scoring(chosen(measures, unit), shared, _units(unit), photo_of)
    with alone(target.with_name(f".{target.name}.lock"), f"table of scores {target.name!r}"):
        kept = Scores(target)
        for vlog in outputs.vlogs:
            known = kept.of(vlog.name)
            taken = set()
            for row, fresh in scoring.rows(vlog, outputs.method.name, {key: row for key, (_, row) in known.items()}):
                kept.take(row, None if fresh else known[row.key][0])
                if fresh and row.key in known:
                    kept.drop(known[row.key][0])
                taken.add(row.key)
                on_row(row)
            for key, (at, row) in known.items():
                # A number of a file that changed since, or of a shot that is gone.
                if key not in taken and row.measure in scoring.measures:
                    kept.drop(at)
        for name in sorted(set(kept.vlogs) - {folder.name for folder in outputs.folder.iterdir()}):
            text = f"Its folder is gone, but {target.name} holds its rows, and tables count them. Remove its lines."
            on_problem(Problem(name, text, fatal=False))
        return kept.finished()


def scored_vlog(
    vlog: Vlog,
    *,
    method: str = "",
    measures: Sequence[str] = (),
    weights_files: Mapping[str, Path] | None = None,
    device: str = "cpu",
    unit: UnitChoice = "clip",
    photo: Path | None = None,
    on_problem: OnProblem = lambda problem: None,
) -> list[Row]:
    """Every number of one vlog, kept nowhere: as ``score`` takes them."""
    shared = Shared(NetworkStore(weights_files or {}, device, on_problem))
    scoring = _Scoring(chosen(measures, unit), shared, _units(unit), lambda meta: photo)
    return [row for row, _ in scoring.rows(vlog, method, {})]


def _units(unit: UnitChoice) -> frozenset[str]:
    if unit not in get_args(UnitChoice):
        raise ConfigurationError(f"The unit is one of {', '.join(get_args(UnitChoice))}; received {unit!r}.")
    return frozenset(("clip", "vlog")) if unit == "both" else frozenset((unit,))


@dataclass(frozen=True)
class _Scoring:
    """What is measured, with what."""

    measures: tuple[str, ...]
    shared: Shared
    units: frozenset[str]
    photo_of: PhotoOf

    @property
    def networks(self) -> NetworkStore:
        return self.shared.networks

    def rows(self, vlog: Vlog, method: str, known: Mapping[str, Row]) -> Iterator[tuple[Row, bool]]:
        """Every row of a vlog, and whether it was measured now."""
        files = _Files()
        for work in self._works(vlog):
            digests = {name: self._digest(work, name, files) for name in work.needs if name in self.measures}
            empty = {name: self._empty(vlog, method, work, name, digest) for name, digest in digests.items()}
            fresh = [name for name, row in empty.items() if not _holds(known.get(row.key))]
            values = self._values(work, {name: digests[name] for name in fresh}, vlog)
            for name, row in empty.items():
                yield (_filled(row, values[name]), True) if name in values else (known[row.key], False)

    def _works(self, vlog: Vlog) -> Iterator[Work]:
        task = Task(vlog, self.photo_of(vlog.meta), self.networks, self.units)
        wanted = {definitions()[name].group for name in self.measures}
        for name in [one for one in GROUPS if one in wanted]:
            try:
                yield from GROUPS[name](task)
            except OSError as error:
                self._tell(vlog, f"Its {name} cannot be looked at: {error.strerror or error}.")

    def _values(self, work: Work, digests: Mapping[str, str], vlog: Vlog) -> Values:
        missing = {
            name: next((one for one in work.needs[name] if not self.networks.digest(one)), "") for name in digests
        }
        absent = {name: Value(None, f"{network!r} is not there.") for name, network in missing.items() if network}
        equal = self.shared.known(digests)
        rest = [name for name in digests if name not in absent and name not in equal]
        measured = self._measured(work, rest, vlog) if rest else {}
        for name, value in measured.items():
            self.shared.keep(digests[name], value)
        return {**absent, **equal, **nothing(rest, "It was not measured."), **measured}

    def _measured(self, work: Work, names: Sequence[str], vlog: Vlog) -> dict[str, Value]:
        """What goes wrong with one piece of work is in its rows and stops nothing else."""
        try:
            return {name: _finite(value) for name, value in work.run(names).items() if name in names}
        except ConfigurationError:
            raise
        except (MediaError, BriefError) as error:
            return dict(nothing(names, _without_place(str(error), vlog)))
        except Exception as error:  # noqa: BLE001 - networks and decoders raise anything on hostile files
            kind = "" if isinstance(error, PersonaVlogError) else f"{type(error).__name__}: "
            said = kind + _without_place(str(error), vlog)
            shot = "" if work.shot is None else f" of shot {work.shot}"
            self._tell(vlog, f"{', '.join(names)}{shot} could not be measured: {said[:300]}")
            return {name: Value(None, f"It could not be measured: {said[:300]}", failed=True) for name in names}

    def _tell(self, vlog: Vlog, text: str) -> None:
        self.networks.on_problem(Problem(vlog.name, text, fatal=False))

    def _digest(self, work: Work, name: str, files: _Files) -> str:
        """Of all that the number depends on."""
        networks = {one: self.networks.digest(one) for one in work.needs[name]}
        parts = (work.unit, work.shot, name, work.version, work.settings, networks)
        return _sha256([parts, [files.digest(path) for path in work.files]])

    def _empty(self, vlog: Vlog, method: str, work: Work, name: str, digest: str) -> Row:
        """The row but for its number."""
        networks = {one: self.networks.digest(one) for one in work.needs[name]}
        source = {one: (known or "not there")[:16] for one, known in networks.items()}
        if set(networks) - {*SMALL, VIDEO}:
            source["device"] = self.networks.device
        return Row(
            key=_sha256([method, vlog.name, digest]),
            method=method,
            vlog=vlog.name,
            person=vlog.meta.person,
            style=vlog.meta.style,
            theme=vlog.meta.theme,
            unit=work.unit,
            shot=work.shot,
            measure=name,
            value=None,
            source={"version": work.version, **work.source, **source},
        )


class _Files:
    """The digests of one vlog's files, each read once."""

    def __init__(self) -> None:
        self._known: dict[Path, str] = {}

    def digest(self, path: Path | None) -> str:
        """SHA-256; a word for what is not there or cannot be read."""
        if path is None:
            return "not there"
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    @staticmethod
    def _read(path: Path) -> str:
        try:
            with path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return "unreadable"


def _sha256(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _holds(row: Row | None) -> bool:
    return row is not None and FAILED not in row.source


def _filled(row: Row, value: Value) -> Row:
    source = row.source | ({FAILED: "yes"} if value.failed else {})
    return row.model_copy(update={"value": value.value, "note": value.note, "detail": value.detail, "source": source})


def _without_place(text: str, vlog: Vlog) -> str:
    """Rows are published: where the folder lies on this machine is nobody's business."""
    return text.replace(f"{vlog.folder}{os.sep}", "")


def _finite(value: Value) -> Value:
    """A number that is none is no number."""
    if value.value is None or math.isfinite(value.value):
        return value
    return Value(None, "It came out as no finite number.", value.detail)
