from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from personavlog import weights
from personavlog.metrics import text
from personavlog.metrics.text_tokens import LONGEST, token_ids, vocabulary

pytestmark = pytest.mark.weights

KNOWN = {
    "A rainy weekend in a small seaside town": [101, 1037, 16373, 5353, 1999, 1037, 2235, 20276, 2237, 102],
    "Café déjà-vu naïve Ångström!": [101, 7668, 2139, 3900, 1011, 24728, 15743, 17076, 15687, 999, 102],
    "她在海边 walking 散步。": [101, 100, 100, 1902, 100, 3788, 100, 100, 1636, 102],
    "don't stop; it's 3.50€ — \"ok\"": [
        101,
        2123,
        1005,
        1056,
        2644,
        1025,
        2009,
        1005,
        1055,
        1017,
        1012,
        2753,
        30102,
        1517,
        1000,
        7929,
        1000,
        102,
    ],
    "🎉 party\u200b time\x00x\tab\xa0c": [101, 100, 2283, 2051, 2595, 11113, 1039, 102],
    "Supercalifragilisticexpialidocious " + "x" * 120: [
        101,
        3565,
        9289,
        10128,
        29181,
        24411,
        4588,
        10288,
        19312,
        21273,
        10085,
        6313,
        100,
        102,
    ],
    "": [101, 102],
}
"""Ids that the reference tokeniser library gives for the package's own tokenizer.json."""


@pytest.fixture(scope="module")
def pieces() -> object:
    return vocabulary(weights.file(text.MODEL, "vocab.txt"))


@pytest.mark.parametrize("sentence", KNOWN)
def test_ids_are_those_of_the_reference_tokeniser(sentence: str, pieces: dict[str, int]) -> None:
    assert token_ids(sentence, pieces) == KNOWN[sentence]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_becomes_a_bounded_row_of_known_ids(sentence: str) -> None:
    pieces = vocabulary(weights.file(text.MODEL, "vocab.txt"))
    ids = token_ids(sentence, pieces)
    assert 2 <= len(ids) <= LONGEST
    assert ids[0] == 101 and ids[-1] == 102 and max(ids) < len(pieces)


def test_rows_have_length_one_and_do_not_depend_on_their_neighbours() -> None:
    gather = text.embed(["a lighthouse", "下雨的周末", "She bakes bread.", "!!!", ""])
    text._embedded.cache_clear()
    alone = text.embed(["She bakes bread."])
    assert gather.shape == (5, text.WIDTH) and gather.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(gather, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(gather[2], alone[0])


def test_a_paraphrase_is_nearer_than_an_unrelated_sentence() -> None:
    scores = text.relevance(
        ["She bakes bread in the kitchen."], ["A woman is baking a loaf of bread.", "The rocket lifts off at midnight."]
    )[0]
    assert scores[0] > 0.6 and scores[1] < 0.25


def test_chinese_is_compared_by_what_it_shares() -> None:
    lines = ["下雨的周末，海边小镇", "海边的小镇在下雨", "火箭在午夜升空"]
    scores = text.similarity(lines[:1], lines)[0]
    assert scores[0] == pytest.approx(1) and scores[1] > 0.3 > abs(scores[2])
    assert abs(text.similarity(lines[:1], ["A seaside town in the rain"])[0, 0]) < 0.2


def test_nearest_ranks_names_best_first() -> None:
    names = ["kitchen", "seaside", "space station"]
    assert text.nearest("a walk along the beach", names, 2)[0][0] == 1
    assert text.nearest("anything", []) == []


def test_nothing_to_compare_is_an_empty_matrix() -> None:
    assert text.similarity([], ["a"]).shape == (0, 1) and text.relevance(["a"], []).shape == (1, 0)
