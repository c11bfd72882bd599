"""What a theme itself tells is told in its film: its deed, its trouble, its place, and who is there."""

from __future__ import annotations

import pytest

from personavlog.script import Act, Board, Camera, Emotion, Framing, TimeOfDay, VideoDescription, Weather
from personavlog_embedded import data
from personavlog_embedded.body.acts import ACTS
from personavlog_embedded.motion import acts
from personavlog_embedded.writing.plain import writer
from personavlog_embedded.writing.plain.activities import Trouble
from personavlog_embedded.writing.plain.reading import read_theme
from personavlog_embedded.writing.plain.videos import motions

pytestmark = pytest.mark.weights


@pytest.mark.parametrize(
    ("theme", "done"),
    [
        ("Gluing a broken plate with rice paste", "glues a broken plate with rice paste"),
        ("I paint a fence with my uncle who talks too much", "paints a fence with the uncle"),
        ("Building a raft takes all summer, and I have dropped the mast", "builds a raft"),
        ("A trip to the hills", None),
    ],
)
def test_the_deed_of_a_theme_is_its_first_own_clause(theme: str, done: str | None) -> None:
    deed = read_theme(theme).deed
    assert (deed.done if deed else None) == done


@pytest.mark.parametrize(
    ("theme", "trouble", "said"),
    [
        ("The rabbits will not eat", Trouble.REFUSED, "the rabbits will not eat"),
        ("My brother cannot swim", Trouble.REFUSED, "my brother cannot swim"),
        ("My aunt talks to the furniture", Trouble.SOMEBODY, "my aunt talks to the furniture"),
        ("Cooking for eight guests although the oven is dead", Trouble.SOMETHING, "the oven is dead"),
        ("I hold the lamp and must not sneeze", Trouble.FORBIDDEN, "I must not sneeze"),
        ("I missed my train to Lyon", Trouble.FAILED, "I missed my train to Lyon"),
        ("Planting tulips in the rain", None, ""),
    ],
)
def test_the_trouble_of_a_theme_is_what_it_says_goes_wrong(theme: str, trouble: Trouble | None, said: str) -> None:
    wrong = read_theme(theme).trouble
    assert (wrong.trouble if wrong else None) is trouble
    assert (wrong.said if wrong else "") == said


def written(theme: str, seed: int = 0) -> tuple[tuple[Board, ...], list[str]]:
    draft = writer.write_story(theme=theme, style="", shots=6, language="en", name=None, appearance="", seed=seed)
    boards = writer.write_boards(story_draft=draft, theme=theme, shots=6, seed=seed)
    lines = writer.write_monologues(
        boards=boards,
        story=draft.story,
        character=draft.character,
        max_words=[14] * 6,
        language="en",
        seed=seed,
        theme=theme,
    )
    return boards, [line.text for line in lines]


@pytest.mark.parametrize("seed", range(2))
def test_deed_and_trouble_stand_in_the_film(seed: int) -> None:
    boards, lines = written("I polish the old samovar and must not sneeze", seed)
    assert any(board.action == "Polishes the old samovar" for board in boards)
    assert any("I must not sneeze" in line for line in lines)


@pytest.mark.parametrize("seed", range(3))
def test_a_holiday_is_told_in_its_place(seed: int) -> None:
    boards, lines = written("During a vacation in a coastal city", seed)
    named = [board for board in boards if "coastal city" in f"{board.place} {board.action}"]
    assert len(named) >= 4
    assert len({board.place for board in boards}) >= 3
    assert not {"I look on.", "I stay here a little."} & set(lines)


def test_who_is_there_does_something_that_goes_with_the_act() -> None:
    boards, lines = written("Baking bread with my daughter")
    assert any("daughter" in line for line in lines)
    assert sum(bool(board.company) for board in boards) >= 3
    assert all("daughter" in board.action for board in boards if board.company)
    assert not any("nodded" in line for line in lines)


@pytest.mark.parametrize("act", list(Act))
def test_what_the_writer_has_the_person_do_the_drawn_pose_can_do(act: Act) -> None:
    board = Board(
        place="a street",
        time_of_day=TimeOfDay.NOON,
        weather=Weather.CLEAR,
        action="Does it",
        framing=Framing.MEDIUM,
        emotion=Emotion.CALM,
        act=act,
    )
    world = data.read_toml("library", "camera.toml")["world"].values()
    for text in (f"{own}. {seen}" for own in motions(act) for seen in world):
        told = VideoDescription(camera=Camera.STATIC, motion=text, atmosphere="Calm air.", detail="A leaf.")
        for pose in ACTS[act].poses:
            assert acts.beyond(acts.acts(pose, told, board), told) == ()
