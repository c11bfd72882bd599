"""Commands that make nothing load nothing that makes films: what they import is counted, not how long it takes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest

from personavlog import api, profiles
from personavlog.brief import Brief
from personavlog.media import Image
from personavlog.runs.folder import RunFolder
from personavlog.saved import SavedBrief, write_brief

PROGRAM = """
import pathlib, sys
from personavlog.cli.main import main
try:
    main()
finally:
    pathlib.Path("modules").write_text("\\n".join(sys.modules))
"""
HEAVY = {
    "PIL",
    "anyio",
    "asyncio",
    "cv2",
    "embreex",
    "google",
    "huggingface_hub",
    "imageio_ffmpeg",
    "jinja2",
    "kokorog2p",
    "numpy",
    "onnxruntime",
    "openai",
    "pydantic_ai",
    "pypinyin",
    "pysubs2",
    "resvg_py",
    "soundfile",
    "torch",
    "xllamacpp",
}
OWN_MODULES = 74
"""At most this many modules of ours; 73 were counted, for ``styles`` (making a film takes some 390)."""
HELP_MODULES = 49
"""48 were counted, for ``--help``."""
RUNS = {"personavlog.runs.machine", "personavlog.runs.blobs"}
THIRD_PARTY = Path(__file__).parent / "third_party"


@dataclass(frozen=True)
class Ended:
    """How a command ended, and the modules that it had loaded by then."""

    status: int
    text: str
    modules: frozenset[str]


def _run(folder: Path, *arguments: str) -> Ended:
    packages = os.pathsep.join(filter(None, (str(THIRD_PARTY), os.environ.get("PYTHONPATH"))))
    own = {"PERSONAVLOG_HOME": str(folder / "home"), "PERSONAVLOG_OFFLINE": "1", "PYTHONPATH": packages}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=folder,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
    )
    return Ended(done.returncode, done.stdout + done.stderr, frozenset((folder / "modules").read_text().splitlines()))


def _is_light(ended: Ended) -> None:
    assert not HEAVY & {name.partition(".")[0] for name in ended.modules}
    own = sorted(name for name in ended.modules if name.startswith("personavlog"))
    assert 1 < len(own) <= OWN_MODULES, own


@pytest.mark.parametrize(
    ("command", "status", "says"),
    [
        ("--help", 0, "check-judge"),
        ("make --help", 0, "--photo"),
        ("--version", 0, version("personavlog")),
        ("styles", 0, "Hayao Miyazaki"),
        ("voices", 0, "af_heart"),
        ("runs", 0, "There is no run in 'runs'"),
        ("show", 2, "There is no run in 'runs'"),
        ("weights list", 0, "Licence"),
        ("make --profile sample", 2, "--photo FILE"),
    ],
)
def test_a_command_that_makes_nothing_is_light(tmp_path: Path, command: str, status: int, says: str) -> None:
    ended = _run(tmp_path, *command.split())
    assert ended.status == status and says in ended.text
    _is_light(ended)


def test_help_loads_neither_runs_nor_weights(tmp_path: Path) -> None:
    own = sorted(name for name in _run(tmp_path, "--help").modules if name.startswith("personavlog."))
    assert len(own) <= HELP_MODULES, own
    assert not [
        name for name in own if name.startswith(("personavlog.runs.", "personavlog.weights")) and name not in RUNS
    ]


@pytest.mark.parametrize("command", ["runs", "show"])
def test_looking_at_a_run_is_light(tmp_path: Path, command: str) -> None:
    photo = Image(digest="0" * 64, size=1, width=64, height=64)
    saved = SavedBrief(brief=Brief(theme="by the sea", style="anime", photo=photo), profile=profiles.load("sample"))
    write_brief(RunFolder(tmp_path / "runs", "20270514-by-the-sea"), saved)
    ended = _run(tmp_path, command)
    assert ended.status == 0 and "by the sea" in ended.text and "not begun" in ended.text
    _is_light(ended)


def test_the_api_loads_each_of_its_names() -> None:
    assert all(getattr(api, name) is not None for name in api.__all__)
    with pytest.raises(AttributeError, match="undocumented"):
        _ = api.undocumented
