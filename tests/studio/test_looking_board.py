"""A film on the board: finished, changed, failed, begun and damaged; every card says how its shot stands."""

from __future__ import annotations

import pytest

from personavlog import api
from personavlog.errors import RunError
from personavlog.studio import looking
from personavlog.studio.looking import states
from personavlog.studio.models import CardState, NextStep, Outcome
from tests.studio.films import FakeFilms, options, studio_profile


def test_every_film_is_listed_and_a_damaged_one_says_why(films: FakeFilms) -> None:
    found = {one.run: one for one in looking.films(films.runs)}
    assert {run: one.outcome for run, one in found.items()} == {
        films.finished: Outcome.FINISHED,
        films.changed: Outcome.FINISHED,
        films.failed: Outcome.FAILED,
        films.draft: Outcome.DRAFT,
        films.damaged: Outcome.DAMAGED,
    }
    assert "brief.toml" in found[films.damaged].message
    assert found[films.finished].poster is not None and found[films.draft].poster is None
    assert found[films.finished].title == found[films.finished].theme == "A day at the lake"


def test_a_finished_film_shows_what_was_decided_about_each_shot(films: FakeFilms) -> None:
    film = looking.film(films.finished, films.runs)
    assert [card.state for card in film.cards] == [
        CardState.KEPT,
        CardState.CORRECTED,
        CardState.ROLLED_BACK,
        CardState.BELOW_FLOOR,
    ]
    assert [card.identity for card in film.cards] == [0.84, 0.81, 0.83, 0.52] and film.cards[3].floor == 0.6
    assert [card.next for card in film.cards] == [NextStep.NOTHING, NextStep.NOTHING, NextStep.LOOK, NextStep.LOOK]
    assert film.outcome is Outcome.FINISHED and film.film is not None and film.seconds == 12.0
    assert {stage.state for stage in film.stages} == {"done"} and all(stage.left == 0 for stage in film.stages)
    assert film.undoable == "another take of the voice of shot 1" and film.next is NextStep.LOOK
    assert film.photo and film.person and film.event and film.has_script and not film.pending


def test_a_face_too_small_to_tell_by_is_not_held_against_a_shot(
    films: FakeFilms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "_score", lambda attempt: 0.4)
    first, *_, fourth = looking.film(films.finished, films.runs).cards
    assert (first.identity, first.floor, first.state) == (None, None, CardState.KEPT)
    assert (fourth.identity, fourth.state) == (0.4, CardState.BELOW_FLOOR)


def test_a_changed_film_shows_the_new_order_and_what_is_stale(films: FakeFilms) -> None:
    film = looking.film(films.changed, films.runs)
    assert [(card.place, card.number) for card in film.cards] == [(1, 4), (2, 1), (3, 2), (4, 3)]
    assert film.cards[2].state is CardState.STALE and film.cards[2].next is NextStep.REMAKE
    assert film.next is NextStep.REMAKE and "shot 3: clip" in film.pending[0]


def test_a_failed_shot_says_why_and_the_others_stand(films: FakeFilms) -> None:
    film = looking.film(films.failed, films.runs)
    states = [card.state for card in film.cards]
    assert states == [CardState.KEPT, CardState.FAILED, CardState.ROLLED_BACK, CardState.BELOW_FLOOR]
    assert "refused the board" in film.cards[1].message and film.cards[1].next is NextStep.RETRY
    assert film.next is NextStep.RETRY and film.film is None
    assert {stage.stage: stage.state for stage in film.stages}["pictures"] == "failed"


def test_a_draft_has_its_lines_and_nothing_made(films: FakeFilms) -> None:
    film = looking.film(films.draft, films.runs)
    assert film.outcome is Outcome.DRAFT and film.next is NextStep.MAKE
    assert all(card.line and card.where and card.state is CardState.PLANNED for card in film.cards)
    assert not any(card.poster or card.clip for card in film.cards)


def test_a_film_that_was_only_begun_has_empty_cards(own_films: FakeFilms) -> None:
    run = api.begin(options("A dive in the reef"), profile=studio_profile(), runs=own_films.runs).folder.run
    film = looking.film(run, own_films.runs)
    assert film.outcome is Outcome.NOT_BEGUN and film.title == "A dive in the reef" and not film.has_script
    assert [(card.place, card.where, card.state) for card in film.cards] == [
        (place, "", CardState.PLANNED) for place in (1, 2, 3, 4)
    ]


def test_a_damaged_film_opens_and_says_what_is_wrong(films: FakeFilms) -> None:
    film = looking.film(films.damaged, films.runs)
    assert film.outcome is Outcome.DAMAGED and "brief.toml" in film.message and film.revision


def test_a_card_is_the_boards_own(films: FakeFilms) -> None:
    film = looking.film(films.finished, films.runs)
    assert looking.card(films.finished, 3, films.runs) == film.cards[2]
    for place in (0, 5):
        with pytest.raises(RunError, match="has the shots 1 to 4"):
            looking.card(films.finished, place, films.runs)
