"""How many typed answers of the agents are valid behind a chat server, by role: every call is one question of one agent
with its retries.

    python benchmarks/agents_served.py URL MODEL --themes "looked at" --calls 60 --into answers.jsonl

URL is an OpenAI-compatible server's (http://127.0.0.1:8080/v1); --serve starts one on this machine around the model
that `personavlog weights fetch language` gets, with llama.cpp's own HTTP server (extra: language), and URL and MODEL
are then left out. Reviewers and later writers work on what the writers before them wrote, or, where that was not valid,
on what the simulated writer "fake:writer" wrote. A line of JSON a call is added to --into as soon as it is known.
"""

from __future__ import annotations

import argparse
import json
import time
import tomllib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

import anyio
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

from personavlog import weights
from personavlog.agents import ChatEdit, mono, music, seg, story, video
from personavlog.agents.instance import Instance, ask
from personavlog.backbones.chat import ChatSettings, chat_model
from personavlog.backbones.corrections import Correction
from personavlog.backbones.findings import Defect, DefectKind, ImageFinding
from personavlog.backbones.tasks import MonoTask, MusicTask, PairTask, SegTask, StoryTask, VideoTask, fence
from personavlog.errors import BackboneError, ConfigurationError

THEMES: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("agents_themes.toml").read_text("utf-8"))
MODEL = "qwen2.5-coder-1.5b-instruct-q4"
SEEN = "short dark hair, round glasses, a yellow coat"
PHRASES = (Correction.ADD, Correction.REMOVE, Correction.BRIGHTER, Correction.CLOSER, Correction.POSE)
Answered = Callable[[str, Callable[[], Awaitable[Any]]], Awaitable[Any]]


class Counts:
    """Requests and answered tokens of one call."""

    requests = tokens = 0


counts: ContextVar[Counts] = ContextVar("counts")


class Counting(WrapperModel):
    """Counts what goes through it, for the call that asks."""

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The answer of the model; every request and its tokens are counted."""
        counts.get().requests += 1
        response = await self.wrapped.request(messages, model_settings, model_request_parameters)
        counts.get().tokens += response.usage.output_tokens
        return response


class Measured:
    """Asks, times, and writes a line a call."""

    def __init__(self, into: Path, about: dict[str, str], most: int) -> None:
        self._into, self._about, self._left = into, about, most

    async def __call__(self, theme: str, role: str, question: Callable[[], Awaitable[Any]]) -> Any:
        """The answer, None where none was valid; raises ``Enough`` after the last call."""
        if self._left == 0:
            raise Enough
        self._left -= 1
        counts.set(counted := Counts())
        began, reason, answer = time.monotonic(), "", None
        try:
            answer = await question()
        except (BackboneError, ConfigurationError) as error:
            reason = f"{type(error).__name__}: {error}"
        line = self._about | {
            "theme": theme,
            "role": role,
            "valid": not reason,
            "requests": counted.requests,
            "tokens": counted.tokens,
            "seconds": round(time.monotonic() - began, 1),
            "reason": reason,
        }
        with self._into.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        return answer


class Enough(Exception):
    """All calls are made."""


async def film(theme: str, shots: int, model: Model, measured: Answered) -> None:
    """The twelve calls of one theme: five writers, five reviewers, the edit agent with and without phrases."""
    task = StoryTask(theme=theme, style="anime", shots=shots, length=5.0 * shots, appearance=SEEN, seed=1)
    draft = await written(story.pair(model, model, task), task, measured)
    cut = SegTask(theme=theme, shots=shots, story=draft)
    boards = (await written(seg.pair(model, model, cut), cut, measured)).boards
    moving = VideoTask(boards=boards)
    await written(video.pair(model, model, moving), moving, measured)
    spoken = MonoTask(boards=boards, character=draft.character, story=draft.story, max_words=(12,) * shots)
    await written(mono.pair(model, model, spoken), spoken, measured)
    heard = MusicTask(theme=theme, boards=boards)
    await written(music.pair(model, model, heard), heard, measured)
    defect = Defect(kind=DefectKind.MISALIGNED, evidence="the person stands at the wrong side and is hardly seen")
    finding = ImageFinding(defects=(defect,), suggestion="Show the person larger, in better light.")
    for role, phrases in (("edit.instruct, prose", ()), ("edit.instruct, phrases", PHRASES)):
        await measured(role, partial(ChatEdit(model, vocabulary=phrases).instruct, finding, boards[0]))


async def written(pair: Any, task: PairTask, measured: Answered) -> Any:
    """The draft of a pair, reviewed once; the simulated writer's where the model's was not valid."""
    who: Instance[Any, Any] = pair.generator
    answer = await measured(who.role, partial(ask, who, ["Write this.", fence(who.role, task)], task))
    draft = answer.output if answer else await simulated(who, task)
    prompt = ["Review this draft.", fence(pair.reviewer.role, task, draft)]
    await measured(pair.reviewer.role, partial(ask, pair.reviewer, prompt, task))
    return draft


async def simulated(who: Instance[Any, Any], task: PairTask) -> Any:
    """What the simulated writer answers to the same task."""
    pairs = {"story": story, "seg": seg, "video": video, "mono": mono, "music": music}
    other = pairs[who.role.partition(".")[0]].generator(chat_model("fake:writer"), task)
    return (await ask(other, [fence(who.role, task)], task)).output


@contextmanager
def served(threads: int) -> Iterator[str]:
    """The address of llama.cpp's server around the model that packages carry."""
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(weights.file(MODEL))
    wanted.n_ctx, wanted.n_parallel, wanted.verbosity, wanted.fit_params, wanted.port = 8192, 1, 0, False, 0
    for processors in (wanted.cpuparams, wanted.cpuparams_batch):
        processors.n_threads, processors.poll = threads, 0
    server = xllamacpp.Server(wanted)
    yield f"{server.listening_address}/v1"


