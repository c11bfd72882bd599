"""Google's Gemini API at ``/v1beta``: pictures by generateContent, Veo's operations, Omni's interactions, files."""

from __future__ import annotations

import base64
from typing import Any

from personavlog.fake_server.drawing import png
from personavlog.fake_server.hosted import CLIPS, PRIVATE, WORDS, clip_job, known, remember, shown, sides
from personavlog.fake_server.jobs import Job
from personavlog.fake_server.routes import Call, Route
from personavlog.fake_server.wire import Reply, json_reply, media_reply

FPS = 24
SIDES = {"360p": 360, "720p": 720, "1080p": 1080, "4k": 2160}


def _generate(call: Call) -> Reply:
    data = remember(call, "gemini.generate")
    if (error := _refused(call)) is not None:
        return error
    parts = _at(data, "contents", 0, "parts") or []
    pictures = [shown(call, _at(one, "inlineData", "data")) for one in parts if "inlineData" in one]
    config = _at(data, "generationConfig") or {}
    if "IMAGE" not in (config.get("responseModalities") or []):
        return _error(400, "INVALID_ARGUMENT", "This model answers with images only.")
    call.take_time()
    size = sides(str(_at(config, "imageConfig", "aspectRatio") or "1:1"))
    drawn = base64.b64encode(png(pictures[-1], *size, len(pictures))).decode() if pictures else ""
    said = [{"text": "Here it is."}, {"inlineData": {"mimeType": "image/png", "data": drawn}}]
    thought = {"inlineData": {"mimeType": "image/png", "data": "AAAA"}, "thought": True}
    answer = {
        "candidates": [{"content": {"role": "model", "parts": [thought, *said]}, "finishReason": "STOP", "index": 0}],
        "usageMetadata": {"promptTokenCount": 500, "candidatesTokenCount": 1120, "totalTokenCount": 1620},
        "modelVersion": call.places["model"],
        "responseId": "resp-1",
    }
    return json_reply(_spoilt(call.fault, answer))


