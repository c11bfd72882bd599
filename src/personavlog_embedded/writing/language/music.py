"""The music agent's writer (Eq. 5): emotions and tempo come from the boards, instruments and style from the model."""

from __future__ import annotations

from collections.abc import Sequence

from personavlog.backbones.reviews import Change
from personavlog.script import Board, Emotion, MusicDescription
from personavlog_embedded.writing.language.ask import TURN, choice, english_only, one_object, several, words
from personavlog_embedded.writing.language.model import language_model
from personavlog_embedded.writing.language.templates import prompt

INSTRUMENTS = (
    "piano",
    "felt piano",
    "nylon guitar",
    "acoustic guitar",
    "electric guitar",
    "ukulele",
    "harp",
    "cello",
    "violin",
    "string ensemble",
    "flute",
    "clarinet",
    "saxophone",
    "trumpet",
    "french horn",
    "accordion",
    "harmonica",
    "upright bass",
    "electric bass",
    "brushed drums",
    "lo-fi drums",
    "hand percussion",
    "marimba",
    "vibraphone",
    "music box",
    "glockenspiel",
    "soft synth pad",
    "analog synth",
    "electric piano",
    "choir pad",
    "guzheng",
    "erhu",
    "bamboo flute",
    "pipa",
    "koto",
    "sitar",
    "taiko",
)
_TEMPO = {
    Emotion.JOYFUL: 108,
    Emotion.CALM: 72,
    Emotion.CURIOUS: 92,
    Emotion.TENSE: 96,
    Emotion.NOSTALGIC: 76,
    Emotion.EXCITED: 118,
    Emotion.MELANCHOLIC: 66,
    Emotion.PROUD: 100,
}


def write_music(*, boards: Sequence[Board], theme: str, seed: int, notes: Sequence[Change] = ()) -> MusicDescription:
    """One piece for the whole film; with ``notes`` another one."""
    emotions = tuple(dict.fromkeys(board.emotion for board in boards))[:5]
    schema = one_object(instruments=several(choice(INSTRUMENTS), 3, 4), style=words(70))
    messages = prompt("music", "en", theme=theme, moods=[emotion.value for emotion in emotions])
    answer = language_model().ask(messages, schema, seed=seed + TURN * len(notes), max_tokens=100, temperature=0.8)
    return MusicDescription(
        emotions=tuple(emotion.value for emotion in emotions),
        instruments=tuple(dict.fromkeys(answer["instruments"])),
        style=english_only(answer["style"], 120) or "quiet instrumental",
        tempo=round(sum(_TEMPO[board.emotion] for board in boards) / len(boards)),
    )
