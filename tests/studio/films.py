"""Small real films on simulated backbones, of every kind that the studio shows.

``python -m tests.studio.films HOME RUNS`` makes them to look at.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from personavlog import api
from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.fake import Fault
from personavlog.backbones.fake import _filmed as filmed
from personavlog.backbones.findings import (
    ClipFinding,
    ClipInspection,
    Defect,
    DefectKind,
    ImageFinding,
    ImageInspection,
    QualityAgents,
)
from personavlog.backbones.roles import AnimateRequest, AnimateResult, EditResult
from personavlog.errors import PersonaVlogError
from personavlog.media import Clip, Image
from personavlog.media.arrays import Box, Pixels
from personavlog.metrics import face, identity
from personavlog.metrics.score import Score
from personavlog.profiles import BackboneChoice, Feedback, Profile
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, VideoDescription
from tests.core.doubles import profile

PORTRAIT = Path(str(files("personavlog.example") / "portrait.png"))
SHOTS = 4
PRICE = 0.02
"""US dollars of a picture; the other calls cost nothing."""
LIKENESS: Mapping[str, Sequence[float]] = {
    "place 1": (0.84,),
    "place 2": (0.66, 0.81),
    "place 3": (0.83, 0.58, 0.62),
    "place 4": (0.52,),
}
"""The identity of each attempt at a place's keyframe: kept in the second shot, rolled back in the third, below the
floor in the fourth."""
STEADINESS: Mapping[str, Sequence[float]] = {"stop 2": (0.70, 0.90), "stop 3": (0.90, 0.60)}
"""The same of clips by what moves: kept in the second shot, rolled back in the third."""


@dataclass(frozen=True)
class FakeFilms:
    """Where they lie, and their ids: ``finished`` with corrections kept and rolled back and two takes of a voice,
    ``changed`` the same with changes that nothing was made of yet, ``failed`` at its second shot, ``draft`` with a
    script only, ``damaged`` with a brief that nobody can read."""

    home: Path
    runs: Path
    finished: str
    changed: str
    failed: str
    draft: str
    damaged: str


@dataclass
class ScriptedMeasures:
    """Scores as the tables say, whatever the picture: each place's attempts one after the other."""

    fingerprint: str = "scripted-1"
    seen: Counter[str] = field(default_factory=Counter)

    def keyframe(self, reference: Image, made: EditResult, board: Board) -> tuple[Score, ...]:
        """Identity, and a likeness to the words that never changes."""
        likeness = Score(
            name=identity.NAME, value=self._next(LIKENESS, board.place), tolerance=identity.NOISE, paper=False
        )
        return Score(name="proxy.i2t", value=0.5, tolerance=0.02), likeness

    def clip(self, made: AnimateResult, face_box: Box | None, description: VideoDescription) -> tuple[Score, ...]:
        """Steadiness."""
        stop = next((one for one in STEADINESS if one in description.motion), "")
        value = self._next(STEADINESS, stop) if stop else 0.9
        return (Score(name="proxy.steadiness", value=value, tolerance=0.02),)

    def _next(self, table: Mapping[str, Sequence[float]], place: str) -> float:
        self.seen[place] += 1
        return table[place][min(self.seen[place], len(table[place])) - 1]


class ScriptedImageQuality:
    """Finds a lost likeness in the keyframes of the second and third shot, until it is better than 0.8, and in the
    fourth, where nothing can be done."""

    fingerprint = "scripted-image-1"

    async def inspect(self, request: ImageInspection) -> ImageFinding | None:
        """What is wrong with the likeness."""
        score = next(score.value or 0.0 for score in request.scores if score.name == identity.NAME)
        if request.board.place == "place 1" or (request.board.place == "place 2" and score > 0.8):
            return None
        defect = Defect(kind=DefectKind.POSE, evidence=f"The face is turned away; likeness {score:.2f}.")
        if request.board.place == "place 4":
            return ImageFinding(defects=(defect,), suggestion="Nothing that an edit could do.", remedies=())
        remedies = (
            Remedy(correction=Correction.SAME_FACE),
            Remedy(correction=Correction.BRIGHTER),
        )
        return ImageFinding(defects=(defect,), suggestion="Turn the face to the camera.", remedies=remedies)


class ScriptedVideoQuality:
    """Finds an unsteady clip where the first score says so, or the film's third shot."""

    fingerprint = "scripted-video-1"

    async def inspect(self, request: ClipInspection) -> ClipFinding | None:
        """What is wrong with the movement."""
        motion = request.description.motion
        if not any(stop in motion for stop in STEADINESS) or "Slowly" in motion:
            return None
        revised = request.description.model_copy(update={"motion": f"Slowly: {motion}"})
        return ClipFinding(
            kind="anomaly", evidence="The hands tremble.", revised=revised, reason="A slower movement is steadier."
        )


