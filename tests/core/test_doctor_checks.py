"""What the doctor finds on this machine: packages, keys, model files, memory, licences, ends; and how it tells it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from personavlog import profiles, weights
from personavlog.backbones import records
from personavlog.backbones.records import ModelRecord
from personavlog.doctor import examination, files, installed, keys, machine, models
from personavlog.doctor.machine import Gpu
from personavlog.doctor.report import Check, State, Topic
from personavlog.errors import MissingWeightsError
from personavlog.production import lifetimes
from tests.core import doubles
from tests.shared.command_line import CommandLine

SECRET = "zz9-plural-z-alpha-7731"
HOSTED = {"writer": "openai:gpt-4.1", "image_quality": "google:gemini-2.5-pro", "video_quality": "fake:none"}
PUBLISHED = {"measures": "published", "keyframe_corrections": 1, "clip_corrections": 1}


def by_name(checks: Any) -> dict[str, Check]:
    return {check.name: check for check in checks}


@pytest.fixture
def large_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The simulated painter is of the local family, by a table of one model."""
    row = {
        "licence": {"name": "Some licence", "limits": "No commercial use.", "territory": "not in Elbonia"},
        "needs": {"disk": 30.0, "gpu": 40.0, "gpu_offloaded": 20.0},
        "source": "somebody/some-model",
        "end": {"date": "2026-10-01", "instead": "another", "source": "https://example.com/ends"},
    }
    monkeypatch.setattr(records, "family_of", lambda role, name: "local" if role == "image" else None)
    monkeypatch.setattr(records, "table", lambda family: {"fake": ModelRecord.model_validate(row)})


def test_a_profile_of_doubles_has_nothing_that_stops_it() -> None:
    report = examination._checks(doubles.profile(), (), offline=False)
    assert [check for check in report if check.state is State.STOP] == []


def test_a_missing_extra_stops_only_the_profile_that_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "extras", lambda: ("openai", "google"))
    monkeypatch.setattr(installed, "missing_of", lambda package, extra: ("its-package",))
    found = by_name(installed.installed(doubles.profile(chat={**HOSTED, "image_quality": "fake:none"})))
    assert found["extra openai"].state is State.STOP
    assert found["extra openai"].mend == "pip install 'personavlog[openai]'"
    assert found["extra google"].state is State.NOTE and "does not need it" in found["extra google"].text


