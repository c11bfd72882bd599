"""Things that a board asks for, from Fluent emoji drawings: chosen by meaning, sized like the real thing, painted into the scene's light."""

from __future__ import annotations

import json
import mmap
import re
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import resvg_py
from numpy.typing import NDArray

from personavlog import weights
from personavlog.backbones.embedded.world.light import Light
from personavlog.metrics import text

Pixels = NDArray[np.uint8]
FLOOR = 0.74
"""Cosine of the asked words and the drawing's name or keywords below which nothing is drawn: another thing is worse than none."""
GROUPS = frozenset({3, 4, 5, 6, 7})
"""Emojibase groups that are things: animals and nature, food, travel, activities, objects."""

_TALL: tuple[tuple[str, float], ...] = (
    (r"elephant|giraffe|dinosaur|t-rex|sauropod|whale|dragon", 3.2), (r"horse|cow|ox|buffalo|camel|bear|gorilla|deer|zebra", 1.6),
    (r"dog|poodle|sheep|goat|pig|wolf|fox|panda|kangaroo|swan|flamingo|eagle", 0.6), (r"cat|rabbit|duck|penguin|raccoon|chicken|rooster|turtle|owl|monkey|parrot|peacock", 0.38),
    (r"bird|dove|hamster|mouse|hedgehog|squirrel|fish|crab|frog|snail|chick", 0.16), (r"butterfly|bee|insect|beetle|ant|shell", 0.08),
    (r"tree|palm", 4.5), (r"cactus|potted|sheaf|plant", 0.7), (r"sunflower|bouquet", 0.5), (r"rose|tulip|flower|blossom|hibiscus|herb|clover|leaf|mushroom", 0.3),
    (r"castle|tower|building|house|church|temple|mosque|shrine|stadium|hotel|statue|factory|hospital|school|bank|fountain|wheel|roller", 7.0),
    (r"mountain|volcano|camping|tent|hut", 2.6), (r"airplane|helicopter|rocket|ship|ferry|train|tram|locomotive|bus|truck|lorry|tractor|ambulance|fire engine|monorail|railway|metro", 3.0),
    (r"car|automobile|taxi|van|boat|canoe|sailboat", 1.5), (r"motor|scooter|bicycle|wheelchair|skateboard|kick", 1.05),
    (r"umbrella|guitar|accordion|drum|violin|banjo|saxophone|surf|ski|sled|ladder|broom|flag|kite|balloon", 0.9),
    (r"chair|couch|sofa|bed|door|toilet|bathtub|television|desktop|cart|luggage|backpack|suitcase|telescope|lantern|lamp", 0.62),
    (r"cake|pizza|bread|pot|watermelon|pineapple|bowl|basket|box|package|teddy|crystal|globe|clock|trophy|radio|laptop|newspaper|book|map|vase|amphora|hat|crown|helmet|boot|shoe|dress|shirt|kimono|coat|ball", 0.26),
)  # fmt: skip
_DEFAULT = 0.17
_STOP = frozenset("a an the of with and in on his her its their some my small big old new little red blue green white black yellow two three warm cold".split())


@dataclass(frozen=True)
class Thing:
    """A drawing: ``name`` in words, ``icon`` its key in the pack, ``tall`` its height in metres."""

    name: str
    icon: str
    tall: float


@cache
def _drawings() -> tuple[mmap.mmap, dict[str, int]]:
    """The pack's file and where each drawing's body begins in it: 100 MB of SVG are not parsed for the few that are drawn."""
    with weights.file("fluent-emoji").open("rb") as stream:
        data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    return data, {hit.group(1).decode(): hit.end() for hit in re.finditer(rb'\n\t\t"([a-z0-9-]+)":\s*\{\s*"body":\s*', data)}


