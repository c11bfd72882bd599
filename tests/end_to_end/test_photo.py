"""A real photo is read with the real face network."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import PIL.Image
import pytest

from personavlog.errors import BriefError
from personavlog.intake import read_photo
from personavlog.media.arrays import Pixels
from personavlog.media.picture import ORIENTATION
from personavlog.metrics.face import detect
from personavlog.runs.blobs import Blobs
from tests.shared.command_line import PORTRAIT

pytestmark = pytest.mark.weights


def test_real_faces_are_found_in_a_real_photo(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs")
    one = read_photo(PORTRAIT, blobs)
    assert (one.face, one.faces) == (0, 1)
    pixels = blobs.pixels(one.image)
    place = tmp_path / "two.png"
    PIL.Image.fromarray(np.hstack([pixels, pixels[:, ::-1]])).save(place)
    with pytest.raises(BriefError, match="shows 2 faces"):
        read_photo(place, blobs)
    assert read_photo(place, blobs, face=2).face == 1


def kinds() -> dict[str, Pixels]:
    """The portrait as people's photos are: small, dark, hazy, gray, soft, drawn, far away, or with the head leaning."""
    whole = np.asarray(PIL.Image.open(PORTRAIT).convert("RGB").resize((640, 640)), np.uint8)
    far = np.full((1200, 1600, 3), (120, 150, 110), np.uint8)
    far[500:612, 900:1012] = cv2.resize(whole, (112, 112), interpolation=cv2.INTER_AREA)
    leaning = cv2.getRotationMatrix2D((320, 320), 25, 1)
    return {
        "plain": whole,
        "96 px": np.asarray(cv2.resize(whole, (96, 96), interpolation=cv2.INTER_AREA), np.uint8),
        "dark": np.asarray(whole * 0.18, np.uint8),
        "hazy": np.asarray(whole * 0.35 + 150, np.uint8),
        "gray": np.repeat(cv2.cvtColor(whole, cv2.COLOR_RGB2GRAY)[:, :, None], 3, axis=2),
        "soft": np.asarray(cv2.GaussianBlur(whole, (0, 0), 3), np.uint8),
        "drawn": np.asarray(cv2.stylization(whole, sigma_s=60, sigma_r=0.45), np.uint8),
        "far": far,
        "leaning": np.asarray(cv2.warpAffine(whole, leaning, (640, 640), borderMode=cv2.BORDER_REPLICATE), np.uint8),
    }


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_photo_that_lies_gives_the_same_face_and_the_file_stays(kind: str, tmp_path: Path) -> None:
    blobs, standing, place = Blobs(tmp_path / "blobs"), kinds()[kind], tmp_path / "me.png"
    boxes = []
    for turns in range(4):
        PIL.Image.fromarray(np.rot90(standing, turns)).save(place)
        before = place.read_bytes()
        photo = read_photo(place, blobs)
        pixels = blobs.pixels(photo.image)
        assert np.array_equal(pixels, standing) and place.read_bytes() == before
        assert any("turned" in note for note in photo.notes) == (turns > 0)
        boxes += [face.box for face in detect(pixels)]
    assert np.allclose(boxes, boxes[0], atol=0.5) and len(boxes) == 4


def test_orientation_in_the_metadata_is_followed_first(tmp_path: Path) -> None:
    """Each of Exif's eight orientations, the mirrored ones among them."""
    blobs, standing, place = Blobs(tmp_path / "blobs"), kinds()["plain"], tmp_path / "me.png"
    stored = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    for orientation, lying in stored.items():
        exif, picture = PIL.Image.Exif(), PIL.Image.fromarray(standing)
        exif[ORIENTATION] = orientation
        (picture if lying is None else picture.transpose(PIL.Image.Transpose(lying))).save(place, exif=exif)
        photo = read_photo(place, blobs)
        assert np.array_equal(blobs.pixels(photo.image), standing) and photo.notes == ()


def test_a_face_whose_metadata_lie_is_turned(tmp_path: Path) -> None:
    blobs, standing, place = Blobs(tmp_path / "blobs"), kinds()["plain"], tmp_path / "me.png"
    exif = PIL.Image.Exif()
    exif[ORIENTATION] = 6
    PIL.Image.fromarray(standing).save(place, exif=exif)
    photo = read_photo(place, blobs)
    assert np.array_equal(blobs.pixels(photo.image), standing) and "turned" in photo.notes[0]


@pytest.mark.parametrize("turns", range(4))
def test_what_has_no_face_stays_as_it_is(turns: int, tmp_path: Path) -> None:
    drawing = np.full((300, 420, 3), (120, 180, 90), np.uint8)
    cv2.ellipse(drawing, (200, 170), (110, 70), 0, 0, 360, (150, 100, 60), -1)
    cv2.circle(drawing, (310, 110), 45, (150, 100, 60), -1)
    cv2.circle(drawing, (322, 100), 6, (20, 20, 20), -1)
    lying, place = np.ascontiguousarray(np.rot90(drawing, turns)), tmp_path / "dog.png"
    PIL.Image.fromarray(lying).save(place)
    blobs = Blobs(tmp_path / "blobs")
    photo = read_photo(place, blobs)
    assert photo.face is None and np.array_equal(blobs.pixels(photo.image), lying)
    assert not any("turned" in note for note in photo.notes)
