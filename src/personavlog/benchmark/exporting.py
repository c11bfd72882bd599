"""A run of ours as outputs that can be scored, and the rows of the ablation that follow from it.

T_board of a shot is ``Board.text``: the board as one sentence, whatever backbone painted it, and the text that m_i2t of
Eq. 7 compares with. The words that a painter was given (``backbones.words``) hold the style and how to keep the person
besides, and differ from painter to painter.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.benchmark.costing import cost_of
from personavlog.benchmark.made import MadeRun, made_by
from personavlog.benchmark.outputs import (
    ATTEMPTS,
    CLIPS,
    CORRECTIONS,
    COST,
    FILM,
    KEYFRAMES,
    META,
    METHOD,
    MIX,
    MUSIC,
    REFERENCE,
    SHOTS,
    STORYBOARD,
    STYLISED,
    TRIED,
    VOICES,
    Meta,
    Method,
    Shot,
    Tried,
    Vlog,
)
from personavlog.benchmark.vlog_folder import read_vlog
from personavlog.errors import ConfigurationError
from personavlog.media import Blob
from personavlog.runs.blobs import Blobs
from personavlog.runs.folder import export_blob, write_file
from personavlog.runs.machine import explained
from personavlog.saved import OpenRun
from personavlog.script import Script


class Ablation(StrEnum):
    """The rows of the paper's Table 2 that follow exactly from one run with every correction.

    ``AGENTS``: no feedback. Every picture is its first attempt. There are no clips: those of the run were animated from
    corrected pictures, and the first attempts of the pictures that needed no correction would be a choice of the good
    ones. ``FRM_I``: feedback on pictures. The run's pictures, and every clip's first attempt, which was animated from
    them. "+ FRM-V" alone needs a run of its own, as the clips of ``AGENTS`` do: with the corrections of pictures
    switched off, in the same store, it makes only the clips whose picture is another one.
    """

    AGENTS = "agents"
    FRM_I = "frm-i"


def write_method(folder: Path, method: Method) -> None:
    """Write a method's ``method.json``, making the folder."""
    write_file(folder / METHOD, method.model_dump_json(indent=1).encode())


def export(run: OpenRun, target: Path, meta: Meta) -> Vlog:
    """Write what a run made as the vlog ``meta.vlog`` of the method in ``target``; what was not made is left out. The
    folder is there completely or not at all.

    Raises ``ConfigurationError`` where the vlog is there already, ``RunError`` for a run without a script or with
    changes that were not made yet, ``MediaError`` for damaged media.
    """
    made = made_by(run)
    with new_folder(target, meta) as folder:
        _write_words_and_sound(folder, run, made, meta)
        _write_pictures(folder, run.store, made.keyframes)
        _write_clips(folder, run.store, made.clips)
        if made.film is not None:
            export_blob(run.store, made.film.video, folder / FILM)
        if run.profile.feedback.keyframe_corrections or run.profile.feedback.clip_corrections:
            write_file(folder / CORRECTIONS, ATTEMPTS.dump_json((*made.pictures_tried, *made.clips_tried), indent=1))
            _write_attempts(folder, run.store, made.keyframes_of_attempts | made.clips_of_attempts)
        write_file(folder / COST, cost_of(run).model_dump_json(indent=1).encode())
    return _written(target, meta)


def ablated(run: OpenRun, target: Path, meta: Meta, row: Ablation) -> Vlog:
    """Write what the run would have been with a part of FRM switched off, and nothing that cannot be known: no cost, no
    film, and what ``Ablation`` says. Raises as ``export`` does, and ``ConfigurationError`` where it does not follow.
    """
    made = made_by(run)
    if row is Ablation.AGENTS and run.profile.extra_references:
        raise ConfigurationError(
            f"The run {run.folder.run!r} shows each picture's painter the corrected one before it (extra_references), "
            "so its first attempts are not those of a run without feedback. Make that run."
        )
    with new_folder(target, meta) as folder:
        _write_words_and_sound(folder, run, made, meta)
        if row is Ablation.AGENTS:
            _write_pictures(folder, run.store, made.keyframes | made.first_keyframes)
        else:
            _write_pictures(folder, run.store, made.keyframes)
            _write_clips(folder, run.store, made.clips | made.first_clips)
            write_file(folder / CORRECTIONS, ATTEMPTS.dump_json(made.pictures_tried, indent=1))
            _write_attempts(folder, run.store, made.keyframes_of_attempts)
    return _written(target, meta)


@contextmanager
def new_folder(target: Path, meta: Meta) -> Iterator[Path]:
    """A folder that gets the vlog's name once everything is in it."""
    place = target / meta.vlog
    if place.exists():
        raise ConfigurationError(f"The vlog {str(place)!r} is there already. Remove it, or write to another folder.")
    with explained(target):
        target.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".", dir=target))
        try:
            yield temporary
            temporary.chmod(0o755)
            temporary.rename(place)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def _written(target: Path, meta: Meta) -> Vlog:
    vlog, problems = read_vlog(target / meta.vlog, root=target)
    assert vlog is not None, problems
    return vlog


def _write_words_and_sound(folder: Path, run: OpenRun, made: MadeRun, meta: Meta) -> None:
    """What does not depend on feedback: words, the person, the sound."""
    described = meta.model_copy(update={"character": meta.character or made.script.character.appearance})
    write_file(folder / META, described.model_dump_json(indent=1).encode())
    write_file(folder / STORYBOARD, SHOTS.dump_json(_shots(made.script), indent=1))
    export_blob(run.store, run.brief.photo, folder / REFERENCE)
    if made.person is not None:
        export_blob(run.store, made.person.image, folder / STYLISED)
    for place, line in enumerate(made.narration.lines if made.narration else (), 1):
        export_blob(run.store, line.audio, folder / VOICES / f"{place:02d}.wav")
    if made.music is not None:
        export_blob(run.store, made.music.audio, folder / MUSIC)
    if made.soundtrack is not None:
        export_blob(run.store, made.soundtrack.audio, folder / MIX)


def _write_pictures(folder: Path, store: Blobs, keyframes: Mapping[int, EditResult]) -> None:
    for place, keyframe in keyframes.items():
        export_blob(store, keyframe.image, folder / KEYFRAMES / f"{place:02d}{_ending(keyframe.image)}")


def _write_clips(folder: Path, store: Blobs, clips: Mapping[int, AnimateResult]) -> None:
    for place, clip in clips.items():
        export_blob(store, clip.clip, folder / CLIPS / f"{place:02d}.mp4")


def _write_attempts(folder: Path, store: Blobs, made: Mapping[Tried, Blob]) -> None:
    for (part, place, number), blob in made.items():
        export_blob(store, blob, folder / TRIED / f"{part}-{place:02d}-{number}{_ending(blob)}")


def _ending(blob: Blob) -> str:
    return {"image/png": ".png", "image/jpeg": ".jpg", "video/mp4": ".mp4"}[blob.media_type]


def _shots(script: Script) -> tuple[Shot, ...]:
    parts = zip(script.boards, script.videos, script.monologues, strict=True)
    return tuple(
        Shot(index=place, board=board.text, video=video.text, line=line.text)
        for place, (board, video, line) in enumerate(parts, 1)
    )
