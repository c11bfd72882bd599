"""Where a clip's face is: as the painter says, else found, in the clip's own px."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from personavlog.backbones.roles import EditResult
from personavlog.feedback.measures import face_in
from personavlog.media import Clip
from personavlog.runs.blobs import Blobs
from personavlog.scene import SceneRecord

SCENE = SceneRecord(
    place="lake",
    asked_place="lake",
    place_similarity=1.0,
    time_of_day="morning",
    weather="clear",
    framing="medium",
    style="plain",
)
CLIP = Clip(digest="0" * 64, size=1, width=320, height=180, fps=16, frames=17)


def keyframe(blobs: Blobs, scene: SceneRecord | None) -> EditResult:
    image = blobs.put_image(np.full((360, 640, 3), 90, np.uint8))
    return EditResult(image=image, prompt="", scene=scene)


@pytest.mark.usefixtures("one_face")
def test_without_a_record_the_face_is_found_and_scaled_to_the_clip(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    found = face_in(keyframe(blobs, None), CLIP, blobs)
    assert found == pytest.approx((115, 45, 205, 135))


def test_what_the_painter_says_is_believed_also_that_no_face_is_seen(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    seen = SCENE.model_copy(update={"face_box": (100.0, 50.0, 200.0, 150.0)})
    assert face_in(keyframe(blobs, seen), CLIP, blobs) == pytest.approx((50, 25, 100, 75))
    assert face_in(keyframe(blobs, SCENE), CLIP, blobs) is None
