"""DashScope under ``/dashscope``: Wan's tasks, CosyVoice's speech, and the enrolment of voices by address."""

from __future__ import annotations

from typing import Any

from personavlog.backbones.fake_media import speech_pitch, spoken_seconds
from personavlog.fake_server.drawing import wav
from personavlog.fake_server.hosted import CLIPS, JOBS, WORDS, address_of, clip_job, known, remember, shown
from personavlog.fake_server.jobs import Job
from personavlog.fake_server.routes import Call, Route
from personavlog.fake_server.wire import Reply, json_reply, media_reply, number

NAME = "dashscope.submit"
FPS = 30


def _submit(call: Call) -> Reply:
    data = remember(call, NAME)
    if call.fault in _CODES:
        return _error(*_CODES[call.fault])
    if call.request.headers.get("x-dashscope-async") != "enable":
        return _error(403, "AccessDenied", "current user api does not support synchronous calls.")
    given, wanted = data.get("input"), data.get("parameters")
    if not isinstance(given, dict) or not isinstance(wanted, dict):
        return _error(400, "InvalidParameter", "input and parameters are required.")
    call.check_model(str(data.get("model", "")))
    media = given.get("media")
    address = given.get("img_url") or (media[0].get("url") if isinstance(media, list) and media else None)
    side = int(str(wanted.get("resolution", "720P")).rstrip("P"))
    job = clip_job(call, "task", shown(call, address), FPS * number(wanted, "duration", 5), float(FPS), side)
    return json_reply(
        {"output": {"task_id": job.id, "task_status": "PENDING"}, "request_id": f"r-{job.id}"}, job=job.id
    )


def _task(call: Call) -> Reply:
    job = known(call)
    if job is None:
        return json_reply({"output": {"task_id": call.places["id"], "task_status": "UNKNOWN"}, "request_id": "r"})
    return json_reply({"output": _told(call, job), "request_id": f"r-{job.id}"}, job=job.id)


def _told(call: Call, job: Job) -> dict[str, Any]:
    failed = job.done and job.fault in WORDS
    word = "FAILED" if failed else "SUCCEEDED" if job.done else "RUNNING" if job.share > 0.1 else "PENDING"
    word = "CANCELED" if job.cancelled else "IDLING" if job.fault == "strange state" else word
    told = {"task_id": job.id, "task_status": word}
    if failed:
        code = "DataInspectionFailed" if job.fault == "moderated job" else "InternalError"
        return {**told, "code": code, "message": WORDS[job.fault]}
    if word == "SUCCEEDED" and job.fault != "no result":
        return {**told, "video_url": address_of(call, job)}
    return told


def _cancel(call: Call) -> Reply:
    job = known(call)
    if job is None or job.done:
        return _error(
            400, "UnsupportedOperation", "Failed to cancel the task, please confirm if the task is in PENDING."
        )
    job.cancelled = True
    return json_reply({"request_id": f"r-{job.id}"}, job=job.id)


def _speak(call: Call) -> Reply:
    data = remember(call, "dashscope.speech")
    if call.fault in _CODES:
        return _error(*_CODES[call.fault])
    given = data.get("input")
    if not isinstance(given, dict) or not given.get("text") or not given.get("voice"):
        return _error(400, "InvalidParameter", "text and voice are required.")
    call.take_time()
    voice, text = str(given["voice"]), str(given["text"])
    seconds = spoken_seconds(text, "zh" if not text.isascii() else "en")
    name = f"speech-{len(call.kept)}"
    call.kept[name] = wav(seconds, speech_pitch(number(given, "seed", 0) + len(voice)), silent=call.fault == "silent")
    audio = {"url": f"{call.address}/dashscope/results/{name}", "id": name, "expires_at": 1}
    return json_reply({"output": {"audio": audio, "finish_reason": "stop"}, "request_id": "r-speech"})


def _heard(call: Call) -> Reply:
    data = call.kept.get(call.places["name"])
    if data is None or call.fault == "expired":
        return json_reply({"message": "Request has expired."}, 403)
    return media_reply(data, "audio/wav")


def _enrol(call: Call) -> Reply:
    data = remember(call, "dashscope.voices")
    given = data.get("input")
    if not isinstance(given, dict) or data.get("model") != "voice-enrollment":
        return _error(400, "InvalidParameter", "input is required.")
    if given.get("action") == "delete_voice":
        return json_reply({"output": {}, "request_id": "r"})
    if not str(given.get("url", "")).startswith(("http://", "https://")):
        return _error(400, "InvalidParameter", "url must be a public address.")
    return json_reply(
        {"output": {"voice_id": f"{given.get('target_model')}-{given.get('prefix')}-1"}, "request_id": "r"}
    )


def _error(status: int, code: str, words: str) -> Reply:
    return json_reply({"code": code, "message": words, "request_id": "r"}, status)


_CODES = {
    "refused words": (400, "DataInspectionFailed", "Input data may contain inappropriate content."),
    "no credit": (400, "Arrearage", "Access denied, please make sure your account is in good standing."),
    "throttled": (400, "Throttling.RateQuota", "Requests rate limit exceeded, please try again later."),
}
_REFUSES = frozenset(_CODES)
ROUTES = (
    Route(
        NAME,
        "POST",
        "/dashscope/services/aigc/video-generation/video-synthesis",
        _submit,
        makes=True,
        faults=JOBS | CLIPS | _REFUSES,
    ),
    Route("dashscope.task", "GET", "/dashscope/tasks/{id}", _task, faults=frozenset({"forgotten"})),
    Route("dashscope.cancel", "POST", "/dashscope/tasks/{id}/cancel", _cancel),
    Route(
        "dashscope.speech",
        "POST",
        "/dashscope/services/audio/tts/SpeechSynthesizer",
        _speak,
        makes=True,
        faults=_REFUSES | {"silent"},
    ),
    Route("dashscope.heard", "GET", "/dashscope/results/{name}", _heard, public=True, faults=frozenset({"expired"})),
    Route("dashscope.voices", "POST", "/dashscope/services/audio/tts/customization", _enrol),
)
