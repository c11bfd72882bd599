"""A user's profile over a shipped one: tables merge, the user's wins, and what is wrong is told with its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from personavlog import profiles
from personavlog.errors import ConfigurationError
from personavlog.profiles import overlay

BASE = """
name = "base"
crossfade = 4
[chat]
writer = "openai:one"
base_url = "http://mine/v1"
api_key_env = "MINE"
image_quality = "openai:eyes"
video_quality = {model = "google:eyes", timeout = 9}
[image]
backbone = "fake"
at_once = 3
[image.settings]
price = 0.5
[video]
backbone = "fake"
[video.settings]
price = 0.25
seconds = 1.0
[music]
backbone = "fake"
[speech]
backbone = "fake"
"""


@pytest.fixture
def load(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Writes the base and a file over it, and loads that."""

    def loaded(text: str, base: str = BASE, extends: str = 'extends = "base.toml"\n') -> profiles.Profile:
        (tmp_path / "base.toml").write_text(base)
        (tmp_path / "mine.toml").write_text(extends + text)
        return profiles.load(str(tmp_path / "mine.toml"))

    return loaded


def test_a_file_that_only_extends_is_the_base_under_its_own_name(load, tmp_path: Path) -> None:
    mine = load("")
    base = profiles.load(str(tmp_path / "base.toml"))
    assert (mine.name, base.name) == ("mine", "base")
    assert mine.model_copy(update={"name": "base"}) == base
    assert load("", base=BASE.replace('name = "base"', "")).name == "mine"
    assert load('name = "another"\n').name == "another"


def test_tables_merge_and_the_users_wins(load) -> None:
    mine = load('name = "mine"\n[video.settings]\nprice = 1.0\n[image]\nat_once = 1\n')
    assert (mine.name, mine.crossfade) == ("mine", 4)
    assert dict(mine.video.settings) == {"price": 1.0, "seconds": 1.0}
    assert (mine.image.at_once, dict(mine.image.settings)) == (1, {"price": 0.5})


def test_a_role_with_another_backbone_begins_anew(load) -> None:
    mine = load('[image]\nbackbone = "sample"\n')
    assert (mine.image.backbone, mine.image.at_once, dict(mine.image.settings)) == ("sample", 1, {})
    assert dict(mine.video.settings)["price"] == 0.25


def test_an_agent_given_as_a_name_and_then_as_a_table_keeps_its_model(load) -> None:
    mine = load("[chat.image_quality]\ntimeout = 7\n")
    chosen = mine.chat.of("image_quality")
    assert (chosen.model, chosen.settings.timeout) == ("openai:eyes", 7)
    assert load('[chat]\nvideo_quality = "google:other"\n').chat.of("video_quality").settings.timeout == 120


def test_an_address_and_its_key_do_not_pass_to_another_provider(load) -> None:
    mine = load('[chat]\nwriter = "google:gemini"\n').chat
    assert (mine.base_url, mine.api_key_env) == (None, None)
    same = load('[chat]\nwriter = "openai:two"\n').chat
    assert (same.base_url, same.api_key_env) == ("http://mine/v1", "MINE")


