"""Sound and film: whether the lines are understood, how loud the film is, whether the music steps back for the voice,
and whether every line fits its clip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from personavlog.benchmark.outputs import Shot
from personavlog.benchmark.scoring.ducking import RATE, ducking
from personavlog.benchmark.scoring.sound import mono, seconds_of, sound_of
from personavlog.benchmark.scoring.work import Task, Value, Values, Work, nothing, there
from personavlog.media.arrays import Samples
from personavlog.media.transcode import probe
from personavlog.metrics.loudness import SILENCE, integrated
from personavlog.metrics.resample import resample

VERSION = "film-1"
MUSIC, MIX, FILM = "music.wav", "mix.wav", "film.mp4"
HEARD = {"wer": ("moonshine-tiny-en",)}
FITS: dict[str, tuple[str, ...]] = {"narration.fit": ()}
LOUDNESS: dict[str, tuple[str, ...]] = {"loudness": ()}
DUCKING: dict[str, tuple[str, ...]] = {"ducking": ()}
FRAME = 0.05
"""Seconds that a line may be longer than its clip: a frame at 24 a second, and what a header rounds."""

Run = Callable[[Sequence[str]], Values]


def works(task: Task) -> Iterator[Work]:
    """One a line, then the sound of the whole."""
    vlog = task.vlog
    for shot, voice, clip in zip(vlog.shots, vlog.voices, vlog.clips, strict=True):
        if shot.line.strip():
            said = f"{vlog.meta.language} {shot.line}"
            heard = partial(_heard, shot, voice, vlog.meta.language)
            yield Work("line", shot.index, HEARD, VERSION, (voice,), heard, said)
            yield Work("line", shot.index, FITS, VERSION, (voice, clip), partial(_fits, shot, voice, clip))
    whole = vlog.file(MIX) or vlog.file(FILM)
    yield Work("vlog", None, LOUDNESS, VERSION, (whole,), partial(_loudness, whole))
    music = vlog.file(MUSIC)
    yield Work(
        "vlog", None, DUCKING, VERSION, (whole, music, *vlog.voices), partial(_ducking, whole, music, vlog.voices)
    )


def _heard(shot: Shot, voice: Path | None, language: str, names: Sequence[str]) -> Values:
    if not language.lower().startswith("en"):
        return nothing(names, f"The recogniser hears English only, and this line is spoken in {language!r}.")
    # Imported here: the readings of numbers take a while to load, and most of what is scored has no voice.
    from personavlog.metrics.listen import transcribe, word_error_rate

    samples, rate = sound_of(_voice(voice, shot))
    heard = transcribe(mono(samples), rate)
    return {"wer": Value(word_error_rate(shot.line, heard), "", {"heard": heard[:1000]})}


def _fits(shot: Shot, voice: Path | None, clip: Path | None, names: Sequence[str]) -> Values:
    spoken = seconds_of(_voice(voice, shot))
    shown = probe(there(clip, f"clip of shot {shot.index}"), f"The clip of shot {shot.index}").seconds
    if shown is None:
        return nothing(names, f"The clip of shot {shot.index} does not say how long it is.")
    detail = {"spoken": round(spoken, 3), "shown": round(shown, 3)}
    return {"narration.fit": Value(float(spoken <= shown + FRAME), "", dict(detail))}


def _loudness(whole: Path | None, names: Sequence[str]) -> Values:
    samples, rate = sound_of(there(whole, f"{MIX} and no {FILM}"))
    found = integrated(samples, rate)
    return {"loudness": Value(found) if found > SILENCE else Value(None, "It is silent.")}


def _ducking(whole: Path | None, music: Path | None, voices: Sequence[Path | None], names: Sequence[str]) -> Values:
    files = [there(whole, f"{MIX} and no {FILM}"), there(music, MUSIC), *[one for one in voices if one is not None]]
    if len(files) == 2:
        return nothing(names, "There is no voice.")
    mixed, behind, *spoken = (_slow(path) for path in files)
    found = ducking(mixed, behind, spoken)
    return {"ducking": Value(found.decibels, found.why, {"under": found.under, "open": found.open})}


def _slow(path: Path) -> Samples:
    samples, rate = sound_of(path)
    return resample(mono(samples), rate, RATE)


def _voice(path: Path | None, shot: Shot) -> Path:
    return there(path, f"voice of shot {shot.index}")
