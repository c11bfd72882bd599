"""How written English is read out: what the words mean is kept, and a second look from outside sees what is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog_embedded.speech.roman import is_numeral, read_numerals, value
from personavlog_embedded.speech.text import speakable_english
from personavlog_embedded.speech.unsaid import unsaid

LINES = (
    (
        "I got 10M views on 5G in World War III.",
        "I got ten million views on five G in World War three",
    ),
    (
        "Henry VIII had six wives and one bad temper.",
        "Henry the eighth had six wives and one bad temper",
    ),
    (
        "We watched Rocky III, then Rocky IV.",
        "We watched Rocky three then Rocky four",
    ),
    (
        "I bought AAA batteries and typed WWW twice.",
        "I bought AAA batteries and typed WWW twice",
    ),
    (
        "It is open 24/7, even on 9/11.",
        "It is open twenty four seven even on nine eleven",
    ),
    (
        "The food was 10/10 and the view 8/10.",
        "The food was ten out of ten and the view eight out of ten",
    ),
    (
        "I filmed it in 4K at 16:9.",
        "I filmed it in four K at sixteen to nine",
    ),
    (
        "Chapter IV begins where Act II ends.",
        "Chapter four begins where Act two ends",
    ),
    (
        "Sooooo good, I went nooo way.",
        "So good I went no way",
    ),
    (
        "Queen Elizabeth II met Pope John Paul II.",
        "Queen Elizabeth the second met Pope John Paul the second",
    ),
    (
        "We won 3-1 and they lost 21-14.",
        "We won three to one and they lost twenty one to fourteen",
    ),
    (
        "My phone has 128GB and a 5000mAh battery.",
        "My phone has one hundred twenty eight gigabytes and a five thousand milliamp hours battery",
    ),
    (
        "The 5k run took me 31:20.",
        "The five K run took me thirty one twenty",
    ),
    (
        "She has 250K followers and I have 300.",
        "She has two hundred fifty K followers and I have three hundred",
    ),
    (
        "Add 1/2 cup of sugar and 3/4 cup of milk.",
        "Add one half cup of sugar and three quarters cup of milk",
    ),
    (
        "It is a 50/50 chance, 1:1.",
        "It is a fifty fifty chance one to one",
    ),
    (
        "On 12/25/2024 we stayed home.",
        "On December twenty fifth twenty twenty four we stayed home",
    ),
    (
        "Call me at 555-0199 after 7pm.",
        "Call me at five five five zero one nine nine after seven P M",
    ),
    (
        "I am from the U.S.A. and she is from the U.K.",
        "I am from the USA and she is from the UK",
    ),
    (
        "He lived through WWII and saw 1945.",
        "He lived through World War two and saw nineteen forty five",
    ),
    (
        "I paid $5M for a house, or 4.5M€.",
        "I paid five million dollars for a house or four point five million euros",
    ),
    (
        "The race was 10 km in 45 min.",
        "The race was ten kilometers in forty five minutes",
    ),
    (
        "We are #1 in the XXI century.",
        "We are number one in the twenty first century",
    ),
    (
        "NASA and the FBI sent me a PDF.",
        "NASA and the FBI sent me a PDF",
    ),
    (
        "Version 2.0.1 costs €5,50.",
        "Version two point zero point one costs five euros and fifty cents",
    ),
    (
        "Super Bowl LVIII was 58 years in the making.",
        "Super Bowl fifty eight was fifty eight years in the making",
    ),
    (
        "I gave him an IV and a kiss.",
        "I gave him an IV and a kiss",
    ),
    (
        "Malcolm X wrote it, and I read it.",
        "Malcolm X wrote it and I read it",
    ),
    (
        "Louis XIV, the Sun King, slept here.",
        "Louis the fourteenth the Sun King slept here",
    ),
    (
        "It was -5°C, then 20°C, and 60% humid.",
        "It was minus five degrees Celsius then twenty degrees Celsius and sixty percent humid",
    ),
    (
        "Part I was good, Part II was better.",
        "Part one was good Part two was better",
    ),
    (
        "The CD is an XL, made in DC.",
        "The CD is an XL made in DC",
    ),
    (
        "I ran 100m in 12s with 2L of water.",
        "I ran one hundred meters in twelve seconds with two liters of water",
    ),
    (
        "A 1.5L bottle weighs 1500 g.",
        "A one point five liters bottle weighs fifteen hundred grams",
    ),
    (
        "My 2nd try took 1h 20min.",
        "My second try took one hour twenty minutes",
    ),
    (
        "WE MADE IT TO WORLD WAR II MUSEUM",
        "We made it to world war two museum",
    ),
    (
        "The 90s were great, the 2010s too.",
        "The nineties were great the twenty tens too",
    ),
    (
        "I walked 12,345 steps by 9:05 a.m.",
        "I walked twelve thousand three hundred forty five steps by nine oh five A M",
    ),
    (
        "R&B at 7:00, and/or jazz.",
        "R and B at seven o'clock and or jazz",
    ),
    (
        "It has 8GB RAM, 2x zoom and a 60W lamp.",
        "It has eight gigabytes RAM two times zoom and a sixty watts lamp",
    ),
    (
        "Final Fantasy VII took me 80 hours.",
        "Final Fantasy seven took me eighty hours",
    ),
    (
        "King Charles III waved at us.",
        "King Charles the third waved at us",
    ),
    (
        "I read Volume III, pages 10-20.",
        "I read Volume three pages ten to twenty",
    ),
    (
        "XXL pizza for $19.99, please.",
        "XXL pizza for nineteen dollars and ninety nine cents please",
    ),
    (
        "The score was 102:98 after overtime.",
        "The score was one hundred two to ninety eight after overtime",
    ),
    (
        "Mix 2:1 water and sugar.",
        "Mix two to one water and sugar",
    ),
    (
        "My 4K60 video is 3GB.",
        "My four K sixty video is three gigabytes",
    ),
    (
        "I weigh 70kg and stand 1.8m tall.",
        "I weigh seventy kilograms and stand one point eight meters tall",
    ),
    (
        "He said hmmm and yessss.",
        "He said hm and yes",
    ),
    (
        "We left at 6:45AM on 7/4.",
        "We left at six forty five A M on seven four",
    ),
    (
        "The IMAX film Dune: Part II is 166 minutes.",
        "The IMAX film Dune Part two is one hundred sixty six minutes",
    ),
    (
        "MIT and UCLA said no, the CIA said yes.",
        "MIT and UCLA said no the CIA said yes",
    ),
    (
        "Type II or stage IV, I do not care.",
        "Type two or stage four I do not care",
    ),
    (
        "In the year I was born, 1999, rent was £300.",
        "In the year I was born nineteen ninety nine rent was three hundred pounds",
    ),
    (
        "It cost 2.5B dollars and 300M people saw it.",
        "It cost two point five billion dollars and three hundred million people saw it",
    ),
    (
        "A 100W bulb and a 5V charger.",
        "A one hundred watts bulb and a five V charger",
    ),
    (
        "The marathon took 3:59:59.",
        "The marathon took three fifty nine fifty nine",
    ),
    (
        "Wi-Fi 6 on Boeing 747, row 12C.",
        "Wi Fi six on Boeing seven hundred forty seven row twelve C",
    ),
)
"""What is written, and what a careful reader says."""

MISREAD = (
    ("I got 10M views on 5G in World War III.", "I got ten meters views on five grams in World War I.", "III M G"),
    ("Henry VIII and Rocky III", "Henry VI and Rocky I", "VIII III"),
    ("AAA batteries on the WWW", "A batteries on the W", "AAA WWW"),
    ("filmed in 4K", "filmed in four thousand", "K"),
    ("on 9/11", "on nine elevenths", "11"),
    ("He ran 3:59:59 for NASA", "He ran three fifty nine for na", "59 NASA"),
    ("120 of 12", "twelve of twelve", "120"),
)
"""What an earlier preparation made of lines, and what of them is lost."""


def words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower().replace("-", " "))


@pytest.mark.parametrize(("written", "said"), LINES)
def test_the_line_is_read_as_it_is_meant(written: str, said: str) -> None:
    assert words(speakable_english(written)) == words(said)
    assert unsaid(written, speakable_english(written)) == ()


@pytest.mark.parametrize(("written", "spoken", "lost"), MISREAD)
def test_what_a_preparation_loses_is_seen(written: str, spoken: str, lost: str) -> None:
    assert unsaid(written, spoken) == tuple(lost.split())


@given(st.integers(1, 3999))
def test_a_numeral_counts_what_it_writes(number: int) -> None:
    written, rest = "", number
    for size, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        written, rest = written + sign * (rest // size), rest % size
    assert is_numeral(written) and value(written) == number


def test_words_in_capitals_that_look_like_numerals_stay() -> None:
    for line in ("I MIX it on CD in DC", "Malcolm X and I", "Give IV fluids", "an XL shirt", "When Part I read"):
        assert read_numerals(line) == line


@given(st.integers(0, 10**9), st.sampled_from(["I have {} of them.", "About {:,} people came.", "It costs ${}."]))
def test_a_number_anywhere_is_said(number: int, line: str) -> None:
    written = line.format(number)
    assert unsaid(written, speakable_english(written)) == ()
