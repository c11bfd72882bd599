"""Subtitles: the pieces are the line, broken where it may be broken, inside the picture in every shape."""

from __future__ import annotations

import itertools
import re

import pysubs2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from personavlog.cut import Shot, Timeline
from personavlog.cut.font import ESTIMATED, EstimatedFont, is_wide
from personavlog.cut.pieces import LATIN_CUE, SMALLEST, lines, split
from personavlog.cut.subtitles import Cue, burn_script, cues, readable, room_of, unshown, write

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


@given(any_line, shapes)
@example("a" * 53, "9:16")
def test_the_pieces_joined_are_the_line(line: str, shape: str) -> None:
    text = readable(line)
    assert "".join(split(text, room_of(film(line, shape), ESTIMATED))) == text


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
        for shown in lines(piece, room):
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
    one, two = lines("Nobody in the whole village has ever seen so much snow", room)
    assert 0.7 < len(one) / len(two) < 1.4


def test_a_long_line_is_cut_at_its_sentences() -> None:
    first, second = "One sentence is here for you now.", "Another one follows and it goes on for quite a while yet."
    assert split(f"{first} {second}", room_of(film("", "16:9"), ESTIMATED)) == [f"{first} ", second]
    assert all(len(piece) <= LATIN_CUE for piece in split("so it goes on " * 20, room_of(film("", "16:9"), ESTIMATED)))


def test_a_word_wider_than_the_picture_is_made_smaller() -> None:
    timeline = film("Donaudampfschifffahrtsgesellschaftskapitänswitwe", "9:16")
    script = burn_script(timeline, timeline.segments[0], cues(timeline))
    assert script is not None and re.search(r"\{\\fs(\d\d)\}Donau", script)
    usual = film("A short one.", "9:16")
    assert "\\fs" not in str(burn_script(usual, usual.segments[0], cues(usual)))


class NoThai(EstimatedFont):
    def shows(self, character: str) -> bool:
        return not "\u0e00" <= character < "\u0e80"


def test_what_the_font_has_not_is_said_and_left_out() -> None:
    timeline = film("I say สวัสดี to you.", "16:9")
    assert unshown(timeline, NoThai()) == ("ส", "วั", "ดี"), "each once, marks with their letters"
    assert cues(timeline, NoThai())[0].lines == ("I say to you.",)
    assert "สวัสดี" in write(cues(timeline), "srt"), "a player has fonts of its own"


def test_webvtt_escapes_what_it_would_read_as_markup() -> None:
    cue = Cue(start=0, end=1, lines=("a --> b & c", "<i>d"))
    text = write((cue,), "vtt")
    assert "a --&gt; b &amp; c\n&lt;i&gt;d\n" in text and text.count("-->") == 1
    assert "a --> b & c\n<i>d" in write((cue,), "srt")


def test_markup_in_a_line_stays_text() -> None:
    timeline = film(r"{\pos(0,0)}hello\Nworld {\fs200}", "16:9")
    events = pysubs2.SSAFile.from_string(str(burn_script(timeline, timeline.segments[0], cues(timeline)))).events
    assert events and all("{" not in event.text and "\\" not in event.text for event in events)


@given(any_line)
def test_pieces_are_shown_one_after_the_other_while_the_line_is_spoken(line: str) -> None:
    shown = cues(film(line, "16:9"))
    assert all(0 <= cue.start < cue.end <= 5 + 1e-6 for cue in shown)
    assert all(one.end == two.start for one, two in itertools.pairwise(shown))
