"""The core as where nothing else is installed, with folders of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def folders_in(place: Path) -> Iterator[None]:
    """Let model files, store and runs lie under ``place``, and nothing be fetched."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERSONAVLOG_CACHE", str(place / "weights"))
        patch.setenv("PERSONAVLOG_HOME", str(place / "home"))
        patch.setenv("PERSONAVLOG_OFFLINE", "1")
        yield
