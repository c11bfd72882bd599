"""A chat model without replies, and quality agents that see nothing but sharpness and standing still."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from pydantic_ai.models import Model

from personavlog.backbones.chat import ChatSettings
from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.findings import (
    ClipFinding,
    ClipInspection,
    Defect,
    DefectKind,
    ImageFinding,
    ImageInspection,
    QualityAgents,
)
from personavlog.backbones.scripted import ScriptedModel
from personavlog.errors import ConfigurationError
from personavlog.media.arrays import Pixels
from personavlog.media.decode import frames
from personavlog.runs.blobs import Blobs

SHARP = 60.0
"""Laplacian variance: the sample picture has more, a blurred or enlarged one less."""
MOVING = 0.95
"""Share of the sample clip's frames that differ from the one before, at least."""
AGAIN = Remedy(correction=Correction.AGAIN, thing="the picture")


def chat(model: str, settings: ChatSettings) -> Model:
    """The writer; raises ``ConfigurationError`` for another name."""
    if model != "writer":
        raise ConfigurationError(f"There is no sample chat model {model!r}. Write 'sample:writer'.")
    return ScriptedModel([], "writer")


def quality(agents: str, blobs: Blobs) -> QualityAgents:
    """The agents called "sharpness"; raises ``ConfigurationError`` for another name."""
    if agents != "sharpness":
        raise ConfigurationError(f"There are no sample quality agents {agents!r}. Write 'sample:sharpness'.")
    return QualityAgents(image=Sharpness(blobs), video=Movement(blobs))


def sharpness(pixels: Pixels) -> float:
    """Variance of the Laplacian."""
    return float(cv2.Laplacian(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.CV_32F).var())


@dataclass
class Sharpness:
    """Finds an unsharp keyframe; ``remedies`` is what it suggests, ``always`` makes it find something in every
    picture."""

    blobs: Blobs
    remedies: tuple[Remedy, ...] = (AGAIN,)
    always: bool = False
    asked: int = 0
    fingerprint: str = "sample"

    async def inspect(self, request: ImageInspection) -> ImageFinding | None:
        """What is not sharp."""
        self.asked += 1
        if not self.always and sharpness(self.blobs.pixels(request.keyframe.image)) > SHARP:
            return None
        defect = Defect(kind=DefectKind.CLARITY, evidence="not sharp")
        return ImageFinding(defects=(defect,), suggestion="draw it again", remedies=self.remedies)


@dataclass
class Movement:
    """Finds a clip whose frames are repeated."""

    blobs: Blobs
    fingerprint: str = "sample"

    async def inspect(self, request: ClipInspection) -> ClipFinding | None:
        """What stands still."""
        moving = moving_share(self.blobs, request)
        if moving >= MOVING:
            return None
        revised = request.description.model_copy(update={"motion": "She turns around, all the time."})
        evidence = f"{moving:.0%} of the frames move"
        return ClipFinding(kind="anomaly", evidence=evidence, revised=revised, reason="It stands still.")


def moving_share(blobs: Blobs, request: ClipInspection) -> float:
    """Share of the frames that differ from the one before."""
    clip = request.clip.clip
    shown = [np.asarray(frame, np.int16) for frame in frames(blobs.path(clip), clip)]
    return float(np.mean([np.abs(a - b).mean() > 0.5 for a, b in pairwise(shown)]))
