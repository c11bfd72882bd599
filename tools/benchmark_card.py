"""The measured part of ``docs/benchmark-data.md``: the people, the themes by kind, how alike themes are.

    python tools/benchmark_card.py            measure and write the tables into the page
    python tools/benchmark_card.py --check    fail if the page is not what is measured, or a cheek not what is recorded

Needs the model files yunet and bge-small-en-int8. After a change of the data it also says the digest that
``src/personavlog/benchmark/dataset.py`` has to name.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from pathlib import Path

import cv2
import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from personavlog.benchmark import dataset
from personavlog.benchmark.dataset import Dataset, Person
from personavlog.media.arrays import Pixels
from personavlog.metrics import face, text

ROOT = Path(__file__).parent.parent
PAGE = Path("docs", "benchmark-data.md")
DATA = Path("src", "personavlog", "benchmark", "data")
OTHER_THEMES = ("benchmarks/*.toml", "src/personavlog/agents/examples/*.toml", "docs/gallery.toml")
"""Where themes stand that the project's own writers and prompts were made or tried with."""
BEGIN, END = "<!-- measured: begin, written by tools/benchmark_card.py -->", "<!-- measured: end -->"
PATCH, OUTWARDS = 0.1, 0.15
"""Half the side of a cheek's square, in distances of the eyes; how far it is moved away from the nose."""
TOLERANCE = 1.0
"""Degrees by which decoders may differ."""

Matrix = NDArray[np.float64]


def cheeks(rgb: Pixels) -> tuple[float, float]:
    """Individual typology angle, arctan((L* - 50) / b*) in degrees, of both cheeks of the largest face, image-left
    first: of the median CIELAB (D65) of a square half way from eye to mouth corner."""
    found = face.largest(face.detect(rgb))
    if found is None:
        raise SystemExit("There is no face in this picture.")
    lab = cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    left, right, _, left_mouth, right_mouth = found.points.astype(float)
    across = right - left
    half = PATCH * float(np.linalg.norm(across))
    places = ((left + left_mouth) / 2 - OUTWARDS * across / 2, (right + right_mouth) / 2 + OUTWARDS * across / 2)
    first, second = (_angle(lab, x, y, half) for x, y in places)
    return first, second


def _angle(lab: NDArray[np.float32], x: float, y: float, half: float) -> float:
    square = lab[round(y - half) : round(y + half) + 1, round(x - half) : round(x + half) + 1].reshape(-1, 3)
    lightness, _, yellow = np.median(square, axis=0)
    return round(math.degrees(math.atan2(float(lightness) - 50, float(yellow))), 1)


def stems(words: str) -> list[str]:
    """The English stems of a text's words (Porter2)."""
    return list(snowballstemmer.stemmer("english").stemWords(re.findall(r"[^\W_]+", words.lower())))


def alike(texts: Sequence[str]) -> Matrix:
    """Cosine of every pair by TF-IDF of stems, idf = ln((1 + n) / (1 + df)) + 1, (n, n) in 0 to 1."""
    bags = [Counter(stems(one)) for one in texts]
    spread = Counter(stem for bag in bags for stem in bag)
    order = {stem: column for column, stem in enumerate(sorted(spread))}
    rows = np.zeros((len(texts), len(order)))
    for row, bag in zip(rows, bags, strict=True):
        for stem, count in bag.items():
            row[order[stem]] = count * (math.log((1 + len(texts)) / (1 + spread[stem])) + 1)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return np.asarray(rows @ rows.T)


