from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from personavlog.script import Act, Board, Camera, VideoDescription
from personavlog_embedded.body.acts import ACTS
from personavlog_embedded.body.pose import Move
from personavlog_embedded.motion import acts as reading
from personavlog_embedded.motion.body_cue import BodyCue
from personavlog_embedded.motion.bones import BONES, SIDES, Bones, at
from personavlog_embedded.motion.gestures import GESTURES
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.pace import Pace
from personavlog_embedded.motion.performance import MOST, STRIDING, Performance, perform, turn
from personavlog_embedded.motion.renderer import Renderer
from personavlog_embedded.scene.stage import Stage
from personavlog_embedded.style.print_surface import flatten
from tests.embedded.motion_puppet import MARGIN, POSES, puppet

FRAMES, FPS = 96, 24
STILL = Pace(camera=0.0)
STANDING = tuple(act for act in GESTURES if act not in ("walk", "run"))


def cue(stage: Stage, *acts: Move, room: float = 250.0, strength: float = 1.0) -> BodyCue:
    skeleton = Bones.of(stage.layers)
    assert skeleton is not None and stage.face is not None
    mouth = stage.face.points[3:5].mean(axis=0).astype(float)
    return BodyCue(
        skeleton, np.arange(FRAMES) / FPS, FPS, acts, strength, 1.0, np.random.default_rng(7), (room, room), mouth=mouth
    )


def played(told: BodyCue, stage: Stage) -> Performance:
    return perform(told, stage.pose, (360.0, 200.0))


def plan(*acts: Move, seed: int = 3) -> Instructions:
    return Instructions(Camera.STATIC, FRAMES, FPS, seed, STILL, True, None, acts)


@pytest.mark.parametrize("pose", POSES)
def test_frame_zero_is_the_keyframe_and_the_parts_at_rest_come_to_the_same(pose: str) -> None:
    scene = puppet(pose, prop=True)
    renderer = Renderer(scene, plan("walk" if pose == "walking" else "drink"))
    assert np.array_equal(renderer.frame(0)[..., :3], flatten(scene))
    assert cv2.absdiff(renderer.drawn(0)[..., :3].copy(), flatten(scene)).max() <= 4


@pytest.mark.parametrize("act", GESTURES)
@pytest.mark.parametrize("pose", POSES)
def test_every_part_starts_where_it_is_drawn_and_starts_gently(pose: str, act: reading.Act) -> None:
    scene = puppet(pose)
    told = cue(scene, act)
    for bone, way in played(told, scene).moved.items():
        path = at(way, told.skeleton.middles[bone])
        step = np.hypot(*np.diff(path, axis=0).T)
        assert np.allclose(way[0], np.eye(3), atol=1e-6)
        assert step[0] <= 0.35 * step.max() + 0.05 and np.abs(np.diff(step)).max() < 0.6 * step.max() + 1.0


@pytest.mark.parametrize("act", GESTURES)
@pytest.mark.parametrize("pose", POSES)
def test_no_limb_turns_further_than_its_bound(pose: str, act: reading.Act) -> None:
    scene = puppet(pose)
    told = cue(scene, act, "talk", "look", strength=1.8)
    moved = played(told, scene).moved
    for bone in BONES:
        legs = bone.split()[0] in ("thigh", "shin", "foot")
        most = STRIDING[act] if legs and act in STRIDING else MOST
        assert np.abs(turn(told, moved, bone)).max() <= most + 1e-6


@pytest.mark.parametrize("act", STANDING)
@pytest.mark.parametrize("pose", ["standing", "waving", "sitting", "cheering"])
def test_feet_stay_where_they_stand(pose: str, act: reading.Act) -> None:
    scene = puppet(pose)
    told = cue(scene, act)
    moved = played(told, scene).moved
    for side in SIDES:
        foot = told.skeleton.leg(side)[2]  # type: ignore[index]
        assert np.hypot(*(at(moved[foot], told.skeleton.joints[foot]) - told.skeleton.joints[foot]).T).max() < 1.0


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize("act", ["walk", "run", "dance", "drink", "crouch"])
def test_limbs_hang_together_at_every_joint(pose: str, act: reading.Act) -> None:
    scene = puppet(pose)
    told = cue(scene, act)
    moved = played(told, scene).moved
    for bone, parent in told.skeleton.parents.items():
        if parent is not None:
            joint = told.skeleton.joints[bone]
            assert np.abs(at(moved[bone], joint) - at(moved[parent], joint)).max() < 0.5


def test_a_walker_gets_on_and_one_foot_always_stands() -> None:
    scene = puppet("walking", x=200)
    told = cue(scene, "walk", room=330.0)
    shown = played(told, scene)
    speed = []
    for side in SIDES:
        foot = told.skeleton.leg(side)[2]  # type: ignore[index]
        speed.append(np.hypot(*np.diff(at(shown.moved[foot], told.skeleton.joints[foot]), axis=0).T))
    assert np.min(speed, axis=0).max() < 0.5
    # The puppet is drawn in a wide stride; it walks in shorter steps than that.
    assert np.max(speed, axis=0)[24:72].mean() > 1.2
    assert 90 < shown.ground[-1, 0] <= 331 and shown.walks == 1.0


