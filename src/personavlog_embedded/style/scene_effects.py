"""What a style adds to a scene besides paint: its own sky, air at night, flowers, wet gloss, specks of light, shadows
of blinds, soft distance, rim light.

All of it is drawn into the layers once, by fixed rules and the film's seed, so that it moves with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.scene.stage import Layer
from personavlog_embedded.style import skies
from personavlog_embedded.style.look import Look


@dataclass(frozen=True)
class SceneAir:
    """Where and when: ``time`` and ``weather`` as in boards, ``horizon`` and ``unit`` (the frame's size) in px.

    ``side`` is where the light comes from, -1 left to 1 right; ``seed`` chooses where small things lie.
    """

    time: str
    weather: str
    inside: bool
    horizon: float
    unit: float
    side: float
    seed: int

    @property
    def night(self) -> bool:
        """Whether it is night under the open sky."""
        return self.time == "night" and not self.inside


def with_effects(layers: list[Layer], key: str, air: SceneAir) -> list[Layer]:
    """The world's layers, in the style ``key`` already, with what else belongs to the style."""
    if not air.inside:
        layers = skies.with_sky(layers, key, air.time, air.weather, air.horizon, air.unit, air.seed)
    dress = _DRESSES.get(key)
    layers = layers if dress is None else [dress(layer, air) for layer in layers]
    return _lamplit(layers, air) if key == "shinkai" and air.night else layers


BREADTH = 0.009
"""Of a rim of light, in heights of the person."""


def rimmed(layers: list[Layer], look: Look, air: SceneAir) -> list[Layer]:
    """The people among the layers with a rim of light along the side of them that the sun, the moon or a lamp is on."""
    people = [layer for layer in layers if layer.kind == "person"]
    if not look.rim or not people:
        return layers
    light = _rim(np.maximum.reduce([layer.rgba[..., 3] for layer in people]), air) * look.rim
    return [_lit(layer, light, look.rim_colour) if layer.kind == "person" else layer for layer in layers]


def _rim(cover: Pixels, air: SceneAir) -> Plane:
    """1 along the outline of who is there, on the side of the light and above; 0 inside; as broad as suits their size,
    weaker indoors."""
    whole = cover.astype(np.float32) / 255
    far = float(np.clip(BREADTH * cv2.boundingRect(np.ascontiguousarray(cover))[3], 1.0, 0.009 * air.unit))
    way = 1.0 if air.side >= 0 else -1.0
    moved = cv2.warpAffine(
        whole,
        np.array([[1, 0, -way * far], [0, 1, far * 0.55]], np.float32),
        whole.shape[::-1],
        borderMode=cv2.BORDER_REPLICATE,
    )
    edge = cv2.GaussianBlur(whole - np.minimum(whole, moved), (0, 0), max(0.6, far * 0.4)) * (
        0.7 if air.inside else 1.1
    )
    return np.asarray(np.clip(edge, 0, 1) * whole, np.float32)


def _lit(layer: Layer, light: Plane, colour: tuple[int, int, int]) -> Layer:
    x, y, width, height = cv2.boundingRect(np.ascontiguousarray(layer.rgba[..., 3]))
    if not width or not height:
        return layer
    part, rgba = np.s_[y : y + height, x : x + width], layer.rgba.copy()
    own = rgba[part][..., :3].astype(np.float32)
    rgba[part][..., :3] = np.clip(
        own + (np.maximum(np.array(colour, np.float32), own) - own) * light[part][..., None] + 0.5, 0, 255
    ).astype(np.uint8)
    return replace(layer, rgba=rgba)


def _painted(layer: Layer, rgb: Plane) -> Layer:
    return replace(layer, rgba=np.dstack([np.clip(rgb + 0.5, 0, 255).astype(np.uint8), layer.rgba[..., 3]]))


def _gouache(layer: Layer, air: SceneAir) -> Layer:
    """Flowers in the grass; at night the distance dissolves in teal air."""
    if air.inside:
        return layer
    if layer.kind in ("ground", "near", "mid") and layer.depth < 0.55 and layer.kind == "ground":
        return _flowered(layer, air)
    return _aired(layer, air, (44, 92, 104))


def _flowered(layer: Layer, air: SceneAir) -> Layer:
    """Dots of white, yellow and rose wherever the ground is green, larger towards the viewer."""
    rgb = layer.rgba[..., :3].copy()
    height, width = rgb.shape[:2]
    rng = np.random.default_rng([air.seed, 41])
    depth = rng.random(900) ** 1.5
    rows = air.horizon + 0.03 * air.unit + depth * (height - air.horizon - 0.03 * air.unit)
    columns = (rng.random(900) + 0.02 * rng.standard_normal(900)) * width
    patch = np.sin(columns / width * 17 + depth * 9) + np.sin(columns / width * 31 - depth * 5)
    for x, y, share, crowd, kind in zip(columns, rows, depth, patch, rng.integers(0, 4, 900), strict=True):
        column, row = int(np.clip(x, 0, width - 1)), int(np.clip(y, 0, height - 1))
        red, green, blue = (int(part) for part in layer.rgba[row, column, :3])
        if crowd < 0.1 or layer.rgba[row, column, 3] < 200 or green < 1.08 * red or green < 1.15 * blue:
            continue
        tone = min(1.0, (green + 60) / 190)
        colour = [
            float(part) * tone for part in ((255, 252, 236), (255, 222, 84), (250, 176, 190), (255, 255, 250))[kind]
        ]
        size = air.unit * (0.0018 + 0.0056 * share)
        cv2.ellipse(
            rgb,
            (int(x * 8), int(y * 8)),
            (max(6, int(size * 8)), max(5, int(size * 6))),
            0,
            0,
            360,
            colour,
            -1,
            cv2.LINE_AA,
            3,
        )
    return replace(layer, rgba=np.dstack([rgb, layer.rgba[..., 3]]))


def _aired(layer: Layer, air: SceneAir, colour: tuple[int, int, int]) -> Layer:
    """Far layers at night sink into the air: what stands before them reads as dark on light."""
    if not air.night or layer.kind in ("sky", "water") or layer.depth < 0.55:
        return layer
    share = np.float32(0.8 * (layer.depth - 0.5) / 0.5)
    rgb = layer.rgba[..., :3].astype(np.float32)
    lamps = np.clip((rgb.max(axis=2, keepdims=True) - 150) / 60, 0, 1) * np.clip(
        (rgb[..., :1] - rgb[..., 2:]) / 30, 0, 1
    )
    return _painted(layer, rgb + (np.array(colour, np.float32) - rgb) * share * (1 - lamps))


def _luminous(layer: Layer, air: SceneAir) -> Layer:
    """Ground that shines as if wet, shafts of light and specks of dust in a room, violet air at night."""
    if layer.kind == "ground" and not air.inside:
        return _wet(_snowlit(layer, air) if air.night and air.weather == "snow" else layer, air)
    if air.inside and layer.depth >= 0.5 and not layer.follows:
        return _shafts(layer, air)
    return _aired(layer, air, (62, 58, 140))


def _snowlit(layer: Layer, air: SceneAir) -> Layer:
    """Snow by night takes the sky's colours, or it would be one flat blue: violet far away, indigo at the feet; its
    drifts stay."""
    rgb, height = layer.rgba[..., :3].astype(np.float32), layer.rgba.shape[0]
    down = np.clip((np.arange(height, dtype=np.float32) - air.horizon) / (height - air.horizon), 0, 1)[:, None, None]
    sky = np.array((176, 146, 222), np.float32) * (1 - down) + np.array((40, 50, 122), np.float32) * down
    tone = rgb.mean(axis=2, keepdims=True)
    own = (
        sky * np.clip(tone / max(float(tone[layer.rgba[..., 3] > 128].mean()), 1.0), 0.5, 1.6)
        if (layer.rgba[..., 3] > 128).any()
        else sky
    )
    return _painted(layer, rgb + (own - rgb) * np.float32(0.65))


def _lamplit(layers: list[Layer], air: SceneAir) -> list[Layer]:
    """At night every warm light blooms, and lies on the ground before it."""
    lamps = np.zeros(layers[0].rgba.shape[:2], np.float32)
    for layer in layers:
        rgb, alpha = layer.rgba[..., :3].astype(np.float32), layer.rgba[..., 3].astype(np.float32) / 255
        warm = np.clip((rgb.max(axis=2) - 170) / 60, 0, 1) * np.clip((rgb[..., 0] - rgb[..., 2]) / 40, 0, 1)
        lamps += (warm - lamps) * alpha
    bloom = cv2.GaussianBlur(lamps, (0, 0), 0.035 * air.unit) * np.float32(1.6)
    down = cv2.warpAffine(lamps, np.array([[1, 0, 0], [0, 1, 0.17 * air.unit]], np.float32), lamps.shape[::-1])
    fallen = cv2.GaussianBlur(down, (0, 0), sigmaX=0.035 * air.unit, sigmaY=0.06 * air.unit) * np.float32(4.5)
    return [_warmed(layer, bloom + fallen if layer.kind == "ground" else bloom) for layer in layers]


def _warmed(layer: Layer, share: Plane) -> Layer:
    rgb = layer.rgba[..., :3].astype(np.float32)
    light = np.array((255, 176, 96), np.float32) / 255 * np.clip(share, 0, 0.85)[..., None]
    return _painted(layer, np.asarray(255 - (255 - rgb) * (1 - light), np.float32))


def _shafts(layer: Layer, air: SceneAir) -> Layer:
    """Beams that fall slantwise into a room from the side of the light, and what floats in them."""
    height, width = layer.rgba.shape[:2]
    way = 1.0 if air.side >= 0 else -1.0
    y, x = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None]
    far = (width - x if way > 0 else x) / air.unit
    along = far - 0.62 * y / air.unit
    beams = sum(
        np.exp(-(((along - middle) / wide) ** 2)) for middle, wide in ((-0.12, 0.07), (0.14, 0.10), (0.42, 0.05))
    )
    beams = np.asarray(beams * np.exp(-far / 1.1) * (1 - 0.35 * y / height), np.float32)
    rng = np.random.default_rng([air.seed, 47])
    specks = np.zeros((height, width), np.float32)
    for px, py, size in zip(
        rng.uniform(0, width, 130), rng.uniform(0, height * 0.85, 130), rng.random(130) ** 3, strict=True
    ):
        cv2.circle(
            specks,
            (int(px * 8), int(py * 8)),
            max(6, int(8 * air.unit * (0.0012 + 0.003 * size))),
            0.35 + 0.5 * float(size),
            -1,
            cv2.LINE_AA,
            3,
        )
    colour = {"morning": (255, 226, 178), "noon": (255, 246, 226), "dusk": (255, 164, 112), "night": (150, 160, 255)}[
        air.time
    ]
    share = np.clip(0.8 * beams + specks * np.clip(0.25 + beams, 0, 1), 0, 0.9)[..., None]
    rgb = layer.rgba[..., :3].astype(np.float32)
    return _painted(
        layer, 255 - (255 - rgb) * (1 - np.array(colour, np.float32) / np.float32(255) * share.astype(np.float32))
    )


