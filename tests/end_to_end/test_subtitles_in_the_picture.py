"""Burned subtitles, measured in the fonts and seen in the frame: inside the margins in every shape."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import numpy as np
import pytest

from personavlog import weights
from personavlog.cut import Shot, Timeline
from personavlog.cut.fonts import Face, Fonts, table, wanted
from personavlog.cut.subtitles import SIDE_MARGIN, Cue, cues, unshown
from tests.shared.subtitle_frames import SHAPES, drawn, fonts, ink

pytestmark = pytest.mark.weights

FILMS, LINES = 30, 6
ENGLISH = [
    *("I", "you", "we", "my", "mother’s", "old", "kitchen", "bread", "morning", "river", "market", "train", "slowly"),
    *("walked", "into", "opened", "remembered", "“Sourdough”", "flour,", "yesterday,", "$1,000.50", "at", "10:30"),
    *("for", "3.5 km", "with", "Dr. Smith’s", "the", "a", "and", "but", "through", "extraordinarily", "neighbourhood"),
    *("www.example.com", "unforgettable", "MMMMM", "WWW", "—", "well-known…"),
]
CHINESE = [
    *"我你他们今天早上在厨房河边市场慢慢地打开了想起做面包走进去，，。！？：",
    *("“真的”", "10：30", "$170", "Wi-Fi", "……", "《春天》", "——"),
]
OTHERS = {
    "ar": "أنا أحب القراءة (كثيرًا) في المنزل، هل تحب Netflix؟ لا أعرف ماذا أقول لك اليوم يا صديقي العزيز.",
    "he": "שלום, קוראים לי דנה ואני גרה ב-Tel Aviv! היום הלכנו לשוק הגדול וקנינו לחם ותפוחים לשבת.",
    "th": "สวัสดีครับวันนี้เราไปตลาดน้ำกับเพื่อนและกินก๋วยเตี๋ยวเรืออร่อยมากทุกคนมีความสุข",
    "hi": "आज मैंने अपनी दादी के साथ रसोई में खाना बनाया और हम सब ने मिलकर आँगन में बैठकर खाया।",
    "ko": "오늘은 할머니와 함께 김치를 담갔습니다. 온 가족이 모여서 즐거운 하루를 보냈습니다.",
    "ja": "今日は10時にパンを焼いてみました。とても「おいしい」パンでしたから、友だちにもあげました。",
    "el": "Σήμερα ψήσαμε ψωμί με τη γιαγιά μου και το φάγαμε όλοι μαζί στην αυλή.",
    "long": "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente " + "9" * 400,
    "markup": r"{\pos(0,0)}hello\Nworld {\fs200}C:\New <b>x</b> \{ } {{\an8}}",
    "full": "WWWWW MMMMM WWWWW MMMMM WWWWW MMMMM WWWWW MMMMM WWWWW MMMMM WWW",
}


def english(chance: random.Random) -> str:
    said = " ".join(chance.choice(ENGLISH) for _ in range(chance.randint(1, 32)))
    return f"{said[0].upper()}{said[1:]}."


def chinese(chance: random.Random) -> str:
    return "今" + "".join(chance.choice(CHINESE) for _ in range(chance.randint(1, 70))) + "。"


WRITTEN = {"en": english, "zh": chinese}


@pytest.fixture(scope="module")
def font() -> Fonts:
    return fonts()


def film(lines: list[str], shape: str) -> Timeline:
    width, height = SHAPES[shape]
    shots = tuple(Shot(seconds=len(line) / 9 + 1.2, line=line, line_duration=len(line) / 9 + 0.2) for line in lines)
    return Timeline(width=width, height=height, shots=shots)


def outside(shown: list[Cue], shape: str, font: Fonts, work: Path) -> list[tuple[Cue, tuple[int, int, int, int]]]:
    """The cues that are not seen, or of which a pixel of text lies outside the safe area, and where their ink is."""
    width, height = SHAPES[shape]
    side, found = width * SIDE_MARGIN - width / 150, []
    for cue, frame in zip(shown, drawn(shown, shape, font, work), strict=True):
        left, top, right, bottom = ink(frame)
        if left < side or right > width - side or top < height * 0.6 or bottom > height * 0.95:
            found.append((cue, (left, top, right, bottom)))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("language", WRITTEN)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_subtitle_of_thirty_films_is_inside_the_safe_area(
    shape: str, language: str, font: Fonts, tmp_path: Path
) -> None:
    chance = random.Random(f"{shape} {language}")
    films = [film([WRITTEN[language](chance) for _ in range(LINES)], shape) for _ in range(FILMS)]
    shown = [cue for one in films for cue in cues(one, font)]
    assert len(shown) >= FILMS * LINES and all(len(cue.lines) <= 2 for cue in shown)
    assert outside(shown, shape, font, tmp_path) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_other_scripts_and_hard_lines_are_inside_the_safe_area(shape: str, font: Fonts, tmp_path: Path) -> None:
    timeline = film(list(OTHERS.values()), shape)
    assert unshown(timeline, font) == ()
    assert outside(list(cues(timeline, font)), shape, font, tmp_path) == []


def test_the_width_that_is_measured_is_the_width_that_is_drawn(font: Fonts, tmp_path: Path) -> None:
    timeline = film([OTHERS[name] for name in ("ar", "he", "th", "hi", "ko", "ja", "el")], "16:9")
    shown = cues(timeline, font)
    for cue, frame in zip(shown, list(drawn(shown, "16:9", font, tmp_path)), strict=True):
        left, _, right, _ = ink(frame)
        em = round(720 * 0.068) / font.height
        measured = max(map(font.width, cue.lines)) * em
        assert measured - 1.6 * em < right - left < measured + 0.3 * em, "but for the blank halves of 「 and 。"


def test_only_the_faces_that_a_text_needs_are_called() -> None:
    def called(text: str) -> set[str]:
        return {face.weight for face in wanted(text)} - {"noto-sans-sc"}

    assert called("Plain English, Tiếng Việt, Привет.") == called("今天“真的”很好……") == set()
    assert called("It’s here…") == {"noto-sans"}
    assert called("สวัสดี and 안녕") == {"noto-sans-thai", "noto-sans-kr"}


def test_the_fonts_are_asked_which_characters_they_have() -> None:
    base = fonts(table()[:1])
    timeline = film(["Привет 你好 Tiếng สวัสดี Ελλά 20 °C 🙂"], "16:9")
    assert unshown(timeline, base) == ("ส", "วั", "ดี", "ά", "🙂")
    assert unshown(timeline, fonts()) == ("🙂",)


def test_what_no_font_has_is_not_looked_for_on_the_machine(tmp_path: Path) -> None:
    base = fonts(table()[:1])
    shown = [Cue(start=0, end=1, lines=(text,)) for text in ("hello สวัสดี", "hello")]
    thai, plain = drawn(shown, "16:9", base, tmp_path)
    assert np.array_equal(thai, plain)


@pytest.mark.parametrize("face", table(), ids=lambda face: face.weight)
def test_the_table_says_how_high_a_face_is(face: Face) -> None:
    data = weights.file(face.weight, face.file).read_bytes()
    tables = {data[at : at + 4]: struct.unpack(">I", data[at + 8 : at + 12])[0] for at in range(12, 12 + 16 * 20, 16)}
    em = struct.unpack(">H", data[tables[b"head"] + 18 :][:2])[0]
    ascent, descent = struct.unpack(">HH", data[tables[b"OS/2"] + 74 :][:4])
    assert face.height == pytest.approx((ascent + descent) / em, abs=0.001)
    assert b"OFL" in (text := weights.file(face.weight, "OFL.txt").read_bytes()) or b"Open Font" in text
