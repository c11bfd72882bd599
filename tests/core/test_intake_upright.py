"""Photos that lie on their side, that are of a kind that is not read, and that are read in several threads."""

from __future__ import annotations

import io
import struct
import threading
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from PIL import features

from personavlog.errors import BriefError, MediaError
from personavlog.intake.upright import Detect, upright
from personavlog.media import picture
from personavlog.media.arrays import Pixels
from personavlog.media.file import looks_like
from personavlog.media.picture import ORIENTATION, Picture, decode


@dataclass(frozen=True)
class Seen:
    """A face whose landmarks are steady where they are said to be."""

    box: tuple[float, float, float, float]
    score: float
    tilt: float = 0.0
    unsteady: float = 0.01

    def drift(self, rgb: Pixels) -> float:
        return self.unsteady


def photo() -> Pixels:
    """Taller than wide, bright at the top: how it stands is seen."""
    return np.repeat(np.linspace(250, 20, 120, dtype=np.uint8)[:, None, None], 80, axis=1).repeat(3, axis=2)


def lain(turns: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(photo(), turns))


def detector(*standing: Seen, lying: Sequence[Seen] = (), on_its_head: Sequence[Seen] = ()) -> Detect:
    """Sees these faces where the bright side is up, and others where it is aside or below."""

    def detect(rgb: Pixels) -> Sequence[Seen]:
        if rgb.shape[0] < rgb.shape[1]:
            return lying
        return standing if rgb[0, 0, 0] > rgb[-1, 0, 0] else on_its_head

    return detect


BOX = (10.0, 10.0, 40.0, 40.0)
SURE, UNSURE, GUESSED = Seen(BOX, 0.94), Seen(BOX, 0.75), Seen(BOX, 0.9, unsteady=0.08)


@pytest.mark.parametrize("guesses", [[], [GUESSED]], ids=["unseen as it lies", "a guess as it lies"])
@pytest.mark.parametrize("standing", [SURE, UNSURE], ids=["sure", "unsure"])
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_photo_that_lies_is_turned_and_that_is_said(turns: int, standing: Seen, guesses: list[Seen]) -> None:
    detect = detector(standing, lying=guesses, on_its_head=guesses)
    given = Picture(lain(turns), lain(turns)[..., 0])
    turned, faces = upright(given, detect, "The photo 'me.jpg'")
    assert np.array_equal(turned.rgb, photo()) and faces == (standing,)
    assert turned.alpha is not None and np.array_equal(turned.alpha, photo()[..., 0])
    assert [("turned" in note) for note in turned.notes] == ([True] if turns else [])
    assert np.array_equal(given.rgb, lain(turns)), "what was handed over stays as it was"


@pytest.mark.parametrize("standing", [SURE, UNSURE], ids=["sure", "unsure"])
def test_a_face_that_is_trusted_as_it_is_costs_one_look(standing: Seen) -> None:
    looks: list[Pixels] = []

    def detect(rgb: Pixels) -> Sequence[Seen]:
        looks.append(rgb)
        return [standing]

    assert upright(Picture(photo()), detect, "x")[0].notes == [] and len(looks) == 1


def test_without_a_steady_face_the_photo_stays_as_it_lies() -> None:
    for turns in range(4):
        assert np.array_equal(upright(Picture(lain(turns)), detector(), "x")[0].rgb, lain(turns))
        guesses = detector(GUESSED, lying=[GUESSED], on_its_head=[GUESSED])
        kept, _ = upright(Picture(lain(turns)), guesses, "x")
        assert np.array_equal(kept.rgb, lain(turns)) and "as it lies" in kept.notes[0]
    animal = upright(Picture(lain(1)), detector(GUESSED), "x")[0]
    assert np.array_equal(animal.rgb, lain(1)) and animal.notes == [], "a guess elsewhere is no face"


