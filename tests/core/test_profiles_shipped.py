"""The profiles that we ship load, name models that are there, and obey their own rules."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest

from personavlog import profiles
from personavlog.backbones import records, registry
from personavlog.backbones.chat import HOSTED
from personavlog.backbones.chat_models import chat_record, table
from personavlog.brief import Aspect
from personavlog.errors import MissingExtraError, MissingWeightsError
from personavlog.production.lifetimes import chat_choices, ends
from personavlog.profiles import Profile

ROOT = Path(__file__).parents[2]
PUBLISHED = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]["personavlog.profiles"]
OURS = sorted(name for name, module in PUBLISHED.items() if module == "personavlog.profiles.data")

each = pytest.mark.parametrize("name", OURS)


@each
def test_it_loads_under_its_own_name(name: str) -> None:
    assert profiles.load(name).name == name and name in profiles.names()


def test_the_issue_s_profiles_are_there() -> None:
    assert OURS == ["hosted", "open", "paper"]


@each
def test_every_backbone_is_published_and_takes_the_settings(name: str) -> None:
    profile = profiles.load(name)
    for role, choice in profile.backbones.items():
        assert registry.published(role, choice.backbone) is not None, f"{role}.{choice.backbone}"
        try:
            registry.load(role, choice.backbone, choice.settings)
        except (MissingExtraError, MissingWeightsError):
            assert records.family_of(role, choice.backbone) == "local", "only models in our process want files"


@each
def test_every_model_is_in_a_table_with_a_licence(name: str) -> None:
    profile = profiles.load(name)
    for role, choice in profile.backbones.items():
        record = records.record_of(role, choice.backbone, choice.settings)
        assert record is not None and record.licence.name, f"{role}: {dict(choice.settings)}"
    for chosen in chat_choices(profile.chat):
        if chosen.model.partition(":")[0] in HOSTED and chosen.settings.base_url is None:
            assert chat_record(chosen.model, chosen.settings) is not None, chosen.model


@each
def test_published_measures_stand_where_the_painter_keeps_no_record(name: str) -> None:
    profile = profiles.load(name)
    record = records.record_of("image", profile.image.backbone, profile.image.settings)
    assert record is not None and record.image is not None
    if profile.feedback.keyframe_corrections and not record.image.records:
        assert profile.feedback.measures == "published"


@each
def test_no_shipped_profile_names_a_model_that_has_ended_by_the_day_of_its_writing(name: str) -> None:
    today = datetime.date(2026, 11, 30)
    assert [model for model, end in ends(profiles.load(name)) if end.date is not None and end.date <= today] == []


def test_hosted_names_no_model_whose_end_is_announced() -> None:
    assert ends(profiles.load("hosted")) == ()


def test_paper_names_the_papers_models() -> None:
    profile: Profile = profiles.load("paper")
    assert profile.chat.of("story").model == profile.chat.of("image_quality").model == "openai:gpt-4.1"
    assert profile.chat.of("video_quality").model == "google:gemini-2.5-pro"
    image = profile.image.settings
    assert (image["model"], image["steps"], image["guidance"]) == ("flux.1-kontext-dev", 20, 3.5)
    assert str(profile.video.settings["model"]).startswith("wan2.1-i2v-14b")
    assert profile.film_size(Aspect.TALL) == (768, 1360) and profile.feedback.rule == "paper"
    assert dict(ends(profile)).keys() == {"openai:gpt-4.1", "google:gemini-2.5-pro"}


def test_every_end_in_the_table_has_a_page_and_a_day_on_which_it_was_read() -> None:
    assert len(table()) >= 20
    for name, model in table().items():
        assert name.partition(":")[0] in ("openai", "google") and model.read >= datetime.date(2026, 11, 30)
        assert model.end is None or model.end.date is None or str(model.end.source).startswith("https://")
