"""Worker programs as processes: each in its own environment, checked before it is started, and ended with us."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from personavlog.errors import ConfigurationError, MachineError
from personavlog.redaction import names_a_key
from personavlog.system import CREATION_FLAGS, OWN_SESSION

PROGRAMS_FOLDER = Path(__file__).parent / "programs"
PAGES: Mapping[str, str] = {"cosyvoice": "docs/cosyvoice.md", "audiox": "docs/audiox.md", "tone": "docs/workers.md"}
"""The shipped workers, and where it says how to get each one's environment."""
OURS = ("tone",)
"""Those that run in PersonaVlog's own environment too."""
CHECKED_WITHIN, ENDED_WITHIN = 120.0, 10.0
"""Seconds."""
_OF_PYTHON = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX", "__PYVENV_LAUNCHER__")
_OF_HUBS = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "MODELSCOPE_API_TOKEN")
_LAST = 600


@dataclass(frozen=True)
class WorkerStart:
    """What to start: ``name`` is a shipped worker or the path of a program of your own (``.py``), ``python`` the
    interpreter of its environment or that environment's folder, ``folder`` a checkout of the model's code, ``model``
    its folder or name; ``port`` None is the worker's own, 0 any free one. ``token_env`` is the variable that holds a
    token which clients must send."""

    name: str
    python: Path | None = None
    folder: Path | None = None
    model: str = ""
    host: str = "127.0.0.1"
    port: int | None = None
    waiting: int = 8
    token_env: str = ""

    @property
    def program(self) -> Path:
        """The program's file; raises ``ConfigurationError`` for a name that is none."""
        if self.name in PAGES:
            return PROGRAMS_FOLDER / f"{self.name}_worker.py"
        own = Path(self.name)
        if own.suffix == ".py" and own.is_file():
            return own.resolve()
        raise ConfigurationError(
            f"There is no worker {self.name!r}. Shipped: {', '.join(PAGES)}; or give the path of your own .py program "
            "(docs/workers.md)."
        )

    @property
    def interpreter(self) -> Path:
        """The Python of its environment; raises ``ConfigurationError`` where nothing says which."""
        asked = self.python or (self.folder / ".venv" if self.folder is not None else None)
        if asked is not None and asked.is_dir():
            return _python_of(asked)
        if self.python is not None:
            # Not resolved: the link in an environment is what makes it that environment's Python.
            return Path(shutil.which(self.python) or self.python).absolute()
        if self.name in OURS or self.name not in PAGES:
            return Path(sys.executable)
        raise ConfigurationError(
            f"The worker {self.name!r} needs an environment of its own. Name its interpreter with --python; how to "
            f"make one: {PAGES[self.name]}."
        )

    def line(self, *more: str) -> list[str]:
        """The command's words; no shell ever reads them."""
        model = str(Path(self.model).resolve()) if self.model and Path(self.model).exists() else self.model
        said = {
            "--folder": str(self.folder.resolve()) if self.folder is not None else "",
            "--model": model,
            "--host": self.host,
            "--port": "" if self.port is None else str(self.port),
            "--waiting": str(self.waiting),
            "--token-env": self.token_env,
        }
        given = [f"{name}={value}" for name, value in said.items() if value]
        return [str(self.interpreter), "-u", str(self.program), *given, *more]

    def environment(self) -> dict[str, str]:
        """Ours without what points to our own Python, and without keys: a model's code needs none of them."""
        needed = (*_OF_HUBS, self.token_env)
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in _OF_PYTHON and (name in needed or not names_a_key(name))
        }
        return {**kept, "PYTHONPATH": str(PROGRAMS_FOLDER), "PYTHONUNBUFFERED": "1"}


class Report(BaseModel):
    """What a worker's ``--check`` says; ``missing`` are sentences, each with the line that mends it."""

    contract: int
    worker: str
    python: str
    missing: tuple[str, ...]


def check_worker(start: WorkerStart) -> Report:
    """What is missing in a worker's environment, found out by its own Python without loading anything.

    Raises ``ConfigurationError`` where that Python cannot be run or does not answer as a worker does.
    """
    try:
        done = subprocess.run(
            start.line("--check"),
            env=start.environment(),
            cwd=start.folder,
            capture_output=True,
            timeout=CHECKED_WITHIN,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ConfigurationError(
            f"{str(start.interpreter)!r} cannot be run: {error}. Give the interpreter of the worker's environment with "
            "--python, for example ENVIRONMENT/bin/python."
        ) from error
    lines = done.stdout.decode("utf-8", "replace").strip().splitlines()
    try:
        return Report.model_validate_json(lines[-1] if lines else "")
    except ValidationError as error:
        raise ConfigurationError(
            f"{str(start.interpreter)!r} does not run the worker {start.name!r} (Python 3.8 or newer is needed). It "
            f"said: {_last(done.stderr)}"
        ) from error


def run_worker(start: WorkerStart, on_line: Callable[[str], None], on_address: Callable[[str], None]) -> None:
    """Check and start a worker, and stay until it ends; ``on_address`` gets its address, ``on_line`` what else it says.

    However this process ends, the worker ends too: it stops when its standard input does. Raises
    ``ConfigurationError`` for what is missing, ``MachineError`` where the worker ends by itself.
    """
    missing = check_worker(start).missing
    if missing:
        raise ConfigurationError("\n".join((f"The worker {start.name!r} cannot be started.", *missing)))
    process = subprocess.Popen(
        start.line("--with-parent"),
        env=start.environment(),
        cwd=start.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=OWN_SESSION,
        creationflags=CREATION_FLAGS,
    )
    try:
        _tell(process, on_line, on_address)
        status = process.wait()
    finally:
        _end(process)
    if status:
        raise MachineError(f"The worker {start.name!r} ended with status {status}. What it said above tells why.")


def _tell(process: subprocess.Popen[str], on_line: Callable[[str], None], on_address: Callable[[str], None]) -> None:
    assert process.stdout is not None
    tell = on_address
    for line in process.stdout:
        tell(line.rstrip())
        tell = on_line


def _end(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    with contextlib.suppress(OSError):
        process.stdin.close()
    try:
        process.wait(ENDED_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _python_of(environment: Path) -> Path:
    places = [environment / "bin" / "python", environment / "Scripts" / "python.exe", environment / "python.exe"]
    found = [place for place in places if place.is_file()]
    if not found:
        raise ConfigurationError(f"{str(environment)!r} is no environment: it holds no Python. Give its interpreter.")
    return found[0].absolute()


def _last(said: bytes) -> str:
    return " ".join(said.decode("utf-8", "replace").split())[-_LAST:] or "nothing"
