"""A crew whose painter, animator and agents are scripted, and a film of two small shots: a whole check in seconds,
without weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from judge_room import board, description, moving, stage
from personavlog import profiles
from personavlog.agents.edit import DirectEdit
from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.findings import Defect, DefectKind, ImageFinding, ImageInspection
from personavlog.backbones.roles import (
    AnimateRequest,
    AnimateResult,
    EditRequest,
    EditResult,
    Estimate,
    ImageCapabilities,
    Licence,
)
from personavlog.brief import Brief
from personavlog.media import Image
from personavlog.media.decode import frames
from personavlog.media.encode import encoding
from personavlog.metrics.score import Score
from personavlog.production.production import Production
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, Camera, Character, Script, VideoDescription
from personavlog.vlog import Made
from personavlog_embedded.inspection.inspector import ClipInspector
from personavlog_embedded.scene.stage import pack
from personavlog_embedded.style.print_surface import flatten

SHARP = 60.0
"""Laplacian variance: the sound picture has more, a blurred or enlarged one less."""
AGAIN = Remedy(correction=Correction.AGAIN, thing="the picture")


def sharpness(pixels: NDArray[np.uint8]) -> float:
    return float(cv2.Laplacian(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.CV_32F).var())


@dataclass
class Painter:
    """Gives the sound picture whatever is asked."""

    blobs: Blobs
    repeats: bool = True
    asked: list[EditRequest] = field(default_factory=list)
    fingerprint: str = "scripted"

    @property
    def capabilities(self) -> ImageCapabilities:
        return ImageCapabilities(min_side=16, max_side=640, repeats=self.repeats, licence=Licence(name="none"))

    def estimate(self, request: EditRequest) -> Estimate:
        return Estimate(seconds=0)

    async def edit(self, request: EditRequest, progress: Callable[[float], None]) -> EditResult:
        self.asked.append(request)
        drawn = stage()
        return EditResult(
            image=self.blobs.put_image(flatten(drawn)),
            prompt="",
            attachments={"stage": self.blobs.put(pack(drawn), "application/zip")},
        )


@dataclass
class Animator:
    """Gives the sound clip whatever is asked."""

    blobs: Blobs
    folder: Path
    asked: list[AnimateRequest] = field(default_factory=list)
    fingerprint: str = "scripted"

    async def animate(self, request: AnimateRequest, progress: Callable[[float], None]) -> AnimateResult:
        self.asked.append(request)
        return self.sound()

    def sound(self) -> AnimateResult:
        shown, target = moving().frames, self.folder / "sound.mp4"
        height, width = shown[0].shape[:2]
        with encoding(target, width, height, 24) as pipe:
            for frame in shown:
                pipe.write(np.dstack([frame, np.full((height, width), 255, np.uint8)]))
            pipe.finish()
        return AnimateResult(
            clip=self.blobs.put_clip(target, width=width, height=height, fps=24, frames=len(shown)), prompt=""
        )


@dataclass
class Looks:
    """An image quality agent that sees nothing but sharpness; ``remedies`` is what it suggests, ``always`` makes it
    find something in every picture."""

    blobs: Blobs
    remedies: tuple[Remedy, ...] = (AGAIN,)
    always: bool = False
    asked: int = 0
    fingerprint: str = "scripted"

    async def inspect(self, request: ImageInspection) -> ImageFinding | None:
        self.asked += 1
        if not self.always and sharpness(self.blobs.pixels(request.keyframe.image)) > SHARP:
            return None
        return ImageFinding(
            defects=(Defect(kind=DefectKind.CLARITY, evidence="not sharp"),),
            suggestion="draw it again",
            remedies=self.remedies,
        )


@dataclass
class Measures:
    """Sharpness of a keyframe, moving frames of a clip."""

    blobs: Blobs
    fingerprint: str = "scripted"

    def keyframe(self, reference: Image, made: EditResult, board: Board) -> tuple[Score, ...]:
        return (Score(name="sharpness", value=sharpness(self.blobs.pixels(made.image)), tolerance=1.0),)

    def clip(self, made: AnimateResult, face: object, description: VideoDescription) -> tuple[Score, ...]:
        shown = [np.asarray(frame, np.int16) for frame in frames(self.blobs.path(made.clip), made.clip)]
        moved = [float(np.abs(a - b).mean() > 0.5) for a, b in pairwise(shown)]
        return (Score(name="moving", value=float(np.mean(moved)), tolerance=0.1),)


def production(folder: Path, engine: Any = None, **changed: Any) -> Production:
    """Everybody scripted; ``engine``: a real one where steps are wanted, else only a store."""
    engine = engine or SimpleNamespace(store=Blobs(folder / "store"))
    blobs = engine.store
    photo = blobs.put_image(np.full((32, 32, 3), 90, np.uint8))
    nobody: Any = None
    people: dict[str, Any] = {
        "image": Painter(blobs),
        "video": Animator(blobs, folder),
        "image_quality": Looks(blobs),
        "video_quality": ClipInspector(blobs),
        "measures": Measures(blobs),
    }
    brief = Brief(theme="A day at the pier", style="ink", photo=photo, length=6, shots=2)
    cast = {**people, **changed}
    return Production(
        brief=brief,
        profile=profiles.load("embedded"),
        engine=engine,
        music=nobody,
        speech=nobody,
        agents=nobody,
        edit_agent=DirectEdit(),
        **cast,
    )


def script() -> Script:
    """Two shots, the first with a pan, the second without."""
    videos = (description(), description(Camera.STATIC))
    character = Character(appearance="a blue shirt", personality="calm")
    return Script.model_construct(
        character=character, boards=(board(), board().model_copy(update={"place": "a market"})), videos=videos
    )


def film(production: Production) -> Made:
    """A finished film of the scripted crew, with what a check reads of it."""
    drawn, blobs = stage(), production.blobs
    picture = EditResult(
        image=blobs.put_image(flatten(drawn)),
        prompt="",
        attachments={"stage": blobs.put(pack(drawn), "application/zip")},
    )
    clip = Animator(blobs, production.video.folder).sound()  # type: ignore[attr-defined]
    silent: Any = SimpleNamespace(lines=(SimpleNamespace(audio=None),) * 2)
    whole: Any = SimpleNamespace(video=clip.clip)
    return Made.model_construct(
        film=whole, person=picture, script=script(), keyframes=(picture,) * 2, clips=(clip,) * 2, narration=silent
    )
