"""The measuring reviewers send back what is wrong, and say where; they know no writer's tables."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from personavlog.backbones.chat import chat_model
from personavlog.backbones.drafts import Monologues, Storyboards, VideoDescriptions
from personavlog.backbones.reviews import RUBRIC, Review
from personavlog.backbones.tasks import MonoTask, SegTask, StoryTask, VideoTask
from personavlog.errors import BackboneError
from personavlog.script import (
    Act,
    Beat,
    Board,
    Camera,
    Character,
    Emotion,
    Framing,
    Monologue,
    Story,
    StoryDraft,
    TimeOfDay,
    VideoDescription,
)
from personavlog_embedded.writing.reviewers import review
from personavlog_embedded.writing.reviewing import corpus

pytestmark = pytest.mark.weights
THEME = "Growing tomatoes on a rooftop with my aunt"
ROLES = ("arrival", "discovery", "obstacle", "attempt", "turn", "ending")
EVENTS = (
    "Carries a crate of tomato seedlings up the last stairs to the rooftop",
    "Fills the tubs with earth while the aunt counts",
    "Finds the tomatoes bent flat after a night of wind",
    "Ties every stem to a stick with old shoelaces",
    "Picks the first red tomato from under a leaf",
    "Sits between the tubs and shares a tomato with the aunt",
)
ACTS = (Act.CARRY, Act.PLANT, Act.LOOK, Act.REPAIR, Act.TAKE, Act.EAT)
FRAMINGS = (Framing.WIDE, Framing.MEDIUM, Framing.CLOSE_UP, Framing.MEDIUM, Framing.WIDE, Framing.MEDIUM)
HOURS = (TimeOfDay.MORNING,) * 2 + (TimeOfDay.NOON,) * 2 + (TimeOfDay.DUSK,) * 2
PLACES = (
    "a flat rooftop",
    "the corner by the water tower",
    "a flat rooftop",
    "a tool shelf",
    "a rooftop bed",
    "a bench",
)
LINES = (
    "I carry the whole crate of tomato seedlings up alone.",
    "My aunt pushes earth into the tubs like cake dough.",
    "I slept well, and the wind was in our tomatoes.",
    "My running shoes can do without their laces, I think.",
    "One red tomato under a leaf, and I forget my back.",
    "We sit between the tubs until my aunt wants salt.",
)
CHARACTER = Character(appearance="short black hair", personality="patient")


def draft(events: Sequence[str] = EVENTS, title: str = "Rooftop Tomatoes", roles: Sequence[str] = ROLES) -> StoryDraft:
    beats = tuple(
        Beat(role=role, event=event, place="a flat rooftop", time_of_day=hour)
        for role, event, hour in zip(roles, events, HOURS, strict=True)
    )
    logline = f"{THEME}: the wind comes first"
    return StoryDraft(character=CHARACTER, story=Story(title=title, logline=logline, beats=beats))


def boards() -> list[Board]:
    return [
        Board(
            place=place,
            time_of_day=hour,
            action=event,
            framing=framing,
            emotion=Emotion.CALM,
            act=act,
            company=("aunt",) if "aunt" in event else (),
        )
        for place, event, hour, framing, act in zip(PLACES, EVENTS, HOURS, FRAMINGS, ACTS, strict=True)
    ]


def of_story(made: StoryDraft, theme: str = THEME) -> Review:
    task = StoryTask(theme=theme, style="ink", shots=6, length=30, appearance="short black hair", seed=3)
    return review("story", made, task)


def of_boards(made: Sequence[Board], theme: str = THEME) -> Review:
    return review("seg", Storyboards(boards=tuple(made)), SegTask(theme=theme, shots=6, story=draft()))


def of_lines(lines: Sequence[str], made: Sequence[Board] | None = None) -> Review:
    task = MonoTask(boards=tuple(made or boards()), character=CHARACTER, story=draft().story, max_words=(13,) * 6)
    return review("mono", Monologues(monologues=tuple(Monologue(text=line) for line in lines)), task)


def problems(found: Review, target: str) -> str:
    return " ".join(change.problem for change in found.changes if change.target == target)


def marks(found: Review) -> dict[str, float]:
    return {score.criterion: score.value for score in found.scores}


def test_a_film_about_its_theme_is_approved_with_every_criterion_marked_once() -> None:
    for pair, found in (("story", of_story(draft())), ("seg", of_boards(boards())), ("mono", of_lines(LINES))):
        assert sorted(score.criterion for score in found.scores) == sorted(RUBRIC[pair])  # type: ignore[index]
        assert found.approved and not found.changes, (pair, found.changes)


def test_a_story_and_boards_of_another_theme_are_sent_back_with_its_words() -> None:
    theme = "A submarine pilot who is afraid of whales"
    story, shown = of_story(draft(), theme), of_boards(boards(), theme)
    assert "names nothing of the theme" in problems(story, "beat 1") and "title" in problems(story, "title")
    assert any("submarine" in change.wanted for change in story.changes)
    assert "Nothing of the theme is seen" in problems(shown, "board 2")
    assert marks(story)["thematic consistency"] == marks(shown)["belongs to the theme"] == 1


def test_a_mark_grows_with_the_share_of_beats_that_name_the_theme() -> None:
    plain = [
        "Looks at the sky",
        "Walks on",
        "Waits at a corner",
        "Opens both arms",
        "Hums along",
        "Bows to a neighbour",
    ]
    values = [
        marks(of_story(draft([*EVENTS[:told], *plain[told:]]), "tomatoes on a rooftop"))["thematic consistency"]
        for told in (0, 1, 3)
    ]
    assert values[0] < values[1] < values[2]


def test_a_film_that_is_stored_under_another_theme_is_sent_back(monkeypatch: pytest.MonkeyPatch) -> None:
    others = ("Growing beans on a balcony with my aunt", "An aunt and her peppers", "Mint", "Basil and an aunt")
    films = tuple(
        corpus.hashed_film(theme, [event.replace("tomato", "bean") for event in EVENTS], LINES)
        if not number
        else corpus.hashed_film(theme, EVENTS[2:3], LINES[1:2])
        for number, theme in enumerate(others)
    )
    monkeypatch.setattr(corpus, "corpus", lambda: corpus.Corpus(writer="test", films=films))
    corpus._users.cache_clear()
    try:
        story, said = of_story(draft(), "tomatoes, a rooftop, an aunt"), of_lines(LINES)
        same = of_story(draft(), others[0])
    finally:
        corpus._users.cache_clear()
    assert marks(story)["story interest"] < 4 and "something else" in problems(story, "story")
    assert "films of many themes" in problems(said, "monologue 2")
    assert "something else" not in problems(same, "story")


def test_the_stored_films_are_those_of_the_writer_as_it_is() -> None:
    """Otherwise nothing that it writes is found in them: ``python tools/film_corpus.py``."""
    films = corpus.corpus()
    assert films.writer == chat_model("embedded:planner").model_name
    assert len({film.theme for film in films.films}) > 40


def test_somebody_whom_the_theme_brings_and_no_board_shows_is_missed() -> None:
    alone = [
        board.model_copy(update={"company": (), "action": board.action.replace("aunt", "wind")}) for board in boards()
    ]
    found = of_boards(alone)
    assert "'aunt'" in problems(found, "board 1") and marks(found)["belongs to the theme"] <= 3
    assert "'aunt'" not in problems(of_boards(alone, "My late aunt, tomatoes, a rooftop"), "board 1")
    told = of_lines([*LINES[:4], "Look, my niece holds a red tomato under the leaf.", LINES[5]])
    assert "'niece'" in problems(told, "monologue 5")
    remembered = of_lines([*LINES[:4], "My niece always said this leaf hides one tomato.", LINES[5]])
    assert remembered.approved


@pytest.mark.parametrize(
    ("number", "update", "said"),
    [
        (2, {"place": "a public bath", "action": "Digs a bed for the tomatoes", "act": Act.DIG}, "'dig' does not fit"),
        (2, {"action": "Swims a length before the tomatoes wake", "act": Act.SWIM}, "'swim' does not fit"),
        (
            3,
            {"place": "a flat rooftop", "action": "Sinks into the sofa beside the tomatoes"},
            "'the sofa' does not fit",
        ),
        (3, {"action": "Ties the tomatoes up under the stars"}, "'under the stars' at noon"),
        (4, {"action": "Reads the letter again between the tomatoes"}, "Nothing brought this here: letter"),
        (4, {"holds": ("camera",), "action": "Smiles at the tomatoes"}, "Nothing brought this here: camera"),
        (3, {"time_of_day": TimeOfDay.NIGHT}, ""),
    ],
)
def test_boards_that_contradict_themselves_are_found(number: int, update: dict[str, object], said: str) -> None:
    made = boards()
    made[number] = made[number].model_copy(update=update)
    found = of_boards(made)
    assert said in problems(found, f"board {number + 1}") and not found.approved
    assert min(marks(found)["filmable"], marks(found)["temporal continuity"]) < 5


def test_a_thing_that_was_brought_or_is_taken_up_comes_from_somewhere_and_may_be_put_down() -> None:
    made = boards()
    made[0] = made[0].model_copy(update={"holds": ("crate",)})
    made[1] = made[1].model_copy(update={"holds": ("crate",)})
    assert "never seen again: crate" in problems(of_boards(made), "board 2")
    made[1] = made[1].model_copy(update={"action": "Puts the crate of tomatoes down beside the aunt"})
    made[4] = made[4].model_copy(update={"holds": ("watering can",), "action": "Picks up a watering can and a tomato"})
    assert of_boards(made).approved


def test_an_hour_that_a_line_says_must_be_its_shots() -> None:
    greeted = "Good evening, tomatoes, I say to every crate."
    assert "'Good evening' at morning" in problems(of_lines([greeted, *LINES[1:]]), "monologue 1")
    assert not problems(of_lines([*LINES[:5], greeted]), "monologue 6")
    assert not problems(of_lines(["Some tomatoes never get a good evening, I know.", *LINES[1:]]), "monologue 1")


def test_a_day_that_goes_back_and_equal_framings_are_found() -> None:
    made = [board.model_copy(update={"framing": Framing.WIDE, "time_of_day": TimeOfDay.NIGHT}) for board in boards()]
    made[3] = made[3].model_copy(update={"time_of_day": TimeOfDay.MORNING})
    found = of_boards(made)
    assert {"board 2", "board 4", "board 6"} <= {change.target for change in found.changes}
    assert marks(found)["temporal continuity"] < 5 and marks(found)["filmable"] < 3


def test_equal_neighbouring_cameras_are_found() -> None:
    video = VideoDescription(camera=Camera.ORBIT, motion="walks up and turns around", atmosphere="wind in the leaves")
    found = review("video", VideoDescriptions(videos=(video,) * 6), VideoTask(boards=tuple(boards())))
    assert [change.target for change in found.changes] == [f"video {n}" for n in range(2, 7)]


def test_lines_that_repeat_run_over_or_speak_of_nothing_are_found() -> None:
    odd = [LINES[0], LINES[0], "Economic policy remains uncertain.", "I " + "very " * 30 + "much", *LINES[4:]]
    found = of_lines(odd)
    assert {"monologue 2", "monologue 4"} <= {change.target for change in found.changes}
    assert "13 fit" in problems(found, "monologue 4")
    mute = of_lines(["Economic policy remains uncertain abroad this year."] * 6)
    assert marks(mute)["refers to what is seen"] == 1 and marks(mute)["first person"] < 5


def test_a_theme_without_words_or_in_another_script_is_not_held_against_the_draft() -> None:
    for theme in ("🙂🙂", "在屋顶种番茄", "and then?"):
        assert marks(of_story(draft(), theme))["thematic consistency"] >= 4
        assert marks(of_boards(boards(), theme))["belongs to the theme"] == 5


def test_earlier_wishes_are_repeated_while_a_draft_is_not_approved() -> None:
    task = StoryTask(theme="A submarine pilot", style="ink", shots=6, length=30)
    first = review("story", draft(), task)
    second = review("story", draft(), task.model_copy(update={"notes": first.changes}))
    assert set(first.changes) <= set(second.changes)


def test_a_draft_of_another_pair_is_refused() -> None:
    task = StoryTask(theme=THEME, style="ink", shots=6, length=30)
    with pytest.raises(BackboneError, match="cannot read"):
        review("story", Monologues(monologues=(Monologue(text="I am here."),)), task)
