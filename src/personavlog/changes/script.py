"""Another script."""

from __future__ import annotations

from pathlib import Path

from personavlog.changes.changing import changing
from personavlog.own import script as scripts
from personavlog.runs import RUNS
from personavlog.runs.exports import Exports


def replace_script(run: str, file: Path, *, runs: Path = RUNS) -> bool:
    """Use a hand-edited script, also with more or fewer shots; False if it says what the run's script says already.

    A shot whose board is unchanged keeps its number, and so its pictures, wherever it stands now. Raises ``BriefError``
    for a file that cannot be read, ``ConfigurationError`` naming what does not fit, ``RunError`` before the run has a
    script; nothing is changed then.
    """
    with changing(run, runs, but=file) as change:
        script = scripts.read(file)
        before = change.script()
        scripts.check(change.job, script)
        is_new = script != before
        if is_new:
            numbers = scripts.kept_numbers(change.job, script)
            change.remember("another script")
            scripts.pin(change.job, script, numbers)
        folder = change.job.folder
        if file.resolve() == folder.script.resolve():
            Exports(folder, change.job.index, change.job.store).accept(folder.script)
        return is_new
