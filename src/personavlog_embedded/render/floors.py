"""Ground in world metres, so that a path stays where it is when the viewer walks around: soil, tracks, and what rain
and snow make of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from personavlog_embedded.render import season_colours
from personavlog_embedded.render.canvas import Colour, Surface
from personavlog_embedded.render.ground import grain, mirrored
from personavlog_embedded.render.ground import weathered as weathered
from personavlog_embedded.render.noise import Field, smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, composite


class GroundPlane:
    """The ground of one view, from the first row below the horizon down (its band): ``x`` and ``z`` are world metres,
    ``ahead`` metres from the lens,
    ``near`` 0 far .. 1 near; every field and mask is band-sized, ``sheet`` is whole.
    """

    def __init__(self, view: OutdoorCamera, tag: str) -> None:
        self.view, self.tag, setting = view, tag, view.setting
        self.x, self.z, self.ahead = view.floor()
        rows = np.arange(view.brink, setting.height, dtype=np.float32)[:, None]
        self.near: Field = np.broadcast_to(
            (rows - setting.horizon) / (setting.height - setting.horizon), self.x.shape
        ).astype(np.float32)
        self.whole: Field = np.ones(self.x.shape, np.float32)
        self.sheet = setting.sheet()
        self._fray: Field | None = None

    def grain(self, tag: str, cell: float, octaves: int = 5, stretch: float = 1.0) -> Field:
        """Noise that lies on the ground, grain ``cell`` metres."""
        return grain(
            self.view.setting.rng(f"{self.tag} {tag}"),
            self.x + 512,
            self.z + 512,
            np.clip(self.near * 1.6, 0, 1),
            cell,
            octaves,
            stretch,
        )

    def haze(self) -> Field:
        """Depth 0..1 of the ground, one column wide: it is the same all along a row."""
        return np.asarray(1 - 1 / (1 + self.ahead[:, :1] / 26), np.float32)

    def soil(self, own: Colour, other: Colour, cell: float = 1.2, light: float = 0.8) -> None:
        """Open ground between two colours, everywhere below the horizon."""
        own, other = (season_colours.ground(self.view.setting.light, colour) for colour in (own, other))
        fine, broad = self.grain("fine", cell), self.grain("broad", cell * 6, 3, 2.0)
        share = smoothstep(0.3, 0.7, 0.45 * fine + 0.55 * broad)[..., None]
        colour = np.asarray(own, np.float32) + (np.asarray(other, np.float32) - np.asarray(own, np.float32)) * share
        self.lay(
            colour * (0.86 + 0.28 * fine[..., None]),
            self.whole,
            np.clip(light - 0.35 + 0.5 * smoothstep(0.3, 0.62, broad) + (fine - 0.5) * 0.3, 0, 1),
            fine,
        )

    def lay(
        self,
        colour: Field | Colour,
        mask: Field,
        lit: Field | float = 0.8,
        fine: Field | None = None,
        winter: bool = True,
    ) -> None:
        """A colour where ``mask`` says; snow and rain change it unless ``winter`` is False."""
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        if not rows.size:
            return
        part, setting = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], self.view.setting
        full = np.asarray(colour, np.float32)
        field = full[part] if full.ndim == 3 else np.broadcast_to(full, (*mask[part].shape, 3))
        if winter:
            field = weathered(setting, field, np.full(field.shape[:2], 0.5, np.float32) if fine is None else fine[part])
        shade = np.broadcast_to(np.asarray(lit, np.float32), mask.shape)[part]
        self.sheet.blend(
            setting.light.paint(field, shade, self.haze()[rows[0] : rows[-1] + 1]),
            mask[part],
            self.view.brink + int(rows[0]),
            int(columns[0]),
        )

    def track(self, points: Sequence[tuple[float, float]], half: float, rough: float = 0.25) -> Field:
        """Mask of a way along world points (x, z), ``half`` metres to each side; its edge frays by ``rough`` metres."""
        away = np.full(self.x.shape, 1e6, np.float32)
        for (x0, z0), (x1, z1) in pairwise(points):
            dx, dz = np.float32(x1 - x0), np.float32(z1 - z0)
            t = np.clip(((self.x - x0) * dx + (self.z - z0) * dz) / max(float(dx * dx + dz * dz), 1e-6), 0, 1)
            away = np.minimum(away, np.hypot(self.x - x0 - t * dx, self.z - z0 - t * dz))
        soft = np.maximum(0.04, self.ahead / self.view.focal * 1.2)
        if rough and self._fray is None:
            self._fray = self.grain("fray", 0.8, 4) - 0.5
        fray = 0.0 if self._fray is None else self._fray * np.float32(2 * rough)
        return np.asarray(np.clip((half + fray - away) / soft + 0.5, 0, 1), np.float32)

    def stripes(self, value: Field, period: float, share: float) -> Field:
        """Mask of stripes in ``value`` (metres): ``share`` of every ``period``; they fade to their mean where they
        would flicker."""
        px = np.maximum(self.ahead / self.view.focal * 1.5, 1e-4)
        across = np.abs((value / period + 0.5) % 1 - 0.5) * period
        sharp = np.clip((share * period / 2 - across) / px + 0.5, 0, 1)
        return np.asarray(sharp + (share - sharp) * np.clip(px * 2.2 / period - 0.3, 0, 1), np.float32)

    def paved(
        self, own: Colour, size: float = 0.5, seam: float = 0.08, bond: float = 0.5, mask: Field | None = None
    ) -> None:
        """Stones of ``size`` metres in courses."""
        row = np.floor(self.z / size)
        column = self.x / size + (row % 2) * bond
        cells = self.view.setting.rng(f"{self.tag} cells").random((64, 64), dtype=np.float32)
        tone = cells[row.astype(int) % 64, np.floor(column).astype(int) % 64]
        calm = np.clip(self.ahead / self.view.focal / size * 5 - 0.4, 0, 1)
        fine, broad = self.grain("paved", 0.3, 4), self.grain("paved broad", 4.0, 3, 2.0)
        gap = np.maximum(
            self.stripes(column * size + size / 2, size, seam), self.stripes(self.z + size / 2, size, seam)
        )
        colour = (
            np.asarray(own, np.float32)
            * (0.84 + 0.26 * (tone * (1 - calm) + 0.5 * calm) + 0.18 * (fine - 0.5))[..., None]
            * (1 - 0.26 * gap)[..., None]
        )
        self.lay(
            colour, self.whole if mask is None else mask, np.clip(0.6 + 0.32 * smoothstep(0.25, 0.7, broad), 0, 1), fine
        )

    def wet(self, layers: Sequence[Painted], standing: Surface, strength: float = 0.6) -> None:
        """In rain: puddles and sheen that mirror what is behind, the layers so far and what is ``standing`` on the
        ground."""
        setting = self.view.setting
        if setting.light.weather != "rain":
            return
        behind = composite(setting, layers)
        behind.over(standing)
        puddle = smoothstep(0.4, 0.62, self.grain("wet", 3.0, 4, 2.0)) * 0.75 + 0.25
        image = mirrored(setting, behind, setting.horizon, setting.unit * 0.012)
        self.tint(image[self.view.brink :], puddle * strength * (0.4 + 0.6 * (1 - self.near)))

    def fade(self, tall: float = 0.02) -> None:
        """Let the ground begin softly over ``tall`` units under the horizon, so that it grows out of what is behind."""
        reach = max(2.0, tall * self.view.setting.unit)
        rows = np.arange(self.x.shape[0], dtype=np.float32)[:, None]
        self.cut(self.sheet, np.broadcast_to(np.clip(1 - rows / reach, 0, 1), self.x.shape))

    def tint(self, field: Field | Colour, alpha: Field) -> None:
        """Colour the band of the sheet."""
        self.sheet.blend(field, alpha, self.view.brink)

    def cut(self, sheet: Surface, mask: Field) -> None:
        """Take away what ``mask`` covers from a sheet, below the horizon."""
        band = sheet.pixels[self.view.brink :]
        band[:] = (band * (1 - mask[..., None]) + 0.5).astype(np.uint8)
