from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from personavlog_embedded.music.edit import CUT, ROOM, apply_edit, plan_edit, sounding
from personavlog_embedded.music.listen import Heard, hear

RATE = 48_000


def _drums(bpm: float, seconds: float) -> np.ndarray:
    """A bass drum on every bar's first beat, a lighter one on the others, a chord that changes with the bar."""
    time = np.arange(int(seconds * RATE)) / RATE
    beat = 60 / bpm
    since, number = time % beat, (time // beat).astype(int)
    kick = np.sin(2 * np.pi * 55 * time) * np.exp(-since * 14) * np.where(number % 4 == 0, 1.0, 0.35)
    hat = np.random.default_rng(0).standard_normal(len(time)) * np.exp(-since * 60) * 0.2
    chord = 0.15 * np.sin(2 * np.pi * np.choose(number // 4 % 2, (220.0, 261.6)) * time)
    mono = 0.5 * (kick + hat + chord) * np.clip((seconds - time) / 2, 0, 1)
    return np.stack([mono, mono], axis=1).astype(np.float32)


@pytest.mark.parametrize("bpm", [72.0, 96.0, 118.0])
def test_tempo_beats_and_bars_are_found(bpm: float) -> None:
    heard = hear(_drums(bpm, 30), RATE)
    assert heard.tempo == pytest.approx(bpm, rel=0.02)
    beat = 60 / bpm
    off = (heard.beats + beat / 2) % beat - beat / 2
    assert np.abs(off[2:-4]).mean() < 0.04
    assert round(float(heard.beats[heard.first_bar] / beat)) % 4 == 0


def _steady(beat: float, count: int, first: float = 0.2) -> Heard:
    rng = np.random.default_rng(3)
    return Heard(60 / beat, np.arange(count) * beat + first, 0, rng.standard_normal((count, 48)))


@given(st.floats(0.4, 0.95), st.floats(6, 500))
@example(beat=0.515625, wanted=139.0)  # the last beat lies behind what sounds
@settings(max_examples=40, deadline=None)
def test_every_length_is_reached_from_one_track(beat: float, wanted: float) -> None:
    heard = _steady(beat, int(110 / beat))
    edit = plan_edit(heard, 0.1, 109.0, wanted)
    assert -CUT - 1e-6 <= wanted - edit.duration <= ROOM + 1e-6
    assert edit.pieces[-1].end == 109.0
    assert all(0 <= piece.start < piece.end <= 109.0 for piece in edit.pieces)


@given(
    beat=st.floats(0.35, 1.09),
    begin=st.floats(0, 3),
    length=st.floats(15, 200),
    first=st.floats(-2, 4),
    beyond=st.floats(-6, 4),
    wanted=st.floats(6, 500),
)
@example(beat=0.53, begin=0.9, length=59.0, first=0.2, beyond=3.4, wanted=106.0)  # left behind the end
@example(beat=0.57, begin=2.4, length=44.0, first=-1.6, beyond=0.8, wanted=92.0)  # came back before the begin
@example(beat=0.42, begin=1.7, length=36.0, first=2.8, beyond=-1.1, wanted=89.0)  # the whole track again is too short
@settings(max_examples=60, deadline=None)
def test_pieces_lie_in_what_sounds_wherever_the_beats_begin_and_end(
    beat: float, begin: float, length: float, first: float, beyond: float, wanted: float
) -> None:
    end = begin + length
    first = max(0.0, begin + first)
    heard = _steady(beat, max(1, int((end + beyond - first) / beat)), first)
    edit = plan_edit(heard, begin, end, wanted)
    assert -CUT - 1e-6 <= wanted - edit.duration <= ROOM + 1e-6
    assert edit.pieces[-1].end == end
    assert all(begin <= piece.start < piece.end <= end for piece in edit.pieces)


@pytest.mark.parametrize("wanted", [7.3, 25.0, 61.37])
def test_the_edit_has_exactly_the_asked_length_and_no_click(wanted: float) -> None:
    track = _drums(90, 40)
    heard = hear(track, RATE)
    music = apply_edit(track, RATE, plan_edit(heard, *sounding(track, RATE), wanted), wanted)
    assert music.shape == (round(wanted * RATE), 2)
    assert np.abs(music[-1]).max() < 1e-3 and np.abs(music[0]).max() < 1e-2
    assert np.abs(np.diff(music, axis=0)).max() <= 1.3 * np.abs(np.diff(track, axis=0)).max()


def test_a_join_keeps_the_beat() -> None:
    track = _drums(90, 60)
    edit = plan_edit(hear(track, RATE), *sounding(track, RATE), 30.0)
    assert len(edit.pieces) == 2
    jump = edit.pieces[1].start - edit.pieces[0].end
    assert abs((jump / (4 * 60 / 90) + 0.5) % 1 - 0.5) < 0.03


def test_silence_around_a_track_is_not_played() -> None:
    track = np.concatenate([np.zeros((RATE, 2), np.float32), _drums(90, 20), np.zeros((2 * RATE, 2), np.float32)])
    begin, end = sounding(track, RATE)
    assert begin == pytest.approx(1.0, abs=0.05) and 20 < end < 21.2
