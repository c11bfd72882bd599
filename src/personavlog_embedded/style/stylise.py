"""Pictures redrawn in a style: CartoonGAN's lines and shading, the picture's own colours, the style's grade and
surface.

CartoonGAN: Chen, Lai and Liu, CVPR 2018. Its networks see the picture at ``WORK_SIDE``; the size asked for comes back
with the edges of the full-size picture, so a 1280 x 720 frame is crisp and has no tile seams.
"""

from __future__ import annotations

import cv2
import numpy as np

from personavlog import weights
from personavlog.media.arrays import Pixels, Plane
from personavlog.metrics.face import Face, mesh
from personavlog.weights.session import open_session
from personavlog_embedded.face import trusted_mesh
from personavlog_embedded.scene.stage import FacePoints
from personavlog_embedded.style import face_skin
from personavlog_embedded.style.finishes import finished
from personavlog_embedded.style.grade import graded, graded_light
from personavlog_embedded.style.line import with_lines
from personavlog_embedded.style.look import Look, blurred, recoloured, smoothed, to_lab, to_rgb
from personavlog_embedded.style.styles import Style, find_style
from personavlog_embedded.style.tfjs_to_onnx import onnx_file

WORK_SIDE = 416
"""Longer side that the network sees of a whole frame, in px: more is slower and draws finer lines, which the pen draws
anyway."""
FACE_SHARE = 0.33
"""Height of a face over the shorter side of the frame that its paint is made for: between a selfie's and a medium
shot's."""
BODY_SIDE = 384
"""Longer side that it sees of a whole person, in px; the face is painted apart from it."""
DETAIL = 0.011
"""What counts as fine in a drawn body, over the frame's unit."""
OWN_FACE = 0.72
"""How much of a face is the photo's own and not the network's drawing, before its skin is painted: it is whom one
recognises."""
APRON = 16
"""Mirrored border around what the network sees, in px, so that its zero padding never shows."""


def stylise(rgb: Pixels, style: str, *, strength: float = 1.0, work_side: int = WORK_SIDE) -> Pixels:
    """A (h, w, 3) uint8 RGB picture of any size redrawn in the style with this key, same size; ``strength`` 0 to 1
    mixes with the original.

    Raises ``ConfigurationError`` for an unknown key.
    """
    chosen = find_style(style)
    return _mixed(rgb, _redrawn(rgb, chosen, work_side, float(min(rgb.shape[:2])), None, person=False), strength)


def stylise_person(rgba: Pixels, style: str, face: Face | None = None, *, strength: float = 1.0) -> Pixels:
    """A cut-out person (h, w, 4) redrawn, same size and place; ``face`` (in px of the cut-out) keeps cheeks clean and
    eyes clear.

    The network sees the person before blurred colours of its own edge, never a hard border, so that no halo is drawn.
    The outline of the matte is drawn crisper, as a drawing's is.
    """
    chosen = find_style(style)
    filled = fill_outside(rgba)
    unit = float(min(rgba.shape[:2])) if face is None else face.size / FACE_SHARE
    drawn = _redrawn(filled, chosen, WORK_SIDE if face is None else BODY_SIDE, unit, face, person=True)
    alpha = rgba[..., 3]
    if chosen.net:
        alpha = np.asarray(np.clip((alpha.astype(np.float32) - 128) * 1.35 + 128, 0, 255) * (alpha > 0), np.uint8)
    return np.dstack([_mixed(filled, drawn, strength), alpha])


def stylise_body(rgb: Pixels, style: str, unit: float) -> Pixels:
    """A drawn body (h, w, 3) in the style, same size; ``unit`` is the frame's in px. Without the network: in flat
    colours it finds nothing to draw. ``Look.drawn`` of the drawing's own fine lines and tones is put back, so that no
    finish smears hands and folds, and the style's pen does not draw what is drawn already."""
    look = find_style(style).look
    flat, pen = smoothed(rgb, min(look.smooth, 1)), look.pen * (1 - look.drawn)
    full = with_lines(flat, flat, look.pen_width * unit, pen, look.pen_colour) if pen else flat
    painted = _painted(full, look, unit, person=True)
    return _redetailed(painted, graded_light(rgb, look), look.drawn, unit) if look.drawn else painted


