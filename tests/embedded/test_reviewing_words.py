"""What a text is about is read by stems and a table of function words, in English and in scripts without spaces."""

from __future__ import annotations

import pytest

from personavlog_embedded.writing.reviewing.words import comparable, content, deed, named, sentences, skeleton, without


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Repairing my father's motorbikes", ("repair", "father", "motorbik")),
        ("A day with the two of us", ()),
        ("在云上开了一家邮局", ("云", "开", "邮局")),
        ("🙂 42 !", ()),
        ("AC/DC at 7", ("ac", "dc")),
    ],
)
def test_content_is_what_is_left_without_function_words_and_numbers(text: str, words: tuple[str, ...]) -> None:
    assert content(text) == words


def test_a_word_is_named_in_another_form_and_within_chinese() -> None:
    assert named(content("Repairing motorbikes"), "She repairs a motorbike.") == {"repair", "motorbik"}
    assert named(content("月亮下棋"), "我在月亮里") == {"月亮"}
    assert not named(content("whale"), "a wheel")


def test_a_sentence_for_another_theme_has_the_same_skeleton() -> None:
    one = skeleton("A barn, dusk: Lifts the old violin from the case", content("violin"))
    two = skeleton("Lifts the old tuba from the case", content("a tuba"))
    assert one == two and skeleton("Lifts the old violin from the case") != one
    assert deed("A barn, dusk: Waits") == "Waits" and deed("Says: wait") == "Says: wait"


def test_texts_in_another_script_cannot_be_compared() -> None:
    assert not comparable(content("月亮"), "the moon") and comparable(content("月亮 moon"), "the moon")
    assert not comparable((), "the moon") and comparable(content("moon"), "月亮")


def test_sentences_are_parted_in_both_scripts_and_words_taken_out() -> None:
    assert sentences("I wait. Again?  Yes!") == ("i wait.", "again?", "yes!")
    assert sentences("我等。再等！…") == ("我等。", "再等！")
    assert without("Lifts the old violins", content("violin")).split() == ["Lifts", "the", "old"]
