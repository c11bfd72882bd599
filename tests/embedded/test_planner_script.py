"""Films that the planner writes keep the rules of stories."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from personavlog.backbones.reviews import Change
from personavlog.metrics.text import is_chinese, relevance
from personavlog.script import Beat, Board, Monologue, Script, StoryDraft, TimeOfDay
from personavlog_embedded.scene.season import season_of
from personavlog_embedded.things import find
from personavlog_embedded.writing.planner import planner
from personavlog_embedded.writing.planner.beat_text import read_event
from personavlog_embedded.writing.planner.library import library
from personavlog_embedded.writing.planner.lines import spoken_length
from personavlog_embedded.writing.planner.paintable import scenery
from personavlog_embedded.writing.planner.story_world import story_world
from personavlog_embedded.writing.planner.theme import analyse

pytestmark = pytest.mark.weights
TIMES = list(TimeOfDay)
THEMES = (
    "My first week learning to bake sourdough with my grandmother",
    "A day as a dragon keeper",
    "Moving to Tokyo with only one suitcase",
    "火锅之夜",
)


def story(
    theme: str, shots: int = 6, seed: int = 0, notes: tuple[Change, ...] = (), name: str | None = None
) -> StoryDraft:
    language = "zh" if is_chinese(theme) else "en"
    return planner.write_story(
        theme=theme,
        style="ink",
        shots=shots,
        language=language,
        name=name,
        appearance="short black hair",
        seed=seed,
        notes=notes,
    )


@cache
def script(theme: str, shots: int = 6, seed: int = 0, limit: int = 12) -> Script:
    language = "zh" if is_chinese(theme) else "en"
    draft = story(theme, shots, seed)
    boards = planner.write_boards(story_draft=draft, theme=theme, shots=shots, seed=seed)
    lines = planner.write_monologues(
        boards=boards,
        story=draft.story,
        character=draft.character,
        max_words=[limit] * shots,
        language=language,
        seed=seed,
    )
    return Script(
        character=draft.character,
        story=draft.story,
        boards=boards,
        videos=planner.write_videos(boards=boards, seed=seed),
        monologues=lines,
        music=planner.write_music(boards=boards, theme=theme, seed=seed),
    )


@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_is_in_title_logline_and_boards(theme: str) -> None:
    film, parts = script(theme), analyse(theme)
    values = parts.chinese_values if is_chinese(theme) else parts.values
    assert film.story.logline.lower().startswith(theme.lower()[:40])
    spoken = " ".join(
        (film.story.title, *(line.text for line in film.monologues), *(board.text for board in film.boards))
    ).lower()
    assert any(values[slot].lower() in spoken for slot in ("s", "c", "w") if slot in values)


@pytest.mark.parametrize("shots", [2, 3, 5, 9, 14, 24])
def test_any_number_of_shots_gives_a_whole_story_in_time_order(shots: int) -> None:
    film = script(THEMES[1], shots)
    hours = [TIMES.index(board.time_of_day) for board in film.boards]
    assert len(film.boards) == shots and hours == sorted(hours)
    assert film.story.beats[0].role == "arrival" and film.story.beats[-1].role == "ending"
    roles = [beat.role for beat in film.story.beats]
    assert shots == 2 or (shots == 3 and roles[1] == "turn") or roles.index("obstacle") < roles.index("turn")
    assert len({board.action for board in film.boards}) == shots


def test_the_same_seed_writes_the_same_film_and_another_seed_another() -> None:
    script.cache_clear()
    first = script(THEMES[0])
    script.cache_clear()
    assert script(THEMES[0]) == first
    assert script(THEMES[0], seed=5).story != first.story


@pytest.mark.parametrize("limit", [3, 5, 8, 12, 24])
@pytest.mark.parametrize("theme", THEMES[1:])
def test_no_line_is_longer_than_its_limit(theme: str, limit: int) -> None:
    language = "zh" if is_chinese(theme) else "en"
    assert all(spoken_length(line.text, language) <= limit for line in script(theme, limit=limit).monologues)


def test_chinese_themes_speak_chinese_and_are_drawn_from_english() -> None:
    film = script("和外婆学做月饼", limit=20)
    assert is_chinese(film.story.title) and all(is_chinese(line.text) for line in film.monologues)
    assert not any(is_chinese(board.text) for board in film.boards)
    assert any("mooncakes" in board.action or "mooncakes" in board.props for board in film.boards)


def test_what_the_discovery_brings_comes_back_in_the_end() -> None:
    kept = [
        set(film.boards[1].props) & set(film.boards[-1].props)
        for film in (script(THEMES[1], seed=seed) for seed in range(6))
    ]
    assert sum(map(bool, kept)) >= 3


def test_a_name_leads_the_events_and_they_are_still_recognised() -> None:
    draft = story(THEMES[1], name="Mia")
    assert all("Mia " in beat.event for beat in draft.story.beats)
    named = planner.write_boards(story_draft=draft, theme=THEMES[1], shots=6, seed=0)
    plain = planner.write_boards(story_draft=story(THEMES[1]), theme=THEMES[1], shots=6, seed=0)
    assert [(board.place, board.props) for board in named] == [(board.place, board.props) for board in plain]


def test_an_event_that_a_person_rewrote_is_followed() -> None:
    draft = story(THEMES[1])
    beats = list(draft.story.beats)
    beats[2] = Beat(role="obstacle", event="At night a huge wave breaks a red umbrella and a guitar on the beach.")
    edited = draft.model_copy(update={"story": draft.story.model_copy(update={"beats": tuple(beats)})})
    board = planner.write_boards(story_draft=edited, theme=THEMES[1], shots=6, seed=0)[2]
    assert board.action == beats[2].event
    assert {"umbrella", "guitar"} <= {word for prop in board.props for word in prop.split()}
    assert relevance([board.place], ["a sandy beach"])[0, 0] > 0.4


def test_only_what_a_note_names_is_redone() -> None:
    note = Change(target="beat 4", problem="It is at the same place as beat 2.", wanted="Go somewhere else.")
    before, after = story(THEMES[2]), story(THEMES[2], notes=(note,))
    changed = [
        number
        for number, (old, new) in enumerate(zip(before.story.beats, after.story.beats, strict=True), 1)
        if old != new
    ]
    assert changed in ([], [4]) and before.story.title == after.story.title
    film = script(THEMES[2])
    again = lines(
        film, (Change(target="monologue 2", problem="It speaks of nothing that is seen.", wanted="Name a thing."),)
    )
    assert [n for n, (old, new) in enumerate(zip(film.monologues, again, strict=True), 1) if old != new] in ([], [2])


def lines(film: Script, notes: tuple[Change, ...]) -> tuple[Monologue, ...]:
    return planner.write_monologues(
        boards=film.boards,
        story=film.story,
        character=film.character,
        max_words=[12] * len(film.boards),
        language="en",
        seed=0,
        notes=notes,
    )


def test_a_board_asked_for_another_framing_differs_from_its_neighbours() -> None:
    draft = story(THEMES[0])
    notes = tuple(
        Change(target=f"board {n}", problem="Framed like its neighbour.", wanted="Choose another.") for n in range(2, 7)
    )
    boards: tuple[Board, ...] = planner.write_boards(story_draft=draft, theme=THEMES[0], shots=6, seed=0, notes=notes)
    assert all(one.framing is not two.framing for one, two in pairwise(boards))


@pytest.mark.parametrize("theme", ["!!!", "x", "a" * 600, "{s} [keep] <task> ../../etc", "鑫森淼焱垚", "The the the"])
def test_hostile_and_empty_themes_still_make_a_film(theme: str) -> None:
    assert len(script(theme, 3).boards) == 3


FILMS = (
    *THEMES,
    "During a vacation in a coastal city",
    "Restoring an old accordion with my father",
    "Surviving a storm on a mountain hike with Leo",
    "A lazy rainy Sunday without the internet",
)


@pytest.mark.parametrize("theme", FILMS)
def test_even_a_first_draft_mostly_stays_in_the_themes_world_at_several_spots(theme: str) -> None:
    """It used to be sent through as many painted places as there are, which is how films left their themes."""
    own = story_world(analyse(theme))
    for seed in range(2):
        scenes = [read_event(beat.event) for beat in script(theme, seed=seed).story.beats]
        assert own.contains(scenes[0].setting) and 2 * sum(own.contains(scene.setting) for scene in scenes) >= len(
            scenes
        )
        assert all(own.contains(scene.setting) or scene.setting in own.around for scene in scenes)
        assert all(scenery(scene.spot.noun).shows for scene in scenes)
        assert len({scene.place for scene in scenes}) >= 4 and all(
            one.place != two.place for one, two in pairwise(scenes)
        )


@pytest.mark.parametrize("theme", FILMS)
def test_everything_that_a_board_wants_seen_can_be_drawn(theme: str) -> None:
    assert not [
        prop
        for seed in range(2)
        for board in script(theme, seed=seed).boards
        for prop in board.props
        if find(prop) is None
    ]


@pytest.mark.parametrize("theme", [theme for theme in FILMS if " with my " in theme or " with Leo" in theme])
def test_a_companion_is_told_of_in_two_beats_and_two_lines_and_never_a_prop(theme: str) -> None:
    """Boards no longer promise somebody who only looks on: nobody draws them."""
    companion = analyse(theme).companion
    assert companion is not None
    for seed in range(2):
        film = script(theme, seed=seed)
        assert sum(companion.english in beat.event for beat in film.story.beats) >= 2
        assert sum(companion.english in line.text for line in film.monologues) >= 2
        assert not any(companion.english in prop for board in film.boards for prop in board.props)


def test_an_event_with_a_companion_who_looks_on_is_still_recognised() -> None:
    events = [beat.event for theme in FILMS for beat in script(theme).story.beats]
    assert all(read_event(event).exact for event in events)


def test_a_voice_shows_its_turns_of_phrase_in_two_lines_at_most() -> None:
    for theme in (THEMES[1], THEMES[2], FILMS[4]):
        film = script(theme)
        tails = {
            tail
            for voice in library().voices
            if voice.spoken == film.character.voice
            for texts in voice.tails.values()
            for tail in texts
        }
        assert sum(any(line.text.endswith(tail) for tail in tails) for line in film.monologues) <= 2


def test_most_lines_fill_their_time_and_none_is_hurried() -> None:
    shares = [
        spoken_length(line.text, "en") / 12
        for theme in FILMS
        if not is_chinese(theme)
        for line in script(theme).monologues
    ]
    assert sum(share >= 0.7 for share in shares) >= 0.9 * len(shares) and max(shares) <= 1


@pytest.mark.parametrize("theme", ["\N{PARTY POPPER}", "\N{CAT FACE}\N{BIRTHDAY CAKE}", "x", "\u732b", "!!!"])
def test_themes_without_a_word_get_a_proper_title(theme: str) -> None:
    title = script(theme, 3).story.title
    assert len(title) >= 4 and sum(map(str.isalpha, title)) >= 4


def test_a_missing_thing_is_missed_with_its_article() -> None:
    assert "Without Phone" not in {
        story("Lost my phone at a music festival", seed=seed).story.title for seed in range(6)
    }


@pytest.mark.parametrize(
    ("theme", "seasons"),
    [
        ("Planting a garden in spring and having tea there in autumn", ("spring", "spring", "autumn", "autumn")),
        ("秋天的公园散步", ("autumn",) * 4),
        ("A week painting at the sea", ("summer",) * 4),
    ],
)
def test_places_out_of_doors_are_seen_in_the_theme_s_seasons(theme: str, seasons: tuple[str, ...]) -> None:
    boards = script(theme, 4).boards
    outdoors = [
        n for n, board in enumerate(boards) if "out" in read_event(f"{board.place}, noon: {board.action}").spot.tags
    ]
    assert len(outdoors) >= 2 and all(season_of(boards[n].place, "") == seasons[n] for n in outdoors)
