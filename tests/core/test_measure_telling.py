"""``personavlog measure`` says why a number is missing and which files it did not look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from personavlog import api
from personavlog.cli.main import app
from personavlog.metrics.published.folder import Row, passed_by
from personavlog.metrics.published.measured import Definition, Measured
from personavlog.metrics.published.summary import means

DEGREE = Definition(name="vbench.dynamic_degree", source="VBench", unit="yes (1) or no (0)")
SMALL = "a side below 128 px is too small for RAFT"


def rows() -> list[Row]:
    measured = (Measured(definition=DEGREE, value=1.0), Measured(definition=DEGREE, value=None, note=SMALL))
    return [Row(file=f"{number}.mp4", key="k", measures=(one,)) for number, one in enumerate(measured)]


def test_a_missing_number_keeps_its_reason() -> None:
    (mean,) = means([one for row in rows() for one in row.measures])
    assert (mean.clips, mean.missing, mean.reasons) == (1, 1, (SMALL,))


def test_what_is_no_clip_by_its_name_is_named_but_not_the_results(tmp_path: Path) -> None:
    for name in ("a.mp4", "b.webp", "frames/10.png", "frames/2.png", ".hidden", "out.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert passed_by(tmp_path, tmp_path / "out.jsonl") == ["b.webp", "frames/2.png", "frames/10.png"]
    assert passed_by(tmp_path / "a.mp4", tmp_path / "out.jsonl") == []


def test_the_command_says_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "measure_clips", lambda *args, **options: rows())
    for number in range(7):
        (tmp_path / f"{number}.png").touch()
    said = CliRunner().invoke(app, ["measure", str(tmp_path), "--out", str(tmp_path / "o.jsonl"), "--offline"]).output
    assert f"vbench.dynamic_degree has no number for 1 clips: {SMALL}." in said
    assert "0.png, 1.png, 2.png, 3.png, 4.png and 2 more (7 files)" in said
