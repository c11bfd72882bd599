"""Runs on simulated backbones as the command line and Python callers know them: begun, made, changed, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest
import tomli_w
from typer.testing import CliRunner

from personavlog import api
from personavlog.cli.main import app
from personavlog.intake import read_photo
from personavlog.notes import Note
from personavlog.options import Options
from personavlog.runs.folder import RunFolder, open_store
from personavlog.runs.index import Event
from tests.core.doubles import profile


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    status: int
    out: str
    err: str


@dataclass
class Room:
    """A home folder, a folder of runs, a photo, a profile of doubles whose calls are counted in ``log``."""

    path: Path
    events: list[Event] = field(default_factory=list)

    @property
    def runs(self) -> Path:
        return self.path / "runs"

    @property
    def log(self) -> Path:
        return self.path / "calls.jsonl"

    @property
    def photo(self) -> Path:
        place = self.path / "me.png"
        if not place.exists():
            rng = np.random.default_rng(1)
            PIL.Image.fromarray(rng.integers(60, 250, (96, 80, 3)).astype(np.uint8)).save(place)
        return place

    def profile(self, **settings: Mapping[str, Any]) -> Path:
        """The path of a profile; ``settings`` by role."""
        roles = ("image", "video", "music", "speech")
        chosen = profile({role: {"log": str(self.log), **settings.get(role, {})} for role in roles})
        place = self.path / "doubles.toml"
        place.write_text(tomli_w.dumps(chosen.model_dump(mode="json", exclude_none=True)))
        return place

    def begin(self, **changes: Any) -> api.Job:
        options = {"theme": "A day at the lake", "style": "plain", "shots": 3, "length": 10.0, "subtitles": "soft"}
        asked = Options(self.photo, i_may_use_this_likeness=True, **{**options, **changes})
        return api.begin(asked, profile=str(self.profile()), runs=self.runs)

    def made(self, **changes: Any) -> RunFolder:
        """A finished film."""
        job = self.begin(**changes)
        job.make(self.events.append)
        return job.folder

    def make(self, run: str = "last") -> api.Vlog:
        self.events.clear()
        return api.reopen(run, runs=self.runs).make(self.events.append)

    @property
    def notes(self) -> list[str]:
        return [Note.of(event.data).sentence for event in self.events if event.kind == "note"]

    def call(self, *arguments: str) -> Said:
        """Run a command as a user would; a traceback is never an answer."""
        done = CliRunner().invoke(app, [*arguments, "--runs", str(self.runs)])
        assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
        return Said(done.exit_code, " ".join(done.stdout.split()), " ".join(done.stderr.split()))

    def state(self) -> tuple[Any, ...]:
        """Everything that a change may change, and the files of the runs."""
        index = open_store()[1]
        tables = ("pin", "chosen", "shot_order", "snapshot", "exported", "begun", "action", "version", "ledger")
        rows = [index._db.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]
        index.close()
        files = {str(place): place.read_bytes() for place in sorted(self.runs.rglob("*")) if place.is_file()}
        return rows, files

    def blobs(self) -> dict[str, bytes]:
        """The store, by digest."""
        return {place.name: place.read_bytes() for place in (self.path / "home" / "blobs").glob("??/*")}


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A room of one test's own; no face is looked for, since that needs a model file."""
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "home"))
    monkeypatch.setitem(read_photo.__kwdefaults__, "detect", lambda pixels: ())
    return Room(tmp_path)
