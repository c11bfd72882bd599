"""Where things go: beside the person, in their hands, on the ground, in the air; and what stays when one of them
goes."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from personavlog.media.arrays import Box
from personavlog.script import Act, Board, Emotion, Framing, TimeOfDay
from personavlog_embedded import things
from personavlog_embedded.places.catalogue import PLACES
from personavlog_embedded.render.light import light
from personavlog_embedded.render.setting import Setting
from personavlog_embedded.scene.grip import Grip
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec
from personavlog_embedded.scene.stage import FacePoints, Layer
from personavlog_embedded.things.models.model import MODELS
from personavlog_embedded.things.phrase import Phrase
from personavlog_embedded.things.placement import PlacedThing
from personavlog_embedded.things.spots import box, spot
from personavlog_embedded.things.surroundings import Surroundings
from personavlog_embedded.things.thing import Thing

NOON = light("noon", "clear")
WIDE, CUT = (300.0, 70.0, 34.0), (300.0, 120.0, 100.0)
"""Face: x and y of its middle and its height, px on a 320 x 180 frame's double."""


def table(props: tuple[str, ...] = (), face: tuple[float, float, float] = CUT, **others: object) -> Surroundings:
    board = Board(
        place="street", time_of_day=TimeOfDay.NOON, action="stands", framing=Framing.MEDIUM, emotion=Emotion.CALM
    )
    spec = KeyframeSpec(board, 480, 270, "cinematic", 1, 2, props=props)
    x, y, tall = face
    points = FacePoints((x - 0.4 * tall, y - tall / 2, x + 0.4 * tall, y + tall / 2), np.zeros((5, 2), np.float32))
    setting = Setting(spec.canvas[0], spec.canvas[1], spec.margin + 120, spec.unit, NOON, 5)
    place = PLACES["street"]
    return replace(Surroundings(spec, setting, place, NOON, points, spec.margin + 220.0, 0.0), **others)  # type: ignore[arg-type]


def standing(props: tuple[str, ...] = (), **others: object) -> Surroundings:
    """A whole person."""
    whole = table(props, (250.0, 105.0, 24.0))
    return replace(whole, front_top=None, feet=whole.spec.margin + 245.0, **others)  # type: ignore[arg-type]


def model(name: str) -> Thing:
    return Thing(Phrase(name), MODELS[name], None)


def overlap(first: Box, second: Box) -> float:
    wide, tall = (
        min(first[2], second[2]) - max(first[0], second[0]),
        min(first[3], second[3]) - max(first[1], second[1]),
    )
    return max(wide, 0) * max(tall, 0)


@pytest.mark.parametrize("on", [table(), standing()], ids=["behind a front", "standing"])
@pytest.mark.parametrize(
    "names", [("dog", "basket", "kite"), ("mug", "bread", "book", "cat"), ("bicycle", "bus", "balloon", "robot")]
)
def test_things_keep_off_the_face_and_off_each_other_and_inside(on: Surroundings, names: tuple[str, ...]) -> None:
    taken: list[Box] = []
    for name in names:
        at = spot(on, model(name), taken)
        own = box(model(name), at)
        area = (own[2] - own[0]) * (own[3] - own[1])
        assert overlap(own, on.kept_clear) < 0.05 * area
        assert sum(overlap(own, other) for other in taken) < 0.2 * area
        assert own[0] >= on.spec.margin - 2
        assert own[2] <= on.spec.margin + on.spec.width + 2
        taken.append(own)


def test_a_standing_person_s_things_stand_on_their_ground() -> None:
    on = standing()
    assert on.feet
    for name in ("dog", "suitcase", "basket", "chair"):
        at = spot(on, model(name), [])
        assert abs(at.foot - on.feet) < 0.06 * on.spec.height
        assert at.standing
        # A chair is about half as high as a grown-up.
        assert model(name).size[1] * at.metre < 0.75 * (on.feet - on.face.box[1])


def test_an_easel_beside_a_cut_person_is_at_true_size_with_its_canvas_in_the_frame() -> None:
    on = replace(table(face=(240.0, 110.0, 60.0)), front_top=None)
    at = spot(on, model("easel"), [])
    own = box(model("easel"), at)
    assert at.metre > 0.5 * on.metre
    assert own[1] + 0.6 * (own[3] - own[1]) < on.spec.margin + on.spec.height
    assert overlap(own, on.kept_clear) == 0


def test_a_dragon_in_a_narrow_frame_is_large_and_whole_though_partly_behind_the_body() -> None:
    on = standing()
    on = replace(on, spec=replace(on.spec, width=270, height=480))
    own = box(model("dragon"), spot(on, model("dragon"), []))
    assert own[2] - own[0] > 0.3 * on.spec.width
    assert own[0] >= on.spec.margin - 2
    assert own[2] <= on.spec.margin + on.spec.width + 2


def test_a_boat_lies_on_the_water_where_there_is_some() -> None:
    lake = PLACES["lake"]
    on = replace(standing(), place=lake)
    wet, dry = spot(on, model("boat"), []), spot(standing(), model("boat"), [])
    assert wet.wet
    assert not dry.wet
    assert on.setting.horizon < wet.foot < on.setting.horizon + lake.firm * (on.setting.height - on.setting.horizon)


