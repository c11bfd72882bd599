"""Google's pictures and clips over plain HTTP: what is sent is what Google's own client sends, and what its models
refuse is known by the input's name."""

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
from personavlog.backbones.roles import Keyframe
from personavlog.errors import (
    BackboneError,
    BadMediaError,
    ConfigurationError,
    CostLimitError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
)
from personavlog.fake_server.faults import Fault
from personavlog.fake_server.server import Behaviour, FakeServer, serving
from personavlog.runs.ledger import Cap
from tests.core.hosted_house import KEY, House, small


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with serving(Behaviour(key=KEY, seconds=0.05)) as made:
        yield made


def faulty(route: str, name: str, times: int | None = None, **behaviour: Any) -> Any:
    return serving(Behaviour(key=KEY, faults=(Fault(route=route, name=name, times=times),), **behaviour))


def gemini(server: FakeServer, **settings: Any) -> Any:
    return registry.load("image", "gemini", {"base_url": server.address, **settings})


def veo(server: FakeServer, **settings: Any) -> Any:
    record = small("google", "veo-3.1-generate-preview")
    return registry.load("video", "veo", {"base_url": server.address, "every": 0.02, "record": record, **settings})


def omni(server: FakeServer, **settings: Any) -> Any:
    plain = {"record": small("google", "gemini-omni-1.2-flash"), "resolution": "360p"}
    return registry.load("video", "omni", {"base_url": server.address, "every": 0.02, **plain, **settings})


