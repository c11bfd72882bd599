"""What can be measured in a keyframe: head, framing, identity, sharpness, exposure, things and place, each with its
number and its correction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.findings import DefectKind
from personavlog.media.arrays import Box, Pixels
from personavlog.metrics import face, identity
from personavlog.metrics.score import Score
from personavlog.scene import SceneItem, SceneRecord
from personavlog.script import Board, Framing, TimeOfDay
from personavlog_embedded.body.company import completed
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.inspection.score_checks import Fault, low
from personavlog_embedded.places import catalogue
from personavlog_embedded.things import find

SIDES: dict[Framing, tuple[float, float]] = {
    Framing.SELFIE: (0.18, 0.85),
    Framing.CLOSE_UP: (0.22, 0.90),
    Framing.MEDIUM: (0.08, 0.45),
    Framing.WIDE: (0.03, 0.25),
}
"""Face height over the frame's short side per framing. Film grammar puts the steps near 1/2, 1/5 and 1/12; the ranges
are wide so that only a face nobody would call that framing is a defect. An over-the-shoulder shot may hide the face."""

NEARNESS = (Framing.CLOSE_UP, Framing.SELFIE, Framing.MEDIUM, Framing.OVER_SHOULDER, Framing.WIDE)

HEADROOM = 0.005
"""Of the frame's height. A face box ends at the hairline, so one that touches the upper edge has lost the head above
it."""
SHOWN_BODY = 0.5
"""Of the face's height that must show below the chin: with less, a head seems to lie on whatever hides the rest."""

KNOWN_FACE = 48
"""Px of a face's height below which the network does not tell who it is: faces of 30 to 34 px are like the reference by
0.31 to 0.66, and like somebody else's by up to 0.37; from 66 px on 0.68 to 0.84 (thirteen keyframes, eight styles)."""
FACE_SHARPNESS = 0.20
"""Laplacian variance of the keyframe's face over the reference's, both at ``FACE_SIDE`` px.
A Gaussian blur of one px at that size leaves 0.12 to 0.22 (11 portraits)."""
FACE_SIDE = 64
PICTURE_SHARPNESS = 12.0
"""Laplacian variance of the whole picture at ``PICTURE_SIDE`` px short side; below it even the strongest edges are gone
(fog and plain night sky reach 20)."""
PICTURE_SIDE = 360

BURNT, BURNT_SHARE = 250, 0.30
CRUSHED, CRUSHED_SHARE = 6, 0.45
"""Pixels above or below these levels in all channels show nothing; more than these shares are a defect (a bright sky
fills a quarter of a wide shot)."""
LUMINANCE: dict[TimeOfDay, tuple[float, float]] = {
    TimeOfDay.MORNING: (60, 215),
    TimeOfDay.NOON: (75, 225),
    TimeOfDay.DUSK: (25, 185),
    TimeOfDay.NIGHT: (12, 140),
}
"""Mean luma (0 to 255) that can still pass for the time of day; outside, the picture contradicts its board."""

WRONG_THING = 0.6
"""Cosine (bge-small, in which strangers have 0.45 to 0.6) of asked and shown words below which the shown thing is
better removed than left."""

Detect = Callable[[Pixels], tuple[face.Face, ...]]


@dataclass(frozen=True)
class KeyframeSight:
    """A keyframe with everything that is known about it. ``pixels`` and ``reference`` are (h, w, 3) uint8 RGB."""

    pixels: Pixels
    reference: Pixels
    board: Board
    scene: SceneRecord | None
    scores: Sequence[Score]
    identity_floor: float = identity.FLOOR
    detect: Detect = face.detect

    @cached_property
    def face_box(self) -> Box | None:
        """Where the painter put the face, or where one is found; None where there is none."""
        if self.scene is not None and self.scene.face_box is not None:
            return self.scene.face_box
        return _box(self.detect(self.pixels))

    @cached_property
    def reference_box(self) -> Box | None:
        """The face of the reference."""
        return _box(self.detect(self.reference))

    @property
    def shows_a_face(self) -> bool:
        """Whether a face belongs into the picture: not where the person is seen from behind, nor where the reference (a
        pet, a drawing) has none."""
        pose = None if self.scene is None else POSES.get(self.scene.pose)
        behind = self.board.framing is Framing.OVER_SHOULDER or (pose is not None and pose.back)
        return not behind and self.reference_box is not None

    @property
    def short_side(self) -> int:
        """In px."""
        return int(min(self.pixels.shape[:2]))


def _head(sight: KeyframeSight) -> Iterator[Fault]:
    box = sight.face_box
    if box is None:
        if sight.shows_a_face:
            yield Fault(
                DefectKind.LIMBS, "No face can be found in the picture.", Remedy(correction=Correction.WHOLE_HEAD)
            )
    elif box[1] < HEADROOM * sight.pixels.shape[0]:
        yield Fault(
            DefectKind.LIMBS,
            f"The face begins {box[1]:.0f} px below the upper edge, so the head is cut.",
            Remedy(correction=Correction.WHOLE_HEAD),
        )


