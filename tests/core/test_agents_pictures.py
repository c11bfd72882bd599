"""Pictures and scores as inspectors get them: no larger than is billed, and with what each number means."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
import numpy as np
import pytest
from pydantic_ai.messages import ModelRequest, UserPromptPart

from personavlog.agents.pictures import LONGEST, fitted, kept_picture, picture
from personavlog.agents.scores import meanings, told
from personavlog.agents.transcript import Transcript
from personavlog.media import Image
from personavlog.metrics import camera, clip, identity
from personavlog.metrics.score import Score
from personavlog.runs.blobs import Blobs

SOURCE = Path(__file__).parents[2] / "src" / "personavlog"


@pytest.mark.parametrize(
    ("size", "longest", "wanted"),
    [
        ((1280, 720), 1024, (1024, 576)),
        ((720, 1280), 1024, (576, 1024)),
        ((1024, 1024), 1024, (1024, 1024)),
        ((64, 48), 1024, (64, 48)),
        ((10000, 1), 768, (768, 1)),
        ((1, 1), 1, (1, 1)),
    ],
)
def test_a_picture_is_made_smaller_in_its_shape_and_never_larger(
    size: tuple[int, int], longest: int, wanted: tuple[int, int]
) -> None:
    assert fitted(*size, longest) == wanted


def stored(blobs: Blobs, width: int, height: int) -> Image:
    noise = np.random.default_rng(4).integers(0, 255, (height, width, 3), np.uint8)
    return blobs.put_image(cv2.GaussianBlur(noise, (0, 0), 3))


def test_a_large_picture_is_shown_smaller_and_stays_as_it_is(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    image = stored(blobs, 1280, 720)
    before = blobs.get(image)
    shown = picture(blobs, image)
    seen = cv2.imdecode(np.frombuffer(shown.data, np.uint8), cv2.IMREAD_COLOR)
    assert seen is not None and seen.shape == (576, LONGEST, 3) and shown.media_type == "image/jpeg"
    small = cv2.resize(blobs.pixels(image), (LONGEST, 576), interpolation=cv2.INTER_AREA)
    assert float(np.abs(seen[..., ::-1].astype(float) - small).mean()) < 3, "the same picture, in the same colours"
    assert blobs.get(image) == before and len(shown.data) < len(before)
    assert [path.name for path in tmp_path.glob("??/*")] == [image.digest], "nothing is stored for showing it"


def test_a_small_picture_is_shown_byte_for_byte(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    image = stored(blobs, LONGEST, 64)
    assert picture(blobs, image).data == blobs.get(image)


def test_a_picture_in_a_history_is_read_back(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    said = [ModelRequest(parts=[UserPromptPart(content=["Look.", kept_picture(blobs, stored(blobs, 1600, 900))])])]
    assert Transcript.of(Transcript.of(said).read(blobs)) == Transcript.of(said)


def test_a_score_is_told_with_its_meaning_and_where_it_is_sound() -> None:
    given = (
        Score(name=identity.NAME, value=0.61234, tolerance=0.04, enough=identity.ENOUGH),
        Score(name=camera.NAME, value=None, note="one frame"),
        Score(name="somebody.elses", value=0.5, note="their own"),
    )
    known, floored, foreign = told(given)
    assert (known.value, known.sound_from, known.noise) == (0.6123, identity.ENOUGH, 0.04) and "person" in known.means
    assert (floored.value, floored.sound_from, floored.note) == (None, camera.FLOOR, "one frame")
    assert (foreign.means, foreign.sound_from, foreign.note) == ("", None, "their own")


def test_every_score_that_is_compared_has_a_meaning() -> None:
    """The names as they stand in the code that measures: keyframes' and clips', ours and the published ones."""
    files = [
        *SOURCE.glob("metrics/*.py"),
        *SOURCE.glob("metrics/person/*.py"),
        SOURCE / "feedback/published_measures.py",
    ]
    named = {
        name
        for file in files
        for name in re.findall(r'"((?:proxy|clip|vbench|raft)\.\w+|dynamic_radius)"', file.read_text())
    }
    of_whole_films = {"proxy.pose_variety", "proxy.style_distance", "proxy.style_spread"}
    assert named - of_whole_films == set(meanings()) and set(clip.ENOUGH) <= named
