"""Moving pictures: VBench's six dimensions of every clip and of all clips in a row, our two by RAFT, and whether a clip
begins with its keyframe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from pydantic import JsonValue

from personavlog.benchmark.scoring.work import Task, Value, Values, Work, of, pixels_of, there
from personavlog.judge.sound import still_likeness
from personavlog.media.arrays import Pixels

if TYPE_CHECKING:
    from personavlog.metrics.published.clip_measures import ClipMeasures
    from personavlog.metrics.published.video import Video

Run = Callable[[Sequence[str]], Values]
BY_FLOW, BY_AMT = "raft.motion_smoothness", "vbench.motion_smoothness"
VERSION = "clips-1"
NEEDS = {
    "vbench.subject_consistency": ("dino",),
    "vbench.background_consistency": ("clip-b",),
    "vbench.motion_smoothness": ("amt",),
    "vbench.dynamic_degree": ("raft",),
    "vbench.aesthetic_quality": ("clip-l",),
    "vbench.imaging_quality": ("musiq",),
    "raft.motion_smoothness": ("raft",),
    "dynamic_radius": ("raft",),
}
"""The network behind each measure of a clip."""
FILM = {f"film.{name}": nets for name, nets in NEEDS.items() if name.startswith("vbench.")}
FIRST = {"first_frame": ("video",)}


def works(task: Task) -> Iterator[Work]:
    """A clip's measures are taken from one decoding, or from two where our own take the flow of smaller frames."""
    vlog, side = task.vlog, task.networks.flow_side
    own = {name: nets for name, nets in NEEDS.items() if not name.startswith("vbench.")}
    rest = {name: nets for name, nets in NEEDS.items() if name not in own}
    for shot, clip, keyframe in zip(vlog.shots, vlog.clips, vlog.keyframes, strict=True):
        if "clip" in task.units:
            whole = NEEDS if side is None else rest
            yield Work("clip", shot.index, whole, VERSION, (clip,), _one_clip(task, clip, shot.index, None))
        if "clip" in task.units and side is not None:
            small, run = f"at most {side} px on the short side", _one_clip(task, clip, shot.index, side)
            yield Work("clip", shot.index, own, VERSION, (clip,), run, small, {"frames": small})
        yield Work("clip", shot.index, FIRST, VERSION, (clip, keyframe), _first(clip, keyframe, shot.index))
    if "vlog" in task.units:
        yield Work("vlog", None, FILM, VERSION, vlog.clips, lambda names: _film(task, names))


def _one_clip(task: Task, clip: Path | None, index: int, side: int | None) -> Run:
    def run(names: Sequence[str]) -> Values:
        from personavlog.metrics.published.clip_measures import measure_frames
        from personavlog.metrics.published.video import opened

        found: dict[str, Value] = {}
        for batch in _batches(names):
            networks = task.networks.clips(_networks(batch, NEEDS), by_flow=BY_FLOW in batch)
            with opened(there(clip, f"clip of shot {index}")) as video:
                found |= _values(measure_frames(_smaller(video, side), networks), batch)
        return found

    return run


def _smaller(video: Video, side: int | None) -> Video:
    """Its frames with a short side of at most ``side`` px, even sides; the flow's threshold is a share of that side."""
    if side is None:
        return video
    return replace(video, frames=(_reduced(frame, side) for frame in video.frames))


def _reduced(frame: Pixels, side: int) -> Pixels:
    scale = side / min(frame.shape[:2])
    if scale >= 1:
        return frame
    width, height = (round(length * scale / 2) * 2 for length in (frame.shape[1], frame.shape[0]))
    return np.asarray(cv2.resize(frame, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _batches(names: Sequence[str]) -> list[list[str]]:
    """One pass, or two: a pass has one interpolator."""
    if {BY_FLOW, BY_AMT} <= set(names):
        return [[name for name in names if name != BY_FLOW], [BY_FLOW]]
    return [list(names)]


def _film(task: Task, names: Sequence[str]) -> Values:
    """All clips as one stream: the first frame's likeness and the flow go across the cuts."""
    from personavlog.metrics.published.clip_measures import measure_frames

    clips = [
        there(clip, f"clip of shot {shot.index}") for shot, clip in zip(task.vlog.shots, task.vlog.clips, strict=True)
    ]
    plain = [name.removeprefix("film.") for name in names]
    video, note = _joined(clips)
    networks = task.networks.clips(_networks(plain, NEEDS), by_flow=False)
    found = _values(measure_frames(video, networks), plain)
    return {f"film.{name}": _noted(value, note) for name, value in found.items()}


def _joined(clips: Sequence[Path]) -> tuple[Video, str]:
    """One stream of the first clip's size and rate, decoded as it is walked, and what had to be changed for that."""
    from personavlog.metrics.published.video import Video, opened

    rates, sizes = set[float](), list[tuple[int, ...]]()
    for clip in clips:
        with opened(clip) as video:
            rates.add(round(video.fps, 2))
            sizes.append(next(video.frames).shape[:2])
    height, width = sizes[0]

    def walked(clip: Path) -> Iterator[Pixels]:
        with opened(clip) as video:
            for frame in video.frames:
                yield frame if frame.shape[:2] == (height, width) else _fitted(frame, width, height)

    notes = (
        (len(set(sizes)) > 1, f"Its clips have {len(set(sizes))} sizes; all were brought to the first one's."),
        (len(rates) > 1, "Its clips have several frame rates, so the film's motion has no speed."),
    )
    rate = rates.pop() if len(rates) == 1 else 0.0
    return Video(rate, chain.from_iterable(map(walked, clips))), " ".join(text for wrong, text in notes if wrong)


def _noted(value: Value, note: str) -> Value:
    return Value(value.value, " ".join(filter(None, (note, value.note))), value.detail)


def _networks(names: Iterable[str], needs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(network for name in names for network in needs[name]))


def _values(found: ClipMeasures, names: Sequence[str]) -> dict[str, Value]:
    seen: dict[str, JsonValue] = {
        "frames": found.frames,
        "fps": round(found.fps, 4),
        "size": [found.width, found.height],
    }
    return {
        one.definition.name: Value(value.value, value.note, {**seen, **value.detail})
        for one in found.measures
        if one.definition.name in names and isinstance((value := of(one)).detail, dict)
    }


def _first(clip: Path | None, keyframe: Path | None, index: int) -> Run:
    def run(names: Sequence[str]) -> Values:
        from personavlog.metrics.published.video import opened

        known = pixels_of(there(keyframe, f"keyframe of shot {index}"), "keyframe")
        with opened(there(clip, f"clip of shot {index}")) as video:
            shown = next(video.frames)
        return {"first_frame": Value(still_likeness(shown, _fitted(known, shown.shape[1], shown.shape[0])))}

    return run


def _fitted(picture: Pixels, width: int, height: int) -> Pixels:
    """The middle of a picture at another size: filled, never stretched."""
    scale = max(width / picture.shape[1], height / picture.shape[0])
    large = cv2.resize(
        picture,
        (max(width, round(picture.shape[1] * scale)), max(height, round(picture.shape[0] * scale))),
        interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR,
    )
    top, left = (large.shape[0] - height) // 2, (large.shape[1] - width) // 2
    return np.ascontiguousarray(large[top : top + height, left : left + width])
