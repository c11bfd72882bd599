"""Files that came from a server, as media of our own; they are decoded as hostile ones are."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from personavlog.backbones.roles import AnimateRequest, EditRequest
from personavlog.errors import BadMediaError, BriefError, MediaError
from personavlog.media import Audio, Clip, Image
from personavlog.media.arrays import Pixels
from personavlog.media.encode import encoding
from personavlog.media.picture import decode
from personavlog.media.transcode import probe, transcode
from personavlog.runs.blobs import Blobs

ANOTHER_SHAPE = 0.05
"""Share by which a picture's shape may differ from what was asked and still be cut to it: models round their sides
(FLUX.1 Kontext makes 1392x752 of 16:9, 4.1 % off)."""
SMALLEST = 0.5
"""Share of the asked width from which a picture is scaled up; below that it is another size than was asked."""
LONGEST_SOUND = 900.0


def picture(data: bytes, request: EditRequest, provider: str, blobs: Blobs) -> Image:
    """A picture of exactly the asked size; one whose sides were rounded by the model is scaled and cut to it.

    Raises ``BadMediaError`` for what is no picture, or has another shape or size than was asked.
    """
    try:
        rgb = decode(data, f"The picture of {provider!r}").rgb
    except (MediaError, BriefError) as error:
        raise _bad(provider, f"no picture ({error})") from error
    height, width = rgb.shape[:2]
    if not _near((width, height), (request.width, request.height)):
        raise _bad(provider, f"a picture of {width}x{height} px where {request.width}x{request.height} were asked for")
    return blobs.put_image(_cut(rgb, request.width, request.height))


def clip(data: bytes, request: AnimateRequest, provider: str, blobs: Blobs) -> Clip:
    """A clip of the asked size and rate without sound, no longer than was asked.

    Raises ``BadMediaError`` for what is no clip, or has another shape or size than was asked. Whether it is long enough
    and begins with its keyframe is checked with the result (``checking``).
    """
    shown, size = f"The clip of {provider!r}", (request.width, request.height)
    with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
        source, target = Path(folder) / "came", Path(folder) / "clip.mp4"
        source.write_bytes(data)
        most = round(request.duration * request.fps)
        try:
            seen = probe(source, shown)
            if not _near((seen.width, seen.height), size):
                raise MediaError(f"{shown} has {seen.width}x{seen.height} px where {size[0]}x{size[1]} were asked for")
            count = transcode(source, seen, target, size=size, fps=request.fps, most=most, shown=shown)
        except MediaError as error:
            raise _bad(provider, f"no clip of use ({error})") from error
        return blobs.put_clip(target, width=size[0], height=size[1], fps=float(request.fps), frames=count)


def clip_of(frames: Iterable[Pixels], request: AnimateRequest, blobs: Blobs) -> Clip:
    """A clip of (h, w, 3) uint8 RGB frames of the asked size, at the asked rate."""
    count = 0
    with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
        target = Path(folder) / "clip.mp4"
        with encoding(target, request.width, request.height, request.fps) as pipe:
            for frame in frames:
                pipe.write(np.dstack([frame, np.full(frame.shape[:2], 255, np.uint8)]))
                count += 1
            pipe.finish()
        return blobs.put_clip(target, width=request.width, height=request.height, fps=float(request.fps), frames=count)


def sound(data: bytes, provider: str, blobs: Blobs) -> Audio:
    """A sound as it came, mono or stereo, of at most ``LONGEST_SOUND`` seconds; WAV, FLAC, Ogg or MP3. Raises
    ``BadMediaError`` for what is none."""
    import soundfile

    try:
        with soundfile.SoundFile(io.BytesIO(data)) as source:
            rate = int(source.samplerate)
            if not 4_000 <= rate <= 192_000:
                raise _bad(provider, f"a sound of {rate} samples a second")
            samples = source.read(int(LONGEST_SOUND * rate), dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, RuntimeError, ValueError, TypeError) as error:
        raise _bad(provider, f"no sound ({error})") from error
    if not samples.size or not np.isfinite(samples).all():
        raise _bad(provider, "a sound without samples")
    return blobs.put_audio(samples[:, 0] if samples.shape[1] == 1 else samples[:, :2], rate)


def pcm(data: bytes, rate: int, provider: str, blobs: Blobs) -> Audio:
    """Headerless 16-bit little-endian mono at ``rate`` Hz as a sound; raises ``BadMediaError`` for half a sample or
    none."""
    if len(data) < 2 or len(data) % 2:
        raise _bad(provider, "no whole number of 16-bit samples")
    return blobs.put_audio(np.frombuffer(data, "<i2").astype(np.float32) / 32768.0, rate)


def _near(size: tuple[int, int], wanted: tuple[int, int]) -> bool:
    shape = size[0] / size[1] / (wanted[0] / wanted[1])
    return abs(shape - 1) <= ANOTHER_SHAPE and size[0] >= SMALLEST * wanted[0]


def _cut(rgb: Pixels, width: int, height: int) -> Pixels:
    if rgb.shape[:2] == (height, width):
        return rgb
    scale = max(width / rgb.shape[1], height / rgb.shape[0])
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    size = (max(round(rgb.shape[1] * scale), width), max(round(rgb.shape[0] * scale), height))
    scaled = cv2.resize(rgb, size, interpolation=way)
    top, left = (size[1] - height) // 2, (size[0] - width) // 2
    return np.asarray(scaled[top : top + height, left : left + width], np.uint8)


def _bad(provider: str, what: str) -> BadMediaError:
    return BadMediaError(
        f"The backbone {provider!r} delivered {what}. It was asked once more; if it goes on, choose another in the "
        "profile.",
        provider=provider,
    )