def test_missing_packages_are_found_by_the_packages_own_data(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = [
        "numpy>=2",
        'no-such-package-here>=1; extra == "big"',
        "pydantic-ai-slim[openai]; extra == 'big'",
        'other-thing; extra == "small"',
    ]
    real = installed.metadata.requires
    monkeypatch.setattr(installed.metadata, "requires", lambda name: wanted if name == "personavlog" else real(name))
    assert installed.missing_of("personavlog", "big") == ("no-such-package-here",)
    assert installed.missing_of("personavlog", "none") == ()


def test_a_backbone_that_nobody_publishes_stops_a_film() -> None:
    profile = doubles.profile(chat={"writer": "nobody:x", "image_quality": "fake:none", "video_quality": "fake:none"})
    changed = profile.model_copy(update={"music": profile.music.model_copy(update={"backbone": "nobody"})})
    found = by_name(installed.backbones(changed))
    assert found["music: nobody"].state is State.STOP and "fake" in found["music: nobody"].text
    assert found["chat: nobody:x"].state is State.STOP
    assert found["image: fake"].state is State.FINE


def test_a_chat_model_that_its_package_does_not_build_stops_a_film() -> None:
    chat = {"writer": "fake:writer?colour=1", "image_quality": "fake:none", "video_quality": "fake:none"}
    found = by_name(installed.backbones(doubles.profile(chat=chat)))
    assert (
        found["chat: fake:writer?colour=1"].state is State.STOP and "colour" in found["chat: fake:writer?colour=1"].text
    )
    assert by_name(installed.backbones(doubles.profile()))["chat: fake:writer"].state is State.FINE


def test_a_model_file_that_no_table_knows_is_told_with_the_backbones_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(role: str, name: str, settings: Any) -> None:
        raise MissingWeightsError("The model 'mine' is not in the cache. Get it with: hf download me/mine")

    monkeypatch.setattr(installed.registry, "load", load)
    check = by_name(installed.backbones(doubles.profile()))["image: fake"]
    assert check.state is State.STOP and "hf download me/mine" in check.text


def test_settings_that_do_not_fit_stop_a_film() -> None:
    found = by_name(installed.backbones(doubles.profile({"video": {"colour_of_money": 1}})))
    assert found["video: fake"].state is State.STOP and "colour_of_money" in found["video: fake"].text


def test_keys_are_told_by_name_and_never_by_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    monkeypatch.delenv("GOOGLE_API_KEY", raising=False)
    found = by_name(keys.keys(doubles.profile(chat=HOSTED)))
    assert found["OPENAI_API_KEY"].state is State.FINE and found["GOOGLE_API_KEY"].state is State.STOP
    assert "google:gemini-2.5-pro" in found["GOOGLE_API_KEY"].text
    assert SECRET not in " ".join(check.model_dump_json() for check in found.values())


def test_a_server_of_ones_own_may_do_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    own = {**HOSTED, "image_quality": "fake:none", "base_url": "http://127.0.0.1:1/v1"}
    assert by_name(keys.keys(doubles.profile(chat=own)))["OPENAI_API_KEY"].state is State.NOTE
    named = by_name(keys.keys(doubles.profile(chat={**own, "api_key_env": "MINE"})))
    assert named["MINE"].state is State.STOP


def test_variables_of_media_backbones_are_found_wherever_they_are_named() -> None:
    settings = {"endpoints": [{"url": "http://a", "key_env": "A_KEY"}, {"url": "http://b", "key_env": "B_KEY"}]}
    choice = doubles.profile().image.model_copy(update={"settings": settings})
    assert keys.media_variables("image", choice) == ("A_KEY", "B_KEY")


def test_the_published_measures_say_which_weights_they_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    given = tmp_path / "musiq.pth"
    given.write_bytes(b"x")
    profile = doubles.profile(feedback={**PUBLISHED, "weights": {"musiq": str(given)}})
    found = by_name(files.model_files(profile, offline=False))
    assert set(found) == {"dino", "clip-vit-b-32", "clip-vit-l-14", "musiq", "raft-things", "clip-tokens"}
    assert found["dino"].state is State.STOP and found["dino"].mend.startswith("hf download facebook/dino-vitb16")
    assert found["musiq"].state is State.FINE
    assert found["raft-things"].state is State.NOTE and "make fetches it" in found["raft-things"].text
    offline = by_name(files.model_files(profile, offline=True))
    assert offline["raft-things"].state is State.STOP
    assert offline["raft-things"].mend == "personavlog weights fetch raft-things"


def test_a_proxy_profile_needs_no_weights() -> None:
    assert files.wanted(doubles.profile()) == ()


def test_a_model_file_that_is_there_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    profile = doubles.profile(weights=("sample-network",))
    assert by_name(files.model_files(profile, offline=False))["sample-network"].state is State.NOTE
    ready = tuple(weights.Status(one.name, "ready", one.size, one.folder, one.weight) for one in weights.status())
    monkeypatch.setattr(weights, "status", lambda names: ready)
    assert by_name(files.model_files(profile, offline=True))["sample-network"].state is State.FINE


def test_a_local_models_files_are_those_of_the_hubs_cache(
    large_model: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    missing = by_name(files.model_files(doubles.profile(), offline=False))["image: fake"]
    assert missing.state is State.STOP and missing.mend == "hf download somebody/some-model"
    assert "32.21 GB" in missing.text
    snapshot = tmp_path / "models--somebody--some-model" / "snapshots" / "abc"
    snapshot.mkdir(parents=True)
    (snapshot / "model_index.json").write_text("{}")
    assert by_name(files.model_files(doubles.profile(), offline=False))["image: fake"].state is State.FINE


def test_models_of_the_table_are_fetched_by_the_command_of_their_own_backbone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    choice = {"backbone": "local", "settings": {"model": "flux.2-klein-4b", "revision": "v 2"}}
    (found,) = files.wanted(doubles.profile(image=choice))
    assert found.line == (
        "hf download black-forest-labs/FLUX.2-klein-4B --revision 'v 2' --include \"*/*\" --include model_index.json"
    )
    here = {"backbone": "local", "settings": {"model": str(tmp_path), "like": "flux.2-klein-4b"}}
    assert files.wanted(doubles.profile(image=here)) == ()


def test_a_disk_that_is_too_small_stops_a_film(
    large_model: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "not" / "there"))
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "home"))
    usage = type("Usage", (), {"free": 10e9})()
    monkeypatch.setattr(files.shutil, "disk_usage", lambda place: usage)
    (check,) = files.disk(doubles.profile())
    assert (
        check.state is State.STOP
        and "32.7 GB are needed for a film and missing model files, 10.0 GB are free" in check.text
    )
    assert str(tmp_path) in check.name
    usage.free = 100e9
    assert next(iter(files.disk(doubles.profile()))).state is State.FINE


