"""Things that a board asks for, from Fluent emoji drawings: chosen by meaning, sized like the real thing."""

from __future__ import annotations

import json
import mmap
import re
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import resvg_py

from personavlog import weights
from personavlog.media.arrays import Pixels
from personavlog.metrics import text

FLOOR = 0.68
"""Cosine of the asked words and the drawing's name or keywords below which nothing is drawn: another thing is worse
than none."""
GROUPS = frozenset({3, 4, 5, 6, 7})
"""Emojibase groups that are things: animals and nature, food, travel, activities, objects."""
CREATURES = frozenset(("robot", "ghost", "alien", "alien monster", "ogre", "goblin", "skull"))
"""Names in its group of faces that are things too."""

_TALL: tuple[tuple[str, float], ...] = (
    (r"hot dog|fish cake|cooking|goldfish", 0.16),
    (r"elephant|giraffe|dinosaur|t-rex|sauropod|whale|dragon", 3.2),
    (r"horse|cow|ox|buffalo|camel|bear|gorilla|deer|zebra", 1.6),
    (r"dog|poodle|sheep|goat|pig|wolf|fox|panda|kangaroo|swan|flamingo|eagle", 0.6),
    (r"cat|rabbit|duck|penguin|raccoon|chicken|rooster|turtle|owl|monkey|parrot|peacock", 0.38),
    (r"bird|dove|hamster|mouse|hedgehog|squirrel|fish|crab|frog|snail|chick", 0.16),
    (r"alien|ogre|goblin|robot|ghost", 1.1),
    (r"butterfly|bee|insect|beetle|ant|shell", 0.08),
    (r"tree|palm", 4.5),
    (r"cactus|potted|sheaf|plant", 0.7),
    (r"sunflower|bouquet", 0.4),
    (r"rose|tulip|flower|blossom|hibiscus|herb|clover|leaf|mushroom", 0.3),
    (
        r"castle|tower|building|house|church|temple|mosque|shrine|stadium|hotel|statue|factory|hospital|school"
        r"|bank|fountain|wheel|roller",
        7.0,
    ),
    (r"mountain|volcano|camping|tent|hut", 2.6),
    (
        r"airplane|helicopter|rocket|ship|ferry|train|tram|locomotive|bus|truck|lorry|tractor|ambulance"
        r"|fire engine|monorail|railway|metro",
        3.0,
    ),
    (r"car|automobile|taxi|van|boat|canoe|sailboat", 1.5),
    (r"motor|scooter|bicycle|wheelchair|skateboard|kick", 1.05),
    (r"umbrella|guitar|accordion|drum|banjo|saxophone|surf|ski|sled|ladder|broom|flag|kite|balloon", 0.9),
    (r"bread|baguette|books|book|bowl|bottle|newspaper|pan|kettle|scroll|violin", 0.22),
    (r"lantern", 0.34),
    (
        r"cup|mug|glass|beverage|tea|teacup|tumbler|camera|phone|ticket|receipt|letter|envelope|mail|key|apple|orange"
        r"|lemon|pear|peach|coin|watch",
        0.11,
    ),
    (
        r"chair|couch|sofa|bed|door|toilet|bathtub|television|desktop|cart|luggage|backpack|suitcase|telescope"
        r"|lamp",
        0.62,
    ),
    (
        r"cake|pizza|pot|watermelon|pineapple|basket|box|package|teddy|crystal|globe|clock|trophy"
        r"|radio|laptop|newspaper|map|vase|amphora|hat|crown|helmet|boot|shoe|dress|shirt|kimono|coat|ball",
        0.26,
    ),
)
_FLYING = re.compile(
    r"\b(kite|balloon|bird|dove|eagle|airplane|helicopter|rocket|butterfly|parachute|ufo|flying|honeybee|bat"
    r"|satellite|dragon)\b"
)
_NAMED_BODY = re.compile(rb'\n\t\t"([a-z0-9-]+)":\s*\{\s*"body":\s*')
_PLACELIKE = re.compile(
    r"\b(brick|window|door|building|house|castle|church|temple|mosque|synagogue|shrine|stadium|hotel|factory|hospital"
    r"|school|bank|post office|store"
    r"|tower|bridge|railway track|motorway|park|desert|beach|island|mountain|volcano|cityscape|sunrise|sunset|night"
    r"|foggy|milky|hut|homes|cloud|rain|sun"
    r"|moon|rainbow|snow|fog|wave|tornado|hot springs|map of|statue of|tokyo|mount|landscape|station)\b"
)
"""Drawings that show a place or the sky, which the scene itself must be."""
SMALL = 0.45
"""Metres; what is smaller stands on a table."""
_DEFAULT = 0.15
_STOP = frozenset(
    re.findall(
        r"\w+",
        "a an the of with and in on his her its their some my small big old new little two three warm cold hot "
        + "red blue green white black yellow orange pink purple brown golden",
    )
)


