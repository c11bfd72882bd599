"""The styles that the embedded painter knows, by name, and the nearest one for a name that it does not know.

A living artist's name stands for the look of a published network trained on their films' frames (CartoonGAN's four), nothing else is imitated by name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from personavlog.errors import ConfigurationError
from personavlog.metrics import text
from personavlog_embedded.style.look import Look

Net = Literal["hayao", "shinkai", "hosoda", "paprika", ""]
FLOOR = 0.62
"""Similarity of a wish and a style's description below which nothing is near; sentence embeddings of unrelated short texts lie at 0.4 to 0.6."""


@dataclass(frozen=True)
class Style:
    """One style: ``name`` as said to people, ``names`` as people write it (lower case), ``net`` the CartoonGAN network or "" for none.

    ``kin`` are names of other styles that this one is nearest to: known, but not the same, so that it is said.
    """

    key: str
    name: str
    names: tuple[str, ...]
    description: str
    net: Net
    look: Look
    kin: tuple[str, ...] = ()


@dataclass(frozen=True)
class StyleMatch:
    """The style that a wish leads to; ``exact`` if the wish names it. ``note`` is a sentence for the user, empty where exact."""

    style: Style
    similarity: float
    exact: bool
    note: str = ""


_ALL = (
    Style(
        "hayao",
        "Hayao Miyazaki",
        (
            "miyazaki",
            "hayao miyazaki",
            "studio ghibli",
            "ghibli",
            "totoro",
            "spirited away",
            "宫崎骏",
            "吉卜力",
            "宮崎駿",
            "ジブリ",
            "howl s moving castle",
            "princess mononoke",
        ),
        "hand-painted Japanese animation with warm sunlight, lush green nature, soft watercolour skies and gentle nostalgic mood",
        "hayao",
        Look(
            line=0.8,
            chroma=0.25,
            smooth=2,
            pen=0.35,
            pen_colour=(70, 44, 32),
            saturation=1.16,
            greens=1.62,
            blues=1.15,
            warm=6.0,
            lift=4.0,
            bright=8.0,
            glow=0.15,
            cool_shadows=3.0,
            eyes=1.16,
            finish="gouache",
            figure="cels",
            edge="line",
            edge_colour=(74, 46, 34),
            surface="poster",
            skin="two tones",
            darks=(-9.0, -3.0),
            gamma=0.84,
            warm_lights=16.0,
        ),
        ("moebius", "heidi", "nausicaa", "cottagecore", "fairy tale", "童话"),
    ),
    Style(
        "shinkai",
        "Makoto Shinkai",
        ("shinkai", "makoto shinkai", "your name", "weathering with you", "新海诚", "新海誠"),
        "luminous anime with vivid blue skies, dramatic clouds, lens light, saturated twilight colours and sharp city detail",
        "shinkai",
        Look(
            line=0.7,
            chroma=0.3,
            smooth=1,
            pen=0.3,
            pen_colour=(40, 24, 52),
            saturation=1.34,
            contrast=1.18,
            greens=1.15,
            blues=1.3,
            warm=-1.0,
            rose=2.0,
            glow=0.3,
            cool_shadows=8.0,
            eyes=1.16,
            finish="bloom",
            figure="cels",
            edge="line",
            edge_colour=(46, 26, 52),
            surface="lens",
            skin="two tones",
            darks=(11.0, -24.0),
            gamma=0.92,
            local=0.4,
            warm_lights=10.0,
            rim=0.85,
            rim_colour=(255, 240, 214),
        ),
    ),
    Style(
        "hosoda",
        "Mamoru Hosoda",
        ("hosoda", "mamoru hosoda", "summer wars", "wolf children", "细田守", "細田守"),
        "clean modern anime with thin outlines, flat pale colours, white summer light and open airy compositions",
        "hosoda",
        Look(
            line=0.5,
            chroma=0.15,
            smooth=2,
            pen=0.9,
            pen_width=0.003,
            pen_colour=(158, 60, 36),
            saturation=0.84,
            contrast=1.08,
            lift=3.0,
            bright=18.0,
            glow=0.12,
            eyes=1.12,
            finish="pale cels",
            figure="pale cels",
            edge="line",
            edge_colour=(150, 58, 38),
            skin="one tone",
            darks=(0.0, -5.0),
            gamma=0.82,
        ),
    ),
    Style(
        "paprika",
        "Paprika (Satoshi Kon)",
        ("paprika", "satoshi kon", "perfect blue", "今敏"),
        "surreal psychological anime with dark contours, dense colour, strong contrast and dreamlike urban scenes",
        "paprika",
        Look(
            line=1.0,
            chroma=0.3,
            smooth=3,
            pen=0.8,
            pen_colour=(24, 12, 26),
            saturation=1.55,
            contrast=1.22,
            greens=0.75,
            warm=4.0,
            rose=8.0,
            glow=0.1,
            cool_shadows=9.0,
            dim=8.0,
            eyes=1.06,
            finish="dense cels",
            figure="dense cels",
            edge="line",
            edge_colour=(28, 14, 26),
            skin="hard tones",
            darks=(13.0, -4.0),
            gamma=0.92,
            local=0.25,
            warm_lights=18.0,
        ),
    ),
    Style(
        "anime",
        "anime",
        ("anime", "japanese animation", "manga", "cartoon", "cel shading", "2d animation", "动漫", "动画", "漫画", "卡通", "日漫", "アニメ", "日本动画"),
        "Japanese anime cartoon with clean lines, cel shading and bright colours",
        "hosoda",
        Look(
            line=1.0,
            chroma=0.25,
            smooth=4,
            pen=0.85,
            pen_width=0.004,
            saturation=1.35,
            contrast=1.04,
            blues=1.2,
            warm=-4.0,
            lift=3.0,
            bright=14.0,
            glow=0.3,
            cool_shadows=8.0,
            eyes=1.24,
            finish="cels",
            figure="cels",
            edge="line",
            skin="two tones",
            gamma=0.9,
        ),
        (
            "naruto",
            "one piece",
            "dragon ball",
            "sailor moon",
            "demon slayer",
            "pokemon",
            "evangelion",
            "akira",
            "webtoon",
            "chibi",
            "simpsons",
            "rick and morty",
            "looney tunes",
            "flat illustration",
            "vector art",
        ),
    ),
    Style(
        "pixar",
        "3D animation (Pixar-like)",
        (
            "pixar",
            "disney",
            "disney pixar",
            "3d animation",
            "3d cartoon",
            "3d render",
            "dreamworks",
            "皮克斯",
            "迪士尼",
            "三维动画",
            "3d动画",
            "toy story",
            "frozen",
            "moana",
        ),
        "three-dimensional computer animated family film with smooth rounded shapes, large eyes, soft studio light and rich warm colours",
        "",
        Look(
            smooth=1,
            saturation=1.35,
            contrast=0.96,
            greens=1.15,
            blues=1.1,
            warm=5.0,
            rose=1.5,
            lift=4.0,
            bright=4.0,
            glow=0.3,
            cool_shadows=2.0,
            eyes=1.36,
            finish="rendered",
            edge="bevel",
            skin="solid",
            gamma=0.9,
            rim=0.3,
            rim_colour=(255, 226, 190),
        ),
        ("claymation", "clay", "plasticine", "wallace and gromit", "aardman", "lego", "low poly", "unreal engine", "blender", "黏土", "乐高"),
    ),
    Style(
        "watercolour",
        "watercolour",
        ("watercolour", "watercolor", "aquarelle", "wash painting", "storybook", "picture book", "水彩", "水彩画", "绘本", "children s book"),
        "watercolour painting on textured paper with soft washes, pale light and bleeding pigment edges",
        "",
        Look(
            line=0.6,
            chroma=0.2,
            smooth=2,
            pen=0.3,
            pen_colour=(92, 74, 70),
            saturation=1.15,
            lift=4.0,
            finish="watercolour",
            figure="portrait wash",
            skin="wash",
            surface="aquarelle",
        ),
        ("gouache", "pastel", "crayon", "beatrix potter", "le petit prince", "蜡笔"),
    ),
    Style(
        "inkwash",
        "Chinese ink wash",
        ("ink wash", "ink painting", "chinese ink", "sumi e", "shan shui", "水墨", "水墨画", "国画", "中国风"),
        "Chinese ink wash painting on rice paper with black brush strokes, misty mountains and almost no colour",
        "",
        Look(smooth=2, contrast=1.15, finish="ink wash", surface="rice paper"),
        ("ukiyo e", "woodblock", "hokusai", "zen painting", "浮世绘", "书法", "calligraphy"),
    ),
    Style(
        "oil",
        "oil painting",
        ("oil", "oil painting", "oil paint", "impressionism", "impressionist", "油画", "印象派"),
        "oil painting on canvas with thick visible brush strokes and deep classical colours",
        "",
        Look(smooth=0, saturation=1.3, contrast=1.2, warm=8.0, bright=-3.0, darks=(4.0, 6.0), finish="oil", figure="oil portrait", surface="canvas"),
        (
            "van gogh",
            "monet",
            "rembrandt",
            "vermeer",
            "caravaggio",
            "da vinci",
            "cezanne",
            "cézanne",
            "gauguin",
            "renoir",
            "picasso",
            "cubism",
            "cubist",
            "klimt",
            "dali",
            "surrealism",
            "expressionism",
            "acrylic",
            "baroque",
            "renaissance",
            "梵高",
            "莫奈",
        ),
    ),
    Style(
        "pencil",
        "pencil drawing",
        ("pencil", "pencil drawing", "pencil sketch", "sketch", "graphite", "charcoal", "line drawing", "铅笔", "素描", "速写"),
        "pencil sketch on white paper, graphite lines and hatching, almost without colour",
        "",
        Look(smooth=2, pen=0.8, pen_width=0.003, pen_colour=(50, 50, 52), finish="graphite", surface="sketchbook"),
        ("etching", "engraving", "ballpoint", "chalk", "blueprint", "木炭"),
    ),
    Style(
        "noir",
        "film noir",
        ("noir", "film noir", "black and white", "black-and-white", "monochrome", "黑白", "黑色电影", "detective film"),
        "black and white film noir with hard light, deep shadows, film grain and a lonely detective mood",
        "",
        Look(smooth=1, contrast=1.1, bright=3.0, glow=0.2, dim=12.0, finish="hard light", surface="black and white", rim=0.8),
        ("sin city", "hitchcock", "silent film", "chaplin", "默片"),
    ),
    Style(
        "comic",
        "comic book",
        ("comic", "comic book", "american comic", "marvel", "graphic novel", "pop art", "美漫", "波普"),
        "American comic book print with bold black ink outlines, few flat tones and strong primary colours",
        "paprika",
        Look(
            line=0.8,
            chroma=0.2,
            smooth=3,
            pen=1.0,
            pen_width=0.0052,
            pen_colour=(14, 10, 18),
            saturation=1.3,
            contrast=1.15,
            eyes=1.04,
            finish="comic",
            edge="ink",
            edge_colour=(12, 8, 16),
            skin="hard tones",
            gamma=0.84,
            surface="print",
        ),
        ("spider verse", "spiderverse", "stained glass", "lichtenstein", "andy warhol", "tintin", "batman"),
    ),
    Style(
        "cyberpunk",
        "cyberpunk",
        ("cyberpunk", "neon", "synthwave", "vaporwave", "blade runner", "sci-fi", "science fiction", "赛博朋克", "科幻"),
        "cyberpunk future city at night with neon magenta and cyan light, rain and high technology",
        "",
        Look(
            line=0.7,
            chroma=0.25,
            smooth=2,
            pen=0.3,
            saturation=1.3,
            contrast=1.15,
            warm=-4.0,
            rose=4.0,
            cool_shadows=14.0,
            dim=50.0,
            neon=1.0,
            finish="bloom",
            figure="none",
            surface="neon",
        ),
        ("tron", "matrix", "outrun", "dystopia", "dystopian"),
    ),
    Style(
        "vintage",
        "vintage film",
        (
            "vintage",
            "retro",
            "retro film",
            "super 8",
            "polaroid",
            "kodachrome",
            "70s",
            "80s",
            "复古",
            "胶片",
            "home video",
            "old photograph",
            "old photo",
            "old movie",
        ),
        "faded nostalgic home film of the seventies with warm yellow tint, raised shadows and grain",
        "",
        Look(smooth=1, saturation=0.78, contrast=0.88, warm=13.0, rose=3.0, lift=14.0, glow=0.3, surface="home movie"),
        ("steampunk", "vhs", "daguerreotype", "sepia", "film photograph", "90s", "1990s", "老照片"),
    ),
    Style(
        "cinematic",
        "cinematic photography",
        (
            "cinematic",
            "realistic",
            "photorealistic",
            "photography",
            "documentary",
            "live action",
            "写实",
            "电影",
            "电影感",
            "真实",
            "纪录片",
        ),
        "realistic cinematic photography with natural skin, soft film contrast and teal shadows against warm light",
        "",
        Look(smooth=0, saturation=1.0, contrast=1.12, blues=0.75, greens=0.75, warm=4.0, glow=0.2, cool_shadows=16.0, surface="scope"),
        ("wes anderson", "christopher nolan", "wong kar wai", "imax", "hollywood", "王家卫"),
    ),
    Style(
        "pixel",
        "pixel art",
        (
            "pixel",
            "pixel art",
            "pixelated",
            "8 bit",
            "16 bit",
            "8bit",
            "16bit",
            "retro game",
            "video game",
            "sprite",
            "像素",
            "像素风",
            "ドット絵",
        ),
        "pixel art of a retro video game console with a coarse grid of square pixels and a small palette of colours",
        "",
        Look(
            smooth=2,
            pen=0.6,
            pen_width=0.007,
            saturation=1.3,
            contrast=1.1,
            finish="sprite",
            edge="sprite",
            edge_colour=(28, 26, 40),
            surface="pixels",
            skin="two tones",
        ),
        ("minecraft", "voxel", "super mario", "zelda", "pokemon red", "tetris", "stardew valley", "我的世界"),
    ),
    Style(
        "cutout",
        "paper cut-out",
        (
            "paper cut out",
            "paper cutout",
            "cut out",
            "cutout",
            "papercut",
            "paper cut",
            "paper craft",
            "papercraft",
            "paper collage",
            "paper art",
            "剪纸",
            "纸艺",
            "拼贴",
            "切り絵",
        ),
        "layered paper cut-outs from coloured card with white cut edges and soft drop shadows, moved as stop motion",
        "",
        Look(
            smooth=3,
            saturation=1.2,
            contrast=1.05,
            warm=1.0,
            finish="card",
            figure="card portrait",
            edge="card",
            edge_colour=(250, 244, 232),
            surface="card",
            skin="sheets",
        ),
        (
            "origami",
            "collage",
            "stop motion",
            "tim burton",
            "lotte reiniger",
            "silhouette",
            "shadow puppet",
            "felt",
            "south park",
            "matisse",
            "皮影",
            "皮影戏",
            "折纸",
        ),
    ),
)