@cache
def _things() -> tuple[tuple[Thing, ...], dict[str, tuple[int, ...]]]:
    """All things that can be drawn, and which of them a word points to."""
    _, drawings = _drawings()
    things: list[Thing] = []
    words: dict[str, set[int]] = {}
    for entry in json.loads(weights.file("emojibase").read_text("utf-8")):
        icon = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", entry["label"].lower())).strip("-")
        if entry.get("group") not in GROUPS or icon not in drawings:
            continue
        label = re.sub(r"\W+", " ", entry["label"]).strip()
        for word in {*label.lower().split(), *(part for tag in entry.get("tags", ()) for part in tag.lower().split())}:
            words.setdefault(word, set()).add(len(things))
        things.append(Thing(label, icon, _tall(label)))
    return tuple(things), {word: tuple(sorted(found)) for word, found in words.items()}


def _body(icon: str) -> str:
    data, drawings = _drawings()
    start = drawings[icon]
    return str(json.JSONDecoder().raw_decode(data[start : data.find(b"\n\t\t}", start)].decode("utf-8"))[0])


def _tall(label: str) -> float:
    return next((tall for pattern, tall in _TALL if re.search(rf"\b({pattern})s?\b", label.lower())), _DEFAULT)


def find(asked: str) -> tuple[Thing, float] | None:
    """The drawing nearest in meaning to the asked words and the cosine; None where none is near enough."""
    things, index = _things()
    spoken = [word for word in re.findall(r"[^\W\d_]+", asked.lower()) if word not in _STOP]
    hits: dict[int, int] = {}
    for word in spoken:
        for form in {word, word.rstrip("s"), word + "s"}:
            for at in index.get(form, ()):
                hits[at] = hits.get(at, 0) + 1 + (2 if form in things[at].name.lower().split() else 0)
    if not hits:
        return None
    candidates = sorted(hits, key=lambda at: (-hits[at], at))[:24]
    scores = text.similarity([" ".join(spoken)], [things[at].name for at in candidates])[0]
    bonus = np.array([0.02 * hits[at] for at in candidates])
    best = int((scores + bonus).argmax())
    return (things[candidates[best]], float(scores[best])) if scores[best] >= FLOOR or hits[candidates[best]] >= 3 and scores[best] >= FLOOR - 0.1 else None


def picture(thing: Thing, size: int) -> Pixels:
    """The drawing cropped to its outline, straight RGBA, ``size`` px tall (or wide, whichever is longer)."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 32 32">{_body(thing.icon)}</svg>'
    png = resvg_py.svg_to_bytes(svg_string=svg)
    rgba = cv2.cvtColor(cv2.imdecode(np.frombuffer(bytes(png), np.uint8), cv2.IMREAD_UNCHANGED), cv2.COLOR_BGRA2RGBA)
    rows, columns = np.flatnonzero(rgba[..., 3].any(axis=1)), np.flatnonzero(rgba[..., 3].any(axis=0))
    return np.ascontiguousarray(rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]) if rows.size else rgba


def shaded(rgba: Pixels, light: Light, depth: float) -> Pixels:
    """The drawing in the scene's light: less saturated, modelled from the light's side, darker at its foot, roughened like paint."""
    height, width = rgba.shape[:2]
    rgb = rgba[..., :3].astype(np.float32) / 255
    grey = rgb @ np.array([0.3, 0.59, 0.11], np.float32)
    rgb = grey[..., None] + (rgb - grey[..., None]) * 0.74
    columns, rows = np.linspace(-1, 1, width, dtype=np.float32)[None, :], np.linspace(0, 1, height, dtype=np.float32)[:, None]
    lit = np.clip(0.62 + 0.34 * columns * light.side - 0.3 * (rows - 0.4), 0, 1)
    paint = np.random.default_rng(7).random((max(3, height // 7), max(3, width // 7)), dtype=np.float32)
    lit = lit + (cv2.resize(paint, (width, height), interpolation=cv2.INTER_CUBIC) - 0.5) * 0.22
    out = light.paint(rgb * 0.96, np.clip(lit, 0, 1), depth)
    return np.dstack([np.clip(out * 255 + 0.5, 0, 255).astype(np.uint8), rgba[..., 3]])