@dataclass(frozen=True)
class Emoji:
    """A drawing: ``name`` in words, ``words`` with its first keywords, ``icon`` its key in the pack, ``tall`` its
    height in metres."""

    name: str
    words: str
    icon: str
    tall: float

    @property
    def placelike(self) -> bool:
        """Whether it is a part of a place, of which a single drawing would be a sticker."""
        return bool(_PLACELIKE.search(self.name.lower()))

    @property
    def flies(self) -> bool:
        """Whether it belongs in the air."""
        return bool(_FLYING.search(self.name.lower()))


@cache
def _drawings() -> tuple[mmap.mmap, dict[str, int]]:
    """The pack's file and where each drawing's body begins in it: 100 MB of SVG are not parsed for the few that are
    drawn, nor kept in memory once their names are found."""
    with weights.file("fluent-emoji").open("rb") as stream:
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            places = {hit.group(1).decode(): hit.end() for hit in _NAMED_BODY.finditer(whole)}
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ), places


@cache
def _things() -> tuple[tuple[Emoji, ...], dict[str, tuple[int, ...]]]:
    """All things that can be drawn, and which of them a word points to."""
    _, drawings = _drawings()
    things: list[Emoji] = []
    words: dict[str, set[int]] = {}
    for entry in json.loads(weights.file("emojibase").read_text("utf-8")):
        icon = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", entry["label"].lower())).strip("-")
        if icon not in drawings or not (entry.get("group") in GROUPS or entry["label"] in CREATURES):
            continue
        label = re.sub(r"\W+", " ", entry["label"]).strip()
        for word in {*label.lower().split(), *(part for tag in entry.get("tags", ()) for part in tag.lower().split())}:
            words.setdefault(word, set()).add(len(things))
        things.append(
            Emoji(
                label, " ".join(dict.fromkeys([*label.lower().split(), *entry.get("tags", ())[:6]])), icon, _tall(label)
            )
        )
    return tuple(things), {word: tuple(sorted(found)) for word, found in words.items()}


def _body(icon: str) -> str:
    data, drawings = _drawings()
    start = drawings[icon]
    return str(json.JSONDecoder().raw_decode(data[start : data.find(b"\n\t\t}", start)].decode("utf-8"))[0])


def _tall(label: str) -> float:
    return next((tall for pattern, tall in _TALL if re.search(rf"\b({pattern})s?\b", label.lower())), _DEFAULT)


def find_emoji(asked: str) -> tuple[Emoji, float] | None:
    """The drawing nearest in meaning to the asked words and the cosine; None where none is near enough."""
    things, index = _things()
    spoken = [word for word in re.findall(r"[^\W\d_]+", asked.lower()) if word not in _STOP]
    hits: dict[int, set[str]] = {}
    for word in spoken:
        for form in {word, word.rstrip("s"), word + "s"}:
            for at in index.get(form, ()):
                hits.setdefault(at, set()).add(word)
    named = _named(asked, spoken)
    candidates = sorted((at for at in hits if hits[at] & named), key=lambda at: (-len(hits[at]), at))[:24]
    if not candidates:
        return None
    wanted = [" ".join(spoken)]
    scores = np.maximum(
        text.similarity(wanted, [things[at].name for at in candidates])[0],
        text.similarity(wanted, [things[at].words for at in candidates])[0],
    )
    covered = np.array([len(hits[at]) / len(set(spoken)) for at in candidates])
    best = int((scores + 0.2 * covered).argmax())
    return (things[candidates[best]], float(scores[best])) if scores[best] >= FLOOR else None


def exact(label: str) -> Emoji | None:
    """The drawing that has just this name; None where there is none."""
    return _labels().get(label.lower())


@cache
def _labels() -> dict[str, Emoji]:
    return {thing.name.lower(): thing for thing in _things()[0]}


def _named(asked: str, spoken: list[str]) -> set[str]:
    """The words that name the thing itself: the last one, or both nouns of "a pot of soup"; a paper heart is no
    paper."""
    return set(spoken) if re.search(r"\b(of|with|and)\b", asked.lower()) else set(spoken[-1:])


def picture(thing: Emoji, size: int) -> Pixels:
    """The drawing cropped to its outline, straight RGBA, ``size`` px tall (or wide, whichever is longer)."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 32 '
        f'32">{_body(thing.icon)}</svg>'
    )
    png = resvg_py.svg_to_bytes(svg_string=svg)
    rgba = cv2.cvtColor(cv2.imdecode(np.frombuffer(bytes(png), np.uint8), cv2.IMREAD_UNCHANGED), cv2.COLOR_BGRA2RGBA)
    rows, columns = np.flatnonzero(rgba[..., 3].any(axis=1)), np.flatnonzero(rgba[..., 3].any(axis=0))
    return np.ascontiguousarray(rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]) if rows.size else rgba
