"""Light on what is seen: three tones of the sun with a cast shadow, hollows, folds of cloth, and what colour each thing
is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.figure.folds import folds
from personavlog_embedded.figure.label import ARM_T, CLOTH, LEG_T, ON_ARM, Label, X, Y, Z
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.noise import blurred_inside, on_tile, tile
from personavlog_embedded.figure.outfit import Colour
from personavlog_embedded.figure.prints import premultiplied, printed
from personavlog_embedded.figure.shot import Performer, Shot, Sun
from personavlog_embedded.figure.view import Samples, View

OVERCLOTHES = ("coat", "raincoat", "suit")
FLESH, FOLDED = (np.isin(np.arange(len(Label)), kinds) for kinds in ((Label.SKIN, Label.FACE), CLOTH))
"""(labels,): which of them are such."""
SHADE, KEY = (0.435, 0.465), (0.78, 0.81)
"""Between which lights the shade ends, and between which the brightest tone begins."""
SOFTER = 0.03
"""How much more gradual both are on flesh."""
FLESH_SHADE = np.array([0.82, 0.68, 0.66], np.float32)
DARKEST, MIDDLE, BRIGHT = 9.0, 9.0, 8.0
"""L* that the shade has at least, that the middle tone is at least over the shade, and the bright one over it."""
FOLD = 0.42
"""What the deepest fold takes from the light."""
FACED = 0.3
"""How much of a cast shadow is drawn on a drawn face."""
GRAIN = 0.016
BLUSH = ((1.0, 0.09, 0.5), (2.37, 0.05, 1.0), (2.68, 0.06, 1.0))
"""Where skin is redder: along the arm, how far about it, how much; elbow, knuckles, finger tips."""
DENSE = 450
"""Px a metre above which cast shadows are looked for at every other px."""


def coloured(seen: View, shot: Shot, prints: Mapping[int, Pixels]) -> tuple[Floats, Floats]:
    """RGB 0 to 255, without lines, of the px that are no edges (n, 3), and of the samples at edges (m, 3). ``prints``
    as ``drawing.draw`` takes them."""
    dark = _darkness(seen, shot)
    ramps = np.concatenate([_ramp(own, shot.sun) for own in _own(shot)])
    held = {k: premultiplied(prints[k]) for k in prints if shot.performers[k].outfit.top == "photo"}
    return _painted(seen.even, dark, ramps, shot.sun, held), _painted(seen.edge, dark, ramps, shot.sun, held)


def _painted(some: Samples, dark: Floats, ramps: Floats, sun: Sun, prints: Mapping[int, Floats]) -> Floats:
    """(n, 3): ``ramps`` are the tones of all labels of nobody, then of each owner."""
    flesh, cloth = FLESH[some.label], FOLDED[some.label]
    tone = _tone(some, dark, cloth, sun)
    grain = _grain(some.fields)
    soft = np.where(flesh, np.float32(SOFTER), np.float32(0))
    half, full = (np.clip((tone - a + soft) / (b - a + 2 * soft), 0, 1) for a, b in (SHADE, KEY))
    which = some.owner * np.intp(len(Label)) + some.label
    shade, middle, bright = (np.take(ramps[:, k].T, which, axis=1) for k in range(3))
    out: Floats = np.asarray(shade + (middle - shade) * half, np.float32)
    out += (bright - middle) * full
    out *= 1 + GRAIN * grain * np.where(flesh, np.float32(0.3), np.float32(1))
    skin = np.flatnonzero(flesh & (some.fields[:, ON_ARM] > 0.3))
    out[:, skin] *= 1 - _blush(some.fields[skin]) * np.array([[0.0], [0.1], [0.11]], np.float32)
    for number, picture in prints.items():
        out = printed(out, np.minimum(out / np.maximum(middle, 1), 1.1), some, number + 1, picture)
    return np.asarray(out.T, np.float32)


def _tone(some: Samples, dark: Floats, cloth: NDArray[np.bool_], sun: Sun) -> Floats:
    """(n,) about 0 to 1: how the light falls."""
    tone = 0.5 + 0.5 * (some.normal @ sun.towards) - dark.ravel()[some.where]
    worn = np.flatnonzero(cloth)
    tone[worn] -= FOLD * folds(some.fields[worn])
    hair = np.flatnonzero(some.label == Label.HAIR)
    tone[hair] += 0.5 * _strands(some.fields[hair])
    return np.asarray(tone, np.float32)


def _darkness(seen: View, shot: Shot) -> Floats:
    """(h, w): what cast shadows and hollows take from the light."""
    inside = seen.plane(np.ones(len(seen.middle.where), np.float32))
    least = seen.plane(np.where(seen.middle.label == Label.FACE, np.float32(FACED), np.float32(1)))
    return np.asarray(0.42 * _cast(seen, shot, inside) * least + _hollows(seen, shot, inside), np.float32)


def _cast(seen: View, shot: Shot, inside: Floats) -> Floats:
    """(h, w) 0 to 1: where others, or other parts, are before the sun; round shapes with a clean border."""
    way, some, step = shot.sun.towards, seen.middle, 2 if shot.camera.metre > DENSE else 1
    row, column = np.divmod(some.where, seen.width)
    looked = np.flatnonzero((some.normal @ way > -0.15) & (row % step == 0) & (column % step == 0))
    start = some.at[looked] + some.normal[looked] * np.float32(0.012) + way * np.float32(0.004)
    size = (-(-seen.height // step), -(-seen.width // step))
    small, known = np.zeros(size, np.float32), np.zeros(size, np.float32)
    where = row[looked] // step, column[looked] // step
    small[where], known[where] = seen.scene.blocked(start, way), 1
    soft = blurred_inside(small, known, max(1.2, 0.0045 * shot.camera.metre / step))
    soft = cv2.resize(soft, (seen.width, seen.height), interpolation=cv2.INTER_LINEAR) if step > 1 else soft
    return np.asarray(np.clip((soft - 0.3) / 0.4, 0, 1) * inside, np.float32)


def _hollows(seen: View, shot: Shot, inside: Floats) -> Floats:
    """(h, w) 0 to 0.35: darker where what is around is nearer."""
    some = seen.middle
    if not len(some.where):
        return inside
    far = seen.plane(some.far)
    soft = blurred_inside(far, inside, max(1.0, 0.03 * shot.camera.metre))
    weak = seen.plane(np.where(FLESH[some.label], np.float32(0.4), np.float32(1)))
    return np.asarray(np.clip((far - soft - 0.004) * 5, 0, 0.35) * weak * inside, np.float32)


def _grain(fields: Floats) -> Floats:
    """(n,): paint, of deviation 1; it lies along the cloth."""
    return on_tile(_weave(), fields[:, X] * 380 + fields[:, Z] * 290, fields[:, Y] * 900)


@lru_cache(maxsize=1)
def _weave() -> Floats:
    return np.asarray(0.75 * tile(6, 9, 2.5) + 0.65 * tile(7, 34, 17), np.float32)


def _blush(fields: Floats) -> Floats:
    return np.asarray(sum(much * np.exp(-(((fields[:, ARM_T] - at) / wide) ** 2)) for at, wide, much in BLUSH))


def _strands(fields: Floats) -> Floats:
    strand = fields[:, ARM_T] * 26 + 3 * np.sin(2.3 * fields[:, LEG_T] + 5 * fields[:, ARM_T])
    waves = 0.1 * np.sin(strand + 1.5 * np.sin(strand * 0.37)) + 0.06 * np.sin(3.1 * strand)
    return np.asarray(waves * np.clip(4 * fields[:, LEG_T], 0, 1))


def _own(shot: Shot) -> list[Floats]:
    """By owner, nobody first: the colour of each label in white light, (labels, 3)."""
    things = [np.tile(np.array(block.colour, np.float32) * 255, (len(Label), 1)) for block in shot.blocks]
    return [np.zeros((len(Label), 3), np.float32), *(palette(who) for who in shot.performers), *things]


def _ramp(own: Floats, sun: Sun) -> Floats:
    """(labels, 3, 3): shade, middle and bright tone of colours (labels, 3); dark things keep their modelling, because
    the tones are some L* apart."""
    cool, warm = np.asarray(sun.cool, np.float32), np.asarray(sun.warm, np.float32)
    shade = np.broadcast_to(cool, own.shape).copy()
    shade[FLESH] = FLESH_SHADE * (0.75 + 0.25 * cool / cool.mean())
    bright = np.minimum(own * (warm * 1.1) + 8, 255)
    bright[FLESH] = own[FLESH] + (bright[FLESH] - own[FLESH]) * 0.45
    tones = np.stack([own * shade, own * (shade + (1 - shade) * 0.94), bright], 1) / 255
    lab = cv2.cvtColor(np.clip(tones, 0, 1).astype(np.float32), cv2.COLOR_RGB2Lab)
    lab[:, 0, 0] = np.maximum(lab[:, 0, 0], DARKEST)
    lab[:, 1, 0] = np.maximum(lab[:, 1, 0], lab[:, 0, 0] + MIDDLE)
    lab[:, 2, 0] = np.maximum(lab[:, 2, 0], np.minimum(lab[:, 1, 0] + BRIGHT, 97))
    out = np.clip(cv2.cvtColor(lab, cv2.COLOR_Lab2RGB), 0, 1) * 255
    return np.asarray(out, np.float32)


def palette(who: Performer) -> Floats:
    """(labels, 3), 0 to 255. What is woven is kept off black and white, so that light and shade still tell on it."""
    o, head = who.outfit, who.head
    hair = np.array(head.hair_colour if head else (0, 0, 0), np.float32)
    over = o.skirt if o.skirt is not None and o.top not in OVERCLOTHES else o.cloth
    cloth: dict[Label, Colour | None] = {
        Label.TOP: o.cloth,
        Label.LEGS: o.legs,
        Label.SHOE: o.shoes,
        Label.OVER: over,
        Label.INNER: o.under,
        Label.TIE: o.tie,
        Label.GLOVE: o.gloves,
        Label.SCARF: o.scarf,
        Label.APRON: o.apron,
    }
    table: dict[Label, object] = {
        Label.SKIN: o.skin,
        Label.SOLE: (0.92, 0.9, 0.86) if sum(o.shoes) > 1.2 else 0.45 * woven(o.shoes),
        Label.HAIR: hair,
        **{label: woven(colour) for label, colour in cloth.items() if colour is not None},
        Label.FACE: o.skin,
        Label.HAT: o.hat_colour,
    }
    own = woven(o.cloth)
    table[Label.TRIM] = own * 0.86 if o.top != "space suit" else np.array([0.52, 0.54, 0.58])
    table[Label.BUTTON] = own * 0.45 if own.mean() > 0.35 else own * 0.5 + 0.4
    out = np.zeros((len(Label), 3), np.float32)
    for label, colour in table.items():
        out[label] = np.asarray(colour, np.float32) * 255
    return out


def woven(colour: Colour) -> Floats:
    """(3,) RGB 0 to 1: lightness L* 0 to 100 kept from the ends, where tones cannot be told apart."""
    lab = cv2.cvtColor(np.array([[colour]], np.float32), cv2.COLOR_RGB2Lab)
    light = lab[..., 0]
    lab[..., 0] = np.minimum(np.maximum(light, 16 + 0.3 * light), 76 + 0.18 * light)
    return np.asarray(cv2.cvtColor(lab, cv2.COLOR_Lab2RGB)[0, 0].clip(0, 1), np.float32)
