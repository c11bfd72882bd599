"""What the machine refuses (disk, folder, memory, open files), as an error that says what to do."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from personavlog.errors import MachineError, PersonaVlogError, ran_out_of_memory

# Windows lets nobody replace a file that a program has open, a film in a player for example.
_DENIED = "you may not write there" + (", or a program has it open" if sys.platform == "win32" else "")
_CAUSES = {
    errno.ENOSPC: "the disk is full. Free some space and resume the run",
    errno.EDQUOT: "your disk quota is used up. Free some space and resume the run",
    errno.EFBIG: "the file is larger than this disk or session allows. Choose another folder",
    errno.EACCES: f"{_DENIED}. Choose another folder or change its permissions",
    errno.EPERM: f"{_DENIED}. Choose another folder or change its permissions",
    errno.EROFS: "that disk is read-only. Choose another folder",
    errno.ENOTDIR: "a part of that path is a file, not a folder. Choose another folder",
    errno.EEXIST: "a file of that name is in the way. Move it away or choose another folder",
    errno.ENAMETOOLONG: "the path is too long. Choose another folder",
    errno.ENOMEM: "the memory is used up. Close other programs and resume the run",
    errno.EMFILE: "too many files are open. Raise the limit (ulimit -n) and resume the run",
    errno.ENFILE: "too many files are open on this machine. Close other programs and resume the run",
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` of the block into a ``MachineError`` that says what to do."""
    try:
        yield
    except OSError as error:
        cause = _CAUSES.get(error.errno or 0, f"{error.strerror or error}. Choose another folder")
        raise MachineError(f"Cannot write to {str(path)!r}: {cause}.") from error


@contextmanager
def machine_errors() -> Iterator[None]:
    """Turn what the machine refuses the block, wherever it is (disk, memory, open files), into a ``MachineError`` that
    says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno not in _CAUSES:
            raise
        place = f"use {str(error.filename)!r}" if error.filename else "go on"
        raise MachineError(f"Cannot {place}: {_CAUSES[error.errno]}.") from error
    except PersonaVlogError:
        raise
    except Exception as error:
        if not ran_out_of_memory(error):
            raise
        raise MachineError(
            "The memory is used up. Close other programs, or ask for a smaller film, and resume the run."
        ) from error
