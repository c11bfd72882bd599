"""The page on services says what the tables say, and its examples are profiles that can be built."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import anyio
import pytest

from personavlog.backbones import records, registry
from personavlog.backbones.jobs.provider import providers
from personavlog.doctor.reach import reached
from personavlog.doctor.report import State
from personavlog.doctor.targets import targets
from personavlog.fake_server.elevenlabs import OWN
from personavlog.fake_server.server import serving
from personavlog.profiles import Profile, load

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "services.md").read_text(encoding="utf-8")
EXAMPLES = [tomllib.loads(text) for text in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)]


def rows(first: str) -> list[list[str]]:
    """The table whose first heading is this."""
    (table,) = re.findall(rf"^\| {first} \|.*?\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    return [[cell.strip() for cell in line.strip("|\n").split("|")] for line in table.splitlines()]


def test_the_page_lists_every_model_and_every_role_of_the_tables() -> None:
    listed = {model for row in rows("service") for model in re.findall(r"`([^`]+)`", row[2])}
    known = {name.partition(":")[2] for name in records.table("jobs")} | set(records.table("google"))
    assert listed == known
    named = {role for row in rows("service") for role in re.findall(r"`([^`]+)`", row[1])}
    families = (*providers(), "gemini", "veo", "omni", "comfyui")
    roles: tuple[Any, ...] = ("image", "video", "music", "speech")
    assert named == {f"{role}.{name}" for role in roles for name in registry.names(role) if name in families}


def test_the_page_names_the_usual_model_first_and_the_right_variable() -> None:
    for service, role, models, variable, _ in rows("service"):
        if "comfyui" in role or service == "Google":
            continue
        media: Any = role.strip("`").partition(".")[0]
        provider = providers()[role.strip("`").partition(".")[2]]
        assert re.findall(r"`([^`]+)`", models)[0] == provider.ways[media].default
        assert variable == f"`{provider.key_env}`"


def test_the_page_says_the_prices_that_are_booked() -> None:
    said = {(row[0].strip("`"), row[1], float(row[2]), float(row[3]), row[4], row[5]) for row in rows("model")}
    tables = {**records.table("jobs"), **records.table("google")}
    booked = {
        (name, price.unit, price.low, price.high, str(price.date), str(price.source).removeprefix("https://"))
        for name, row in tables.items()
        for price in row.prices
    }
    assert said == booked


def test_the_profile_of_the_page_is_one() -> None:
    profile = Profile.model_validate(EXAMPLES[0])
    assert profile.video.backbone == "veo" and profile.speech.settings["voices"]


def test_the_fake_server_serves_the_profile_that_tries_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tried,) = [text for text in texts if "extends" in text]
    monkeypatch.setenv("GOOGLE_API_KEY", "any")
    with serving() as server:
        (tmp_path / "services.toml").write_text(texts[0])
        (tmp_path / "tried.toml").write_text(tried.replace("http://127.0.0.1:8100", server.address))
        checks = anyio.run(reached, targets(load(str(tmp_path / "tried.toml"))))
    assert [check.text for check in checks if check.state is State.STOP] == []
    assert any("serves the model" in check.text and "veo" in check.name for check in checks)
    assert OWN in tried


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_backbone_of_the_examples_can_be_built(example: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    media: tuple[Any, ...] = ("image", "video", "music", "speech")
    built = [registry.load(r, example[r]["backbone"], example[r].get("settings")) for r in media if r in example]
    assert built and all(one.capabilities.licence.name for one in built)
