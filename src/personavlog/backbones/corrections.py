"""The vocabulary of corrections: what measuring agents suggest, edit agents ask for and painters do (Eq. 7 and 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from personavlog.brief import CleanText
from personavlog.frozen import Frozen
from personavlog.script import Act, Framing, TimeOfDay, Weather

THING = 120
"""Characters of what a correction names."""
IN_WORDS = 600
"""Characters of an instruction in an edit agent's own words."""


class Correction(StrEnum):
    """What a painter may be told to do (``EditRequest.corrections``); which of them it understands, its capabilities
    say. ``WORDS`` is an edit agent's own instruction, for painters that read prose and understand none of the
    others."""

    ADD = "add"
    REMOVE = "remove"
    HOLD = "hold"
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
    OTHER_POSE = "another pose"
    SAME_FACE = "keep the face like the reference"
    AGAIN = "draw again"
    WORDS = "in words"

    @property
    def form(self) -> str:
        """Its sentence, with {} where a thing is named."""
        return _FORMS[self]

    @property
    def names(self) -> bool:
        """Whether it needs a thing."""
        return "{}" in _FORMS[self]


class Face(StrEnum):
    """What a face can be asked to show, and where it can be asked to look."""

    HAPPY = "happy"
    CALM = "calm"
    CURIOUS = "curious"
    PROUD = "proud"
    EXCITED = "excited"
    THOUGHTFUL = "thoughtful"
    SAD = "sad"
    SERIOUS = "serious"
    ANGRY = "angry"
    SCARED = "scared"
    SURPRISED = "surprised"
    TIRED = "tired"
    EYES_OPEN = "eyes open"
    EYES_CLOSED = "eyes closed"
    MOUTH_OPEN = "mouth open"
    TO_CAMERA = "looking at the camera"
    TO_LEFT = "looking left"
    TO_RIGHT = "looking right"
    UP = "looking up"
    DOWN = "looking down"


_FORMS: Mapping[Correction, str] = {
    Correction.ADD: "Add {}",
    Correction.REMOVE: "Remove {}",
    Correction.HOLD: "Let the person hold {}",
    Correction.BIGGER: "Make the person bigger",
    Correction.SMALLER: "Make the person smaller",
    Correction.BRIGHTER: "Make the picture brighter",
    Correction.DARKER: "Make the picture darker",
    Correction.SHARPER: "Make the picture sharper",
    Correction.CLOSER: "Show the person from closer",
    Correction.WIDER: "Show more of the place around the person",
    Correction.LEFT: "Move the person to the left",
    Correction.RIGHT: "Move the person to the right",
    Correction.WHOLE_HEAD: "Keep the whole head inside the frame",
    Correction.CENTRE: "Move the person to the centre",
    Correction.FRAMING: "Change the framing to: {}",
    Correction.PLACE: "Change the place to: {}",
    Correction.TIME: "Change the time of day to: {}",
    Correction.WEATHER: "Change the weather to: {}",
    Correction.OTHER_VIEW: "Show the place from another side",
    Correction.CALMER: "Make the background calmer",
    Correction.ODD: "Remove what does not belong in the picture",
    Correction.EXPRESSION: "Change the expression to: {}",
    Correction.POSE: "Change what the person does to: {}",
    Correction.OTHER_POSE: "Give the person another pose",
    Correction.SAME_FACE: "Keep the face like the reference",
    Correction.AGAIN: "Draw this again: {}",
    Correction.WORDS: "{}",
}
VOCABULARY = frozenset(Correction) - {Correction.WORDS}
"""All that a painter can understand without reading prose."""
CHOICES: Mapping[Correction, tuple[str, ...]] = {
    Correction.FRAMING: tuple(Framing),
    Correction.TIME: tuple(TimeOfDay),
    Correction.WEATHER: tuple(Weather),
    Correction.EXPRESSION: tuple(Face),
    Correction.POSE: tuple(Act),
}
"""The things that a correction can name, where they are a closed list."""


class Remedy(Frozen):
    """One correction; ``thing`` names what is added, removed or held, the place, the part of the picture, one of
    ``CHOICES``, or is the instruction itself; it is empty for the others."""

    correction: Correction
    thing: CleanText = Field(default="", max_length=IN_WORDS)

    @model_validator(mode="after")
    def _thing_where_one_is_needed(self) -> Remedy:
        if self.correction.names != bool(self.thing):
            raise ValueError(
                f"{self.correction.value!r} {'needs' if self.correction.names else 'takes no'} thing; "
                f"received {self.thing!r}"
            )
        if self.correction is not Correction.WORDS and len(self.thing) > THING:
            raise ValueError(f"A thing has at most {THING} characters; received {len(self.thing)}.")
        if (known := CHOICES.get(self.correction)) is not None and self.thing not in known:
            raise ValueError(f"There is no {self.correction.value} {self.thing!r}. Choose one of: {', '.join(known)}.")
        return self

    @property
    def text(self) -> str:
        """The correction as a sentence without its stop."""
        return self.correction.form.replace("{}", self.thing)


def _told(value: object) -> object:
    return [{"correction": Correction.WORDS, "thing": value[:IN_WORDS]}] if value and isinstance(value, str) else value


Corrections = Annotated[tuple[Remedy, ...], BeforeValidator(_told)]
"""What an edit agent asks for at once; none: nothing is left to try. Records of earlier versions hold one sentence."""


def instruction(corrections: Sequence[Remedy]) -> str:
    """The corrections as one instruction, for painters that read prose and for people; empty for none."""
    return " ".join(f"{remedy.text.strip().rstrip('.')}." for remedy in corrections)
