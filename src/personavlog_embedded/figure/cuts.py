"""What is cut out of the shells and sewn on them, by rules in the coordinates of the bare mesh: one fits all shapes and
poses. ``data/garments.toml`` holds what kinds of tops differ in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict

from personavlog_embedded import data
from personavlog_embedded.figure.label import ARM_T, LEG_T, ON_ARM, Label, Shell, X, Y, Z
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.outfit import Outfit

Mask = NDArray[np.bool_]
HIP, KNEE, CHEST = 0.049, -0.37, 0.5
"""Heights on the bare mesh."""
SKIRT_HEM = -0.42
"""Height on the bare mesh where a skirt ends."""
ANKLE_HEM, SHOE, WRIST, SHORT = -0.752, -0.76, 1.93, 0.72
"""Where trousers end and shoes begin at bare legs (heights), and sleeves (along the arm: ``ARM_T``)."""


@dataclass(frozen=True)
class Garment:
    """A kind of top, as ``data/garments.toml`` explains."""

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    name: str
    ease: float
    arm: float
    scoop: tuple[float, float]
    bulk: float = 0.0
    hem: float = 0.0
    vee: bool = False
    collar: float = 0.0
    wing: float = 0.0
    lapels: float = 0.0
    rib: float = 0.0
    cuff: float = 0.0
    placket: bool = False
    pocket: bool = False
    hood: bool = False
    tails: float = 1.0
    flare: float = 0.0


@lru_cache(maxsize=1)
def _garments() -> Mapping[str, Garment]:
    return data.read_rows(Garment, "garments", by="name")


def garment(name: str) -> Garment:
    """The kind of top of this name."""
    return _garments()[name]


def neckline(kind: Garment, x: Floats, z: Floats) -> Floats:
    """(n,): over which height the neck is free."""
    depth, width = kind.scoop
    across = np.clip(1 - np.abs(x) / width, 0, 1)
    dip = across if kind.vee else 1 - (1 - across) ** 2
    return np.asarray(0.592 - 0.32 * z - depth * dip * np.clip(z / 0.04, 0, 1), np.float32)


def cut(shell: NDArray[np.integer], at: Floats, outfit: Outfit) -> NDArray[np.uint8]:
    """(n,) ``Label``: what clothes leave and show at points of these sheets (n,), known by ``at`` (n, 8)."""
    kind, out = garment(outfit.top), np.full(len(shell), Label.SKIN, np.uint8)
    for which, rule in (
        ((Shell.BODY,), _skin),
        ((Shell.LOW,), _low),
        ((Shell.UPPER,), _upper),
        ((Shell.SKIRT,), _skirt),
        ((Shell.TAILS,), _tails),
        ((Shell.APRON,), _apron),
    ):
        s = np.isin(shell, which)
        if s.any():
            out[s] = rule(at[s], outfit, kind)
    return out


def covered(outfit: Outfit) -> float:
    """Height on the bare mesh down to which the legs are hidden all around; 1 where they are not."""
    tails = 1.0 if outfit.open else garment(outfit.top).tails
    return min(tails, SKIRT_HEM) if outfit.skirt is not None else tails


def _cover(outfit: Outfit) -> Label:
    """What hangs outermost: legs that come through it are shown as it."""
    return Label.TOP if outfit.top == "dress" and outfit.skirt is None else Label.OVER


def _labels(count: int, first: Label, *rules: tuple[Mask, Label]) -> NDArray[np.uint8]:
    """(count,): the last of the rules that holds."""
    out = np.full(count, first, np.uint8)
    for where, label in rules:
        out[where] = label
    return out


def _skin(at: Floats, outfit: Outfit, kind: Garment) -> NDArray[np.uint8]:
    y, z, arm, on_arm = at[:, Y], at[:, Z], at[:, ARM_T], at[:, ON_ARM]
    under = (on_arm < 0.3) & (y < neckline(kind, at[:, X], z) - 0.012) & (y > 0.3)
    return _labels(
        len(at),
        Label.SKIN,
        (under | (on_arm > 0.15) & (arm < _sleeve(outfit) - 0.05), Label.NOTHING),
        ((on_arm < 0.3) & (y < SHOE - 0.002), Label.NOTHING),
        ((on_arm < 0.3) & (y < 0.3) & (y > covered(outfit)), _cover(outfit)),
        ((on_arm > 0.4) & (arm > WRIST - 0.02) & (outfit.gloves is not None), Label.GLOVE),
        ((on_arm < 0.3) & (y > 0.55) & (y < 0.628) & (z < 0.088) & (outfit.scarf is not None), Label.SCARF),
    )


def _low(at: Floats, outfit: Outfit, kind: Garment) -> NDArray[np.uint8]:
    y, leg = at[:, Y], at[:, LEG_T]
    bare = outfit.skirt is not None or outfit.top == "dress"
    shoe = y < (-0.6 if outfit.boots or kind.bulk else SHOE if bare or outfit.shorts else ANKLE_HEM)
    return _labels(
        len(at),
        Label.LEGS,
        ((y > covered(outfit)) & (y < 0.13), _cover(outfit)),
        ((y > HIP + 0.16) | (at[:, ON_ARM] > 0.4), Label.NOTHING),
        ((np.abs(leg - 1) < 0.06) & (kind.bulk > 0), Label.TRIM),
        ((y < HIP - 0.02) & (leg > 0.86) & outfit.shorts | (y > KNEE - 0.5) & bare, Label.NOTHING),
        (shoe, Label.SHOE),
        (shoe & (y < -0.806), Label.SOLE),
    )


def _upper(at: Floats, outfit: Outfit, kind: Garment) -> NDArray[np.uint8]:
    x, y, z, arm, on_arm = at[:, X], at[:, Y], at[:, Z], at[:, ARM_T], at[:, ON_ARM]
    wide, front, sleeve = np.abs(x), (z > 0) & (on_arm < 0.3), _sleeve(outfit)
    below, on = neckline(kind, x, z) - y, on_arm > 0.4
    band = np.asarray(below + 6 * np.clip(wide - 0.03, 0, 1) ** 2, np.float32)
    hem = max(kind.hem, 0.145) if outfit.skirt is not None else kind.hem
    pocket = (wide > 0.05) & (wide < 0.11) if kind.tails < 1 else (x > 0.045) & (x < 0.105)
    wing = kind.wing * np.clip(1 - np.abs(wide - 0.034) / 0.028, 0, 1) * (z > 0.02)
    button = front & (np.abs((y % 0.085) - 0.042) < 0.0055)
    rules = [
        (on & (arm > sleeve - kind.cuff) & (kind.cuff > 0) & outfit.long, Label.TRIM),
        (on & (arm > sleeve - 2.4 * kind.rib) | ~on & (y < hem + kind.rib) & (kind.rib > 0), Label.TRIM),
        (front & pocket & (y > 0.36) & (y < 0.425) & kind.pocket & (kind.tails == 1), Label.TRIM),
        (front & (wide < 0.013) & kind.placket, Label.TRIM),
        (button & (np.hypot(x, (y % 0.085) - 0.042) < 0.0055) & kind.placket, Label.BUTTON),
        (~on & (band < kind.collar + wing) & (wide > 0.004 * (kind.wing > 0)), Label.TRIM),
        *_opening(x, y, z, front, outfit, kind),
        (~on & (z < -0.02) & (wide < 0.13 - 0.3 * np.clip(0.52 - y, 0, 1)) & (y > 0.41) & kind.hood, Label.TRIM),
        *_extras(x, y, band, front & ~on, outfit),
        ((below < 0) & (wide < 0.12) | on & (arm > sleeve) | ~on & (y < hem), Label.NOTHING),
    ]
    if kind.bulk:
        rules.append((on & (np.abs(arm - 1) < 0.1) | front & (wide < 0.09) & (y > 0.3) & (y < 0.42), Label.TRIM))
        rules.append((front & (np.hypot(wide - 0.05, y - 0.36) < 0.014), Label.BUTTON))
    return _labels(len(at), Label.OVER if kind.tails < 1 and outfit.top != "dress" else Label.TOP, *rules)


def _opening(x: Floats, y: Floats, z: Floats, front: Mask, outfit: Outfit, kind: Garment) -> list[tuple[Mask, Label]]:
    """What coats and suits show between their lapels, and these."""
    if not kind.lapels:
        return []
    wide, low = np.abs(x), kind.lapels
    edge = 0.056 * np.clip((y - low) / (0.57 - low), 0, 1) + gap(y) * outfit.open
    lapel = 0.062 * np.clip((y - low) / 0.13, 0, 1) * np.clip(1 - (y - 0.5) / 0.16, 0.4, 1)
    inner = front & (wide < edge)
    knot = 0.008 + 0.016 * np.clip((0.52 - y) / 0.25, 0, 1) + 0.007 * (y > 0.515)
    return [
        (front & (y < low) & (np.abs(x - 0.002) < 0.0022) & (not outfit.open), Label.TRIM),
        (
            front & (np.hypot(x + 0.016, ((y - low + 0.02) % 0.1) - 0.05) < 0.007) & (y < low) & (not outfit.open),
            Label.BUTTON,
        ),
        (front & (wide >= edge) & (wide < edge + lapel) & (y > low), Label.TRIM),
        (inner, Label.INNER),
        (inner & (np.abs(y - 0.53 + 0.8 * np.abs(wide - 0.03)) < 0.002), Label.TRIM),
        (inner & (wide < knot) & (outfit.tie is not None), Label.TIE),
    ]


def gap(y: Floats) -> Floats:
    """(n,): half the width that an open coat leaves free in front."""
    return np.asarray(np.interp(y, [-0.4, 0.2, 0.45], [0.1, 0.06, 0.02]), np.float32)


def _extras(x: Floats, y: Floats, band: Floats, front: Mask, outfit: Outfit) -> list[tuple[Mask, Label]]:
    """A scarf with one end in front, an apron's bib and straps."""
    wide = np.abs(x)
    bib = front & (wide < 0.105 - 0.12 * np.clip(y - 0.3, 0, 1)) & (y < 0.44)
    strap = (np.abs(wide - 0.072) < 0.012) & (y > 0.43) & (wide < 0.12) | (np.abs(y - 0.165) < 0.012)
    scarf = (band < 0.05) & (wide < 0.14) | front & (np.abs(x - 0.045) < 0.03) & (y > 0.3)
    return [
        ((bib | strap) & (outfit.apron is not None), Label.APRON),
        (scarf & (outfit.scarf is not None), Label.SCARF),
    ]


