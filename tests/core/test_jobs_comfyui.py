"""A user's own ComfyUI workflow: bound by the titles of its nodes, queued under an id of ours, its errors in words."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from personavlog.backbones import registry
from personavlog.errors import BackboneError, BadMediaError, Cancelled, ConfigurationError, OutOfMemoryError
from personavlog.fake_server.faults import Fault
from personavlog.fake_server.server import Behaviour, FakeServer, serving
from tests.core.hosted_house import House

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "comfyui-keyframe.json"


def node(kind: str, title: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs, "_meta": {"title": title}}


def graph(**more: dict[str, Any]) -> dict[str, Any]:
    plain = {
        "1": node("LoadImage", "Image", image="example.png"),
        "2": node("CLIPTextEncode", "Prompt", text="a cat", clip=["9", 1]),
        "3": node("CLIPTextEncode", "Negative prompt", text="", clip=["9", 1]),
        "4": node("EmptyLatent", "Size", width=512, height=512, batch_size=1),
        "5": node("KSampler", "Sampler", seed=1, steps=20, model=["9", 0]),
        "6": node("SaveImage", "Save", images=["5", 0], filename_prefix="x"),
    }
    return {**plain, **more}


TITLES = {"seed": "Sampler", "width": "Size", "height": "Size"}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "home")


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with serving(Behaviour(seconds=0.05)) as made:
        yield made


def saved(folder: Path, content: Any) -> str:
    path = folder / "workflow.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def built(folder: Path, server: FakeServer, role: Any = "image", content: Any = None, **settings: Any) -> Any:
    plain = {"base_url": f"{server.address}/comfyui", "every": 0.02, "titles": TITLES}
    return registry.load(role, "comfyui", {**plain, "workflow": saved(folder, content or graph()), **settings})


def queued(server: FakeServer) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(server.kept["comfyui.prompt"])
    return found


def faulty(*names: tuple[str, str, int | None], **behaviour: Any) -> Any:
    told = tuple(Fault(route=route, name=name, times=times) for route, name, times in names)
    return serving(Behaviour(faults=told, **behaviour))


def test_every_bound_node_gets_its_input_and_no_other_is_touched(
    tmp_path: Path, server: FakeServer, house: House
) -> None:
    made = house.edit(built(tmp_path, server), width=640, height=384, seed=11)
    assert (made.image.width, made.image.height) == (640, 384) and made.receipt.money == 0.0
    sent = queued(server)["prompt"]
    assert sent["5"]["inputs"] == {"seed": 11, "steps": 20, "model": ["9", 0]}
    assert (sent["4"]["inputs"]["width"], sent["4"]["inputs"]["height"]) == (640, 384)
    assert sent["1"]["inputs"]["image"].startswith("personavlog-")
    assert "harbour" in sent["2"]["inputs"]["text"] and "extra limbs" in sent["3"]["inputs"]["text"]
    assert sent["6"] == graph()["6"]


def test_the_id_is_ours_and_stored_before_anything_is_sent(tmp_path: Path, server: FakeServer, house: House) -> None:
    made = house.edit(built(tmp_path, server))
    sent = queued(server)
    assert str(uuid.UUID(sent["prompt_id"])) == sent["prompt_id"] == made.receipt.request
    with faulty(("comfyui.prompt", "down", None)) as down, pytest.raises(BackboneError):
        house.edit(built(tmp_path, down), "later")
    stored = house.job("later")
    assert stored is not None
    house.edit(built(tmp_path, server), "later")
    assert queued(server)["prompt_id"] == stored, "sent again, it is the same job there"


def test_a_job_that_still_runs_there_is_waited_for_and_not_sent_again(tmp_path: Path, house: House) -> None:
    with serving(Behaviour(seconds=4.0)) as server:
        with pytest.raises(BackboneError, match="did not finish"):
            house.edit(built(tmp_path, server, at_most=0.05))
        house.edit(built(tmp_path, server))
        assert len(server.log.of("comfyui.prompt")) == len(server.log.of("comfyui.upload")) == 1


def test_a_clip_has_the_frames_that_were_asked_for(tmp_path: Path, server: FakeServer, house: House) -> None:
    content = graph()
    content["4"] = node("WanImageToVideo", "Size", width=832, height=480, length=81)
    content["6"] = node("SaveVideo", "Save", video=["5", 0])
    backbone = built(tmp_path, server, "video", content, titles={**TITLES, "frames": "Size"})
    made = house.animate(backbone, width=320, height=176)
    assert made.clip.frames == 33 and made.clip.fps == 16
    assert queued(server)["prompt"]["4"]["inputs"]["length"] == 33


def test_a_title_with_a_named_input_binds_any_node(tmp_path: Path, server: FakeServer, house: House) -> None:
    content = graph(**{"7": node("PrimitiveText", "Words v1.5", words="x", other="y")})
    backbone = built(tmp_path, server, content=content, titles={**TITLES, "prompt": "Words v1.5.words"})
    house.edit(backbone)
    assert "harbour" in queued(server)["prompt"]["7"]["inputs"]["words"]


@pytest.mark.parametrize(
    ("content", "titles", "words"),
    [
        ("{", TITLES, "cannot be read"),
        ("[]", TITLES, r"no ComfyUI workflow"),
        ({"nodes": [], "links": []}, TITLES, r"Export \(API\)"),
        ({"1": {"inputs": {}}}, TITLES, "no ComfyUI workflow"),
        ({"1": node("LoadImage", "Image", image="x")}, {}, r"no nodes with the title 'Prompt'.*'Image'"),
        (graph(**{"8": node("CLIPTextEncode", "Prompt", text="")}), TITLES, "2 nodes with the title 'Prompt'"),
        (graph(), {**TITLES, "seed": "Nowhere"}, "no nodes with the title 'Nowhere'"),
        (graph(), {**TITLES, "seed": "Size"}, "no free input for seed.*batch_size, height, width"),
        (graph(), {**TITLES, "prompt": "Sampler.model"}, "no free input for prompt"),
        (graph(), {**TITLES, "mood": "Size"}, "mood"),
    ],
)
def test_a_workflow_that_cannot_be_bound_is_said_before_anything_is_spent(
    content: Any, titles: dict[str, str], words: str, tmp_path: Path, server: FakeServer
) -> None:
    with pytest.raises(ConfigurationError, match=words):
        registry.load("image", "comfyui", {"workflow": saved(tmp_path, content), "titles": titles})


def test_a_workflow_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"cannot be read.*ComfyUI exported"):
        registry.load("image", "comfyui", {"workflow": str(tmp_path / "none.json")})


def test_what_a_node_misses_is_said_with_its_title(tmp_path: Path, house: House) -> None:
    wrong = pytest.raises(BackboneError, match=r"Sampler \(KSampler\): Value not in list: ckpt_name.*export it again")
    with faulty(("comfyui.prompt", "missing model", None)) as server, wrong as error:
        house.edit(built(tmp_path, server))
    assert error.value.status == 400 and len(server.log.of("comfyui.prompt")) == 1


def test_a_node_that_fails_while_it_runs_is_said_with_its_title(tmp_path: Path, house: House) -> None:
    wrong = pytest.raises(BackboneError, match=r"in node Sampler \(KSampler\): Sizes of tensors")
    with faulty(("comfyui.prompt", "failed job", None)) as server, wrong:
        house.edit(built(tmp_path, server))
    assert house.job("edit") is None


def test_a_full_gpu_and_an_interruption_are_what_they_are(tmp_path: Path, house: House) -> None:
    with faulty(("comfyui.prompt", "memory job", None)) as server, pytest.raises(OutOfMemoryError, match="lowvram"):
        house.edit(built(tmp_path, server))
    with faulty(("comfyui.prompt", "interrupted", None)) as server, pytest.raises(BackboneError, match="interrupted"):
        house.edit(built(tmp_path, server))


def test_a_workflow_that_saves_nothing_of_the_kind_is_said(tmp_path: Path, house: House) -> None:
    with faulty(("comfyui.prompt", "no result", None)) as server, pytest.raises(BadMediaError, match="no image"):
        house.edit(built(tmp_path, server))


def test_a_file_that_breaks_off_is_made_again_once(tmp_path: Path, house: House) -> None:
    with faulty(("comfyui.view", "damaged", 1)) as server:
        house.edit(built(tmp_path, server))
    assert [type(error) for error in house.retries] == [BadMediaError]


def test_a_file_that_is_gone_is_made_again(tmp_path: Path, house: House) -> None:
    with faulty(("comfyui.view", "gone", 1)) as server:
        house.edit(built(tmp_path, server))
        assert len(server.log.of("comfyui.prompt")) == 2
    assert [type(error) for error in house.retries] == [BadMediaError]


def test_a_server_that_was_restarted_gets_the_job_again_once(tmp_path: Path, house: House) -> None:
    with faulty(("comfyui.queue", "forgotten", 2), seconds=2.0) as server:
        house.edit(built(tmp_path, server))
        assert len(server.log.of("comfyui.prompt")) == 2
    twice = pytest.raises(BackboneError, match="forgot a job twice")
    with faulty(("comfyui.queue", "forgotten", None), seconds=2.0) as server, twice:
        house.edit(built(tmp_path, server), "again")


def test_an_old_server_that_chooses_ids_itself_is_followed(tmp_path: Path, house: House) -> None:
    with faulty(("comfyui.prompt", "old version", None)) as server:
        made = house.edit(built(tmp_path, server))
        assert made.receipt.request != "" and len(server.log.of("comfyui.prompt")) == 1


@pytest.mark.parametrize("old", [False, True])
def test_a_stopped_run_cancels_the_job_there(old: bool, tmp_path: Path, house: House) -> None:
    told = [("comfyui.cancel", "old version", None)] if old else []
    with faulty(*told, seconds=60.0) as server:
        house.stop = lambda: bool(server.log.of("comfyui.prompt"))
        with pytest.raises(Cancelled):
            house.edit(built(tmp_path, server))
        assert all(job.cancelled for job in server.jobs.all()) and server.jobs.all()
        assert bool(server.log.of("comfyui.interrupt")) == old
    assert house.job("edit") is None


def test_the_fingerprint_follows_the_workflow_and_not_its_file(tmp_path: Path, server: FakeServer) -> None:
    first = built(tmp_path, server).fingerprint
    again = built(tmp_path, server, content=json.dumps(graph(), indent=4)).fingerprint
    other = graph()
    other["5"]["inputs"]["steps"] = 4
    assert first == again != built(tmp_path, server, content=other).fingerprint


def test_the_example_workflow_of_the_page_is_bound_without_titles(server: FakeServer) -> None:
    backbone = registry.load("image", "comfyui", {"workflow": str(EXAMPLE), "base_url": f"{server.address}/comfyui"})
    assert backbone.capabilities.seed