def _sides(sight: KeyframeSight) -> Iterator[Fault]:
    box = sight.scene.person_box if sight.scene else None
    if box is None or sight.board.framing not in (Framing.MEDIUM, Framing.WIDE):
        return
    width = sight.pixels.shape[1]
    left, right = box[0] <= 0, box[2] >= width
    if left and right:
        yield Fault(
            DefectKind.LIMBS,
            f"The person reaches over both edges of a frame {width} px wide.",
            Remedy(correction=Correction.SMALLER),
        )
    elif left or right:
        evidence = f"The person, {box[2] - box[0]:.0f} px wide, is cut by the {'left' if left else 'right'} edge."
        yield Fault(DefectKind.LIMBS, evidence, Remedy(correction=Correction.RIGHT if left else Correction.LEFT))


def _body(sight: KeyframeSight) -> Iterator[Fault]:
    person, head = (sight.scene.person_box, sight.scene.face_box) if sight.scene else (None, None)
    if person is None or head is None:
        return
    shown, tall = person[3] - head[3], head[3] - head[1]
    if person[3] < sight.pixels.shape[0] and shown < SHOWN_BODY * tall:
        evidence = (
            f"Only {max(shown, 0):.0f} px of body show below a face of {tall:.0f} px; the foreground hides the rest."
        )
        yield Fault(DefectKind.SCENE, evidence, Remedy(correction=Correction.BIGGER))


def _scores(sight: KeyframeSight) -> Iterator[Fault]:
    box = sight.face_box
    far = box is not None and box[3] - box[1] < KNOWN_FACE
    scores = [score for score in sight.scores if not (far and score.name == identity.NAME)]
    yield from low(scores, {identity.NAME: sight.identity_floor})


def _framing(sight: KeyframeSight) -> Iterator[Fault]:
    asked = sight.board.framing
    shown = sight.scene.framing if sight.scene else asked.value
    if shown != asked.value and shown in [framing.value for framing in Framing]:
        closer = NEARNESS.index(asked) < NEARNESS.index(Framing(shown))
        yield Fault(
            DefectKind.MISALIGNED,
            f"The framing is {shown!r}; the board asks for {asked.value!r}.",
            Remedy(correction=Correction.CLOSER if closer else Correction.WIDER),
        )


def _face_size(sight: KeyframeSight) -> Iterator[Fault]:
    box, bounds = sight.face_box, SIDES.get(sight.board.framing)
    if box is None or bounds is None:
        return
    share = (box[3] - box[1]) / sight.short_side
    if not bounds[0] <= share <= bounds[1]:
        evidence = (
            f"The face is {share:.0%} of the frame's short side; a {sight.board.framing.value} shot shows "
            f"{bounds[0]:.0%} to {bounds[1]:.0%}."
        )
        yield Fault(
            DefectKind.MISALIGNED,
            evidence,
            Remedy(correction=Correction.BIGGER if share < bounds[0] else Correction.SMALLER),
        )


def _sharpness(sight: KeyframeSight) -> Iterator[Fault]:
    whole = _laplacian(_fitted(sight.pixels, PICTURE_SIDE))
    if whole < PICTURE_SHARPNESS:
        evidence = f"The picture's Laplacian variance is {whole:.1f}; {PICTURE_SHARPNESS:.0f} is the least."
        yield Fault(DefectKind.CLARITY, evidence, Remedy(correction=Correction.SHARPER))
    now, before = _face_sharpness(sight.pixels, sight.face_box), _face_sharpness(sight.reference, sight.reference_box)
    if now is not None and before is not None and now < FACE_SHARPNESS * before:
        evidence = (
            f"The face keeps {now / before:.0%} of the reference's sharpness (Laplacian variance {now:.0f} of "
            f"{before:.0f})."
        )
        yield Fault(DefectKind.CLARITY, evidence, Remedy(correction=Correction.SHARPER))


def _exposure(sight: KeyframeSight) -> Iterator[Fault]:
    burnt, crushed = (
        float((sight.pixels >= BURNT).all(axis=2).mean()),
        float((sight.pixels <= CRUSHED).all(axis=2).mean()),
    )
    luma = float(cv2.cvtColor(sight.pixels, cv2.COLOR_RGB2GRAY).mean())
    time, (low, high) = sight.board.time_of_day, LUMINANCE[sight.board.time_of_day]
    if burnt > BURNT_SHARE:
        yield Fault(
            DefectKind.CLARITY, f"{burnt:.0%} of the picture is burnt out.", Remedy(correction=Correction.DARKER)
        )
    if crushed > CRUSHED_SHARE:
        yield Fault(
            DefectKind.CLARITY, f"{crushed:.0%} of the picture is black.", Remedy(correction=Correction.BRIGHTER)
        )
    if not low <= luma <= high:
        evidence = f"The mean luminance is {luma:.0f} of 255; a {time.value} lies between {low:.0f} and {high:.0f}."
        yield Fault(
            DefectKind.MISALIGNED, evidence, Remedy(correction=Correction.BRIGHTER if luma < low else Correction.DARKER)
        )


