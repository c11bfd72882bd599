"""What scripts.py keeps of a film: counts and hashed words, never its text, so that a record of a theme that nobody may
read can be stored and compared."""

from __future__ import annotations

import hashlib
import re
import time
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import numpy as np
from pydantic import BaseModel, ConfigDict

from personavlog.agents.rounds import Refined
from personavlog.agents.script import AgentModels, ScriptAgents
from personavlog.backbones.chat import chat_model, understood
from personavlog.brief import Brief
from personavlog.errors import PersonaVlogError
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, Script
from personavlog.steps import StepName
from personavlog_embedded.writing.reviewing.words import content, deed, named, sentences, skeleton

SHOTS = 6
SECONDS = 5
LOOKED_AT, ONLY_RUN = "looked at", "only run"
FILES = {LOOKED_AT: "script_themes.toml", ONLY_RUN: "script_themes_only_run.toml"}


class Theme(BaseModel):
    """One theme; ``english`` says what one in another language says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: str
    language: str = "en"
    english: str = ""
    key: str = ""
    kind: str = ""
    half: str = ""

    @property
    def film_language(self) -> str:
        """What the film speaks: Chinese for a Chinese theme, English for all others."""
        return "zh" if self.language == "zh" else "en"

    @property
    def words(self) -> tuple[str, ...]:
        """The stems of its content words, in English and, for a Chinese theme, in Chinese."""
        return content(f"{self.theme} {self.english}" if self.film_language == self.language else self.english)


class Pair(BaseModel):
    """How a writer pair came out: whether its draft was approved, and the criteria of the draft that was taken that are
    under 5, with their marks."""

    approved: bool
    rounds: int
    marks: dict[str, float] = {}
    short: dict[str, float] = {}


class Film(BaseModel):
    """One script as numbers; ``refused`` is the error of a theme that the writer did not write.

    Beats and sentences are hashes: ``beats`` of the events as written, but for the place and hour before them,
    ``skeletons`` of their words one by one without the theme's own.
    """

    theme: str
    kind: str
    half: str
    language: str
    seed: int
    writer: str
    refused: str = ""
    boards: list[bool] = []
    lines: list[bool] = []
    shares: list[float] = []
    beats: list[str] = []
    skeletons: list[list[str]] = []
    spoken: list[str] = []
    spoken_skeletons: list[str] = []
    understood: str = ""
    pairs: dict[str, Pair] = {}
    seconds: float = 0.0


def themes(half: str) -> list[Theme]:
    """The themes of one half, in the order of their file."""
    read = tomllib.loads(Path(__file__).with_name(FILES[half]).read_text("utf-8"))
    return [
        Theme.model_validate({**one, "key": key, "kind": kind, "half": half})
        for kind, ones in read.items()
        for key, one in ones.items()
    ]


def filmed(theme: Theme, writer: str, seed: int, blobs: Blobs) -> tuple[Film, Script | None]:
    """The record of one film and its script; without one where the writer refuses the theme."""
    film = Film(theme=theme.key, kind=theme.kind, half=theme.half, language=theme.language, seed=seed, writer=writer)
    begun = time.process_time()
    try:
        film.understood = _said(understood(chat_model(writer), theme.theme))
        script, rounds = written(theme, writer, seed, blobs)
    except PersonaVlogError as error:
        return film.model_copy(update={"refused": type(error).__name__}), None
    seconds = time.process_time() - begun
    film = film.model_copy(update={**_counts(theme, script), "pairs": _pairs(rounds), "seconds": round(seconds, 2)})
    return film, script


def written(
    theme: Theme, writer: str, seed: int, blobs: Blobs, *, reviewed: bool = True
) -> tuple[Script, dict[str, Refined[Any]]]:
    """One script by the ten agents, and the rounds of each pair."""
    photo = blobs.put_image(np.full((8, 8, 3), 120, np.uint8))
    brief = Brief.model_validate(
        {
            "theme": theme.theme,
            "style": "anime",
            "photo": photo,
            "shots": SHOTS,
            "length": SECONDS * SHOTS,
            "language": theme.film_language,
            "seed": seed,
        }
    )
    rounds: dict[str, Refined[Any]] = {}

    async def step(name: StepName, work: Callable[[], Awaitable[Any]], **_: object) -> Any:
        result = await work()
        if isinstance(result, Refined):
            rounds[name.item] = result
        return result

    agents = ScriptAgents(
        AgentModels(chat_model(writer), reviewer=reviewed), step, brief, SHOTS, seconds_per_line=SECONDS, blobs=blobs
    )
    return anyio.run(agents.script, photo, ""), rounds


def _counts(theme: Theme, script: Script) -> dict[str, object]:
    words, lines = theme.words, [line.text for line in script.monologues]
    seen = [named(words, shown(board)) for board in script.boards]
    said = [part for line in lines for part in sentences(line)]
    events = [beat.event for beat in script.story.beats]
    return {
        "boards": [bool(one) for one in seen],
        "lines": [bool(named(words, line)) for line in lines],
        "shares": [round(len(one) / max(1, len(words)), 3) for one in seen],
        "beats": [hashed(deed(event).lower()) for event in events],
        "skeletons": [[hashed(stem) if stem else "" for stem in skeleton(event, words)] for event in events],
        "spoken": [hashed(one) for one in said],
        "spoken_skeletons": [hashed(" ".join(skeleton(one, words))) for one in said],
    }


def shown(board: Board) -> str:
    """What a board shows, in words."""
    return " ; ".join((board.place, board.action, *board.props, *board.holds, *board.company))


def hashed(text: str) -> str:
    """Twelve hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _pairs(rounds: dict[str, Refined[Any]]) -> dict[str, Pair]:
    found = {}
    for name, refined in rounds.items():
        review = refined.rounds[refined.taken - 1].review
        marks = {score.criterion: score.value for score in review.scores} if review else {}
        short = {criterion: value for criterion, value in marks.items() if value < 5}
        found[name] = Pair(approved=refined.approved, rounds=len(refined.rounds), marks=marks, short=short)
    return found


_SAID = (
    (r"another language", "says that it does not read the language"),
    (r"too little|diary", "says that it understood too little"),
    (r"\bnothing\b", "says that it understood nothing"),
    (r"\bnot understood\b", "says what it understood and what not"),
)


def _said(sentence: str) -> str:
    """What the writer says of a theme before it writes, as one of a few kinds."""
    if not sentence:
        return "says nothing"
    kinds = (kind for pattern, kind in _SAID if re.search(pattern, sentence, re.IGNORECASE))
    return next(kinds, "says what it understood")