def test_somebody_who_walks_towards_the_lens_comes_nearer() -> None:
    scene = puppet("standing")
    told = cue(scene, "walk")
    shown = played(told, scene)
    size = np.sqrt(np.linalg.det(shown.moved["head"][:, :2, :2]))
    assert size[-1] > 1.05 and (np.diff(size) > -1e-3).all()


def test_what_is_held_goes_with_the_hand_and_to_the_mouth() -> None:
    scene = puppet("holding", prop=True)
    renderer = Renderer(scene, plan("drink"))
    hand = next(layer.joint for layer in scene.layers if layer.name == "hand right")
    told = cue(scene, "drink")
    rest = np.array([hand.x, hand.y])  # type: ignore[union-attr]
    held = []
    for number in (1, 50):
        green = renderer.frame(number)[..., :3].astype(int) @ np.array([-1, 1, -1])
        held.append(np.argwhere(green > 100)[:, ::-1].mean(axis=0) + MARGIN + 0.5)
    moved = at(played(told, scene).moved["hand right"], rest)
    assert np.allclose(held[0], moved[1], atol=2.5)
    assert np.hypot(*(held[1] - held[0])) > 15
    assert np.hypot(*(held[1] - told.mouth)) < np.hypot(*(held[0] - told.mouth)) - 10  # type: ignore[operator]


def test_no_background_shows_at_the_joints() -> None:
    scene = puppet("walking", place=False, x=150)
    parts = [layer for layer in scene.layers if layer.kind == "person"]
    magenta = replace(
        scene,
        layers=(
            replace(scene.layers[0], rgba=np.full_like(scene.layers[0].rgba, 255) * np.array([1, 0, 1, 1], np.uint8)),
            *parts,
        ),
    )
    renderer = Renderer(magenta, plan("walk"))
    whole = _figures(flatten(magenta))
    for number in range(6, 96, 10):
        assert _figures(renderer.frame(number)[..., :3].copy()) == whole == 1


def _figures(picture: np.ndarray) -> int:
    """Connected pieces that are not backdrop."""
    seen = (cv2.absdiff(picture, np.full_like(picture, (255, 0, 255))).max(axis=2) > 60).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(seen)
    return int((stats[1:, cv2.CC_STAT_AREA] > 6).sum())


def test_equal_seeds_give_equal_frames_and_other_seeds_others() -> None:
    scene = puppet("waving")
    first, again, other = (Renderer(scene, plan("wave", seed=seed)).frame(40) for seed in (3, 3, 4))
    assert np.array_equal(first, again) and not np.array_equal(first, other)


def test_without_legs_in_the_picture_a_walker_swings_the_arms() -> None:
    scene = puppet("standing")
    bust = replace(
        scene,
        layers=tuple(layer for layer in scene.layers if layer.name.split()[0] not in ("thigh", "shin", "foot", "hips")),
    )
    told = cue(bust, "walk")
    shown = played(told, bust)
    assert not shown.ground.any() and np.abs(turn(told, shown.moved, "upper arm left")).max() > 4


def description(motion: str, **more: object) -> tuple[VideoDescription, Board]:
    board = Board(place="a hill", time_of_day="noon", action="Anna is outside.", framing="wide", emotion="calm")
    return VideoDescription(camera="static", motion=motion, atmosphere="bright"), board.model_copy(update=more)


@pytest.mark.parametrize(
    ("pose", "motion", "wanted"),
    [
        ("stand", "Walks at an easy pace, arms swinging.", "walk"),
        ("walk", "The wind blows.", "walk"),
        ("stand", "Lifts the cup with both hands and takes a slow sip.", "drink"),
        ("stand", "Lifts one arm and waves with a wide smile.", "wave"),
        ("stand", "Sways from side to side, shoulders and arms in rhythm.", "dance"),
        ("sit", "Turns the head slowly.", "look"),
        ("stand", "她在跳舞", "dance"),
    ],
)
def test_words_and_poses_say_what_is_done(pose: str, motion: str, wanted: str) -> None:
    words, board = description(motion)
    done = reading.acts(pose, words, board)
    assert wanted in done
    assert not reading.beyond(done, words)


def test_water_that_moves_in_waves_is_nobody_waving() -> None:
    assert "wave" not in reading.acts("stand", *description("Water glitters and moves in slow waves."))


@pytest.mark.parametrize(
    ("done", "motion", "says"),
    [
        ((), "Turns once around and laughs.", "turn around"),
        (None, "Lifts one arm and waves to us.", "wave"),
        ((), "Walks on.", "walk"),
    ],
)
def test_what_cannot_be_done_is_said(done: tuple[Move, ...] | None, motion: str, says: str) -> None:
    assert any(says in note for note in reading.beyond(done, description(motion)[0]))


@pytest.mark.parametrize("act", Act)
def test_an_act_moves_as_it_is_called_whatever_the_words(act: Act) -> None:
    words, board = description("The wind blows.", act=act, action="Laughs with the hen asleep in the basket")
    for pose in ACTS[act].poses:
        assert reading.acts(pose, words, board) == ACTS[act].moves


def test_nobody_walks_on_a_chair() -> None:
    assert "walk" not in reading.acts("sit", *description("Walks on."))
