"""Every job service from a request to a checked picture, clip or sound: what is sent is what the service documents,
what comes is ours, and what it cost is what is known."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest

from personavlog.backbones import records, registry
from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.jobs.settings import JobSettings
from personavlog.backbones.roles import Keyframe
from personavlog.errors import ConfigurationError, CostLimitError
from personavlog.fake_server.elevenlabs import OWN
from personavlog.fake_server.server import Behaviour, FakeServer, serving
from personavlog.media.decode import frames
from personavlog.runs.ledger import Cap
from tests.core.hosted_house import KEY, VARIABLES, House

ANNA = {"Anna": {"id": OWN, "language": "en"}}


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.setenv(variable, KEY)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with serving(Behaviour(key=KEY, seconds=0.05)) as made:
        yield made


def built(role: Any, name: str, server: FakeServer, **settings: Any) -> Any:
    return registry.load(role, name, {"base_url": f"{server.address}/{name}", "every": 0.02, **settings})


def sent(server: FakeServer, route: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(server.kept[route])
    return found


@pytest.mark.parametrize("name", ["bfl", "fal", "replicate"])
def test_a_keyframe_comes_in_the_asked_size_and_is_booked(name: str, server: FakeServer, house: House) -> None:
    made = house.edit(built("image", name, server))
    assert (made.image.width, made.image.height) == (1280, 720)
    [entry] = house.entries
    assert entry.outcome == "paid" and entry.request and entry.model
    assert house.job("edit") is None, "a job that delivered is forgotten"


def test_equal_seeds_give_equal_pictures_and_others_give_others(server: FakeServer, house: House) -> None:
    backbone = built("image", "fal", server)
    assert house.edit(backbone, "a").image == house.edit(backbone, "b").image
    assert house.edit(backbone, "c", seed=8).image != house.edit(backbone, "d").image


def test_bfl_gets_base64_and_sides_and_says_itself_what_it_cost(server: FakeServer, house: House) -> None:
    made = house.edit(built("image", "bfl", server), width=1024, height=576)
    said = sent(server, "bfl.submit")
    assert base64.b64decode(said["input_image"])[:4] == b"\x89PNG"
    assert (said["width"], said["height"], said["seed"], said["output_format"]) == (1024, 576, 7, "png")
    assert "aspect_ratio" not in said and made.receipt.money == pytest.approx(0.045)


def test_kontext_gets_a_shape_and_no_sides(server: FakeServer, house: House) -> None:
    house.edit(built("image", "bfl", server, model="flux-kontext-pro"), width=720, height=1280)
    said = sent(server, "bfl.submit")
    assert said["aspect_ratio"] == "9:16" and "width" not in said


def test_a_correction_shows_the_keyframe_first_and_then_the_person(server: FakeServer, house: House) -> None:
    previous, reference = house.picture(320, 192), house.picture(480, 272)
    changes = {
        "corrections": (Remedy(correction=Correction.WORDS, thing="Add a red hat."),),
        "previous": Keyframe(image=previous),
        "reference": reference,
    }
    house.edit(built("image", "bfl", server), **changes)
    said = sent(server, "bfl.submit")
    assert base64.b64decode(said["input_image"]) == house.blobs.get(previous)
    assert base64.b64decode(said["input_image_2"]) == house.blobs.get(reference)
    house.edit(built("image", "fal", server), "one", **changes)
    assert said["input_image"] in sent(server, "fal.submit")["image_url"], "one reference: what is to be changed"


def test_a_large_photo_is_sent_as_a_megapixel(server: FakeServer, house: House) -> None:
    house.edit(built("image", "fal", server), purpose="stylise", board=None, reference=house.picture(2048, 1536))
    data = base64.b64decode(sent(server, "fal.submit")["image_url"].partition(",")[2])
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    assert 1_000_000 < width * height <= 1_048_576 and width / height == pytest.approx(4 / 3, rel=0.01)


def test_replicate_gets_an_upload_and_no_data_uri(server: FakeServer, house: House) -> None:
    house.edit(built("image", "replicate", server))
    said = sent(server, "replicate.submit")
    assert said["version"] == "black-forest-labs/flux-kontext-pro"
    assert said["input"]["input_image"].startswith(f"{server.address}/replicate/v1/files/")
    assert len(server.log.of("replicate.upload")) == 1


@pytest.mark.parametrize(
    ("name", "extra"),
    [
        ("fal", {"resolution": "180p"}),
        ("replicate", {}),
        ("dashscope", {"parameters.resolution": "180P"}),
    ],
)
def test_a_clip_comes_silent_at_our_rate_and_length(
    name: str, extra: dict[str, str], server: FakeServer, house: House
) -> None:
    backbone = built("video", name, server, extra=extra)
    made = house.animate(backbone)
    can = backbone.capabilities
    assert made.clip.fps == can.fps and made.clip.frames == can.durations.frames(can.durations.at_least(2.0))
    assert (made.clip.width, made.clip.height) == (320, 176)
    assert sum(1 for _ in frames(house.blobs.path(made.clip), made.clip)) == made.clip.frames


def test_wan_gets_whole_seconds_a_word_for_its_size_and_no_sound(server: FakeServer, house: House) -> None:
    house.animate(built("video", "dashscope", server, extra={"parameters.resolution": "180P"}), duration=2.4)
    said = sent(server, "dashscope.submit")
    assert said["model"] == "wan2.6-i2v" and said["parameters"]["duration"] == 3
    assert said["parameters"]["audio"] is False and said["parameters"]["prompt_extend"] is False
    assert said["input"]["img_url"].startswith("data:image/png;base64,")
    house.animate(
        built("video", "dashscope", server, model="wan2.7-i2v", extra={"parameters.resolution": "180P"}), "newer"
    )
    [first] = sent(server, "dashscope.submit")["input"]["media"]
    assert first["type"] == "first_frame" and first["url"].startswith("data:image/png")


def test_wan_at_replicate_gets_frames_by_its_own_rule(server: FakeServer, house: House) -> None:
    house.animate(built("video", "replicate", server))
    said = sent(server, "replicate.submit")["input"]
    assert said["num_frames"] == 33 and said["frames_per_second"] == 16 and said["seed"] == 7


def test_music_lasts_as_long_as_the_film_and_has_no_singing(server: FakeServer, house: House) -> None:
    made = house.compose(built("music", "elevenlabs", server), seconds=6.0)
    said = sent(server, "elevenlabs.music")
    assert said["music_length_ms"] == 6500 and said["force_instrumental"] is True
    assert made.audio.duration >= 6.0 and "music_v2 of elevenlabs" in made.source


@pytest.mark.parametrize("name", ["elevenlabs", "dashscope"])
def test_a_line_is_spoken_by_a_voice_of_the_profile(name: str, server: FakeServer, house: House) -> None:
    backbone = built("speech", name, server, voices=ANNA)
    assert backbone.capabilities.voices == {"Anna": "en"} and backbone.choose_voice("en", None) == "Anna"
    made = house.speak(backbone, voice="Anna")
    assert made.voice == "Anna" and made.audio.rate == 24_000 and made.audio.duration > 1


@pytest.mark.parametrize("name", ["elevenlabs", "dashscope"])
def test_without_a_voice_or_a_sample_it_says_how_to_name_one(name: str, server: FakeServer, house: House) -> None:
    with pytest.raises(ConfigurationError, match=r"settings\.voices"):
        house.speak(built("speech", name, server))
    assert not server.log.of(f"{name}.speech")


def test_a_voice_is_cloned_once_and_deleted_in_the_end(server: FakeServer, house: House) -> None:
    backbone = built("speech", "elevenlabs", server)
    sample = house.sample()
    assert house.speak(backbone, "a", sample=sample).voice == "the cloned voice"
    house.speak(backbone, "b", sample=sample)
    assert len(server.log.of("elevenlabs.add")) == 1
    [voice] = [name for name in server.kept if name.startswith("voice/")]
    assert server.kept[voice].decode() == f"personavlog-{sample.digest[:12]}"
    anyio.run(backbone.aclose)
    assert voice not in server.kept


def test_a_voice_that_a_killed_run_left_there_is_used_and_not_cloned_again(server: FakeServer, house: House) -> None:
    sample = house.sample()
    house.speak(built("speech", "elevenlabs", server), "a", sample=sample)
    second = built("speech", "elevenlabs", server)
    house.speak(second, "b", sample=sample)
    assert len(server.log.of("elevenlabs.add")) == 1
    anyio.run(second.aclose)
    assert not [name for name in server.kept if name.startswith("voice/")]


def test_without_voices_of_the_profile_a_sample_is_needed_and_said_so(server: FakeServer) -> None:
    assert built("speech", "elevenlabs", server).capabilities.needs_sample
    assert not built("speech", "elevenlabs", server, voices=ANNA).capabilities.needs_sample
    assert not built("speech", "dashscope", server).capabilities.needs_sample, "it cannot clone one either"


def test_a_cloned_voice_that_was_deleted_there_is_cloned_again(server: FakeServer, house: House) -> None:
    backbone, sample = built("speech", "elevenlabs", server), house.sample()
    house.speak(backbone, "a", sample=sample)
    for name in [name for name in server.kept if name.startswith("voice/")]:
        del server.kept[name]
    house.speak(backbone, "b", sample=sample)
    assert len(server.log.of("elevenlabs.add")) == 2


def test_a_service_that_clones_from_addresses_only_says_so_and_gets_one(server: FakeServer, house: House) -> None:
    backbone = built("speech", "dashscope", server)
    assert not backbone.capabilities.clones
    with pytest.raises(ConfigurationError, match=r"public address.*sample_url"):
        house.speak(backbone, "a", sample=house.sample())
    cloning = built("speech", "dashscope", server, sample_url="https://example.org/me.wav")
    assert cloning.capabilities.clones
    house.speak(cloning, "b", sample=house.sample())
    assert sent(server, "dashscope.voices")["input"]["url"] == "https://example.org/me.wav"
    assert sent(server, "dashscope.speech")["input"]["voice"].startswith("cosyvoice-v3-flash-")


def test_an_unknown_price_stays_unknown_and_stops_under_a_cap(server: FakeServer, tmp_path: Path) -> None:
    backbone = built("video", "replicate", server)
    with pytest.raises(CostLimitError, match="unknown"):
        House(tmp_path, Cap(5.0)).animate(backbone)
    assert not server.log.of("replicate.submit")


def test_a_model_that_nobody_knows_is_described_by_the_profile(server: FakeServer, house: House) -> None:
    with pytest.raises(ConfigurationError, match=r"Nothing is known.*'new/model'.*Known: .*kontext"):
        built("image", "fal", server, model="new/model")
    with pytest.raises(ConfigurationError, match="Nothing is known"):
        built("video", "fal", server, model="fal-ai/flux-pro/kontext")
    terms = {"name": "theirs"}
    record = {"licence": terms, "image": {"licence": terms, "references": 3}}
    names = {"prompt": "words", "images": "pictures", "width": "size.w", "height": "size.h"}
    backbone = built("image", "fal", server, model="new/model", record=record, inputs=names)
    assert backbone.capabilities.references == 3
    assert backbone.fingerprint != built("image", "fal", server, model="new/model", record=record).fingerprint


def test_settings_that_could_lead_elsewhere_are_refused() -> None:
    for wrong in (
        {"model": "../../account"},
        {"model": "a/.b"},
        {"base_url": "https://user:pw@host"},
        {"key_env": "sk-averyrealkey1234567"},
        {"extra": {"a..b": 1}},
        {"unknown": 1},
    ):
        with pytest.raises(ValueError, match="validation error"):
            JobSettings.model_validate(wrong)


def test_every_row_of_the_table_can_be_built_and_says_where_it_is_from() -> None:
    rows = records.table("jobs")
    assert len(rows) > 15
    for name, row in rows.items():
        provider, _, model = name.partition(":")
        role: Any = "image" if row.image else "video" if row.video else "music" if "music" in model else "speech"
        backbone = registry.load(role, provider, {"model": model})
        assert backbone.capabilities.licence.name and row.source.startswith("https://")
        assert all(0 < price.low <= price.high < 10 for price in row.prices)


def test_a_key_that_is_not_set_is_named_and_nothing_is_sent(
    server: FakeServer, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAL_KEY")
    with pytest.raises(ConfigurationError, match="FAL_KEY"):
        house.edit(built("image", "fal", server))
    assert not server.log.lines
