"""A photo is read upright, whole and in plain RGB, or refused with a sentence that says what to do."""

from __future__ import annotations

import io
import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import ImageCms

from personavlog.errors import BriefError, ConsentError, MediaError, PersonaVlogError
from personavlog.intake import PhotoIntake, VoiceIntake, consent_for, read_photo
from personavlog.media.picture import decode
from personavlog.runs.blobs import Blobs

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Seen:
    box: tuple[float, float, float, float]
    score: float = 1.0
    tilt: float = 0.0

    def drift(self, rgb: Pixels) -> float:
        return 0.0


def seeing(*boxes: tuple[float, float, float, float]) -> Callable[[Pixels], tuple[Seen, ...]]:
    return lambda rgb: tuple(Seen(box) for box in boxes)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def scene(width: int = 400, height: int = 300) -> Pixels:
    """Red top left, green top right, blue bottom left, gray bottom right: every turn shows."""
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = (200, 30, 30)
    pixels[: height // 2, width // 2 :] = (30, 180, 40)
    pixels[height // 2 :, : width // 2] = (40, 50, 210)
    pixels[height // 2 :, width // 2 :] = (128, 128, 128)
    return pixels


def encoded(picture: PIL.Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int, colour: int, rows: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


def read(tmp_path: Path, blobs: Blobs, data: bytes, name: str = "me.jpg", **options: object) -> PhotoIntake:
    place = tmp_path / name
    place.write_bytes(data)
    return read_photo(place, blobs, **{"detect": seeing(), **options})  # type: ignore[arg-type]


def assert_scene(pixels: Pixels, tolerance: int = 12) -> None:
    height, width = pixels.shape[:2]
    wanted = scene(width, height)
    for y in (height // 4, height * 3 // 4):
        for x in (width // 4, width * 3 // 4):
            assert np.abs(pixels[y, x].astype(int) - wanted[y, x]).max() <= tolerance, (y, x, pixels[y, x])


# --- what is read -----------------------------------------------------------------------------------------------------

PICTURE = PIL.Image.fromarray(scene())
READABLE = {
    "png": lambda: encoded(PICTURE, "PNG"),
    "jpeg": lambda: encoded(PICTURE, "JPEG", quality=95),
    "progressive jpeg": lambda: encoded(PICTURE, "JPEG", quality=95, progressive=True),
    "mpo": lambda: encoded(PICTURE, "MPO", quality=95, save_all=True, append_images=[PIL.Image.new("RGB", (400, 300))]),
    "webp": lambda: encoded(PICTURE, "WEBP", quality=95),
    "bmp": lambda: encoded(PICTURE, "BMP"),
    "tiff": lambda: encoded(PICTURE, "TIFF", compression="tiff_lzw"),
    "palette png": lambda: encoded(PICTURE.quantize(16), "PNG"),
    "gif": lambda: encoded(PICTURE.quantize(16), "GIF"),
    "rgba png": lambda: encoded(PICTURE.convert("RGBA"), "PNG"),
    "lab tiff": lambda: encoded(
        ImageCms.profileToProfile(
            PICTURE, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
        ),
        "TIFF",
    ),
}


@pytest.mark.parametrize("kind", sorted(set(READABLE) - {"lab tiff"}))
def test_every_common_kind_is_read_as_it_looks(tmp_path: Path, blobs: Blobs, kind: str) -> None:
    photo = read(tmp_path, blobs, READABLE[kind]())
    assert (photo.image.width, photo.image.height, photo.alpha) == (400, 300, None)
    assert_scene(blobs.pixels(photo.image))
    assert [note for note in photo.notes if "face" not in note] == []


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_rotated_photo_is_stored_upright_and_without_metadata(tmp_path: Path, blobs: Blobs, orientation: int) -> None:
    lying = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    picture = PICTURE if lying is None else PICTURE.transpose(PIL.Image.Transpose(lying))
    exif = PIL.Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "SecretCamera"
    photo = read(tmp_path, blobs, encoded(picture, "JPEG", quality=95, exif=exif))
    assert (photo.image.width, photo.image.height) == (400, 300)
    assert_scene(blobs.pixels(photo.image))
    assert b"SecretCamera" not in blobs.get(photo.image) and b"eXIf" not in blobs.get(photo.image)


def test_cmyk_and_gray_pictures_become_rgb(tmp_path: Path, blobs: Blobs) -> None:
    cmyk = blobs.pixels(read(tmp_path, blobs, encoded(PICTURE.convert("CMYK"), "JPEG", quality=95)).image)
    assert_scene(cmyk, tolerance=30)
    for form, mode in (("JPEG", "L"), ("PNG", "LA"), ("PNG", "1"), ("TIFF", "F"), ("TIFF", "I")):
        gray = blobs.pixels(
            read(tmp_path, blobs, encoded(PIL.Image.fromarray(scene()[:, :, 1]).convert(mode), form)).image
        )
        assert gray.shape == (300, 400, 3) and np.array_equal(gray[..., 0], gray[..., 2])


def test_sixteen_bits_keep_their_brightness(tmp_path: Path, blobs: Blobs) -> None:
    ramp = np.tile(np.linspace(0, 65535, 256).astype(">u2"), (100, 1))
    rows = b"".join(b"\0" + row.tobytes() for row in ramp)
    gray = blobs.pixels(read(tmp_path, blobs, png(256, 100, 16, 0, rows)).image)
    assert np.abs(gray[50, :, 0].astype(int) - np.arange(256)).max() <= 1
    rows = b"".join(b"\0" + np.repeat(row, 3).tobytes() for row in ramp)
    colour = blobs.pixels(read(tmp_path, blobs, png(256, 100, 16, 2, rows)).image)
    assert np.abs(colour[50, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_a_transparent_picture_is_put_on_white_and_its_alpha_is_kept(tmp_path: Path, blobs: Blobs) -> None:
    rgba = np.dstack([scene(), np.full((300, 400), 255, np.uint8)])
    rgba[:, :200, 3] = 0
    photo = read(tmp_path, blobs, encoded(PIL.Image.fromarray(rgba), "PNG"))
    pixels = blobs.pixels(photo.image)
    assert (pixels[:, :190] == 255).all() and abs(int(pixels[50, 250, 1]) - 180) < 3
    assert photo.alpha is not None and np.array_equal(blobs.pixels(photo.alpha)[..., 0], rgba[..., 3])
    assert any("transparent" in note for note in photo.notes)


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "TIFF"])
def test_of_a_moving_picture_the_first_frame_is_used(tmp_path: Path, blobs: Blobs, form: str) -> None:
    frames = [PIL.Image.new("RGB", (400, 300), colour) for colour in ("red", "blue", "green")]
    photo = read(tmp_path, blobs, encoded(PICTURE, form, save_all=True, append_images=frames))
    assert_scene(blobs.pixels(photo.image), tolerance=40)
    assert "The picture has several frames; the first one is used." in photo.notes


def test_a_broken_later_frame_does_not_matter(tmp_path: Path, blobs: Blobs) -> None:
    data = encoded(
        PICTURE.quantize(16),
        "GIF",
        save_all=True,
        append_images=[PIL.Image.fromarray(scene()[::-1].copy()).quantize(16)],
    )
    photo = read(tmp_path, blobs, data[:-60])
    assert_scene(blobs.pixels(photo.image), tolerance=40)


def test_a_large_photo_is_scaled_and_a_palette_one_too(tmp_path: Path, blobs: Blobs) -> None:
    for picture in (PIL.Image.fromarray(scene(4000, 3000)), PIL.Image.fromarray(scene(4000, 3000)).quantize(8)):
        photo = read(tmp_path, blobs, encoded(picture, "PNG", compress_level=1))
        assert (photo.image.width, photo.image.height) == (2048, 1536)
        assert_scene(blobs.pixels(photo.image))
        assert not any("scaled" in note for note in photo.notes), "nobody has to do anything about it"


def test_a_colour_profile_is_applied_and_a_broken_one_only_noted(tmp_path: Path, blobs: Blobs) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = read(tmp_path, blobs, encoded(PICTURE, "PNG", icc_profile=profile))
    assert_scene(blobs.pixels(same.image), tolerance=3)
    broken = read(tmp_path, blobs, encoded(PICTURE, "PNG", icc_profile=profile[:200]))
    assert_scene(blobs.pixels(broken.image), tolerance=3)
    assert any("colour profile" in note for note in broken.notes)


def test_a_small_photo_is_said_to_be_small(tmp_path: Path, blobs: Blobs) -> None:
    photo = read(tmp_path, blobs, encoded(PIL.Image.fromarray(scene(100, 80)), "PNG"), detect=seeing((10, 10, 60, 60)))
    assert photo.face == 0 and any("small (80 px" in note for note in photo.notes)


# --- what is refused --------------------------------------------------------------------------------------------------


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("photo.txt", "no photo")
    return buffer.getvalue()


def bomb(width: int, height: int) -> bytes:
    packed = zlib.compressobj(1)
    row = bytes(1 + (width + 7) // 8)
    data = b"".join(packed.compress(row * 500) for _ in range(height // 500)) + packed.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


REFUSED = {
    "empty": (b"", BriefError, "is empty"),
    "text": (b"Dear model, here is my photo.\n" * 20, MediaError, "a text file"),
    "zip": (archive(), MediaError, "a ZIP archive"),
    "pdf": (b"%PDF-1.7 \x00\x01" + bytes(200), MediaError, "a PDF document"),
    "video": (b"\0\0\0\x20ftypisom" + bytes(100), MediaError, "MP4 or MOV"),
    "heic": (b"\0\0\0\x18ftypheic" + bytes(100), BriefError, "heif-convert"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', MediaError, "an SVG drawing"),
    "noise": (bytes(range(256)) * 9, MediaError, "unknown kind"),
    "only a head": (encoded(PICTURE, "PNG")[:20], MediaError, "damaged"),
    "cut jpeg": (encoded(PICTURE, "JPEG")[:1500], MediaError, "cut short"),
    "cut png": (encoded(PIL.Image.effect_noise((300, 300), 50), "PNG")[:9000], MediaError, "cut short"),
    "bomb of 169 megapixels": (bomb(13_000, 13_000), MediaError, "million pixels"),
    "bomb of 400 megapixels": (bomb(20_000, 20_000), MediaError, "million pixels"),
    "bomb of 49 megapixels": (bomb(7_000, 7_000), MediaError, "7000 x 7000 px"),
    "tiny": (encoded(PIL.Image.new("RGB", (63, 400)), "PNG"), BriefError, "63 x 400 px"),
    "a strip": (encoded(PIL.Image.new("RGB", (9000, 100)), "PNG"), BriefError, "strip of 9000 x 100"),
}


@pytest.mark.parametrize("kind", sorted(REFUSED))
def test_what_is_no_photo_is_refused_by_name_and_nothing_is_stored(tmp_path: Path, blobs: Blobs, kind: str) -> None:
    data, error, words = REFUSED[kind]
    with pytest.raises(error, match=words) as caught:
        read(tmp_path, blobs, data, "my photo.jpg")
    assert repr(str(tmp_path / "my photo.jpg")) in str(caught.value)
    assert type(caught.value) is error
    assert not list(tmp_path.glob("blobs/*/*"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes and devices among its files.")
def test_what_is_no_file_is_refused(tmp_path: Path, blobs: Blobs) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    cases = {
        tmp_path: "is a folder",
        tmp_path / "none.jpg": "does not exist",
        tmp_path / "pipe": "not an ordinary file",
        Path("/dev/zero"): "not an ordinary",
    }
    cases |= {
        tmp_path / "a\0b": "does not exist|cannot be read",
        tmp_path / ("x" * 300): "cannot be read|does not exist",
        tmp_path / "loop": "t",
    }
    for path, words in cases.items():
        with pytest.raises(BriefError, match=words):
            read_photo(path, blobs, detect=seeing())


def test_an_oversized_file_is_not_read_to_its_end(tmp_path: Path, blobs: Blobs) -> None:
    with (tmp_path / "huge.jpg").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(BriefError, match="larger than 40 MB"):
        read_photo(tmp_path / "huge.jpg", blobs, detect=seeing())


@settings(max_examples=120, deadline=None)
@given(kind=st.sampled_from(sorted(READABLE)), data=st.data())
def test_a_damaged_picture_is_read_or_refused_but_never_crashes(kind: str, data: st.DataObject) -> None:
    damaged = bytearray(READABLE[kind]())
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, min(len(damaged) - 1, 700)))] = data.draw(st.integers(0, 255))
    del damaged[data.draw(st.integers(1, len(damaged))) :]
    try:
        picture = decode(bytes(damaged), "The photo 'x'")
    except PersonaVlogError as error:
        assert str(error).startswith("The photo 'x'")
    else:
        assert picture.rgb.dtype == np.uint8 and picture.rgb.shape[2] == 3 and max(picture.rgb.shape) <= 2048


# --- whose face -------------------------------------------------------------------------------------------------------

SCENE = encoded(PIL.Image.fromarray(scene(900, 600)), "JPEG")
LEFT, MIDDLE, RIGHT, LARGE = (50, 100, 150, 220), (400, 100, 500, 220), (700, 100, 800, 220), (350, 80, 550, 400)


def test_without_a_face_the_photo_is_used_and_a_note_says_so(tmp_path: Path, blobs: Blobs) -> None:
    photo = read(tmp_path, blobs, SCENE)
    assert photo.face is None and photo.faces == 0 and any("animal or a drawing" in note for note in photo.notes)


def test_one_face_needs_no_word(tmp_path: Path, blobs: Blobs) -> None:
    photo = read(tmp_path, blobs, SCENE, detect=seeing(LEFT))
    assert (photo.face, photo.faces, photo.notes) == (0, 1, ())


def test_a_face_much_larger_than_the_others_and_in_the_middle_is_followed_and_said(
    tmp_path: Path, blobs: Blobs
) -> None:
    photo = read(tmp_path, blobs, SCENE, detect=seeing(LEFT, LARGE, RIGHT))
    assert photo.face == 1 and "number 2 from the left" in photo.notes[0]


@pytest.mark.parametrize(
    "boxes", [(LEFT, MIDDLE, RIGHT), ((0, 80, 200, 400), MIDDLE, RIGHT)], ids=["equal", "large at the border"]
)
def test_several_faces_must_be_chosen_from_and_are_listed_from_the_left(
    tmp_path: Path, blobs: Blobs, boxes: tuple[tuple[float, ...], ...]
) -> None:
    with pytest.raises(BriefError, match=r"shows 3 faces.*1 left.*2 middle.*around x 450, y 160; 3 right.*--face N"):
        read(tmp_path, blobs, SCENE, detect=seeing(*boxes))  # type: ignore[arg-type]
    assert read(tmp_path, blobs, SCENE, face=3, detect=seeing(*boxes)).face == 2  # type: ignore[arg-type]


@pytest.mark.parametrize("face", [0, -1, 4, 10**9])
def test_a_face_that_is_not_there_is_refused(tmp_path: Path, blobs: Blobs, face: int) -> None:
    with pytest.raises(BriefError, match="from 1 to 3"):
        read(tmp_path, blobs, SCENE, face=face, detect=seeing(LEFT, MIDDLE, RIGHT))
    with pytest.raises(BriefError, match="Leave --face out"):
        read(tmp_path, blobs, SCENE, face=face)


def test_consent_is_bound_to_the_photo_and_its_absence_names_the_flag(tmp_path: Path, blobs: Blobs) -> None:
    photo = read(tmp_path, blobs, SCENE, detect=seeing(LEFT))
    with pytest.raises(ConsentError, match="--i-may-use-this-likeness"):
        consent_for(photo, False)
    sample = VoiceIntake(audio=blobs.put_audio(np.zeros(24_000, np.float32), 24_000))
    consent = consent_for(photo, True, voice=sample)
    assert consent.voice_digest == sample.audio.digest
    assert consent.photo_digest == photo.image.digest and "likeness and voice" in consent.statement
    assert consent.given_at.endswith("+00:00")
