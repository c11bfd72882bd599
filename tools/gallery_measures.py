"""The gallery's numbers of one film: is it the same person, do the poses differ, is it of one style, and how long did
it take."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from pydantic import BaseModel, ConfigDict, TypeAdapter

from personavlog.errors import MissingWeightsError
from personavlog.metrics.identity import identity
from personavlog.metrics.pose import pose, variety
from personavlog.metrics.score import Score
from personavlog.metrics.style import SPREADS, fingerprint, spread
from personavlog.runs.folder import RunFolder
from personavlog.runs.record import read_record

FILE = "measures.json"
Pixels = np.ndarray


class Measures(BaseModel):
    """One film. Values are None where nothing could be measured; ``looks`` are its keyframes' style fingerprints;
    ``seconds`` of making are wall time,
    ``stages`` sums of steps that ran beside each other."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shots: int
    identity_min: float | None
    identity_mean: float | None
    identity_measured: int
    pose_variety: float | None
    pose_note: str
    style_within: float | None
    looks: tuple[dict[str, float], ...]
    seconds: float
    stages: dict[str, float]


_ALL = TypeAdapter(dict[str, Measures])


def measure(run: Path, seconds: float) -> Measures:
    """The numbers of a finished run; ``seconds`` is how long its making took."""
    pictures = [_read(shot / "keyframe.png") for shot in sorted((run / "shots").iterdir())]
    likeness = [
        score.value
        for score in (identity(_read(run / "person.png"), picture) for picture in pictures)
        if score.value is not None
    ]
    poses, looks = _poses(pictures), [fingerprint(picture) for picture in pictures]
    return Measures(
        shots=len(pictures),
        identity_min=min(likeness, default=None),
        identity_mean=float(np.mean(likeness)) if likeness else None,
        identity_measured=len(likeness),
        pose_variety=poses.value,
        pose_note=poses.note,
        style_within=spread(pictures).value,
        looks=tuple({name: round(look[name], 4) for name in SPREADS} for look in looks),
        seconds=round(seconds, 1),
        stages={
            stage: round(taken, 1)
            for stage, taken in read_record(RunFolder(run.parent, run.name)).by_stage().items()
            if taken
        },
    )


def between(mine: Measures, others: list[Measures]) -> float | None:
    """Mean style distance of this film's keyframes and the other films', in the unit of ``style_within``."""
    values = [_apart(here, there) for other in others for here in mine.looks for there in other.looks]
    return float(np.mean(values)) if values else None


def _apart(a: dict[str, float], b: dict[str, float]) -> float:
    away = [min(abs(a[name] - b[name]) / size, 4.0) for name, size in SPREADS.items()]
    return float(np.sqrt(np.mean(np.square(away))))


def _poses(pictures: list[Pixels]) -> Score:
    try:
        return variety([pose(picture) for picture in pictures])
    except MissingWeightsError as missing:
        return Score(name="proxy.pose_variety", value=None, note=str(missing))


def _read(path: Path) -> Pixels:
    return cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)


def read_all(folder: Path) -> dict[str, Measures]:
    """The rows of all films measured so far, by name."""
    path = folder / FILE
    return _ALL.validate_json(path.read_bytes()) if path.is_file() else {}


def write_all(folder: Path, measures: dict[str, Measures]) -> None:
    """Keep the rows."""
    (folder / FILE).write_bytes(_ALL.dump_json(measures, indent=1) + b"\n")
