"""The catalogue of places: what each is called, how it is painted, what stands before the person in it; and the nearest one to a board's words."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.embedded.world import (
    alpine,
    carriages,
    castle,
    crossing,
    desert,
    eateries,
    fair,
    farm,
    fronts,
    greenhouse,
    halls,
    harbour,
    homes,
    lakeside,
    moon,
    nature,
    reef,
    roadside,
    rooms_of_care,
    rooms_of_work,
    seaside,
    shrine,
    stadium,
    town,
    wonder,
)
from personavlog.backbones.embedded.world.setting import Painted, Setting
from personavlog.metrics import text
from personavlog.metrics.text_table import table

FLOOR = 0.70
"""Cosine below which the nearest place is said aloud to be a stand-in."""
STAND_IN = FLOOR - 0.01
"""What a stand-in's nearness is at most: the words are known, the place they ask for is not painted."""


@dataclass(frozen=True)
class Place:
    """``names`` are what people call it, the first for the record; ``horizon`` is its height as a share of the frame.

    ``turns`` is False where the painter has one angle only, which every other shot sees mirrored.
    ``firm`` is where solid ground begins, as a share of the ground: 0 at the horizon, 1 at the lower edge.
    """

    key: str
    names: tuple[str, ...]
    paint: Callable[[Setting], list[Painted]]
    front: fronts.FrontPainter
    inside: bool = False
    horizon: float = 0.5
    firm: float = 0.2
    turns: bool = True


