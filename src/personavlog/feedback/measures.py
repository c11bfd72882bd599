"""What FRM measures of keyframes and clips, by the profile's choice: our own stand-ins, or the published networks."""

from __future__ import annotations

import re
from typing import Protocol

from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.errors import ConfigurationError
from personavlog.media import Clip, Image
from personavlog.media.arrays import Box, Pixels
from personavlog.metrics import clarity, clip, clothes, face, identity, picture, seams
from personavlog.metrics.person import limbs, outline
from personavlog.metrics.score import Score
from personavlog.profiles import Feedback
from personavlog.runs.blobs import Blobs
from personavlog.scene import SceneRecord
from personavlog.script import Board, VideoDescription

OVER = re.compile(r"coat|apron|suit|dress|scarf")
"""What lies over the clothes that the reference shows."""
SOUNDNESS = f"{identity.VERSION} {clarity.VERSION} {clothes.VERSION} {limbs.VERSION} {seams.VERSION} {clip.VERSION}"
"""The versions of what both kinds of measures look at beside the paper's, for cache keys."""


class Measures(Protocol):
    """m_i2i and m_i2t of a keyframe, the six scores of a clip, and what else is compared. Both are called from worker
    threads."""

    @property
    def fingerprint(self) -> str:
        """What measures, for cache keys and the record."""
        ...

    def keyframe(self, reference: Image, made: EditResult, board: Board) -> tuple[Score, ...]:
        """A keyframe's scores, the paper's first."""
        ...

    def clip(self, made: AnimateResult, face_box: Box | None, description: VideoDescription) -> tuple[Score, ...]:
        """A clip's scores; ``face_box`` is where the face is in its first frame, px, ``description`` what it was made
        from."""
        ...


class ProxyMeasures:
    """Our own stand-ins, which need no network but the face's and the matte's."""

    fingerprint = f"{picture.VERSION} {SOUNDNESS}"

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def keyframe(self, reference: Image, made: EditResult, board: Board) -> tuple[Score, ...]:
        """As ``Measures`` says."""
        known, pixels = self._blobs.pixels(reference), self._blobs.pixels(made.image)
        return picture.i2i(known, pixels), picture.i2t(board, made.scene), *keyframe_soundness(known, pixels, made)

    def clip(self, made: AnimateResult, face_box: Box | None, description: VideoDescription) -> tuple[Score, ...]:
        """As ``Measures`` says."""
        return clip.measure_clip(self._blobs.path(made.clip), made.clip, face_box, description.camera)


def keyframe_soundness(reference: Pixels, pixels: Pixels, made: EditResult) -> tuple[Score, ...]:
    """What the paper's two similarities do not see of a keyframe: who it is, sharpness, light, arms, clothes, a
    background of one piece."""
    scene = made.scene
    box = scene.face_box if scene else _face(pixels)
    person = outline.filled(scene.outline, pixels.shape[:2]) if scene and scene.outline else None
    return (
        identity.identity(reference, pixels),
        clarity.clarity(pixels),
        clarity.exposure(pixels),
        limbs.limbs(pixels, scene),
        _hidden(scene) or clothes.clothes(reference, _face(reference), pixels, box, person),
        seams.whole_background(pixels),
    )


def _hidden(scene: SceneRecord | None) -> Score | None:
    """The clothes' score where the shot's own coat, apron or suit hides the reference's: none, and why."""
    over = [] if scene is None else [worn for worn in scene.worn if OVER.search(worn)]
    return (
        Score(name=clothes.NAME, value=None, tolerance=clothes.NOISE, paper=False, note=f"Hidden under {over[0]}.")
        if over
        else None
    )


def _face(pixels: Pixels) -> Box | None:
    found = face.largest(face.detect(pixels))
    return None if found is None else found.box


def face_in(keyframe: EditResult, clip: Clip, blobs: Blobs) -> Box | None:
    """Where the face is in the first frame of a keyframe's clip, px: as the painter says, or found in the picture."""
    image = keyframe.image
    box = keyframe.scene.face_box if keyframe.scene else _face(blobs.pixels(image))
    if box is None:
        return None
    wide, high = clip.width / image.width, clip.height / image.height
    return box[0] * wide, box[1] * high, box[2] * wide, box[3] * high


def measures_of(feedback: Feedback, blobs: Blobs) -> Measures:
    """The profile's measures; raises ``MissingExtraError``, ``MissingWeightsError`` or ``ConfigurationError`` where the
    published ones cannot be loaded."""
    if feedback.measures == "proxy":
        if feedback.weights:
            raise ConfigurationError(
                'The profile\'s [feedback] weights are used with measures = "published" only. Remove them, or '
                'choose "published".'
            )
        return ProxyMeasures(blobs)
    from personavlog.metrics.published.extra import require

    require()
    from personavlog.feedback.published_measures import PublishedMeasures

    return PublishedMeasures.load(feedback, blobs)
