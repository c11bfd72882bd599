"""``/v1/videos`` as vLLM-Omni and SGLang serve it: submit, ask, fetch, delete."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from personavlog.fake_server.drawing import mp4, picture_of, size_of
from personavlog.fake_server.jobs import Job
from personavlog.fake_server.routes import Call, Route
from personavlog.fake_server.wire import BadRequestError, Reply, decimal, json_reply, media_reply, number

MOST_FRAMES = 2000


def _submit(call: Call) -> Reply:
    fields, images = call.request.fields, call.request.files("input_reference")
    call.check_pipeline(fields.get("model", ""))
    if not fields.get("prompt", "").strip():
        raise BadRequestError("Field required: prompt", 422)
    if not images:
        raise BadRequestError("This model needs 'input_reference'.", 400)
    first = picture_of(images[0].data)
    width, height = size_of(fields["size"]) if "size" in fields else (first.shape[1], first.shape[0])
    frames, fps = number(fields, "num_frames", 1), decimal(fields, "fps", 24, 120) or 24.0
    if not 0 < frames <= MOST_FRAMES or width % 2 or height % 2:
        raise BadRequestError("num_frames must be from 1 to 2000, and both sides even.", 422)
    if call.fault == "wrong size":
        width = max(width // 4 * 2, 2)
    frames = max(frames // 2, 1) if call.fault == "short" else frames
    fps = 2 * fps if call.fault == "wrong rate" else fps
    shown = 255 - first if call.fault == "other picture" else first
    make = partial(mp4, shown, width, height, frames, fps)
    note = {"size": f"{width}x{height}", "seconds": f"{frames / fps:g}", "model": fields.get("model", "")}
    job = call.jobs.submit("video", make, seconds=call.seconds, fault=call.fault, note=note)
    return json_reply(_told(job), job=job.id)


def _ask(call: Call) -> Reply:
    job = _job(call)
    return json_reply(_told(job), job=job.id)


def _content(call: Call) -> Reply:
    job = _job(call)
    if call.fault == "expired":
        return json_reply({"detail": f"The content of {job.id} has expired."}, 410, job=job.id)
    if not job.done or job.fault in _FAILED:
        return json_reply({"detail": f"Video {job.id} is not completed."}, 409, job=job.id)
    data = job.result[: len(job.result) // 2] if call.fault == "damaged" else job.result
    return Reply(200, data, "video/mp4", job=job.id)


def _delete(call: Call) -> Reply:
    job = _job(call)
    call.jobs.forget(job.id)
    return json_reply({"id": job.id, "object": "video.deleted", "deleted": True}, job=job.id)


def _list(call: Call) -> Reply:
    told = [_told(job) for job in call.jobs.all() if job.id.startswith("video_")]
    return json_reply({"object": "list", "data": told})


def _sync(call: Call) -> Reply:
    call.take_time()
    job = call.jobs.find(_submit(call).job)
    assert job is not None
    return media_reply(job.result, "video/mp4")


def _job(call: Call) -> Job:
    identity = call.places["id"]
    if call.fault == "forgotten":
        call.jobs.forget(identity)
    job = call.jobs.find(identity)
    if job is None:
        raise BadRequestError(f"Video with ID {identity} not found.", 404)
    return job


_FAILED = {
    "failed": ("server_error", "The worker died."),
    "moderated job": ("content_policy_violation", "The result was blocked by our safety system."),
    "memory job": ("server_error", "CUDA out of memory. Tried to allocate 9.00 GiB."),
}


def _told(job: Job) -> dict[str, Any]:
    failed = job.done and job.fault in _FAILED
    status = "failed" if failed else "completed" if job.done else "in_progress" if job.share > 0.05 else "queued"
    code, words = _FAILED[job.fault] if failed else ("", "")
    return {
        "id": job.id,
        "object": "video",
        "status": status,
        "progress": round(100 * job.share),
        "created_at": int(time.time()),
        "error": {"code": code, "message": words} if failed else None,
        **job.note,
    }


ROUTES = (
    Route(
        "videos.submit",
        "POST",
        "/v1/videos",
        _submit,
        makes=True,
        faults=frozenset({"wrong size", "wrong rate", "short", "other picture", *_FAILED}),
    ),
    Route("videos.sync", "POST", "/v1/videos/sync", _sync, makes=True),
    Route("videos.list", "GET", "/v1/videos", _list),
    Route("videos.poll", "GET", "/v1/videos/{id}", _ask, faults=frozenset({"forgotten"})),
    Route(
        "videos.content",
        "GET",
        "/v1/videos/{id}/content",
        _content,
        faults=frozenset({"expired", "damaged", "forgotten"}),
    ),
    Route("videos.delete", "DELETE", "/v1/videos/{id}", _delete, faults=frozenset({"forgotten"})),
)
