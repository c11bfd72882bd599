"""Decoding a hostile picture to plain 8-bit RGB."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import PIL.Image
from numpy.typing import NDArray
from PIL import ImageCms, features

from personavlog.errors import BriefError, MediaError
from personavlog.media.file import AVIF, is_heif, looks_like

warnings.filterwarnings("ignore", module=r"PIL\.")
# Broken tags warn; what matters about them is noted or refused here. Said once for the process: a filter that is put in
# and taken out around a call would change the warnings of other threads.

FORMATS = (
    *("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"),
    *(("AVIF",) if features.check("avif") else ()),
    *(("HEIF",) if "HEIF" in PIL.Image.OPEN else ()),
)
"""Pillow opens MPO, two JPEGs in one file, as JPEG; AVIF and HEIF where its build or a plugin can."""
_NAMES = {"WEBP": "WebP", "HEIF": "HEIC"}
READ = ", ".join(_NAMES.get(form, form) for form in FORMATS[:-1]) + f" and {_NAMES.get(FORMATS[-1], FORMATS[-1])}"
_READ_WHOLE = frozenset(f"{kind} picture" for kind in ("a PNG", "a JPEG", "a GIF", "a BMP", "a WebP", "an AVIF"))
"""Of these kinds every usual form is read, so one that cannot be opened is damaged."""
MAX_PIXELS = 40_000_000
MIN_SIDE = 64
MAX_SIDE = 2048

DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    AttributeError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders raise on broken files; it has no common class for that."""

ORIENTATION = 0x0112
TURNS = {
    2: PIL.Image.Transpose.FLIP_LEFT_RIGHT,
    3: PIL.Image.Transpose.ROTATE_180,
    4: PIL.Image.Transpose.FLIP_TOP_BOTTOM,
    5: PIL.Image.Transpose.TRANSPOSE,
    6: PIL.Image.Transpose.ROTATE_270,
    7: PIL.Image.Transpose.TRANSVERSE,
    8: PIL.Image.Transpose.ROTATE_90,
}
"""What brings a picture of each EXIF orientation (Exif 2.32, tag 274) upright."""

HEIC_ADVICE = (
    "Convert it to JPEG first: open it in your photo app and export it as JPEG, or on Linux run: heif-convert "
    "photo.heic photo.jpg"
    " (an iPhone takes JPEGs after Settings > Camera > Formats > Most Compatible)"
)


@dataclass
class Picture:
    """What was decoded. ``rgb`` is (h, w, 3) uint8; ``alpha`` (h, w) uint8 or None where nothing is transparent;
    ``notes`` are sentences for the user."""

    rgb: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None = None
    notes: list[str] = field(default_factory=list)


def decode(data: bytes, shown: str) -> Picture:
    """The first frame of a picture, upright, in sRGB, on white, with its long side at most 2048 px.

    ``shown`` begins the errors ("The photo 'me.jpg'"). Raises ``BriefError`` for a kind or size that does not fit,
    ``MediaError`` for a damaged file or a decompression bomb.
    """
    with _decoders_explained(shown), _opened(data, shown) as opened:
        notes: list[str] = []
        picture = _upright(_first_frame(opened, shown), opened, notes)
        notes += _frame_note(opened)
        picture = _eight_bit(_scaled(picture, shown))
        rgb, alpha = _on_white(_srgb(picture, opened.info.get("icc_profile"), notes))
    return Picture(rgb, alpha, notes)


@contextmanager
def _decoders_explained(shown: str) -> Iterator[None]:
    try:
        yield
    except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning) as error:
        raise MediaError(
            f"{shown} unpacks to far more than {MAX_PIXELS // 1_000_000} million pixels. Make it smaller first."
        ) from error
    except MemoryError as error:
        raise MediaError(f"{shown} needs more memory than there is. Make it smaller first.") from error


@contextmanager
def _opened(data: bytes, shown: str) -> Iterator[PIL.Image.Image]:
    if is_heif(data) and "HEIF" not in FORMATS:
        raise BriefError(f"{shown} is {looks_like(data)}, which is not read here; read are {READ}. {HEIC_ADVICE}.")
    try:
        picture = PIL.Image.open(io.BytesIO(data), formats=FORMATS)
    except DAMAGE as error:
        raise _unread(looks_like(data), shown) from error
    with picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise MediaError(
                f"{shown} has {picture.width} x {picture.height} px; at most {MAX_PIXELS // 1_000_000} million "
                "pixels are read. Make it smaller first."
            )
        if min(picture.size) < MIN_SIDE:
            raise BriefError(
                f"{shown} has {picture.width} x {picture.height} px; both sides must have at least {MIN_SIDE} "
                "px. Choose a larger picture."
            )
        yield picture