def test_faces_that_stand_in_two_positions_are_refused() -> None:
    with pytest.raises(BriefError, match=r"The photo 'me.jpg' .*more than one position. Turn it upright"):
        upright(Picture(lain(1)), detector(UNSURE, on_its_head=[UNSURE]), "The photo 'me.jpg'")


def test_a_leaning_face_is_mentioned_and_a_lying_one_refused() -> None:
    assert "leans by 40 degrees" in upright(Picture(photo()), detector(Seen(BOX, 0.94, 40)), "x")[0].notes[0]
    with pytest.raises(BriefError, match="Turn it upright"):
        upright(Picture(photo()), detector(Seen(BOX, 0.94, 80)), "The photo 'me.jpg'")


def encoded(form: str) -> bytes:
    buffer = io.BytesIO()
    PIL.Image.fromarray(photo()).save(buffer, form)
    return buffer.getvalue()


needs_avif = pytest.mark.skipif(not features.check("avif"), reason="this Pillow was built without AVIF")


@needs_avif
@pytest.mark.parametrize("orientation", range(1, 9))
def test_avif_is_read_and_its_orientation_followed(orientation: int) -> None:
    pictures = []
    for form in ("AVIF", "PNG"):
        exif, buffer = PIL.Image.Exif(), io.BytesIO()
        exif[ORIENTATION] = orientation
        PIL.Image.fromarray(photo()).save(buffer, form, exif=exif)
        pictures.append(decode(buffer.getvalue(), "x").rgb.astype(int))
    assert pictures[0].shape == pictures[1].shape and np.abs(pictures[0] - pictures[1]).mean() < 4


@needs_avif
def test_an_avif_picture_of_too_many_pixels_is_not_unpacked() -> None:
    buffer = io.BytesIO()
    PIL.Image.new("L", (7000, 6000)).save(buffer, "AVIF", speed=10)
    with pytest.raises(MediaError, match="7000 x 6000 px; at most 40 million"):
        decode(buffer.getvalue(), "x")


def test_a_pillow_without_avif_says_which_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "FORMATS", tuple(form for form in picture.FORMATS if form != "AVIF"))
    with pytest.raises(MediaError, match="an AVIF picture, which the installed Pillow does not read") as raised:
        decode(box(b"avif", b"mif1"), "x")
    assert "damaged" not in str(raised.value)


def box(brand: bytes, *compatible: bytes, length: int | None = None) -> bytes:
    """A file that begins as all in ISO's container do; ``length`` is what it says of the first box."""
    body = b"ftyp" + brand + bytes(4) + b"".join(compatible)
    return struct.pack(">I", len(body) + 4 if length is None else length) + body + bytes(100)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (box(b"heic", b"mif1"), "a HEIC picture"),
        (box(b"mif1", b"miaf", b"heix"), "a HEIC picture"),
        (box(b"mif2", b"hevc"), "a HEIC picture"),
        (box(b"heic", length=0), "a HEIC picture"),
        (box(b"mif1", b"avif"), "an AVIF picture"),
        (box(b"avis", b"msf1"), "an AVIF picture"),
        (box(b"mif1", b"avif", length=2**32 - 1), "an AVIF picture"),
        (box(b"mif1"), "a HEIF picture"),
        (box(b"avci", b"mif1"), "a HEIF picture"),
        (box(b"crx ", b"isom"), "a camera raw picture"),
        (box(b"isom", b"mp42"), "an MP4 or MOV video"),
        (box(b"qt  "), "an MP4 or MOV video"),
    ],
)
def test_the_kind_is_read_from_the_brands_and_not_from_the_name(data: bytes, kind: str) -> None:
    assert looks_like(data) == kind
    if "HEI" in kind and "HEIF" not in picture.FORMATS:
        with pytest.raises(BriefError, match=f"The photo 'me.jpg' is {kind}.*read are PNG, JPEG.*heif-convert") as said:
            decode(data, "The photo 'me.jpg'")
        assert "damaged" not in str(said.value)


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