@pytest.mark.parametrize(
    ("memory", "state", "said"),
    [(80, State.FINE, "needs 40"), (24, State.NOTE, "20 with offload"), (8, State.STOP, "there are 8")],
)
def test_gpu_memory_is_held_against_the_need(large_model: None, memory: float, state: State, said: str) -> None:
    check = by_name(machine.gpu(doubles.profile(), (Gpu("Big One", memory),)))["image: fake"]
    assert check.state is state and said in check.text


def test_no_gpu_is_said_plainly(large_model: None) -> None:
    found = by_name(machine.gpu(doubles.profile(), ()))
    assert found["GPU"].text == "there is none"
    assert found["image: fake"].state is (State.STOP if machine.sys.platform != "darwin" else State.NOTE)


def test_a_gpu_that_torch_does_not_see_is_of_no_use(large_model: None) -> None:
    found = by_name(
        machine.gpu(doubles.profile(feedback={**PUBLISHED, "device": "cuda"}), (Gpu("Big One", 80, usable=False),))
    )
    assert "this torch does not see" in found["GPU"].text
    assert found["measures"].state is State.STOP and found["image: fake"].state is State.STOP


def test_without_torch_the_driver_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho 'NVIDIA H200, 143771'\necho 'nonsense'\necho 'NVIDIA A10, 23028'\n")
    program.chmod(0o755)
    monkeypatch.setattr(machine, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert machine.gpus() == (Gpu("NVIDIA H200", 143771 / 1024), Gpu("NVIDIA A10", 23028 / 1024))
    program.write_text("#!/bin/sh\nexit 9\n")
    assert machine.gpus() == ()


def test_licences_and_territories_are_told(large_model: None) -> None:
    found = by_name(models.licences(doubles.profile()))
    assert found["image: fake"].text == "Some licence. No commercial use. not in Elbonia"
    assert found["video: fake"].text.startswith("none")


def test_the_licences_of_the_measures_are_told_too() -> None:
    (check,) = models.measures(doubles.profile(feedback=PUBLISHED))
    assert check.name == "measures: musiq" and "not for commercial use" in check.text


def test_ends_are_told_by_their_date() -> None:
    profile = doubles.profile(chat=HOSTED)
    before = by_name(models.endings(profile, datetime.date(2027, 1, 13)))
    assert "until 2027-01-14, 1 day from now" in before["openai:gpt-4.1"].text
    assert "openai:gpt-6-luna" in before["openai:gpt-4.1"].mend
    after = by_name(models.endings(profile, datetime.date(2027, 1, 14)))
    assert "was served until 2027-01-14" in after["openai:gpt-4.1"].text
    assert "answers with gemini-3.8-flash" in after["google:gemini-2.5-pro"].text
    assert all(check.state is State.NOTE for check in after.values()), "the server has the last word"


def test_a_model_of_that_name_on_ones_own_server_has_no_end() -> None:
    own = {**HOSTED, "image_quality": "fake:none", "base_url": "http://127.0.0.1:1/v1"}
    (check,) = models.endings(doubles.profile(chat=own), datetime.date(2030, 1, 1))
    assert check.state is State.FINE


def test_a_snapshot_ends_with_its_model() -> None:
    chat = {**HOSTED, "writer": "openai:gpt-4.1-2025-04-14"}
    assert "openai:gpt-4.1-2025-04-14" in dict(lifetimes.ends(doubles.profile(chat=chat)))


def test_a_films_maker_is_told_of_ends_that_are_near(large_model: None) -> None:
    profile = doubles.profile(chat={**HOSTED, "image_quality": "fake:none"})
    assert len(lifetimes.notes(profile, datetime.date(2026, 9, 1))) == 1, "the painter's end is near, the writer's far"
    assert [
        note.partition(" is")[0].partition(" was")[0] for note in lifetimes.notes(profile, datetime.date(2027, 1, 1))
    ] == [
        "The model 'openai:gpt-4.1'",
        "The model 'fake'",
    ]


def test_a_film_begins_with_the_ends_of_its_models(
    cli: CommandLine, tmp_path: Path, one_face: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    chat = {"writer": "fake:writer", "image_quality": "fake:none", "video_quality": "fake:none"}
    profile = doubles.profile(chat={**chat, "fallbacks": ["openai:gpt-4.1-nano"]})
    file = tmp_path / "mine.toml"
    file.write_text(tomli_w.dumps(profile.model_dump(mode="json", exclude_none=True)))
    made = cli.make(profile=str(file), writer="fake:writer", shots="2", length="8", subtitles="none")
    assert made.status == 0, made
    assert "The model 'openai:gpt-4.1-nano' was served until 2026-10-23." in made.err


def test_more_tokens_than_a_model_answers_with_are_told() -> None:
    (check,) = models.answers(doubles.profile(chat={**HOSTED, "image_quality": "fake:none", "max_tokens": 50_000}))
    assert "at most 32768" in check.text


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_ends_with_0_where_nothing_stops_a_film(cli: CommandLine) -> None:
    ended = cli.call("doctor", "--profile", "sample", "--offline")
    assert ended.status == 0, ended
    assert (
        "Nothing that was looked at would stop a film of 'sample'." in ended.out and "No server was asked." in ended.out
    )


def test_the_command_ends_with_1_where_something_does_and_no_line_is_cut(cli: CommandLine, tmp_path: Path) -> None:
    profile = tmp_path / "mine.toml"
    profile.write_text('extends = "sample"\nname = "mine"\n[feedback]\nmeasures = "published"\n')
    ended = cli.call("doctor", "--profile", str(profile), "--offline")
    assert ended.status == 1
    assert "--include model.safetensors --include pytorch_model.bin]" in ended.out
    assert "would stop a film of 'mine'." in ended.out


def test_the_command_speaks_json(cli: CommandLine) -> None:
    ended = cli.call("doctor", "--profile", "sample", "--offline", "--json")
    told = json.loads(ended.out)
    assert told["offline"] and {check["state"] for check in told["checks"]} <= {"fine", "note", "stop"}
    assert {fit["profile"] for fit in told["fits"]} == set(profiles.names())


def test_a_profile_that_does_not_load_ends_with_2(cli: CommandLine) -> None:
    ended = cli.call("doctor", "--profile", "nobody")
    assert ended.status == 2 and "no profile 'nobody'" in ended.err


def test_a_terminal_gets_a_table_without_control_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    from personavlog.cli import doctor_commands
    from personavlog.cli.console import PlainConsole
    from personavlog.doctor.report import Report, note

    console = PlainConsole(record=True, width=100, force_terminal=True)
    monkeypatch.setattr(doctor_commands, "out", console)
    hostile = note(Topic.SERVERS, "chat: m", "it serves \x1b]0;evil\x07 [red]x[/]")
    doctor_commands._tell_table(Report(profile="p", offline=False, checks=(hostile,)))
    told = console.export_text()
    assert "servers" in told and "[red]x[/]" in told and "\x07" not in told and "\x1b]0" not in told
