"""Learn how English spelling sounds from the pronunciation lexicon, and write the table that
``personavlog_embedded.speech.spelling`` reads.

    python -m tools.learn_spelling

Letters and phonemes of the lexicon's words are aligned (hard expectation maximisation, a letter stands for none, one or
two phonemes). A letter's sound is then looked up by the longest context that was seen, and a context is kept only where
it says something else than the shorter one. Source: the "gold" American lexicon of kokorog2p 0.9.3 (Apache-2.0). About
one minute.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import Counter, defaultdict

from kokorog2p.en.lexicon import Lexicon

from personavlog_embedded.speech.spelling import CONTEXTS, TABLE, Table, context, pronounce_with

Pair = tuple[str, tuple[str, ...]]
Aligned = list[tuple[str, str]]

HELD_OUT = 20
"""Every twentieth word is kept for the check."""

ROUNDS = 6


def main() -> None:
    """Learn, check, write."""
    pairs = lexicon_pairs()
    train = [pair for number, pair in enumerate(pairs) if number % HELD_OUT]
    held = [pair for number, pair in enumerate(pairs) if number % HELD_OUT == 0]
    table = learn(align(train))
    TABLE.write_bytes(
        gzip.compress(json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode(), mtime=0)
    )
    right, close = accuracy(table, held)
    print(f"{len(train)} words, {sum(map(len, table.values()))} contexts, {TABLE.stat().st_size} bytes")
    print(f"{len(held)} words held out: {right:.3f} of the words and {close:.3f} of the phonemes right")


def lexicon_pairs() -> list[Pair]:
    """Words of three letters and more with one pronunciation; stress marks stay with their vowel."""
    golds = Lexicon().golds
    words = sorted(word for word in golds if re.fullmatch("[a-z]{3,18}", word) and isinstance(golds[word], str))
    return [(word, tuple(re.findall("[ˈˌ]?.", str(golds[word])))) for word in words]


def align(pairs: list[Pair]) -> list[Aligned]:
    """Every word's letters, each with the phonemes that it stands for."""
    cost: dict[tuple[str, str], float] = {}
    aligned: list[Aligned] = []
    for _ in range(ROUNDS):
        aligned = [path for word, sounds in pairs if (path := _best(word, sounds, cost))]
        counts = Counter(step for path in aligned for step in path)
        letters = Counter(letter for path in aligned for letter, _ in path)
        cost = {step: -math.log(count / letters[step[0]]) for step, count in counts.items()}
    return aligned


def _best(word: str, sounds: tuple[str, ...], cost: dict[tuple[str, str], float]) -> Aligned | None:
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for letter in word:
        row: dict[int, tuple[float, int]] = {}
        for at, (spent, _) in best[-1].items():
            for size in range(min(2, len(sounds) - at) + 1):
                chunk = "".join(sounds[at : at + size])
                # Before anything is known, one phoneme a letter is the best guess.
                price = spent + (
                    cost.get((letter, chunk), 14.0) if cost else (1.0, 0.4, 2.0)[size] + _mismatch(letter, chunk)
                )
                if price < row.get(at + size, (math.inf, 0))[0]:
                    row[at + size] = (price, at)
        best.append(row)
    if len(sounds) not in best[-1]:
        return None
    path, end = [], len(sounds)
    for number in range(len(word), 0, -1):
        start = best[number][end][1]
        path.append((word[number - 1], "".join(sounds[start:end])))
        end = start
    return path[::-1]


def _mismatch(letter: str, chunk: str) -> float:
    vowel = bool(re.search("[AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻᵊ]", chunk))
    return 1.5 if chunk and vowel != (letter in "aeiouy") else 0.0


def learn(aligned: list[Aligned]) -> Table:
    """For every context width, the contexts whose commonest sound differs from what the next shorter known context
    says."""
    seen: list[dict[str, Counter[str]]] = [defaultdict(Counter) for _ in CONTEXTS]
    for path in aligned:
        word = "".join(letter for letter, _ in path)
        for at, (_, sound) in enumerate(path):
            for width, counts in zip(CONTEXTS, seen, strict=True):
                counts[context(word, at, width)][sound] += 1
    table: Table = {}
    for width, counts in zip(CONTEXTS, seen, strict=True):
        shorter = dict(table)
        kept = {}
        for key, sounds in counts.items():
            sound, count = sounds.most_common(1)[0]
            if (count >= 2 or width == CONTEXTS[0]) and sound != _said(shorter, key, width):
                kept[key] = sound
        table[f"{width[0]},{width[1]}"] = kept
    return table


def _said(table: Table, key: str, width: tuple[int, int]) -> str | None:
    for left, right in reversed(CONTEXTS):
        known = table.get(f"{left},{right}")
        if known is None or left > width[0] or right > width[1]:
            continue
        short = key[width[0] - left : width[0] + 1 + right]
        if short in known:
            return known[short]
    return None


def accuracy(table: Table, pairs: list[Pair]) -> tuple[float, float]:
    """Share of words said exactly as the lexicon has them (stress aside), and of phonemes."""
    right, wrong, total = 0, 0, 0
    for word, sounds in pairs:
        want, got = re.sub("[ˈˌ]", "", "".join(sounds)), re.sub("[ˈˌ]", "", pronounce_with(table, word))
        right += want == got
        wrong += _distance(want, got)
        total += len(want)
    return right / len(pairs), 1 - wrong / total


def _distance(want: str, got: str) -> int:
    row = list(range(len(got) + 1))
    for i, symbol in enumerate(want, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(got, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (symbol != other))
    return row[-1]


if __name__ == "__main__":
    main()
