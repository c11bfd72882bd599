"""Kept embeddings are the ones that would be made, and a broken file is made again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from personavlog.metrics import text_table
from personavlog.metrics.text import WIDTH

TEXTS = ["在海边散步", "喝茶"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PERSONAVLOG_CACHE", str(tmp_path))
    return tmp_path / "phrases"


def test_what_is_kept_is_what_was_made_and_is_not_made_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = text_table.table(TEXTS)
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(text_table, "embed", lambda texts: np.zeros((len(texts), WIDTH), np.float32))
    assert np.array_equal(text_table.table(TEXTS), first)
    assert not text_table.table([*TEXTS, "猫"]).any()


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x93NUMPY\x01\x00"])
def test_a_broken_file_is_made_again(folder: Path, content: bytes) -> None:
    first = text_table.table(TEXTS)
    (file,) = folder.iterdir()
    file.write_bytes(content)
    assert np.array_equal(text_table.table(TEXTS), first)
    assert file.stat().st_size > len(content)
