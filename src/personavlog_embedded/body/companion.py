"""A second figure where a board's company has one: a grandmother, a friend, a child; drawn in profile, turned to the
person, in a film's own colours for each."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

import cv2
import numpy as np

from personavlog.media.arrays import Box, Pixels
from personavlog.script import Framing
from personavlog_embedded.body.assemble import body_parts
from personavlog_embedded.body.back_of_head import Back
from personavlog_embedded.body.body_layers import ground_shadow
from personavlog_embedded.body.build import ADULT, CHILD, Build
from personavlog_embedded.body.company import person_of
from personavlog_embedded.body.outfit import Outfit
from personavlog_embedded.body.part_sheet import Colour, Sheet
from personavlog_embedded.body.pose import Arm, Leg, Pose
from personavlog_embedded.body.side_head import profile
from personavlog_embedded.body.skeleton import Skeleton, skeleton
from personavlog_embedded.body.wardrobe import dressed
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

SKINS: tuple[tuple[float, float, float], ...] = (
    (0.94, 0.77, 0.65),
    (0.86, 0.66, 0.52),
    (0.68, 0.48, 0.36),
    (0.92, 0.73, 0.58),
)
HAIRS: tuple[tuple[float, float, float], ...] = (
    (0.16, 0.12, 0.11),
    (0.32, 0.21, 0.14),
    (0.52, 0.36, 0.22),
    (0.24, 0.17, 0.14),
)
SILVER = (0.76, 0.75, 0.74)
CLOTHES: tuple[tuple[float, float, float], ...] = (
    (0.36, 0.48, 0.58),
    (0.66, 0.42, 0.34),
    (0.44, 0.52, 0.38),
    (0.72, 0.60, 0.38),
    (0.50, 0.40, 0.54),
)
BELOW: tuple[tuple[float, float, float], ...] = ((0.26, 0.28, 0.36), (0.38, 0.32, 0.28), (0.30, 0.34, 0.34))
OFF, FURTHER = 0.62, 0.58
"""How much further from the lens a second figure stands beside somebody whom the frame cuts, and before one who is seen
from behind."""
APART = 2.5
"""Heads between the middles of two who stand beside each other."""


@dataclass(frozen=True, eq=False)
class Companion:
    """``rgba`` is canvas-sized; ``box`` x0, y0, x1, y1 in canvas px."""

    who: str
    rgba: Pixels
    box: Box


def companion_name(spec: KeyframeSpec) -> str:
    """Who is with the person, "" for nobody. Close shots show only the person."""
    if spec.board.framing in (Framing.CLOSE_UP, Framing.SELFIE):
        return ""
    return next((who for named in spec.board.company if (who := person_of(named))), "")


def companion(spec: KeyframeSpec, bones: Skeleton, *, outdoors: bool) -> Companion | None:
    """The second figure on the canvas, on the side of the person where there is more room; None where the board names
    nobody."""
    who = companion_name(spec)
    if not who:
        return None
    rng = np.random.default_rng([spec.film, zlib.crc32(who.encode())])
    toward = float(np.sign(bones.chin[0] - spec.margin - spec.width / 2)) or 1.0
    clothes, _ = dressed(
        _clothes(who, rng), replace(spec, film=spec.film + 1, who=""), outdoors=outdoors, airless=False, pose="stand"
    )
    hair = SILVER if who.startswith("grand") else HAIRS[int(rng.integers(len(HAIRS)))]
    head, rgba = profile(
        clothes.skin,
        np.array(hair, np.float32),
        long=who in ("grandmother", "woman"),
        old=who.startswith("grand"),
        facing=toward,
    )
    stood = _stood(spec, bones, skeleton(_build(who), _pose(toward)), toward)
    sheet = Sheet(0, 0, spec.canvas[1], spec.canvas[0])
    if spec.board.framing is Framing.WIDE:
        under = ground_shadow(stood, spec.canvas, 0.0).rgba.astype(np.float32) / np.float32(255)
        sheet.lay(under[..., :3], under[..., 3])
    for part in body_parts(stood, clothes, head, Back(rgba, None), rgba, rgba, 11):
        sheet.lay(part.sheet.on(sheet)[..., :3], part.sheet.cover_on(sheet))
    drawn = sheet.rgba()
    x, y, w, h = cv2.boundingRect((drawn[..., 3] > 20).astype(np.uint8))
    return Companion(who, drawn, (float(x), float(y), float(x + w), float(y + h)))


def _stood(spec: KeyframeSpec, person: Skeleton, bones: Skeleton, toward: float) -> Skeleton:
    """Beside the person on the same ground; a little further off where the frame cuts the person, further still before
    one seen from behind."""
    framing = spec.board.framing
    smaller = 1.0 if framing is Framing.WIDE else FURTHER if framing is Framing.OVER_SHOULDER else OFF + 0.3
    size = person.head_px * smaller * (0.94 if bones.build is CHILD else 1.0)
    apart = (
        APART
        * person.head_px
        * (1.5 if framing is Framing.OVER_SHOULDER else 1.4 if framing is Framing.MEDIUM else 1.0)
    )
    bones = bones.placed(0, 0, size)
    x = float(np.clip(person.hips[0] - toward * apart, spec.margin + 1.2 * size, spec.margin + spec.width - 1.2 * size))
    if framing is Framing.WIDE:
        return bones.placed(x, person.lowest - 0.012 * spec.height - bones.lowest, 1.0)
    # Eyes of grown-ups are level wherever they stand.
    level = person.chin[1] - 0.5 * person.head_px + 0.5 * size
    drop = (ADULT.standing - bones.build.standing) * size if bones.build is CHILD else 0.0
    return bones.placed(x, level + drop - bones.chin[1], 1.0)


def _build(who: str) -> Build:
    if who == "child":
        return CHILD
    return replace(ADULT, thigh=1.45, shin=1.42, torso=1.9) if who.startswith("grand") else ADULT


def _pose(toward: float) -> Pose:
    """Turned to the person, a hand a little raised."""
    pose = Pose(
        "beside",
        left=Arm(10, 6),
        right=Arm(16, 46, "relaxed", fore_seen=0.85),
        left_leg=Leg(5, 3, toe=0.9),
        right_leg=Leg(7, 3, toe=0.9),
        turned=0.7,
        lean=1,
    )
    return pose if toward > 0 else pose.mirrored()


def _clothes(who: str, rng: np.random.Generator) -> Outfit:
    def some(table: tuple[tuple[float, float, float], ...]) -> Colour:
        return np.array(table[int(rng.integers(len(table)))], np.float32)

    skin, cloth, legs = some(SKINS), some(CLOTHES), some(BELOW)
    own = Outfit(
        "shirt" if who == "grandfather" else "sweater",
        True,
        skin,
        skin,
        cloth,
        legs,
        np.array((0.24, 0.2, 0.18), np.float32),
    )
    return (
        replace(own, skirt=legs)
        if who in ("grandmother", "woman") and rng.random() < (1.0 if who == "grandmother" else 0.5)
        else own
    )
