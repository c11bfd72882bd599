"""Which finished track fits a music description: what its title says, and how it sounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from personavlog.metrics import text
from personavlog.script import MusicDescription
from personavlog_embedded.music.tracks import Track

Values = NDArray[np.float64]

MOODS: Mapping[str, tuple[float, float, float, float]] = {
    "joyful": (0.6, 0.9, 0.9, -1.0),
    "excited": (1.0, 1.0, 1.3, -0.3),
    "proud": (0.3, 0.4, 0.6, -0.6),
    "curious": (0.3, 0.4, 0.3, 0.0),
    "calm": (-0.7, -0.5, -1.0, -0.3),
    "nostalgic": (-0.4, -0.4, -0.3, 0.2),
    "melancholic": (-0.6, -0.7, -0.7, 1.0),
    "tense": (0.3, -0.2, 0.4, 1.3),
}
"""How a mood sounds, in standard deviations of all tracks: faster, brighter, more driven, more minor."""

_WORDS = {
    "happy": "joyful",
    "cheerful": "joyful",
    "playful": "joyful",
    "uplifting": "joyful",
    "energetic": "excited",
    "upbeat": "excited",
    "peaceful": "calm",
    "serene": "calm",
    "relaxed": "calm",
    "dreamy": "calm",
    "gentle": "calm",
    "sad": "melancholic",
    "lonely": "melancholic",
    "wistful": "nostalgic",
    "warm": "nostalgic",
    "mysterious": "tense",
    "dark": "tense",
    "dramatic": "tense",
    "anxious": "tense",
    "hopeful": "proud",
    "triumphant": "proud",
    "wonder": "curious",
    "adventurous": "excited",
    "欢快": "joyful",
    "快乐": "joyful",
    "平静": "calm",
    "宁静": "calm",
    "忧伤": "melancholic",
    "怀旧": "nostalgic",
    "紧张": "tense",
    "激动": "excited",
}
_TEXT, _SOUND, _TEMPO = 0.5, 0.3, 0.3
_NEAR = 0.03
"""Tracks whose score is this close to the best are equally good; the seed chooses."""


def ranked(description: MusicDescription, tracks: Sequence[Track]) -> list[tuple[float, Track]]:
    """All tracks with their score, best first. Raises ``WeightsError`` if the text model cannot be had."""
    # Titles name moods, places and styles, never instruments or tempos, which would only add noise to the likeness.
    words = f"{', '.join(description.emotions)}, {description.style}"
    titles = text.relevance([words], [f"{track.title}, {track.category}" for track in tracks])[0]
    sound = -_SOUND * np.sqrt(np.square(_standard(tracks) - wanted_sound(description.emotions)).mean(axis=1))
    tempo = -_TEMPO * np.array([_octaves_apart(track.tempo, description.tempo) for track in tracks])
    scores = _TEXT * titles + sound + tempo
    order = np.argsort(-scores, kind="stable")
    return [(float(scores[at]), tracks[at]) for at in order]


def choose(description: MusicDescription, tracks: Sequence[Track], seed: int) -> Track:
    """The best track; among equally good ones the seed's."""
    scored = ranked(description, tracks)
    good = [track for score, track in scored if score >= scored[0][0] - _NEAR]
    return good[int(np.random.default_rng(seed).integers(len(good)))]


def wanted_sound(emotions: Sequence[str]) -> Values:
    """The mean of the moods, the first one twice as heavy; a word that is no mood counts as the nearest one."""
    weights = [2.0] + [1.0] * (len(emotions) - 1)
    return np.average([MOODS[_mood(word)] for word in emotions], axis=0, weights=weights)


def _mood(word: str) -> str:
    known = {**{mood: mood for mood in MOODS}, **_WORDS}
    for part in (word.lower(), *word.lower().replace("-", " ").split()):
        if part in known:
            return known[part]
    # Single words lie close together in the text model; in a sentence about music they come apart.
    names = [name for name in known if name.isascii()]
    at, _ = text.nearest(_in_a_sentence(word), [_in_a_sentence(name) for name in names])[0]
    return known[names[at]]


def _in_a_sentence(word: str) -> str:
    return f"{word} music, a {word} mood"


def _standard(tracks: Sequence[Track]) -> Values:
    rows = np.array([(np.log(track.tempo), np.log(track.brightness), track.drive, track.minor) for track in tracks])
    return np.asarray((rows - rows.mean(axis=0)) / np.maximum(rows.std(axis=0), 1e-9))


def _octaves_apart(tempo: float, wanted: float) -> float:
    """Half and double tempo feel related: 0 for the same, at most half an octave."""
    apart = abs(float(np.log2(tempo / wanted)))
    return min(apart, abs(apart - 1) + 0.15)
