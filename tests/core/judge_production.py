"""A production of sample backbones and agents and its finished film of two small shots: a whole check in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from personavlog import profiles
from personavlog.agents.edit import DirectEdit
from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.brief import Brief
from personavlog.media import Image
from personavlog.media.decode import frames
from personavlog.metrics.score import Score
from personavlog.production.building import limits
from personavlog.production.production import Production
from personavlog.runs.blobs import Blobs
from personavlog.runs.engine import Engine
from personavlog.runs.flow import Flow
from personavlog.runs.folder import open_store
from personavlog.script import (
    Beat,
    Board,
    Camera,
    Character,
    Monologue,
    MusicDescription,
    Script,
    Story,
    StoryDraft,
    VideoDescription,
)
from personavlog.stages.write import Writing
from personavlog.vlog import Made
from sample_backbones import shot
from sample_backbones.agents import Movement, Sharpness, sharpness
from sample_backbones.media import Animator, Composer, Painter, Speaker
from tests.core.judge_cases import board, description


@dataclass
class Measures:
    """Sharpness of a keyframe, moving frames of a clip."""

    blobs: Blobs
    fingerprint: str = "sample"

    def keyframe(self, reference: Image, made: EditResult, board: Board) -> tuple[Score, ...]:
        return (Score(name="sharpness", value=sharpness(self.blobs.pixels(made.image)), tolerance=1.0),)

    def clip(self, made: AnimateResult, face: object, description: VideoDescription) -> tuple[Score, ...]:
        shown = [np.asarray(frame, np.int16) for frame in frames(self.blobs.path(made.clip), made.clip)]
        moved = [float(np.abs(a - b).mean() > 0.5) for a, b in pairwise(shown)]
        return (Score(name="moving", value=float(np.mean(moved)), tolerance=0.1),)


def production(home: Path, **changed: Any) -> Production:
    """Everybody of the sample package, and a run of its own in ``home``."""
    blobs, index = open_store(home)
    profile = profiles.load("sample")
    photo = blobs.put_image(np.full((32, 32, 3), 90, np.uint8))
    nobody: Any = None
    people: dict[str, Any] = {
        "image": Painter(),
        "video": Animator(),
        "image_quality": Sharpness(blobs),
        "video_quality": Movement(blobs),
        "measures": Measures(blobs),
    }
    return Production(
        brief=Brief(theme="A day at the pier", style="ink", photo=photo, length=6, shots=2),
        profile=profile,
        engine=Engine(blobs, index, "film-1", limits(profile)),
        music=Composer(),
        speech=Speaker(),
        agents=nobody,
        edit_agent=DirectEdit(),
        **{**people, **changed},
    )


def script() -> Script:
    """Two shots, the first with a pan, the second without."""
    videos = (description(), description(Camera.STATIC))
    character = Character(appearance="a blue shirt", personality="calm")
    beats = tuple(Beat(role="turn", event=event) for event in ("She waits.", "She goes to the market."))
    return Script(
        character=character,
        story=Story(title="The pier", logline="She waits and goes.", beats=beats),
        boards=(board(), board().model_copy(update={"place": "a market"})),
        videos=videos,
        monologues=(Monologue(text="I wait."), Monologue(text="I go.")),
        music=MusicDescription(emotions=("calm",), instruments=("piano",), style="gentle folk", tempo=90),
    )


def written(script: Script, flow: Flow) -> Writing:
    """A script of which every part is there already."""

    async def given(part: Any) -> Any:
        return part

    draft = StoryDraft(character=script.character, story=script.story)
    parts = (draft, script.boards, script.videos, script.monologues, script.music, script)
    return Writing(*(flow.start(given(part)) for part in parts))


def film(production: Production) -> Made:
    """A finished film of the production, with what a check reads of it."""
    picture = EditResult(image=production.blobs.put_image(shot.picture()), prompt="")
    clip = Animator().sound(production.blobs)
    silent: Any = SimpleNamespace(lines=(SimpleNamespace(audio=None),) * 2)
    whole: Any = SimpleNamespace(video=clip.clip)
    nothing: Any = None
    return Made.model_construct(
        film=whole,
        person=picture,
        script=script(),
        keyframes=(picture,) * 2,
        clips=(clip,) * 2,
        narration=silent,
        soundtrack=nothing,
        timeline=nothing,
    )
