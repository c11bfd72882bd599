"""How directions turn the bones, and how the bones carry the points (linear blend skinning)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from personavlog_embedded.figure.geometry import Vectors, cross, euler, frame, part, swing, turn, unit
from personavlog_embedded.figure.mesh import Floats, Indices, mesh
from personavlog_embedded.figure.pose import LETTER, SIDES, SIGN, Arm, Grip, Leg, Pose, Side, arms, grips, legs
from personavlog_embedded.figure.shape import Bare

SPINE = ("spine05", "spine04", "spine03", "spine02", "spine01")
NECK = ("neck01", "neck02", "neck03", "head")
FLIP: Mapping[Side, Vectors] = {side: np.array([SIGN[side], 1.0, 1.0]) for side in SIDES}
"""What takes a pose's direction (outwards, up, forwards) into the figure's axes, and back."""
EVERY = slice(None)


@dataclass(frozen=True, eq=False)
class Bones:
    """``turns`` (b, 3, 3) and ``heads`` (b, 3) of a posed skeleton, its root where it is at rest; ``rest`` (b, 3) are
    the heads at rest."""

    turns: Vectors
    heads: Vectors
    rest: Vectors

    @cached_property
    def joints(self) -> Mapping[str, Vectors]:
        """Where each bone begins, metres."""
        return dict(zip(mesh().bones, self.heads, strict=True))

    def carried(self, points: Floats, which: Indices | slice = EVERY) -> Floats:
        """Points (v, 3) of the body at rest, as posed; ``which`` says of which points of the mesh, if not of all."""
        moves = self.heads - np.einsum("bij,bj->bi", self.turns, self.rest)
        blend = mesh().weights[which] @ np.concatenate([self.turns.reshape(-1, 9), moves], 1).astype(np.float32)
        return np.asarray(np.einsum("vij,vj->vi", blend[:, :9].reshape(-1, 3, 3), points) + blend[:, 9:], np.float32)


def skeleton(body: Bare, pose: Pose) -> Bones:
    """The bones as the pose's directions turn them: nothing is touched, planted or sat on yet (``rig.posed``)."""
    own = mesh()
    turns = _turns(body, pose)
    rest, parents = np.asarray(body.heads, np.float64), np.maximum(own.parents, 0)
    steps = np.einsum("bij,bj->bi", turns[parents], rest - rest[parents])
    heads: list[Vectors] = []
    for bone, parent in enumerate(own.parents):
        heads.append(rest[bone] if parent < 0 else heads[parent] + steps[bone])
    return Bones(turns, np.array(heads), rest)


def _turns(body: Bare, pose: Pose) -> Vectors:
    """(b, 3, 3): the rotation of every bone from its rest, in the figure's axes."""
    own = mesh()
    root = euler(*pose.hips)
    chest = root @ euler(*pose.chest)
    head = chest @ euler(*pose.head)
    said: dict[str, Vectors] = {"root": root}
    said |= {bone: root @ part(root.T @ chest, (k + 1) / len(SPINE)) for k, bone in enumerate(SPINE)}
    said |= {bone: chest @ part(chest.T @ head, (k + 1) / len(NECK)) for k, bone in enumerate(NECK)}
    for side in SIDES:
        joints = _rest(body, side)
        turned = _arm(joints, arms(pose)[side], chest, side)
        turned |= _leg(joints, legs(pose)[side], root, side, flat=side in pose.planted)
        said |= {f"{bone}.{LETTER[side]}": one for bone, one in turned.items()}
    out: list[Vectors] = []
    for name, parent in zip(own.bones, own.parents, strict=True):
        out.append(said.get(name, np.eye(3) if parent < 0 else out[parent]))
    return np.array(out)


@lru_cache(maxsize=32)
def _rest(body: Bare, side: Side) -> Mapping[str, Vectors]:
    return of_side(body.joints, side)


def of_side(joints: Mapping[str, Vectors], side: Side) -> dict[str, Vectors]:
    """One side's joints, without the side in their names."""
    return {name[:-2]: point for name, point in joints.items() if name.endswith(f".{LETTER[side]}")}


def _arm(at: Mapping[str, Vectors], arm: Arm, chest: Vectors, side: Side) -> dict[str, Vectors]:
    """Twist goes to the second bones by share, and the collar bone takes part of what the arm rises: that makes
    shoulders and wrists right."""
    flip, sign = FLIP[side], SIGN[side]
    u0, f0 = unit(at["lowerarm01"] - at["upperarm01"]), unit(at["wrist"] - at["lowerarm01"])
    u, f = unit(np.array(arm.upper) * flip), unit(np.array(arm.fore) * flip)
    rest_hinge = unit(cross(u0, f0))
    girdle = _girdle(u, chest, sign)
    free = swing(girdle @ u0, u) @ girdle
    bend = float(np.linalg.norm(cross(u, f)))
    hinge = unit(cross(u, f) * min(1.0, bend / 0.25) + free @ rest_hinge * max(0.0, 1 - bend / 0.25))
    full, fore = frame(u, hinge) @ frame(u0, rest_hinge).T, frame(f, hinge) @ frame(f0, rest_hinge).T
    along, palm = hand_axes(at, sign)
    hand = (
        frame(unit(np.array(arm.hand) * flip) if arm.hand else f, unit(np.array(arm.palm) * flip))
        @ frame(along, palm).T
    )
    twist = (swing(fore @ along, hand @ along) @ fore).T @ hand
    return {
        "clavicle": chest @ part(chest.T @ girdle, 0.55),
        "shoulder01": girdle,
        "upperarm01": free @ part(free.T @ full, 0.35),
        "upperarm02": free @ part(free.T @ full, 0.8),
        "lowerarm01": fore @ part(twist, 0.25),
        "lowerarm02": fore @ part(twist, 0.7),
        "wrist": hand,
        **_fingers(at, arm, hand, palm, sign),
    }


