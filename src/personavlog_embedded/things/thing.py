"""A thing that was asked for, and what stands for it: one of our own models, or an emoji drawing where we have none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from personavlog_embedded.things import emoji_index
from personavlog_embedded.things.models import (
    animals,
    devices,
    fixtures,
    food,
    luggage,
    outdoor_furniture,
    papers,
    play,
    potted_plants,
    sundries,
    tableware,
    vehicles,
    wildlife,
)
from personavlog_embedded.things.models.model import MODELS, Model, Where
from personavlog_embedded.things.models.solid import Solid, rotation
from personavlog_embedded.things.phrase import Phrase, read_phrase

KINDS = (
    tableware,
    food,
    papers,
    luggage,
    devices,
    potted_plants,
    play,
    animals,
    wildlife,
    outdoor_furniture,
    vehicles,
    fixtures,
    sundries,
)
"""The modules that enter their functions into ``BUILDERS``."""
SPREAD = 1.4
"""How far copies of a thing stand apart, in its widths."""
ALIKE = 0.88
"""Cosine from which an emoji's name means one of our things."""


@dataclass(frozen=True)
class Thing:
    """``phrase`` as asked; ``model`` is ours, ``emoji`` the drawing where there is no model; exactly one is set."""

    phrase: Phrase
    model: Model | None
    emoji: emoji_index.Emoji | None

    @property
    def name(self) -> str:
        """As the record calls it."""
        return self.model.name if self.model else self.emoji.name if self.emoji else ""

    @property
    def placelike(self) -> bool:
        """Whether it is a part of a place, of which a single drawing would be a sticker."""
        return self.emoji is not None and self.emoji.placelike

    @property
    def where(self) -> Where:
        """Where such things are."""
        if self.model:
            return self.model.where
        assert self.emoji is not None
        return "air" if self.emoji.flies else "surface" if self.emoji.tall < emoji_index.SMALL else "ground"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in metres, as seen, all copies together."""
        if self.emoji is not None:
            return self.emoji.tall * self.phrase.size * (
                1 + 0.9 * (self.phrase.count - 1)
            ), self.emoji.tall * self.phrase.size
        low, high = _extent(self)
        return float(high[0] - low[0]), float(high[1] - low[1])

    def solids(self) -> list[Solid]:
        """All copies, as large as asked for, in the colour asked for, what stands on its lowest point; only for our own
        models."""
        assert self.model is not None
        one = [
            solid.but(points=solid.points * self.phrase.size)
            for solid in self.model.build(self.phrase.painted(self.model.colour))
        ]
        if self.model.where in ("surface", "ground"):
            foot = min(float(solid.points[:, 1].min()) for solid in one)
            one = [solid.moved(y=-foot) for solid in one]
        return one if self.phrase.count == 1 else _copies(one, self.phrase.count)


def _copies(one: list[Solid], count: int) -> list[Solid]:
    points = np.concatenate([solid.points for solid in one])
    step, deep = float(np.ptp(points[:, 0])) * SPREAD, float(np.ptp(points[:, 2]))
    out: list[Solid] = []
    for number in range(count):
        back = (number % 2) * 0.45 * min(deep, step)
        out += [solid.turned("y", 17.0 * number).moved(x=(number - (count - 1) / 2) * step, z=-back) for solid in one]
    return out


@cache
def _extent(thing: Thing) -> tuple[np.ndarray, np.ndarray]:
    """The corners of what is seen from the front, metres."""
    assert thing.model is not None
    points = (
        np.concatenate([solid.points for solid in thing.solids()])
        @ (rotation("x", 12) @ rotation("y", thing.model.yaw)).T
    )
    return points.min(0), points.max(0)


@cache
def find(asked: str) -> tuple[Thing, float] | None:
    """What shows the asked words and how near it is to them, 0 to 1; None where nothing is near enough."""
    phrase = read_phrase(asked, frozenset(MODELS))
    model = _named(phrase.noun)
    if model:
        return Thing(phrase, model, None), 1.0
    same = emoji_index.exact(phrase.noun) or emoji_index.exact(_singular(phrase.noun))
    hit = (same, 1.0) if same else emoji_index.find_emoji(asked)
    if hit is None:
        return None
    ours = _named(hit[0].name.lower()) if hit[1] >= ALIKE else None
    return (Thing(phrase, ours, None), hit[1]) if ours else (Thing(phrase, None, hit[0]), hit[1])


def _named(noun: str) -> Model | None:
    """Our model of a noun, of its singular, or of what it is made of, filled with or ends with: "cup of tea", "paper
    boat", "garden chair"."""
    if not noun:
        return None
    for form in (noun, _singular(noun)):
        if form in MODELS:
            return MODELS[form]
    head = re.split(r" (?:of|with|in|on|from|for|full|and|to|that|which|made) ", noun)[0]
    if head != noun and _named(head):
        return _named(head)
    words = noun.split()
    return _named(" ".join(words[1:])) if len(words) > 1 and head == noun and _known(words) else None


def _known(words: list[str]) -> bool:
    """Whether the words before the last one only describe it; a compound that an emoji has ("hot dog") stays whole."""
    return emoji_index.exact(" ".join(words)) is None


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if re.search(r"(ch|sh|x|ss)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
