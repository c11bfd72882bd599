"""The catalogue of places: what each is called, how it is painted, what stands before the person in it; and the nearest one to a board's words."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.embedded.world import fronts, inside, nature, town, wonder
from personavlog.backbones.embedded.world.setting import Painted, Setting
from personavlog.metrics import text

FLOOR = 0.70
"""Cosine below which the nearest place is said aloud to be a stand-in."""
STAND_IN = FLOOR - 0.01
"""What a stand-in's nearness is at most: the words are known, the place they ask for is not painted."""


@dataclass(frozen=True)
class Place:
    """``names`` are what people call it, the first for the record; ``horizon`` is its height as a share of the frame.

    ``firm`` is where solid ground begins, as a share of the ground: 0 at the horizon, 1 at the lower edge.
    """

    key: str
    names: tuple[str, ...]
    paint: Callable[[Setting], list[Painted]]
    front: fronts.FrontPainter
    inside: bool = False
    horizon: float = 0.5
    firm: float = 0.2


PLACES: tuple[Place, ...] = (
    Place(
        "beach",
        ("beach by the sea", "seaside promenade", "ocean shore", "tropical island coast", "harbour", "pier", "海边", "海滩", "沙滩", "大海"),
        nature.beach,
        fronts.pier,
        horizon=0.46,
        firm=0.62,
    ),
    Place(
        "lake",
        ("lake in the mountains", "mountain valley", "river bank", "alpine lake", "snowy mountains", "boat on a lake", "fjord", "湖", "湖边", "山", "河边"),
        nature.lake,
        fronts.meadow,
        horizon=0.47,
        firm=0.84,
    ),
    Place(
        "forest",
        ("forest path", "woods", "jungle", "hiking trail", "old trees", "campsite in the woods", "森林", "树林", "竹林"),
        nature.forest,
        fronts.meadow,
        horizon=0.48,
    ),
    Place(
        "meadow",
        ("flower field", "park", "garden", "countryside hills", "farm", "vineyard", "grassland", "花田", "公园", "草地", "花园", "田野", "乡村"),
        nature.meadow,
        fronts.meadow,
        horizon=0.44,
    ),
    Place(
        "street",
        (
            "city street",
            "old town street",
            "shopping street",
            "alley",
            "village square",
            "downtown sidewalk",
            "bus stop",
            "street in Paris",
            "街道",
            "城市",
            "小巷",
            "古镇",
        ),
        town.street,
        fronts.railing,
    ),
    Place(
        "market",
        ("street market", "market stalls", "night market", "food stall", "bazaar", "festival fair", "farmers market", "夜市", "市场", "集市", "庙会"),
        town.market,
        fronts.stall,
    ),
    Place(
        "rooftop",
        ("rooftop over the city", "roof terrace", "balcony", "city skyline view", "apartment balcony", "observation deck", "屋顶", "天台", "阳台"),
        town.rooftop,
        fronts.railing,
        horizon=0.46,
        firm=0.68,
    ),
    Place(
        "cafe",
        ("cafe", "coffee shop", "restaurant", "bar", "tea house", "bakery", "咖啡馆", "咖啡店", "餐厅", "茶馆", "面馆"),
        inside.cafe,
        fronts.table,
        True,
        0.42,
        firm=0.45,
    ),
    Place("kitchen", ("kitchen", "home kitchen", "cooking at home", "厨房"), inside.kitchen, fronts.table, True, 0.42, firm=0.55),
    Place(
        "living",
        ("living room", "bedroom", "home", "apartment room", "hotel room", "study room", "artist studio", "office", "卧室", "客厅", "家里", "房间", "办公室"),
        inside.living,
        fronts.sofa,
        True,
        0.42,
        firm=0.5,
    ),
    Place(
        "library",
        ("library", "bookshop", "bookstore", "museum hall", "school", "classroom", "archive", "图书馆", "书店", "博物馆", "学校", "教室"),
        inside.library,
        fronts.desk,
        True,
        0.44,
    ),
    Place(
        "train",
        (
            "train compartment",
            "train window seat",
            "railway carriage",
            "bus ride",
            "airplane cabin",
            "travelling by car",
            "火车",
            "车厢",
            "高铁",
            "地铁",
            "飞机",
        ),
        inside.train,
        fronts.table,
        True,
        0.42,
        firm=0.8,
    ),
    Place(
        "future",
        (
            "futuristic city",
            "science fiction megacity",
            "cyberpunk city",
            "space station",
            "spaceship bridge",
            "alien planet",
            "未来城市",
            "太空",
            "赛博朋克",
            "宇宙",
        ),
        wonder.future,
        fronts.glass,
        horizon=0.5,
        firm=0.66,
    ),
    Place(
        "islands",
        (
            "floating islands in the sky",
            "above the clouds",
            "fantasy kingdom",
            "dream world",
            "flying in the sky",
            "magic castle",
            "天空之城",
            "云海",
            "云上",
            "梦境",
        ),
        wonder.islands,
        fronts.clouds,
        horizon=0.5,
        firm=0.84,
    ),
)


def find(key: str) -> Place:
    """The place with a key."""
    return next(place for place in PLACES if place.key == key)


def nearest_place(asked: str, action: str = "") -> tuple[Place, float]:
    """The place nearest to what a board asks for, and how near: the cosine, but below ``FLOOR`` where the place is a known stand-in.

    ``action`` breaks near ties.
    """
    answers = _answers()
    scores = text.embed([asked])[0] @ _embedded().T
    if action:
        scores = scores + 0.12 * (text.embed([action])[0] @ _embedded().T)
    name, place, stands_in = answers[int(scores.argmax())]
    near = float(text.similarity([asked], [name])[0, 0])
    return place, min(near, STAND_IN) if stands_in else near


@cache
def _answers() -> tuple[tuple[str, Place, bool], ...]:
    """Every name with its place and whether the place only stands in for it."""
    known = tomllib.loads((files(__package__) / "known.toml").read_text(encoding="utf-8"))
    own = [(name, place, False) for place in PLACES for name in place.names]
    return (*own, *((name, find(key), kind == "stands_in") for key, kinds in known.items() for kind, names in kinds.items() for name in names))


@cache
def _embedded() -> NDArray[np.float32]:
    return text.embed([name for name, _, _ in _answers()])
