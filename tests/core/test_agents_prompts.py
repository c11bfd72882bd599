"""What every agent is told, as text: what it says, how long it is, and that a change of it is seen."""

from __future__ import annotations

import difflib

import pytest

from personavlog.agents import prompts
from personavlog.agents.prompts import prompt_digest, render
from personavlog.backbones.reviews import RUBRIC
from personavlog.backbones.rubric import Criterion
from tests.core.prompt_texts import FOLDER, WORDS, texts

BUDGET = {
    "story.generate": 1300,
    "seg.generate": 1050,
    "video.generate": 950,
    "mono.generate": 750,
    "music.generate": 550,
    "whole.generate": 500,
    "story.review": 1800,
    "seg.review": 1750,
    "video.review": 1400,
    "mono.review": 1200,
    "music.review": 1000,
    "image_quality.inspect": 750,
    "video_quality.inspect": 750,
    "edit.instruct": 500,
}
"""Tokens that a role's instructions may take. With schema, task and a history of three rounds over twelve shots a
question then stays within the window of 8192 tokens that docs/servers.md asks for."""


def tokens(text: str) -> float:
    """The larger of two estimates that need no tokenizer: four bytes a token, and 1.35 tokens a word."""
    return max(len(text.encode()) / 4, 1.35 * len(text.split()))


@pytest.mark.parametrize("name", list(texts()))
def test_instructions_are_the_kept_ones(name: str) -> None:
    kept, now = (FOLDER / name).read_text(encoding="utf-8"), texts()[name]
    diff = "\n".join(difflib.unified_diff(kept.splitlines(), now.splitlines(), "kept", "now", lineterm=""))
    assert not diff, f"{diff}\nWhere this is meant: python -m tests.core.prompt_texts"


def test_no_text_is_kept_of_a_role_that_is_gone() -> None:
    assert {file.name for file in FOLDER.iterdir()} == set(texts())


@pytest.mark.parametrize("role", list(WORDS))
def test_instructions_stay_within_their_budget(role: str) -> None:
    assert tokens(render(role, WORDS[role])) <= BUDGET[role]


def test_every_template_has_a_budget() -> None:
    folder = prompts._environment().list_templates(extensions=["jinja"])
    roles = {name.removesuffix(".jinja") for name in folder if name not in prompts.SHARED}
    assert roles == {role.replace(".", "_") for role in BUDGET}


@pytest.mark.parametrize("pair", list(RUBRIC))
def test_a_reviewer_is_told_what_every_mark_means(pair: str) -> None:
    told = render(f"{pair}.review")
    for name, criterion in RUBRIC[pair].items():  # type: ignore[index]
        assert f"- {name}: {criterion.question}" in told
        assert all(f"  {mark}: {meaning}" in told for mark, meaning in criterion.anchors.items())
        assert list(criterion.anchors) == [2, 3, 4, 5]


@pytest.mark.parametrize("field", ["weak", "short", "passes", "best"])
def test_a_criterion_without_one_of_its_anchors_is_no_criterion(field: str) -> None:
    whole = {"question": "Is it there at all?", **{str(mark): f"As a {mark} is meant." for mark in range(2, 6)}}
    assert Criterion.model_validate(whole).passes == "As a 4 is meant."
    missing = Criterion.model_fields[field].alias
    with pytest.raises(ValueError, match="Field required"):
        Criterion.model_validate({key: text for key, text in whole.items() if key != missing})


def test_a_digest_covers_rubric_and_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    before = prompt_digest("mono.review"), prompt_digest("edit.instruct")
    prompt_digest.cache_clear()
    monkeypatch.setattr(prompts, "source", lambda role: "other examples")
    assert prompt_digest("mono.review") != before[0] and prompt_digest("edit.instruct") != before[1]
    prompt_digest.cache_clear()
    monkeypatch.undo()
    monkeypatch.setattr(prompts, "_rubric", lambda role: {})
    assert prompt_digest("mono.review") != before[0] and prompt_digest("edit.instruct") == before[1]
    prompt_digest.cache_clear()


def test_what_is_made_of_a_task_is_told() -> None:
    told = {role: render(role, words) for role, words in WORDS.items()}
    assert "about 5.0 seconds" in told["video.generate"] and "`style`" in told["video.generate"]
    assert all(f"`{name}`" in told["mono.generate"] for name in ("character.personality", "character.voice", "theme"))
    assert all("`sound_from`" in told[f"{kind}_quality.inspect"] for kind in ("image", "video"))
