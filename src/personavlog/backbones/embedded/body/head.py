"""The photo's head, hair and neck without the clothes, and how it sits on a drawn body."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.embedded.body.back import back_of, between
from personavlog.backbones.embedded.body.outfit import Outfit
from personavlog.backbones.embedded.body.sheet import Pixels, Plane, Sheet, around, soft
from personavlog.backbones.embedded.body.skeleton import Skeleton
from personavlog.backbones.embedded.body.source import Head
from personavlog.backbones.embedded.body.torso import Frame, neckline


def head(skeleton: Skeleton, source: Head, rgba: Pixels, outfit: Outfit) -> Sheet:
    """The head of ``rgba`` (the cut-out or its copy in a style) on the canvas, its neck ending in the neckline."""
    if skeleton.pose.back:
        return warped(back_of(source, rgba), source.matrix(skeleton), skeleton)
    alpha = source.keep * _neck_end(source)
    drawn = warped(np.dstack([rgba[..., :3].astype(np.float32) / 255, alpha]), source.matrix(skeleton), skeleton)
    hair = warped(np.dstack([np.zeros_like(rgba[..., :3], np.float32), source.hair * alpha]), source.matrix(skeleton), skeleton)
    drawn = _hair_behind(skeleton, source, rgba, drawn)
    frame = Frame(skeleton)
    x, y = frame.local(drawn)
    inside = neckline(x, y, skeleton.build.neck + 0.035, outfit, frame.unit) if outfit.top != "photo" else np.ones_like(x)
    inside = np.where(y < -0.13, 1, inside)
    drawn.alpha = np.asarray(drawn.alpha * np.maximum(inside, np.clip(hair.alpha * 1.5, 0, 1)), np.float32)
    return drawn


def _hair_behind(skeleton: Skeleton, source: Head, rgba: Pixels, front: Sheet) -> Sheet:
    """``front`` over the hair that hangs behind a neck between the two sides of long hair; beside the neck only, which the torso carries."""
    if source.hair[int(source.chin) :].sum() < 0.02 * source.unit**2:
        return front
    x = np.arange(source.keep.shape[1], dtype=np.float32)[None]
    rows = np.arange(source.keep.shape[0], dtype=np.float32)[:, None]
    aside = np.clip((np.abs(x - source.middle) - 0.96 * source.neck * source.unit) / (0.01 * source.unit) + 0.5, 0, 1) * (rows > source.chin - 0.45 * source.unit)
    behind = back_of(source, rgba)
    under = warped(np.dstack([behind[..., :3] * 0.62, between(source) * aside]).astype(np.float32), source.matrix(skeleton), skeleton)
    under.lay(front.rgb, front.alpha)
    return under


def _neck_end(source: Head) -> Plane:
    """1, falling to 0 at the photo's lower border within the neck's width: there the photo's neck goes over into the drawn one."""
    y, x = np.mgrid[: source.keep.shape[0], : source.keep.shape[1]].astype(np.float32)
    low = np.clip((min(source.floor, source.chin + 0.34 * source.unit) - y) / (0.09 * source.unit), 0, 1)
    return np.asarray(np.where((source.hair > 0.5) & (np.abs(x - source.middle) > 0.24 * source.unit), 1, low), np.float32)


def warped(picture: Plane, matrix: NDArray[np.float64], skeleton: Skeleton) -> Sheet:
    """A picture (h, w, 4), straight alpha, 0 to 1, moved onto the canvas."""
    height, width = picture.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)]) @ matrix[:, :2].T + matrix[:, 2]
    sheet = around(corners, 0)
    held = np.dstack([picture[..., :3] * picture[..., 3:], picture[..., 3:]]).astype(np.float32)
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    if scale < 0.6:
        held = cv2.resize(held, None, fx=scale * 1.4, fy=scale * 1.4, interpolation=cv2.INTER_AREA)
        actual = np.array([held.shape[1] / width, held.shape[0] / height])
        matrix = np.hstack([matrix[:, :2] / actual, matrix[:, 2:]])
    moved = matrix - np.array([[0, 0, sheet.left], [0, 0, sheet.top]])
    out = cv2.warpAffine(held, moved, sheet.alpha.shape[::-1], flags=cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR)
    sheet.alpha = np.asarray(np.clip(out[..., 3], 0, 1), np.float32)
    sheet.rgb = np.asarray(np.clip(out[..., :3] / np.maximum(sheet.alpha, 1e-3)[..., None], 0, 1), np.float32)
    return sheet


def clothes(skeleton: Skeleton, source: Head, rgba: Pixels, sheet: Sheet) -> Plane:
    """(h, w, 4) on ``sheet``: the photo's own clothes, fading out where the photo ends."""
    if skeleton.pose.back:
        return warped(back_of(source, rgba), source.matrix(skeleton), skeleton)
    alpha = np.clip(rgba[..., 3].astype(np.float32) / 255 - source.keep, 0, 1)
    rows = np.arange(rgba.shape[0], dtype=np.float32)[:, None]
    fade = np.clip((min(source.floor, source.chin + 1.6 * source.unit) - rows) / (0.4 * source.unit), 0, 1)
    solid = soft((alpha > 0.9).astype(np.float32), 0.02 * source.unit) ** 2
    drawn = warped(np.dstack([rgba[..., :3].astype(np.float32) / 255, alpha * fade * solid]), source.matrix(skeleton), skeleton)
    return drawn.on(sheet)
