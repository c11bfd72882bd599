"""The embedded image-edit backbone: F_edit without a diffusion model. A real person, cut out and redrawn, in a painted
world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import anyio.to_thread
import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog import weights
from personavlog.backbones.capabilities import ImageCapabilities
from personavlog.backbones.corrections import Remedy, instruction
from personavlog.backbones.receipts import FREE
from personavlog.backbones.roles import EditRequest, EditResult, Estimate, Resident
from personavlog.backbones.tools import OnProgress, Tools
from personavlog.errors import BriefError
from personavlog.frozen import Frozen
from personavlog.media import Image
from personavlog.media.arrays import Pixels
from personavlog.runs.blobs import Blobs
from personavlog.scene import SceneRecord
from personavlog.script import Framing
from personavlog_embedded import capabilities
from personavlog_embedded.body import placing
from personavlog_embedded.body.figure import Figure
from personavlog_embedded.painting import compose, figures
from personavlog_embedded.painting.corrections import MOST_ASKED, KeyframeChange, read_change
from personavlog_embedded.painting.parts import DrawnParts
from personavlog_embedded.photo import looks
from personavlog_embedded.render.noise import fractal
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec
from personavlog_embedded.scene.stage import pack, unpack
from personavlog_embedded.style import stylise
from personavlog_embedded.style.styles import StyleMatch, match_style

VERSION = 13
"""Changes whenever equal requests would give other pictures."""
WEIGHTS = (
    "modnet",
    "yunet",
    "face-landmarker",
    "cartoongan-hayao",
    "cartoongan-hosoda",
    "cartoongan-paprika",
    "cartoongan-shinkai",
    "bge-small-en-int8",
    "fluent-emoji",
    "emojibase",
)
PHOTO_SIDE = 1600
"""Px; a larger photo is made smaller before it is cut out."""
WORK_SIDE = {Framing.CLOSE_UP: 352, Framing.SELFIE: 384}
"""What the style network sees of a frame whose distance is out of focus, px on its longer side: less is quicker and
looks the same."""


class Painter(Resident):
    """Composes and redraws keyframes on the CPU; found by the registry as image backbone ``embedded``."""

    @property
    def fingerprint(self) -> str:
        """Changes with the painter's version and with every model file it uses."""
        return f"embedded-painter-{VERSION};" + ";".join(weights.entry(name).folder_name for name in WEIGHTS)

    @property
    def capabilities(self) -> ImageCapabilities:
        """Any even size from 240 to 1920 px a side."""
        return capabilities.image()

    def estimate(self, request: EditRequest) -> Estimate:
        """Processor seconds; the first picture of a film takes longer because the person is cut out and redrawn."""
        return Estimate(
            seconds=14 if request.purpose == "stylise" else 4 + 6 * request.width * request.height / (1280 * 720)
        )

    def parts(self, keyframe: EditResult, blobs: Blobs) -> DrawnParts | None:
        """The person of a keyframe that this painter made; None where its layers are not kept."""
        layers = keyframe.attachments.get("stage")
        return None if layers is None else DrawnParts(unpack(blobs.get(layers)))

    async def edit(self, request: EditRequest, tools: Tools) -> EditResult:
        """Redraw the photo, or compose a keyframe. Raises ``BriefError`` where a keyframe comes without a board."""
        return await anyio.to_thread.run_sync(_edit, request, tools.blobs, tools.progress)


def _edit(request: EditRequest, blobs: Blobs, progress: OnProgress) -> EditResult:
    progress(0.02)
    return _stylised(request, blobs, progress) if request.purpose == "stylise" else _keyframe(request, blobs, progress)


def _stylised(request: EditRequest, blobs: Blobs, progress: OnProgress) -> EditResult:
    """I_s: the person redrawn before a plain painted backdrop, framed as in the photo."""
    match = match_style(request.style)
    human = _figure(blobs, request.reference, request.face)
    progress(0.2)
    drawn = _drawn(blobs, request.reference, request.face, match.style.key, 1.0)
    progress(0.7)
    drawn, left, top = _aired(human, drawn)
    height, width = drawn.shape[:2]
    backdrop = stylise.stylise(_backdrop(height, width, request.seed), match.style.key, work_side=384)
    alpha = drawn[..., 3:4].astype(np.float32) / 255
    picture = _fitted(np.clip(drawn[..., :3] * alpha + backdrop * (1 - alpha) + 0.5, 0, 255).astype(np.uint8), request)
    scale = picture.shape[1] / width
    notes = tuple(note for note in (match.note, *human.notes) if note)
    scene = SceneRecord(
        place="plain backdrop",
        asked_place="plain backdrop",
        place_similarity=1.0,
        time_of_day="noon",
        weather="clear",
        framing="as in the photo",
        pose="as in the photo",
        style=match.style.key,
        person_box=_box(drawn[..., 3], scale),
        face_box=_scaled(human, scale, left, top),
        notes=notes,
    )
    progress(1.0)
    return EditResult(
        image=blobs.put_image(picture),
        prompt=f"Redraw the photo's person in the style {match.style.name}, plain backdrop.",
        scene=scene,
        receipt=FREE,
        seen=looks.describe(human.rgba, None if human.faceless else human.face.box),
    )


