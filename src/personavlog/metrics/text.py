"""How near two texts are in meaning: bge-small-en-v1.5 sentence embeddings (Xiao et al., "C-Pack", 2023), 8-bit, on the
processor.

The model knows English only: most Chinese characters are unknown to it, and unrelated Chinese sentences come out alike
(cosine 0.67 to 0.78 measured). A text that is mostly Chinese is therefore embedded by the characters and pairs of
characters it holds, hashed into the same 384 numbers: two Chinese texts are near when they share words, and a Chinese
and an English text are never near (cosine about 0).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from personavlog import weights
from personavlog.metrics.text_tokens import is_cjk, token_ids, vocabulary
from personavlog.weights.session import open_session

WIDTH = 384
MODEL = "bge-small-en-int8"
FLOOR = 0.45
"""Mean cosine of 190 pairs of unrelated English sentences (nine in ten lie between 0.35 and 0.55; pairs of single words
around 0.60)."""

Vectors = NDArray[np.float32]


def embed(texts: Sequence[str]) -> Vectors:
    """One row of Euclidean length 1 per text, (n, 384) float32. Equal texts have equal rows, whatever stands beside
    them.

    Raises ``WeightsError`` if the model is not there and cannot be fetched.
    """
    return np.stack([_embedded(text) for text in texts]) if texts else np.zeros((0, WIDTH), np.float32)


def similarity(a: Sequence[str], b: Sequence[str]) -> Vectors:
    """Cosines, (len(a), len(b)), in -1 to 1. English texts that have nothing in common still reach about ``FLOOR``; see
    ``relevance``."""
    return np.asarray(embed(a) @ embed(b).T, np.float32)


def relevance(a: Sequence[str], b: Sequence[str]) -> Vectors:
    """``similarity`` with the model's floor taken away: 0 for unrelated texts, 1 for equal ones, (len(a), len(b))."""
    floor = np.where(
        np.array([[not (is_chinese(x) or is_chinese(y)) for y in b] for x in a], bool).reshape(len(a), len(b)),
        FLOOR,
        0.0,
    )
    return np.asarray(((similarity(a, b) - floor) / (1 - floor)).clip(0, 1), np.float32)


def nearest(query: str, names: Sequence[str], k: int = 1) -> list[tuple[int, float]]:
    """The ``k`` names nearest to the query: index and cosine, best first; of equals the earlier one."""
    scores = similarity([query], names)[0]
    order = np.argsort(-scores, kind="stable")[:k]
    return [(int(index), float(scores[index])) for index in order]


def is_chinese(text: str) -> bool:
    """Whether at least three in ten of the text's letters are Chinese characters."""
    letters = [character for character in text if character.isalpha()]
    return 10 * sum(map(is_cjk, letters)) >= 3 * max(1, len(letters))


@lru_cache(maxsize=4096)
def _embedded(text: str) -> Vectors:
    row = _by_characters(text) if is_chinese(text) else _by_model(text)
    row.flags.writeable = False
    return row


def _by_model(text: str) -> Vectors:
    """One text a call: the 8-bit network scales its numbers over the whole batch, so neighbours would change the
    row."""
    ids = np.array([token_ids(text, vocabulary(weights.file(MODEL, "vocab.txt")))], np.int64)
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    first = open_session(weights.file(MODEL)).run(None, feed)[0][0, 0]
    return np.asarray(first / np.linalg.norm(first), np.float32)


def _by_characters(text: str) -> Vectors:
    """Signed feature hashing (Weinberger et al., 2009) of characters and of pairs, a pair weighing twice: it is often a
    word."""
    row = np.zeros(WIDTH, np.float32)
    kept = [character for character in text if character.isalnum()]
    for grams, weight in ((kept, 1.0), ([x + y for x, y in pairwise(kept)], 2.0)):
        for gram in set(grams):
            digest = hashlib.blake2b(gram.encode(), digest_size=4).digest()
            row[int.from_bytes(digest[:2], "big") % WIDTH] += weight if digest[2] & 1 else -weight
    length = np.linalg.norm(row)
    return row / length if length else _by_model(text)
