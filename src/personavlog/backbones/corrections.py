"""The vocabulary of corrections: fixed phrases in which measuring agents suggest and painters that read no prose are
instructed."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, model_validator

from personavlog.brief import CleanText
from personavlog.frozen import Frozen


class Correction(StrEnum):
    """What a painter may be told to do in fixed phrases (``EditRequest.correction``); which of them it understands, its
    capabilities say."""

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


_NAMED = (
    Correction.FRAMING,
    Correction.PLACE,
    Correction.TIME,
    Correction.WEATHER,
    Correction.EXPRESSION,
    Correction.POSE,
    Correction.AGAIN,
)
_WITH_THING = {
    Correction.ADD: "add {}",
    Correction.REMOVE: "remove {}",
    **{named: f"{named.value}: {{}}" for named in _NAMED},
}


class Remedy(Frozen):
    """One correction; ``thing`` names what is added or removed, or the place, time, weather, framing, expression, pose
    or part of the picture; it is empty for the others."""

    correction: Correction
    thing: CleanText = Field(default="", max_length=120)

    @model_validator(mode="after")
    def _thing_where_one_is_needed(self) -> Remedy:
        if (self.correction in _WITH_THING) != bool(self.thing):
            raise ValueError(
                f"{self.correction.value!r} {'needs' if self.correction in _WITH_THING else 'takes no'} thing; "
                f"received {self.thing!r}"
            )
        return self

    @property
    def text(self) -> str:
        """The phrase that painters understand; ";" separates phrases, so a thing never holds one."""
        return self.correction.form.replace("{}", self.thing.replace(";", ","))
