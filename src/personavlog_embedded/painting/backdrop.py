"""The place of a keyframe: the one that the board asks for, as this shot looks into it, in its light."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np

from personavlog.script import Framing
from personavlog_embedded.places import catalogue, view
from personavlog_embedded.places.motif import motifs_of
from personavlog_embedded.places.place import Place
from personavlog_embedded.render.canvas import straight
from personavlog_embedded.render.light import Light, lamplit, light
from personavlog_embedded.render.room_parts import indoor
from personavlog_embedded.render.setting import YAWS, Painted, Setting
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec
from personavlog_embedded.scene.season import season_of
from personavlog_embedded.scene.stage import Layer
from personavlog_embedded.things import SEATS, find

LOOKS = (1.0, 1.2, 1.09, 1.3)
"""How much nearer each next shot looks into the same place."""


@dataclass(frozen=True)
class Backdrop:
    """``similarity`` is how near the ``place`` is to what the board asks for, ``setting`` what it is painted for and
    ``look`` how this shot sees it; ``light`` falls on what stands there."""

    spec: KeyframeSpec
    place: Place
    similarity: float
    setting: Setting
    look: view.View
    light: Light

    @property
    def seed(self) -> int:
        """Of what the style adds to this view of this place."""
        return (self.setting.seed + 31 * self.setting.angle + self.look.mirror) % 2**31

    @property
    def seated(self) -> bool:
        """Whether one of the board's things is sat on."""
        found = (find(prop) for prop in self.spec.board.props)
        return any(hit is not None and hit[0].name in SEATS for hit in found)

    @property
    def notes(self) -> list[str]:
        """That the place only stands in for another, where it does."""
        asked, shown = self.spec.board.place, self.place.names[0]
        if self.similarity >= catalogue.FLOOR:
            return []
        return [f"The embedded painter has no place like {asked!r}; it painted its nearest, {shown!r}."]

    def layers(self) -> list[Layer]:
        """The place, far to near."""
        painted = _painted(self.place.paint, self.setting)
        seen = view.seen_layers(self.setting, painted, self.look, self.spec.canvas[1])
        return [Layer(layer.name, layer.kind, layer.depth, straight(pixels)) for layer, pixels in seen]

    def front(self, top: float) -> Layer:
        """What stands before the person, from row ``top`` px down."""
        lit = indoor(self.setting.light) if self.place.inside else lamplit(self.setting.light)
        sheet = self.place.foreground.paint(replace(self.setting, width=self.spec.canvas[1], light=lit), top)
        pixels = np.asarray(cv2.GaussianBlur(sheet.pixels, (0, 0), self.spec.unit * 0.0016), np.uint8)
        pixels = np.ascontiguousarray(pixels[:, ::-1]) if self.look.mirror else pixels
        return Layer("front", "front", 0.06, straight(pixels))


def backdrop(spec: KeyframeSpec) -> Backdrop:
    """The painted place nearest to what the board asks for."""
    place, similarity = catalogue.nearest_place(spec.board.place, spec.board.action)
    setting, look = _setting(spec, place), _look(spec, place)
    lit = indoor(setting.light) if place.inside else setting.light
    lit = replace(lit, side=-lit.side) if look.mirror else lit
    return Backdrop(spec, place, similarity, setting, look, lit)


def _setting(spec: KeyframeSpec, place: Place) -> Setting:
    height, width = spec.canvas
    seed = zlib.crc32(f"{place.key} {spec.board.place.lower()} {spec.film}".encode())
    words = ". ".join((spec.board.place, spec.board.action, *spec.board.props))
    scene = light(spec.board.time_of_day.value, spec.board.weather.value, season_of(words, spec.board.weather.value))
    rise = 0.0 if place.inside else float(np.random.default_rng([spec.seed, 3]).uniform(-0.035, 0.035))
    horizon = spec.margin + spec.height * (place.horizon + rise)
    angle = (spec.turn + spec.look) % (len(YAWS) - place.faces) if place.turns else 0
    setting = Setting(
        height,
        round(width * view.WIDER),
        horizon,
        spec.unit,
        scene,
        seed,
        hour=spec.turn,
        angle=angle,
        motifs=motifs_of(words),
    )
    return setting if place.inside else setting.turned()


def _look(spec: KeyframeSpec, place: Place) -> view.View:
    rng = np.random.default_rng([spec.seed + 104_729 * spec.look, 1])
    zoom, blur = {
        Framing.CLOSE_UP: (1.25, 0.0042),
        Framing.SELFIE: (1.1, 0.0022),
        Framing.MEDIUM: (1.06, 0.0012),
        Framing.OVER_SHOULDER: (1.0, 0.0),
        Framing.WIDE: (1.0, 0.0),
    }[spec.board.framing]
    if not place.inside:
        zoom *= LOOKS[spec.turn % len(LOOKS)] ** (0.5 if place.turns else 1.0)
    # Where the painter has no other angle, the mirror makes another picture of the same place.
    mirror = not place.turns and spec.mirrored != (spec.look % 2 == 1)
    return view.View(float(rng.uniform(-0.9, 0.9)), zoom, blur * spec.unit * (0.3 if spec.sharpen else 1.0), mirror)


@lru_cache(maxsize=2)
def _painted(paint: Callable[[Setting], list[Painted]], setting: Setting) -> tuple[Painted, ...]:
    """A place as painted; kept, because a correction seldom asks for another one."""
    return tuple(paint(setting))
