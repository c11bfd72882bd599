"""A chat model of transformers in memory, and how it writes one answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from personavlog.backbones.chat_failures import PICTURE
from personavlog.backbones.local.conversation import Turn, reserved_words
from personavlog.backbones.local.drawing import Draw, Drawer
from personavlog.backbones.local.extra import imported
from personavlog.backbones.local.grammar import AnswerGrammar
from personavlog.errors import BackboneError

WHAT = "A local chat model"
SHORTEST = 16
"""Tokens that must be left for an answer."""


@dataclass(frozen=True)
class Question:
    """What is asked for: an answer of at most ``budget`` tokens in the form of ``schema`` (None: free words), drawn
    with ``seed``, within ``seconds``. ``draw`` None: as the model's makers draw."""

    turns: Sequence[Turn]
    schema: Mapping[str, Any] | None
    budget: int
    seconds: float
    seed: int = 0
    draw: Draw | None = None


@dataclass(frozen=True)
class Written:
    """An answer; ``asked`` and ``written`` are tokens, ``whole`` is False where the budget ended it."""

    text: str
    asked: int
    written: int
    whole: bool


class ChatNetwork:
    """A model with its processor, or with its tokenizer where it takes no pictures (``sees`` False); it computes on
    ``device``."""

    def __init__(self, model: Any, processor: Any, device: str, *, sees: bool) -> None:
        self.sees, self.components = sees, {"model": model}
        self._device = device
        self._model, self._processor = model, processor
        self._tokenizer = processor.tokenizer if sees else processor
        self._reserved = reserved_words(self._tokenizer.get_added_vocab())
        self._ends = _ends(model, self._tokenizer)
        self._words = imported("llguidance.hf", WHAT).from_tokenizer(
            self._tokenizer, n_vocab=_width(model, self._tokenizer), eos_token=self._ends
        )

    def write(self, question: Question, on_token: Callable[[], None]) -> Written:
        """The answer; ``on_token`` is called before every token, and what it raises ends the writing.

        Raises ``BackboneError`` for a question that is too long, an answer that takes too long, and a form that cannot
        be held.
        """
        inputs = self._inputs(question.turns)
        asked = int(inputs["input_ids"].shape[1])
        budget = self._budget(asked, question.budget)
        grammar = None if question.schema is None else AnswerGrammar(question.schema, self._words, budget)
        pen = _Pen(grammar, asked, question.seconds, on_token)
        drawer = Drawer(question.draw or self._own_draw(), question.seed, self._device)
        new = self._generated(inputs, budget, pen, drawer)[0, asked:].tolist()
        ended = bool(new) and new[-1] in self._ends
        text = self._free(new) if grammar is None else str(self._words.decode_str(new[: len(new) - ended]))
        return Written(text, asked, len(new), ended or pen.finished)

    def _free(self, tokens: list[int]) -> str:
        decoded: str = self._tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return decoded.strip()

    def _inputs(self, turns: Sequence[Turn]) -> Any:
        if not self.sees and any(turn.shows for turn in turns):
            raise BackboneError(
                "The local chat model takes no pictures. Choose one that sees for this agent.", refused=PICTURE
            )
        messages = [turn.message(self._reserved, as_parts=self.sees) for turn in turns]
        try:
            inputs = self._processor.apply_chat_template(
                messages, add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
            )
        except (ValueError, TypeError, imported("jinja2", WHAT).TemplateError) as error:
            raise BackboneError(
                f"The local chat model's template does not take this conversation: {str(error)[:200]}. Choose another "
                "model."
            ) from error
        return inputs.to(self._device, self._model.dtype) if self.sees else inputs.to(self._device)

    def _budget(self, asked: int, wanted: int) -> int:
        longest: int | None = getattr(self._model.config.get_text_config(), "max_position_embeddings", None)
        if longest is not None and asked + SHORTEST > longest:
            raise BackboneError(
                f"The question has {asked} tokens and the local chat model reads {longest}. Ask for fewer shots, set a "
                "smaller side for its pictures, or choose a model that reads more."
            )
        return wanted if longest is None else min(wanted, longest - asked)

    def _generated(self, inputs: Any, budget: int, pen: _Pen, drawer: Drawer) -> Any:
        transformers, torch = imported("transformers", WHAT), imported("torch", WHAT)
        config = transformers.GenerationConfig(
            max_new_tokens=budget,
            do_sample=False,
            repetition_penalty=self._model.generation_config.repetition_penalty,
            eos_token_id=self._ends,
            pad_token_id=self._ends[0],
        )
        with torch.inference_mode():
            return self._model.generate(
                **inputs,
                generation_config=config,
                logits_processor=transformers.LogitsProcessorList([pen, drawer]),
                stopping_criteria=transformers.StoppingCriteriaList([pen.stops]),
            )

    def _own_draw(self) -> Draw:
        own = self._model.generation_config
        if not own.do_sample:
            return Draw(temperature=0.0)
        return Draw(own.temperature or 1.0, own.top_k or 0, own.top_p or 1.0)


class _Pen:
    """Follows what is written, lets only what fits follow, and keeps the time; in the form of transformers' hooks."""

    def __init__(self, grammar: AnswerGrammar | None, asked: int, seconds: float, on_token: Callable[[], None]) -> None:
        self._torch = imported("torch", WHAT)
        self._grammar, self._read, self._on_token = grammar, asked, on_token
        self._seconds, self._until = seconds, time.monotonic() + seconds

    @property
    def finished(self) -> bool:
        """Whether the answer has its whole form."""
        return self._grammar is not None and self._grammar.finished

    def __call__(self, ids: Any, scores: Any) -> Any:
        """(1, vocabulary) scores of the next token: minus infinity where it does not fit."""
        self._on_token()
        if time.monotonic() > self._until:
            raise BackboneError(
                f"The local chat model gave no whole answer within {self._seconds:g} s. Raise timeout in the profile's "
                "[chat], or choose a smaller model."
            )
        if self._grammar is None:
            return scores
        allowed = self._torch.from_numpy(self._grammar.allowed()[: scores.shape[-1]]).to(scores.device)
        return scores.masked_fill(~allowed, -float("inf"))

    def stops(self, ids: Any, scores: Any, **rest: Any) -> Any:
        """(1,): whether nothing more is to be written."""
        if self._grammar is not None:
            for token in ids[0, self._read :].tolist():
                self._grammar.accept(token)
        self._read = ids.shape[1]
        return self._torch.tensor([self.finished], device=ids.device)


def _ends(model: Any, tokenizer: Any) -> list[int]:
    """The tokens that end an answer, the tokenizer's own first."""
    said = model.generation_config.eos_token_id
    listed = said if isinstance(said, list) else [said]
    ends = [token for token in (tokenizer.eos_token_id, *listed) if token is not None]
    return list(dict.fromkeys(ends))


def _width(model: Any, tokenizer: Any) -> int:
    """How many tokens the model scores: checkpoints round the tokenizer's number up."""
    return max(int(model.get_output_embeddings().weight.shape[0]), len(tokenizer))
