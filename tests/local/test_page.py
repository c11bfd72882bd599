"""``docs/local.md``: its profile can be built, and what it says of the models is what the tables say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from personavlog import profiles
from personavlog.backbones import registry
from personavlog.backbones.local import speed
from personavlog.backbones.local.settings import PictureSettings
from personavlog.backbones.records import table

PAGE = (Path(__file__).parents[2] / "docs" / "local.md").read_text(encoding="utf-8")


@pytest.fixture
def profile(tmp_path: Path) -> profiles.Profile:
    return written(tmp_path, 0)


def written(folder: Path, number: int) -> profiles.Profile:
    """One of the page's profiles, from a file."""
    text = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[number]
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return profiles.load(str(folder / "mine.toml"))


def test_its_profile_for_sound_and_agents_names_what_there_is(tmp_path: Path) -> None:
    chosen = written(tmp_path, 1)
    models = [chosen.music.settings["model"], *(chosen.chat.of(agent).model for agent in ("story", "image_quality"))]
    assert {model.removeprefix("local:") for model in models} <= set(table("local"))
    assert {chosen.music.backbone, chosen.speech.backbone} == {"local"}


def test_its_profile_fits_and_its_models_make_the_films_size(profile: profiles.Profile) -> None:
    pytest.importorskip("huggingface_hub", reason="needs the extra [local]: make test-local")
    image = registry.load("image", profile.image.backbone, profile.image.settings)
    video = registry.load("video", profile.video.backbone, profile.video.settings)
    assert profile.size is not None
    for can in (image.capabilities, video.capabilities):
        assert can.sizes.nearest(*profile.size) == profile.size


def test_it_lists_every_model_with_its_memory(profile: profiles.Profile) -> None:
    for name, row in table("local").items():
        if row.image is None and row.video is None:
            continue
        short = name.replace("-720p", "-480p")
        (line,) = [one for one in PAGE.splitlines() if one.startswith("|") and f"`{short}`" in one]
        assert [int(gib) for gib in re.findall(r"(\d+) GiB", line)] == [
            -int(-need // 1) for need in (row.needs.gpu, row.needs.gpu_offloaded)
        ], name


def test_every_setting_and_name_that_it_shows_is_one(profile: profiles.Profile) -> None:
    shown = set(re.findall(r"`(\w+) = ", PAGE)) | {"offload", "budget", "like", "steps", "guidance", "attention"}
    assert shown - {"at_once", "measures", "components", "component", "extra_references"} <= set(
        PictureSettings.model_fields
    )
    assert {"lightx2v-wan2.1-480p", "lightning-qwen-image-edit"} <= set(speed.profiles())
    assert "first_block" in speed.caches()