def _skirt(at: Floats, outfit: Outfit, kind: Garment) -> NDArray[np.uint8]:
    return _labels(len(at), _cover(outfit), (at[:, Y] > 0.158, Label.TRIM))


def _tails(at: Floats, outfit: Outfit, kind: Garment) -> NDArray[np.uint8]:
    x, y, front = at[:, X], at[:, Y], at[:, Z] > 0.02
    wide = np.abs(x)
    flap = front & (wide > 0.075) & (wide < 0.135) & (y > 0.03) & (y < 0.03 + (0.09 if kind.tails < -0.2 else 0.03))
    button = front & (np.hypot(x + 0.016, (y % 0.1) - 0.05) < 0.007) & (y > -0.1)
    return _labels(
        len(at),
        Label.OVER,
        (flap & kind.pocket, Label.TRIM),
        (front & (np.abs(x - 0.002) < 0.0022), Label.TRIM),
        (button & (not outfit.open), Label.BUTTON),
        ((y > 0.13) & (kind.tails < -0.2) & (not outfit.open), Label.TRIM),
        (front & (wide < gap(y)) & outfit.open, Label.NOTHING),
        (front & (wide < 0.35 * np.clip(0.02 - y, 0, 1)) & (kind.tails > -0.2), Label.NOTHING),
    )


def _apron(at: Floats, outfit: Outfit, kind: Garment) -> NDArray[np.uint8]:
    y, z = at[:, Y], at[:, Z]
    band = np.abs(y - 0.158) < 0.014
    pocket = (np.abs(at[:, X]) < 0.08) & (y > -0.06) & (y < 0.05)
    return _labels(
        len(at), Label.NOTHING, (z > 0.01, Label.APRON), ((z > 0.03) & pocket, Label.TRIM), (band, Label.APRON)
    )


def _sleeve(outfit: Outfit) -> float:
    return WRIST if outfit.long else SHORT
