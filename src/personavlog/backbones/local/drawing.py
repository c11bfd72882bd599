"""Tokens drawn with a generator of their own, so that a seed gives the same tokens whatever else the process draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from personavlog.backbones.local.extra import imported


@dataclass(frozen=True)
class Draw:
    """How one token of several is chosen: ``temperature`` 0 takes the likeliest; ``top_k`` 0 and ``top_p`` 1 keep
    all."""

    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0


class Drawer:
    """Chooses a token in every row of (rows, vocabulary) scores; one generator for all of an answer."""

    def __init__(self, draw: Draw, seed: int, device: str) -> None:
        self._torch = imported("torch", "A local model")
        self._draw = draw
        self._generator = self._torch.Generator(device).manual_seed(seed)

    def choose(self, scores: Any) -> Any:
        """(rows,): the tokens."""
        if self._draw.temperature <= 0:
            return scores.argmax(dim=-1)
        scores = self._kept(scores.float() / self._draw.temperature)
        likely = self._torch.softmax(scores, dim=-1)
        return self._torch.multinomial(likely, 1, generator=self._generator)[:, 0]

    def __call__(self, ids: Any, scores: Any) -> Any:
        """The scores with nothing left but what was chosen: transformers' generate then takes it as the likeliest."""
        only = self._torch.full_like(scores, -float("inf"))
        return only.scatter(-1, self.choose(scores)[:, None], 0.0)

    def _kept(self, scores: Any) -> Any:
        if 0 < self._draw.top_k < scores.shape[-1]:
            least = scores.topk(self._draw.top_k, dim=-1).values[:, -1:]
            scores = scores.masked_fill(scores < least, -float("inf"))
        if self._draw.top_p < 1:
            ordered, order = scores.sort(dim=-1, descending=True)
            likely = self._torch.softmax(ordered, dim=-1)
            beyond = likely.cumsum(dim=-1) - likely >= self._draw.top_p
            ordered = ordered.masked_fill(beyond, -float("inf"))
            scores = self._torch.full_like(scores, -float("inf")).scatter(-1, order, ordered)
        return scores
