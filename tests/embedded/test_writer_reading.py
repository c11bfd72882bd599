"""How the plain writer reads a theme: kinds from WordNet, parts, tone, negation, languages."""

from __future__ import annotations

import pytest

from personavlog.errors import BackboneError
from personavlog.script import TimeOfDay, Weather
from personavlog_embedded.writing.plain.activities import Kind, Tone
from personavlog_embedded.writing.plain.kinds import is_kin, kind_of
from personavlog_embedded.writing.plain.reading import language_of, read_theme
from personavlog_embedded.writing.plain.understood import understood

pytestmark = pytest.mark.weights


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("motorbike", Kind.VEHICLE),
        ("lighthouse", Kind.BUILDING),
        ("accordion", Kind.INSTRUMENT),
        ("donkey", Kind.ANIMAL),
        ("dragon", Kind.CREATURE),
        ("honey", Kind.FOOD),
        ("diary", Kind.WRITING),
        ("moon", Kind.SKY),
        ("island", Kind.LANDSCAPE),
        ("wedding", Kind.EVENT),
        ("chess", Kind.GAME),
        ("loneliness", Kind.IDEA),
        ("treehouse", Kind.BUILDING),
        ("xqzzy", None),
    ],
)
def test_a_noun_is_what_stands_above_it_in_wordnet(noun: str, kind: Kind | None) -> None:
    assert kind_of(noun) == kind


def test_relatives_are_ones_own_and_trades_are_not() -> None:
    assert [is_kin(noun) for noun in ("aunt", "neighbour", "falconer")] == [True, True, False]


@pytest.mark.parametrize(
    ("theme", "part", "words"),
    [
        ("Mending my uncle's kite", "object", "kite"),
        ("Mending my uncle's kite in the attic", "place", "attic"),
        ("Picking plums with my sister", "companion", "sister"),
        ("A morning as a blacksmith", "role", "blacksmith"),
        ("The potter's apprentice", "role", "apprentice"),
        ("My niece's first concert", "companion", "niece"),
        ("和姐姐一起摘草莓", "companion", "sister"),
        ("在山上看星星", "place", "mountain"),
    ],
)
def test_a_phrase_plays_its_part(theme: str, part: str, words: str) -> None:
    assert words in getattr(read_theme(theme), part).english


def test_a_trade_brings_what_it_works_with() -> None:
    read = read_theme("A day as a beekeeper")
    assert read.object is not None and (read.object.english, read.object.kind) == ("bees", Kind.ANIMAL)


def test_the_owner_of_a_thing_need_not_be_there() -> None:
    read = read_theme("Mending my uncle's kite")
    assert read.companion is None and read.object is not None and read.object.mine == "my uncle's kite"


def test_hour_season_and_weather_are_read_in_both_languages() -> None:
    english, chinese = read_theme("Walking the dog on a foggy winter evening"), read_theme("冬天傍晚下雪了")
    assert (english.hour, english.season, english.weather) == (TimeOfDay.DUSK, "winter", Weather.FOG)
    assert (chinese.hour, chinese.season, chinese.weather) == (TimeOfDay.DUSK, "winter", Weather.SNOW)


@pytest.mark.parametrize(
    ("theme", "unwanted", "kept"),
    [
        ("no boats, no harbour: a quiet orchard", ("boats", "harbour"), "orchard"),
        ("not an office but a greenhouse", ("office",), "greenhouse"),
        ("不要大海，安静的花园", ("大海",), "garden"),
    ],
)
def test_what_is_not_wanted_is_no_wish(theme: str, unwanted: tuple[str, ...], kept: str) -> None:
    read = read_theme(theme)
    assert read.unwanted == unwanted
    assert read.object is not None and kept in read.object.english


@pytest.mark.parametrize(
    ("theme", "tone"),
    [
        ("The week after my operation for cancer", Tone.GRAVE),
        ("My cousin's funeral", Tone.GRAVE),
        ("Two years behind bars in prison", Tone.GRAVE),
        ("A town after the war", Tone.GRAVE),
        ("外公的葬礼", Tone.GRAVE),
        ("The last evening in our old house", Tone.QUIET),
        ("A goat learns to skate", Tone.LIGHT),
        ("Boil the rice, add salt", Tone.LIGHT),
        ("🎈🎈", Tone.LIGHT),
    ],
)
def test_the_tone_is_that_of_the_words_and_of_what_they_are_near_to(theme: str, tone: Tone) -> None:
    assert read_theme(theme).tone is tone


@pytest.mark.parametrize(
    ("theme", "language"),
    [
        ("Ein Nachmittag beim Bäcker", "de"),
        ("김치를 담그는 날", "ko"),
        ("花火を見に行く", "ja"),
        ("первый день на ферме", "ru"),
        ("Waldo and Inge go sailing", "en"),
        ("卖花的人", "zh"),
        ("", "en"),
    ],
)
def test_the_language_of_a_theme_is_told(theme: str, language: str) -> None:
    assert language_of(theme) == language


def test_a_theme_that_is_not_read_is_refused_with_what_to_do() -> None:
    with pytest.raises(BackboneError, match=r"English and Chinese.*--writer"):
        read_theme("김치를 담그는 날")
    assert "--writer" in understood("김치를 담그는 날")


def test_what_was_understood_is_said_and_what_not() -> None:
    said = understood("My cat Brombo in the pantry, no dogs")
    assert "cat" in said and "not understood: Brombo" in said and "unwanted: dogs" in said


def test_a_theme_of_nothing_known_is_said_to_become_a_diary() -> None:
    assert "plain diary" in understood("Brombo") and "nothing" in understood("🎈")
