"""Pictures: the paper's TIA and CC, and whether keyframes show the same person, in the same style, drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import fmean

from personavlog.benchmark.outputs import Shot
from personavlog.benchmark.scoring import copying
from personavlog.benchmark.scoring.looks import FACELESS, Looks
from personavlog.benchmark.scoring.work import Task, Value, Values, Work, nothing, of, there
from personavlog.metrics import identity, pose, style
from personavlog.metrics.identity import floor_of

VERSION = "pictures-1"
STYLISED, REFERENCE = "stylised.png", "reference.png"
FACES, CLIP = ("yunet", "sface"), ("clip-b",)
TEXT = {"tia": ("clip-b", "clip-tokens")}
TO_STYLISED: dict[str, tuple[str, ...]] = {
    "cc.s_clip": CLIP,
    "identity": FACES,
    "identity.same": FACES,
    "style.distance": (),
    "copy_paste": ("yunet",),
}
TO_PHOTO = {"identity.photo": FACES}
WHOLE: dict[str, tuple[str, ...]] = {
    "cc": (*CLIP, "body-pose"),
    "cc.s_pose": ("body-pose",),
    "cc.gated": (*CLIP, "body-pose", *FACES),
    "cc.s_pose.gated": ("body-pose", *FACES),
}
SPREAD: dict[str, tuple[str, ...]] = {"style.spread": ()}
"""A style that says this is compared with the floor for photos; drawn faces are more alike, and need more."""

Run = Callable[[Sequence[str]], Values]


def works(task: Task) -> Iterator[Work]:
    """One a shot and comparison, then what all keyframes are needed for."""
    vlog, looks = task.vlog, Looks(task.networks)
    stylised, photo = vlog.file(STYLISED), vlog.file(REFERENCE) or task.photo
    floor = floor_of(vlog.meta.style_text)
    pairs = list(zip(vlog.shots, vlog.keyframes, strict=True))
    for shot, keyframe in pairs:
        yield Work("keyframe", shot.index, TEXT, VERSION, (keyframe,), _text(looks, keyframe, shot), shot.board)
        yield Work(
            "keyframe",
            shot.index,
            TO_STYLISED,
            f"{VERSION} {copying.VERSION} {identity.VERSION} {style.VERSION}",
            (keyframe, stylised),
            _to_stylised(looks, keyframe, stylised, shot, floor),
            f"{floor}",
        )
        yield Work(
            "keyframe",
            shot.index,
            TO_PHOTO,
            f"{VERSION} {identity.VERSION}",
            (keyframe, photo),
            partial(_to_photo, looks, keyframe, photo, shot),
        )
    yield Work(
        "vlog",
        None,
        WHOLE,
        f"{VERSION} {pose.VERSION} {identity.VERSION}",
        (*vlog.keyframes, stylised),
        partial(_whole, looks, pairs, stylised, floor),
        f"{floor}",
    )
    yield Work("vlog", None, SPREAD, f"{VERSION} {style.VERSION}", vlog.keyframes, lambda names: _spread(looks, pairs))


def _text(looks: Looks, keyframe: Path | None, shot: Shot) -> Run:
    def run(names: Sequence[str]) -> Values:
        from personavlog.metrics.published.similarity import tia

        feature = looks.feature(_keyframe(keyframe, shot))
        board, cut = looks.words(shot.board)
        return {"tia": of(tia(feature[None], board[None], truncated=cut))}

    return run


def _to_stylised(looks: Looks, keyframe: Path | None, stylised: Path | None, shot: Shot, floor: float) -> Run:
    def run(names: Sequence[str]) -> Values:
        known, seen = there(stylised, f"stylised reference ({STYLISED})"), _keyframe(keyframe, shot)
        measures: dict[str, Callable[[], Value]] = {
            "cc.s_clip": lambda: Value(looks.cosine(known, seen)),
            "identity": lambda: looks.identity(known, seen),
            "identity.same": lambda: _same(looks.identity(known, seen), floor),
            "style.distance": lambda: Value(style.apart(looks.style(known), looks.style(seen))),
            "copy_paste": lambda: _copied(looks, known, seen),
        }
        return {name: measures[name]() for name in names}

    return run


def _to_photo(looks: Looks, keyframe: Path | None, photo: Path | None, shot: Shot, names: Sequence[str]) -> Values:
    return {"identity.photo": looks.identity(there(photo, f"photo ({REFERENCE})"), _keyframe(keyframe, shot))}


def _same(found: Value, floor: float) -> Value:
    if found.value is None:
        return found
    return Value(float(found.value >= floor), "", {"floor": floor, "identity": round(found.value, 4)})


def _copied(looks: Looks, reference: Path, keyframe: Path) -> Value:
    known, seen = looks.heads(reference), looks.heads(keyframe)
    if not known or not seen:
        return Value(None, FACELESS.format("keyframe" if known else "reference"))
    likeness = copying.copied(known[0], seen)
    return Value(float(likeness >= copying.COPY), "", {"likeness": round(likeness, 4)})


def _whole(
    looks: Looks,
    pairs: Sequence[tuple[Shot, Path | None]],
    stylised: Path | None,
    floor: float,
    names: Sequence[str],
) -> Values:
    found: dict[str, Value] = {}
    paths = [path for _, path in pairs if path is not None]
    if {"cc", "cc.s_pose"} & set(names):
        found |= _consistency(looks, paths, stylised, "", clip="cc" in names, of_all=len(pairs))
    if gated := {"cc.gated", "cc.s_pose.gated"} & set(names):
        if stylised is None:
            return {**found, **nothing(gated, f"There is no stylised reference ({STYLISED}).")}
        same = [path for path in paths if (looks.identity(stylised, path).value or 0.0) >= floor]
        found |= _consistency(looks, same, stylised, ".gated", clip="cc.gated" in names, of_all=len(pairs))
    return {name: value for name, value in found.items() if name in names}


def _consistency(
    looks: Looks, paths: Sequence[Path], stylised: Path | None, ending: str, *, clip: bool, of_all: int
) -> dict[str, Value]:
    """Eq. 14 over these keyframes; its pose term stands alone where CLIP is not there."""
    poses = [looks.pose(path) for path in paths]
    variety = pose.variety(poses)
    counted: dict[str, float] = {
        "keyframes": len(paths),
        "of": of_all,
        "with a person": sum(one is not None for one in poses),
    }
    note = f"{len(paths)} of {of_all} keyframes counted. {variety.note}"
    found = {f"cc.s_pose{ending}": Value(variety.value, note, dict(counted))}
    if not clip:
        return found
    if stylised is None or not paths or variety.value is None:
        why = f"There is no stylised reference ({STYLISED})." if stylised is None else "No two poses can be compared."
        return found | {f"cc{ending}": Value(None, f"{why} {note}")}
    likeness = fmean(looks.cosine(stylised, path) for path in paths)
    parts = {"s_clip": round(likeness, 6), "s_pose": round(variety.value, 6)}
    return found | {f"cc{ending}": Value((likeness + variety.value) / 2, note, {**counted, **parts})}


def _spread(looks: Looks, pairs: Sequence[tuple[Shot, Path | None]]) -> Values:
    prints = [looks.style(path) for _, path in pairs if path is not None]
    apart = [style.apart(a, b) for number, a in enumerate(prints) for b in prints[number + 1 :]]
    if not apart:
        return nothing(SPREAD, "One picture alone has no spread.")
    return {"style.spread": Value(fmean(apart), "", {"keyframes": len(prints), "of": len(pairs)})}


def _keyframe(path: Path | None, shot: Shot) -> Path:
    return there(path, f"keyframe of shot {shot.index}")