def _redetailed(painted: Pixels, own: Plane, share: float, unit: float) -> Pixels:
    """``painted`` with a share of the fine differences of L* that ``own`` (h, w) has, instead of its own."""
    lab = to_lab(painted)
    other = own - lab[..., 0]
    lab[..., 0] = np.clip(lab[..., 0] + share * (other - blurred(other, DETAIL * unit)), 0, 100)
    return to_rgb(lab)


def fill_outside(rgba: Pixels) -> Pixels:
    """The colours of a cut-out continued outwards, ever more blurred: (h, w, 3), unchanged where the cut-out is
    opaque."""
    share = rgba[..., 3].astype(np.float32) / 255
    solid = np.where(share > 0.9, share, np.float32(0))
    held = np.asarray(cv2.merge([*(rgba[..., k] * solid for k in range(3)), solid]), np.float32)
    small = cv2.resize(held, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    out = np.full((*small.shape[:2], 3), 127, np.float32)
    for sigma in (64.0, 24.0, 8.0):
        out = _filled(out, cv2.GaussianBlur(small, (0, 0), sigma / 4))
    out = _filled(cv2.resize(out, rgba.shape[1::-1], interpolation=cv2.INTER_LINEAR), blurred(held, 3.0))
    mixed = cv2.blendLinear(rgba[..., :3].astype(np.float32), out, share, 1 - share)
    return np.asarray((mixed + 0.5).clip(0, 255), np.uint8)


def _filled(below: Plane, held: Plane) -> Plane:
    """``below`` (h, w, 3) with the colours of ``held`` (h, w, 4: multiplied by the weight, weight) where there are
    any."""
    *colours, amount = cv2.split(held)
    weight, share = amount + 1e-4, np.minimum(amount * 12, 1)
    filled = [own + (colour / weight - own) * share for own, colour in zip(cv2.split(below), colours, strict=True)]
    return np.asarray(cv2.merge(filled), np.float32)


def _mixed(before: Pixels, after: Pixels, strength: float) -> Pixels:
    return np.asarray(cv2.addWeighted(after, strength, before, 1 - strength, 0), np.uint8)


def _redrawn(rgb: Pixels, style: Style, side: int, unit: float, face: Face | None, *, person: bool) -> Pixels:
    """Smoothed, drawn, faired, graded and painted; ``unit`` is the px that a screen-filling thing measures in the
    picture."""
    look = style.look
    flat = smoothed(rgb, look.smooth)
    full = flat
    if style.net:
        full = _drawn(flat, style, side)
    if look.pen:
        full = with_lines(full, flat, look.pen_width * unit, look.pen, look.pen_colour)
    points = None if face is None else _trusted(rgb, face)
    if points is None:
        return _painted(full, look, unit, person=person)
    faired = _faired(full, rgb, points, look)
    return _faced(_painted(faired, look, unit, person=person), faired, points, look)


def _trusted(rgb: Pixels, face: Face) -> Plane | None:
    """The mesh of the face; None where it does not lie on it, as on many drawings: lines would be drawn in the wrong
    places."""
    points = mesh(rgb, face)
    return points if trusted_mesh.fits(points, FacePoints(face.box, face.points)) else None


def _faced(painted: Pixels, faired: Pixels, points: Plane, look: Look) -> Pixels:
    """The painted person with the face as its craft left it: tones that are cut once more lose whose face it is."""
    craft = face_skin.CRAFTS.get(look.skin)
    if craft is None:
        return painted
    share = craft.spared * face_skin.oval(painted.shape[:2], points)[..., None]
    toned = graded(faired, look, person=True)
    return np.asarray(np.clip(painted + (toned.astype(np.float32) - painted) * share + 0.5, 0, 255), np.uint8)


def _painted(rgb: Pixels, look: Look, unit: float, *, person: bool) -> Pixels:
    finish = look.finish if look.figure is None or not person else look.figure
    return finished(graded(rgb, look, person=person), finish, unit)


def _drawn(flat: Pixels, style: Style, side: int) -> Pixels:
    """The network's drawing with the picture's colours, at the picture's size; the network sees at most ``side`` px."""
    small = _within(flat, side)
    return _enlarged(recoloured(small, _draw(small, style.net), style.look), small, flat)


def _within(rgb: Pixels, side: int) -> Pixels:
    scale = min(1.0, side / max(rgb.shape[:2]))
    return (
        rgb
        if scale == 1
        else np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    )


def _draw(rgb: Pixels, net: str) -> Pixels:
    """The network's own picture, same size as ``rgb``."""
    h, w = rgb.shape[:2]
    right, below = APRON + -w % 4, APRON + -h % 4
    framed = cv2.copyMakeBorder(rgb, APRON, below, APRON, right, cv2.BORDER_REFLECT)
    tensor = framed[..., ::-1].transpose(2, 0, 1)[None].astype(np.float32) / 127.5 - 1
    out = open_session(onnx_file(weights.file(f"cartoongan-{net}"))).run(None, {"input": np.ascontiguousarray(tensor)})[
        0
    ]
    inside = out[0, ::-1, APRON : APRON + h, APRON : APRON + w].transpose(1, 2, 0)
    return np.asarray(((inside + 1) * 127.5).clip(0, 255), np.uint8)


def _enlarged(drawn: Pixels, small: Pixels, full: Pixels) -> Pixels:
    """``drawn`` at the size of ``full``; the edges that ``small`` lost against ``full`` are added to it."""
    if drawn.shape == full.shape:
        return drawn
    size = full.shape[1::-1]
    up = to_lab(np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_CUBIC), np.uint8))
    lost = (
        to_lab(full)[..., 0]
        - to_lab(np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_CUBIC), np.uint8))[..., 0]
    )
    up[..., 0] = (up[..., 0] + 0.8 * lost).clip(0, 100)
    return to_rgb(up)


