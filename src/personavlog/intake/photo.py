"""The photo, and which person in it the film is about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import Field

from personavlog.errors import BriefError
from personavlog.frozen import Frozen
from personavlog.intake.upright import Detect, DetectedFace, upright
from personavlog.media import Image
from personavlog.media.file import read_bytes
from personavlog.media.picture import decode
from personavlog.metrics import face as faces
from personavlog.runs.blobs import Blobs

SOFT_SIDE = 256
SOFT_FACE = 48
MAIN_AREA = 2.0
MAIN_MIDDLE = 0.3


class PhotoIntake(Frozen):
    """A photo that can be used.

    ``image`` is upright sRGB without any metadata, its long side at most 2048 px. ``alpha`` is the photo's own
    transparency as a gray picture, where it has one. ``face`` is the person's face counted from the left, 0 first
    (None: the photo shows no face). ``notes`` are sentences for the user.
    """

    image: Image
    alpha: Image | None = None
    face: int | None = Field(default=None, ge=0)
    faces: int = Field(default=0, ge=0)
    notes: tuple[str, ...] = ()


def read_photo(
    path: Path,
    blobs: Blobs,
    *,
    face: int | None = None,
    detect: Detect = faces.detect,
) -> PhotoIntake:
    """Read a photo and decide whose it is.

    ``face`` is the user's choice, counted from the left, **1 first**, as people count. ``detect`` returns the faces of
    (h, w, 3) RGB pixels from left to right. Raises ``BriefError`` for a file, size or face that does not fit,
    ``MediaError`` for a damaged file or a decompression bomb; nothing is stored then.
    """
    shown = f"The photo {str(path)!r}"
    picture, found = upright(decode(read_bytes(path, "photo"), shown), detect, shown)
    height, width = picture.rgb.shape[:2]
    chosen, said = _choose(found, face, width, shown)
    notes = [*picture.notes, *said, *_softness(found, chosen, min(width, height))]
    if picture.alpha is not None:
        notes.append("The photo is partly transparent; its transparent parts are white here.")
    alpha = None if picture.alpha is None else blobs.put_image(np.repeat(picture.alpha[:, :, None], 3, axis=2))
    return PhotoIntake(
        image=blobs.put_image(picture.rgb), alpha=alpha, face=chosen, faces=len(found), notes=tuple(notes)
    )


def _choose(found: Sequence[DetectedFace], asked: int | None, width: int, shown: str) -> tuple[int | None, list[str]]:
    if asked is not None:
        return _asked(found, asked, width, shown), []
    if not found:
        return None, [
            (
                "No face was found in the photo. That is fine for an animal or a drawing; for a person choose a "
                "photo that shows the face."
            )
        ]
    if len(found) == 1:
        return 0, []
    main = _main(found, width)
    if main is None:
        raise BriefError(
            f"{shown} shows {len(found)} faces. {_listed(found, width)} Say whose vlog it is with --face N, N "
            f"from 1 to {len(found)}."
        )
    return main, [
        (
            f"The photo shows {len(found)} faces; the vlog follows the largest one, number {main + 1} from the "
            "left. Choose another with --face N."
        )
    ]


def _asked(found: Sequence[DetectedFace], asked: int, width: int, shown: str) -> int:
    if 1 <= asked <= len(found):
        return asked - 1
    there = (
        f"{_listed(found, width)} Give --face a number from 1 to {len(found)}, or leave it out."
        if found
        else "No face was found in it. Leave --face out."
    )
    raise BriefError(f"{shown} has no face number {asked}. {there}")


def _main(found: Sequence[DetectedFace], width: int) -> int | None:
    """The face that is clearly the subject: more than twice as large as every other one, and not at the border."""
    order = sorted(range(len(found)), key=lambda number: _area(found[number]), reverse=True)
    first, second = found[order[0]], found[order[1]]
    central = abs((first.box[0] + first.box[2]) / 2 / width - 0.5) <= MAIN_MIDDLE
    return order[0] if central and _area(first) > MAIN_AREA * _area(second) else None


def _listed(found: Sequence[DetectedFace], width: int) -> str:
    return (
        "From left to right: "
        + "; ".join(f"{number} {_position(face, width)}" for number, face in enumerate(found, 1))
        + "."
    )


def _position(face: DetectedFace, width: int) -> str:
    x0, y0, x1, y1 = face.box
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    side = "left" if x < width / 3 else "right" if x > width * 2 / 3 else "middle"
    return f"{side}, {x1 - x0:.0f} px wide, around x {x:.0f}, y {y:.0f}"


def _softness(found: Sequence[DetectedFace], chosen: int | None, side: int) -> list[str]:
    if side < SOFT_SIDE:
        return [
            f"The photo is small ({side} px on its short side); the film will look soft. "
            f"{SOFT_SIDE} px or more are better."
        ]
    if chosen is not None and found[chosen].box[2] - found[chosen].box[0] < SOFT_FACE:
        return ["The face is small in the photo; a closer picture gives a better likeness."]
    return []


def _area(face: DetectedFace) -> float:
    x0, y0, x1, y1 = face.box
    return max(x1 - x0, 0.0) * max(y1 - y0, 0.0)