def _props(sight: KeyframeSight) -> Iterator[Fault]:
    if sight.scene is None:
        return
    for prop in completed(sight.board).props:
        shown = [item for item in sight.scene.items if item.asked.casefold() == prop.casefold() or _same(prop, item)]
        if not shown:
            yield Fault(
                DefectKind.MISALIGNED, f"The board asks for {prop!r}, which is not in the picture.", _added(prop)
            )
        elif (best := max(shown, key=lambda item: item.similarity)).similarity < WRONG_THING:
            yield _wrong(prop, best)
        elif not any(_visible(item.box, sight.pixels.shape) for item in shown):
            yield Fault(DefectKind.MISALIGNED, f"{prop!r} lies outside the frame.", Remedy(correction=Correction.WIDER))


def _same(prop: str, item: SceneItem) -> bool:
    """Whether the item is the drawing that the painter has for this prop: a person who digs holds a "shovel" where a
    "spade" is asked for."""
    hit = find(prop)
    return hit is not None and hit[1] == 1 and hit[0].name == item.name


def _added(prop: str) -> Remedy | None:
    """None where the painter has no drawing of it: it was asked already."""
    hit = find(prop)
    return None if hit is None or hit[0].placelike else Remedy(correction=Correction.ADD, thing=prop)


def _wrong(prop: str, item: SceneItem) -> Fault:
    evidence = f"For {prop!r} the picture shows {item.name!r} (similarity {item.similarity:.2f})."
    return Fault(DefectKind.SCENE, evidence, Remedy(correction=Correction.REMOVE, thing=item.name))


def _place(sight: KeyframeSight) -> Iterator[Fault]:
    if sight.scene is None or sight.scene.place_similarity >= catalogue.FLOOR:
        return
    other = _better_place(sight.board, sight.scene)
    evidence = (
        f"The board's place is {sight.board.place!r}; the picture shows {sight.scene.place!r} (similarity "
        f"{sight.scene.place_similarity:.2f})."
    )
    yield Fault(
        DefectKind.MISALIGNED,
        evidence[:300],
        None if other is None else Remedy(correction=Correction.PLACE, thing=other),
    )


def _better_place(board: Board, scene: SceneRecord) -> str | None:
    """The place without its describing words, if the painter would then paint another place that is nearer to what was
    asked."""
    plain = _plain(board.place)
    place, similarity = catalogue.nearest_place(plain, board.action)
    return plain if place.names[0] != scene.place and similarity > scene.place_similarity else None


CHECKS: tuple[Callable[[KeyframeSight], Iterator[Fault]], ...] = (
    _head,
    _body,
    _sides,
    _scores,
    _framing,
    _face_size,
    _sharpness,
    _exposure,
    _props,
    _place,
)
"""Most serious first."""


def _box(faces: tuple[face.Face, ...]) -> Box | None:
    found = face.largest(faces)
    return None if found is None else found.box


def _visible(box: Box, shape: tuple[int, ...]) -> bool:
    """Whether at least half of the box lies inside the frame."""
    x = max(0.0, min(box[2], shape[1]) - max(box[0], 0.0))
    y = max(0.0, min(box[3], shape[0]) - max(box[1], 0.0))
    return x * y >= 0.5 * max((box[2] - box[0]) * (box[3] - box[1]), 1e-9)


def _laplacian(rgb: Pixels) -> float:
    return float(cv2.Laplacian(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), cv2.CV_32F).var())


def _fitted(rgb: Pixels, short_side: int) -> Pixels:
    scale = short_side / min(rgb.shape[:2])
    return (
        rgb
        if scale >= 1
        else np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    )


def _face_sharpness(rgb: Pixels, box: Box | None) -> float | None:
    """At one common size; None without a face, or where it is smaller than that size and its detail cannot be
    judged."""
    if box is None:
        return None
    x0, y0, x1, y1 = (max(0, round(value)) for value in box)
    crop = rgb[y0:y1, x0:x1]
    if min(crop.shape[:2]) < FACE_SIDE:
        return None
    return _laplacian(np.asarray(cv2.resize(crop, (FACE_SIDE, FACE_SIDE), interpolation=cv2.INTER_AREA), np.uint8))


def _plain(place: str) -> str:
    """The place without what describes it further: "a windy pier at the edge of town" is "a windy pier"."""
    words = place.casefold().replace(",", " , ").split()
    ends = [
        number
        for number, word in enumerate(words)
        if number and word in (",", "at", "by", "in", "near", "of", "on", "over", "under", "with")
    ]
    return " ".join(words[: ends[0]] if ends else words)
