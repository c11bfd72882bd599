"""Somebody whom the board names stands beside the person, smaller if a child, and nobody else does."""

from __future__ import annotations

import numpy as np
import pytest

from personavlog.script import Board, Emotion, Framing, TimeOfDay
from personavlog_embedded.body.build import ADULT
from personavlog_embedded.body.companion import companion, companion_name
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.body.skeleton import Skeleton, skeleton
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec


def spec(action: str, framing: Framing = Framing.WIDE) -> KeyframeSpec:
    board = Board(place="village", time_of_day=TimeOfDay.NOON, action=action, framing=framing, emotion=Emotion.CALM)
    return KeyframeSpec(board, 320, 180, "cinematic", 5, 2)


def person(on: KeyframeSpec, share: float = 0.3) -> Skeleton:
    bones = skeleton(ADULT, POSES["stand"]).placed(0, 0, 0.11 * on.height)
    return bones.placed(on.margin + share * on.width, on.margin + 0.93 * on.height - bones.lowest, 1.0)


@pytest.mark.parametrize(
    "action, who",
    [
        ("Hugs her grandmother", "grandmother"),
        ("Thanks the old fisherman", "grandfather"),
        ("Plays with a little girl", "child"),
        ("Laughs with a friend", "friend"),
        ("和奶奶一起喝茶", "grandmother"),
        ("Walks home alone", ""),
        ("Remembers grandmother's house", ""),
    ],
)
def test_whom_the_action_names(action: str, who: str) -> None:
    assert companion_name(spec(action)) == who


def test_close_shots_show_only_the_person() -> None:
    assert companion_name(spec("Hugs her grandmother", Framing.CLOSE_UP)) == ""


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_a_companion_stands_on_the_person_s_ground_on_the_roomier_side(share: float) -> None:
    on = spec("Hugs her grandmother")
    bones = person(on, share)
    other = companion(on, bones, outdoors=True)
    assert other is not None
    middle = (other.box[0] + other.box[2]) / 2
    assert (middle > bones.hips[0]) == (share < 0.5)
    assert abs(other.box[3] - bones.lowest) < 0.05 * on.height
    assert other.rgba.shape == (*on.canvas, 4) and other.rgba.dtype == np.uint8


def test_a_child_is_smaller_than_a_friend() -> None:
    child, friend = (
        companion(spec(f"Plays with a {who}"), person(spec("Plays")), outdoors=True) for who in ("child", "friend")
    )
    assert child is not None and friend is not None
    assert child.box[3] - child.box[1] < 0.9 * (friend.box[3] - friend.box[1])