def table(into: Path) -> None:
    """Print what the file holds: by list of themes and way of asking, then by role, then why calls failed."""
    lines = [json.loads(line) for line in into.read_text("utf-8").splitlines()]
    for way in sorted({(line["themes"], line["code"], line["output"]) for line in lines}):
        rows = [line for line in lines if (line["themes"], line["code"], line["output"]) == way]
        print(f"\n{' | '.join(way)}: {_row(rows)}")
        for role in dict.fromkeys(line["role"] for line in rows):
            print(f"  {role:<24} {_row([line for line in rows if line['role'] == role])}")
        for reason, count in Counter(line["reason"] for line in rows if not line["valid"]).most_common(12):
            print(f"  {count} x {reason[:300]}")


def _row(rows: list[dict[str, Any]]) -> str:
    valid, first = sum(row["valid"] for row in rows), sum(row["valid"] and row["requests"] == 1 for row in rows)
    seconds, tokens = sum(row["seconds"] for row in rows), sum(row["tokens"] for row in rows)
    share = f"{valid} of {len(rows)} valid ({valid / len(rows):.0%}), {first} at the first try"
    return f"{share}, {seconds / len(rows):.0f} s and {tokens / len(rows):.0f} tokens a call"


async def measure(wanted: argparse.Namespace, address: str) -> None:
    """All calls that were asked for, theme after theme."""
    chosen = {"base_url": address, "timeout": wanted.timeout, "output": wanted.output, "max_tokens": wanted.max_tokens}
    said = {name: value for name, value in chosen.items() if value is not None}
    model = Counting(chat_model(f"openai:{wanted.model}", ChatSettings.model_validate(said)))
    about = {"themes": wanted.themes, "code": wanted.label, "output": wanted.output or "default"}
    measured = Measured(wanted.into, about, wanted.calls)
    themes = iter(THEMES[wanted.themes][wanted.skip :])

    async def one_after_another() -> None:
        with suppress(Enough):
            for theme in themes:
                await film(theme, wanted.shots, model, partial(measured, theme))

    async with anyio.create_task_group() as group:
        for _ in range(wanted.at_once):
            group.start_soon(one_after_another)


def main() -> None:
    """Ask what was wanted, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", nargs="?", help="of the server, with /v1")
    parser.add_argument("model", nargs="?", default="local")
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--themes", choices=THEMES, default="looked at")
    parser.add_argument("--skip", type=int, default=0, help="themes of the list that are left out")
    parser.add_argument("--calls", type=int, default=60)
    parser.add_argument("--at-once", type=int, default=1, help="films that are written side by side")
    parser.add_argument("--shots", type=int, default=3)
    parser.add_argument("--output", help="tool, native, prompted; none: the profile's default")
    parser.add_argument("--max-tokens", type=int)
    parser.add_argument("--timeout", type=float, default=600)
    parser.add_argument("--label", default="", help="a word for the code that is measured")
    parser.add_argument("--into", type=Path, default=Path("agents_served.jsonl"))
    wanted = parser.parse_args()
    if wanted.serve:
        with served(wanted.threads) as address:
            anyio.run(measure, wanted, address)
    elif wanted.address:
        anyio.run(measure, wanted, wanted.address)
    if wanted.into.exists():
        table(wanted.into)
    else:
        print("Nothing was asked: give the URL of a server, or --serve (an hour on two cores).")


if __name__ == "__main__":
    main()
