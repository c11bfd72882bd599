"""Replicate's predictions and files under ``/replicate``."""

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
from personavlog.fake_server.wire import BadRequestError, Reply, json_reply, number

NAME = "replicate.submit"


def _upload(call: Call) -> Reply:
    files = call.request.files("content")
    if not files:
        return json_reply({"detail": "content is required"}, 422)
    name = f"upload-{len(call.kept)}"
    call.kept[name] = files[0].data
    return json_reply({"id": name, "urls": {"get": f"{call.address}/replicate/v1/files/{name}"}}, 201)


def _submit(call: Call) -> Reply:
    data = remember(call, NAME)
    if call.fault == "no credit":
        words = "You have insufficient credit to run this model. Go to the billing page to purchase credit."
        return json_reply({"title": "Insufficient credit", "detail": words, "status": 402}, 402)
    given = data.get("input")
    if not isinstance(data.get("version"), str) or not isinstance(given, dict) or not given.get("prompt"):
        return json_reply(
            {"title": "Input validation failed", "detail": "- input: prompt is required", "status": 422}, 422
        )
    call.check_model(data["version"])
    job = _made(call, given)
    job.note["model"] = data["version"]
    return json_reply(_told(call, job), 201, job=job.id)


def _made(call: Call, given: dict[str, Any]) -> Job:
    if "input_image" in given:
        first = shown(call, given["input_image"])
        return picture_job(call, "pred", first, sides(str(given.get("aspect_ratio", "1:1"))), number(given, "seed", 0))
    if "image" not in given:
        raise BadRequestError("image is required", 422)
    first = shown(call, given["image"])
    return clip_job(call, "pred", first, number(given, "num_frames", 81), float(number(given, "frames_per_second", 16)))


def _get(call: Call) -> Reply:
    job = known(call)
    return json_reply(_told(call, job), job=job.id) if job else json_reply({"detail": "Not found.", "status": 404}, 404)


def _cancel(call: Call) -> Reply:
    job = known(call)
    if job is None:
        return json_reply({"detail": "Not found.", "status": 404}, 404)
    job.cancelled = True
    return json_reply(_told(call, job), job=job.id)


def _told(call: Call, job: Job) -> dict[str, Any]:
    base = f"{call.address}/replicate/v1/predictions/{job.id}"
    failed = job.done and job.fault in WORDS
    word = "failed" if failed else "succeeded" if job.done else "processing" if job.share > 0.1 else "starting"
    word = "canceled" if job.cancelled else "napping" if job.fault == "strange state" else word
    output = address_of(call, job) if word == "succeeded" and job.fault != "no result" else None
    error = (
        f"{WORDS[job.fault]} (E005)"
        if failed and job.fault == "moderated job"
        else WORDS.get(job.fault)
        if failed
        else None
    )
    urls = {"get": base, "cancel": f"{base}/cancel"}
    listed = [output] if output and job.note["ending"] == "mp4" else output
    return {"id": job.id, "model": job.note["model"], "status": word, "output": listed, "error": error, "urls": urls}


_PREDICTION = "/replicate/v1/predictions/{id}"
ROUTES = (
    Route("replicate.upload", "POST", "/replicate/v1/files", _upload),
    Route(NAME, "POST", "/replicate/v1/predictions", _submit, makes=True, faults=JOBS | CLIPS | {"no credit"}),
    Route("replicate.get", "GET", _PREDICTION, _get, faults=frozenset({"forgotten"})),
    Route("replicate.cancel", "POST", f"{_PREDICTION}/cancel", _cancel),
)
