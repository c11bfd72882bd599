"""What is known of a picture by whoever composed it; generative backbones know nothing and leave it out."""

from __future__ import annotations

from pydantic import Field

from personavlog.frozen import Frozen


class SceneItem(Frozen):
    """Something that the picture is known to show. ``box`` is x0, y0, x1, y1 in px of the picture; ``asked`` the words
    it answers."""

    name: str
    asked: str = ""
    similarity: float = Field(default=1.0, ge=-1, le=1, description="Cosine of the asked words and the name")
    box: tuple[float, float, float, float]


class SceneLimb(Frozen):
    """An arm that the picture is known to show: ``points`` x, y in px lie well inside it; ``bare``: they show skin."""

    name: str
    bare: bool
    points: tuple[tuple[float, float], ...] = Field(min_length=1)


class SceneRecord(Frozen):
    """What a backbone that composes its pictures knows about one of them; generative backbones leave it out."""

    place: str
    asked_place: str
    place_similarity: float
    time_of_day: str
    weather: str
    framing: str
    pose: str = ""
    style: str
    person_box: tuple[float, float, float, float] | None = None
    face_box: tuple[float, float, float, float] | None = None
    outline: tuple[tuple[tuple[float, float], ...], ...] = Field(
        default=(), description="Closed lines around what shows of the person, x, y in px"
    )
    limbs: tuple[SceneLimb, ...] = ()
    others: tuple[tuple[tuple[float, float], ...], ...] = Field(
        default=(), description="Closed lines around what shows of others, and of what the person sits on, x, y in px"
    )
    items: tuple[SceneItem, ...] = ()
    worn: tuple[str, ...] = Field(default=(), description="What the person wears here that the reference does not show")
    notes: tuple[str, ...] = Field(
        default=(), description="What could not be followed, one sentence each, to be said to the user"
    )