def test_a_price_does_not_pass_to_another_address(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('extends = "open"\n[chat]\nbase_url = "http://mine/v1"\nprice = 0\n')
    (tmp_path / "mine.toml").write_text('extends = "base.toml"\n[chat]\nbase_url = "http://theirs/v1"\n')
    assert profiles.load(str(tmp_path / "base.toml")).chat.price == 0
    assert profiles.load(str(tmp_path / "mine.toml")).chat.price is None


def test_a_shipped_profile_is_extended_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('extends = "sample"\nname = "mine"\n[feedback]\nclip_corrections = 0\n')
    mine, sample = profiles.load(str(file)), profiles.load("sample")
    assert mine.image == sample.image and mine.feedback.clip_corrections == 0


def test_a_path_is_one_from_the_folder_of_the_file_that_says_it(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "base.toml").write_text(BASE)
    (tmp_path / "a" / "middle.toml").write_text('extends = "../base.toml"\ncrossfade = 5\n')
    (deep / "mine.toml").write_text('extends = "../middle.toml"\nname = "mine"\n')
    mine = profiles.load(str(deep / "mine.toml"))
    assert (mine.name, mine.crossfade) == ("mine", 5)


@pytest.mark.parametrize("second", ["mine.toml", "./mine.toml", "../{folder}/mine.toml"])
def test_a_circle_is_refused_however_it_is_written(tmp_path: Path, second: str) -> None:
    (tmp_path / "mine.toml").write_text('extends = "other.toml"\n')
    (tmp_path / "other.toml").write_text(f'extends = "{second.format(folder=tmp_path.name)}"\n')
    with pytest.raises(ConfigurationError, match=r"extends itself: .*mine\.toml' -> .*other\.toml' -> .*mine\.toml'"):
        profiles.load(str(tmp_path / "mine.toml"))


def test_a_file_that_extends_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('extends = "mine.toml"\n')
    with pytest.raises(ConfigurationError, match="extends itself"):
        profiles.load(str(tmp_path / "mine.toml"))


def test_too_many_files_behind_one_another_are_refused(tmp_path: Path) -> None:
    for number in range(overlay.DEEPEST + 3):
        (tmp_path / f"{number}.toml").write_text(f'extends = "{number + 1}.toml"\n')
    with pytest.raises(ConfigurationError, match="extends itself"):
        profiles.load(str(tmp_path / "0.toml"))


def test_a_wrong_setting_is_told_with_the_file_that_says_it(load) -> None:
    with pytest.raises(ConfigurationError, match=r"mine\.toml' does not fit: image\.at_once: "):
        load("[image]\nat_once = 0\n")
    with pytest.raises(ConfigurationError, match=r"image\.at_once: .*crossfade \(of '[^']*base\.toml'\): "):
        load("[image]\nat_once = 0\n", base=BASE.replace("crossfade = 4", "crossfade = 400"))


@pytest.mark.parametrize(
    ("text", "place", "known"),
    [
        ("[chatt]\nwriter = 'x'\n", "chatt", "chat, crossfade"),
        ("[image]\nsetting = {}\n", "image.setting", "at_once, backbone, device, settings"),
        ("[chat.story]\nmodell = 'x'\n", "chat.story.modell", "model, output"),
    ],
)
def test_an_unknown_setting_is_told_with_those_that_there_are(load, text: str, place: str, known: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"does not fit: {place}: unknown; known are: .*{known}"):
        load(text)


def test_a_profile_that_lacks_roles_is_told_to_extend_one(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[music]\nbackbone = "fake"\n')
    with pytest.raises(ConfigurationError, match=r'image: Field required.* Begin it with extends = "embedded"'):
        profiles.load(str(tmp_path / "mine.toml"))


def test_a_base_that_is_not_there_says_who_extends_it(load) -> None:
    with pytest.raises(ConfigurationError, match=r"'papper'\. '.*mine\.toml' extends it\. Shipped: .*sample"):
        load("", extends='extends = "papper"\n')


def test_a_broken_base_is_named(load) -> None:
    with pytest.raises(ConfigurationError, match=r"base\.toml' is not TOML"):
        load("", base="name = ")


@pytest.mark.parametrize("value", ["3", '["paper"]', '""', "{name = 'paper'}"])
def test_only_one_name_or_path_can_be_extended(load, value: str) -> None:
    with pytest.raises(ConfigurationError, match=r"mine\.toml' does not fit: extends: give one"):
        load("", extends=f"extends = {value}\n")


@pytest.mark.parametrize("name", ["a\\u0000b.toml", "{}.toml".format("x" * 5000), "/dev/zero", "."])
def test_what_is_no_file_is_no_profile(load, name: str) -> None:
    with pytest.raises(ConfigurationError, match="There is no profile"):
        load("", extends=f'extends = "{name}"\n')


def test_a_key_is_refused_in_an_overlay_too(load) -> None:
    with pytest.raises(ConfigurationError, match="holds a key or password") as caught:
        load('[image.settings]\napi_key = "very-secret-value"\n')
    assert "very-secret-value" not in str(caught.value)


def test_a_file_that_is_far_too_long_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("# " + "x" * overlay.MOST_BYTES)
    with pytest.raises(ConfigurationError, match="more than 256 KiB"):
        profiles.load(str(tmp_path / "mine.toml"))
