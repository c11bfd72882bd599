"""What a shot's forms send, on real films: a change is made and shown, a refused one keeps what was typed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

import httpx2
import pytest
from fastapi.testclient import TestClient

from personavlog.studio import looking
from personavlog.studio.models import FilmView, Shot
from tests.studio import served
from tests.studio.films import FakeFilms

LINE = "I sit on the <b>old</b> wall & count the boats."


class Films:
    """A finished film that may be changed, and a browser without scripts."""

    def __init__(self, films: FakeFilms, client: TestClient) -> None:
        self.films, self.client, self.run = films, client, films.finished

    @property
    def film(self) -> FilmView:
        return looking.film(self.run, self.films.runs)

    def shot(self, place: int) -> Shot:
        return looking.shot(self.run, place, self.films.runs)

    def send(self, fields: Mapping[str, str], **asked: str) -> httpx2.Response:
        about = {"back": "shot", "place_shown": "2", "part_shown": "clip", "revision": self.film.revision}
        shot = {} if fields.get("kind") == "undo" else {"shot": "2"}
        return self.client.post(f"/films/{self.run}/change", data={**about, **shot, **fields, **asked})

    def page(self, path: str) -> str:
        return self.client.get(f"/films/{self.run}{path}").text


@pytest.fixture
def films(own_films: FakeFilms) -> Iterator[Films]:
    with served.client(own_films.runs) as client:
        yield Films(own_films, client)


def fields_of(page: str) -> dict[str, str]:
    """What the form of a refused change would send again."""
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    typed = re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return {name: html.unescape(value) for name, value in [*hidden, *typed] if name not in ("theme", "language")}


def test_a_redone_clip_is_asked_for_and_nothing_is_made(films: Films) -> None:
    before = films.shot(2)

    answer = films.send({"kind": "redo", "part": "clip"})

    assert (answer.status_code, answer.headers["location"]) == (303, f"/films/{films.run}/shots/2?part=clip")
    assert "shot 2: clip" in films.film.pending[0]
    assert films.shot(2).parts[1].media == before.parts[1].media
    page = films.page("/shots/2?part=clip")
    assert films.film.pending[1] in html.unescape(page) and f"/films/{films.run}/make" in page


def test_what_was_taken_back_is_as_it_was(films: Films) -> None:
    before = films.film.revision
    films.send({"kind": "redo", "part": "voice"})

    answer = films.send({"kind": "undo"})

    assert (answer.status_code, films.film.revision) == (303, before)


def test_a_new_line_is_saved_as_it_was_typed(films: Films) -> None:
    assert films.send({"kind": "edit", "line.text": LINE}).status_code == 303

    assert films.shot(2).monologue.text == LINE
    assert html.escape(LINE, quote=False) in films.page("/shots/2")


def test_every_text_of_a_page_can_be_sent_back_unchanged(films: Films) -> None:
    before = films.shot(2)
    page = films.page("/shots/2")

    for form in re.findall(r'<form method="post" action="[^"]*/change" class="stack">.*?</form>', page, re.DOTALL):
        chosen = re.findall(r'<select[^>]* name="([^"]*)">.*?</select>', form, re.DOTALL)
        values = re.findall(r'<option value="([^"]*)" selected>', form)
        picked = dict(
            zip((name for name in chosen if name != "board.act" or len(values) == len(chosen)), values, strict=True)
        )
        answer = films.send({**fields_of(form), **picked}, revision=films.film.revision)
        assert answer.status_code == 303, html.unescape(answer.text)

    after = films.shot(2)
    assert (after.board, after.video, after.monologue) == (before.board, before.video, before.monologue)


def test_a_change_of_an_old_page_changes_nothing_and_keeps_what_was_typed(films: Films) -> None:
    old = films.film.revision
    films.send({"kind": "redo", "part": "voice"})

    answer = films.send({"kind": "edit", "line.text": LINE}, revision=old)

    assert answer.status_code == 409
    assert "Changed elsewhere" in answer.text
    assert films.shot(2).monologue.text != LINE
    again = fields_of(answer.text)
    assert again["line.text"] == LINE
    assert films.client.post(f"/films/{films.run}/change", data=again).status_code == 303
    assert films.shot(2).monologue.text == LINE


def test_a_line_that_does_not_fit_is_refused_with_the_reason_and_kept(films: Films) -> None:
    answer = films.send({"kind": "edit", "line.text": "x" * 500})

    assert answer.status_code == 422
    assert "400 characters" in answer.text
    assert fields_of(answer.text)["line.text"] == "x" * 500


def test_a_field_that_nobody_knows_is_refused_by_its_own_name(films: Films) -> None:
    answer = films.send({"kind": "edit", "board.<b>": "<i>"})

    assert answer.status_code == 422
    assert "<b>" not in answer.text and "board.&lt;b&gt;" in answer.text


@pytest.mark.parametrize("fields", [{}, {"kind": "explode"}, {"kind": "redo", "part": "lens"}, {"kind": "undo"}])
def test_nonsense_is_refused_with_the_way_back(films: Films, fields: dict[str, str]) -> None:
    answer = films.send({"back": "shot", **fields}, shot="99")

    assert answer.status_code in (303, 409, 422)
    assert f"/films/{films.run}/shots/2" in (answer.headers.get("location") or answer.text)


def test_a_form_goes_back_to_no_other_place_than_its_film(films: Films) -> None:
    for back in ("https://example.org", "//example.org", "../settings", "shot"):
        answer = films.send({"kind": "redo", "part": "clip"}, back=back, place_shown="//example.org")
        assert answer.headers["location"] == f"/films/{films.run}"


def test_a_shot_of_a_film_without_script_is_a_card(films: Films, own_films: FakeFilms) -> None:
    run = served.begun(own_films.runs)

    answer = films.client.get(f"/films/{run}/shots/1")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/films/{run}#card-1")
    assert films.client.get(f"/films/{run}").status_code == 200


def standing(shot: Shot, part: int) -> list[int]:
    """The attempts of a part that the film shows."""
    return [
        attempt.number for take in shot.parts[part].takes if take.stands for attempt in take.attempts if attempt.stands
    ]


def test_a_correction_that_the_rule_rolled_back_is_kept_where_a_person_says_so(films: Films) -> None:
    page = films.page("/shots/3?part=keyframe&see=0.1")
    assert standing(films.shot(3), 0) == [0] and 'data-keys="y 7"' in page

    answer = films.send({"kind": "attempt", "part": "keyframe", "attempt": "1"}, shot="3")

    assert answer.status_code == 303
    assert standing(films.shot(3), 0) == [1]
    assert [part.state for part in films.shot(3).parts][:2] == ["pinned", "stale"]
    assert 'value="unuse"' in films.page("/shots/3?part=keyframe")


def test_a_correction_that_the_rule_kept_is_rolled_back_where_a_person_says_so(films: Films) -> None:
    assert standing(films.shot(2), 0) == [1]

    films.send({"kind": "attempt", "part": "keyframe", "attempt": "0"})

    assert standing(films.shot(2), 0) == [0]
    films.send({"kind": "unuse", "part": "keyframe"})
    assert standing(films.shot(2), 0) == [1]


def test_a_film_is_written_for_an_editor_and_the_page_says_where(films: Films) -> None:
    answer = films.client.post(f"/films/{films.run}/export", data={"to": "mlt", "back": "film"})

    assert (answer.status_code, answer.headers["location"]) == (303, f"/films/{films.run}/film")
    written = films.films.runs / films.run / "export" / "mlt" / "vlog.mlt"
    assert written.is_file() and str(written) in html.unescape(films.page("/film"))
    refused = films.client.post(f"/films/{films.run}/export", data={"to": "edl", "back": "film"})
    assert refused.status_code == 422 and "no time code" in refused.text
    assert films.client.post(f"/films/{films.run}/export", data={"to": "../x", "back": "film"}).status_code == 422
    assert films.client.post(f"/films/{films.films.draft}/export", data={"to": "zip"}).status_code == 409


def test_a_program_exports_a_film(films: Films) -> None:
    answer = films.client.post(f"/api/v1/films/{films.run}/exports", json={"to": "stills"})

    assert answer.status_code == 200 and len(answer.json()["files"]) > 3
