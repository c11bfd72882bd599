"""The board, a shot and the finished film as pages: every state in words, nothing of what people wrote as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from personavlog.studio import showing
from personavlog.studio.errors import NoSuchThingError
from personavlog.studio.models import CardState, FilmView, NextStep, Outcome, Shot
from personavlog.studio.pages import board, shot
from personavlog.studio.pages import film as film_page
from personavlog.studio.pages.versions import effect, look, part_to_show
from personavlog.studio.words import LANGUAGES, Words
from tests.studio import boards

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Outline(HTMLParser):
    """The elements of a page; raises where one is closed that is not open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(text)
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag, f"{tag} closed out of turn"


class House:
    """What the pages look up, handed in."""

    runs = Path("runs")

    def __init__(self) -> None:
        self.film = boards.film()
        self.shot = boards.shot()

    def find_film(self, at: object, run: str) -> FilmView:
        return self.film

    def find_shot(self, at: object, run: str, place: int) -> Shot:
        if place != self.shot.place:
            raise NoSuchThingError(f"no shot {place}")
        return self.shot


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    house = House()
    monkeypatch.setattr(showing, "film", house.find_film)
    monkeypatch.setattr(showing, "shot", house.find_shot)
    monkeypatch.setattr(showing, "finished", lambda at, run: boards.finished(said=house.film.logline))
    return house


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    app = FastAPI()
    app.state.studio = house
    for page in (board, shot, film_page):
        app.include_router(page.router)
    with TestClient(app) as client:
        yield client


def get(client: TestClient, path: str, language: str = "en") -> str:
    answer = client.get(f"/films/{boards.RUN}{path}", headers={"accept-language": language})
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", CardState)
def test_a_card_says_its_state_in_words_and_by_a_shape(client: TestClient, state: CardState, language: str) -> None:
    place = tuple(CardState).index(state) + 1

    text = get(client, f"/cards/{place}", language)

    assert f"card-{state}" in text
    assert Words(language)(f"state.{state}") in text  # type: ignore[arg-type]
    assert any(tag == "svg" and "mark-" in (one["class"] or "") for tag, one in Outline(text).elements)


@pytest.mark.parametrize("state", CardState)
def test_a_card_has_one_next_step_and_no_more(client: TestClient, state: CardState) -> None:
    text = get(client, f"/cards/{tuple(CardState).index(state) + 1}")

    asked = boards.NEXT.get(state, NextStep.NOTHING)
    assert text.count("<form") + text.count('class="button') == (asked is not NextStep.NOTHING)


@pytest.mark.parametrize("outcome", Outcome)
def test_the_rail_offers_what_fits_how_the_film_stands(client: TestClient, house: House, outcome: Outcome) -> None:
    house.film = boards.film([CardState.KEPT] * 4, outcome)

    text = get(client, "/rail")

    assert ("/stop" in text) == (outcome in (Outcome.MAKING, Outcome.WAITING))
    assert ("/make" in text) == (outcome not in (Outcome.MAKING, Outcome.WAITING, Outcome.FINISHED, Outcome.DAMAGED))


