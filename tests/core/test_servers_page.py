"""The page on servers: its profiles are profiles, its models are known, its example runs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import anyio
import pytest

from personavlog.backbones import registry
from personavlog.backbones.chat import chat_model
from personavlog.backbones.protocol.dialects import table as dialects
from personavlog.backbones.protocol.settings import FAMILY
from personavlog.backbones.records import table
from personavlog.doctor.reach import reached
from personavlog.doctor.report import State
from personavlog.doctor.targets import targets
from personavlog.fake_server.faults import read_fault
from personavlog.fake_server.server import Behaviour, serving
from personavlog.fake_server.surfaces import faults
from personavlog.profiles import Profile, load

PAGE = (Path(__file__).parents[2] / "docs" / "servers.md").read_text(encoding="utf-8")
BLOCKS = [tomllib.loads(text) for text in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)]
WHOLE = BLOCKS[0]


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_profile_can_be_built(block: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-no-key-of-anybody-0123")
    profile = Profile.model_validate({**WHOLE, **block})
    for role, choice in profile.backbones.items():
        assert registry.load(role, choice.backbone, choice.settings).capabilities.licence.name
    chosen = profile.chat.of("story")
    assert chat_model(chosen.model, chosen.settings).model_name in chosen.model


def test_every_model_of_the_page_is_in_the_table() -> None:
    roles = [block[role] for block in BLOCKS for role in ("image", "video", "music", "speech") if role in block]
    named = {role["settings"]["model"] for role in roles}
    assert named - {"our-own-i2v"} <= table(FAMILY).keys()


def test_every_row_of_the_table_has_one_role_and_its_licence() -> None:
    for name, row in table(FAMILY).items():
        (can,) = [one for one in (row.image, row.video, row.sound) if one is not None]
        assert can.licence == row.licence, name
        assert row.end is None or row.end.date is not None


def test_every_kind_of_server_says_where_the_picture_goes() -> None:
    for kind, roles in dialects().items():
        assert all(roles[role].image and roles[role].size for role in ("image", "video") if role in roles), kind


def test_the_fake_server_of_the_page_serves_its_profile(tmp_path: Path) -> None:
    text = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[0]
    (command,) = [one for one in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) if "doctor" in one]
    ((before, after),) = re.findall(r"s#(\S+?)#(\S+?)#", command)
    with serving(Behaviour(models=tuple(re.findall(r"--model (\S+)", command)))) as server:
        (tmp_path / "tried.toml").write_text(re.sub(before, after, text).replace(after, server.address))
        profile = load(str(tmp_path / "tried.toml"))
        checks = anyio.run(reached, targets(profile))
    assert all(registry.load(role, one.backbone, one.settings) for role, one in profile.backbones.items())
    assert len(checks) == 5 and {check.state for check in checks} == {State.FINE}


def test_the_faults_of_the_page_are_known() -> None:
    told = re.findall(r'--fault "?([a-z.]+=[\w :]+)"?', PAGE)
    assert len(told) == 2 and all(read_fault(fault.strip(), faults()) for fault in told)


def test_the_example_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(example, "servers.md", "exec"), {})  # noqa: S102 - it is our own page
