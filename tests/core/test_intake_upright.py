"""Photos that lie on their side, that are of a kind that is not read, and that are read in several threads."""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from PIL import features

from personavlog.errors import BriefError, MediaError
from personavlog.intake.upright import upright
from personavlog.media.arrays import Pixels
from personavlog.media.picture import Picture, decode


@dataclass(frozen=True)
class Seen:
    box: tuple[float, float, float, float]
    score: float
    tilt: float = 0.0


def photo() -> Pixels:
    """Taller than wide, bright at the top: how it stands is seen."""
    return np.repeat(np.linspace(250, 20, 120, dtype=np.uint8)[:, None, None], 80, axis=1).repeat(3, axis=2)


def detector(upright_score: float, other: float, tilt: float = 0.0) -> Callable[[Pixels], Sequence[Seen]]:
    """Sure of a face where the bright side is up, less sure elsewhere, as the real one; 0 sees none."""

    def detect(rgb: Pixels) -> Sequence[Seen]:
        standing = rgb.shape[0] > rgb.shape[1] and rgb[0, 0, 0] > rgb[-1, 0, 0]
        score = upright_score if standing else other
        return [Seen((10, 10, 40, 40), score, tilt if standing else 9.0)] if score else []

    return detect


@pytest.mark.parametrize("other", [0.69, 0.88, 0.0])
@pytest.mark.parametrize("lying", [0, 1, 2, 3])
def test_a_photo_that_lies_is_turned_and_that_is_said(lying: int, other: float) -> None:
    picture = Picture(np.ascontiguousarray(np.rot90(photo(), lying)), np.rot90(photo()[..., 0], lying))
    turned, faces = upright(picture, detector(0.94, other), "The photo 'me.jpg'")
    assert np.array_equal(turned.rgb, photo()) and len(faces) == 1
    assert turned.alpha is not None and turned.alpha.shape == (120, 80)
    assert [("turned" in note) for note in turned.notes] == ([True] if lying else [])


def test_a_photo_without_a_certain_face_stays_as_it_lies() -> None:
    lying = np.ascontiguousarray(np.rot90(photo()))
    for detect in (detector(0.0, 0.0), detector(0.85, 0.0), detector(0.71, 0.7)):
        assert upright(Picture(lying), detect, "x")[0].rgb.shape == (80, 120, 3)


def test_a_leaning_face_is_mentioned_and_a_lying_one_refused() -> None:
    assert "leans by 40 degrees" in upright(Picture(photo()), detector(0.94, 0.7, 40), "x")[0].notes[0]
    with pytest.raises(BriefError, match="Turn it upright"):
        upright(Picture(photo()), detector(0.94, 0.7, 80), "The photo 'me.jpg'")


def encoded(form: str) -> bytes:
    buffer = io.BytesIO()
    PIL.Image.fromarray(photo()).save(buffer, form)
    return buffer.getvalue()


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow was built without AVIF")
def test_avif_is_read() -> None:
    assert np.abs(decode(encoded("AVIF"), "x").rgb.astype(int) - photo()).mean() < 4


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (encoded("JPEG2000"), "JPEG 2000"),
        (encoded("ICO"), "an icon"),
        (b"8BPS" + bytes(100), "a Photoshop drawing"),
        (b"\xff\x0a" + bytes(100), "JPEG XL"),
        (b"II*\x00" + b"\x08\x00\x00\x00\xff\xff" + bytes(90), "a camera raw picture or damaged"),
    ],
)
def test_what_is_only_not_read_is_not_called_damaged(data: bytes, kind: str) -> None:
    with pytest.raises(MediaError, match=kind) as raised:
        decode(data, "The photo 'me'")
    assert "is damaged" not in str(raised.value) and "as JPEG" in str(raised.value)
    with pytest.raises(MediaError, match="is damaged, though it begins like a PNG"):
        decode(b"\x89PNG\r\n\x1a\n" + bytes(50), "The photo 'me'")


def test_reading_a_photo_leaves_the_warnings_of_other_threads_alone(tmp_path: Path) -> None:
    before, data = list(warnings.filters), encoded("PNG")
    threads = [threading.Thread(target=decode, args=(data, "x")) for _ in range(8)]
    seen: list[bool] = []
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        seen.append(list(warnings.filters) == before)
    assert all(seen) and list(warnings.filters) == before
