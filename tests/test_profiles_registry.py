"""Profiles and the registry: wrong names and settings are told to the caller in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from personavlog.backbones import registry
from personavlog.errors import ConfigurationError
from personavlog.profiles import load
from personavlog.runs.blobs import Blobs


def test_unknown_profile_lists_the_shipped_ones() -> None:
    with pytest.raises(ConfigurationError, match="embedded"):
        load("cinematic")


@pytest.mark.parametrize("text", ["name = ", 'name = "x"\n[chat]\nrounds = 99\n', "\x00"])
def test_a_wrong_profile_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=r"mine\.toml"):
        load(str(path))


def test_binary_profile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load(str(path))


def test_profile_name_is_never_a_path_into_the_package() -> None:
    with pytest.raises(ConfigurationError):
        load("../profiles/embedded")


@pytest.mark.parametrize("role", ["image", "video", "music", "speech"])
def test_unknown_backbone_lists_what_there_is(role: registry.Role, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="embedded"):
        registry.load(role, "nobody", Blobs(tmp_path))


@pytest.mark.parametrize("role", ["image", "video", "music", "speech"])
def test_wrong_settings_are_named(role: registry.Role, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="colour_of_money"):
        registry.load(role, "embedded", Blobs(tmp_path), {"colour_of_money": 1})
