"""Subtitles: the pieces are the line, broken where it may be broken, inside the picture in every shape."""

from __future__ import annotations

import itertools
import re

import pysubs2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from uniseg.graphemecluster import grapheme_clusters

from personavlog.cut import Shot, Timeline
from personavlog.cut.breaks import clusters, is_wide
from personavlog.cut.burned import burn_script
from personavlog.cut.font import ESTIMATED, EstimatedFont
from personavlog.cut.pieces import LATIN_CUE, SHORTEST, SMALLEST, Room, split
from personavlog.cut.subtitle_files import write
from personavlog.cut.subtitles import Cue, cues, readable, room_of, unshown

SHAPES = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (960, 960)}
HARD = (
    "At 10:30 I paid $1,000.50 for 3.5 km.",
    "See www.example.com in the U.S.A., v2.0.1, from 9 a.m. – 5 p.m. with Dr. Smith, €5,50 “wait… ” — no.",
    "故事从这里开始。我在第一页写下：面包，怎么做？",
    "我在10：30买了3.5公里外的Photoshop教程，花了一千二百三十元（约$170）……“真的吗？”他说：不——不可能！",
    "今天的火锅真的太香了,我们围着桌子坐了整整三个小时,谁也不想先走。外面下着雨,屋里热气腾腾。",
    "My mother salted forty cabbages in this very kitchen before the first snow came, and nobody said a word about it.",
)
UNBROKEN = (
    *("10:30", "$1,000.50", "3.5 km", "www.example.com", "U.S.A.", "v2.0.1", "9 a.m.", "Dr. Smith", "€5,50"),
    *("10：30", "3.5公里", "一千二百三十", "Photoshop"),
)
words = st.text("abcdefgh'", min_size=1, max_size=14) | st.sampled_from(UNBROKEN)
english = st.lists(st.tuples(words, st.sampled_from(["", ",", ".", "?", "…"])), min_size=1, max_size=40).map(
    lambda parts: " ".join(map("".join, parts))
)
CHINESE = (*"今天我们去海边看日出回来，。！？：“”（）、", "2024年", "10：30", "Wi-Fi")
chinese = st.lists(st.sampled_from(CHINESE), min_size=1, max_size=90).map("".join)
shapes = st.sampled_from(sorted(SHAPES))
any_line = english | chinese | st.text(max_size=200) | st.sampled_from(HARD)


def film(line: str, shape: str) -> Timeline:
    width, height = SHAPES[shape]
    return Timeline(width=width, height=height, shots=(Shot(seconds=6, line=line, line_duration=5),))


def texts(line: str, room: Room) -> list[str]:
    return [piece.text for piece in split(line, room)]


@given(any_line, shapes)
@example("a" * 53, "9:16")
def test_the_pieces_joined_are_the_line(line: str, shape: str) -> None:
    text = readable(line)
    pieces = split(text, room_of(film(line, shape), ESTIMATED))
    assert "".join(piece.text for piece in pieces) == text
    shown = "".join("".join(cue.lines) for cue in cues(film(line, shape)))
    assert "".join(shown.split()) == "".join(text.split())


@given(any_line, shapes)
def test_a_piece_has_at_most_two_lines_inside_the_margins(line: str, shape: str) -> None:
    room = room_of(film(line, shape), ESTIMATED)
    for cue in cues(film(line, shape)):
        assert 1 <= len(cue.lines) <= 2
        longest = max(map(ESTIMATED.width, cue.lines)) * room.size(cue.lines)
        assert longest <= room.width + 1e-6 and room.size(cue.lines) >= SMALLEST - 1e-6


