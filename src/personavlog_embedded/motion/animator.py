"""The embedded image-to-video backbone: no diffusion, but a camera that really moves through the painter's layers, and
people who breathe and blink."""

from __future__ import annotations

import tempfile
from pathlib import Path

import anyio.to_thread
import cv2
import numpy as np

from personavlog.backbones.capabilities import VideoCapabilities
from personavlog.backbones.receipts import FREE
from personavlog.backbones.roles import AnimateRequest, AnimateResult, Estimate, Resident
from personavlog.backbones.tools import OnProgress, Tools
from personavlog.errors import MachineError
from personavlog.media import Clip, encode
from personavlog.media.arrays import Pixels
from personavlog.runs.blobs import Blobs
from personavlog.script import Framing
from personavlog_embedded import capabilities
from personavlog_embedded.body.acts import Move
from personavlog_embedded.body.cast import Cast
from personavlog_embedded.face import visemes
from personavlog_embedded.motion import acts, airborne, pace, standing_body
from personavlog_embedded.motion.guessed_layers import guess_layers
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.renderer import Renderer
from personavlog_embedded.scene.stage import Stage, unpack
from personavlog_embedded.style.print_surface import HELD, flatten

VERSION = 10
"""Changes whenever equal requests would give other frames."""
SECONDS_PER_FRAME = 0.25
SPEAKING = (Framing.SELFIE, Framing.MEDIUM)
"""Framings in which the person is seen to say what is heard."""
LONG_SIDE = 1920
"""Px; a larger keyframe of the user's own is made smaller."""
GUESSED = "The keyframe came without layers; they were guessed from the picture, so the camera moves less far."


class Animator(Resident):
    """Moves keyframes on the CPU; found by the registry as video backbone ``embedded``."""

    @property
    def fingerprint(self) -> str:
        """Changes with the motion's version and the encoder's settings."""
        return f"embedded-animator-{VERSION};x264-{encode.PRESET}-crf{encode.CRF}"

    @property
    def capabilities(self) -> VideoCapabilities:
        """Any frame count at 24 frames per second, 1.5 to 20 s."""
        return capabilities.video()

    def estimate(self, request: AnimateRequest) -> Estimate:
        """Wall seconds on two cores at 1280 x 720; larger keyframes take longer in proportion to their px."""
        image = request.keyframe.image
        share = image.width * image.height / (1280 * 720)
        return Estimate(seconds=1 + SECONDS_PER_FRAME * share * request.duration * request.fps)

    async def animate(self, request: AnimateRequest, tools: Tools) -> AnimateResult:
        """Render and encode in a worker thread; ``progress`` is called once a frame and ends the work by raising
        ``Cancelled``."""
        return await anyio.to_thread.run_sync(_animate, request, tools.blobs, tools.progress)


def _animate(request: AnimateRequest, blobs: Blobs, progress: OnProgress) -> AnimateResult:
    picture = _even(blobs.pixels(request.keyframe.image))
    stage = _painted(request, picture, blobs)
    guessed = () if stage is not None else (GUESSED,)
    stage = stage or guess_layers(picture, request.board)
    renderer = Renderer(stage, _instructions(request, stage, blobs), picture)
    clip = _film(renderer, picture, request, blobs, progress)
    return AnimateResult(
        clip=clip,
        prompt=request.description.text,
        notes=(*guessed, *_missed(request, stage)),
        held=HELD.get(stage.surface, 1),
        receipt=FREE,
    )


def _painted(request: AnimateRequest, picture: Pixels, blobs: Blobs) -> Stage | None:
    """The painter's layers, None where there are none or the picture is no longer the one that they show."""
    attachment = request.keyframe.attachments.get("stage")
    if attachment is None:
        return None
    stage = unpack(blobs.get(attachment))
    return stage if np.array_equal(flatten(stage), picture) else None


def _missed(request: AnimateRequest, stage: Stage) -> tuple[str, ...]:
    """What the description asks for and the clip does not show."""
    people = any(layer.kind == "person" for layer in stage.layers)
    done = _acts(request, stage)
    return acts.beyond(done, request.description) if people else ()


def _acts(request: AnimateRequest, stage: Stage) -> tuple[Move, ...] | None:
    """What a drawn person does, None where nobody is drawn."""
    if not stage.cast:
        return None
    seat = bool(Cast.unpacked(stage.cast).shot.blocks)
    done = acts.acts(stage.pose, request.description, request.board, seat)
    return done if request.speech is None or "talk" in done else (*done, "talk")


def _instructions(request: AnimateRequest, stage: Stage, blobs: Blobs) -> Instructions:
    frames = max(round(request.duration * request.fps), 2)
    voice, lips = None, None
    if request.speech is not None and request.board.framing in SPEAKING:
        heard = blobs.samples(request.speech), request.speech.rate, frames, request.fps
        voice, lips = standing_body.loudness(*heard), visemes.spoken(*heard)
    mood = pace.read_pace(request.description, request.board)
    done, extras = _acts(request, stage) or (), airborne.extras(request.description)
    return Instructions(
        request.description.camera,
        frames,
        request.fps,
        request.seed,
        mood,
        not stage.inside,
        voice,
        done,
        extras,
        lips,
    )


def _film(renderer: Renderer, picture: Pixels, request: AnimateRequest, blobs: Blobs, progress: OnProgress) -> Clip:
    """Draw and encode every frame; the finished file goes into the store."""
    height, width = picture.shape[:2]
    try:
        with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
            target = Path(folder) / "clip.mp4"
            with encode.encoding(target, width, height, request.fps) as pipe:
                for number in range(renderer.frames):
                    pipe.write(renderer.frame(number))
                    progress((number + 1) / (renderer.frames + 1))
                pipe.finish()
            clip = blobs.put_clip(target, width=width, height=height, fps=request.fps, frames=renderer.frames)
    except OSError as error:
        raise MachineError(
            f"The clip could not be written: {error.strerror or error}. Free disk space in the temporary "
            "folder and run again."
        ) from error
    progress(1.0)
    return clip


def _even(picture: Pixels) -> Pixels:
    """The picture as H.264 takes it: even sides, none longer than ``LONG_SIDE``; the painter's own pass unchanged."""
    scale = min(LONG_SIDE / max(picture.shape[:2]), 1.0)
    if scale < 1:
        picture = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    height, width = (max(side // 2 * 2, 2) for side in picture.shape[:2])
    return np.ascontiguousarray(picture[:height, :width])
