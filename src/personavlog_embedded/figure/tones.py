"""Light on what is seen: tones of the sun with a cast shadow, hollows, folds of cloth, and what colour each thing
is."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.figure.label import ARM_T, CLOTH, LEG_T, ON_ARM, SQUEEZE, Label, X, Y, Z
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.noise import blurred, noise
from personavlog_embedded.figure.outfit import Colour
from personavlog_embedded.figure.prints import printed
from personavlog_embedded.figure.shot import Performer, Shot
from personavlog_embedded.figure.view import View

OVERCLOTHES = ("coat", "raincoat", "suit")
FLESH = (Label.SKIN, Label.FACE)


def coloured(seen: View, shot: Shot, prints: Mapping[int, Pixels]) -> Floats:
    """(n, 3) RGB 0 to 255, without lines. ``prints`` as ``drawing.draw`` takes them."""
    tone = _tone(seen, shot)
    half, full = (np.clip((tone - a) / (b - a), 0, 1)[:, None] for a, b in ((0.4, 0.5), (0.74, 0.86)))
    own, flesh = _own(seen, shot, prints), np.isin(seen.label, FLESH)[:, None]
    cool, warm = np.asarray(shot.sun.cool, np.float32), np.asarray(shot.sun.warm, np.float32)
    shade = np.where(flesh, np.array([0.78, 0.66, 0.66], np.float32), cool)
    dark = own * (shade + (1 - shade) * (0.25 + 0.75 * half))
    out = dark + (np.minimum(own * warm * 1.1 + 8, 255) - dark) * full * np.where(flesh, 0.45, 1)
    grain = (
        noise(seen.shape, 6, 9 * seen.fine, 2.5 * seen.fine) + noise(seen.shape, 7, 22 * seen.fine, 12 * seen.fine)
    ) / 3.5
    out = out * (1 + 0.03 * grain.ravel()[:, None] * np.where(flesh, 0.35, 1))
    out *= 1 - 0.1 * np.clip(0.5 - seen.at[:, 1:2], 0, 0.5)
    return np.asarray(out, np.float32)


def _tone(seen: View, shot: Shot) -> Floats:
    """(n,) about 0 to 1."""
    light = np.asarray(shot.sun.way, np.float32)
    light = light / np.linalg.norm(light)
    inside = seen.label > 0
    lit = np.where(inside, seen.normal @ light, 0).astype(np.float32)
    dark = np.zeros(len(lit), np.float32)
    start = seen.at[inside] + seen.normal[inside] * np.float32(0.012) + light * np.float32(0.004)
    dark[inside] = seen.scene.blocked(start, light)
    dark[seen.label == Label.FACE] *= np.float32(0.3)
    dark = cv2.GaussianBlur(dark.reshape(seen.shape), (0, 0), 1.2 * seen.fine).ravel()
    grain = 0.012 * noise(seen.shape, 1, 2.5 * seen.fine, 2.5 * seen.fine).ravel()
    return np.asarray(
        0.5 + 0.5 * lit - 0.42 * dark * (lit > -0.1) + 0.5 * _folds(seen) - _hollows(seen, shot) + grain, np.float32
    )


def _folds(seen: View) -> Floats:
    """Waves along limbs and across the trunk where cloth is squeezed; strands of hair."""
    f = seen.fields
    squeeze = np.clip(1.12 - f[:, SQUEEZE], 0, 0.6)
    t = np.where(f[:, ON_ARM] > 0.4, f[:, ARM_T], f[:, LEG_T])
    warp = np.sin(f[:, X] * 31 + f[:, Z] * 23 + 1) + 0.6 * np.sin(f[:, Y] * 19 - f[:, Z] * 37)
    fold = np.sin(26 * t + 2.4 * warp) + 0.6 * np.sin(47 * t + 3.1 * warp + 1)
    fold = np.where(np.isin(seen.label, CLOTH), fold * (0.05 + 0.75 * squeeze), 0)
    strand = f[:, ARM_T] * 26 + 3 * np.sin(2.3 * f[:, LEG_T] + 5 * f[:, ARM_T])
    hair = (0.1 * np.sin(strand + 1.5 * np.sin(strand * 0.37)) + 0.06 * np.sin(3.1 * strand)) * np.clip(
        4 * f[:, LEG_T], 0, 1
    )
    return np.asarray(np.where(seen.label == Label.HAIR, hair, fold), np.float32)


def _hollows(seen: View, shot: Shot) -> Floats:
    """Darker where what is around is nearer."""
    inside = (seen.label > 0).reshape(seen.shape)
    if not inside.any():
        return np.zeros(len(seen.label), np.float32)
    far = seen.far.reshape(seen.shape)
    capped = np.minimum(far, far[inside].max())
    soft = blurred(capped, max(1.0, 0.035 * shot.camera.metre * seen.fine))
    weak = np.where(np.isin(seen.label, FLESH), 0.4, 1)
    return np.asarray(
        np.clip((np.where(inside, far, 0) - soft) * 5, 0, 0.35).ravel() * inside.ravel() * weak, np.float32
    )


def _own(seen: View, shot: Shot, prints: Mapping[int, Pixels]) -> Floats:
    """(n, 3): the colour of each thing in white light, 0 to 255."""
    out = np.zeros((len(seen.label), 3), np.float32)
    for number, who in enumerate(shot.performers, 1):
        mine = seen.owner == number
        out[mine] = palette(who)[seen.label[mine]]
        if number - 1 in prints and who.outfit.top == "photo":
            out = printed(out, seen, number, prints[number - 1])
    for number, block in enumerate(shot.blocks, 1 + len(shot.performers)):
        out[seen.owner == number] = np.array(block.colour, np.float32) * 255
    return out


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
