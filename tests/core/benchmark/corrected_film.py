"""A film on simulated backbones whose pictures and clips are inspected and corrected: of the three shots, by their
framing, one correction helps, one is rolled back, and nothing is found in the third."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio

from personavlog.backbones.corrections import Correction, Corrections, Remedy
from personavlog.backbones.findings import (
    ClipFinding,
    ClipInspection,
    Defect,
    DefectKind,
    ImageFinding,
    ImageInspection,
)
from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.metrics.score import Score
from personavlog.production.building import build_production, limits, open_backbones
from personavlog.production.production import Production
from personavlog.runs.engine import Engine
from personavlog.runs.folder import RunFolder
from personavlog.saved import OpenRun
from personavlog.script import Board, Framing, VideoDescription
from personavlog.steps import Until
from personavlog.vlog import Made, direct, prepare
from tests.core import doubles

HELPED, ROLLED_BACK, FINE = Framing.WIDE, Framing.MEDIUM, Framing.SELFIE
FEEDBACK = {"keyframe_corrections": 1, "clip_corrections": 1}


@dataclass
class Agents:
    """Measures, both quality agents and the edit agent; a first attempt is worth 0.5, a second one 0.9 or 0.1."""

    fingerprint: str = "scripted"
    seen: Counter[str] = field(default_factory=Counter)

    def keyframe(self, reference: object, made: EditResult, board: Board) -> tuple[Score, ...]:
        return (self._score(f"keyframe {board.framing}"),)

    def clip(self, made: AnimateResult, face: object, description: VideoDescription) -> tuple[Score, ...]:
        return (Score(name="moving", value=0.1 if "again" in description.motion else 0.5, tolerance=0.01),)

    def _score(self, what: str) -> Score:
        self.seen[what] += 1
        later = 0.9 if str(HELPED.value) in what else 0.1
        return Score(name="i2t", value=0.5 if self.seen[what] == 1 else later, tolerance=0.01)

    async def inspect(self, request: ImageInspection | ClipInspection) -> Any:
        if isinstance(request, ClipInspection):
            again = request.description.model_copy(update={"motion": f"{request.description.motion} again"})
            found = ClipFinding(kind="anomaly", evidence="it melts", revised=again, reason="move less")
            return None if request.board.framing is FINE else found
        if request.board.framing is FINE or any((score.value or 0) > 0.8 for score in request.scores):
            return None
        return ImageFinding(defects=(Defect(kind=DefectKind.LIMBS, evidence="six fingers"),), suggestion="five fingers")

    async def instruct(self, finding: ImageFinding, board: Board, tried: object) -> Corrections:
        return (Remedy(correction=Correction.WORDS, thing="Draw five fingers"),)


@dataclass
class CorrectedFilm(doubles.Film):
    """Made to its end, or up to ``until``."""

    until: Until | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self.brief_changes = {"length": 6.0, **(self.brief_changes or {})}
        self.changes = {"feedback": FEEDBACK, **(self.changes or {})}

    @property
    def opened(self) -> OpenRun:
        """The run as an export gets it."""
        chosen = doubles.profile(self.settings, **(self.changes or {}))
        return OpenRun(self.brief, chosen, RunFolder(Path("unused"), self.run), self.store, self.index)

    async def _make(self, settings: Any) -> Made:
        chosen = doubles.profile(settings, **(self.changes or {}))
        engine, agents = Engine(self.store, self.index, self.run, limits(chosen)), Agents()
        roles = dict.fromkeys(("measures", "image_quality", "video_quality", "edit_agent"), agents)
        with engine.making():
            built = vars(build_production(self.brief, chosen, engine, self.cap))
            production = Production(**{**built, **roles, "policy": doubles.QUICK})
            async with open_backbones(production):
                if self.until is None:
                    made = await direct(production)
                    engine.emit("film", made=made)
                    return made
                parts: Any = await prepare(production, self.until)
                engine.emit("until", until=self.until.value)
                return parts  # type: ignore[no-any-return]

    def make(self, **settings: Any) -> Made:
        return anyio.run(self._make, {**(self.settings or {}), **settings})