def scripted_quality(agents: str, blobs: Blobs) -> QualityAgents:
    """The two above."""
    return QualityAgents(image=ScriptedImageQuality(), video=ScriptedVideoQuality())


@contextmanager
def scripted(home: Path) -> Iterator[None]:
    """``home`` is the home folder, measures and quality agents are scripted, and every photo shows one face: no model
    file is needed."""

    def measures(feedback: Feedback, blobs: Blobs) -> ScriptedMeasures:
        return ScriptedMeasures()

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERSONAVLOG_HOME", str(home))
        patch.setenv("PERSONAVLOG_OFFLINE", "1")
        patch.setattr("personavlog.production.building.measures_of", measures)
        patch.setattr("personavlog.backbones.fake.quality", scripted_quality)
        patch.setattr("personavlog.backbones.fake._filmed", _filmed)
        patch.setattr(face, "_look", _one_face)
        yield


def studio_profile(image: Mapping[str, Any] | None = None, **changes: Any) -> Profile:
    """Simulated backbones that correct; ``image`` are settings of the painter."""
    feedback = {"keyframe_corrections": 2, "clip_corrections": 1}
    settings = {"image": {"price": PRICE, **(image or {})}}
    return profile(settings, size=(320, 180), feedback=feedback, **changes)


def options(theme: str, **changes: Any) -> api.Options:
    """A film of four shots and 12 seconds about ``theme``."""
    plain = {
        "photo": PORTRAIT,
        "theme": theme,
        "style": "comic",
        "i_may_use_this_likeness": True,
        "shots": SHOTS,
        "length": 12.0,
        "subtitles": "soft",
    }
    return api.Options(**{**plain, **changes})


def fake_films(home: Path, runs: Path) -> FakeFilms:
    """Make all of them under ``runs``, with ``home`` as the home folder."""
    with scripted(home):
        finished = _finished("A day at the lake", runs)
        api.redo(finished, 1, "voice", runs=runs)
        api.reopen(finished, runs=runs).make()
        changed = _finished("An evening in the harbour", runs)
        api.redo(changed, 2, "clip", runs=runs)
        api.move_shot(changed, 4, 1, runs=runs)
        draft = api.begin(options("A morning at the market"), profile=studio_profile(), runs=runs)
        draft.make(until="script")
        damaged = api.begin(options("A night on the train"), profile=studio_profile(), runs=runs)
        damaged.folder.brief.write_text("this is = no [brief", encoding="utf-8")
        return FakeFilms(home, runs, finished, changed, _failed(runs), draft.folder.run, damaged.folder.run)


def _finished(theme: str, runs: Path) -> str:
    return api.begin(options(theme), profile=studio_profile(), runs=runs).make().run


def _failed(runs: Path) -> str:
    """Refused at the second shot's keyframe, also in neutral words."""
    settings = {"faults": ("", "", "refuse", "refuse")}
    one_by_one = {"backbone": "fake", "at_once": 1, "settings": {"price": PRICE, **settings}}
    job = api.begin(
        options("A walk in the rain", seed=1),
        profile=studio_profile().model_copy(update={"image": BackboneChoice.model_validate(one_by_one)}),
        runs=runs,
    )
    try:
        job.make()
    except PersonaVlogError:
        return job.folder.run
    raise AssertionError("the second shot was to be refused")


def _filmed(request: AnimateRequest, fault: Fault, blobs: Blobs) -> Clip:
    """As the simulated backbone does; what was corrected is a little brighter, so that it is another clip."""
    if "Slowly" not in request.description.motion:
        return filmed(request, fault, blobs)
    brighter = np.clip(blobs.pixels(request.keyframe.image).astype(int) + 4, 0, 255).astype(np.uint8)
    keyframe = request.keyframe.model_copy(update={"image": blobs.put_image(brighter)})
    return filmed(request.model_copy(update={"keyframe": keyframe}), fault, blobs)


def _one_face(view: Pixels, corner: tuple[int, int]) -> list[face.Face]:
    height, width = view.shape[:2]
    x, y, half = corner[0] + width / 2, corner[1] + height / 2, min(width, height) / 4
    points = np.array([(x - half / 2, y), (x + half / 2, y), (x, y), (x - half / 2, y), (x + half / 2, y)])
    return [face.Face((x - half, y - half, x + half, y + half), 0.95, points.astype(np.float32))]


if __name__ == "__main__":
    fake_films(*map(Path, sys.argv[1:3]))
