"""A typed answer's JSON Schema held while it is written: at every token only what still fits may follow, and an answer
that runs long is brought to its end before its tokens are spent.

The matcher is llguidance's; a tokenizer of its kind is ``LLTokenizer``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from personavlog.errors import BackboneError
from personavlog.media.arrays import Mask

if TYPE_CHECKING:
    from llguidance import LLMatcher, LLTokenizer

ONE_LINE = r"^([^\s\p{C}]+( [^\s\p{C}]+)*)?$"
"""What is left of a text after ``brief.clean_text``: a text that already is so keeps its length through validation."""
LOOK = 16
"""Every so many tokens it is counted how many the shortest end takes."""
MARGIN = LOOK + 128
"""Tokens by which that count may grow until the next one: an object that has just been begun has to be finished."""
LONGEST_END = 8192
_ENDS = (b"}", b"]", b",", b"null", b"n")
"""What leads out of a value fastest, outside strings, best first."""


class AnswerGrammar:
    """One answer as it grows; ``budget`` is how many tokens it may have.

    Raises ``BackboneError`` for a schema that cannot be held, or whose shortest answer has more tokens than that.
    """

    def __init__(self, schema: Mapping[str, Any], tokenizer: LLTokenizer, budget: int) -> None:
        from llguidance import LLMatcher

        grammar = LLMatcher.grammar_from_json_schema(
            json.dumps(one_line(schema)), overrides={"whitespace_flexible": False}
        )
        self._matcher = LLMatcher(tokenizer, grammar)
        self._checked(self._matcher)
        self._vocabulary = Vocabulary(tokenizer)
        self._budget, self._written, self._quoted = budget, 0, Quoted()
        self._ending = False
        if (shortest := self._to_the_end()) + 1 > budget:
            raise BackboneError(
                f"The shortest answer of the wanted form has {shortest + 1} tokens, and {budget} are allowed. Raise "
                "max_tokens in the profile's [chat]."
            )

    @property
    def finished(self) -> bool:
        """Whether nothing but the end can follow."""
        return bool(self._matcher.is_stopped())

    def allowed(self) -> Mask:
        """(vocabulary,): the tokens that may follow."""
        if not self._ending and self._written % LOOK == 0:
            self._ending = self._to_the_end() + MARGIN >= self._budget - self._written
        mask = _mask(self._matcher, self._vocabulary.size)
        return self._vocabulary.shortest_way(mask, self._quoted) if self._ending else mask

    def accept(self, token: int) -> None:
        """Take the token that was chosen."""
        if token in self._vocabulary.ends and self.finished:
            return
        self._matcher.consume_token(token)
        self._checked(self._matcher)
        self._quoted = self._quoted.after(self._vocabulary.bytes_of(token))
        self._written += 1

    def _to_the_end(self) -> int:
        """How many tokens the shortest way to the end takes, walked on a copy."""
        matcher, quoted = self._matcher.deep_copy(), self._quoted
        for count in range(LONGEST_END):
            if matcher.is_stopped():
                return count
            mask = self._vocabulary.shortest_way(_mask(matcher, self._vocabulary.size), quoted)
            token = self._vocabulary.plainest(mask)
            if token is None or token in self._vocabulary.ends:
                return count
            matcher.consume_token(token)
            self._checked(matcher)
            quoted = quoted.after(self._vocabulary.bytes_of(token))
        return LONGEST_END

    def _checked(self, matcher: LLMatcher) -> None:
        if matcher.is_error():
            raise BackboneError(
                f"The answer's form cannot be held while it is written: {matcher.get_error()[:200]}. Choose another "
                "chat model for this agent."
            )


class Quoted:
    """Where in JSON a text ends: inside a string or not, and there after a backslash or not."""

    def __init__(self, inside: bool = False, escaped: bool = False) -> None:
        self.inside, self.escaped = inside, escaped

    def after(self, text: bytes) -> Quoted:
        """The same after more text."""
        inside, escaped = self.inside, self.escaped
        for byte in text:
            if escaped:
                escaped = False
            elif inside and byte == ord("\\"):
                escaped = True
            elif byte == ord('"'):
                inside = not inside
        return Quoted(inside, escaped)


class Vocabulary:
    """A tokenizer's tokens as the ways out of a JSON value need them."""

    def __init__(self, tokenizer: LLTokenizer) -> None:
        self.size: int = tokenizer.vocab_size
        self.ends = frozenset(tokenizer.eos_tokens)
        self._tokenizer = tokenizer
        self._exact = {text: self._token(text) for text in (b'"', *_ENDS)}
        self._letters = [token for token in map(self._token, (bytes([code]) for code in range(97, 123))) if token]

    def bytes_of(self, token: int) -> bytes:
        """What a token adds to the text; nothing for the end."""
        return b"" if token in self.ends else bytes(self._tokenizer.decode_bytes([token]))

    def shortest_way(self, mask: Mask, quoted: Quoted) -> Mask:
        """Of what may follow, only what ends the string or the value that is being written, where anything does."""
        if quoted.escaped:
            return mask
        for text in (b'"',) if quoted.inside else _ENDS:
            token = self._exact[text]
            if token is not None and mask[token]:
                return self._only(token)
        return mask

    def plainest(self, mask: Mask) -> int | None:
        """A letter where one may follow, else the first token that may."""
        letter = next((token for token in self._letters if mask[token]), None)
        return letter if letter is not None else next(iter(np.flatnonzero(mask).tolist()), None)

    def _only(self, token: int) -> Mask:
        mask = np.zeros(self.size, bool)
        mask[token] = True
        return mask

    def _token(self, text: bytes) -> int | None:
        tokens = self._tokenizer.greedy_tokenize(text.decode())
        return tokens[0] if len(tokens) == 1 else None


def one_line(schema: Any) -> Any:
    """The schema with every free text held to one clean line: no control characters, no doubled spaces, none at its
    ends."""
    if isinstance(schema, list):
        return [one_line(part) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    held = {key: one_line(value) for key, value in schema.items()}
    free = schema.get("type") == "string" and not {"enum", "const", "pattern", "format"} & schema.keys()
    return {**held, "pattern": ONE_LINE} if free else held


def _mask(matcher: LLMatcher, size: int) -> Mask:
    bits = np.unpackbits(np.frombuffer(matcher.compute_bitmask(), np.uint8), bitorder="little")
    return bits[:size].astype(bool)
