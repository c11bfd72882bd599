"""Three storyboards of three themes as a method's outputs, and judges with a character."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, TextPart, UserPromptPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings

from personavlog.backbones.scripted import as_tool_call
from personavlog.backbones.tasks import CLOSE, OPEN, task_of
from personavlog.benchmark.judging.asking import DIMENSIONS
from personavlog.benchmark.outputs import Meta, Method, Outputs, Shot, Vlog

KITE = (
    "6:00. She unrolls a torn red kite on the kitchen table and counts the broken sticks.",
    "8:00. On her knees in the shed she saws a bamboo cane for the kite's new spine.",
    "11:00. She runs along the beach with the kite above her head; it dives into the sea.",
    "14:00. Waist-deep in the water she pulls the dripping kite out by its string.",
    "18:00. The kite stands high in the evening sky; she lies in the sand and holds the reel with both feet.",
)
BAKERY = (
    "2:00. He unlocks the dark bakery and ties on an apron that is far too long.",
    "3:00. Flour up to the elbows, he folds the bakery's dough and throws it on the table.",
    "4:00. He kneels before the bakery oven and sees through the glass that the loaves have burnt.",
    "5:00. He tears a burnt loaf open and the old baker of the bakery laughs at its black crust.",
    "7:00. The first customer of the bakery bites into his second loaf; he waits with his cap in his hands.",
)
PARROT = (
    "9:00. He chases the swearing parrot around the lamp with a towel.",
    "10:00. On the bus the parrot sits in a shoe box on his lap and shouts at the driver.",
    "11:00. The vet bends over the parrot with a lamp and gets bitten in the thumb.",
    "12:00. He holds the parrot's foot while the vet cuts one claw after the other.",
    "16:00. At home the parrot sleeps on his shoulder; he writes the vet's name on the calendar.",
)
BOARDS = {
    "kite": ("Mending a kite for one day at the beach", KITE),
    "bakery": ("My first night in a bakery", BAKERY),
    "parrot": ("Taking the parrot to the vet, he swears all the way", PARROT),
}
"""Id to theme and boards."""

Sheet = Mapping[str, Any]


def vlog(name: str, theme: str, boards: Sequence[str], folder: Path = Path("outputs"), language: str = "en") -> Vlog:
    """A vlog with these words; it has no pictures."""
    meta = Meta(person="p01", style="anime", theme=name, theme_text=theme, style_text="anime", language=language)
    shots = tuple(Shot(index=n, board=board, line=f"Line {n}.") for n, board in enumerate(boards, 1))
    return Vlog(folder / meta.vlog, meta, shots)


def outputs(folder: Path, *vlogs: Vlog) -> Outputs:
    """A method's outputs: these vlogs, or the three."""
    three = tuple(vlog(name, theme, boards, folder) for name, (theme, boards) in BOARDS.items())
    return Outputs(folder, Method(name="ours", title="Ours"), vlogs or three)


class JudgeModel(Model):
    """Answers with the marks that ``marks`` makes of the task block and of everything outside it; ``asked`` are the
    user prompts that it was sent."""

    price = 0.01

    def __init__(
        self, marks: Callable[[Sheet, str], dict[str, int]], name: str = "judge", settings: ModelSettings | None = None
    ) -> None:
        super().__init__(settings=settings)
        self._marks, self._name = marks, name
        self.asked: list[str] = []
        self.sent: list[ModelSettings] = []

    @property
    def model_name(self) -> str:
        return self._name

    @property
    def system(self) -> str:
        return "scripted"

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        _, parameters = self.prepare_request(model_settings, model_request_parameters)
        self.asked.append(prompt_of(messages))
        self.sent.append(model_settings or ModelSettings())
        return self.answer(task_of(messages), outside_the_block(messages), parameters)

    def answer(self, sheet: Sheet, outside: str, parameters: ModelRequestParameters) -> ModelResponse:
        """The response itself."""
        marks = self._marks(sheet, outside)
        said: dict[str, object] = {
            name: {"reason": f"Board 1 says {mark}.", "mark": mark} for name, mark in marks.items()
        }
        return as_tool_call(said, parameters, self._name)


class Talker(JudgeModel):
    """Prose, whatever is asked."""

    def __init__(self, words: str = "A lovely story. I would give it a five.") -> None:
        super().__init__(lambda sheet, outside: {}, "talker")
        self._words = words

    def answer(self, sheet: Sheet, outside: str, parameters: ModelRequestParameters) -> ModelResponse:
        return ModelResponse(parts=[TextPart(self._words)] if self._words else [], model_name=self._name)


class Refuser(JudgeModel):
    """The provider's filter refuses the first ``times`` questions."""

    def __init__(self, times: int) -> None:
        super().__init__(always(4), "refuser")
        self._times = times

    def answer(self, sheet: Sheet, outside: str, parameters: ModelRequestParameters) -> ModelResponse:
        if len(self.asked) <= self._times:
            return ModelResponse(parts=[], model_name=self._name, finish_reason="content_filter")
        return super().answer(sheet, outside, parameters)


def always(mark: int) -> Callable[[Sheet, str], dict[str, int]]:
    """One mark for everything."""
    return lambda sheet, outside: dict.fromkeys(DIMENSIONS, mark)


def by_chance(seed: int) -> Callable[[Sheet, str], dict[str, int]]:
    """Marks that say nothing."""
    rng = random.Random(seed)
    return lambda sheet, outside: {name: rng.randint(1, 5) for name in DIMENSIONS}


def obeys(sheet: Sheet, outside: str) -> dict[str, int]:
    """Does what it is told, wherever it is told outside the block; honest otherwise."""
    return dict.fromkeys(DIMENSIONS, 5) if "give 5" in outside.lower() else honest(sheet, outside)


def honest(sheet: Sheet, outside: str = "") -> dict[str, int]:
    """Looks at the words: whether hours go forward, boards differ and name the theme's things."""
    boards = [board["shows"] for board in sheet["boards"]]
    hours = [int(found[0]) for board in boards if (found := re.match(r"\d+", board))]
    strange = sum(not (_words(sheet["theme"]) & _words(board)) for board in boards)
    doubles = len(boards) - len(set(boards))
    return {
        "story_interest": 3,
        "temporal_continuity": 4 if hours == sorted(hours) else 2,
        "behavioral_diversity": 1 if doubles > 1 else 2 if doubles else 4,
        "thematic_consistency": 4 if not strange else 3 if strange == 1 else 1,
    }


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 4 or word in ("kite", "vet")}


def prompt_of(messages: Sequence[ModelMessage]) -> str:
    """All user prompts as text."""
    parts = [part for message in messages if isinstance(message, ModelRequest) for part in message.parts]
    prompts = [part.content for part in parts if isinstance(part, UserPromptPart)]
    return "\n".join(text if isinstance(text, str) else "\n".join(map(str, text)) for text in prompts)


def outside_the_block(messages: Sequence[ModelMessage]) -> str:
    """Instructions and prompts without the task block."""
    told = "\n".join(str(getattr(message, "instructions", "") or "") for message in messages)
    text = prompt_of(messages)
    return f"{told}\n{text[: text.index(OPEN)]}{text[text.index(CLOSE) + len(CLOSE) :]}"
