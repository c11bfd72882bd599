"""The small language model in this process: Qwen2.5-Coder-1.5B-Instruct through llama.cpp, answering in JSON held by a
grammar.

A 1.5-billion-parameter model keeps a form and a tone when it is shown two examples, and nothing else: so every question
is short, carries its examples, and its answer's shape, choices and lengths are a JSON schema that llama.cpp turns into
a grammar.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from personavlog import weights
from personavlog.errors import BackboneError, InvalidReplyError, MissingExtraError

MODEL = "qwen2.5-coder-1.5b-instruct-q4"
CONTEXT = 4096
THREADS = 2
TRIES = 2
"""Answers asked for, each with another seed, before a truncated or empty one is an error."""
STRIDE = 100_003
HEAT = 0.75
"""Sampling temperature: at 0.35 all shots were in one room."""
PROMPT_CACHE = 256
"""MiB of finished prompt states kept; one of 1000 tokens takes about 28."""

Message = Mapping[str, str]
Schema = Mapping[str, Any]


class LanguageModel:
    """One loaded GGUF file; a call waits for the one before it. About 2 GB of memory, 20 tokens a second on two idle
    cores."""

    def __init__(self, file: Path) -> None:
        self._server = _server(file)
        self._lock = threading.Lock()
        self.spent: Counter[str] = Counter()
        """Calls, those whose answer was no whole object ("broken"), and tokens read and written."""

    def answers(
        self, messages: Sequence[Message], schema: Schema, *, seed: int, count: int, seconds: float, max_tokens: int
    ) -> tuple[dict[str, Any], ...]:
        """1 to ``count`` answers as JSON objects that ``schema`` describes, none begun after so many ``seconds``.

        Equal questions are answered from memory, so that in a review's next round nothing but what it names changes.
        Raises ``InvalidReplyError`` where the first is no whole object in ``TRIES`` tries, ``BackboneError`` when the
        runtime refuses the question.
        """
        question = json.dumps({"messages": list(messages), "schema": schema, "max_tokens": max_tokens})
        return tuple(json.loads(text) for text in self._remembered(question, seed, count, seconds))

    @lru_cache(maxsize=64)  # noqa: B019 - there is one model for the life of the process
    def _remembered(self, question: str, seed: int, count: int, seconds: float) -> tuple[str, ...]:
        begun, found = time.monotonic(), [self._whole(question, seed)]
        while len(found) < count and time.monotonic() - begun < seconds:
            try:
                found.append(self._whole(question, seed + len(found)))
            except InvalidReplyError:
                break
        return tuple(found)

    def _whole(self, question: str, seed: int) -> str:
        for number in range(TRIES):
            text = self._complete(json.loads(question), seed + STRIDE * number)
            try:
                if isinstance(json.loads(text), dict):
                    return text
            except ValueError:
                self.spent["broken"] += 1
        raise InvalidReplyError(
            f"The embedded language model gave no whole JSON object in {TRIES} tries. Ask for less text, or "
            "choose the plain writer (--writer embedded:planner)."
        )

    def _complete(self, question: dict[str, Any], seed: int) -> str:
        form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": question["schema"], "strict": True}}
        request = {
            "messages": question["messages"],
            "temperature": HEAT,
            "top_p": 0.92,
            "min_p": 0.06,
            "repeat_penalty": 1.05,
            "seed": seed % 2**31,
            "max_tokens": question["max_tokens"],
            "cache_prompt": True,
            "response_format": form,
        }
        with self._lock:
            reply = self._server.handle_chat_completions(request)
        reply = json.loads(reply) if isinstance(reply, str) else reply
        if "choices" not in reply:
            raise BackboneError(
                f"The embedded language model refused the question: {str(reply.get('error', reply))[:300]}"
            )
        usage = reply.get("usage", {})
        self.spent.update(calls=1, read=usage.get("prompt_tokens", 0), written=usage.get("completion_tokens", 0))
        return str(reply["choices"][0]["message"]["content"])


@cache
def language_model() -> LanguageModel:
    """The one model of this process, loaded on first use (1 to 7 s). Raises ``MissingExtraError``, ``WeightsError``."""
    _runtime()
    return LanguageModel(weights.file(MODEL))


def _runtime() -> Any:
    try:
        return importlib.import_module("xllamacpp")
    except ImportError as error:
        raise MissingExtraError("The embedded language model", "language") from error


def busy() -> bool:
    """Whether other processes want the cores: an answer then takes several times as long."""
    return sys.platform != "win32" and os.getloadavg()[0] > (os.cpu_count() or 1)  # Windows tells no load


def _threads() -> int:
    """One thread on a machine that is busy already: two would wait for each other at every layer, ten times as long."""
    return 1 if busy() else THREADS


def _server(file: Path) -> Any:
    runtime = _runtime()
    wanted = runtime.CommonParams()
    wanted.model.path = str(file)
    wanted.n_ctx, wanted.n_parallel, wanted.verbosity, wanted.fit_params = CONTEXT, 1, 0, False
    wanted.cache_ram_mib = PROMPT_CACHE
    for processors in (wanted.cpuparams, wanted.cpuparams_batch):
        processors.n_threads = _threads()
        processors.poll = 0  # a spinning barrier collapses to 1 token a second when another process wants the cores
    try:
        return runtime.Server(wanted)
    except RuntimeError as error:
        raise BackboneError(
            f"The embedded language model does not load: {error}. Check it with: personavlog weights verify {MODEL}"
        ) from error
