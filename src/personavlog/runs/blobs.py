"""The content-addressed blob store: bytes under their SHA-256, shared by all runs.

OpenCV and soundfile are imported where pixels and samples are asked for: listing runs or resuming a finished one needs
neither, and both together take longer to load than such a command takes to run.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING

from personavlog.errors import MachineError, MediaError
from personavlog.media import Audio, Blob, Clip, Image

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHUNK = 1 << 20


class Blobs:
    """A folder of immutable blobs; a blob is there completely or not at all (temporary file, fsync, rename)."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._sound: dict[str, tuple[int, int]] = {}

    def path(self, blob: Blob | str) -> Path:
        """Where the bytes lie; raises ``MediaError`` if they are not there."""
        place = self._place(blob if isinstance(blob, str) else blob.digest)
        if not place.is_file():
            raise MediaError(
                f"The store has no blob {place.name!r}. It was deleted from {str(self.root)!r}; make the step "
                "that wrote it again."
            )
        return place

    def has(self, blob: Blob | str) -> bool:
        """Whether the bytes are there, for a ``Blob`` also in full length."""
        if isinstance(blob, str):
            return self._place(blob).is_file()
        place = self._place(blob.digest)
        return place.is_file() and place.stat().st_size == blob.size

    def sound(self, blob: Blob | str) -> bool:
        """Whether the bytes are there and are what their digest says; read once a process and change of the file."""
        digest = blob if isinstance(blob, str) else blob.digest
        place = self._place(digest)
        try:
            stat = place.stat()
        except OSError:
            return False
        seen = (stat.st_size, stat.st_mtime_ns)
        if self._sound.get(digest) != seen:
            with place.open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != digest:
                    return False
            self._sound[digest] = seen
        return True

    def get(self, blob: Blob | str) -> bytes:
        """The bytes."""
        return self.path(blob).read_bytes()

    def put(self, data: bytes, media_type: str = "application/octet-stream") -> Blob:
        """Store bytes."""
        blob = Blob(digest=hashlib.sha256(data).hexdigest(), size=len(data), media_type=media_type)
        if not self._renewed(blob):
            self._write(blob, io.BytesIO(data))
        return blob

    def put_file(self, source: Path, media_type: str = "application/octet-stream") -> Blob:
        """Store a file's bytes without holding them in memory."""
        with source.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            blob = Blob(digest=digest, size=stream.tell(), media_type=media_type)
            if not self._renewed(blob):
                stream.seek(0)
                self._write(blob, stream)
        return blob

    def put_image(self, pixels: NDArray[np.uint8]) -> Image:
        """Store (h, w, 3) RGB or (h, w, 4) RGBA uint8 pixels as PNG."""
        import cv2

        order = cv2.COLOR_RGB2BGR if pixels.shape[2] == 3 else cv2.COLOR_RGBA2BGRA
        png = cv2.imencode(".png", cv2.cvtColor(pixels, order), [cv2.IMWRITE_PNG_COMPRESSION, 3])[1].tobytes()
        blob = self.put(png, "image/png")
        return Image(digest=blob.digest, size=blob.size, width=pixels.shape[1], height=pixels.shape[0])

    def pixels(self, image: Image) -> NDArray[np.uint8]:
        """An image's pixels, (h, w, 3) RGB uint8."""
        import cv2
        import numpy as np

        decoded = cv2.imdecode(np.frombuffer(self.get(image), np.uint8), cv2.IMREAD_COLOR)
        if decoded is None:
            raise MediaError(f"The stored picture {image.digest!r} does not decode. Make the step that wrote it again.")
        return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), np.uint8)

    def put_audio(self, samples: NDArray[np.float32], rate: int) -> Audio:
        """Store float samples in -1..1, (n,) mono or (n, 2) stereo, as 16-bit WAV at ``rate`` Hz."""
        import numpy as np
        import soundfile

        buffer = io.BytesIO()
        soundfile.write(buffer, np.clip(samples, -1.0, 1.0), rate, format="WAV", subtype="PCM_16")
        blob = self.put(buffer.getvalue(), "audio/wav")
        return Audio(
            digest=blob.digest,
            size=blob.size,
            rate=rate,
            samples=len(samples),
            channels=1 if samples.ndim == 1 else samples.shape[1],
        )

    def samples(self, audio: Audio) -> NDArray[np.float32]:
        """An audio's samples as float32 in -1..1, (n,) mono or (n, 2) stereo."""
        import numpy as np
        import soundfile

        data, _ = soundfile.read(io.BytesIO(self.get(audio)), dtype="float32")
        return np.asarray(data, np.float32)

    def put_clip(self, source: Path, *, width: int, height: int, fps: float, frames: int) -> Clip:
        """Store a finished MP4 file whose size, rate and frame count the caller knows because it wrote it."""
        blob = self.put_file(source, "video/mp4")
        return Clip(digest=blob.digest, size=blob.size, width=width, height=height, fps=fps, frames=frames)

    def remove(self, digest: str) -> int:
        """Delete a blob; returns its size in bytes, 0 where it was not there."""
        place = self._place(digest)
        try:
            size = place.stat().st_size
            place.unlink()
        except FileNotFoundError:
            return 0
        return size

    def sweep(self, needed: Container[str], *, before: float) -> tuple[int, int]:
        """Delete the blobs that are not ``needed``, and what killed writers left, where they were last written before
        that time (seconds since 1970); returns their number and bytes."""
        count = freed = 0
        for place in self.root.glob("??/*"):
            stat = place.stat()
            if place.name not in needed and stat.st_mtime < before:
                place.unlink()
                count, freed = count + 1, freed + stat.st_size
        return count, freed

    def _renewed(self, blob: Blob) -> bool:
        """Whether the bytes are there and sound; they then count as just written, so that no sweep takes them from
        whoever stores them now."""
        if not self.sound(blob):
            return False
        place = self._place(blob.digest)
        place.touch()
        self._sound[blob.digest] = (blob.size, place.stat().st_mtime_ns)
        return True

    def _place(self, digest: str) -> Path:
        return self.root / digest[:2] / digest

    def _write(self, blob: Blob, source: io.BufferedIOBase) -> None:
        place = self._place(blob.digest)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as target:
                    shutil.copyfileobj(source, target, CHUNK)
                    target.flush()
                    os.fsync(target.fileno())
                self._move(Path(name), blob)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise MachineError(
                f"Cannot write to the store {str(self.root)!r}: {error.strerror or error}. Free some disk "
                "space or choose another folder."
            ) from error

    def _move(self, fresh: Path, blob: Blob) -> None:
        try:
            fresh.replace(self._place(blob.digest))
        except PermissionError:  # Windows replaces no file that somebody reads
            if not self.has(blob):
                raise
            fresh.unlink()  # another writer was quicker, and its bytes are the same


def flush_folder(folder: Path) -> None:
    """Let a file's new name outlive a loss of power, where the system can (Windows opens no folders)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
