"""A stage with a jointed person of coloured capsules, for the motion tests."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog_embedded.scene.stage import Bone, FacePoints, Joint, Layer, Stage

WIDTH, HEIGHT, MARGIN = 640, 360, 40
POSES: dict[str, dict[str, tuple[float, float]]] = {
    # Where limbs point, as direction in degrees (0 right, 90 down), from shoulder, elbow, wrist; hip, knee.
    "standing": {"arm left": (100, 94), "arm right": (80, 86), "leg left": (93, 91), "leg right": (87, 89)},
    "walking": {"arm left": (118, 112), "arm right": (62, 40), "leg left": (112, 118), "leg right": (68, 78)},
    "waving": {"arm left": (100, 94), "arm right": (30, -70), "leg left": (93, 91), "leg right": (87, 89)},
    "sitting": {"arm left": (75, 40), "arm right": (70, 30), "leg left": (10, 85), "leg right": (5, 88)},
    "holding": {"arm left": (100, 94), "arm right": (75, -20), "leg left": (93, 91), "leg right": (87, 89)},
    "cheering": {"arm left": (210, 255), "arm right": (-30, -75), "leg left": (96, 92), "leg right": (84, 88)},
}
COLOURS = {
    "torso": (190, 60, 60),
    "head": (235, 200, 170),
    "upper": (210, 90, 80),
    "forearm": (235, 200, 170),
    "hand": (240, 190, 160),
    "thigh": (50, 70, 140),
    "shin": (60, 85, 165),
    "foot": (40, 40, 50),
    "hips": (50, 70, 140),
}
ORDER: tuple[Bone, ...] = (
    "upper arm left",
    "forearm left",
    "hand left",
    "thigh left",
    "shin left",
    "foot left",
    "thigh right",
    "shin right",
    "foot right",
    "hips",
    "torso",
    "head",
    "upper arm right",
    "forearm right",
    "hand right",
)


def puppet(
    pose: str = "standing", weather: str = "clear", place: bool = True, prop: bool = False, x: float = 320.0
) -> Stage:
    """A stage of 640 x 360 px with a puppet about 240 px tall that stands at ``x``."""
    h, w = HEIGHT + 2 * MARGIN, WIDTH + 2 * MARGIN
    layers = _place(h, w) if place else [Layer("sky", "sky", 1.0, np.full((h, w, 4), 255, np.uint8))]
    joints, ends = _bones(pose, x + MARGIN)
    for bone in ORDER:
        layers.append(_part(bone, joints[bone], ends[bone], (h, w)))
    if prop:
        hand = joints["hand right"]
        rgba = np.zeros((h, w, 4), np.uint8)
        cv2.circle(rgba, (int(hand.x), int(hand.y)), 9, (20, 220, 60, 255), -1, cv2.LINE_AA)
        layers.append(Layer("cup", "prop", 0.45, rgba, hand))
    head = joints["head"]
    eyes = np.array([[-7, -26], [7, -26], [0, -20], [-5, -13], [5, -13]], np.float32) + np.array([head.x, head.y])
    face = FacePoints((head.x - 14, head.y - 40, head.x + 14, head.y - 4), eyes.astype(np.float32))
    return Stage(WIDTH, HEIGHT, MARGIN, tuple(layers), weather, "noon", face, pose)


def _place(h: int, w: int) -> list[Layer]:
    rng = np.random.default_rng(2)
    sky = np.dstack(
        [np.tile(np.linspace(150, 235, h)[:, None], (1, w))] * 2 + [np.full((h, w), 245)] + [np.full((h, w), 255)]
    ).astype(np.uint8)
    hills, ground = np.zeros((h, w, 4), np.uint8), np.zeros((h, w, 4), np.uint8)
    for left in range(0, w, 60):
        top = int(rng.uniform(120, 200))
        cv2.rectangle(hills, (left, top), (left + 50, 320), (120, int(rng.uniform(120, 180)), 130, 255), -1)
    ground[260:] = (150, 160, 110, 255)
    for _ in range(160):
        at = (int(rng.uniform(0, w)), int(rng.uniform(264, h)))
        cv2.ellipse(ground, at, (9, 3), 0, 0, 360, (130, int(rng.uniform(120, 150)), 95, 255), -1)
    return [Layer("sky", "sky", 1.0, sky), Layer("houses", "far", 0.85, hills), Layer("ground", "ground", 0.5, ground)]


def _bones(pose: str, x: float) -> tuple[dict[Bone, Joint], dict[Bone, tuple[float, float]]]:
    limbs = POSES[pose]
    hips = np.array([x, 220.0 + MARGIN])
    joints: dict[Bone, Joint] = {
        "hips": Joint("hips", *hips),
        "torso": Joint("torso", hips[0], hips[1] - 8, "hips"),
        "head": Joint("head", hips[0], hips[1] - 82, "torso"),
    }
    ends: dict[Bone, tuple[float, float]] = {
        "hips": (hips[0], hips[1] + 4),
        "torso": (hips[0], hips[1] - 72),
        "head": (hips[0], hips[1] - 104),
    }
    side_on = pose in ("walking", "sitting")
    for side, way in (("left", -1.0), ("right", 1.0)):
        _limb(
            joints,
            ends,
            ("upper arm", "forearm", "hand"),
            side,
            hips + np.array([way * (4 if side_on else 19), -74]),
            limbs[f"arm {side}"],
            (38, 34, 10),
            "torso",
        )
        _limb(
            joints,
            ends,
            ("thigh", "shin", "foot"),
            side,
            hips + np.array([way * (2 if side_on else 9), 2]),
            limbs[f"leg {side}"],
            (50, 50, 0),
            "hips",
        )
        foot = joints[f"foot {side}"]  # type: ignore[index]
        ends[f"foot {side}"] = (foot.x + (15 if side_on else way * 3), foot.y + 4)  # type: ignore[index]
    return joints, ends


def _limb(
    joints: dict[Bone, Joint],
    ends: dict[Bone, tuple[float, float]],
    names: tuple[str, str, str],
    side: str,
    at: np.ndarray,
    ways: tuple[float, float],
    lengths: tuple[float, float, float],
    carrier: Bone,
) -> None:
    parent = carrier
    for name, way, length in zip(names, (*ways, ways[1]), lengths, strict=True):
        bone: Bone = f"{name} {side}"  # type: ignore[assignment]
        end = at + length * np.array([np.cos(np.deg2rad(way)), np.sin(np.deg2rad(way))])
        joints[bone], ends[bone] = Joint(bone, float(at[0]), float(at[1]), parent), (float(end[0]), float(end[1]))
        at, parent = end, bone


def _part(bone: Bone, joint: Joint, end: tuple[float, float], size: tuple[int, int]) -> Layer:
    rgba = np.zeros((*size, 4), np.uint8)
    thick = {
        "torso": 34,
        "head": 34,
        "hips": 34,
        "thigh": 19,
        "shin": 15,
        "upper": 13,
        "forearm": 11,
        "hand": 11,
        "foot": 10,
    }[bone.split()[0]]
    colour = (*COLOURS[bone.split()[0]], 255)
    cv2.line(
        rgba,
        (round(joint.x * 16), round(joint.y * 16)),
        (round(end[0] * 16), round(end[1] * 16)),
        colour,
        thick,
        cv2.LINE_AA,
        shift=4,
    )
    if bone == "head":
        cv2.circle(rgba, (round(end[0]), round(end[1]) - 4), 21, colour, -1, cv2.LINE_AA)
        for way in (-7, 7):
            cv2.circle(rgba, (round(end[0]) + way, round(end[1]) - 4), 2, (30, 30, 30, 255), -1, cv2.LINE_AA)
    return Layer(bone, "person", 0.45, rgba, joint)
