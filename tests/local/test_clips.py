"""Clips by the real pipelines: exact size, frames and rate, the same seed the same bytes."""

from __future__ import annotations

import numpy as np
import pytest

from personavlog.backbones.local.pool import POOL
from personavlog.backbones.tools import Tools
from personavlog.errors import ConfigurationError
from personavlog.media.decode import frames
from personavlog.runs.blobs import Blobs
from tests.local.asked import HEIGHT, WIDTH, animator, clip, edit, painter
from tests.local.conftest import Tiny

pytestmark = pytest.mark.anyio
FAMILIES = {"wan21": 16, "wan22_a14b": 16, "wan22_ti2v5b": 24, "ltx2": 24, "hunyuan_video": 24}


@pytest.mark.parametrize(("family", "fps"), FAMILIES.items())
async def test_a_clip_has_the_asked_size_length_and_rate_and_equal_seeds_give_equal_bytes(
    tiny: Tiny, blobs: Blobs, tools: Tools, family: str, fps: int
) -> None:
    backbone = animator(tiny(family))
    await backbone.open()
    asked = clip(blobs, backbone)
    made = await backbone.animate(asked, tools)
    assert (made.clip.width, made.clip.height, made.clip.frames, made.clip.fps) == (WIDTH, HEIGHT, 9, fps)
    decoded = list(frames(blobs.path(made.clip), made.clip))
    assert len(decoded) == 9 and decoded[0].shape == (HEIGHT, WIDTH, 3)
    assert made.receipt.money == 0.0 and made.receipt.model == backbone.fingerprint
    assert (await backbone.animate(asked, tools)).clip == made.clip
    assert (await backbone.animate(clip(blobs, backbone, seed=8), tools)).clip != made.clip


async def test_every_part_has_its_own_precision(tiny: Tiny, blobs: Blobs, tools: Tools) -> None:
    import torch

    backbone = animator(tiny("wan21"), dtype={"default": "bfloat16", "vae": "float32", "image_encoder": "float32"})
    await backbone.animate(clip(blobs, backbone, frames=5), tools)
    (loaded,) = POOL._loaded.values()
    assert (loaded.model.transformer.dtype, loaded.model.vae.dtype) == (torch.bfloat16, torch.float32)


async def test_a_length_between_two_is_cut_to_what_was_asked(tiny: Tiny, blobs: Blobs, tools: Tools) -> None:
    backbone = animator(tiny("wan21"), steps=1)
    made = await backbone.animate(clip(blobs, backbone, frames=10), tools)
    assert made.clip.frames == 10, "13 were made, since Wan makes 4k + 1"


def test_the_keyframe_is_cut_and_never_stretched() -> None:
    from personavlog.backbones.local.video import _fitted

    wide = np.zeros((100, 400, 3), np.uint8)
    wide[:, 140:260] = 255
    fitted = np.asarray(_fitted(wide, 64, 64))
    assert fitted.shape == (64, 64, 3) and fitted.min() > 250, "its middle"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"width": 100}, "makes no 100x64 px"),
        ({"fps": 24}, "at 16 frames a second, not .* at 24"),
        ({"duration": 9.0}, "at most 5.06 s"),
    ],
)
async def test_what_the_model_does_not_make_is_refused_before_it_is_loaded(
    tiny: Tiny, blobs: Blobs, tools: Tools, changes: dict[str, object], said: str
) -> None:
    backbone = animator(tiny("wan21"))
    with pytest.raises(ConfigurationError, match=said):
        await backbone.animate(clip(blobs, backbone, **changes), tools)


def test_a_folder_is_known_by_its_own_description(tiny: Tiny) -> None:
    rates = {family: animator(tiny(family)).capabilities.fps for family in FAMILIES}
    assert rates == FAMILIES
    assert animator(tiny("wan22_a14b"), steps=None).pace != animator(tiny("wan21"), steps=None).pace
    assert animator(tiny("ltx2")).capabilities.native_audio
    assert animator(tiny("wan21")).capabilities.licence.name == "unknown"
    assert animator(tiny("wan21"), like="wan2.1-i2v-14b-720p").capabilities.licence.name == "Apache-2.0"


async def test_a_picture_and_a_clip_share_the_device(tiny: Tiny, blobs: Blobs, tools: Tools) -> None:
    """Both roles at once: one works at a time, and neither hinders the other."""
    import anyio

    images, clips = painter(tiny("flux_kontext"), steps=1), animator(tiny("wan21"), steps=1)
    done: list[str] = []

    async def paint() -> None:
        await images.edit(edit(blobs), tools)
        done.append("picture")

    async def move() -> None:
        await clips.animate(clip(blobs, clips), tools)
        done.append("clip")

    async with anyio.create_task_group() as group:
        for work in (paint, move, paint, move):
            group.start_soon(work)
    assert sorted(done) == ["clip", "clip", "picture", "picture"]
