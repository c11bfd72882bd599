from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
import pytest

from personavlog.script import Act, Board, Camera, VideoDescription
from personavlog_embedded.body.acts import ACTS, Move
from personavlog_embedded.body.cast import Cast
from personavlog_embedded.figure.geometry import turn
from personavlog_embedded.figure.rig import posed
from personavlog_embedded.figure.shape import bare
from personavlog_embedded.motion import acts as reading
from personavlog_embedded.motion.acting import STANDS, TWOS, Acting
from personavlog_embedded.motion.gestures import moves
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.pace import Pace
from personavlog_embedded.motion.redrawn import MOST
from personavlog_embedded.motion.renderer import Renderer
from personavlog_embedded.motion.steps import gaits
from personavlog_embedded.scene.stage import Stage
from personavlog_embedded.style.print_surface import flatten
from tests.embedded.small_cast import MARGIN, POSES, cast_stage, green

FRAMES, FPS = 96, 24
STILL = Pace(camera=0.0)
SLIDES = 0.003
"""Metres that a foot that stands may move from one drawing to the next; walking and turning it is at most 0.0016."""


def plan(*acts: Move, seed: int = 3, frames: int = FRAMES) -> Instructions:
    return Instructions(Camera.STATIC, frames, FPS, seed, STILL, True, None, acts)


def acting(stage: Stage, *acts: Move) -> Acting:
    return Acting.of(stage, Cast.unpacked(stage.cast), plan(*acts))


@lru_cache(maxsize=32)
def renderer(pose: str, *acts: Move, x: float = 0.0, held: bool = False) -> Renderer:
    return Renderer(cast_stage(pose, x=x, prop=held, close=held), plan(*acts))


def joints(told: Acting, number: int) -> dict[str, np.ndarray]:
    """Of the film's person at a drawing, where they are in the world; their walk along their way is in z."""
    who, gone = told.players[0].at(TWOS * number / FPS)
    at, spin = posed(bare(who.shape), who.pose).joints, turn([0, 1, 0], who.yaw - told.players[0].who.yaw)
    ground = min(at[name][1] for name in STANDS) - who.lift
    walk = told.players[0].walk
    way = np.zeros(3) if walk is None else walk.aim * gone
    aside = turn([0, 1, 0], -told.players[0].who.yaw - who.pose.yaw) @ [
        who.x - told.players[0].who.x,
        0,
        who.z - told.players[0].who.z,
    ]
    return {name: spin @ (point - [0, ground, 0]) + aside + way for name, point in at.items()}


