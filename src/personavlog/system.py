"""What Linux, macOS and Windows do differently: default folders, child processes, links.

Linux is tested. What is said here of macOS and Windows follows their documentation and has not been run there.
"""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

# Ctrl-C on a terminal reaches every process of its session (Windows: of its group), and a child that it stops halfway
# would look like a fault of the machine.
if sys.platform == "win32":
    OWN_SESSION, CREATION_FLAGS = False, subprocess.CREATE_NEW_PROCESS_GROUP
else:
    OWN_SESSION, CREATION_FLAGS = True, 0
"""``start_new_session`` and ``creationflags`` of every child that must not hear the terminal's Ctrl-C."""


def data_folder() -> Path:
    """Where programs keep what must not be lost: ``$XDG_DATA_HOME`` where it is set, else the system's own place."""
    return _folder("XDG_DATA_HOME", linux=".local/share", mac="Library/Application Support")


def cache_folder() -> Path:
    """Where programs keep what can be fetched again: ``$XDG_CACHE_HOME`` where it is set, else the system's own
    place."""
    return _folder("XDG_CACHE_HOME", linux=".cache", mac="Library/Caches")


def how_to_stop(process: int) -> str:
    """What a person does to stop a process of ours; fits after "stop it"."""
    if sys.platform == "win32":
        return f"with Ctrl-C in its window, or with: taskkill /F /PID {process}"
    return f"with: kill -INT {process}"


def command_words(command: str) -> list[str]:
    """The words of a command line as a person wrote it; raises ``ValueError`` for a quotation without an end."""
    if sys.platform == "win32":  # backslashes part folders there and must stay; so do the quotation marks
        return [word.strip('"') for word in shlex.split(command, posix=False)]
    return shlex.split(command)


def quoted(word: str) -> str:
    """A word as a person may paste it into a command line."""
    return subprocess.list2cmdline([word]) if sys.platform == "win32" else shlex.quote(word)


def lend(source: Path, target: Path) -> None:
    """Let ``target`` read as the file or folder ``source``: a link, or a copy where links are not allowed, as on
    Windows without its developer mode. Raises ``OSError``."""
    try:
        target.symlink_to(source.resolve(), target_is_directory=source.is_dir())
    except OSError:
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, target)


def give_memory_back() -> None:
    """Hand the system back what was freed and the C library keeps in store: hundreds of MB after a picture's arrays of
    every size, which several threads worked on. Only glibc keeps so much, and only it can be asked."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim is not None:
            trim(0)


def _folder(variable: str, *, linux: str, mac: str) -> Path:
    chosen = os.environ.get(variable)
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) if local else Path.home() / "AppData" / "Local"
    return Path.home() / (mac if sys.platform == "darwin" else linux)
