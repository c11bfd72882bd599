"""A run that the version before the ledger wrote (its index, its photo and its folder, without the media): it opens,
and a new take makes it a film again that tells the same story."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from personavlog import api
from personavlog.runs.folder import list_runs

pytestmark = [pytest.mark.weights, pytest.mark.slow]


def words(script: Path) -> list[str]:
    return [line["text"] for line in json.loads(script.read_text(encoding="utf-8"))["monologues"]]


def test_it_opens_resumes_and_is_redone_in_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tarfile.open(Path(__file__).with_name("earlier_version.tar.xz")) as archive:
        archive.extractall(tmp_path, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "home"))
    runs = tmp_path / "runs"
    (run,) = list_runs(runs)
    before = api.view(run, runs=runs)
    assert (before.outcome, len(before.rows)) == ("finished", 2)
    said = words(before.folder.script)
    assert api.redo(run, 1, "voice", runs=runs) == 1
    vlog = api.reopen(run, runs=runs).make()
    after = api.view(run, runs=runs)
    assert vlog.path.is_file() and vlog.report.is_file() and after.outcome.startswith("finished")
    assert words(after.folder.script) == said and "take 1" in after.rows[0][-1]
