"""Draw the passers-by of ``pack_passers.toml`` and pack them.

``python tools/pack_passers.py src/personavlog_embedded/data/passers_by.npz``

Each sprite keeps what a px shows, how it is lit and the pen's face, not its colours: the place that it walks in gives
skin, hair, clothes and light. To be run again when figures are drawn differently.
"""

from __future__ import annotations

import sys
import tomllib
from itertools import product
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from personavlog_embedded.figure.drawing import draw
from personavlog_embedded.figure.face import features
from personavlog_embedded.figure.label import Label
from personavlog_embedded.figure.outfit import DrawnHead, Outfit
from personavlog_embedded.figure.pose import Pose
from personavlog_embedded.figure.shape import Shape, bare
from personavlog_embedded.figure.shot import Camera, Performer, Shot, Sun
from personavlog_embedded.figure.tones import palette

PX, FAR = 300, 8.0
"""A grown person's height in px, and the camera's distance in m."""
WIDE, TALL = 260, 340
YAWS = {
    "side": (62.0, ("step", "stride", "talk")),
    "front": (14.0, ("stride", "stand", "wave")),
    "back": (190.0, ("step",)),
}
GROUPS = {"SKIN": 1, "FACE": 1, "HAIR": 2, "TOP": 3, "OVER": 4, "LEGS": 5, "SHOE": 6, "SOLE": 6}
"""What ``render.passers_by`` gives a colour, by its number there; all else is dark."""
GROUP_OF = np.array([0, *(GROUPS.get(label.name, 6) for label in Label if label)], np.uint8)
SKIN, CLOTH = (0.86, 0.68, 0.57), (0.55, 0.55, 0.55)


def main(target: str) -> None:
    """Write the npz."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
    poses = {pose.name: pose for pose in TypeAdapter(list[Pose]).validate_python(rows["poses"])}
    labels, tones, inks, ways, talls, years = [], [], [], [], [], []
    for row, (way, (yaw, names)) in product(rows["passers"], YAWS.items()):
        for name in names:
            label, tone, ink = sprite(row, poses[name], yaw)
            labels.append(label), tones.append(tone), inks.append(ink), ways.append(list(YAWS).index(way))
            talls.append(_shape(row).tall), years.append(row["years"])
    np.savez_compressed(
        target,
        label=np.stack(labels),
        tone=np.stack(tones),
        ink=np.stack(inks),
        way=np.array(ways, np.uint8),
        tall=np.array(talls, np.float32),
        years=np.array(years, np.float32),
    )


def sprite(row: dict[str, object], pose: Pose, yaw: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Labels and tones (h, w), and the pen's face (3 h // 4, w, 4); standing on the row 16 px from below."""
    who = _performer(row, pose, yaw)
    focal = PX / 1.68 * FAR
    camera = Camera(WIDE, TALL, focal, TALL - 16 - 1.25 * PX / 1.68, WIDE / 2, 1.25, FAR)
    drawing = draw(
        Shot(camera, Sun((0.25, 0.7, 0.65), (1.0, 1.0, 1.0), (0.6, 0.6, 0.6)), (who,), ink=1.0), ground=False
    )
    label, tone, ink = (
        np.zeros((TALL, WIDE), np.uint8),
        np.zeros((TALL, WIDE), np.uint8),
        np.zeros((TALL, WIDE, 4), np.uint8),
    )
    window = np.s_[
        drawing.top : drawing.top + drawing.rgba.shape[0], drawing.left : drawing.left + drawing.rgba.shape[1]
    ]
    own = palette(who)[drawing.label]
    shown = (drawing.rgba[..., 3] > 127) & (drawing.label > 0)
    label[window] = GROUP_OF[drawing.label] * shown
    lit = 25 * drawing.rgba[..., :3].sum(2) / np.maximum(own.sum(2), 1)
    tone[window] = 4 * np.clip(np.round(lit), 0, 40) * shown
    pen = features(drawing, 0, who, camera)
    if pen is not None:
        ink[window] = pen
    return label, tone, ink[: 3 * TALL // 4]


def _shape(row: dict[str, object]) -> object:
    return bare(Shape(float(row["male"]), float(row["years"]), float(row.get("weight", 0.0))))


def _performer(row: dict[str, object], pose: Pose, yaw: float) -> Performer:
    shape = Shape(float(row["male"]), float(row["years"]), float(row.get("weight", 0.0)))
    outfit = Outfit(
        row["top"], row["top"] != "tee", SKIN, SKIN, CLOTH, CLOTH, CLOTH, skirt=CLOTH if row.get("skirt") else None
    )
    head = DrawnHead(row["hair"], CLOTH, smile=0.4)
    return Performer(shape, outfit, pose, yaw=yaw, head=head)


if __name__ == "__main__":
    main(*sys.argv[1:2])
