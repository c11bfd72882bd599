"""Profiles and the registry: what other packages publish is found, wrong names and settings are told in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from personavlog import api, profiles
from personavlog.backbones import registry
from personavlog.backbones.capabilities import ImageCapabilities, SoundCapabilities
from personavlog.errors import ConfigurationError
from personavlog.profiles import load

ROLES: tuple[registry.MediaRole, ...] = ("image", "video", "music", "speech")


def test_another_packages_profile_and_backbones_are_found() -> None:
    profile = load("sample")
    assert profile.name == "sample" and "sample" in profiles.names()
    for role in ROLES:
        backbone = registry.load(role, "sample")
        assert backbone.fingerprint == "sample" and "sample" in registry.names(role)


def test_settings_reach_the_maker() -> None:
    assert registry.load("image", "sample").capabilities.repeats
    assert not registry.load("image", "sample", {"repeats": False}).capabilities.repeats


@pytest.mark.parametrize(
    ("role", "name", "settings", "says"),
    [
        ("music", "openai", {"model": "m", "stepps": 3}, "stepps: unknown"),
        ("music", "worker", {"model": "AudioX", "loading": "x"}, "loading: Input should be a valid number"),
        ("image", "sample", {"depth": 3}, "depth: unknown; known are: .*repeats"),
    ],
)
def test_settings_that_do_not_fit_are_told_by_their_name(
    role: registry.MediaRole, name: str, settings: dict[str, object], says: str
) -> None:
    with pytest.raises(ConfigurationError, match=says) as caught:
        registry.load(role, name, settings)
    assert "pydantic" not in str(caught.value) and "__init__" not in str(caught.value)


def test_capabilities_are_known_without_building_where_the_maker_says_them() -> None:
    assert isinstance(registry.capabilities("speech", "sample"), SoundCapabilities)
    assert registry.capabilities("image", "sample") is None, "a property is known of a built backbone only"
    assert isinstance(registry.load("image", "sample").capabilities, ImageCapabilities)


def test_voices_and_styles_are_those_of_the_profiles_backbones() -> None:
    assert api.voices("sample") == {"ada": "en", "lin": "zh"} and api.styles("sample") == {}


def test_unknown_profile_lists_the_shipped_ones() -> None:
    with pytest.raises(ConfigurationError, match="sample"):
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
        load("../third_party/sample_backbones/sample")


@pytest.mark.parametrize("role", ROLES)
def test_unknown_backbone_lists_what_there_is(role: registry.MediaRole) -> None:
    with pytest.raises(ConfigurationError, match="sample"):
        registry.load(role, "nobody")


@pytest.mark.parametrize("role", ROLES)
def test_wrong_settings_are_named(role: registry.MediaRole) -> None:
    with pytest.raises(ConfigurationError, match="colour_of_money"):
        registry.load(role, "sample", {"colour_of_money": 1})


def test_a_backbone_of_another_role_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="does not play the role 'image': it lacks a method of ImageEdit"):
        registry.load("image", "speechless")


def test_a_backbone_whose_module_is_gone_says_which_package_to_install() -> None:
    with pytest.raises(ConfigurationError, match=r"'uninstalled' of 'sample-backbones'.*Install that package again"):
        registry.load("image", "uninstalled")


@pytest.mark.parametrize("role", ROLES)
def test_the_hidden_guest_is_answered_in_words(role: registry.MediaRole, hidden_guest: None) -> None:
    with pytest.raises(ConfigurationError, match=r"backbone 'embedded' of 'personavlog'.*Install that package again"):
        registry.load(role, "embedded")
    with pytest.raises(ConfigurationError, match=r"profile 'embedded'.*cannot be read.*Install that package again"):
        load("embedded")