@pytest.mark.parametrize("path", ["", "/cards/1", "/rail", "/shots/3", "/shots/3?part=voice", "/film"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_and_models_wrote_is_never_markup(
    client: TestClient, house: House, path: str, language: str
) -> None:
    house.film, house.shot = boards.film(said=boards.HOSTILE), boards.shot(said=boards.HOSTILE)

    elements = Outline(get(client, path, language)).elements

    assert not [one for tag, one in elements if tag == "script" and "src" not in one]
    assert not [one for tag, one in elements if tag == "img" and one["src"] == "x"]
    assert not [name for _, one in elements for name in one if name.startswith("on") or name == "style"]


@pytest.mark.parametrize("path", ["", "/shots/3", "/shots/3?how=alone&part=clip", "/film"])
def test_a_page_has_each_id_once_and_labels_that_lead_somewhere(client: TestClient, path: str) -> None:
    elements = Outline(get(client, path)).elements
    ids = [one["id"] for _, one in elements if "id" in one]

    assert len(ids) == len(set(ids))
    for tag, one in elements:
        for name in ("for", "aria-labelledby", "aria-describedby"):
            assert set((one.get(name) or "").split()) <= set(ids), (tag, one)


@pytest.mark.parametrize("path", ["", "/shots/3", "/film"])
def test_every_change_carries_the_revision_that_it_was_decided_at(client: TestClient, house: House, path: str) -> None:
    text = get(client, path)

    forms = re.findall(r"<form[^>]*method=\"post\"[^>]*/films/.*?</form>", text, re.DOTALL)
    assert all(f'name="revision" value="{house.film.revision}"' in form for form in forms)
    assert len(forms) == len(re.findall(r'action="/films/[^"]*/(?:make|change|stop|own)"', text))


def test_the_board_shows_the_shots_that_have_the_words(client: TestClient) -> None:
    found = re.findall(r'id="card-(\d+)"', get(client, "?q=BOATHOUSE+nets"))

    assert found == ["1", "5", "9", "13"]


def test_a_board_without_a_script_says_so(client: TestClient, house: House) -> None:
    house.film = boards.film([], Outcome.NOT_BEGUN)

    assert Words("en")("board.empty") in get(client, "")


def test_a_card_that_is_not_there_is_no_page(client: TestClient) -> None:
    with pytest.raises(NoSuchThingError):
        client.get(f"/films/{boards.RUN}/cards/99")


def test_the_next_need_goes_round_and_leaves_the_shot_itself_out() -> None:
    film = boards.film([CardState.KEPT, CardState.ROLLED_BACK, CardState.KEPT, CardState.FAILED])

    assert [board.next_need(film, after) for after in range(5)] == [2, 2, 4, 4, 2]
    assert board.next_need(boards.film([CardState.FAILED]), 1) is None


def test_a_rolled_back_shot_shows_both_and_says_why(client: TestClient) -> None:
    text = get(client, "/shots/3?part=keyframe")

    for said in (
        "Lower: identity.",
        "the face is turned away",
        "Turn the face to the camera",
        "0.830",
        "0.580",
        "±0.03",
    ):
        assert said in text
    assert 'data-how="side"' in text
    assert [field for field in re.findall(r'data-keys="(. .)"', text) if field in ("y 7", "n 8")] == ["y 7"]


def test_a_correction_that_stands_can_be_rolled_back_and_pinned(client: TestClient, house: House) -> None:
    house.shot = boards.shot(state=CardState.CORRECTED)

    keys = re.findall(r'data-keys="([^"]+)"', get(client, "/shots/3?part=keyframe"))

    assert {"n 8", "p", "r 9"} <= set(keys)
    assert "y 7" not in keys


@pytest.mark.parametrize(
    "asked", ["see=9.9", "see=%3Cscript%3E", "part=lens", "how=upside-down", "against=1.1&see=1.1"]
)
def test_an_address_that_names_what_is_not_there_shows_what_is(client: TestClient, asked: str) -> None:
    assert "correction-rolled-back" in get(client, f"/shots/3?{asked}")


def test_the_part_that_needs_a_person_is_shown_first() -> None:
    assert part_to_show(boards.shot(), "").name == "keyframe"
    assert part_to_show(boards.shot(state=CardState.KEPT), "").name == "clip"
    assert part_to_show(boards.shot(), "voice").name == "voice"


def test_a_take_that_does_not_stand_is_kept_as_a_take() -> None:
    part = part_to_show(boards.shot(), "clip")

    (kept, *_) = shot.decisions(part, look(part, "0.0", "", ""))

    assert (kept.kind, kept.field, kept.number) == ("take", "take", 0)


def test_redoing_a_picture_costs_its_clip_too_but_not_a_clip_of_ones_own() -> None:
    found = boards.shot()
    own = found.model_copy(
        update={"parts": tuple(part.model_copy(update={"own_file": part.name == "clip"}) for part in found.parts)}
    )

    assert (effect(found, "keyframe").parts, effect(found, "keyframe").seconds) == (("keyframe", "clip"), 20.0)
    assert (effect(own, "board").parts, effect(own, "board").price) == (("keyframe",), (0.02, 0.04))


def test_nobody_knows_what_work_of_unknown_length_takes() -> None:
    found = boards.shot()
    unknown = found.model_copy(
        update={"parts": tuple(part.model_copy(update={"work": None, "price": None}) for part in found.parts)}
    )

    assert (effect(unknown, "clip").seconds, effect(unknown, "clip").price) == (None, None)


def test_a_film_has_captions_chapters_and_every_file(client: TestClient) -> None:
    elements = Outline(get(client, "/film?at=8.5")).elements

    assert [one["kind"] for tag, one in elements if tag == "track"] == ["captions"]
    assert next(one for tag, one in elements if tag == "video")["src"].endswith("#t=8.50")  # type: ignore[union-attr]
    assert len([one for _, one in elements if "data-start" in one]) == 8
    offered = {
        one["href"].rsplit("/", 1)[1] for tag, one in elements if tag == "a" and "/files/" in (one["href"] or "")
    }  # type: ignore[union-attr]
    assert offered == {"vlog.mp4", "vlog.srt", "vlog.vtt", "script.json", "report.html", "record.json"}


def test_modules_are_small_and_load_nothing_from_elsewhere() -> None:
    modules = [one for one in (files("personavlog.studio") / "static").iterdir() if one.name.endswith(".js")]

    for module in modules:
        text = module.read_text("utf-8")
        assert len(text) < 8000, module.name
        assert not re.search(r"https?://|innerHTML\s*=|\beval\(|window\.", text), module.name
    assert sum(len(module.read_bytes()) for module in modules) < 30_000


def test_every_form_of_a_shot_leads_back_to_it(client: TestClient) -> None:
    text = get(client, "/shots/3")

    forms = re.findall(r"<form[^>]*/films/.*?</form>", text, re.DOTALL)
    assert forms and all('name="place_shown" value="3"' in form and 'value="shot"' in form for form in forms)
