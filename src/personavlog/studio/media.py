"""Stored pictures, clips and sounds by their digest, small pictures of them, and the files of a run."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import anyio.to_thread
import cv2
import numpy as np
from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from personavlog.media.arguments import local
from personavlog.media.process import running
from personavlog.runs.blobs import Blobs
from personavlog.runs.folder import RunFolder, home
from personavlog.studio.errors import NoSuchThingError
from personavlog.studio.files import FILES
from personavlog.studio.finding import found
from personavlog.studio.studio import Server, Studio

WIDTHS = (160, 320, 640, 960)
"""Of small pictures, px."""
QUALITY = 82
THUMBNAILS = 512
"""How many small pictures are kept in memory; on disk they would outlive the film that somebody deletes."""
HEADER = 16
PIPE = 1 << 20

_DIGEST = re.compile(r"[0-9a-f]{64}")
_FOREVER = {"cache-control": "private, max-age=31536000, immutable"}
_REPORT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; frame-ancestors 'none'; "
_REPORT += "base-uri 'none'; form-action 'none'"
"""As the report's own page says; its styles lie in it."""
_TYPES: Mapping[str, str] = {
    ".mp4": "video/mp4",
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
    ".html": "text/html",
    ".json": "application/json",
}
_decoders = threading.Semaphore(2)
router = APIRouter(tags=["media"])


def media_type(head: bytes) -> str | None:
    """What the first 16 bytes of a file say that it is, of the kinds that are served; None for any other."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    return "audio/mpeg" if head.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")) else None


@router.head("/media/{digest}", include_in_schema=False)
@router.get("/media/{digest}", response_class=FileResponse)
def blob(digest: str, server: Server) -> Response:
    """A stored picture, clip or sound; parts of it where a range is asked for."""
    place, kind = _stored(digest, server)
    return FileResponse(place, media_type=kind, headers=_FOREVER)


@router.get("/media/{digest}/{width}.jpg", response_class=Response, responses={200: {"content": {"image/jpeg": {}}}})
async def small(digest: str, width: int, server: Server) -> Response:
    """A stored picture, or a clip's first frame, at most ``width`` px wide: 160, 320, 640 or 960."""
    place, kind = _stored(digest, server)
    if width not in WIDTHS or kind.startswith("audio/"):
        raise NoSuchThingError(f"There is no picture of {digest[:12]!r} of {width} px.")
    data = await anyio.to_thread.run_sync(thumbnail, place, kind, width)
    return Response(data, media_type="image/jpeg", headers=_FOREVER)


@router.head("/films/{run}/files/{name}", include_in_schema=False)
@router.get("/films/{run}/files/{name}", response_class=FileResponse)
def file(run: str, name: str, server: Server) -> Response:
    """The film, its subtitles, its report, its script or its record."""
    if name not in FILES:
        raise NoSuchThingError(f"A film has the files {', '.join(FILES)}; received {name[:100]!r}.")
    return _file(found(run, server.runs), name)


@router.get("/films/{run}/files/attempts/clip-{shot}-{number}.mp4", include_in_schema=False)
def attempt(run: str, shot: int, number: int, server: Server) -> Response:
    """An attempt's clip, as the report plays it."""
    return _file(found(run, server.runs), f"attempts/clip-{shot:02d}-{number}.mp4")


@lru_cache(maxsize=THUMBNAILS)
def thumbnail(place: Path, kind: str, width: int) -> bytes:
    """A JPEG of a picture or of a clip's first frame, at most ``width`` px wide; raises ``NoSuchThingError`` for a
    file that does not decode."""
    with _decoders:
        data = _first_frame(place) if kind.startswith("video/") else place.read_bytes()
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if pixels is None:
        raise NoSuchThingError(f"There is no picture in {place.name[:12]!r}.")
    return _encoded(pixels, width)


def _encoded(pixels: cv2.typing.MatLike, width: int) -> bytes:
    high, wide = pixels.shape[:2]
    if wide > width:
        pixels = cv2.resize(pixels, (width, max(round(high * width / wide), 1)), interpolation=cv2.INTER_AREA)
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()


def _first_frame(place: Path) -> bytes:
    """A clip's first frame as PNG; empty where there is none."""
    wanted = ("-map", "0:v:0", "-frames:v", "1", "-c:v", "png", "-f", "image2pipe", "pipe:1")
    found = bytearray()
    with running(*local(place, "mov"), *wanted) as process:
        while data := process.read(PIPE):
            found += data
    return bytes(found)


def _stored(digest: str, server: Studio) -> tuple[Path, str]:
    """Where a film's or an upload's blob lies and what it is; raises ``NoSuchThingError`` for one that is not there or
    not to be shown."""
    stores = (Blobs(home() / "blobs"), server.uploads.blobs) if _DIGEST.fullmatch(digest) else ()
    for store in stores:
        if store.has(digest):
            place = store.path(digest)
            with place.open("rb") as stream:
                kind = media_type(stream.read(HEADER))
            if kind is not None:
                return place, kind
    raise NoSuchThingError(f"There is nothing stored under {digest[:12]!r}; it may have been deleted.")


def _file(folder: RunFolder, name: str) -> Response:
    place = folder.path / name
    if not place.is_file():
        raise NoSuchThingError(f"The film {folder.run!r} has no {name} yet.")
    headers = {"cache-control": "private, no-cache"}
    if place.suffix == ".html":
        headers["content-security-policy"] = _REPORT
    shown = "attachment" if place.suffix == ".json" else "inline"
    return FileResponse(
        place,
        media_type=_TYPES[place.suffix],
        headers=headers,
        filename=place.name,
        content_disposition_type=shown,
    )
