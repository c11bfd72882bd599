"""The photo's head, hair and neck without the clothes, and how it sits on a drawn body."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.body.back_of_head import Back
from personavlog_embedded.body.hat import covered
from personavlog_embedded.body.outfit import Outfit
from personavlog_embedded.body.part_sheet import Sheet, around, soft
from personavlog_embedded.body.photo_head import PhotoHead
from personavlog_embedded.body.skeleton import Skeleton
from personavlog_embedded.body.torso import neckline
from personavlog_embedded.body.torso_frame import Frame


def head(skeleton: Skeleton, source: PhotoHead, back: Back, rgba: Pixels, outfit: Outfit) -> Sheet:
    """The head of ``rgba`` (the cut-out or its copy in a style) on the canvas, its neck ending in the neckline; from
    behind, ``back``."""
    matrix = source.matrix(skeleton)
    if skeleton.pose.back:
        return covered(_warped(back.whole.astype(np.float32) / 255, matrix), skeleton, source, outfit)
    drawn = _warped(np.dstack([rgba[..., :3].astype(np.float32) / 255, source.keep * _neck_end(source)]), matrix)
    hair = _warped(np.dstack([np.zeros_like(rgba[..., :3], np.float32), source.hair * source.keep]), matrix).cover_on(
        drawn
    )
    if outfit.top != "photo":
        frame = Frame(skeleton)
        x, y = frame.local(drawn)
        inside = np.where(y < -0.13, 1, neckline(x, y, skeleton.build.neck + 0.035, outfit, frame.unit))
        drawn.alpha = np.asarray(drawn.alpha * np.maximum(inside, np.clip(hair * 1.5, 0, 1)), np.float32)
    drawn = (
        drawn if back.behind is None else _over(drawn, _warped(back.behind.astype(np.float32) / 255, matrix), skeleton)
    )
    return covered(drawn, skeleton, source, outfit)


def _over(front: Sheet, behind: Sheet, skeleton: Skeleton) -> Sheet:
    """``front`` over the hair behind the neck, which ends where the shoulders begin."""
    behind.alpha = np.asarray(
        behind.alpha * np.clip((0.02 - Frame(skeleton).local(behind)[1]) / 0.04, 0, 1), np.float32
    )
    both = around(
        np.array(
            [(s.left + dx, s.top + dy) for s in (front, behind) for dx, dy in ((0, 0), s.alpha.shape[::-1])], float
        ),
        0,
    )
    for sheet in (behind, front):
        laid = sheet.on(both)
        both.lay(laid[..., :3], laid[..., 3])
    return both


def _neck_end(source: PhotoHead) -> Plane:
    """1, falling to 0 at the photo's lower border within the neck's width: there the photo's neck goes over into the
    drawn one."""
    y, x = np.mgrid[: source.keep.shape[0], : source.keep.shape[1]].astype(np.float32)
    low = np.clip((min(source.floor, source.chin + 0.34 * source.unit) - y) / (0.17 * source.unit), 0, 1)
    return np.asarray(
        np.where((source.hair > 0.5) & (np.abs(x - source.middle) > 0.24 * source.unit), 1, low), np.float32
    )


def _warped(picture: NDArray[np.floating], matrix: NDArray[np.float64]) -> Sheet:
    """A picture (h, w, 4), straight alpha, 0 to 1, moved onto the canvas; ``matrix`` (2, 3) goes from its px to the
    canvas."""
    x, y, width, height = cv2.boundingRect((picture[..., 3] > 0).astype(np.uint8))
    picture = picture[y : y + max(height, 1), x : x + max(width, 1)]
    matrix = np.hstack([matrix[:, :2], (matrix[:, :2] @ np.array([x, y]) + matrix[:, 2])[:, None]])
    height, width = picture.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)]) @ matrix[:, :2].T + matrix[:, 2]
    sheet = around(corners, 0)
    held = np.dstack([picture[..., :3] * picture[..., 3:], picture[..., 3:]]).astype(np.float32)
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    if scale < 0.6:
        smaller = (
            max(1, round(width * scale * 1.4)),
            max(1, round(height * scale * 1.4)),
        )  # a drawing may have no hair at all: 1 px
        held = cv2.resize(held, smaller, interpolation=cv2.INTER_AREA)
        actual = np.array([held.shape[1] / width, held.shape[0] / height])
        matrix = np.hstack([matrix[:, :2] / actual, matrix[:, 2:]])
    moved = matrix - np.array([[0, 0, sheet.left], [0, 0, sheet.top]])
    out = cv2.warpAffine(held, moved, sheet.alpha.shape[::-1], flags=cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR)
    sheet.alpha = np.asarray(np.clip(out[..., 3], 0, 1), np.float32)
    sheet.rgb = np.asarray(np.clip(out[..., :3] / np.maximum(sheet.alpha, 1e-3)[..., None], 0, 1), np.float32)
    return sheet


def clothes(skeleton: Skeleton, source: PhotoHead, rgba: Pixels, sheet: Sheet) -> Plane:
    """(h, w, 4) on ``sheet``: the photo's own clothes, fading out where the photo ends."""
    alpha = np.clip(rgba[..., 3].astype(np.float32) / 255 - source.keep, 0, 1)
    rows = np.arange(rgba.shape[0], dtype=np.float32)[:, None]
    fade = np.clip((min(source.floor, source.chin + 1.6 * source.unit) - rows) / (0.4 * source.unit), 0, 1)
    solid = soft((alpha > 0.9).astype(np.float32), 0.02 * source.unit) ** 2
    drawn = _warped(np.dstack([rgba[..., :3].astype(np.float32) / 255, alpha * fade * solid]), source.matrix(skeleton))
    return drawn.on(sheet)
