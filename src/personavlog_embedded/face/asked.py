"""The faces that a correction can ask for (``data/faces.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from typing import ClassVar

from pydantic import ConfigDict

from personavlog.backbones.corrections import Face
from personavlog.script import Emotion
from personavlog_embedded import data
from personavlog_embedded.face.acting import within_bounds
from personavlog_embedded.scene.expression import AS_IN_PHOTO, Expression


@dataclass(frozen=True)
class AskedFace:
    """``change`` is what a face gets added; ``straight`` takes back first what turned it away; ``emotion`` is the
    board's that goes with it."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: Face
    emotion: Emotion | None = None
    straight: bool = False
    change: Expression = AS_IN_PHOTO


FACES: Mapping[str, AskedFace] = data.read_rows(AskedFace, "faces", by="name")


def asked(earlier: Expression, face: AskedFace, share: float = 1.0) -> Expression:
    """``earlier`` with ``share`` of what the face changes, each part within its bounds."""
    straight = replace(earlier, gaze_x=0.0, gaze_y=0.0, turn=0.0, nod=0.0) if face.straight else earlier
    parts = zip(astuple(straight), astuple(face.change), strict=True)
    return within_bounds(Expression(*(one + share * more for one, more in parts)))
