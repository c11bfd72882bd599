"""Profiles on the pages of the workers load as they stand, on top of the embedded profile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from personavlog.backbones import registry
from personavlog.errors import ConfigurationError
from personavlog.profiles import load

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS = [
    pytest.param(block, id=f"{page}-{number}")
    for page in ("workers", "cosyvoice", "audiox")
    for number, block in enumerate(
        re.findall(r"```toml\n(.*?)```", (DOCS / f"{page}.md").read_text(encoding="utf-8"), re.DOTALL)
    )
]


@pytest.mark.parametrize("block", BLOCKS)
def test_every_profile_of_the_pages_loads_alone(block: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(block)
    profile = load(str(tmp_path / "mine.toml"))
    workers = {role: one for role, one in profile.backbones.items() if one.backbone == "worker"}
    assert workers and profile.image.backbone == "embedded"
    for role, choice in workers.items():
        assert registry.load(role, choice.backbone, choice.settings).capabilities.licence.name


def test_a_setting_that_an_embedded_backbone_does_not_have_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"offload: unknown; known are: none"):
        registry.load("video", "embedded", {"offload": "group"})
    with pytest.raises(ConfigurationError, match=r"offload: unknown; known are: .*packs"):
        registry.load("music", "embedded", {"offload": "group"})