def _spoilt(fault: str, answer: dict[str, Any]) -> dict[str, Any]:
    candidate: dict[str, Any] = {"content": {"parts": []}, "index": 0}
    if fault == "blocked prompt":
        return {**answer, "candidates": [], "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}
    if fault == "blocked picture":
        return {**answer, "candidates": [], "promptFeedback": {"blockReason": "IMAGE_SAFETY"}}
    if fault == "unsafe picture":
        return {**answer, "candidates": [{**candidate, "finishReason": "IMAGE_SAFETY"}]}
    if fault == "no picture":
        talk = {"parts": [{"text": "I would rather talk about it."}]}
        return {**answer, "candidates": [{**candidate, "content": talk, "finishReason": "STOP"}]}
    return answer


def _predict(call: Call) -> Reply:
    data = remember(call, "veo.submit")
    if (error := _refused(call)) is not None:
        return error
    first = shown(call, _at(data, "instances", 0, "image", "bytesBase64Encoded"))
    wanted = data.get("parameters") or {}
    seconds = wanted.get("durationSeconds", 8)
    if seconds not in (4, 6, 8) or set(wanted) & {"seed", "fps", "generateAudio"}:
        return _error(400, "INVALID_ARGUMENT", "durationSeconds must be 4, 6 or 8; no seed, fps or generateAudio here.")
    job = clip_job(call, "op", first, FPS * int(seconds), float(FPS), SIDES[str(wanted.get("resolution", "720p"))])
    job.note["name"] = f"models/{call.places['model']}/operations/{job.id}"
    return json_reply({"name": job.note["name"]}, job=job.id)


def _operation(call: Call) -> Reply:
    job = known(call)
    if job is None:
        return _error(404, "NOT_FOUND", "Operation not found.")
    told: dict[str, Any] = {"name": job.note["name"]}
    if job.done:
        told |= {"done": True, **_ended(call, job)}
    return json_reply(told, job=job.id)


def _ended(call: Call, job: Job) -> dict[str, Any]:
    if job.fault == "failed job":
        return {"error": {"code": 13, "message": WORDS[job.fault]}}
    if job.fault == "filtered":
        made: dict[str, Any] = {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": ["The likeness is not allowed."]}
    else:
        made = {"generatedSamples": [{"video": {"uri": _file_address(call, job)}}]}
    return {"response": {"generateVideoResponse": made}}


def _interact(call: Call) -> Reply:
    data = remember(call, "omni.submit")
    if (error := _refused(call)) is not None:
        return error
    given = _at(data, "input", 0, "content") or []
    first = next((shown(call, one.get("data")) for one in given if one.get("type") == "image"), None)
    form = data.get("response_format") or {}
    if first is None or form.get("type") != "video" or data.get("background") is not True:
        return _said("invalid_request", "An image, response_format and background are required here.", 400)
    seconds = int(str(form.get("duration", "8s")).rstrip("s"))
    job = clip_job(call, "int", first, FPS * seconds, float(FPS), SIDES[str(form.get("resolution", "720p"))])
    return json_reply({"id": job.id, "status": "in_progress", "model": data.get("model")}, job=job.id)


def _interaction(call: Call) -> Reply:
    job = known(call)
    if job is None:
        return _said("not_found", "Interaction not found.", 404)
    told: dict[str, Any] = {"id": job.id, "status": "completed" if job.done else "in_progress"}
    if job.cancelled:
        told["status"] = "cancelled"
    elif job.done and job.fault == "failed job":
        told |= {"status": "failed", "errors": [{"code": "internal", "message": WORDS[job.fault]}]}
    elif job.done and job.fault == "filtered":
        said = {"type": "text", "text": "I cannot make this clip: it is against our safety policy."}
        told["steps"] = [{"type": "model_output", "content": [said]}]
    elif job.done and job.fault == "inline":
        video = {"type": "video", "mime_type": "video/mp4", "data": base64.b64encode(job.result).decode()}
        told["steps"] = [{"type": "model_output", "content": [video]}]
    elif job.done:
        told["output_video"] = {"type": "video", "mime_type": "video/mp4", "uri": _file_address(call, job)}
    return json_reply(told, job=job.id)


def _cancel(call: Call) -> Reply:
    job = known(call)
    if job is None:
        return _said("not_found", "Interaction not found.", 404)
    job.cancelled = True
    return json_reply({"id": job.id, "status": "cancelled"}, job=job.id)


def _file_address(call: Call, job: Job) -> str:
    return PRIVATE if job.fault == "private address" else f"{call.address}/v1beta/files/{job.id}:download?alt=media"


def _download(call: Call) -> Reply:
    """By way of another address, as Google sends its files."""
    if call.fault == "expired":
        return _error(404, "NOT_FOUND", "The file has expired.")
    if not call.request.query.get("moved"):
        return Reply(302, headers={"location": f"{call.request.path}?alt=media&moved=1"})
    job = call.jobs.find(call.places["id"])
    return media_reply(job.result, "video/mp4") if job else _error(404, "NOT_FOUND", "No such file.")


def _model(call: Call) -> Reply:
    return _refused(call) or json_reply({"name": f"models/{call.places['model']}"})


def _refused(call: Call) -> Reply | None:
    if call.fault == "bad key":
        return _error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.")
    if call.fault == "quota":
        info = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "0.05s"}
        return _error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", [info])
    call.check_model(call.places.get("model", ""))
    return None


def _error(status: int, code: str, words: str, details: list[dict[str, str]] | None = None) -> Reply:
    error = {"code": status, "message": words, "status": code, "details": details or []}
    return json_reply({"error": error}, status)


def _said(code: str, words: str, status: int) -> Reply:
    """An error as the Interactions API words it."""
    return json_reply({"error": {"code": code, "message": words}}, status)


def _at(data: Any, *names: str | int) -> Any:
    for name in names:
        try:
            data = data[name]
        except (LookupError, TypeError):
            return None
    return data


_WAYS = frozenset({"bad key", "quota"})
_ENDS = CLIPS | _WAYS | {"failed job", "filtered", "private address"}
_PICTURES = frozenset({"blocked prompt", "blocked picture", "unsafe picture", "no picture"})
ROUTES = (
    Route(
        "gemini.generate",
        "POST",
        "/v1beta/models/{model}:generateContent",
        _generate,
        makes=True,
        faults=_WAYS | _PICTURES,
    ),
    Route("google.model", "GET", "/v1beta/models/{model}", _model, faults=_WAYS),
    Route("veo.submit", "POST", "/v1beta/models/{model}:predictLongRunning", _predict, makes=True, faults=_ENDS),
    Route(
        "veo.operation",
        "GET",
        "/v1beta/models/{model}/operations/{id}",
        _operation,
        faults=frozenset({"forgotten"}),
    ),
    Route("omni.submit", "POST", "/v1beta/interactions", _interact, makes=True, faults=_ENDS | {"inline"}),
    Route("omni.get", "GET", "/v1beta/interactions/{id}", _interaction, faults=frozenset({"forgotten"})),
    Route("omni.cancel", "POST", "/v1beta/interactions/{id}/cancel", _cancel),
    Route("google.file", "GET", "/v1beta/files/{id}:download", _download, faults=frozenset({"expired"})),
)
