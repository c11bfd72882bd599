"""Whether what a backbone delivered is what was asked for, before anything is stored as a result."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog.backbones.roles import AnimateRequest, EditRequest
from personavlog.errors import BadMediaError, MediaError
from personavlog.media import Audio, Clip, Image
from personavlog.media.arrays import Pixels
from personavlog.media.decode import frames
from personavlog.runs.blobs import Blobs

FRAMES_OFF = 1
"""A clip may have one frame more or less than asked: encoders and containers differ."""
DIFFERENT = 48.0
"""Mean difference of 8-bit values, at 64 px, from which a clip's first frame is another picture than its keyframe.
Re-encoding and a resize change it by less than 6, a cross-fade into another place by more than 60."""
QUIET = 1e-4
"""Peak below which a sound is silence."""


def check_picture(image: Image, request: EditRequest, provider: str, blobs: Blobs) -> None:
    """Raises ``BadMediaError`` for a picture that does not decode, or has another size than ``request`` and than its
    own record."""
    pixels = _pixels(image, provider, blobs)
    height, width = pixels.shape[:2]
    if (width, height) != (image.width, image.height):
        raise _bad(provider, f"a picture of {width}x{height} px that it calls {image.width}x{image.height}")
    if request.purpose == "keyframe" and (width, height) != (request.width, request.height):
        raise _bad(provider, f"a picture of {width}x{height} px where {request.width}x{request.height} were asked for")


def check_clip(clip: Clip, request: AnimateRequest, provider: str, blobs: Blobs) -> None:
    """Raises ``BadMediaError`` for a clip that does not decode in full, is shorter or longer than asked, runs at
    another rate, or begins with another picture than its keyframe."""
    wanted = round(request.duration * request.fps)
    if abs(clip.fps - request.fps) > 0.01 * request.fps:
        raise _bad(provider, f"a clip of {clip.fps:g} frames a second where {request.fps} were asked for")
    if abs(clip.frames - wanted) > FRAMES_OFF:
        raise _bad(provider, f"a clip of {clip.frames} frames where {wanted} were asked for")
    first = _first_of_all(clip, provider, blobs)
    keyframe = cv2.resize(_pixels(request.keyframe.image, provider, blobs), (64, 64), interpolation=cv2.INTER_AREA)
    shown = cv2.resize(first, (64, 64), interpolation=cv2.INTER_AREA)
    if float(cv2.absdiff(keyframe, shown).mean()) > DIFFERENT:
        raise _bad(provider, "a clip that does not begin with the keyframe")


def check_sound(audio: Audio, provider: str, blobs: Blobs, *, at_least: float = 0.0) -> None:
    """Raises ``BadMediaError`` for a sound that does not decode, is silent, or is shorter than ``at_least`` seconds."""
    try:
        samples = blobs.samples(audio)
    except (MediaError, RuntimeError) as error:  # soundfile's own error is a RuntimeError
        raise _bad(provider, f"a sound that does not decode ({error})") from error
    if not samples.size or float(np.abs(samples).max()) < QUIET:
        raise _bad(provider, "a silent sound")
    if len(samples) / audio.rate < at_least - 0.05:
        raise _bad(provider, f"a sound of {len(samples) / audio.rate:.1f} s where {at_least:.1f} were asked for")


def _pixels(image: Image, provider: str, blobs: Blobs) -> Pixels:
    try:
        return blobs.pixels(image)
    except MediaError as error:
        raise _bad(provider, "a picture that does not decode") from error


def _first_of_all(clip: Clip, provider: str, blobs: Blobs) -> Pixels:
    """The first frame; all others are decoded too, since a file that breaks off may look whole from outside."""
    try:
        decoded = frames(blobs.path(clip), clip)
        first = next(decoded).copy()
        for _ in decoded:
            pass
    except (MediaError, StopIteration) as error:
        raise _bad(provider, f"a clip that does not decode ({error})") from error
    return first


def _bad(provider: str, what: str) -> BadMediaError:
    return BadMediaError(
        f"The backbone {provider!r} delivered {what}. It was asked once more; if it goes on, choose another in the "
        "profile.",
        provider=provider,
    )
