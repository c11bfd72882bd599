"""The guest's table of model files, beside the core's."""

from __future__ import annotations

import pytest

from personavlog import weights
from personavlog.weights.catalogue import catalogue, sets


def test_what_is_fetched_on_its_own_is_never_opt_in() -> None:
    assert not any(catalogue()[name].opt_in for name in (*sets()["embedded"], *sets()["language"]))


def test_the_parts_of_the_language_model_are_the_whole() -> None:
    language = catalogue()["qwen2.5-coder-1.5b-instruct-q4"]
    assert sum(file.size for source in language.sources for file in source.files) == language.size == 1_117_320_768


@pytest.mark.weights
def test_a_real_entry_of_each_client_is_sound_in_the_cache() -> None:
    weights.fetch(["yunet", "emojibase"])
    assert weights.verify(["yunet", "emojibase"]) == {}