def _unread(kind: str, shown: str) -> MediaError:
    """What to say of a file that is of no kind that is read, or damaged, or of a kind that has unread relatives."""
    advice = f"Read are {READ} pictures; choose one of these, or export it as JPEG."
    if kind in _READ_WHOLE and any(_NAMES.get(form, form) in kind for form in FORMATS):
        return MediaError(f"{shown} is damaged, though it begins like {kind}. {advice}")
    if kind == AVIF:
        return MediaError(
            f"{shown} is {kind}, which the installed Pillow does not read; 11.3 and later ones do. {advice}"
        )
    if "TIFF" in kind:
        return MediaError(f"{shown} begins like {kind}: it is a camera raw picture or damaged. {advice}")
    return MediaError(f"{shown} is {kind}, which is not read here. {advice}")


def _first_frame(opened: PIL.Image.Image, shown: str) -> PIL.Image.Image:
    try:
        return opened.copy()
    except DAMAGE as error:
        raise MediaError(
            f"{shown} cannot be decoded ({error}): it is damaged, cut short or of a rare form. Export it again as JPEG."
        ) from error


def _frame_note(opened: PIL.Image.Image) -> list[str]:
    try:
        moving = opened.format != "MPO" and getattr(opened, "is_animated", False)
    except DAMAGE:  # a broken later frame does not matter: only the first one is used
        moving = True
    return ["The picture has several frames; the first one is used."] if moving else []


def _scaled(picture: PIL.Image.Image, shown: str) -> PIL.Image.Image:
    share = MAX_SIDE / max(picture.size)
    if share >= 1:
        return picture
    width, height = (max(1, round(side * share)) for side in picture.size)
    if min(width, height) < MIN_SIDE:
        raise BriefError(
            f"{shown} is a strip of {picture.width} x {picture.height} px. Cut out the part that shows the person."
        )
    if picture.mode in ("P", "1", "PA"):  # palettes have no values between two colours
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    resample = PIL.Image.Resampling.NEAREST if picture.mode.startswith("I;") else PIL.Image.Resampling.LANCZOS
    return picture.resize((width, height), resample)


def _upright(picture: PIL.Image.Image, opened: PIL.Image.Image, notes: list[str]) -> PIL.Image.Image:
    try:
        method = TURNS.get(opened.getexif().get(ORIENTATION, 1))
    except DAMAGE:
        notes.append("The picture's orientation cannot be read; it is used as it lies.")
        return picture
    return picture if method is None else picture.transpose(method)


def _eight_bit(picture: PIL.Image.Image) -> PIL.Image.Image:
    """Gray pictures with more than 8 bits brought to 8; Pillow's own conversion would clip them to white."""
    if picture.mode not in ("I", "F") and not picture.mode.startswith("I;"):
        return picture
    values = np.nan_to_num(np.asarray(picture, np.float64), posinf=0.0, neginf=0.0)
    top = next(
        (limit for limit in (1.0, 255.0, 65535.0) if picture.mode == "F" and values.max() <= limit),
        max(65535.0, float(values.max())),
    )
    return PIL.Image.fromarray(np.clip(values / top * 255.0 + 0.5, 0, 255).astype(np.uint8))


def _srgb(picture: PIL.Image.Image, profile: object, notes: list[str]) -> PIL.Image.Image:
    """The picture as RGB or RGBA, through its colour profile where it has one that fits."""
    if isinstance(profile, bytes) and picture.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, *DAMAGE):
            notes.append("The picture's colour profile cannot be read; its colours may be a little off.")
        else:
            return picture if converted is None else converted
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _on_white(picture: PIL.Image.Image) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    if picture.mode != "RGBA":
        return np.asarray(picture.convert("RGB"), np.uint8), None
    alpha = np.asarray(picture.getchannel("A"), np.uint8)
    white = PIL.Image.new("RGBA", picture.size, "white")
    rgb = np.asarray(PIL.Image.alpha_composite(white, picture).convert("RGB"), np.uint8)
    return rgb, None if alpha.min() == 255 else alpha
