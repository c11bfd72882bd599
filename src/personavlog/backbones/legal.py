"""One place that makes a request legal for a backbone, and says what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from personavlog.backbones import words
from personavlog.backbones.capabilities import ImageCapabilities, VideoCapabilities
from personavlog.backbones.corrections import instruction
from personavlog.backbones.roles import AnimateRequest, EditRequest

RequestT = TypeVar("RequestT", EditRequest, AnimateRequest)


@dataclass(frozen=True)
class Legal(Generic[RequestT]):
    """``request`` as the backbone takes it; ``changes`` are what differs from what was wanted, a sentence each."""

    request: RequestT
    changes: tuple[str, ...] = ()


def legal_edit(request: EditRequest, can: ImageCapabilities) -> Legal[EditRequest]:
    """Size, photo, references and words as an image backbone takes them."""
    width, height = can.sizes.nearest(request.width, request.height)
    changes = [] if (width, height) == (request.width, request.height) else [_resized(request, width, height)]
    extra = request.extra_references[: _room_for_references(request, can)]
    update: dict[str, object] = {"width": width, "height": height, "extra_references": extra}
    if not can.needs_photo and request.purpose == "keyframe":
        update |= {"photo": None, "face": None}
    if not can.corrections:
        prompt = _edit_words(request, can.prompt_tokens)
        update |= {"prompt": prompt.text, "negative": prompt.negative}
        changes += _left_out(prompt)
    return Legal(request.model_copy(update=update), tuple(changes))


def legal_animate(request: AnimateRequest, can: VideoCapabilities) -> Legal[AnimateRequest]:
    """Size, length, rate, speech and words as a video backbone takes them."""
    width, height = can.sizes.nearest(request.width, request.height) if can.sizes else (request.width, request.height)
    duration = can.durations.at_least(request.duration)
    changes = [] if (width, height) == (request.width, request.height) else [_resized(request, width, height)]
    if abs(duration - request.duration) > 1 / can.fps:
        changes.append(f"The clip lasts {duration:.2f} s instead of {request.duration:.2f} s: what the backbone makes.")
    prompt = words.clip(request.description, request.board, request.style, duration, limit=can.prompt_tokens)
    update = {
        "width": width,
        "height": height,
        "duration": duration,
        "fps": can.fps,
        "speech": request.speech if can.uses_speech else None,
        "prompt": prompt.text,
        "negative": prompt.negative,
    }
    return Legal(request.model_copy(update=update), (*changes, *_left_out(prompt)))


def _room_for_references(request: EditRequest, can: ImageCapabilities) -> int:
    """Beside the reference, and the picture that is corrected."""
    return max(can.references - 1 - (request.previous is not None), 0)


def _edit_words(request: EditRequest, limit: int | None) -> words.Prompt:
    if request.purpose == "stylise":
        return words.stylise(request.style, limit=limit)
    if request.corrections:
        return words.correction(instruction(request.corrections), request.style, limit=limit)
    assert request.board is not None, "a keyframe has a board"
    return words.keyframe(request.board, request.style, request.appearance, limit=limit)


def _resized(request: EditRequest | AnimateRequest, width: int, height: int) -> str:
    return f"Asked for {request.width}x{request.height} px, the backbone makes {width}x{height}."


def _left_out(prompt: words.Prompt) -> list[str]:
    return [f"Too long for the model, left out: {part}." for part in prompt.left_out]
