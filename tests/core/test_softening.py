"""What a refused picture or clip is asked for as: nothing of what a writer invented, everything that the film needs."""

from __future__ import annotations

from personavlog.backbones import words
from personavlog.backbones.fake import FakeImage, FakeVideo
from personavlog.backbones.legal import legal_animate, legal_edit
from personavlog.backbones.roles import AnimateRequest, EditRequest, Keyframe
from personavlog.backbones.softening import softened_clip, softened_edit
from personavlog.media import Image
from tests.core.judge_cases import board, description

PICTURE = Image(digest="0" * 64, size=1, media_type="image/png", width=64, height=64)
IMAGE, VIDEO = FakeImage().capabilities.model_copy(update={"corrections": frozenset()}), FakeVideo().capabilities
BOARD = board().model_copy(update={"action": "She swings a bloody axe.", "props": ("a bloody axe",)})


def keyframe(**changes: object) -> EditRequest:
    wanted = {
        "purpose": "keyframe",
        "reference": PICTURE,
        "style": "anime",
        "width": 640,
        "height": 360,
        "board": BOARD,
    }
    return legal_edit(EditRequest.model_validate({**wanted, **changes}), IMAGE).request


def test_a_picture_keeps_its_place_and_loses_its_action() -> None:
    request = keyframe(appearance="a scar")
    softer = softened_edit(request, IMAGE)
    assert softer is not None and "axe" in request.prompt
    assert "axe" not in softer.model_dump_json() and "scar" not in softer.prompt
    assert BOARD.place in softer.prompt and words.KEEP in softer.prompt
    assert (softer.seed, softer.width, softer.height) == (request.seed, request.width, request.height)


def test_what_holds_no_writers_words_cannot_be_softened() -> None:
    assert softened_edit(keyframe(purpose="stylise", board=None), IMAGE) is None
    assert (
        softened_edit(
            keyframe(corrections=[{"correction": "in words", "thing": "more blood"}], previous={"image": PICTURE}),
            IMAGE,
        )
        is None
    )


def test_a_clip_keeps_its_camera_and_length_and_loses_its_motion() -> None:
    wild = description().model_copy(update={"motion": "She swings the axe.", "detail": "an axe"})
    wanted = AnimateRequest(
        keyframe=Keyframe(image=PICTURE), description=wild, board=BOARD, width=640, height=360, duration=3.0
    )
    request = legal_animate(wanted, VIDEO).request
    softer = softened_clip(request, VIDEO)
    assert "axe" in request.prompt and "axe" not in softer.model_dump_json()
    assert softer.description.camera == wild.camera and softer.duration == request.duration
