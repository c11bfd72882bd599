"""Style and script, as they lie in the package."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from personavlog.studio.errors import NoSuchThingError

TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
}
"""Not the system's own table: on Windows any program may change that one."""
router = APIRouter()


def there_are() -> Mapping[str, str]:
    """The names of the files, with the type of each."""
    names = (one.name for one in (files("personavlog.studio") / "static").iterdir())
    return {name: TYPES[end] for name in names if (end := f".{name.rpartition('.')[2]}") in TYPES}


@router.get("/static/{name}", include_in_schema=False)
def static(request: Request, name: str) -> Response:
    """One of the package's own files."""
    kind = there_are().get(name)
    if kind is None:
        raise NoSuchThingError(f"There is no file {name!r}.")
    data = (files("personavlog.studio") / "static" / name).read_bytes()
    tag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=kind, headers=headers)
