"""A whole film by commands, on simulated backbones that fail: what is said, the exit status, and what is kept."""

from __future__ import annotations

import json
from pathlib import Path

import anyio
import pytest

import personavlog
from personavlog.backbones.roles import EditRequest
from personavlog.judge.trial import repainted
from personavlog.production.building import build_production
from personavlog.runs.engine import Engine
from tests.core.doubles import sent
from tests.shared.command_line import CommandLine, Ended

pytestmark = pytest.mark.usefixtures("one_face")

PROFILE = """
name = "doubles"
size = [192, 112]
[chat]
writer = "fake:writer"
image_quality = "fake:none"
video_quality = "fake:none"
[feedback]
keyframe_corrections = 0
clip_corrections = 0
"""


def _make(cli: CommandLine, folder: Path, **settings: object) -> Ended:
    """Two shots; ``settings`` by role."""
    roles = [
        f'[{role}]\nbackbone = "fake"\n[{role}.settings]\nlog = {json.dumps(str(folder / "calls.jsonl"))}\n'
        f"{settings.get(role, '')}\n"
        for role in ("image", "video", "music", "speech")
    ]
    (folder / "doubles.toml").write_text(PROFILE + "".join(roles), encoding="utf-8")
    return cli.make(profile=str(folder / "doubles.toml"), writer="fake:writer", length="8", shots="2", subtitles="soft")


def test_a_refused_shot_is_a_providers_and_resume_makes_only_what_is_missing(cli: CommandLine, tmp_path: Path) -> None:
    said = _make(cli, tmp_path, image='faults = ["", "refuse", "refuse"]')
    assert said.status == 4 and "could not be made" in said.err and "refused the board" in said.err
    assert f"personavlog resume {cli.begun()[0]} --runs {cli.runs}" in said.err
    assert "failed" in cli.call("show", "--runs", str(cli.runs)).out
    log = tmp_path / "calls.jsonl"
    assert sent(log) == {"image": 4, "video": 1, "speech": 2, "music": 1}
    again = cli.call("resume", "--runs", str(cli.runs), "--offline")
    assert again.status == 0 and "cost $0.00" in again.out
    assert sent(log) == {"image": 5, "video": 2, "speech": 2, "music": 1}


def test_what_a_film_cost_is_said(cli: CommandLine, tmp_path: Path) -> None:
    said = _make(cli, tmp_path, image="price = 0.25")
    assert said.status == 0 and "cost $0.75" in said.out


def test_what_a_check_of_the_judge_asked_for_is_booked_and_a_film_goes_on_after_it(
    cli: CommandLine, tmp_path: Path
) -> None:
    assert _make(cli, tmp_path, image="price = 0.25").status == 0
    job = personavlog.reopen(runs=cli.runs)
    production = build_production(job.brief, job.profile, Engine(job.store, job.index, job.folder.run, {}))
    wanted = EditRequest(purpose="stylise", reference=job.brief.photo, style="ink", width=192, height=112)
    made = [anyio.run(repainted, production, wanted) for _ in range(2)]
    assert made[0] == made[1] and sent(tmp_path / "calls.jsonl")["image"] == 4, "asked for once"
    assert "finished" in cli.call("show", "--runs", str(cli.runs)).out
    again = cli.call("resume", "--runs", str(cli.runs), "--offline")
    assert again.status == 0 and "cost $1.00" in again.out
    assert sent(tmp_path / "calls.jsonl")["image"] == 4
