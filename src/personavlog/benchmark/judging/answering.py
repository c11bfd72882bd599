"""All questions of a benchmark to its judges: side by side, each answer once and for ever."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import anyio

from personavlog.benchmark.judging.asking import MOST_CHARACTERS, Shown
from personavlog.benchmark.judging.judgements import Judgement, Judgements
from personavlog.benchmark.judging.judges import Judge
from personavlog.errors import BackboneError, ConfigurationError, PersonaVlogError, RateLimitedError, UnavailableError

MOST_REPEATS = 20
TOO_LONG = f"The storyboard has more than {MOST_CHARACTERS} characters, so no judge was asked."


@dataclass(frozen=True)
class Given:
    """What came of one question; no ``judgement`` where the judge could not be asked, and ``missing`` says why."""

    judge: Judge
    repeat: int
    judgement: Judgement | None = None
    missing: str = ""

    @property
    def why(self) -> str:
        """Why there are no marks; empty where there are."""
        return self.judgement.failure if self.judgement else self.missing


class Panel:
    """The judges, and what they answered so far. At most ``at_once`` questions are asked at the same time."""

    def __init__(self, judges: Sequence[Judge], kept: Judgements, *, repeats: int, at_once: int) -> None:
        """Raises ``ConfigurationError`` for a number of repeats that is none."""
        if not 1 <= repeats <= MOST_REPEATS:
            raise ConfigurationError(f"A judge is asked 1 to {MOST_REPEATS} times; received {repeats!r} repeats.")
        self.judges, self.repeats = tuple(judges), repeats
        self._kept, self._room = kept, anyio.Semaphore(at_once)
        self._turns: defaultdict[str, anyio.Lock] = defaultdict(anyio.Lock)
        self._away: dict[Judge, str] = {}
        self._ended: PersonaVlogError | None = None

    async def on(self, vlog: str, what: Shown) -> list[Given]:
        """Every judge's answers to one storyboard, judge by judge and repeat by repeat."""
        return [
            await self._given(vlog, what, judge, repeat)
            for judge in self.judges
            for repeat in range(1, self.repeats + 1)
        ]

    async def _given(self, vlog: str, what: Shown, judge: Judge, repeat: int) -> Given:
        """A judge whose server is away is asked no more now; what it did not answer is asked the next time."""
        if what.characters > MOST_CHARACTERS:
            return Given(judge, repeat, missing=TOO_LONG)
        key = judge.key(what, repeat)
        async with self._turns[key]:
            if key in self._kept.known:
                return Given(judge, repeat, self._kept.known[key])
            async with self._room:
                return await self._asked(vlog, what, judge, repeat)

    async def _asked(self, vlog: str, what: Shown, judge: Judge, repeat: int) -> Given:
        """Nobody is asked any more once an answer could not be kept or a judge not be asked so: it would be paid for in
        vain."""
        if self._ended is not None:
            raise self._ended
        if judge in self._away:
            return Given(judge, repeat, missing=self._away[judge])
        try:
            answer = await judge.answer(vlog, what, repeat)
            self._kept.add(answer)
        except BackboneError as error:
            if _is_away(error):
                self._away[judge] = str(error)
            return Given(judge, repeat, missing=str(error))
        except PersonaVlogError as error:
            self._ended = error
            raise
        return Given(judge, repeat, answer)


def _is_away(error: BackboneError) -> bool:
    """Whether the next question would end the same way."""
    return isinstance(error, UnavailableError | RateLimitedError) or error.status in (401, 403, 404)
