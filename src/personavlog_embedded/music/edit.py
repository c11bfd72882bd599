"""A finished piece cut to another length: it begins as a piece begins, ends as it ends, and the joins lie on beats
where both sides sound alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Samples
from personavlog_embedded.music.listen import BEATS_IN_A_BAR, Heard

Values = NDArray[np.float64]

ROOM, CUT = 0.55, 0.45
"""Seconds by which the music may end before the asked length, and by which its dying away may be cut: together a slow
beat."""

_HEAD, _TAIL = 6.0, 7.0
_CROSSFADE = 0.09
_SEARCH = 0.02
_FADE = 2.5
_SILENT = 10 ** (-50 / 20)
_AROUND = 4
_PICK_UP_BARS = 4


@dataclass(frozen=True)
class Piece:
    """A stretch of the track, in seconds."""

    start: float
    end: float


@dataclass(frozen=True)
class Edit:
    """The stretches in their order; ``unlike`` is how different the two sides of the worst join sound (0 alike, 1 as
    two random beats)."""

    pieces: tuple[Piece, ...]
    unlike: float

    @property
    def duration(self) -> float:
        """Seconds of all pieces together."""
        return sum(piece.end - piece.start for piece in self.pieces)


def plan_edit(heard: Heard, begin: float, end: float, wanted: float) -> Edit:
    """Choose what to keep of a track that sounds from ``begin`` to ``end`` s, so that ``wanted`` seconds result,
    ``ROOM`` less or ``CUT`` more."""
    pieces: list[Piece] = []
    unlike = 0.0
    likeness = _Likeness(heard)
    start = begin
    while wanted > 1.5 * (end - begin):
        # Too long for one jump back: play up to the best late bar, and again from an early one.
        out, back, worst = likeness.loop(start, begin, end)
        pieces.append(Piece(start, out))
        wanted, start, unlike = wanted - (out - start), back, max(unlike, worst)
    found = _best_join(heard, likeness, start if pieces else None, begin, end, wanted)
    return Edit((*pieces, *found.pieces), max(unlike, found.unlike))


def apply_edit(samples: Samples, rate: int, edit: Edit, wanted: float) -> Samples:
    """Exactly ``round(wanted * rate)`` samples (n, 2): the pieces joined, and an ending that fades where the track has
    none."""
    track = np.zeros((0, samples.shape[1]), np.float32)
    for number, piece in enumerate(edit.pieces):
        first, last = round(piece.start * rate), round(piece.end * rate)
        track = _joined(track, samples, first, last, rate) if number else samples[first:last].copy()
    count = round(wanted * rate)
    track = np.pad(track[:count], ((0, max(0, count - len(track))), (0, 0)))
    return _ended(_begun(track, rate), rate)


def sounding(samples: Samples, rate: int) -> tuple[float, float]:
    """From where to where, in seconds, a track is not silent."""
    window = rate // 50
    count = len(samples) // window
    level = np.abs(samples[: count * window]).reshape(count, -1).max(axis=1)
    loud = np.flatnonzero(level > _SILENT * max(float(level.max(initial=0.0)), 1e-6))
    return (
        (0.0, len(samples) / rate)
        if len(loud) == 0
        else (float(loud[0]) * window / rate, float(loud[-1] + 1) * window / rate)
    )


class _Likeness:
    """How unlike the music around two beats is, before and after them; 1 is the mean of random pairs."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        color = heard.color - heard.color.mean(axis=0)
        color = color / np.maximum(color.std(axis=0), 1e-6)
        self._color = np.pad(color, ((_AROUND, _AROUND), (0, 0)), mode="edge")
        spread = np.random.default_rng(0).integers(0, len(color), (200, 2))
        self._usual = max(1e-6, float(np.mean([self._raw(int(a), int(b)) for a, b in spread])))

    def between(self, out: int, back: int) -> float:
        """For leaving at beat ``out`` and going on at beat ``back``."""
        return self._raw(out, back) / self._usual

    def _raw(self, out: int, back: int) -> float:
        a, b = (self._color[beat : beat + 2 * _AROUND] for beat in (out, back))
        return float(np.sqrt(np.square(a - b).mean()))

    def loop(self, start: float, begin: float, end: float) -> tuple[float, float, float]:
        """The best place to leave late and to come back to early, in seconds, and how unlike they are."""
        beats = self._heard.beats
        outs = [
            n
            for n in _bar_lines(self._heard)
            if beats[n] > begin + 0.65 * (end - begin) and beats[n] < end - _TAIL and beats[n] > start + _HEAD
        ]
        backs = [n for n in _bar_lines(self._heard) if beats[n] > begin and beats[n] < begin + 0.35 * (end - begin)]
        pairs = [(self.between(out, back), out, back) for out in outs for back in backs]
        if not pairs:
            return end, begin, 1.0
        worst, out, back = min(pairs)
        return float(beats[out]), float(beats[back]), worst


def _bar_lines(heard: Heard) -> range:
    return range(heard.first_bar, len(heard.beats), BEATS_IN_A_BAR)


