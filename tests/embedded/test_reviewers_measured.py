"""The measuring reviewers send back what is wrong, and say where."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import BaseModel

from personavlog.backbones.drafts import Monologues, Storyboards, VideoDescriptions
from personavlog.backbones.reviews import RUBRIC, Review
from personavlog.backbones.tasks import MonoTask, SegTask, StoryTask, Task, VideoTask
from personavlog.errors import BackboneError
from personavlog.script import Camera, Framing, Monologue, TimeOfDay
from personavlog_embedded.writing.planner import planner
from personavlog_embedded.writing.reviewers import review

pytestmark = pytest.mark.weights
THEME = "Growing tomatoes on a rooftop"
STORY = StoryTask(theme=THEME, style="ink", shots=6, length=30, appearance="short black hair", seed=3)
DRAFT = planner.write_story(
    theme=THEME, style="ink", shots=6, language="en", name=None, appearance="short black hair", seed=3
)
BOARDS = planner.write_boards(story_draft=DRAFT, theme=THEME, shots=6, seed=3)


def targets(found: Review) -> set[str]:
    return {change.target for change in found.changes}


def test_every_criterion_of_the_rubric_is_marked_once() -> None:
    found = review("story", DRAFT, STORY)
    assert sorted(score.criterion for score in found.scores) == sorted(RUBRIC["story"])
    assert found.approved == (not found.changes)


def test_a_story_of_another_theme_is_sent_back() -> None:
    other = STORY.model_copy(update={"theme": "A submarine pilot who is afraid of whales"})
    found = review("story", DRAFT, other)
    assert not found.approved and any(target.startswith(("beat", "title")) for target in targets(found))


def test_a_day_that_goes_back_and_equal_framings_are_found() -> None:
    boards = [board.model_copy(update={"framing": Framing.WIDE, "time_of_day": TimeOfDay.NIGHT}) for board in BOARDS]
    boards[3] = boards[3].model_copy(update={"time_of_day": TimeOfDay.MORNING})
    found = review("seg", Storyboards(boards=tuple(boards)), SegTask(theme=THEME, shots=6, story=DRAFT))
    assert {"board 2", "board 4", "board 6"} <= targets(found)
    marks = {score.criterion: score.value for score in found.scores}
    assert marks["temporal continuity"] < 5 and marks["filmable"] < 3


def test_equal_neighbouring_cameras_are_found() -> None:
    videos = tuple(
        video.model_copy(update={"camera": Camera.ORBIT}) for video in planner.write_videos(boards=BOARDS, seed=3)
    )
    found = review("video", VideoDescriptions(videos=videos), VideoTask(boards=BOARDS))
    assert {f"video {n}" for n in range(2, 7)} <= targets(found)


def test_lines_that_repeat_run_over_or_see_nothing_are_found() -> None:
    texts = (
        ["I water the little plants in a row."] * 2
        + ["Economic policy remains uncertain abroad this year."]
        + ["I " + "very " * 30 + "much"]
    )
    task = MonoTask(boards=BOARDS[:4], character=DRAFT.character, story=DRAFT.story, max_words=(12,) * 4)
    found = review("mono", Monologues(monologues=tuple(Monologue(text=text) for text in texts)), task)
    assert {"monologue 2", "monologue 3", "monologue 4"} <= targets(found)


def rounds(pair: str, write: Callable[[Task], BaseModel], task: Task) -> list[Review]:
    found: list[Review] = []
    for _ in range(2):
        found.append(review(pair, write(task), task))
        if found[-1].approved:
            break
        task = task.model_copy(update={"notes": found[-1].changes})
    return found


def test_the_second_draft_is_better_by_the_measures() -> None:
    """Over five films; the notes of the reviewer are what changes the drafts."""
    firsts, seconds = [], []
    for theme in (
        "Moving to Tokyo with only one suitcase",
        "Grandma's recipe",
        "A day as a dragon keeper",
        "Lost my phone at a music festival",
        "Road trip",
    ):
        draft = planner.write_story(
            theme=theme, style="ink", shots=8, language="en", name=None, appearance="short black hair", seed=1
        )
        boards = planner.write_boards(story_draft=draft, theme=theme, shots=8, seed=1)
        task = MonoTask(boards=boards, character=draft.character, story=draft.story, max_words=(9,) * 8, seed=1)
        found = rounds("mono", lines, task)
        if len(found) == 2:
            firsts.append(found[0].mark)
            seconds.append(found[1].mark)
    assert firsts, "no first draft was sent back"
    assert sum(seconds) > sum(firsts)


def lines(task: Task) -> Monologues:
    assert isinstance(task, MonoTask)
    return Monologues(
        monologues=planner.write_monologues(
            boards=task.boards,
            story=task.story,
            character=task.character,
            max_words=task.max_words,
            language=task.language,
            seed=task.seed,
            notes=task.notes,
        )
    )


def test_earlier_wishes_are_repeated_while_a_draft_is_not_approved() -> None:
    task = STORY.model_copy(update={"theme": "A submarine pilot who is afraid of whales"})
    first = review("story", DRAFT, task)
    second = review("story", DRAFT, task.model_copy(update={"notes": first.changes}))
    assert set(first.changes) <= set(second.changes)


def test_a_draft_of_another_pair_is_refused() -> None:
    with pytest.raises(BackboneError, match="cannot read"):
        review("story", Monologues(monologues=(Monologue(text="I am here."),)), STORY)
