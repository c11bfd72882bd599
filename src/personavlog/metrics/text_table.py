"""Embeddings of long lists that never change, kept on disk: a network call for each of six hundred names is most of a
first keyframe's time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from personavlog.metrics.text import MODEL, WIDTH, Vectors, embed
from personavlog.weights import cache, entry


def table(texts: Sequence[str]) -> Vectors:
    """``embed(texts)``, read from the weights' cache where an earlier process left it there; a file that does not fit
    is made again."""
    path = _path(texts)
    kept = _read(path, len(texts))
    if kept is not None:
        return kept
    rows = embed(texts)
    with suppress(OSError):  # a cache that cannot be written is as good, only slower
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.npy")
        np.save(unfinished, rows)
        unfinished.replace(path)
    return rows


def _path(texts: Sequence[str]) -> Path:
    said = "\n".join((entry(MODEL).folder_name, *texts))
    return cache.root() / "phrases" / f"{hashlib.blake2b(said.encode(), digest_size=16).hexdigest()}.npy"


def _read(path: Path, rows: int) -> Vectors | None:
    try:
        found = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return found if found.shape == (rows, WIDTH) and found.dtype == np.float32 and np.isfinite(found).all() else None
