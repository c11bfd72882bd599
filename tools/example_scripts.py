"""Writes docs/examples/: twelve themes' scripts in full, as they come, with the marks of every round; nobody looked at
these themes while the writer was made.

python tools/example_scripts.py [--writer embedded:planner] [docs/examples]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import numpy as np

from personavlog.agents.rounds import Refined
from personavlog.agents.script import AgentModels, ScriptAgents
from personavlog.backbones.chat import chat_model
from personavlog.backbones.reviews import Review
from personavlog.brief import Brief
from personavlog.runs.blobs import Blobs
from personavlog.script import Script
from personavlog.steps import StepName
from prose import wrapped

THEMES = (
    ("Painting the nursery before the baby comes", "watercolour", "en"),
    ("My neighbour teaches me to play dominoes", "Hayao Miyazaki", "en"),
    ("Picking up litter on the river bank", "Makoto Shinkai", "en"),
    ("The night the power went out in our building", "film noir", "en"),
    ("Selling my grandfather's stamp collection", "Pixar", "en"),
    ("First day back at school after chemotherapy", "watercolour", "en"),
    ("A ferry crossing in fog", "Makoto Shinkai", "en"),
    ("I found a door behind the wardrobe", "Pixar", "en"),
    ("Learning sign language for my nephew", "Hayao Miyazaki", "en"),
    ("Driving the snow plough before dawn", "film noir", "en"),
    ("外婆的裁缝铺", "Hayao Miyazaki", "zh"),
    ("第一次坐热气球", "Makoto Shinkai", "zh"),
)
APPEARANCE = "A person with brown hair in orange and black clothes"


def page(theme: str, style: str, script: Script, rounds: list[str]) -> str:
    """One script as Markdown."""
    lines = [f"# {script.story.title}", "", f"Theme: {theme} · style: {style}", "", f"_{script.story.logline}_", ""]
    lines += [
        f"**Character.** {script.character.appearance}. {script.character.personality}. Voice: "
        f"{script.character.voice}.",
        "",
    ]
    lines += ["## Story", "", *(f"- **{beat.role}**: {beat.event}" for beat in script.story.beats), "", "## Shots", ""]
    for number, (board, video, line) in enumerate(zip(script.boards, script.videos, script.monologues, strict=True), 1):
        lines += [
            f"### {number}. {board.place}",
            "",
            f"> {line.text}",
            "",
            f"{board.action} Seen: {', '.join(board.props) or 'nothing in particular'}.",
            "",
            f"{board.framing.value}, {board.time_of_day.value}, {board.weather.value}, {board.emotion.value}. "
            f"{video.text}",
            "",
        ]
    lines += ["## Music", "", script.music.text, "", "## Rounds", "", *rounds, ""]
    return wrapped("\n".join(lines))


async def write(theme: str, style: str, language: str, writer: str, blobs: Blobs) -> str:
    """One script by the ten agents."""
    reference = blobs.put_image(np.full((64, 64, 3), 200, np.uint8))
    brief = Brief.model_validate({"theme": theme, "style": style, "photo": reference, "language": language})
    rounds: list[str] = []

    async def step(name: StepName, work: Callable[[], Awaitable[Any]], **_: object) -> Any:
        result = await work()
        if isinstance(result, Refined):
            marks = ", ".join(_mark(one.review) for one in result.rounds)
            rounds.append(f"- {name.item}: {marks}")
        return result

    models = AgentModels(default=chat_model(writer))
    agents = ScriptAgents(models, step, brief, brief.shots, seconds_per_line=5.2, blobs=blobs)
    script = await agents.script(reference, APPEARANCE)
    return page(theme, style, script, rounds)


def _mark(review: Review | None) -> str:
    return "not reviewed" if review is None else f"{review.mark:.1f}{' approved' if review.approved else ''}"


def main() -> None:
    """Write the pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/examples"))
    parser.add_argument("--writer", default="embedded:planner")
    parser.add_argument("--only", type=int, help="Write only this theme, from 1.")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    blobs = Blobs(Path.home() / ".cache" / "personavlog" / "examples")
    for number, (theme, style, language) in enumerate(THEMES, 1):
        if options.only in (None, number):
            text = anyio.run(write, theme, style, language, options.writer, blobs)
            slug = re.sub(r"[^a-z0-9]+", "-", theme.lower()).strip("-")[:40] or f"theme-{number}"
            (options.folder / f"{number}-{slug}-{options.writer.partition(':')[2]}.md").write_text(
                text, encoding="utf-8"
            )


if __name__ == "__main__":
    main()