def strings(value: object) -> Iterator[str]:
    """Every text in a TOML table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def other_themes(root: Path) -> list[str]:
    """Every text of the files of ``OTHER_THEMES``; they are compared with, never shown."""
    paths = sorted(path for pattern in OTHER_THEMES for path in root.glob(pattern))
    return sorted({one for path in paths for one in strings(tomllib.loads(path.read_text("utf-8")))})


def measured(data: Dataset, root: Path) -> str:
    """The part of the page between its marks."""
    return "\n\n".join(
        [
            BEGIN,
            "### People",
            _table(("photo", "id", "seed", "looks", "apparent age", "ITA of the cheeks", "mean, class"), _people(data)),
            "### Themes",
            _table(("kind", "categories", "easy", "medium", "hard", "all"), _themes(data)),
            "### Variety",
            _table(("pairs", "measure", "largest", "mean", "which pair"), _variety(data, other_themes(root))),
            f"Digest of version {dataset.VERSION}: `{data.digest}`",
            END,
        ]
    )


def _people(data: Dataset) -> Iterator[tuple[str, ...]]:
    for person in data.people.values():
        first, second = person.ita or (math.nan, math.nan)
        age = "{}-{}".format(*person.apparent_age) if person.apparent_age else ""
        seed = re.findall(r"seed (\d+)", person.source)[0]
        photo = f'<img src="../{DATA.as_posix()}/{person.photo}" width="96">'
        looks = {"female": ("woman", "girl"), "male": ("man", "boy")}[person.group][person.child]
        yield photo, person.id, seed, looks, age, f"{first:.0f}°, {second:.0f}°", person.skin_tone


def _themes(data: Dataset) -> Iterator[tuple[str, ...]]:
    for kind in ("realistic", "surreal"):
        own = [theme for theme in data.themes.values() if theme.kind == kind]
        levels = Counter(theme.difficulty for theme in own)
        categories = ", ".join(f"{name} {count}" for name, count in Counter(one.category for one in own).items())
        yield kind, categories, *(str(levels[level]) for level in ("easy", "medium", "hard")), str(len(own))


def _variety(data: Dataset, others: Sequence[str]) -> Iterator[tuple[str, ...]]:
    names, texts = list(data.themes), [theme.text for theme in data.themes.values()]
    for measure, values in (("TF-IDF cosine of stems", alike(texts)), ("bge-small-en cosine", _meaning(texts, texts))):
        i, j = np.triu_indices(len(names), 1)
        top = int(np.argmax(values[i, j]))
        pair = f"{names[i[top]]}, {names[j[top]]}"
        yield "two themes", measure, f"{values[i, j].max():.2f}", f"{values[i, j].mean():.2f}", pair
    words = alike([*texts, *others])[: len(texts), len(texts) :]
    for measure, values in (("TF-IDF cosine of stems", words), ("bge-small-en cosine", _meaning(texts, others))):
        closest = names[int(np.argmax(values.max(axis=1)))]
        yield "a theme, other texts", measure, f"{values.max():.2f}", f"{values.mean():.2f}", f"{closest}, not shown"


def _meaning(first: Sequence[str], second: Sequence[str]) -> Matrix:
    return text.similarity(first, second).astype(np.float64)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *rows))


def _measured_wrong(data: Dataset) -> Iterator[str]:
    for person in data.people.values():
        found = cheeks(cv2.imread(str(data.photos[person.id]))[..., ::-1])
        if person.ita is None or max(abs(a - b) for a, b in zip(found, person.ita, strict=True)) > TOLERANCE:
            yield f"{person.id}: the cheeks have {list(found)}; people.toml says {_recorded(person)}."


def _recorded(person: Person) -> list[float] | None:
    return list(person.ita) if person.ita else None


def main() -> None:
    """Write or check the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    data = reduce(Dataset.with_file, (ROOT / DATA / name for name in dataset.FILES), Dataset())
    wrong = list(_measured_wrong(data))
    if data.digest != dataset.DIGEST:
        wrong.append(f'dataset.py does not know this data: DIGEST = "{data.digest}" (and another VERSION).')
    page = (ROOT / PAGE).read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    new = before + measured(data, ROOT) + rest.partition(END)[2]
    if options.check and new != page:
        wrong.append(f"{PAGE} is out of date; run: python tools/benchmark_card.py")
    if not options.check:
        (ROOT / PAGE).write_text(new, "utf-8")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
