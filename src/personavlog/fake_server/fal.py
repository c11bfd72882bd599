"""fal's queue under ``/fal``: submit, status, result, cancel; errors as fal words them."""

from __future__ import annotations

from typing import Any

from personavlog.fake_server.hosted import (
    CLIPS,
    JOBS,
    WORDS,
    address_of,
    clip_job,
    known,
    picture_job,
    remember,
    shown,
    sides,
)
from personavlog.fake_server.jobs import Job
from personavlog.fake_server.routes import Call, Route
from personavlog.fake_server.wire import Reply, json_reply, number

NAME = "fal.submit"
_REFUSALS = {"refused words": "prompt", "refused picture": "image_url"}


def _submit(call: Call) -> Reply:
    data = remember(call, NAME)
    if call.fault in _REFUSALS:
        return _error(
            _REFUSALS[call.fault], "content_policy_violation", "The content was flagged by a content checker."
        )
    if call.fault == "no credit":
        return json_reply({"detail": "User is locked. Reason: Exhausted balance."}, 403)
    if not isinstance(data.get("prompt"), str):
        return _error("prompt", "missing", "Field required")
    app = "/".join(call.places[name] for name in ("a", "b"))
    job = _made(call, data)
    job.note["app"] = app
    return json_reply(
        {"status": "IN_QUEUE", "queue_position": 0, "request_id": job.id, **_addresses(call, job)}, job=job.id
    )


def _made(call: Call, data: dict[str, Any]) -> Job:
    first = shown(call, data.get("image_url"))
    if "video" in call.request.path:
        side = int(str(data.get("resolution", "480p")).rstrip("p"))
        frames = number(data, "num_frames", 0) or 24 * number(data, "duration", 5)
        return clip_job(call, "fal", first, frames, float(number(data, "frames_per_second", 24)), side)
    return picture_job(call, "fal", first, sides(str(data.get("aspect_ratio", "1:1"))), number(data, "seed", 0))


def _addresses(call: Call, job: Job) -> dict[str, str]:
    base = f"{call.address}/fal/{job.note['app']}/requests/{job.id}"
    if job.fault == "foreign address":
        base = f"http://elsewhere.invalid/requests/{job.id}"
    return {"status_url": f"{base}/status", "response_url": base, "cancel_url": f"{base}/cancel"}


def _status(call: Call) -> Reply:
    job = known(call)
    if job is None:
        return json_reply({"detail": "Request not found"}, 404)
    word = "COMPLETED" if job.done else "IN_PROGRESS" if job.share > 0.1 else "IN_QUEUE"
    word = "PAUSED" if job.fault == "strange state" else word
    said: dict[str, Any] = {"status": word, "request_id": job.id, **_addresses(call, job)}
    if job.done and job.fault in ("failed job", "memory job"):
        said |= {"error": WORDS[job.fault], "error_type": "runner_error"}
    return json_reply(said, 200 if job.done else 202, job=job.id)


def _response(call: Call) -> Reply:
    job = known(call)
    if job is None or not job.done:
        return json_reply({"detail": "Request is still in progress"}, 400 if job else 404)
    if job.fault == "moderated job":
        return _error("prompt", "content_policy_violation", "The content was flagged by a content checker.")
    file = {"url": address_of(call, job), "content_type": f"x/{job.note['ending']}"}
    if job.fault == "no result":
        return json_reply({}, job=job.id)
    if job.note["ending"] == "mp4":
        return json_reply({"video": file, "seed": 1}, job=job.id)
    return json_reply({"images": [file], "has_nsfw_concepts": [job.fault == "blacked out"], "seed": 1}, job=job.id)


def _cancel(call: Call) -> Reply:
    job = known(call)
    if job is None or job.done:
        return json_reply({"status": "ALREADY_COMPLETED"}, 400)
    job.cancelled = True
    return json_reply({"status": "CANCELLATION_REQUESTED"}, 202, job=job.id)


def _error(field: str, kind: str, words: str) -> Reply:
    return json_reply({"detail": [{"loc": ["body", field], "msg": words, "type": kind}]}, 422)


_FAULTS = JOBS | CLIPS | {"blacked out", "foreign address", "no credit", *_REFUSALS}
_FORGETS = frozenset({"forgotten"})
_JOB = "/fal/{a}/{b}/requests/{id}"
ROUTES = (
    Route("fal.status", "GET", f"{_JOB}/status", _status, faults=_FORGETS),
    Route("fal.response", "GET", _JOB, _response, faults=_FORGETS),
    Route("fal.cancel", "PUT", f"{_JOB}/cancel", _cancel),
    Route(NAME, "POST", "/fal/{a}/{b}{rest*}", _submit, makes=True, faults=_FAULTS),
)