@given(english | chinese, shapes)
def test_lines_are_broken_at_white_space_and_chinese_characters_only(line: str, shape: str) -> None:
    room, text = room_of(film(line, shape), ESTIMATED), readable(line)
    at = 0
    for piece in split(text, room):
        for shown in piece.lines(room):
            at = text.index(shown, at)
            before, after = text[:at], text[at:]
            fair = not before or before[-1].isspace() or is_wide(before[-1]) or is_wide(after[0])
            assert fair or ESTIMATED.width(max(text.split(), key=len)) * SMALLEST > room.width
            assert after[0] not in "，。！？：；、”）,.!?…" or at == 0
            at += len(shown)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("line", HARD)
def test_what_belongs_together_is_not_broken(line: str, shape: str) -> None:
    shown = "\n".join("\n".join(cue.lines) for cue in cues(film(line, shape)))
    assert [whole for whole in UNBROKEN if whole in line and whole not in shown] == []
    assert shown.replace("\n", " ").split() == line.split() or any(map(is_wide, line)), "no space was put in"


def test_two_lines_are_about_equally_long() -> None:
    room = room_of(film("", "9:16"), ESTIMATED)
    (piece,) = split("Nobody in the whole village has ever seen so much snow", room)
    one, two = piece.lines(room)
    assert 0.7 < len(one) / len(two) < 1.4


def test_a_long_line_is_cut_at_its_sentences() -> None:
    first, second = "One sentence is here for you now.", "Another one follows and it goes on for quite a while yet."
    assert texts(f"{first} {second}", room_of(film("", "16:9"), ESTIMATED)) == [f"{first} ", second]
    assert all(len(text) <= LATIN_CUE for text in texts("so it goes on " * 20, room_of(film("", "16:9"), ESTIMATED)))


def test_a_word_wider_than_the_picture_is_made_smaller() -> None:
    timeline = film("Donaudampfschifffahrtsgesellschaftskapitänswitwe", "9:16")
    script = burn_script(timeline, timeline.segments[0], cues(timeline))
    assert script is not None and re.search(r"\\fs(\d\d\.?\d*)\}Donau", script)
    usual = film("A short one.", "9:16")
    assert "\\fs" not in str(burn_script(usual, usual.segments[0], cues(usual)))


class NoThai(EstimatedFont):
    def shows(self, character: str) -> bool:
        return not "\u0e00" <= character < "\u0e80"


def test_what_the_fonts_have_not_is_said_and_left_out_of_the_picture_only() -> None:
    timeline = film("I say สวัสดี to you.", "16:9")
    assert unshown(timeline, NoThai()) == ("ส", "วั", "ดี"), "each once, marks with their letters"
    shown = cues(timeline, NoThai())
    assert events(burn_script(timeline, timeline.segments[0], shown, NoThai())) == ["I say to you."]
    assert "I say สวัสดี to you." in write(shown, "srt"), "a player has fonts of its own"


def test_signs_and_emoji_stay_in_the_line() -> None:
    for line in ("20 °C, ☆ and ™", "A day at sea 🏖️ 👨‍👩‍👧", "می‌خواهم", "a\u00a0b"):
        assert readable(line) == line
    assert readable("a\x07\u202eb \t\n c") == "ab c"


def events(script: str | None) -> list[str]:
    return [event.text for event in pysubs2.SSAFile.from_string(script, "ass").events] if script else []


def test_webvtt_escapes_what_it_would_read_as_markup() -> None:
    cue = Cue(start=0, end=1, lines=("a --> b & c", "<i>d"))
    text = write((cue,), "vtt")
    assert text == "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\na --&gt; b &amp; c\n&lt;i&gt;d\n"


def test_subrip_parts_what_a_player_would_read_as_markup() -> None:
    cue = Cue(start=3661.5, end=3662.25, lines=(r"<b>a</b> {\an8}x 1 --> 2", r"C:\New & {y:i} 3 < 4 {ok}"))
    text = write((cue,), "srt")
    assert text.startswith("1\n01:01:01,500 --> 01:01:02,250\n")
    assert not re.search(r"</?[a-z]|\{\\|\\N|\{y:", text) and text.count("-->") == 1
    assert text.replace("\u2060", "").endswith("\n".join(cue.lines) + "\n"), "nothing but word joiners is put in"


