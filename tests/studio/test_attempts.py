"""A person lets another attempt stand than the rule did: it is in the film, what follows from it is made again, and it
can be taken out and taken back."""

from __future__ import annotations

from contextlib import closing

import pytest

from personavlog import api
from personavlog.errors import ChangedElsewhereError, RunError
from personavlog.runs.folder import open_store
from personavlog.studio import looking
from personavlog.studio.models import CardState, Part, Shot
from tests.studio.films import FakeFilms


def part(shot: Shot, name: str) -> Part:
    return next(one for one in shot.parts if one.name == name)


def look(films: FakeFilms, place: int) -> Shot:
    return looking.shot(films.finished, place, films.runs)


def make(films: FakeFilms) -> None:
    job = api.reopen(films.finished, runs=films.runs)
    with closing(job.index):
        job.make()


def calls(films: FakeFilms) -> int:
    return len(api.costs(films.finished, runs=films.runs)[0])


def revision(films: FakeFilms) -> str:
    with closing(open_store()[1]) as index:
        return index.edits.revision(films.finished)


def test_a_rolled_back_picture_stands_and_its_clip_is_made_again(own_films: FakeFilms) -> None:
    before = look(own_films, 3)
    wanted = part(before, "keyframe").takes[0].attempts[2]
    api.keep_attempt(own_films.finished, 3, "keyframe", 2, runs=own_films.runs)

    chosen = look(own_films, 3)
    keyframe = part(chosen, "keyframe")
    assert (keyframe.state, keyframe.own, keyframe.own_file) == (CardState.PINNED, True, False)
    assert keyframe.media == wanted.media and chosen.identity == 0.62
    assert [one.number for one in keyframe.takes[0].attempts if one.stands] == [2]
    assert part(chosen, "clip").state is CardState.STALE
    film = looking.film(own_films.finished, own_films.runs)
    assert "shot 3: chosen keyframe, clip" in film.pending[0] and film.undoable == "attempt 3 at the keyframe of shot 3"

    make(own_films)
    after = look(own_films, 3)
    assert part(after, "keyframe").media == wanted.media and part(after, "keyframe").own
    assert part(after, "clip").media != part(before, "clip").media
    assert looking.film(own_films.finished, own_films.runs).pending == ()
    report = api.view(own_films.finished, runs=own_films.runs).folder.report.read_text("utf-8")
    assert "chosen keyframe" in report


def test_a_chosen_attempt_is_taken_out_and_nothing_is_asked_for_again(own_films: FakeFilms) -> None:
    before = look(own_films, 3)
    api.keep_attempt(own_films.finished, 3, "keyframe", 1, runs=own_films.runs)
    make(own_films)
    made = calls(own_films)
    api.unuse(own_films.finished, 3, "keyframe", runs=own_films.runs)
    make(own_films)
    after = look(own_films, 3)
    assert calls(own_films) == made
    assert [part(after, name).media for name in ("keyframe", "clip")] == [
        part(before, name).media for name in ("keyframe", "clip")
    ]
    assert part(after, "keyframe").state is CardState.ROLLED_BACK


def test_a_kept_clip_is_rolled_back_by_a_person_and_its_picture_stays_the_painters(own_films: FakeFilms) -> None:
    before = look(own_films, 2)
    made = calls(own_films)
    api.keep_attempt(own_films.finished, 2, "clip", 0, runs=own_films.runs)
    make(own_films)
    after = look(own_films, 2)
    assert part(after, "clip").media == part(before, "clip").takes[0].attempts[0].media
    assert part(after, "keyframe").media == part(before, "keyframe").media
    assert part(after, "keyframe").state is CardState.CORRECTED and not part(after, "keyframe").own
    assert calls(own_films) == made and looking.film(own_films.finished, own_films.runs).pending == ()


def test_a_choice_is_taken_back(own_films: FakeFilms) -> None:
    decided = revision(own_films)
    api.keep_attempt(own_films.finished, 2, "clip", 0, runs=own_films.runs)
    assert revision(own_films) != decided
    assert api.undo(own_films.finished, runs=own_films.runs) == "attempt 1 at the clip of shot 2"
    assert revision(own_films) == decided and not part(look(own_films, 2), "clip").own


@pytest.mark.parametrize(
    ("shot", "name", "attempt", "said"),
    [
        (2, "clip", 7, "has no attempt 7. Its attempts: 0, 1"),
        (2, "voice", 0, "Attempts are made at keyframe and clip"),
        (9, "clip", 0, "has the shots 1 to 4"),
    ],
)
def test_what_is_not_there_cannot_be_chosen(
    own_films: FakeFilms, shot: int, name: str, attempt: int, said: str
) -> None:
    decided = revision(own_films)
    with pytest.raises(RunError, match=said):
        api.keep_attempt(own_films.finished, shot, name, attempt, runs=own_films.runs)
    with pytest.raises(RunError, match="has no attempt 0"):
        api.keep_attempt(own_films.draft, 1, "keyframe", 0, runs=own_films.runs)
    assert revision(own_films) == decided


def test_a_change_is_refused_where_somebody_else_was_quicker(own_films: FakeFilms) -> None:
    seen = revision(own_films)
    with api.expecting(seen):
        api.redo(own_films.finished, 1, "clip", runs=own_films.runs)
    between = revision(own_films)
    with pytest.raises(ChangedElsewhereError, match="changed elsewhere"), api.expecting(seen):
        api.redo(own_films.finished, 2, "clip", runs=own_films.runs)
    assert revision(own_films) == between
    with api.expecting(between):
        api.undo(own_films.finished, runs=own_films.runs)
    assert revision(own_films) == seen


def test_what_follows_in_one_block_is_not_held_against_itself(own_films: FakeFilms) -> None:
    with api.expecting(revision(own_films)):
        api.redo(own_films.finished, 1, "clip", runs=own_films.runs)
        api.redo(own_films.finished, 2, "clip", runs=own_films.runs)
    api.redo(own_films.finished, 3, "clip", runs=own_films.runs)