PLACES: tuple[Place, ...] = (
    Place(
        "beach",
        ("beach by the sea", "seaside promenade", "ocean shore", "tropical island coast", "pier", "海边", "海滩", "沙滩", "大海"),
        seaside.beach,
        fronts.pier,
        horizon=0.46,
    ),
    Place(
        "lake",
        ("lake in the mountains", "mountain valley", "river bank", "alpine lake", "snowy mountains", "boat on a lake", "fjord", "湖", "湖边", "山", "河边"),
        lakeside.lake,
        fronts.meadow,
        horizon=0.47,
    ),
    Place(
        "forest",
        ("forest path", "woods", "jungle", "hiking trail", "old trees", "campsite in the woods", "森林", "树林", "竹林"),
        nature.forest,
        fronts.meadow,
        horizon=0.48,
        turns=False,
    ),
    Place(
        "meadow",
        ("flower field", "park", "garden", "countryside hills", "vineyard", "grassland", "花田", "公园", "草地", "花园", "田野", "乡村"),
        nature.meadow,
        fronts.meadow,
        horizon=0.44,
        turns=False,
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
        ("street market", "market stalls", "night market", "food stall", "bazaar", "farmers market", "夜市", "市场", "集市", "庙会"),
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
        turns=False,
    ),
    Place(
        "cafe",
        (
            "cafe",
            "a cafe",
            "a café",
            "coffee shop",
            "small coffee shop",
            "restaurant",
            "bar",
            "tea house",
            "bakery",
            "咖啡馆",
            "咖啡店",
            "餐厅",
            "茶馆",
            "面馆",
        ),
        eateries.cafe,
        fronts.table,
        True,
        0.38,
        firm=0.45,
    ),
    Place("kitchen", ("kitchen", "home kitchen", "cooking at home", "厨房"), homes.kitchen, fronts.table, True, 0.38, firm=0.55),
    Place(
        "living",
        ("living room", "bedroom", "home", "apartment room", "hotel room", "study room", "artist studio", "卧室", "客厅", "家里", "房间"),
        homes.living,
        fronts.sofa,
        True,
        0.38,
        firm=0.5,
    ),
    Place(
        "library",
        ("library", "bookshop", "bookstore", "archive", "reading room", "图书馆", "书店", "阅览室"),
        homes.library,
        fronts.desk,
        True,
        0.38,
        firm=0.5,
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
        carriages.train,
        fronts.table,
        True,
        0.38,
        firm=0.6,
    ),
    Place(
        "hospital",
        ("hospital room", "hospital ward", "clinic", "doctor's office", "hospital", "nursing home", "医院", "病房", "诊所"),
        rooms_of_care.hospital,
        fronts.counter,
        True,
        0.38,
        firm=0.5,
    ),
    Place(
        "gym",
        ("gym", "fitness studio", "sports hall", "yoga studio", "dance studio", "boxing gym", "健身房", "体育馆", "瑜伽室"),
        rooms_of_care.gym,
        fronts.counter,
        True,
        0.38,
        firm=0.5,
    ),
    Place(
        "pool",
        ("indoor swimming pool", "swimming hall", "public bath", "spa", "游泳馆", "游泳池", "浴场"),
        rooms_of_care.pool,
        fronts.counter,
        True,
        0.38,
        firm=0.5,
    ),
    Place(
        "classroom",
        ("classroom", "school", "lecture hall", "university seminar", "kindergarten", "教室", "学校", "课堂", "大学"),
        rooms_of_work.classroom,
        fronts.desk,
        True,
        0.38,
        firm=0.5,
    ),
    Place(
        "office",
        ("office", "open-plan office", "meeting room", "co-working space", "startup office", "newsroom", "办公室", "会议室", "公司"),
        rooms_of_work.office,
        fronts.desk,
        True,
        0.38,
        firm=0.5,
    ),
    Place(
        "shop",
        ("supermarket", "grocery store", "convenience store", "corner shop", "shopping mall", "pharmacy", "超市", "便利店", "商店", "商场"),
        rooms_of_work.shop,
        fronts.counter,
        True,
        0.38,
        firm=0.5,
    ),
    Place(
        "workshop",
        ("workshop", "garage", "repair shop", "laboratory", "factory hall", "maker space", "pottery studio", "工作室", "车库", "实验室", "工厂", "作坊"),
        rooms_of_work.workshop,
        fronts.workbench,
        True,
        0.38,
        firm=0.5,
    ),
    Place(
        "theatre",
        ("theatre", "theatre stage", "concert hall", "opera house", "cinema", "auditorium", "剧院", "舞台", "音乐厅", "电影院", "剧场"),
        halls.theatre,
        fronts.velvet,
        True,
        0.38,
        firm=0.55,
    ),
    Place(
        "museum",
        ("museum", "art gallery", "exhibition hall", "museum hall", "picture gallery", "博物馆", "美术馆", "画廊", "展览"),
        halls.museum,
        fronts.counter,
        True,
        0.38,
        firm=0.5,
    ),
    Place(
        "station",
        ("train station hall", "airport terminal", "station concourse", "departure hall", "ticket hall", "bus terminal", "火车站", "机场", "车站", "候机楼"),
        halls.station,
        fronts.counter,
        True,
        0.38,
        firm=0.45,
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
        turns=False,
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
        turns=False,
    ),
    Place(
        "desert",
        ("desert", "sand dunes", "red canyon", "oasis", "desert camp", "table mountains", "沙漠", "沙丘", "峡谷", "绿洲"),
        desert.desert,
        fronts.wall,
        horizon=0.46,
    ),
    Place(
        "castle",
        ("castle courtyard", "medieval castle", "fortress", "ruins of a castle", "knight's gate", "old fortress wall", "城堡", "古堡", "废墟"),
        castle.castle,
        fronts.wall,
        horizon=0.47,
    ),
    Place(
        "alpine",
        ("snowy mountain village", "alpine chalet", "ski village", "winter village", "log cabin in the snow", "christmas village", "雪山小镇", "木屋", "雪村"),
        alpine.alpine,
        fronts.railing,
        horizon=0.47,
    ),
    Place(
        "harbour",
        ("harbour with boats", "fishing port", "lighthouse", "marina", "docks", "quay", "港口", "灯塔", "码头", "渔港"),
        harbour.harbour,
        fronts.pier,
        horizon=0.47,
    ),
    Place(
        "fair",
        ("fairground", "amusement park", "ferris wheel", "carousel", "theme park", "carnival", "circus", "游乐园", "摩天轮", "旋转木马"),
        fair.fair,
        fronts.stall,
        horizon=0.47,
    ),
    Place(
        "shrine",
        ("shrine garden", "temple gate", "japanese garden", "pagoda", "temple courtyard", "zen garden", "寺庙", "神社", "日式庭院", "古塔"),
        shrine.shrine,
        fronts.wall,
        horizon=0.47,
    ),
    Place(
        "farm",
        ("farm with a barn", "farmyard", "ranch", "barn", "farmhouse", "wheat fields", "农场", "谷仓", "麦田", "农家"),
        farm.farm,
        fronts.meadow,
        horizon=0.46,
    ),
    Place(
        "moon",
        ("moon surface", "moon base", "surface of the moon", "outer space with the earth in the sky", "planet mars colony", "月球", "月球基地", "星球表面"),
        moon.moon,
        fronts.glass,
        horizon=0.47,
    ),
    Place(
        "crossing",
        (
            "city crossing",
            "busy intersection",
            "crosswalk",
            "downtown traffic",
            "pedestrian crossing",
            "street in Tokyo",
            "avenue in New York",
            "十字路口",
            "斑马线",
            "马路",
        ),
        crossing.crossing,
        fronts.railing,
        horizon=0.47,
    ),
    Place(
        "roadside",
        ("road trip", "gas station", "highway", "country road", "camper van by the road", "petrol station", "公路", "加油站", "公路旅行", "房车"),
        roadside.roadside,
        fronts.wall,
        horizon=0.47,
    ),
    Place(
        "reef",
        ("underwater", "coral reef", "aquarium", "aquarium tunnel", "under the sea", "ocean floor", "水族馆", "海底", "珊瑚礁", "水下"),
        reef.reef,
        fronts.glass,
        horizon=0.47,
    ),
    Place(
        "stadium",
        ("stadium", "running track", "sports field", "athletics arena", "marathon finish", "football pitch", "体育场", "跑道", "操场", "运动会"),
        stadium.stadium,
        fronts.railing,
        horizon=0.46,
    ),
    Place(
        "greenhouse",
        ("garden with a greenhouse", "greenhouse", "vegetable garden", "backyard", "house porch with a garden", "rose garden", "温室", "菜园", "后院", "花房"),
        greenhouse.greenhouse,
        fronts.meadow,
        horizon=0.46,
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
    return table([name for name, _, _ in _answers()])