@given(any_line | st.text(st.sampled_from("{}\\\\NhnABpos(1,2)&H "), max_size=40))
@example(r"{\pos(0,0)}hello\Nworld {\fs200} \{ \\} {")
def test_no_part_of_a_line_is_read_as_a_command_of_the_burned_subtitles(line: str) -> None:
    timeline = film(line, "16:9")
    shown = cues(timeline)
    for text, cue in zip(events(burn_script(timeline, timeline.segments[0], shown)), shown, strict=False):
        ours = re.sub(r"(?<!\\)\{\\fnNoto Sans SC\\fs[\d.]+\}", "", text).replace(r"\N", "\n")
        plain = ours.replace(r"\{", "\0").replace(r"\}", "\0").replace("\\\u2060", "\0")
        assert not set(plain) & set("{}\\")
        assert len(plain) == len("\n".join(cue.lines))


@given(any_line, st.floats(0.05, 8), st.floats(0, 4), st.integers(1, 3))
def test_no_subtitle_is_shown_for_a_moment_only(line: str, spoken: float, begins: float, shots: int) -> None:
    shot = Shot(seconds=8.5, line=line, line_start=min(begins, 8.5 - spoken), line_duration=spoken)
    timeline = Timeline(width=1280, height=720, shots=(shot,) * shots)
    shown = cues(timeline)
    assert all(cue.end - cue.start >= SHORTEST - 1e-6 for cue in shown)
    assert all(one.end <= two.start + 1e-6 for one, two in itertools.pairwise(shown))
    assert all(cue.start >= 0 and cue.end <= timeline.duration + 1e-6 for cue in shown)


def test_a_short_sentence_is_shown_with_its_neighbour_or_longer() -> None:
    together = cues(film("No. " + "I walked along the river until the evening.", "16:9"))
    assert [" ".join(cue.lines) for cue in together] == ["No. I walked along the river until the evening."]
    (alone,) = cues(Timeline(width=1280, height=720, shots=(Shot(seconds=3, line="No.", line_duration=0.3),)))
    assert alone.end - alone.start == pytest.approx(SHORTEST)
    (late,) = cues(
        Timeline(width=1280, height=720, shots=(Shot(seconds=3, line="No.", line_start=2.7, line_duration=0.3),))
    )
    assert (late.start, late.end) == (pytest.approx(3 - SHORTEST), 3), "it comes sooner where the shot ends"


@given(any_line)
def test_pieces_are_shown_one_after_the_other_while_the_line_is_spoken(line: str) -> None:
    shown = cues(film(line, "16:9"))
    assert all(0 <= cue.start < cue.end <= 6 for cue in shown)
    assert all(one.end == two.start for one, two in itertools.pairwise(shown))


UNSPACED = {
    "สวัสดีครับวันนี้เราไปตลาดน้ำกับเพื่อนและกินก๋วยเตี๋ยวเรืออร่อยมากทุกคนมีความสุข": ("สวัสดี", "ตลาด", "เพื่อน"),
    "今日は10時にパンを焼いてみました。とても「おいしい」パンでしたから、友だちにもあげました。": (
        *("10時", "「おいしい」", "友だち"),
    ),
    "오늘은 할머니와 함께 김치를 담갔습니다. 온 가족이 모여서 즐거운 하루를 보냈습니다.": ("할머니와", "담갔습니다."),
}


@pytest.mark.parametrize("line", UNSPACED)
def test_other_scripts_are_broken_between_words(line: str) -> None:
    for shape in SHAPES:
        shown = "\n".join("\n".join(cue.lines) for cue in cues(film(line, shape)))
        assert [word for word in UNSPACED[line] if word not in shown] == []
        assert "".join(shown.split()) == "".join(line.split())


@given(st.text(max_size=30) | english | chinese)
def test_characters_are_what_unicode_says_they_are(text: str) -> None:
    assert clusters(text) == list(grapheme_clusters(text))