def _girdle(upper: Vectors, chest: Vectors, sign: float) -> Vectors:
    lifted = float(np.degrees(np.arccos(np.clip(chest.T @ upper @ np.array([0, -1, 0]), -1, 1)))) - 42
    forward = max(float(upper[2]) * (1 - abs(float(upper[1]))), 0)
    return np.asarray(
        chest @ turn([0, 0, sign], 0.42 * max(lifted, 0) + 0.12 * min(lifted, 0)) @ turn([0, sign, 0], -16 * forward)
    )


def _fingers(at: Mapping[str, Vectors], arm: Arm, hand: Vectors, palm: Vectors, sign: float) -> dict[str, Vectors]:
    grip, out = arm.grip if isinstance(arm.grip, Grip) else grips()[arm.grip], {}
    for finger, curls in enumerate((grip.thumb, grip.index, grip.middle, grip.ring, grip.little), 1):
        axis = curl_axis(at, finger, palm, sign)
        rotation = hand @ turn(palm, sign * grip.spread * (finger - 3) * (finger > 1))
        for joint, curl in enumerate(curls, 1):
            rotation = rotation @ turn(axis, -curl)
            out[f"finger{finger}-{joint}"] = rotation
    return out


def curl_axis(at: Mapping[str, Vectors], finger: int, palm: Vectors, sign: float) -> Vectors:
    """What the joints of a finger turn about, at rest: across for the fingers, aslant for the thumb (1)."""
    across = cross(palm, unit(at[f"finger{finger}-3"] - at[f"finger{finger}-1"]))
    return across if finger > 1 else unit(0.45 * unit(across) + 0.7 * sign * palm)


def _leg(at: Mapping[str, Vectors], leg: Leg, root: Vectors, side: Side, *, flat: bool) -> dict[str, Vectors]:
    """``flat`` keeps the sole level across, whatever the knee does."""
    flip = FLIP[side]
    t0, s0 = unit(at["lowerleg01"] - at["upperleg01"]), unit(at["foot"] - at["lowerleg01"])
    t, s, toe = (unit(np.array(way) * flip) for way in (leg.thigh, leg.shin, leg.toe))
    toe0 = unit((at["toe2-1"] - at["foot"]) * [1, 0, 1])
    rest_knee, bend = unit(cross(-t0, toe0)), float(np.linalg.norm(cross(t, s)))
    ahead = toe if abs(toe @ t) < 0.9 else root @ [0, 0, 1]
    knee = unit(unit(cross(t, s) + 1e-9) * min(1.0, bend / 0.4) + unit(cross(-t, ahead)) * max(0.0, 1 - bend / 0.4))
    thigh, shin = (frame(d, knee) @ frame(d0, rest_knee).T for d, d0 in ((t, t0), (s, s0)))
    hanging = swing(root @ t0, t) @ root
    across = unit(cross([0, 1, 0], toe)) * np.sign(rest_knee @ cross([0, 1, 0], toe0)) if flat else knee
    foot = frame(toe, across) @ frame(toe0, rest_knee).T
    return {
        "pelvis": root @ part(root.T @ hanging, 0.12),
        "upperleg01": hanging @ part(hanging.T @ thigh, 0.5),
        "upperleg02": thigh,
        "lowerleg01": shin,
        "lowerleg02": shin,
        "foot": foot,
        **{f"toe{number}-1": foot @ turn(rest_knee, leg.ball) for number in range(1, 6)},
    }


@lru_cache(maxsize=1)
def skin_points() -> Indices:
    """The points of the mesh that are the body's outside: the skin that is kept, and the tights over the rest."""
    own = mesh()
    return np.asarray(np.unique(own.quads[own.of("body", "tights")]), np.int32)


def hand_axes(at: Mapping[str, Vectors], sign: float) -> tuple[Vectors, Vectors]:
    """Where the fingers point and where the palm looks, at rest; ``at`` are one side's joints, ``sign`` 1 on the
    left."""
    along = unit(at["finger3-1"] - at["wrist"])
    return along, unit(cross(at["finger5-1"] - at["wrist"], at["finger2-1"] - at["wrist"]) * sign)
