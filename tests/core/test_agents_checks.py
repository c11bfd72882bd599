"""What code sees of a draft: each fault is found where it stands, and what is sound is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from personavlog.agents.checks import board_checks, mono_checks, story_checks, video_checks
from personavlog.backbones.drafts import Monologues, Storyboards, VideoDescriptions
from personavlog.backbones.reviews import Change
from personavlog.backbones.tasks import MonoTask, SegTask, StoryTask, VideoTask
from personavlog.script import Act, Board, Camera, Framing, Monologue, StoryDraft, TimeOfDay, VideoDescription
from tests.core.test_agents_loop import boards, draft

MORNING, NOON, DUSK, NIGHT = TimeOfDay
FRAMINGS = (Framing.WIDE, Framing.MEDIUM, Framing.CLOSE_UP, Framing.MEDIUM)
STORY = StoryTask(theme="x", style="x", shots=3, length=15)


def targets(found: Sequence[Change]) -> list[str]:
    return [change.target for change in found]


def filmed(**lists: Sequence[Any]) -> tuple[Board, ...]:
    """Four sound boards with fields of theirs replaced, shot by shot."""
    sound = [one.model_copy(update={"framing": framing}) for one, framing in zip(boards(4), FRAMINGS, strict=True)]
    return tuple(
        one.model_copy(update={name: values[number] for name, values in lists.items()})
        for number, one in enumerate(sound)
    )


def of_boards(shown: tuple[Board, ...]) -> Sequence[Change]:
    return board_checks(Storyboards(boards=shown), SegTask(theme="x", shots=len(shown), story=draft()))


def test_sound_drafts_are_left_alone() -> None:
    assert not of_boards(filmed()) and not story_checks(draft(), STORY)


@pytest.mark.parametrize(
    ("hours", "wrong"),
    [
        ((MORNING, NOON, DUSK, NIGHT), []),
        ((NIGHT, MORNING, NOON, DUSK), []),
        ((MORNING, DUSK, MORNING, DUSK), []),
        ((NIGHT, NOON, NIGHT, NOON), []),
        ((NOON, MORNING, NOON, DUSK), ["board 2"]),
        ((MORNING, DUSK, NOON, MORNING), ["board 3", "board 4"]),
    ],
)
def test_hours_go_back_over_a_night_only(hours: Sequence[TimeOfDay], wrong: list[str]) -> None:
    assert targets(of_boards(filmed(time_of_day=hours))) == wrong


def test_beats_without_an_hour_say_nothing_of_the_order() -> None:
    beats = [
        beat.model_copy(update={"time_of_day": hour})
        for beat, hour in zip(draft(beats=4).story.beats, (NOON, None, MORNING, None), strict=True)
    ]
    told: StoryDraft = draft().model_copy(update={"story": draft().story.model_copy(update={"beats": tuple(beats)})})
    assert targets(story_checks(told, STORY)) == ["beat 3"]


@pytest.mark.parametrize(
    ("places", "wrong"),
    [
        (("a pier", "The pier", "a stall", "a beach"), []),
        (("a pier", "a beach", "a stall", "the beach"), ["board 4"]),
    ],
)
def test_a_place_comes_back_in_another_framing_only(places: Sequence[str], wrong: list[str]) -> None:
    assert targets(of_boards(filmed(place=places))) == wrong


def test_the_last_board_may_echo_the_first() -> None:
    framing = (Framing.WIDE, Framing.MEDIUM, Framing.CLOSE_UP, Framing.WIDE)
    assert not of_boards(filmed(place=("a pier", "a beach", "a stall", "the pier"), framing=framing))


def test_an_action_in_another_order_of_words_is_the_same() -> None:
    actions = ("She feeds a gull on the rail.", "She waits.", "On a rail, she feeds the gull.", "She runs.")
    assert targets(of_boards(filmed(action=actions))) == ["board 3"]


@pytest.mark.parametrize(
    ("framings", "wrong"),
    [("wwmw", []), ("wwwm", ["board 3"]), ("mwww", ["board 4"]), ("wwww", ["board 3"])],
)
def test_three_equal_framings_in_a_row_are_one_too_many(framings: str, wrong: list[str]) -> None:
    kinds = {"w": Framing.WIDE, "m": Framing.MEDIUM}
    assert targets(of_boards(filmed(framing=[kinds[one] for one in framings]))) == wrong


def of_videos(cameras: Sequence[Camera], motions: Sequence[str] = ("She turns.",) * 4, act: Act | None = None) -> Any:
    shown = filmed(act=(act,) * 4)
    videos = tuple(
        VideoDescription(camera=camera, motion=motion, atmosphere="salt light")
        for camera, motion in zip(cameras, motions, strict=True)
    )
    return video_checks(VideoDescriptions(videos=videos), VideoTask(boards=shown))


def test_a_camera_neither_repeats_itself_nor_turns_back() -> None:
    static, left, right, up = Camera.STATIC, Camera.PAN_LEFT, Camera.PAN_RIGHT, Camera.TILT_UP
    assert not of_videos((static, left, up, right))
    assert targets(of_videos((static, static, static, up))) == ["video 3"]
    assert targets(of_videos((left, right, up, Camera.TILT_DOWN))) == ["video 2", "video 4"]


CAMERAS = (Camera.STATIC, Camera.PUSH_IN, Camera.ORBIT, Camera.STATIC)


@pytest.mark.parametrize(
    ("act", "wrong"), [(Act.WALK, ["video 2"]), (Act.STAND, []), (None, [])], ids=["goes", "stands", "unknown"]
)
def test_a_way_goes_on_to_its_side(act: Act | None, wrong: list[str]) -> None:
    motions = ("She walks to the right.", "She walks from right to left.", "She waits.", "She walks to the right.")
    assert targets(of_videos(CAMERAS, motions, act)) == wrong


@pytest.mark.parametrize("motion", ["She walks left and right.", "The right thing to do.", "She left the house."])
def test_words_that_are_no_side_are_taken_for_none(motion: str) -> None:
    assert not of_videos(CAMERAS, ("She walks to the left.", motion, "She walks to the left.", motion), Act.WALK)


@pytest.mark.parametrize(
    ("language", "lines", "wrong"),
    [
        ("en", ("I wait here.", "So I go.", "My kite flies.", "Gone again."), []),
        ("en", ("I wait here.", "I wait, still.", "My kite flies.", "i WAIT here"), ["monologue 4", "monologue 2"]),
        ("zh", ("我在这里等风来", "我在这里等你来", "风筝飞了", "再见"), ["monologue 2"]),
    ],
)
def test_lines_are_told_apart(language: str, lines: Sequence[str], wrong: list[str]) -> None:
    told = draft()
    task = MonoTask.model_validate(
        {
            "boards": filmed(),
            "character": told.character,
            "story": told.story,
            "language": language,
            "max_words": (12,) * 4,
        }
    )
    spoken = Monologues(monologues=tuple(Monologue(text=line) for line in lines))
    assert targets(mono_checks(spoken, task)) == wrong


@pytest.mark.parametrize("text", ["!!!", "of the", "\u200b..", "🙂🙂🙂"])
def test_texts_of_no_words_are_compared_as_they_are(text: str) -> None:
    places = (text, text, "a beach", "a stall")
    assert targets(of_boards(filmed(place=places, framing=(Framing.WIDE, Framing.WIDE, *FRAMINGS[1:3])))) == ["board 2"]
