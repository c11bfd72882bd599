"""ComfyUI under ``/comfyui``: uploads, a queue that checks the workflow's nodes, history, files, cancelling.

It runs no graph: a workflow with a SaveImage node makes a picture, one with a SaveVideo node a clip, in the size,
length and seed that its nodes say.
"""

from __future__ import annotations

import json
import uuid
from functools import partial
from typing import Any

from personavlog.fake_server.drawing import mp4, picture_of, png
from personavlog.fake_server.hosted import remember
from personavlog.fake_server.jobs import Job
from personavlog.fake_server.routes import Call, Route
from personavlog.fake_server.wire import Reply, json_reply, media_reply

KNOWN = {"LoadImage": ("image",), "CLIPTextEncode": ("text",), "KSampler": ("seed",), "SaveImage": (), "SaveVideo": ()}
"""Kinds of nodes and the inputs that each must have."""
Graph = dict[str, dict[str, Any]]


def _upload(call: Call) -> Reply:
    files = call.request.files("image")
    if not files:
        return json_reply({"error": "no image"}, 400)
    call.kept[f"input/{files[0].name}"] = files[0].data
    return json_reply({"name": files[0].name, "subfolder": "", "type": "input"})


def _prompt(call: Call) -> Reply:
    data = remember(call, "comfyui.prompt")
    graph = data.get("prompt")
    if not isinstance(graph, dict) or not graph:
        return json_reply({"error": {"type": "no_prompt", "message": "No prompt provided"}, "node_errors": {}}, 400)
    errors = {key: found for key, node in graph.items() if (found := _checked(call, node))}
    if errors:
        error = {"type": "prompt_outputs_failed_validation", "message": "Prompt outputs failed validation"}
        return json_reply({"error": error, "node_errors": errors}, 400)
    identity = str(data.get("prompt_id") or "")
    identity = str(uuid.uuid4()) if call.fault == "old version" or not identity else identity
    if call.jobs.find(identity) is None:
        call.jobs.submit_as(
            identity, partial(_run, call, graph), seconds=call.seconds, fault=call.fault, note=_note(graph)
        )
    return json_reply({"prompt_id": identity, "number": 1, "node_errors": {}}, job=identity)


def _checked(call: Call, node: Any) -> dict[str, Any] | None:
    kind, inputs = node.get("class_type"), node.get("inputs", {})
    wrong = [
        {"type": "required_input_missing", "message": "Required input is missing", "details": name}
        for name in KNOWN.get(kind, ())
        if name not in inputs
    ]
    if kind == "LoadImage" and f"input/{inputs.get('image')}" not in call.kept:
        words = {
            "message": "Custom validation failed for node",
            "details": f"image - Invalid image file: {inputs.get('image')}",
        }
        wrong.append({"type": "custom_validation_failed", **words})
    if call.fault == "missing model" and kind == "KSampler":
        words = {"message": "Value not in list", "details": "ckpt_name: 'flux.safetensors' not in []"}
        wrong.append({"type": "value_not_in_list", **words})
    return {"errors": wrong, "class_type": kind} if wrong else None


def _note(graph: Graph) -> dict[str, str]:
    saver = next((key for key, node in graph.items() if node["class_type"].startswith("Save")), "")
    sampler = next((key for key, node in graph.items() if node["class_type"] == "KSampler"), "")
    return {
        "saver": saver,
        "sampler": sampler,
        "video": "yes" if graph.get(saver, {}).get("class_type") == "SaveVideo" else "",
    }


