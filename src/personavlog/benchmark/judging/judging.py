"""The storyboard scores of Eq. 13: judges mark every vlog's boards in four dimensions, with reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean

import anyio
from pydantic import JsonValue

from personavlog.benchmark.judging.answering import Given, Panel
from personavlog.benchmark.judging.asking import DIMENSIONS, Dimension, Shown, prompt_digest, shown
from personavlog.benchmark.judging.judgements import JUDGEMENTS, Judgements
from personavlog.benchmark.judging.judges import Judge, JudgeModel, opened
from personavlog.benchmark.outputs import Outputs, Vlog
from personavlog.benchmark.rows import Row
from personavlog.runs.flow import flowing
from personavlog.runs.keys import digest

NO_JUDGE = "no judge"
AT_ONCE = 4


def measure_of(dimension: Dimension) -> str:
    """The measure's name in ``measures.toml``."""
    return f"judge.{dimension}"


def judge(
    outputs: Outputs,
    models: Sequence[JudgeModel],
    *,
    repeats: int = 1,
    lines: bool = False,
    target: Path | None = None,
    on_row: Callable[[Row], None] = lambda row: None,
    at_once: int = AT_ONCE,
) -> list[Row]:
    """Four rows for each vlog, in the vlogs' order: the mean of the judges' means over their repeats, 1 to 5.

    ``models`` are chat models, their names, or judges' TOML files; without any the values are missing and the note is
    "no judge". ``lines`` also shows what is said. Every answer is kept in ``judgements.jsonl`` of ``target`` (None: the
    method's folder) and never asked again. ``on_row`` hears of each row as soon as it is known. A judge without one
    answer that fits leaves the vlog's values missing: a mean without it would be another measure.

    Raises ``ConfigurationError`` for models that cannot judge and for a damaged file, ``MissingExtraError``, and
    ``MachineError`` where an answer cannot be kept.
    """
    judges = opened(models)
    if not judges:
        return [_told(row, on_row) for vlog in outputs.vlogs for row in _rows(outputs, vlog, None, (), lines)]
    panel = Panel(judges, Judgements((target or outputs.folder) / JUDGEMENTS), repeats=repeats, at_once=at_once)

    async def one(vlog: Vlog) -> list[Row]:
        what = shown(vlog.meta.theme_text, vlog.shots, lines=lines)
        given = await panel.on(vlog.name, what)
        return [_told(row, on_row) for row in _rows(outputs, vlog, what, given, lines)]

    async def all_of_them() -> list[Row]:
        async with flowing() as flow:
            later = [flow.start(one(vlog)) for vlog in outputs.vlogs]
            return [row for rows in later for row in await rows.value()]

    return anyio.run(all_of_them)


def _told(row: Row, on_row: Callable[[Row], None]) -> Row:
    on_row(row)
    return row


def _rows(outputs: Outputs, vlog: Vlog, what: Shown | None, given: Sequence[Given], lines: bool) -> list[Row]:
    return [_row(outputs, vlog, dimension, what, given, lines) for dimension in DIMENSIONS]


def _row(
    outputs: Outputs, vlog: Vlog, dimension: Dimension, what: Shown | None, given: Sequence[Given], lines: bool
) -> Row:
    judges = list(dict.fromkeys(one.judge for one in given))
    means = [mean_of(given, judge, dimension) for judge in judges]
    values = [mean for mean in means if mean is not None]
    depends = {
        "vlog": [outputs.method.name, vlog.name, what.words if what else ""],
        "measure": measure_of(dimension),
        "judges": sorted(one.judge.key(what, one.repeat) for one in given) if what else [],
    }
    return Row(
        key=digest(depends),
        method=outputs.method.name,
        vlog=vlog.name,
        person=vlog.meta.person,
        style=vlog.meta.style,
        theme=vlog.meta.theme,
        unit="vlog",
        measure=measure_of(dimension),
        value=fmean(values) if values and len(values) == len(judges) else None,
        note=_note(given),
        source=_source(judges, given, lines),
        detail=_detail(dimension, judges, means, given) if given else None,
    )


def mean_of(given: Sequence[Given], judge: Judge, dimension: Dimension) -> float | None:
    """One judge's mean over its repeats; None where it gave no marks."""
    marks = [
        one.judgement.marks.values[dimension]
        for one in given
        if one.judge == judge and one.judgement is not None and one.judgement.marks is not None
    ]
    return fmean(marks) if marks else None


def _note(given: Sequence[Given]) -> str:
    """What is missing and why, and which answers came to other words."""
    if not given:
        return NO_JUDGE
    missing = [one for one in given if one.why]
    neutral = sum(one.judgement.neutral for one in given if one.judgement is not None)
    said = [f"{len(missing)} of {len(given)} answers missing: {missing[0].why}"] if missing else []
    said += [f"{neutral} of {len(given)} answers came only to neutral words, after a refusal."] if neutral else []
    return " ".join(said)


def _source(judges: Sequence[Judge], given: Sequence[Given], lines: bool) -> dict[str, str]:
    dates = sorted(one.judgement.date for one in given if one.judgement)
    when = {"first": dates[0], "last": dates[-1]} if dates else {}
    pinned = {f"judge {number}": judge.fingerprint for number, judge in enumerate(judges, 1)}
    return {**pinned, "prompt": prompt_digest(), "shown": "boards and lines" if lines else "boards", **when}


def _detail(
    dimension: Dimension, judges: Sequence[Judge], means: Sequence[float | None], given: Sequence[Given]
) -> JsonValue:
    by_judge: dict[str, JsonValue] = {judge.fingerprint: mean for judge, mean in zip(judges, means, strict=True)}
    return {
        "asked": len(given),
        "missing": sum(bool(one.why) for one in given),
        "judges": by_judge,
        "answers": [_answer(one, dimension) for one in given],
    }


def _answer(one: Given, dimension: Dimension) -> JsonValue:
    known: Mapping[str, JsonValue] = {"judge": one.judge.fingerprint, "repeat": one.repeat}
    if one.judgement is None:
        return {**known, "mark": None, "why": one.why}
    kept = one.judgement
    mark = getattr(kept.marks, dimension) if kept.marks else None
    return {
        **known,
        "mark": mark.mark if mark else None,
        "reason": mark.reason if mark else "",
        "why": one.why,
        "served": kept.served,
        "settings": dict(kept.settings),
        "prompt": kept.prompt,
        "date": kept.date,
        "neutral": kept.neutral,
        "raw": list(kept.raw),
    }
