"""``personavlog worker``: what is missing is named with the line that mends it, and nothing of ours leaks into the
worker's environment."""

from __future__ import annotations

import json
import re
import sys
import tomllib
import venv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from personavlog.backbones import registry
from personavlog.backbones.workers.contract import Card
from personavlog.backbones.workers.launching import PROGRAMS_FOLDER, WorkerStart, check_worker
from personavlog.cli.main import app
from personavlog.errors import ConfigurationError
from tests.core.worker_room import cosyvoice_checkout, own_worker, running

posix = pytest.mark.skipif(sys.platform == "win32", reason="programs and modes of POSIX")


def call(*arguments: str) -> tuple[int, str]:
    """A command's status and all its words on one line."""
    done = CliRunner().invoke(app, ["worker", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done.exit_code, " ".join(done.output.split())


def program(folder: Path, text: str, name: str = "fake python") -> Path:
    """An executable of a few lines of shell that stands in for an interpreter."""
    place = folder / name
    place.write_text(f"#!/bin/sh\n{text}\n")
    place.chmod(0o755)
    return place


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing in it."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder / ".venv", with_pip=False)
    return folder


def test_the_worker_to_learn_from_needs_nothing_more() -> None:
    status, text = call("tone", "--check")
    assert status == 0 and "Everything that the worker 'tone' needs is there" in text


@pytest.mark.parametrize("name", ["cosyvoice", "audiox"])
def test_what_an_environment_lacks_is_named_with_the_line_that_installs_it(bare: Path, name: str) -> None:
    status, text = call(name, "--check", "--folder", str(bare))
    python = bare / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    assert status == 3 and f"The module 'torch' is missing. Install it with: {python} -m pip install torch==" in text
    status, text = call(name, "--folder", str(bare))
    assert status == 2 and "cannot be started" in text and "torch==" in text


def test_a_worker_of_its_own_environment_is_not_run_in_ours() -> None:
    for name in ("cosyvoice", "audiox"):
        status, text = call(name, "--check")
        assert status == 2 and "--python" in text and f"docs/{name}.md" in text


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        ("Cosy Voice/cosyvoice", "git clone --recursive"),
        ("Cosy Voice/third_party", "git submodule update --init --recursive"),
        ("model/cosyvoice3.yaml", "cosyvoice2.yaml or cosyvoice3.yaml"),
        ("model/flow.pt", "'flow.pt' is missing"),
        ("model/speech_tokenizer_v3.onnx", "'speech_tokenizer_v3.onnx' is missing"),
    ],
)
def test_a_checkout_or_model_that_is_not_whole_is_told(tmp_path: Path, gone: str, says: str) -> None:
    pytest.importorskip("torch")
    arguments = cosyvoice_checkout(tmp_path)
    assert call(*arguments, "--check")[0] == 0
    (tmp_path / gone).rename(tmp_path / "gone")
    status, text = call(*arguments, "--check")
    assert status == 3 and says in text


@pytest.mark.parametrize("name", ["nix", "../tone", "tone_worker.py", "", "; rm -rf /", "serving"])
def test_a_name_that_is_no_worker_is_refused(name: str) -> None:
    status, text = call(name, "--check")
    assert status == 2 and "Shipped: cosyvoice, audiox, tone" in text


@posix
@pytest.mark.parametrize(
    ("shell", "says"),
    [
        ("echo hello", "does not run the worker"),
        ("exit 7", "does not run the worker"),
        ("echo SyntaxError: old >&2; exit 1", "SyntaxError: old"),
        ("echo '{\"contract\": 1}'", "does not run the worker"),
    ],
)
def test_an_interpreter_that_is_none_is_refused(tmp_path: Path, shell: str, says: str) -> None:
    status, text = call("tone", "--check", "--python", str(program(tmp_path, shell)))
    assert status == 2 and says in text and "3.8 or newer" in text


def test_an_interpreter_that_is_not_there_is_said(tmp_path: Path) -> None:
    status, text = call("tone", "--check", "--python", str(tmp_path / "nowhere"))
    assert status == 2 and "cannot be run" in text
    status, text = call("tone", "--check", "--python", str(tmp_path))
    assert status == 2 and "holds no Python" in text


@posix
def test_hostile_names_stay_words_of_their_own(tmp_path: Path) -> None:
    folder = tmp_path / "a; touch pwned $(touch pwned) `touch pwned` --host=0.0.0.0"
    folder.mkdir()
    written = tmp_path / "words"
    fake = program(tmp_path, f"printf '%s\\n' \"$@\" > '{written}'")
    call("tone", "--check", "--python", str(fake), "--folder", str(folder), "--model", "-x --port 1 && touch pwned")
    words = written.read_text().splitlines()
    assert f"--folder={folder}" in words and "--model=-x --port 1 && touch pwned" in words
    assert "--host=127.0.0.1" in words and not list(tmp_path.rglob("pwned")) and not Path("pwned").exists()


@posix
def test_our_keys_and_our_python_do_not_reach_a_models_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {"OPENAI_API_KEY": "sk-x", "AWS_SECRET": "x", "PYTHONHOME": "/nowhere", "VIRTUAL_ENV": "/nowhere"}
    kept = {"HF_TOKEN": "hub", "MY_TOKEN": "mine", "LANG": "C.UTF-8"}
    for name, value in {**ours, **kept}.items():
        monkeypatch.setenv(name, value)
    environment = WorkerStart("tone", token_env="MY_TOKEN").environment()
    assert not set(ours) & set(environment) and kept.items() <= environment.items()
    assert environment["PYTHONPATH"] == str(PROGRAMS_FOLDER)


def test_a_program_of_somebodys_own_runs_from_anywhere(tmp_path: Path) -> None:
    found = check_worker(WorkerStart(str(own_worker(tmp_path))))
    assert found.worker == "own" and found.missing == ()
    with running(str(own_worker(tmp_path)), "--port", "0") as worker:
        assert worker.get("/v1/worker").json()["version"] == "7"


def test_a_program_that_is_broken_is_refused_with_its_own_words(tmp_path: Path) -> None:
    broken = tmp_path / "mine.py"
    broken.write_text("import serving\nclass Mine(serving.Worker): pass\nserving.main(Min)\n")
    with pytest.raises(ConfigurationError, match="name 'Min' is not defined"):
        check_worker(WorkerStart(str(broken)))


PAGES = [Path(__file__).parents[2] / "docs" / f"{name}.md" for name in ("workers", "cosyvoice", "audiox")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_settings_of_the_pages_are_taken(page: Path) -> None:
    tables = [tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)]
    choices = [(role, choice) for table in tables for role, choice in table.items() if role in registry.PROTOCOLS]
    assert choices
    for role, choice in choices:
        assert registry.load(role, choice["backbone"], choice["settings"]).capabilities.rate >= 22050


def test_the_contracts_example_is_what_is_read_and_what_the_worker_says() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGES[0].read_text("utf-8"), re.DOTALL)
    assert Card.model_validate_json(example).contract == 1
    with running("tone", "--port", "0") as worker:
        assert set(json.loads(example)) == set(worker.get("/v1/worker").json())