def _wet(layer: Layer, air: SceneAir) -> Layer:
    """The colour of the sky lies on stone and sand in level streaks; grass stays grass."""
    rgb = layer.rgba[..., :3].astype(np.float32)
    height, width = rgb.shape[:2]
    sky = {"morning": (255, 206, 170), "noon": (176, 224, 255), "dusk": (255, 138, 150), "night": (128, 120, 230)}[
        air.time
    ]
    rng = np.random.default_rng([air.seed, 43])
    grain = cv2.GaussianBlur(
        rng.standard_normal((height, width)).astype(np.float32), (0, 0), sigmaX=air.unit * 0.05, sigmaY=air.unit * 0.004
    )
    streak = np.clip(0.5 + 0.55 * grain / float(grain.std() + 1e-6), 0, 1)
    bare = np.clip(1 - (rgb[..., 1] - np.maximum(rgb[..., 0], rgb[..., 2])) / 14, 0, 1)
    down = np.clip((np.arange(height, dtype=np.float32)[:, None] - air.horizon) / (height - air.horizon), 0, 1)
    share = (0.46 * streak * bare * (1 - 0.75 * down))[..., None]
    screen = 255 - (255 - rgb) * (1 - np.array(sky, np.float32) / 255 * share)
    return _painted(layer, screen)