def _keyframe(request: EditRequest, blobs: Blobs, progress: OnProgress) -> EditResult:
    if request.board is None:
        raise BriefError("A keyframe needs a storyboard; EditRequest.board is None. Give the shot's board.")
    match = match_style(request.style)
    earlier = _earlier(request, blobs)
    asked = (*earlier.asked, *request.corrections)[-MOST_ASKED:]
    change = read_change(request.board, asked)
    photo = request.photo or request.reference
    human = _figure(blobs, photo, request.face)
    progress(0.15)
    drawn = _drawn(blobs, photo, request.face, match.style.key, change.face_strength)
    progress(0.4)
    spec = _spec(request, match, change, earlier.seed)
    side = WORK_SIDE.get(change.board.framing, stylise.WORK_SIDE)

    def restyle(rgb: Pixels) -> Pixels:
        progress(0.55)
        redrawn = stylise.stylise(rgb, match.style.key, work_side=side)
        progress(0.75)
        return redrawn

    result = compose.compose(spec, human, drawn, restyle)
    progress(0.9)
    notes = tuple(note for note in (match.note, *human.notes, *change.notes, *result.scene.notes) if note)
    attachments = {
        "stage": blobs.put(pack(result.stage), "application/zip"),
        "corrections": blobs.put(
            Earlier(asked=asked, seed=earlier.seed).model_dump_json().encode(), "application/json"
        ),
    }
    image = blobs.put_image(result.picture)
    progress(1.0)
    return EditResult(
        image=image,
        prompt=_prompt(match, change, asked),
        scene=result.scene.model_copy(update={"notes": notes}),
        receipt=FREE,
        attachments=attachments,
    )


class Earlier(Frozen):
    """The corrections that a picture already follows, and the seed of its world: a further one changes what it names
    and nothing else."""

    asked: tuple[Remedy, ...] = ()
    seed: int


def _earlier(request: EditRequest, blobs: Blobs) -> Earlier:
    blob = request.previous.attachments.get("corrections") if request.previous else None
    return Earlier(seed=request.seed) if blob is None else Earlier.model_validate_json(blobs.get(blob))


@lru_cache(maxsize=3)
def _figure(blobs: Blobs, image: Image, face: int | None) -> Figure:
    """The cut-out person; kept, because every shot of a film shows the same one."""
    photo = blobs.pixels(image)
    scale = PHOTO_SIDE / max(photo.shape[:2])
    if scale < 1:
        photo = np.asarray(cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    return figures.figure(photo, face)


@lru_cache(maxsize=3)
def _drawn(blobs: Blobs, image: Image, face: int | None, style: str, strength: float) -> Pixels:
    """Their copy in the style; kept too."""
    return figures.redrawn(_figure(blobs, image, face), style, strength)


def _spec(request: EditRequest, match: StyleMatch, change: KeyframeChange, seed: int) -> KeyframeSpec:
    film = int((request.photo or request.reference).digest[:8], 16)
    spec = KeyframeSpec(
        change.board,
        request.width,
        request.height,
        match.style.key,
        film,
        seed,
        film + request.shot,
        size=change.size,
        shift=change.shift,
        exposure=change.exposure,
        sharpen=change.sharpen,
        whole_head=change.whole_head,
        look=change.look,
        calm=change.calm,
        pose=change.pose,
        expression=change.expression,
        props=change.things,
        gone=frozenset(change.things) - frozenset(change.board.props),
        who=request.appearance,
    )
    return replace(spec, shift=spec.shift - placing.off_centre(spec)) if change.centred else spec


def _prompt(match: StyleMatch, change: KeyframeChange, asked: Sequence[Remedy]) -> str:
    corrected = f" Corrections: {instruction(asked)}" if asked else ""
    return f"{match.style.name}. {change.board.text}{corrected}"


def _backdrop(height: int, width: int, seed: int) -> Pixels:
    """Soft warm paper with broad strokes, lighter in the middle."""
    rng = np.random.default_rng([seed, 11])
    grain = fractal(rng, height, width, max(height, width) * 0.3, 5, 0.6, stretch=1.6)[..., None]
    grid_y, grid_x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    light = np.clip(1.05 - 0.28 * np.hypot(grid_x, grid_y), 0, 1)[..., None]
    paper = np.array([0.90, 0.86, 0.78], np.float32) * (1 - grain) + np.array([0.72, 0.80, 0.80], np.float32) * grain
    return np.asarray(np.clip(paper * light * 255, 0, 255), np.uint8)


def _fitted(picture: Pixels, request: EditRequest) -> Pixels:
    """Never larger than the film needs: the longer side is at most the request's."""
    scale = max(request.width, request.height) / max(picture.shape[:2])
    return (
        np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
        if scale < 1
        else picture
    )


def _box(alpha: NDArray[np.uint8], scale: float) -> tuple[float, float, float, float] | None:
    rows, columns = np.flatnonzero((alpha > 100).any(axis=1)), np.flatnonzero((alpha > 100).any(axis=0))
    if not rows.size:
        return None
    return (
        float(columns[0] * scale),
        float(rows[0] * scale),
        float((columns[-1] + 1) * scale),
        float((rows[-1] + 1) * scale),
    )


def _scaled(human: Figure, scale: float, left: int, top: int) -> tuple[float, float, float, float] | None:
    if human.faceless:
        return None
    x0, y0, x1, y1 = human.face.box
    return (x0 + left) * scale, (y0 + top) * scale, (x1 + left) * scale, (y1 + top) * scale


def _aired(human: Figure, drawn: Pixels) -> tuple[Pixels, int, int]:
    """The cut-out with air at the sides where nothing is cut; and how much was added on the left and at the top, px."""
    air = round(0.4 * human.face_height)
    left, right, top = (0 if cut else air for cut in (human.cut_left, human.cut_right, human.cut_top))
    bottom = 0 if human.cut_bottom else air
    return (
        np.asarray(
            cv2.copyMakeBorder(drawn, top, bottom, left, right, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0)), np.uint8
        ),
        left,
        top,
    )
