"""Photos and recordings that were handed over and belong to no film yet.

What is kept of a photo is what was read out of it: upright, without any metadata. Everything is swept after a day, and
all of it together is bounded.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

import numpy as np
from pydantic import Field, ValidationError

from personavlog import intake
from personavlog.errors import BriefError, MachineError, PersonaVlogError
from personavlog.frozen import Frozen
from personavlog.runs.blobs import Blobs
from personavlog.runs.folder import write_file
from personavlog.runs.machine import explained
from personavlog.studio import bodies
from personavlog.studio.errors import NoSuchThingError, TooLargeError
from personavlog.studio.models import Media

DAY = 24 * 3600.0
MOST_BYTES = 500_000_000
CHUNK = 1 << 20
Kind = Literal["photo", "voice"]
LIMITS: dict[str, int] = {
    "photo": bodies.PHOTO,
    "keyframe": bodies.PHOTO,
    "voice": bodies.VOICE,
    "clip": bodies.CLIP,
}
"""Bytes of a file."""


class Upload(Frozen):
    """A file that was read. ``media`` shows or plays it; ``faces`` are counted from the left, ``face`` is the one that
    the film would follow, from 1 (None: nobody's, or a person must choose); ``notes`` are sentences about it,
    ``stored`` is the digest of what a film is made from: a photo with its transparency."""

    id: str = Field(pattern=r"^[0-9a-f]{32}$")
    kind: Kind
    media: Media
    stored: str
    faces: int = 0
    face: int | None = None
    notes: tuple[str, ...] = ()


class Uploads:
    """The uploads of one home folder; ``blobs`` are their bytes by digest."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.blobs = Blobs(root / "blobs")
        self._lock = threading.Lock()

    def photo(self, stream: BinaryIO, name: str = "") -> Upload:
        """Read a photo; ``name`` is what its owner calls the file.

        Raises ``BriefError`` or ``MediaError`` for one that does not fit, ``TooLargeError``, ``MachineError``.
        """
        with self._received(stream, "photo", name) as path:
            read = _read_photo(path, self.blobs)
            media = Media(digest=read.image.digest, kind="image", width=read.image.width, height=read.image.height)
            face = None if read.face is None else read.face + 1
            stored = self._stored(read)
            return self._keep(
                Upload(
                    id=_id(), kind="photo", media=media, stored=stored, faces=read.faces, face=face, notes=read.notes
                )
            )

    def voice(self, stream: BinaryIO, name: str = "") -> Upload:
        """Read a voice sample; raises as ``photo`` does."""
        with self._received(stream, "voice", name) as path:
            audio = intake.read_voice(path, self.blobs).audio
            media = Media(digest=audio.digest, kind="audio", seconds=audio.duration)
            return self._keep(Upload(id=_id(), kind="voice", media=media, stored=audio.digest))

    def find(self, upload: str, kind: Kind) -> Upload:
        """The upload of this id; raises ``NoSuchThingError`` where it is none or was swept."""
        for file in self._files():
            if file.stem == upload and (known := _known(file)) is not None and known.kind == kind:
                return known
        raise NoSuchThingError(f"That {kind} is not here any more: uploads are kept for a day. Hand it over again.")

    def path(self, upload: Upload) -> Path:
        """Where its bytes lie; raises ``MediaError`` where they are gone."""
        return self.blobs.path(upload.stored)

    @contextmanager
    def own(self, stream: BinaryIO, part: str, name: str = "") -> Iterator[Path]:
        """A file of a person's own for a shot's part, as long as the block lasts; raises ``TooLargeError``."""
        with self._received(stream, part, name) as path:
            yield path

    def sweep(self) -> None:
        """Delete what is older than a day."""
        with self._lock, explained(self._root):
            old = [file for file in self._files() if time.time() - file.stat().st_mtime > DAY]
            for file in old:
                file.unlink(missing_ok=True)
            for folder in self._root.glob("new-*"):  # of a server that died
                if time.time() - folder.stat().st_mtime > DAY:
                    shutil.rmtree(folder)
            known = [one for file in self._files() if (one := _known(file)) is not None]
            needed = {digest for one in known for digest in (one.media.digest, one.stored)}
            self.blobs.sweep(needed, before=time.time() - DAY)

    @contextmanager
    def _received(self, stream: BinaryIO, what: str, name: str) -> Iterator[Path]:
        self.sweep()
        if self._size() + LIMITS[what] > MOST_BYTES:
            raise MachineError(
                f"{self._size() // bodies.MB} MB of uploads wait already; at most {MOST_BYTES // bodies.MB} MB may. "
                "Begin the films that they are for; what is left is deleted after a day."
            )
        with explained(self._root):
            self._root.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._root, prefix="new-") as folder:
                path = Path(folder) / what
                _copy(stream, path, LIMITS[what], what)
                with _called(path, name or what):
                    yield path

    def _stored(self, read: intake.PhotoIntake) -> str:
        if read.alpha is None:
            return read.image.digest
        alpha = self.blobs.pixels(read.alpha)[:, :, :1]
        return self.blobs.put_image(np.concatenate([self.blobs.pixels(read.image), alpha], axis=2)).digest

    def _keep(self, upload: Upload) -> Upload:
        write_file(self._root / f"{upload.id}.json", upload.model_dump_json().encode())
        return upload

    def _files(self) -> list[Path]:
        return sorted(self._root.glob("*.json"))

    def _size(self) -> int:
        return sum(file.stat().st_size for file in self._root.rglob("*") if file.is_file())


def _read_photo(path: Path, blobs: Blobs) -> intake.PhotoIntake:
    """As the film would read it; where several faces are equal and somebody must choose, with that as a note."""
    try:
        return intake.read_photo(path, blobs)
    except BriefError as error:
        try:
            read = intake.read_photo(path, blobs, face=1)
        except BriefError:
            raise error from None
        return read.model_copy(update={"face": None, "notes": (*read.notes, _unnamed(str(error), path))})


def _copy(stream: BinaryIO, path: Path, most: int, what: str) -> None:
    left = most
    with path.open("wb") as target:
        while chunk := stream.read(min(CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                raise TooLargeError(f"The {what} is larger than {most // bodies.MB} MB. Choose a smaller file.")
            target.write(chunk)


@contextmanager
def _called(path: Path, name: str) -> Iterator[None]:
    """Let errors about a file call it as its owner does."""
    try:
        yield
    except PersonaVlogError as error:
        error.args = (str(error).replace(repr(str(path)), repr(name[-100:])),)
        raise


def _unnamed(text: str, path: Path) -> str:
    return text.replace(f" {str(path)!r}", "")


def _known(file: Path) -> Upload | None:
    try:
        return Upload.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None


def _id() -> str:
    return secrets.token_hex(16)