STYLES: Mapping[str, Style] = MappingProxyType({style.key: style for style in _ALL})
"""Every style by key."""
DEFAULT = "anime"


def find(key: str) -> Style:
    """The style with this key; raises ``ConfigurationError`` for another."""
    if key not in STYLES:
        raise ConfigurationError(f"The embedded painter has no style {key!r}. It has: {', '.join(STYLES)}.")
    return STYLES[key]


def match_style(wish: str) -> StyleMatch:
    """The style for what a user wrote: one that is named in it, else one that is known to be near what is named, else the nearest in meaning.

    Where two names stand in the wish, the longer one counts, of equals the last.
    The note says when something else than the wish was taken, and when nothing was near.
    """
    own, near = _named(wish, _own), _named(wish, _kin)
    if own and (not near or len(own[0]) >= len(near[0])):
        return StyleMatch(own[1], 1.0, exact=True)
    return StyleMatch(near[1], 1.0, exact=False, note=_instead(wish, near[1])) if near else _nearest(wish)


def _own(style: Style) -> tuple[str, ...]:
    return (*style.names, style.key, style.name)


def _kin(style: Style) -> tuple[str, ...]:
    return style.kin


def _named(wish: str, names: Callable[[Style], tuple[str, ...]]) -> tuple[str, Style] | None:
    """The longest name that stands in the wish, of equals the last, and whose it is."""
    words = f" {_plain(wish)} "
    hits = [(name, style) for style in _ALL for name in map(_plain, names(style)) if _holds(words, name)]
    return max(hits, key=lambda hit: (len(hit[0]), words.rfind(hit[0]))) if hits else None


def _instead(wish: str, style: Style) -> str:
    return f"The embedded painter does not know the style {wish!r}; its nearest style is {style.name}."


def _plain(wish: str) -> str:
    """Lower case, full-width letters as plain ones, every run of punctuation a blank."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", wish).casefold()).strip()


def _holds(words: str, name: str) -> bool:
    """Whole words, but for scripts without blanks."""
    return f" {name} " in words if name.isascii() else name in words


def _nearest(wish: str) -> StyleMatch:
    ((index, similarity),) = text.nearest(wish[:400], [f"{style.name}: {style.description}" for style in _ALL])
    style = _ALL[index]
    if similarity < FLOOR:
        default = STYLES[DEFAULT]
        note = f"The embedded painter knows no style near {wish!r}; it paints in its {default.name} style. It knows: {', '.join(s.name for s in _ALL)}."
        return StyleMatch(default, similarity, exact=False, note=note)
    return StyleMatch(style, similarity, exact=False, note=_instead(wish, style))
