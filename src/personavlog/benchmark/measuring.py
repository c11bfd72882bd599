"""Outputs of several methods scored, judged and read for tables; and one film of ours by itself."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from personavlog.benchmark.ablation import variants
from personavlog.benchmark.dataset import load
from personavlog.benchmark.definitions import Definition, definitions
from personavlog.benchmark.exporting import export
from personavlog.benchmark.judging.judges import JudgeModel
from personavlog.benchmark.judging.judging import judge
from personavlog.benchmark.leaderboard import read as read_scores
from personavlog.benchmark.outputs import Correction, Meta, Method, Outputs, Problem
from personavlog.benchmark.reading import method_folders, read_all
from personavlog.benchmark.rows import SCORES, Row, append, walk
from personavlog.benchmark.scoring import score, scored_vlog
from personavlog.benchmark.scoring.engine import UnitChoice
from personavlog.benchmark.scoring.networks import NetworkStore
from personavlog.benchmark.scoring.shared import Shared
from personavlog.jobs import reopen
from personavlog.runs import RUNS
from personavlog.runs.lock import alone
from personavlog.runs.machine import machine_errors

JUDGED = "judge."
"""Begins the names of a judge's measures."""
OnRow = Callable[[Row], None]
OnProblem = Callable[[Problem], None]


@machine_errors()
def score_outputs(
    folders: Iterable[Path],
    *,
    measures: Sequence[str] = (),
    unit: UnitChoice = "clip",
    weights_files: Mapping[str, Path] | None = None,
    device: str = "cpu",
    flow_side: int | None = None,
    data: Sequence[Path] = (),
    on_row: OnRow = lambda row: None,
    on_problem: OnProblem = lambda problem: None,
) -> tuple[Outputs, ...]:
    """Score every method, each into its ``scores.jsonl``, and return what was read; ``data`` are TOML files whose
    people's photos count where a vlog has none, ``flow_side`` is ``NetworkStore``'s. A storyboard that nobody judged
    gets rows that say so.

    Raises as ``reading.read_all`` and ``scoring.score`` do.
    """
    photos = load(data).photos
    found = read_all(folders)
    shared = Shared(NetworkStore(weights_files or {}, device, on_problem, flow_side))
    for outputs in found:
        (outputs.folder / SCORES).touch()
        score(
            outputs,
            measures=measures,
            unit=unit,
            shared=shared,
            photo_of=lambda meta: photos.get(meta.person),
            on_row=on_row,
            on_problem=on_problem,
        )
        _judge_nobody(outputs)
    return found


@machine_errors()
def judge_outputs(
    folders: Iterable[Path],
    judges: Sequence[JudgeModel],
    *,
    repeats: int = 1,
    lines: bool = False,
    on_row: OnRow = lambda row: None,
) -> tuple[Outputs, ...]:
    """Let the judges mark every storyboard, into the methods' ``scores.jsonl``, where a row that counts already is not
    written again; raises as ``judging.judge`` does.

    Without a judge only storyboards that nobody judged get rows, which say so; earlier marks stay.
    """
    found = read_all(folders)
    for outputs in found:
        if judges:
            _keep(outputs, judge(outputs, judges, repeats=repeats, lines=lines, on_row=on_row))
        else:
            _judge_nobody(outputs, on_row)
    return found


def scores_of(folders: Iterable[Path]) -> dict[Method, list[Row]]:
    """The scores of every method, others before ours and ours in the order of the paper's Table 2; raises
    ``ConfigurationError`` where a method has none."""
    ours = list(variants())
    scores = read_scores(dict.fromkeys(one.resolve() for folder in folders for one in method_folders(folder)))
    order = sorted(scores, key=lambda one: ours.index(one.name) if one.name in ours else -1)
    return {method: scores[method] for method in order}


def corrections_of(folders: Iterable[Path]) -> dict[Method, list[Correction]]:
    """Every attempt of every method's vlogs."""
    return {one.method: [tried for vlog in one.vlogs for tried in vlog.corrections] for one in read_all(folders)}


@dataclass(frozen=True)
class MeasuredFilm:
    """One measure of a film: the mean of its units in the measure's own unit, None where ``note`` says why; ``known``
    of ``units`` have a number."""

    definition: Definition
    value: float | None
    known: int
    units: int
    note: str


@machine_errors()
def evaluate_run(
    run: str = "last",
    *,
    runs: Path = RUNS,
    judges: Sequence[JudgeModel] = (),
    repeats: int = 1,
    measures: Sequence[str] = (),
    weights_files: Mapping[str, Path] | None = None,
    device: str = "cpu",
    on_problem: OnProblem = lambda problem: None,
) -> list[MeasuredFilm]:
    """Every number of one film that the benchmark has, as ``bench score`` and ``bench judge`` take them; nothing is
    kept but what the judges answered, in the run's folder.

    Raises ``RunError`` for a run that is not finished, and as scoring and judging do.
    """
    job = reopen(run, runs=runs)
    brief = job.brief
    meta = Meta(
        person="person",
        style="style",
        theme="theme",
        theme_text=brief.theme,
        style_text=brief.style,
        language=brief.language,
        seed=brief.seed,
    )
    with tempfile.TemporaryDirectory() as folder:
        vlog = export(job, Path(folder), meta)
        rows = scored_vlog(vlog, measures=measures, weights_files=weights_files, device=device, on_problem=on_problem)
        method = Method(name="film", title=job.folder.run[:80])
        outputs = Outputs(Path(folder), method, (vlog,))
        rows += judge(outputs, judges, repeats=repeats, target=job.folder.path)
    return list(_by_measure(rows))


def _by_measure(rows: Sequence[Row]) -> Iterator[MeasuredFilm]:
    for definition in definitions().values():
        of = [row for row in rows if row.measure == definition.name]
        values = [row.value for row in of if row.value is not None]
        if of:
            notes = dict.fromkeys(row.note for row in of if row.value is None and row.note)
            mean = fmean(values) if values else None
            yield MeasuredFilm(definition, mean, len(values), len(of), " ".join(notes))


def _judge_nobody(outputs: Outputs, on_row: OnRow = lambda row: None) -> None:
    """Rows without a value for the storyboards that have none of a judge."""
    scores = outputs.folder / SCORES
    rows = walk(scores) if scores.exists() else ()
    judged = {row.vlog for _, row in rows if row.measure.startswith(JUDGED)}
    others = tuple(vlog for vlog in outputs.vlogs if vlog.name not in judged)
    _keep(outputs, judge(replace(outputs, vlogs=others), (), on_row=on_row))


def _keep(outputs: Outputs, rows: Sequence[Row]) -> None:
    target = outputs.folder / SCORES
    with alone(target.with_name(f".{target.name}.lock"), f"table of scores {target.name!r}"):
        latest = (
            {_slot(row): row for _, row in walk(target) if row.measure.startswith(JUDGED)} if target.exists() else {}
        )
        append(target, [row for row in rows if latest.get(_slot(row)) != row])


def _slot(row: Row) -> tuple[str, str]:
    """Of two rows of one slot the later one counts."""
    return row.vlog, row.measure
