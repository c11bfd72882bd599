"""Films of the plain writer: about their theme, each its own, everything filled, at any length, in two languages."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import pytest

from personavlog.backbones.reviews import Change
from personavlog.script import Board, Framing, StoryDraft, TimeOfDay
from personavlog_embedded.writing.plain import writer
from personavlog_embedded.writing.plain.activities import WHOLE, Tone
from personavlog_embedded.writing.plain.choice import PLAIN
from personavlog_embedded.writing.plain.coverage import share
from personavlog_embedded.writing.plain.film import film
from personavlog_embedded.writing.plain.lines import is_mine, spoken_length
from personavlog_embedded.writing.plain.reading import read_theme

pytestmark = pytest.mark.weights

THEMES = (
    *("Polishing my aunt's silver", "Building a raft with my cousins", "An hour in the map room", "My first trumpet"),
    *("Selling lemonade at the crossroads", "Painting the boat before summer", "A robot waters the garden"),
    *("The tailor of our street", "Learning sign language with my nephew", "Counting stars from the roof"),
    *("Harvest festival in the village", "Mending a broken kite", "My father's last day at the factory"),
    *("Growing mushrooms in the cellar", "A dragon in the laundry room", "Camping with my three sisters"),
    *("Shearing sheep in the rain", "Baking a birthday cake for my rival", "Chess against a machine"),
    *("Walking the old railway line", "Dyeing wool with my neighbour", "Volunteering at the animal shelter"),
    *("The bakery at four in the morning", "Learning to swim at sixty", "Waiting for my sister at the airport"),
    *("Saying goodbye to my horse", "Night bus home after the concert", "My cousin's funeral"),
    *("A widow learns to dance", "First week in prison", "Writing letters to the moon", "Tuning an old piano"),
    *("Feeding stray cats behind the theatre", "Picking plums with my sister", "The blind violinist"),
    *("A postcard from the desert", "Making dumplings in Chengdu", "A beekeeper in winter", "Skating on the canal"),
    *("和姐姐一起摘草莓", "修理爷爷的收音机", "外公的葬礼"),
)
HOSTILE = (
    *("a", "Brombo", "🎈🎈", "。", "1234", "'s", "the the the", "no no no", "not a hospital", "{c} [ {o} ] {{x}}"),
    *(
        "my " * 1300,
        "A bicycle " * 400,
        "Anna, Otto and Zoe",
        "What is the sound of snow?",
        "https://example.com/a?b=1",
    ),
    *("Boil the rice. Add salt, pepper and two eggs. Serve hot.", "flour, eggs, butter, sugar"),
    *("Roses are red\nviolets are blue\nthe shed is empty\nand so are you", "第一", "妈妈妈妈妈妈"),
)


@dataclass(frozen=True)
class Film:
    draft: StoryDraft
    boards: tuple[Board, ...]
    lines: tuple[str, ...]


def made(theme: str, seed: int = 0, shots: int = 6, language: str = "en", limit: int = 13) -> Film:
    draft = writer.write_story(
        theme=theme, style="", shots=shots, language=language, name=None, appearance="", seed=seed
    )
    boards = writer.write_boards(story_draft=draft, theme=theme, shots=shots, seed=seed)
    lines = writer.write_monologues(
        boards=boards,
        story=draft.story,
        character=draft.character,
        max_words=[limit] * shots,
        language=language,
        seed=seed,
        theme=theme,
    )
    return Film(draft, boards, tuple(line.text for line in lines))


def texts(one: Film) -> list[str]:
    return [*(board.action for board in one.boards), *(board.place for board in one.boards), *one.lines]


def steps(theme: str, seed: int) -> set[str]:
    return {shot.step.do for shot in film(read_theme(theme), 6, seed)}


@pytest.mark.parametrize("theme", THEMES)
def test_every_slot_is_filled_and_no_article_is_doubled(theme: str) -> None:
    one = made(theme)
    for text in [*texts(one), one.draft.story.title, one.draft.story.logline]:
        assert not re.search(r"[{}\[\]]", text), text
        assert not re.search(r"\b(the|a|an|my) (the|a|an|my|your)\b", text, re.IGNORECASE), text
        assert not re.search(r"\b(\w{3,}) \1\b", text) or "had had" in text, text
    for board in one.boards:
        assert not re.search(r"\b(my|your|our)\b", board.action), board.action


def test_hardly_two_films_share_four_of_six_moments() -> None:
    own = [theme for theme in THEMES if film(read_theme(theme), 6, 0)[0].frame.family != PLAIN]
    known = {theme: steps(theme, 0) - WHOLE for theme in own}
    alike = [pair for pair in combinations(known, 2) if len(known[pair[0]] & known[pair[1]]) >= 4]
    assert len(alike) <= 1, alike
    assert len(known) >= len(THEMES) - 10


def test_events_and_lines_are_each_themes_own() -> None:
    films = {theme: made(theme) for theme in THEMES[:24]}
    for one, other in combinations(films.values(), 2):
        events = {beat.event for beat in one.draft.story.beats} & {beat.event for beat in other.draft.story.beats}
        assert len(events) < 2
        assert len(set(one.lines) & set(other.lines)) < 2


@pytest.mark.parametrize("theme", THEMES)
def test_three_seeds_share_at_most_three_of_six_moments(theme: str) -> None:
    for one, other in combinations(range(3), 2):
        assert len(steps(theme, one) & steps(theme, other)) <= 3


def test_themes_reach_their_films() -> None:
    shares = [share(read_theme(theme), texts(made(theme))) for theme in THEMES if read_theme(theme).language == "en"]
    assert sum(shares) / len(shares) > 0.6
    assert sum(one == 0 for one in shares) <= 2


@pytest.mark.parametrize(
    "theme", ["Picking plums with my sister", "Camping with my three sisters", "和姐姐一起摘草莓", "Walking my dog"]
)
@pytest.mark.parametrize("shots", [6, 12])
def test_whom_the_theme_names_is_seen_and_spoken_of(theme: str, shots: int) -> None:
    one, friend = made(theme, shots=shots), read_theme(theme).companion
    if friend is None:
        assert all("dog" in board.props for board in one.boards)
        return
    assert 2 * sum(bool(board.company) for board in one.boards) >= shots
    assert all(friend.english in board.action for board in one.boards if board.company)
    assert sum(friend.english in line for line in one.lines) >= 2


@pytest.mark.parametrize("theme", ["My cousin's funeral", "First week in prison", "外公的葬礼"])
@pytest.mark.parametrize("seed", range(4))
def test_a_grave_film_has_grave_moments_and_a_plain_title(theme: str, seed: int) -> None:
    one = made(theme, seed)
    assert all(Tone.GRAVE in shot.frame.tones for shot in film(read_theme(theme), 6, seed))
    assert one.draft.story.logline.rstrip(".。").lower() == theme.lower()
    assert not {board.emotion.value for board in one.boards} & {"joyful", "excited", "proud"}


@pytest.mark.parametrize("shots", range(2, 25))
def test_every_length_is_written_forward_in_time_and_never_repeats(shots: int) -> None:
    one = made("Shearing sheep with my aunt", shots=shots)
    hours = [list(TimeOfDay).index(board.time_of_day) for board in one.boards]
    assert len(one.boards) == len(one.lines) == len(one.draft.story.beats) == shots
    assert hours == sorted(hours)
    assert len(set(one.lines)) == shots
    assert len({beat.event for beat in one.draft.story.beats}) == shots
    assert one.boards[0].framing in (Framing.WIDE, Framing.MEDIUM)
    assert len({board.place for board in one.boards}) >= min(shots, 2) - (shots == 2)


def test_a_script_is_the_same_each_time_and_another_with_another_seed() -> None:
    assert made("Mending a broken kite", 3) == made("Mending a broken kite", 3)
    assert made("Mending a broken kite", 3) != made("Mending a broken kite", 4)


@pytest.mark.parametrize("theme", ["Mending my uncle's kite", "修理爷爷的收音机", "Picking plums with my sister"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("limit", [3, 6, 10, 16, 24])
def test_lines_fit_are_mine_and_in_the_films_language(theme: str, language: str, limit: int) -> None:
    lines = made(theme, language=language, limit=limit).lines
    assert all(spoken_length(line, language) <= limit for line in lines)
    assert 2 * sum(is_mine(line, language) for line in lines) >= len(lines)
    assert all(bool(re.search(r"[\u4e00-\u9fff]", line)) == (language == "zh") for line in lines)


@pytest.mark.parametrize("theme", HOSTILE, ids=lambda theme: repr(theme[:12]))
def test_hostile_themes_make_plain_films(theme: str) -> None:
    one = made(theme, shots=4)
    assert len(one.boards) == 4
    assert not any(re.search(r"[{}]", text) for text in texts(one))


def test_a_note_redoes_its_beat_and_no_other() -> None:
    first = made("Mending a broken kite").draft.story.beats
    note = Change(target="beat 3", problem="dull", wanted="another")
    again = [_noted((note,) * times) for times in (1, 2)]
    for beats in again:
        assert [n for n in range(6) if beats[n].event != first[n].event] == [2]
    assert again[0][2].event != again[1][2].event


def _noted(notes: Sequence[Change]):  # type: ignore[no-untyped-def]
    draft = writer.write_story(
        theme="Mending a broken kite",
        style="",
        shots=6,
        language="en",
        name=None,
        appearance="",
        seed=0,
        notes=notes,
    )
    return draft.story.beats


def test_a_note_redoes_its_line_and_no_other() -> None:
    one = made("Mending a broken kite", limit=16)
    note = Change(target="monologue 2", problem="dull", wanted="another")
    again = writer.write_monologues(
        boards=one.boards,
        story=one.draft.story,
        character=one.draft.character,
        max_words=[16] * 6,
        language="en",
        seed=0,
        notes=[note],
        theme="Mending a broken kite",
    )
    assert [n for n in range(6) if again[n].text != one.lines[n]] == [1]


def test_what_a_person_wrote_is_kept_as_it_is() -> None:
    one = made("Mending a broken kite")
    beats = list(one.draft.story.beats)
    beats[2] = beats[2].model_copy(
        update={"event": "Juggles three teapots", "place": "a tram depot", "time_of_day": TimeOfDay.NIGHT}
    )
    story = one.draft.story.model_copy(update={"beats": tuple(beats)})
    draft = one.draft.model_copy(update={"story": story})
    boards = writer.write_boards(story_draft=draft, theme="Mending a broken kite", shots=6, seed=0)
    mine = boards[2]
    assert (mine.action, mine.place, mine.time_of_day) == ("Juggles three teapots", "a tram depot", TimeOfDay.NIGHT)
    assert mine.act is None and mine.holds == ()
    assert [board.act for n, board in enumerate(boards) if n != 2] == [
        board.act for n, board in enumerate(one.boards) if n != 2
    ]


def test_every_board_of_the_writer_is_typed() -> None:
    for theme in THEMES[:20]:
        for board, beat in zip((one := made(theme)).boards, one.draft.story.beats, strict=True):
            assert board.act is not None
            assert (board.place, board.time_of_day) == (beat.place, beat.time_of_day)
            assert set(board.holds) <= set(board.props)


def test_a_script_takes_less_than_two_seconds_of_a_processor() -> None:
    made("Mending a broken kite")
    started = time.process_time()
    made("Varnishing the hull of an old canoe", shots=6)
    assert time.process_time() - started < 2