def _run(call: Call, graph: Graph) -> bytes:
    fields = [(name, value) for node in graph.values() for name, value in node["inputs"].items()]
    given = {name: value for name, value in fields if isinstance(value, str | int | float)}
    first = picture_of(call.kept[f"input/{given['image']}"])
    width, height = (
        int(given.get(name, side)) for name, side in zip(("width", "height"), first.shape[1::-1], strict=True)
    )
    if any(node["class_type"] == "SaveVideo" for node in graph.values()):
        return mp4(first, width // 2 * 2, height // 2 * 2, int(given.get("length", 81)), float(given.get("fps", 16)))
    return png(first, width, height, int(given.get("seed", 0)))


def _history(call: Call) -> Reply:
    job = call.jobs.find(call.places["id"])
    if job is None or not job.done:
        return json_reply({})
    return json_reply({job.id: {"outputs": _outputs(job), "status": _status(job)}}, job=job.id)


def _outputs(job: Job) -> dict[str, Any]:
    if job.fault in _FAILED or job.fault == "no result":
        return {}
    name = f"{job.id}.mp4" if job.note["video"] else f"{job.id}.png"
    shown = {"filename": f"preview-{job.id}.png", "subfolder": "", "type": "temp"}
    return {
        "99": {"images": [shown]},
        job.note["saver"]: {"images": [{"filename": name, "subfolder": "", "type": "output"}]},
    }


def _status(job: Job) -> dict[str, Any]:
    if job.fault not in _FAILED:
        return {"status_str": "success", "completed": True, "messages": []}
    kind, words = _FAILED[job.fault]
    data = {"prompt_id": job.id, "node_id": job.note["sampler"], "node_type": "KSampler", "exception_message": words}
    return {"status_str": "error", "completed": False, "messages": [["execution_start", {}], [kind, data]]}


def _queue(call: Call) -> Reply:
    if call.fault == "forgotten":
        for job in call.jobs.all():
            call.jobs.forget(job.id)
    running = [[1, job.id, {}, {}, []] for job in call.jobs.all() if not job.done and not job.cancelled]
    return json_reply({"queue_running": running, "queue_pending": []})


def _view(call: Call) -> Reply:
    name, _, ending = call.request.query.get("filename", "").partition(".")
    job = call.jobs.find(name)
    if job is None or call.fault == "gone":
        return json_reply({"error": "not found"}, 404)
    data = job.result[: len(job.result) // 2] if call.fault == "damaged" else job.result
    return media_reply(data, "video/mp4" if ending == "mp4" else "image/png")


def _cancel(call: Call) -> Reply:
    if call.fault == "old version":
        return json_reply({"error": "not found"}, 404)
    return _stopped(call, call.places["id"])


def _interrupt(call: Call) -> Reply:
    return _stopped(call, str(call.request.data.get("prompt_id", "")))


def _stopped(call: Call, identity: str) -> Reply:
    job = call.jobs.find(identity)
    if job is not None:
        job.cancelled = True
    return json_reply({}, job=identity)


def _delete(call: Call) -> Reply:
    return Reply(200, json.dumps({}).encode())


_FAILED = {
    "failed job": ("execution_error", "Sizes of tensors must match except in dimension 1."),
    "memory job": ("execution_error", "CUDA out of memory. Tried to allocate 9.00 GiB."),
    "interrupted": ("execution_interrupted", ""),
}
ROUTES = (
    Route("comfyui.upload", "POST", "/comfyui/upload/image", _upload),
    Route(
        "comfyui.prompt",
        "POST",
        "/comfyui/prompt",
        _prompt,
        makes=True,
        faults=frozenset({*_FAILED, "missing model", "old version", "no result"}),
    ),
    Route("comfyui.history", "GET", "/comfyui/history/{id}", _history),
    Route("comfyui.queue", "GET", "/comfyui/queue", _queue, faults=frozenset({"forgotten"})),
    Route("comfyui.dequeue", "POST", "/comfyui/queue", _delete),
    Route("comfyui.view", "GET", "/comfyui/view", _view, faults=frozenset({"damaged", "gone"})),
    Route("comfyui.cancel", "POST", "/comfyui/api/jobs/{id}/cancel", _cancel, faults=frozenset({"old version"})),
    Route("comfyui.interrupt", "POST", "/comfyui/interrupt", _interrupt),
)
