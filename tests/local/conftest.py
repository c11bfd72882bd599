"""Local models by the real libraries, with tiny random networks built here; nothing is fetched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from personavlog.backbones.tools import Tools
from personavlog.runs.blobs import Blobs

# Before the libraries are imported, which read them once.
os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

Tiny = Callable[[str], Path]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The folder of a tiny checkpoint by its builder's name, built once a session."""
    pytest.importorskip("diffusers", reason="needs the extra [local]: make test-local")
    from tests.shared.tiny_models import build

    root, built = tmp_path_factory.mktemp("tiny"), dict[str, Path]()

    def folder(name: str) -> Path:
        if name not in built:
            built[name] = build(name, root / name)
        return built[name]

    return folder


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


@pytest.fixture
def tools(blobs: Blobs) -> Tools:
    return Tools.alone(blobs)


@pytest.fixture(autouse=True)
def empty_pool() -> Iterator[None]:
    """No test finds what another has loaded."""
    import anyio

    from personavlog.backbones.local.pool import POOL

    yield
    anyio.run(POOL.clear, "cpu")
    POOL._lowered.clear()