def _faired(drawn: Pixels, photo: Pixels, points: Plane, look: Look) -> Pixels:
    """The face without the creases that the networks like to draw, and with most of its own eyes, nose and mouth; its
    skin as the style paints it.

    Creases age a face by decades: between the features, skin is at most a little darker than it was. Then the eyes grow
    by ``look.eyes``.
    """
    skin, own = face_skin.cheeks(drawn.shape[:2], points), face_skin.oval(drawn.shape[:2], points)[..., None]
    lab, before = to_lab(drawn), to_lab(photo)
    lab += OWN_FACE * own * (before - lab)
    floor = blurred(np.ascontiguousarray(before[..., 0]), max(1.0, face_skin.eye_distance(points) * 0.03)) - 3
    lab[..., 0] += np.clip(floor - lab[..., 0], 0, 60) * skin * 0.9
    return _wide_eyed(face_skin.paint_skin(to_rgb(lab), points, look.skin, look.edge_colour), points, look.eyes)


def _wide_eyed(rgb: Pixels, points: Plane, factor: float) -> Pixels:
    """Both eyes magnified by ``factor`` around the pupil, fading out over half the distance between them."""
    if factor == 1:
        return rgb
    h, w = rgb.shape[:2]
    x, y = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    radius = face_skin.eye_distance(points) * 0.42
    for pupil in (points[468], points[473]):
        dx, dy = x - pupil[0], y - pupil[1]
        near = np.clip(1 - np.hypot(dx, dy) / radius, 0, 1)
        pull = (1 - 1 / factor) * near * near * (3 - 2 * near)
        x, y = x - dx * pull, y - dy * pull
    return np.asarray(
        cv2.remap(rgb, x.astype(np.float32), y.astype(np.float32), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )
