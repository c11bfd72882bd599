"""A user's file, read whole up to a limit, and what it looks like from its first bytes."""

from __future__ import annotations

from pathlib import Path

from personavlog.errors import BriefError

MAX_BYTES = 40_000_000

HEIC, AVIF, HEIF, RAW = "a HEIC picture", "an AVIF picture", "a HEIF picture", "a camera raw picture"
BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"), HEIC),
    **dict.fromkeys((b"avif", b"avis"), AVIF),
    **dict.fromkeys((b"avci", b"avcs", b"jpeg", b"jpgs", b"j2ki", b"j2is", b"vvic", b"vvis"), HEIF),
    b"crx ": RAW,
    b"M4A ": "an M4A recording",
}
"""What a file is by a brand of its ``ftyp`` box (ISO 23008-12; AVIF 1.1; Canon's CR3)."""
SHARED_BRANDS = frozenset((b"mif1", b"mif2", b"msf1", b"miaf", b"heif"))
"""Brands of all still pictures in such a box, whatever codes them."""
MOST_BRANDS = 64
SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF or camera raw picture"),
    (b"MM\x00*", "a TIFF or camera raw picture"),
    (b"fLaC", "a FLAC recording"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"\x1aE\xdf\xa3", "a WebM or Matroska video"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"<svg", "an SVG drawing"),
    (b"8BPS", "a Photoshop drawing"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\x00\x00\x01\x00", "an icon"),
)
CONTAINERS = {b"WEBP": "a WebP picture", b"WAVE": "a WAV recording", b"AVI ": "an AVI video"}


def read_bytes(path: Path, what: str) -> bytes:
    """The bytes of the ``what`` ("photo") at ``path``; raises ``BriefError`` for what is no ordinary, readable,
    non-empty file of at most 40 MB."""
    shown = f"The {what} {str(path)!r}"
    try:
        if path.is_dir():
            raise BriefError(f"{shown} is a folder. Name one file in it.")
        if not path.exists():
            raise BriefError(f"{shown} does not exist. Check the name and the folder.")
        if not path.is_file():
            raise BriefError(f"{shown} is not an ordinary file. Name a file on disk.")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BriefError(f"{shown} cannot be read: {reason}. Check the name and its permissions.") from error
    if not data:
        raise BriefError(f"{shown} is empty. Choose another file.")
    if len(data) > MAX_BYTES:
        raise BriefError(f"{shown} is larger than {MAX_BYTES // 1_000_000} MB. Choose a smaller file.")
    return data


def looks_like(data: bytes) -> str:
    """What the bytes seem to be, in words."""
    if data[4:8] == b"ftyp":
        return _box(data)
    if data[:4] == b"RIFF":
        return CONTAINERS.get(data[8:12], "a file of an unknown kind")
    for start, name in SIGNATURES:
        if data.startswith(start):
            return name
    return "a text file" if _is_text(data[:4096]) else "a file of an unknown kind"


def is_heif(data: bytes) -> bool:
    """Whether this is a HEIC picture, as telephones write them, or one of its relatives but AVIF."""
    return data[4:8] == b"ftyp" and _box(data) in (HEIC, HEIF)


def _box(data: bytes) -> str:
    """By the first brand that says it, the file's own before those that it is compatible with."""
    length = min(int.from_bytes(data[:4], "big"), 16 + 4 * MOST_BRANDS)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, length, 4))]
    known = next((BRANDS[brand] for brand in brands if brand in BRANDS), None)
    return known or (HEIF if SHARED_BRANDS.intersection(brands) else "an MP4 or MOV video")


def _is_text(start: bytes) -> bool:
    return (
        not any(byte < 9 or 13 < byte < 32 for byte in start) and start.decode("utf-8", "replace").count("\ufffd") <= 1
    )