def sent(server: FakeServer, route: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(server.kept[route])
    return found


# --- pictures ---------------------------------------------------------------------------------------------------------


def test_a_keyframe_comes_in_the_asked_size_with_what_it_cost(server: FakeServer, house: House) -> None:
    made = house.edit(gemini(server, model="gemini-3-pro-image"))
    assert (made.image.width, made.image.height) == (1280, 720)
    assert made.receipt.money == pytest.approx(1120 * 0.000125) and made.receipt.model == "gemini-3-pro-image"
    assert house.entries[0].request == "resp-1"


def test_a_model_of_unknown_price_stays_unknown(server: FakeServer, house: House) -> None:
    assert house.edit(gemini(server)).receipt.money is None
    assert gemini(server).estimate(None).high is None


def test_several_references_go_out_the_one_to_be_changed_first(server: FakeServer, house: House) -> None:
    previous, reference, extra = house.picture(320, 192), house.picture(480, 272), house.picture(272, 480)
    changes = {
        "corrections": (Remedy(correction=Correction.WORDS, thing="Add a hat."),),
        "previous": Keyframe(image=previous),
        "extra_references": (extra,),
    }
    house.edit(gemini(server), reference=reference, **changes)
    parts = sent(server, "gemini.generate")["contents"][0]["parts"]
    shown = [base64.b64decode(part["inlineData"]["data"]) for part in parts[:-1]]
    assert shown == [house.blobs.get(one) for one in (previous, reference, extra)]
    assert parts[-1]["text"].startswith("Add a hat") and "Avoid: extra limbs" in parts[-1]["text"]


@pytest.mark.parametrize(
    ("fault", "refused"),
    [("blocked prompt", "board"), ("blocked picture", "reference picture"), ("unsafe picture", "board")],
)
def test_what_google_blocks_is_a_refusal_that_names_the_input(fault: str, refused: str, house: House) -> None:
    with faulty("gemini.generate", fault) as server, pytest.raises(RefusedError) as refusal:
        house.edit(gemini(server))
    assert refusal.value.refused == refused and len(server.log.of("gemini.generate")) == 1


def test_a_refused_photo_is_called_a_photo(house: House) -> None:
    with faulty("gemini.generate", "blocked picture") as server, pytest.raises(RefusedError) as refusal:
        house.edit(gemini(server), purpose="stylise", board=None)
    assert refusal.value.refused == "photo"


def test_words_in_place_of_a_picture_are_asked_once_more(house: House) -> None:
    with faulty("gemini.generate", "no picture") as server, pytest.raises(BadMediaError, match="rather talk about it"):
        house.edit(gemini(server))
    assert len(server.log.of("gemini.generate")) == 2


def test_a_wrong_key_and_a_spent_quota_are_what_they_are(house: House) -> None:
    with faulty("gemini.generate", "bad key") as server, pytest.raises(BackboneError, match="does not take the key"):
        house.edit(gemini(server))
    with faulty("gemini.generate", "quota", 1) as server:
        house.edit(gemini(server), "later")
    [error] = house.retries
    assert isinstance(error, RateLimitedError) and error.retry_after == 0.05


# --- clips ------------------------------------------------------------------------------------------------------------


def test_veos_clip_comes_silent_and_is_billed_by_the_second(server: FakeServer, house: House) -> None:
    backbone = veo(server)
    made = house.animate(backbone, duration=3.5)
    assert made.clip.frames == 96 and made.clip.fps == 24 and made.receipt.money == pytest.approx(1.6)
    [instance], parameters = sent(server, "veo.submit")["instances"], sent(server, "veo.submit")["parameters"]
    assert parameters["durationSeconds"] == 4 and parameters["aspectRatio"] == "16:9"
    assert instance["image"]["mimeType"] == "image/png" and "seed" not in parameters
    assert made.receipt.request.startswith("models/veo-3.1-generate-preview/operations/")


def test_omnis_clip_comes_by_address_or_in_the_answer(server: FakeServer, house: House) -> None:
    made = house.animate(omni(server), duration=3.0)
    said = sent(server, "omni.submit")
    assert made.clip.frames == 72 and said["response_format"]["duration"] == "3s" and said["background"] is True
    with faulty("omni.submit", "inline") as other:
        assert house.animate(omni(other), "inline", duration=3.0).clip.frames == 72


@pytest.mark.parametrize("name", ["veo", "omni"])
def test_a_clip_that_was_filtered_is_a_refusal(name: str, house: House) -> None:
    with faulty(f"{name}.submit", "filtered") as server, pytest.raises(RefusedError) as refusal:
        house.animate(veo(server) if name == "veo" else omni(server))
    assert refusal.value.refused == "motion" and house.job("animate") is None
    assert len(server.log.of(f"{name}.submit")) == 1


def test_a_job_that_failed_there_is_sent_again(house: House) -> None:
    with faulty("omni.submit", "failed job", 1) as server:
        house.animate(omni(server))
    assert [type(error) for error in house.retries] == [UnavailableError]
    assert len(server.log.of("omni.submit")) == 2
    with faulty("veo.submit", "failed job") as server, pytest.raises(UnavailableError, match="The worker died"):
        house.animate(veo(server), "veo")
    assert len(server.log.of("veo.submit")) == 4 and house.job("veo") is None


def test_a_job_that_was_forgotten_is_sent_again_once(house: House) -> None:
    with faulty("omni.get", "forgotten", 1) as server:
        house.animate(omni(server))
    assert len(server.log.of("omni.submit")) == 2
    with faulty("veo.operation", "forgotten") as server, pytest.raises(BackboneError, match="forgot a job twice"):
        house.animate(veo(server), "veo")
    assert len(server.log.of("veo.submit")) == 2


def test_a_stored_job_that_could_lead_elsewhere_is_replaced(server: FakeServer, house: House) -> None:
    async def older() -> str:
        return "../files/somebody:download"

    anyio.run(house.index.jobs.submitted, "animate", older)
    house.animate(veo(server))
    assert len(server.log.of("veo.submit")) == 1
    assert not [line for line in server.log.lines if "somebody" in line.target]


@pytest.mark.parametrize("name", ["veo", "omni"])
def test_a_clip_in_a_private_network_or_gone_is_not_fetched(name: str, house: House) -> None:
    with faulty(f"{name}.submit", "private address") as server, pytest.raises(BadMediaError, match=r"10\.0\.0\.7"):
        house.animate(veo(server) if name == "veo" else omni(server))
    with faulty("google.file", "expired") as server, pytest.raises(BadMediaError, match="expired"):
        house.animate(veo(server) if name == "veo" else omni(server), "gone")


def test_the_key_is_in_a_header_and_in_no_address(server: FakeServer, house: House) -> None:
    house.animate(omni(server), duration=3.0)
    assert server.log.lines and all(KEY not in line.target for line in server.log.lines)


def test_a_cap_stops_a_clip_before_it_is_sent(server: FakeServer, tmp_path: Path) -> None:
    with pytest.raises(CostLimitError, match=r"\$1\.60"):
        House(tmp_path, Cap(1.0)).animate(veo(server))
    assert not server.log.lines


def test_a_model_of_the_wrong_kind_or_of_no_kind_is_refused(server: FakeServer) -> None:
    with pytest.raises(ConfigurationError, match="makes no pictures"):
        gemini(server, model="veo-3.1-generate-preview")
    with pytest.raises(ConfigurationError, match=r"Nothing is known.*'imagen-9'.*Known: .*veo"):
        gemini(server, model="imagen-9")
    for wrong in ("../files", "a/b", ""):
        with pytest.raises(ConfigurationError, match="model"):
            gemini(server, model=wrong)


def test_sizes_and_lengths_follow_the_resolution() -> None:
    full = registry.load("video", "veo", {"resolution": "1080p"}).capabilities
    assert full.sizes.nearest(720, 1280) == (1080, 1920) and full.durations.bounds == (8, 8)
    draft = registry.load("video", "omni", {"resolution": "360p"}).capabilities
    assert draft.sizes.nearest(1280, 720) == (640, 360) and draft.durations.bounds == (3, 15)


def test_every_row_of_the_table_says_where_it_is_from() -> None:
    for row in records.table("google").values():
        assert (row.image is None) != (row.video is None) and row.source.startswith("https://")


# --- Google's own client as a peer ------------------------------------------------------------------------------------


@pytest.fixture
def peer(server: FakeServer) -> Iterator[Any]:
    genai = pytest.importorskip("google.genai")
    client = genai.Client(api_key=KEY, http_options={"base_url": server.address})
    yield client
    client.close()


def test_the_fake_server_is_one_to_googles_own_client_and_we_send_what_it_sends(
    peer: Any, server: FakeServer, house: House
) -> None:
    from google.genai import types

    made = house.edit(gemini(server), prompt="")
    ours = sent(server, "gemini.generate")
    picture = house.blobs.get(house.picture())
    config = types.GenerateContentConfig(
        response_modalities=["IMAGE"], image_config=types.ImageConfig(aspect_ratio="16:9")
    )
    parts = [types.Part.from_bytes(data=picture, mime_type="image/png"), ours["contents"][0]["parts"][1]["text"]]
    answer = peer.models.generate_content(model="gemini-nano-banana-2.1", contents=parts, config=config)
    theirs = sent(server, "gemini.generate")
    shown = theirs["contents"][0]["parts"][0]["inlineData"]  # proto JSON takes both names and both kinds of base64
    theirs["contents"][0]["parts"][0]["inlineData"] = {
        "mimeType": shown.get("mimeType") or shown["mime_type"],
        "data": shown["data"].replace("-", "+").replace("_", "/"),
    }
    assert theirs == ours
    drawn = [part.inline_data.data for part in answer.parts if part.inline_data and not part.thought]
    assert drawn[0][:4] == b"\x89PNG" and made.image.width == 1280


def test_veo_is_asked_as_googles_own_client_asks(peer: Any, server: FakeServer, house: House) -> None:
    from google.genai import types

    backbone = veo(server)
    anyio.run(backbone.submit, house.clip_request(backbone, duration=4.0), house.tools("clip"))
    ours = sent(server, "veo.submit")
    instance, parameters = ours["instances"][0], ours["parameters"]
    picture = types.Image(image_bytes=house.blobs.get(house.picture(320, 176)), mime_type="image/png")
    operation = peer.models.generate_videos(
        model="veo-3.1-generate-preview",
        source=types.GenerateVideosSource(prompt=instance["prompt"], image=picture),
        config=types.GenerateVideosConfig(
            aspect_ratio="16:9",
            duration_seconds=4,
            resolution="720p",
            negative_prompt=parameters["negativePrompt"],
        ),
    )
    theirs = sent(server, "veo.submit")
    theirs["instances"][0]["image"]["bytesBase64Encoded"] = (
        theirs["instances"][0]["image"]["bytesBase64Encoded"].replace("-", "+").replace("_", "/")
    )
    assert theirs == ours
    while not operation.done:
        operation = peer.operations.get(operation)
    address = operation.response.generated_videos[0].video.uri
    data = peer.files.download(file=f"files/{address.rpartition('/')[2].partition(':')[0]}")
    assert data[4:8] == b"ftyp"


def test_omni_is_asked_as_googles_own_client_asks(peer: Any, server: FakeServer, house: House) -> None:
    backbone = omni(server)
    anyio.run(backbone.submit, house.clip_request(backbone, duration=3.0), house.tools("clip"))
    ours = sent(server, "omni.submit")
    interaction = peer.interactions.create(**ours)
    assert sent(server, "omni.submit") == ours
    while interaction.status == "in_progress":
        interaction = peer.interactions.get(interaction.id)
    assert interaction.output_video.uri.startswith(server.address)
