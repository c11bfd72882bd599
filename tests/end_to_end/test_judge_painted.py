"""The judge on the real painter's own parts and the real inspector: what is planted in a stage and what is found in a
clip."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import anyio
import cv2
import numpy as np
import pytest

from personavlog.backbones import registry
from personavlog.backbones.findings import ClipInspection, QualityMaker
from personavlog.backbones.parts import KnowsParts
from personavlog.backbones.roles import AnimateResult, EditResult, ImageEdit
from personavlog.judge.case import Moving, Still
from personavlog.judge.clips import MOVING_DEFECTS
from personavlog.judge.figure import figure
from personavlog.judge.stills import STILL_DEFECTS
from personavlog.media import Clip
from personavlog.media.arrays import Pixels
from personavlog.media.encode import encoding
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, Camera, VideoDescription
from personavlog_embedded.scene.stage import pack
from personavlog_embedded.style.print_surface import flatten
from tests.embedded.drawn_stage import HEIGHT, WIDTH, drawn_stage

BOARD = Board.model_validate(
    {"place": "a pier", "time_of_day": "noon", "action": "She waits.", "framing": "medium", "emotion": "calm"}
)
DESCRIPTION = VideoDescription(camera=Camera.PAN_RIGHT, motion="She turns.", atmosphere="salt light")
SEEN = 8
"""Least difference of a channel, of 255, that is more than another lightness of the figure in its style."""


def noise(width: int) -> Pixels:
    coarse = np.random.default_rng(5).integers(40, 200, (HEIGHT // 8, width // 8, 3)).astype(np.uint8)
    return np.asarray(cv2.resize(coarse, (width, HEIGHT), interpolation=cv2.INTER_CUBIC), np.uint8)


def painted(blobs: Blobs) -> Still:
    """A drawn figure that waves, as a keyframe of the real painter."""
    painter: ImageEdit = registry.load("image", "embedded")
    assert isinstance(painter, KnowsParts)
    stage = drawn_stage("wave")
    assert stage.face is not None
    pixels, m = flatten(stage), stage.margin
    image = blobs.put_image(pixels)
    keyframe = EditResult(image=image, prompt="", attachments={"stage": blobs.put(pack(stage), "application/zip")})
    x0, y0, x1, y1 = stage.face.box
    face = (x0 - m, y0 - m, x1 - m, y1 - m)
    body = figure(painter, keyframe, pixels, None, blobs)
    return Still(BOARD, keyframe, pixels, face, image, None, "a desert", body)


def test_what_is_planted_comes_from_the_painters_figure(tmp_path: Path) -> None:
    still, defects = painted(Blobs(tmp_path)), {one.name: one for one in STILL_DEFECTS}
    for name in ("extra limb", "missing limb", "wrong clothes", "broken background"):
        made = defects[name].plant(still, np.random.default_rng(1))
        assert made is not None and made.pixels.shape == (HEIGHT, WIDTH, 3), name
        changed = (made.pixels != still.pixels).any(axis=2)
        assert changed.any()
        if name == "missing limb":
            person = cv2.dilate(still.figure.mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
            gone = np.abs(made.pixels.astype(int) - still.pixels).max(axis=2) > SEEN
            assert not changed[~person].any() and 0.05 < gone.sum() / person.sum() < 0.3
        if name == "wrong clothes":
            assert not changed[~still.figure.worn].any()


def stored(blobs: Blobs, frames: tuple[Pixels, ...]) -> Clip:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "clip.mp4"
        with encoding(target, WIDTH, HEIGHT, 24) as pipe:
            for frame in frames:
                pipe.write(np.dstack([frame, np.full((HEIGHT, WIDTH), 255, np.uint8)]))
            pipe.finish()
        return blobs.put_clip(target, width=WIDTH, height=HEIGHT, fps=24, frames=len(frames))


@pytest.mark.weights
def test_the_inspector_finds_a_frozen_and_a_stuttering_clip_and_nothing_in_a_sound_one(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    quality: QualityMaker = registry.find("quality", "embedded")
    inspector = quality("inspector", blobs).video
    wide = noise(WIDTH + 120)
    frames = tuple(np.ascontiguousarray(wide[:, 4 * number : 4 * number + WIDTH]) for number in range(12))
    made = AnimateResult(clip=stored(blobs, frames), prompt="")
    keyframe = EditResult(image=blobs.put_image(frames[0]), prompt="")
    moving = replace(Moving(BOARD, keyframe, DESCRIPTION, made, None, None, ()), frames=frames)

    def finds(shown: tuple[Pixels, ...]) -> bool:
        clip = made.model_copy(update={"clip": stored(blobs, shown)})
        request = ClipInspection(board=BOARD, description=DESCRIPTION, clip=clip, scores=())
        return anyio.run(inspector.inspect, request) is not None

    planted = {one.name: one.plant(moving, np.random.default_rng(0)) for one in MOVING_DEFECTS}
    assert not finds(frames)
    for name in ("frozen", "stutter"):
        case = planted[name]
        assert case is not None and finds(case.frames), name