def balls(told: Acting) -> np.ndarray:
    """(2, drawings, 3): where the balls of the feet are."""
    at = [joints(told, number) for number in range(FRAMES // TWOS)]
    return np.array([[one[f"toe2-1.{side}"] for one in at] for side in "LR"])


@pytest.mark.parametrize("pose", POSES)
def test_frame_zero_is_the_keyframe_and_the_layers_at_rest_come_to_the_same(pose: str) -> None:
    scene = cast_stage(pose, prop=pose == "hold")
    clip = Renderer(scene, plan("drink" if pose == "hold" else "talk", frames=4))
    assert np.array_equal(clip.frame(0)[..., :3], flatten(scene))
    assert cv2.absdiff(clip.drawn(0)[..., :3].copy(), flatten(scene)).max() <= 4


@pytest.mark.parametrize("act", [*moves(), *gaits(), "turn"])
@pytest.mark.parametrize("pose", ["stand", "walk", "sit", "wave"])
def test_everybody_starts_where_they_are_drawn_and_starts_gently(pose: str, act: Move) -> None:
    told = acting(cast_stage(pose, bench=True), act)
    first, second = joints(told, 0), joints(told, 1)
    drawn = posed(bare(told.cast.person.shape), told.cast.person.pose).joints
    ground = min(drawn[name][1] for name in STANDS)
    for name in ("wrist.L", "wrist.R", "head", "foot.L", "foot.R"):
        assert np.abs(first[name] - (drawn[name] - [0, ground, 0])).max() < 0.012
        assert np.abs(second[name] - first[name]).max() < 0.1


@pytest.mark.parametrize("act", ["walk", "turn"])
@pytest.mark.parametrize("pose", ["stand", "walk", "front", "carry"])
def test_one_foot_always_stands_and_does_not_slide(pose: str, act: Move) -> None:
    at = balls(acting(cast_stage(pose, x=-1.0), act))[..., [0, 2]]
    steps = np.linalg.norm(np.diff(at, axis=1), axis=2)
    assert steps.min(axis=0).max() < SLIDES
    assert steps.max() > 0.01


def test_a_runner_slides_on_no_foot_and_leaves_the_ground() -> None:
    at = balls(acting(cast_stage("walk", x=-1.2), "run"))
    low = at[..., 1] < at[..., 1].min() + 0.01
    both = low[:, 1:] & low[:, :-1]
    steps = np.linalg.norm(np.diff(at, axis=1)[..., [0, 2]], axis=2)
    assert steps[both].max() < 2 * SLIDES
    assert (~low).all(axis=0).sum() > 5


@pytest.mark.parametrize(
    ("pose", "act"),
    [
        ("stand", "dance"),
        ("stand", "crouch"),
        ("stand", "sit down"),
        ("sit", "stand up"),
        ("sit", "talk"),
        ("sit", "wave"),
        ("stand", "wave"),
    ],
)
def test_feet_that_stand_stay(pose: str, act: Move) -> None:
    at = balls(acting(cast_stage(pose, bench=True), act))
    assert np.linalg.norm(at[..., [0, 2]] - at[:, :1, [0, 2]], axis=2).max() < 0.012


def test_knees_of_a_walker_straighten_and_bend() -> None:
    told = acting(cast_stage("walk", x=-1.2), "walk")
    bends = []
    for number in range(10, 40):
        at = joints(told, number)
        hip, knee, ankle = (at[f"{name}.L"] for name in ("upperleg01", "lowerleg01", "foot"))
        along = (knee - hip) @ (ankle - knee) / np.linalg.norm(knee - hip) / np.linalg.norm(ankle - knee)
        bends.append(np.degrees(np.arccos(along)))
    assert min(bends) < 16 and max(bends) > 30


def test_a_walk_moves_on_and_stays_in_the_frame() -> None:
    clip = renderer("walk", "walk", x=-1.2)
    first, last = (_figure(clip.frame(number)) for number in (1, 90))
    assert last[0] > first[0] + 60
    assert last[0] + last[2] < clip.frame(1).shape[1]


def test_somebody_who_walks_towards_the_lens_comes_nearer() -> None:
    scene = cast_stage("front")
    told = acting(scene, "walk")
    scales = [told.at(TWOS * number / FPS).way[0, 0] for number in range(FRAMES // TWOS)]
    assert 1.08 < scales[-1] < 1.3 and (np.diff(scales) >= 0).all()


def _figure(frame: np.ndarray) -> tuple[int, int, int, int]:
    """The box of the red cloth."""
    colour = frame[..., :3].astype(int)
    red = (colour[..., 0] > colour[..., 1] + 70) & (colour[..., 0] > colour[..., 2] + 70)
    return cv2.boundingRect(red.astype(np.uint8))  # type: ignore[return-value]


def test_a_waving_hand_goes_up_and_then_to_and_fro() -> None:
    told = acting(cast_stage("stand"), "wave")
    hands = np.array([joints(told, number)["finger3-3.R"] for number in range(FRAMES // TWOS)])
    assert hands[10:, 1].min() > hands[0, 1] + 0.5
    turns = np.diff(np.sign(np.diff(hands[12:, 0])))
    assert np.ptp(hands[12:, 0]) > 0.1 and (turns != 0).sum() >= 6


def test_what_is_held_goes_with_the_hand_and_to_the_mouth() -> None:
    scene = cast_stage("hold", prop=True, close=True)
    assert scene.face is not None
    mouth = scene.face.points[3:5].mean(axis=0) - MARGIN
    clip = renderer("hold", "drink", held=True)
    first, there, after = (green(clip.frame(number)) for number in (1, 52, 94))
    assert np.hypot(*(there - mouth)) < 0.45 * np.hypot(*(first - mouth))
    assert np.hypot(*(after - first)) < 8


def test_somebody_who_stands_up_and_sits_down_does() -> None:
    up, down = acting(cast_stage("sit"), "stand up"), acting(cast_stage("stand", bench=True), "sit down")
    hips = [[joints(told, number)["upperleg01.L"][1] for number in (0, 40)] for told in (up, down)]
    assert hips[0][1] > hips[0][0] + 0.25 and hips[1][1] < hips[1][0] - 0.25
    assert hips[1][1] == pytest.approx(0.45, abs=0.12)


def test_nobody_sits_down_on_nothing() -> None:
    told = acting(cast_stage("stand"), "sit down")
    assert joints(told, 40)["head"][1] == pytest.approx(joints(told, 0)["head"][1], abs=1e-6)


@pytest.mark.parametrize(
    ("pose", "acts"), [("stand", ("wave",)), ("walk", ("walk",)), ("stand", ("dance", "look")), ("stand", ())]
)
def test_a_clip_has_few_drawings(pose: str, acts: tuple[Move, ...]) -> None:
    assert renderer(pose, *acts).drawings <= (MOST if acts else 1)


def test_a_drawing_stands_two_frames() -> None:
    clip = renderer("stand", "wave")
    shown = [number for number, _ in clip.figures.shown]  # type: ignore[union-attr]
    assert shown[0::2] == shown[1::2] and len(set(shown)) > 8


def test_the_first_drawing_does_not_pop() -> None:
    clip = renderer("stand", "wave")
    assert clip.figures is not None
    first = next(number for number, (which, _) in enumerate(clip.figures.shown) if which)
    steps = [cv2.absdiff(clip.frame(number + 1), clip.frame(number)).mean() for number in range(first - 1, first + 12)]
    assert steps[0] < 0.6 * max(steps)


def test_equal_seeds_give_equal_frames_and_other_seeds_others() -> None:
    scene = cast_stage("wave")
    first, again, other = (Renderer(scene, plan("wave", seed=seed)).frame(6) for seed in (3, 3, 4))
    assert np.array_equal(first, again) and not np.array_equal(first, other)


def test_companions_breathe_and_walk_along() -> None:
    still = Renderer(cast_stage("stand", companions=1), plan())
    change = cv2.absdiff(still.frame(48), still.frame(0))[..., :3].max(axis=2)
    company = cast_stage("front", companions=1)
    told = acting(company, "walk")
    assert change[40:160, 280:340].max() > 20
    assert all(player.walk is not None for player in told.players)
    assert len(told.at(3.0).performers) == 2 and told.at(3.0).way[0, 0] > 1.02


def test_a_stage_without_a_cast_still_moves() -> None:
    scene = cast_stage("stand")
    plain = replace(scene, cast="", layers=tuple(replace(layer, follows="") for layer in scene.layers))
    clip = Renderer(plain, plan("walk"))
    assert clip.drawings == 1
    assert cv2.absdiff(clip.frame(50), clip.frame(0)).max() > 20


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
        ("sit", "Stands up from the bench.", "stand up"),
        ("stand", "Turns around once.", "turn"),
        ("stand", "Kneels on the grass.", "kneel"),
        ("stand", "她在跳舞", "dance"),
    ],
)
def test_words_and_poses_say_what_is_done(pose: str, motion: str, wanted: str) -> None:
    assert wanted in reading.acts(pose, *description(motion))


@pytest.mark.parametrize(
    ("done", "motion", "says"),
    [
        ((), "Sits down and laughs.", "sit down"),
        (None, "Lifts one arm and waves to us.", "wave"),
        ((), "Walks on.", "walk"),
        ((), "Lies down.", "lie down"),
    ],
)
def test_what_cannot_be_done_is_said(done: tuple[Move, ...] | None, motion: str, says: str) -> None:
    assert any(says in note for note in reading.beyond(done, description(motion)[0]))


@pytest.mark.parametrize("act", Act)
def test_an_act_moves_as_it_is_called_whatever_the_words(act: Act) -> None:
    words, board = description("The wind blows.", act=act, action="Laughs with the hen asleep in the basket")
    for pose in ACTS[act].poses:
        assert reading.acts(pose, words, board) == ACTS[act].moves


def test_nobody_walks_or_kneels_on_a_chair_and_nobody_sits_on_nothing() -> None:
    assert not {"walk", "kneel"} & set(reading.acts("sit", *description("Walks on and kneels.")))
    words = description("Sits down.")
    assert "sit down" not in reading.acts("stand", *words) and "sit down" in reading.acts("stand", *words, seat=True)
