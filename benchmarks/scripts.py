"""How far scripts keep to their themes: shots at places that the theme names, shots with its things, stand-ins, undrawn
props, repeated poses, rounds, seconds.

    python benchmarks/scripts.py [--seeds 2] [--shots 4] [--each]

What a theme may show was written by hand (script_themes.toml); what a board shows is asked from the painter itself,
without painting.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import anyio
import numpy as np

from personavlog.agents.rounds import Refined
from personavlog.agents.script import AgentModels, ScriptAgents
from personavlog.backbones.chat import chat_model
from personavlog.brief import Brief
from personavlog.metrics.text import is_chinese
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, Framing, Script
from personavlog.steps import StepName
from personavlog_embedded.body.pose_choice import chosen
from personavlog_embedded.places.catalogue import FLOOR, nearest_place
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec
from personavlog_embedded.things import find

THEMES: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("script_themes.toml").read_text("utf-8"))[
    "themes"
]
AT = "at the theme's place"
LARGE = (Framing.WIDE, Framing.MEDIUM)


def written(theme: str, shots: int, seed: int, blobs: Blobs) -> tuple[Script, dict[str, Refined[Any]]]:
    """One script by the ten agents, and the rounds of each pair."""
    photo = blobs.put_image(np.full((8, 8, 3), 120, np.uint8))
    language = "zh" if is_chinese(theme) else "en"
    wishes = {
        "theme": theme,
        "style": "anime",
        "photo": photo,
        "shots": shots,
        "length": 5 * shots,
        "language": language,
        "seed": seed,
    }
    rounds: dict[str, Refined[Any]] = {}

    async def step(name: StepName, work: Callable[[], Awaitable[Any]], **_: object) -> Any:
        result = await work()
        if isinstance(result, Refined):
            rounds[name.item] = result
        return result

    models = AgentModels(chat_model("embedded:planner"))
    agents = ScriptAgents(models, step, Brief.model_validate(wishes), shots, seconds_per_line=5, blobs=blobs)
    return anyio.run(agents.script, photo, ""), rounds


def poses(boards: tuple[Board, ...]) -> list[str]:
    """The pose of each shot as the painter reads it."""
    return [
        chosen(KeyframeSpec(board, 640, 360, "anime", 0, 0, turn=turn, props=board.props)).name
        for turn, board in enumerate(boards)
    ]


def shows(board: Board, words: str) -> bool:
    """Whether one of the theme's things is among what is drawn; weather shows snow."""
    return (
        any(word in prop.lower() for word in words.split() for prop in board.props)
        or board.weather.value in words.split()
    )


def counted(theme: str, script: Script) -> Counter[str]:
    """The counts of one script; "shots" is what most are shares of."""
    wanted, boards = THEMES[theme], script.boards
    places = [nearest_place(board.place, board.action) for board in boards]
    at, by = wanted["at"].split(), wanted["by"].split()
    acted = list(zip(poses(boards), boards, strict=True))
    found = Counter(shots=len(boards), films=1, props=sum(len(board.props) for board in boards), pairs=len(boards) - 1)
    found[AT] = sum(place.key in at for place, _ in places)
    found["there or around it"] = sum(place.key in at + by for place, _ in places)
    found["films that open there"] = places[0][0].key in at and boards[0].framing in LARGE
    found["films with three in four there"] = 4 * sum(place.key in at for place, _ in places) >= 3 * len(boards) - 1
    found["stand-ins"] = sum(near < FLOOR for _, near in places)
    found["with a thing of the theme"] = sum(shows(board, wanted["things"]) for board in boards)
    found["films with it in half"] = 2 * sum(shows(board, wanted["things"]) for board in boards) >= len(boards)
    found["props not drawn"] = sum(find(prop) is None for board in boards for prop in board.props)
    found["boards with over two props"] = sum(len(board.props) > 2 for board in boards)
    found["pose and framing again"] = sum(
        one[0] == two[0] and one[1].framing is two[1].framing for one, two in pairwise(acted)
    )
    found["pose again"] = sum(one == two for one, two in pairwise(poses(boards)))
    found["over the shoulder"] = sum(board.framing is Framing.OVER_SHOULDER for board in boards)
    found["close-ups"] = sum(board.framing in (Framing.CLOSE_UP,) for board in boards)
    return found


def table(total: Counter[str]) -> list[str]:
    """The counts as rows of Markdown."""
    of = {"films": "films", "props": "props", "boards": "shots", "pose": "pairs"}
    rows = ["| Measure | Share |", "|---|---|"]
    for name, value in total.items():
        if name not in ("shots", "films", "props", "pairs"):
            whole = total[of.get(name.split()[0], "shots")]
            rows.append(f"| {name} | {value} of {whole} ({value / max(1, whole):.0%}) |")
    return rows


def line(theme: str, seed: int, script: Script, own: Counter[str]) -> str:
    """One film in a few words."""
    seen = "; ".join(
        f"{nearest_place(board.place, board.action)[0].key} [{', '.join(board.props)}] {pose} {board.framing.value}"
        for board, pose in zip(script.boards, poses(script.boards), strict=True)
    )
    return f"{theme} ({seed}): {own[AT]}/{own['shots']} {seen}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--shots", type=int, default=4)
    parser.add_argument("--each", action="store_true", help="One line per film.")
    options = parser.parse_args()
    total, seconds = Counter[str](), 0.0
    with tempfile.TemporaryDirectory() as folder:
        blobs = Blobs(Path(folder))
        written(next(iter(THEMES)), 4, 99, blobs)
        for theme in THEMES:
            for seed in range(options.seeds):
                begun = time.process_time()
                script, rounds = written(theme, options.shots, seed, blobs)
                seconds += time.process_time() - begun
                own = counted(theme, script)
                own.update({f"films whose {pair} was approved": int(one.approved) for pair, one in rounds.items()})
                own.update(
                    {
                        f"films whose first {pair} was sent back": int(len(one.rounds) > 1)
                        for pair, one in rounds.items()
                    }
                )
                total.update(own)
                if options.each:
                    print(line(theme, seed, script, own))
    print("\n".join(table(total)))
    print(
        f"\n{seconds / total['films']:.2f} processor seconds a script, {total['films']} films of {options.shots} shots"
    )


if __name__ == "__main__":
    main()