def _pale(layer: Layer, air: SceneAir) -> Layer:
    return _aired(layer, air, (112, 132, 156))


def _dense(layer: Layer, air: SceneAir) -> Layer:
    return _aired(layer, air, (84, 20, 62))


def _blinds(layer: Layer, air: SceneAir) -> Layer:
    """A window's blinds throw their shadow slantwise over a room."""
    if not air.inside or layer.follows:
        return layer
    height, width = layer.rgba.shape[:2]
    y, x = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None]
    slat = np.sin((y + 0.34 * (1.0 if air.side >= 0 else -1.0) * x) * (2 * np.pi / (0.085 * air.unit)))
    centre = width * (0.5 - 0.24 * (1.0 if air.side >= 0 else -1.0))
    window = np.exp(-(((x - centre + 0.2 * (y - height / 2)) / (0.62 * air.unit)) ** 4)) * np.exp(
        -(((y - 0.40 * height) / (0.36 * height)) ** 4)
    )
    bars = np.clip(slat * 3 + 0.6, 0, 1)
    light = 0.40 + window * (0.95 * bars - 0.10)
    return _painted(layer, layer.rgba[..., :3] * light[..., None])


def _street_noir(layer: Layer, air: SceneAir) -> Layer:
    """Outdoors the distance is a pale mist before which everything stands dark."""
    if air.inside:
        return _blinds(layer, air)
    if layer.kind in ("sky", "far") or layer.depth > 0.68:
        rgb = layer.rgba[..., :3].astype(np.float32)
        down = np.exp(-(((np.arange(rgb.shape[0], dtype=np.float32) - air.horizon) / (0.30 * air.unit)) ** 2))[
            :, None, None
        ]
        mist = 150.0 if air.time == "night" else 190.0
        return _painted(layer, rgb + (mist - rgb) * (0.15 + 0.55 * down) * (0.6 if layer.kind == "sky" else 0.75))
    # Black stays black; what lamps reach by night is seen.
    if not air.night or layer.follows:
        return layer
    return _painted(
        layer, np.asarray(255 * (layer.rgba[..., :3].astype(np.float32) / 255) ** np.float32(0.74), np.float32)
    )


def _focused(layer: Layer, air: SceneAir) -> Layer:
    """A lens close to the person: the farther, the softer."""
    if layer.kind == "person" or layer.follows or layer.depth < 0.3:
        return layer
    sigma = air.unit * 0.010 * (layer.depth - 0.22)
    if layer.kind == "ground":
        return layer
    alpha = layer.rgba[..., 3:].astype(np.float32)
    soft = cv2.GaussianBlur(
        np.dstack([layer.rgba[..., :3] * (alpha / 255), alpha]), (0, 0), sigma, borderType=cv2.BORDER_REPLICATE
    )
    rgb = soft[..., :3] * 255 / np.maximum(soft[..., 3:], 1.0)
    return replace(
        layer, rgba=np.dstack([np.clip(rgb + 0.5, 0, 255), np.clip(soft[..., 3:] + 0.5, 0, 255)]).astype(np.uint8)
    )


_DRESSES: Mapping[str, Callable[[Layer, SceneAir], Layer]] = MappingProxyType(
    {
        "hayao": _gouache,
        "shinkai": _luminous,
        "hosoda": _pale,
        "paprika": _dense,
        "noir": _street_noir,
        "pixar": _focused,
    }
)
