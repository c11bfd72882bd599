"""The video agent's writer (Eq. 3): code chooses the camera by mood and neighbour, the model says what moves."""

from __future__ import annotations

from collections.abc import Sequence

from personavlog.backbones.reviews import Change
from personavlog.script import Board, Camera, Emotion, Framing, VideoDescription
from personavlog_embedded.writing.language.ask import TURN, Remembered, english_only, one_object, wanted_parts, words
from personavlog_embedded.writing.language.model import language_model
from personavlog_embedded.writing.language.templates import as_json, prompt

_MOVES = {
    Emotion.JOYFUL: (Camera.ORBIT, Camera.PULL_OUT, Camera.PAN_RIGHT),
    Emotion.CALM: (Camera.PAN_LEFT, Camera.STATIC, Camera.PUSH_IN),
    Emotion.CURIOUS: (Camera.PUSH_IN, Camera.PAN_RIGHT, Camera.TILT_UP),
    Emotion.TENSE: (Camera.HANDHELD, Camera.PUSH_IN, Camera.TILT_DOWN),
    Emotion.NOSTALGIC: (Camera.PULL_OUT, Camera.PAN_LEFT, Camera.STATIC),
    Emotion.EXCITED: (Camera.HANDHELD, Camera.ORBIT, Camera.PAN_RIGHT),
    Emotion.MELANCHOLIC: (Camera.STATIC, Camera.PULL_OUT, Camera.TILT_DOWN),
    Emotion.PROUD: (Camera.TILT_UP, Camera.ORBIT, Camera.PUSH_IN),
}
"""Camera movements that suit an emotion, the most natural one first."""
_drafts = Remembered()


def write_videos(*, boards: Sequence[Board], seed: int, notes: Sequence[Change] = ()) -> tuple[VideoDescription, ...]:
    """One description per board; neighbours move the camera differently. ``notes`` as in ``write_boards``."""
    question = as_json([[board.model_dump(mode="json") for board in boards], seed])
    videos, rounds = _drafts.get(question)
    rounds = rounds + 1 if notes and videos else 0
    wanted = wanted_parts(notes, len(boards)) if rounds else frozenset(range(len(boards)))
    cameras = _cameras(boards)
    made = tuple(
        _video(board, cameras[number], seed + TURN * rounds + number) if number in wanted else videos[number]
        for number, board in enumerate(boards)
    )
    _drafts.put(question, made, rounds)
    return made


def _cameras(boards: Sequence[Board]) -> list[Camera]:
    """A selfie is held by hand; else the first movement that suits the mood and was used least, never the
    neighbour's."""
    used: list[Camera] = []
    for board in boards:
        suited = (Camera.HANDHELD,) if board.framing is Framing.SELFIE else _MOVES[board.emotion]
        open_moves = [move for move in suited if not used or move is not used[-1]] or [Camera.STATIC]
        used.append(min(open_moves, key=used.count))
    return used


def _video(board: Board, camera: Camera, seed: int) -> VideoDescription:
    seen = f"{board.place}, {board.time_of_day.value}, {board.weather.value}. {board.action} {', '.join(board.props)}"
    messages = prompt("video", "en", picture=seen, camera=camera.value)
    schema = one_object(motion=words(120), atmosphere=words(90), detail=words(80))
    answer = language_model().ask(messages, schema, seed=seed, max_tokens=160, temperature=0.7)
    motion = english_only(answer["motion"], 300) or "The person breathes and looks around."
    atmosphere = english_only(answer["atmosphere"], 200) or f"A {board.emotion.value} moment."
    return VideoDescription(
        camera=camera, motion=motion, atmosphere=atmosphere, detail=english_only(answer["detail"], 200)
    )
