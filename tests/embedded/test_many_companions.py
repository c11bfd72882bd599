"""A theme with more people than a picture has room for is written, and who is not drawn is said."""

from __future__ import annotations

import pytest

from personavlog.script import Board
from personavlog_embedded.body.company import invented, person_of
from personavlog_embedded.writing.plain import writer
from personavlog_embedded.writing.plain.understood import understood

pytestmark = pytest.mark.weights

MANY = (
    "a dinner with my nine cousins",
    "singing with a choir of forty people",
    "moving house with my mother, my father, my uncle, my aunt and four friends",
    "a picnic with nine dogs",
    "\u6211\u548c\u4e5d\u4e2a\u8868\u5144\u5f1f\u5403\u665a\u996d",
)


def boards(theme: str) -> tuple[Board, ...]:
    draft = writer.write_story(theme=theme, style="", shots=6, language="en", name=None, appearance="", seed=0)
    return writer.write_boards(story_draft=draft, theme=theme, shots=6, seed=0)


@pytest.mark.parametrize("theme", MANY)
def test_a_theme_with_many_people_is_written(theme: str) -> None:
    assert len(boards(theme)) == 6


@pytest.mark.parametrize(
    "named",
    ["nine cousins", "choir", "siblings", "parents", "the band", "two aunts", "grandmothers", "in-laws", "twins"],
)
def test_several_people_are_people(named: str) -> None:
    assert person_of(named)


@pytest.mark.parametrize("named", ["nine dogs", "a herd", "a flock of sheep", "ducks", "a litter of kittens"])
def test_several_animals_are_no_people(named: str) -> None:
    assert person_of(named) == ""


def test_one_figure_for_nine_is_said() -> None:
    (company,) = {board.company for board in boards(MANY[0]) if board.company}
    assert company == ("nine cousins",)
    board = next(board for board in boards(MANY[0]) if board.company)
    assert "(nine cousins); one invented figure stands for them" in invented(board, 1)


def test_whom_the_film_leaves_out_is_said_before_it_is_made() -> None:
    assert understood(MANY[2]).endswith("only the mother is in it; not seen: father, uncle, aunt, four friends.")
    assert "not seen" not in understood(MANY[0])
