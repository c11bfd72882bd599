"""The core alone: no model file, no network, a home of its own, and a package of backbones as third parties publish
one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from personavlog.media.arrays import Pixels
from personavlog.metrics import face
from tests.conftest import EMBEDDED
from tests.shared.command_line import CommandLine
from tests.shared.core_alone import folders_in

sys.path.insert(0, str(Path(__file__).parent / "third_party"))


@pytest.fixture(scope="package", autouse=True)
def core_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with folders_in(tmp_path_factory.mktemp("core")):
        yield


@pytest.fixture
def hidden_guest(monkeypatch: pytest.MonkeyPatch) -> None:
    """``personavlog_embedded`` cannot be imported, whatever was imported before."""
    for name in [name for name in sys.modules if name.startswith(f"{EMBEDDED}.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, EMBEDDED, None)


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "home"))
    return CommandLine(tmp_path / "runs", profile="sample", writer="sample:writer")


@pytest.fixture
def no_face(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the face network: nobody in any picture."""
    monkeypatch.setattr(face, "_look", lambda view, corner: [])


@pytest.fixture
def one_face(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the face network: one face in the middle of every picture."""

    def look(view: Pixels, corner: tuple[int, int]) -> list[face.Face]:
        height, width = view.shape[:2]
        x, y, half = corner[0] + width / 2, corner[1] + height / 2, min(width, height) / 4
        points = np.array([(x - half / 2, y), (x + half / 2, y), (x, y), (x - half / 2, y), (x + half / 2, y)])
        return [face.Face((x - half, y - half, x + half, y + half), 0.95, points.astype(np.float32))]

    monkeypatch.setattr(face, "_look", look)
