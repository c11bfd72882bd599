"""What the quality agents look at and what they find (Eq. 7 and 10), shared by the chat agents, the embedded inspector and the feedback loops."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, model_validator

from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.brief import CleanText
from personavlog.media import Image
from personavlog.metrics.score import Score
from personavlog.script import Board, Character, VideoDescription


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DefectKind(StrEnum):
    """The paper's six kinds of keyframe defect, in its order."""

    LIMBS = "incorrect number of limbs or body parts"
    POSE = "abnormal expression or pose"
    SCENE = "abnormal background or foreground"
    CLOTHES = "unreasonable clothing or accessories"
    CLARITY = "insufficient resolution or clarity"
    MISALIGNED = "inconsistent with the description"


class Defect(_Record):
    """One defect and what shows it: a measured number or a seen detail."""

    kind: DefectKind
    evidence: CleanText = Field(min_length=3, max_length=300)


class Correction(StrEnum):
    """What the embedded painter can be told to do (``EditRequest.correction``)."""

    ADD = "add"
    REMOVE = "remove"
    BIGGER = "bigger person"
    SMALLER = "smaller person"
    BRIGHTER = "brighter"
    DARKER = "darker"
    SHARPER = "sharper"
    CLOSER = "closer framing"
    WIDER = "wider framing"
    LEFT = "move the person left"
    RIGHT = "move the person right"
    WHOLE_HEAD = "keep the whole head inside the frame"
    CENTRE = "move the person to the centre"
    FRAMING = "framing"
    PLACE = "another place"
    TIME = "time of day"
    WEATHER = "weather"
    OTHER_VIEW = "another view of the place"
    CALMER = "calmer background"
    ODD = "remove what does not belong"
    EXPRESSION = "expression"
    POSE = "pose"
    SAME_FACE = "keep the face like the reference"
    AGAIN = "draw again"

    @property
    def form(self) -> str:
        """Its phrase, with {} where a thing is named."""
        return _WITH_THING.get(self, self.value)


_NAMED = (Correction.FRAMING, Correction.PLACE, Correction.TIME, Correction.WEATHER, Correction.EXPRESSION, Correction.POSE, Correction.AGAIN)
_WITH_THING = {Correction.ADD: "add {}", Correction.REMOVE: "remove {}", **{named: f"{named.value}: {{}}" for named in _NAMED}}


class Remedy(_Record):
    """One correction; ``thing`` names what is added or removed, or the place, time, weather, framing, expression, pose or part of the picture; it is empty for
    the others."""

    correction: Correction
    thing: CleanText = Field(default="", max_length=120)

    @model_validator(mode="after")
    def _thing_where_one_is_needed(self) -> Remedy:
        if (self.correction in _WITH_THING) != bool(self.thing):
            raise ValueError(f"{self.correction.value!r} {'needs' if self.correction in _WITH_THING else 'takes no'} thing; received {self.thing!r}")
        return self

    @property
    def text(self) -> str:
        """The phrase the embedded painter understands; ";" separates phrases, so a thing never holds one."""
        return self.correction.form.replace("{}", self.thing.replace(";", ","))


class ImageFinding(_Record):
    """T_mod of Eq. 7. ``remedies`` are the suggestion in the embedded painter's vocabulary, where the inspector knows it, most needed first."""

    defects: tuple[Defect, ...] = Field(min_length=1, max_length=12)
    suggestion: CleanText = Field(min_length=3, max_length=600)
    remedies: tuple[Remedy, ...] = Field(default=(), max_length=12)

    def without(self, useless: Correction) -> ImageFinding:
        """The same finding without a remedy that cannot change anything."""
        return self.model_copy(update={"remedies": tuple(remedy for remedy in self.remedies if remedy.correction is not useless)})


class ClipFinding(_Record):
    """The revised description (T_video with a hat) and its reason (T_reason) of Eq. 10."""

    kind: Literal["misaligned", "anomaly"]
    evidence: CleanText = Field(min_length=3, max_length=400)
    revised: VideoDescription
    reason: CleanText = Field(min_length=3, max_length=400)


class ImageInspection(_Record):
    """x of Eq. 7: T_board, T_c, I_s, I_key with what the painter knows about it, and the similarities m_i2i and m_i2t."""

    board: Board
    character: Character
    reference: Image
    keyframe: EditResult
    scores: tuple[Score, ...]


class ClipInspection(_Record):
    """y of Eq. 10: T_video, V and its scores; the board says what is shown."""

    board: Board
    description: VideoDescription
    clip: AnimateResult
    scores: tuple[Score, ...]


class ImageQuality(Protocol):
    """A_quality^image, Eq. 7: None where nothing is wrong."""

    @property
    def fingerprint(self) -> str:
        """Who inspects, for cache keys and the record."""
        ...

    async def inspect(self, request: ImageInspection) -> ImageFinding | None:
        """The defects of a keyframe and what to change, or None."""
        ...


class VideoQuality(Protocol):
    """A_quality^video, Eq. 10: None where nothing is wrong."""

    @property
    def fingerprint(self) -> str:
        """Who inspects, for cache keys and the record."""
        ...

    async def inspect(self, request: ClipInspection) -> ClipFinding | None:
        """What is wrong with a clip and its revised description, or None."""
        ...