def layers(on: Surroundings) -> dict[str, np.ndarray]:
    return {one.thing.name: things.layer(one, *on.spec.canvas).rgba for one in things.put(on)[0]}


def test_what_is_removed_leaves_all_others_as_they_were() -> None:
    props = ("dog", "red umbrella", "basket")
    before = layers(standing(props))
    on = standing(props)
    after = layers(replace(on, spec=replace(on.spec, gone=frozenset({"dog"}))))
    assert set(after) == {"umbrella", "basket"}
    assert all(np.array_equal(before[name], after[name]) for name in after)


def test_what_is_added_leaves_all_others_as_they_were() -> None:
    before, after = layers(standing(("dog",))), layers(standing(("dog", "suitcase")))
    assert set(after) == {"dog", "suitcase"}
    assert np.array_equal(before["dog"], after["dog"])


HAND = Grip(220.0, 170.0, 22.0, -60.0, True)


def held(on: Surroundings) -> list[PlacedThing]:
    return [one for one in things.put(on)[0] if one.follows]


def test_a_hand_that_holds_gets_what_it_can_hold() -> None:
    (cup,) = held(table(("bus", "mug", "book"), grips=(HAND,)))
    assert cup.thing.name == "mug"
    assert cup.follows == HAND.hand
    x0, y0, x1, y1 = cup.box
    assert x0 - 12 < HAND.x < x1 + 12
    assert y0 - 12 < HAND.y < y1 + 12
    assert HAND.size * 0.4 < y1 - y0 < HAND.size * 1.6


def test_the_board_says_what_is_held_and_nothing_else_is() -> None:
    def reads(*holds: str) -> Surroundings:
        on = table(("mug", "book"), grips=(HAND,))
        board = on.spec.board.model_copy(update={"act": Act.READ, "holds": holds})
        return replace(on, spec=replace(on.spec, board=board))

    (book,) = held(reads("an old book"))
    assert book.thing.name == "book"
    assert held(reads()) == []


@pytest.mark.parametrize("grip", [replace(HAND, holds=False), replace(HAND, y=260.0)], ids=["open", "behind the front"])
def test_other_hands_stay_empty(grip: Grip) -> None:
    assert not held(table(("mug",), grips=(grip,)))


def test_two_hands_hold_a_box_between_them() -> None:
    (carton,) = held(standing(("box",), grips=(HAND, replace(HAND, x=270.0))))
    x0, _, x1, _ = carton.box
    assert x0 < HAND.x + 8
    assert x1 > 262
    assert abs((x0 + x1) / 2 - 245) < 6


def test_fingers_lie_over_what_they_hold_and_the_head_over_an_umbrella_s_pole() -> None:
    def part(name: str, kind: Literal["person", "prop"] = "person") -> Layer:
        return Layer(name, kind, 0.15, np.zeros((2, 2, 4), np.uint8))

    body = [part("figures"), part("head"), part("over head"), part("over hands")]
    held = [part("mug", "prop"), part("umbrella", "prop")]
    names = [layer.name for layer in things.with_held_things(body, held)]
    assert names == ["figures", "umbrella", "head", "over head", "mug", "over hands"]


def test_a_kite_flies_on_a_line_from_the_hand() -> None:
    on = table(("kite",), face=WIDE, grips=(HAND,))
    (kite,) = things.put(on)[0]
    assert not kite.follows
    alpha = kite.under[..., 3]
    x, y = round(HAND.x) - kite.under_left, round(HAND.y) - kite.under_top
    assert alpha[max(y - 3, 0) : y + 4, max(x - 3, 0) : x + 4].max() > 60


def test_who_sits_sits_on_the_bench_that_the_board_asks_for() -> None:
    sitting = standing(seat=(250.0, 215.0))
    at = spot(sitting, model("bench"), [])
    assert at.x == 250.0
    assert at.foot - 0.45 * at.metre == pytest.approx(215.0, abs=4)
    assert spot(standing(), model("bench"), []).x != 250.0


def test_a_thing_goes_behind_what_is_nearer_unless_it_stands_on_it() -> None:
    on = standing(("suitcase",))
    (case,) = things.put(on)[0]
    far = replace(case, depth=0.35)
    height, width = on.spec.canvas
    post = np.zeros((height, width, 4), np.uint8)
    x0, y0, x1, y1 = case.box
    post[y0:y1, x0 : x0 + max((x1 - x0) // 6, 1), 3] = 255
    bank = np.zeros_like(post)
    bank[y1 - 6 :, :, 3] = 255
    back = [Layer("sky", "sky", 1.0, post), Layer("post", "near", 0.25, post)]
    assert [layer.name for layer in things.among(back, [far], height, width)] == ["sky", "suitcase", "post"]
    back[1] = Layer("bank", "near", 0.25, bank)
    assert [layer.name for layer in things.among(back, [far], height, width)] == ["sky", "bank", "suitcase"]