def _best_join(heard: Heard, likeness: _Likeness, fixed: float | None, begin: float, end: float, wanted: float) -> Edit:
    best: tuple[float, Edit] = (np.inf, _off_the_beat(begin if fixed is None else fixed, begin, end, wanted))
    beats = heard.beats
    head, tail = min(_HEAD, wanted / 3), min(_TAIL, wanted / 2)
    for start, price in _starts(heard, fixed, begin):
        if -CUT <= wanted - (end - start) <= ROOM:
            best = min(best, (price, Edit((Piece(start, end),), 0.0)), key=lambda entry: entry[0])
        # The grid of beats may go on into the silence around what sounds: nobody leaves or comes back there.
        for out in np.flatnonzero((beats > start + head) & (beats < min(end, start + wanted - tail))):
            target = end - (wanted - (beats[out] - start))
            for back in _same_beat_of_bar(heard, int(out), target):
                if not begin <= beats[back] < end:
                    continue
                short = wanted - (beats[out] - start) - (end - beats[back])
                if not -CUT <= short <= ROOM or back == out:
                    continue
                unlike = likeness.between(int(out), back)
                cost = unlike + price + 0.5 * abs(short)
                if cost < best[0]:
                    best = (cost, Edit((Piece(start, float(beats[out])), Piece(float(beats[back]), end)), unlike))
    return best[1]


def _off_the_beat(start: float, begin: float, end: float, wanted: float) -> Edit:
    """For a track without a steady beat: out in the middle, back where the length comes out right; out later where even
    the whole track after the jump would be too short."""
    out, back = start + wanted / 2, end - wanted / 2
    if out >= end or back <= begin:
        out, back = (start + end) / 2, max(begin, end - (wanted - (end - start) / 2))
    if wanted - (out - start) - (end - back) > ROOM:
        out, back = start + wanted - (end - begin), begin
    return Edit((Piece(start, out), Piece(back, end)), 1.0)


def _starts(heard: Heard, fixed: float | None, begin: float) -> list[tuple[float, float]]:
    """Where the film's music may begin, and what it costs: the track's own begin is best, then bar lines, then any
    early beat as a pick-up."""
    if fixed is not None:
        return [(fixed, 0.0)]
    early = heard.beats[: _PICK_UP_BARS * BEATS_IN_A_BAR]
    on_bar = [(number - heard.first_bar) % BEATS_IN_A_BAR == 0 for number in range(len(early))]
    later = [
        (float(beat), 0.15 if bar else 0.35) for beat, bar in zip(early, on_bar, strict=True) if beat > begin + 0.2
    ]
    return [(begin, 0.0), *later]


def _same_beat_of_bar(heard: Heard, out: int, target: float) -> list[int]:
    near = int(np.searchsorted(heard.beats, target))
    around = range(max(1, near - BEATS_IN_A_BAR), min(len(heard.beats) - 1, near + BEATS_IN_A_BAR + 1))
    return [back for back in around if (back - out) % BEATS_IN_A_BAR == 0]


def _joined(track: Samples, samples: Samples, first: int, last: int, rate: int) -> Samples:
    """``track`` going over into ``samples[first:last]`` by a short crossfade that ends on the beat, shifted to where
    the waves agree best."""
    size, reach = int(_CROSSFADE * rate), int(_SEARCH * rate)
    if first < size + reach or len(track) < size:
        return np.concatenate([track, samples[first:last]])
    ending = track[-size:]
    shift = _best_shift(ending.mean(axis=1), samples[first - size - reach : first + reach].mean(axis=1)) - reach
    coming = samples[first - size + shift : first + shift]
    ramp = np.sin(0.5 * np.pi * (np.arange(size) + 0.5) / size)[:, None]
    blended = ending * ramp[::-1] + coming * ramp
    return np.concatenate([track[:-size], blended.astype(np.float32), samples[first + shift : last]])


def _best_shift(ending: NDArray[np.floating], region: NDArray[np.floating]) -> int:
    product = np.correlate(region, ending, "valid")
    energy = np.sqrt(np.convolve(region.astype(np.float64) ** 2, np.ones(len(ending)), "valid") + 1e-9)
    return int((product / energy).argmax())


def _begun(track: Samples, rate: int) -> Samples:
    size = min(rate // 50, len(track))
    track[:size] *= (np.arange(size) / size)[:, None]
    return track


def _ended(track: Samples, rate: int) -> Samples:
    """A track that is still loud where it stops is faded over a phrase's end; one that died away by itself only keeps
    its last samples from clicking."""
    size = min(int(_FADE * rate), len(track) // 2)
    body, end = np.abs(track[:-size]).mean() if len(track) > size else 0.0, np.abs(track[-size // 4 :]).mean()
    if end < 0.12 * body:
        size = min(rate // 20, len(track) // 2)
    track[len(track) - size :] *= (0.5 + 0.5 * np.cos(np.pi * np.arange(size) / max(1, size)))[:, None]
    return track
