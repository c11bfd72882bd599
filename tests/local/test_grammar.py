"""The form of an answer is held and ended whatever a model would rather write."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from pydantic import BaseModel, Field

from personavlog.agents.video_quality import ClipVerdict
from personavlog.backbones.drafts import Monologues, Storyboards
from personavlog.backbones.local.grammar import AnswerGrammar, Quoted
from personavlog.backbones.reviews import Review
from personavlog.errors import BackboneError
from personavlog.media.arrays import Mask
from personavlog.script import StoryDraft

Choose = Callable[[Mask, np.random.Generator], int]


def likes(*wanted: str) -> Choose:
    """A model that writes one of ``wanted`` wherever it may, and anything else where it may not."""

    def choose(mask: Mask, rng: np.random.Generator) -> int:
        there = [ord(one) for one in wanted if mask[ord(one)]]
        return int(rng.choice(there or np.flatnonzero(mask)))

    return choose


MODELS = {
    "anything": likes(),
    "spaces": likes(" ", "\t"),
    "escapes": likes("\\", "u", "0"),
    "lists without end": likes(",", "{", "["),
    "strings without end": likes("a"),
    "numbers without end": likes("1", "."),
    "quotes": likes('"'),
}


def written(schema: dict[str, object], choose: Choose, budget: int, seed: int = 0) -> str:
    llguidance = pytest.importorskip("llguidance", reason="needs the extra [local]: make test-local")
    tokenizer, rng = llguidance.LLTokenizer("byte"), np.random.default_rng(seed)
    grammar, tokens = AnswerGrammar(schema, tokenizer, budget), list[int]()
    while not grammar.finished and len(tokens) < budget:
        token = choose(grammar.allowed(), rng)
        grammar.accept(token)
        tokens += [token] if token not in tokenizer.eos_tokens else []
    assert grammar.finished, "within its budget"
    return str(tokenizer.decode_str(tokens))


@pytest.mark.parametrize("answer", [StoryDraft, Storyboards, Monologues, Review, ClipVerdict])
@pytest.mark.parametrize("model", MODELS)
def test_whatever_a_model_likes_its_answer_fits(model: str, answer: type[BaseModel]) -> None:
    for seed in range(3):
        text = written(answer.model_json_schema(), MODELS[model], 700, seed)
        answer.model_validate_json(text)


class _Plain(BaseModel, extra="forbid"):
    text: str = Field(min_length=3, max_length=40)


def test_a_text_is_one_clean_line_of_the_asked_length() -> None:
    for model in ("spaces", "escapes", "anything"):
        for seed in range(10):
            text = _Plain.model_validate_json(written(_Plain.model_json_schema(), MODELS[model], 300, seed)).text
            assert text == " ".join(text.split()) and text.isprintable() and 3 <= len(text) <= 40


class _Many(BaseModel, extra="forbid"):
    items: list[_Plain] = Field(min_length=12, max_length=12)


def test_what_cannot_be_shorter_is_said_before_a_word_is_written() -> None:
    with pytest.raises(BackboneError, match=r"shortest answer of the wanted form has \d+ tokens, and 150 are allowed"):
        written(_Many.model_json_schema(), MODELS["anything"], 150)
    assert len(_Many.model_validate_json(written(_Many.model_json_schema(), MODELS["quotes"], 400)).items) == 12


def test_a_form_that_cannot_be_held_is_named() -> None:
    with pytest.raises(BackboneError, match="cannot be held while it is written"):
        written({"type": "string", "pattern": "(?=a)b"}, MODELS["anything"], 300)


def test_where_a_string_ends_is_known() -> None:
    for text, inside, escaped in (
        (b'{"a":"b', True, False),
        (b'{"a":"b"', False, False),
        (b'{"a":"b\\', True, True),
        (b'{"a":"b\\"', True, False),
        (b'{"a":"b\\\\"', False, False),
    ):
        found = Quoted().after(text)
        assert (found.inside, found.escaped) == (inside, escaped)
