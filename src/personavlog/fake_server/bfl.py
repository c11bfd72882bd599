"""Black Forest Labs' API under ``/bfl``: a task, its polling address, a result that is signed for ten minutes."""

from __future__ import annotations

from typing import Any

from personavlog.fake_server.hosted import JOBS, WORDS, address_of, known, picture_job, remember, shown, sides
from personavlog.fake_server.routes import Call, Route
from personavlog.fake_server.wire import Reply, json_reply, number

NAME = "bfl.submit"
CENTS = 4.5


def _submit(call: Call) -> Reply:
    data = remember(call, NAME)
    if call.fault == "no credit":
        return json_reply({"detail": "Insufficient credits. Add more at the dashboard."}, 402)
    if not isinstance(data.get("prompt"), str):
        return json_reply({"detail": [{"loc": ["body", "prompt"], "msg": "Field required", "type": "missing"}]}, 422)
    call.check_model(call.places["model"])
    first = shown(call, data.get("input_image"))
    size = sides(str(data["aspect_ratio"])) if "aspect_ratio" in data else _size(data)
    job = picture_job(call, "bfl", first, size, number(data, "seed", 0))
    polling = f"{call.address}/bfl/v1/get_result?id={job.id}"
    if call.fault == "foreign address":
        polling = f"https://elsewhere.invalid/v1/get_result?id={job.id}"
    return json_reply({"id": job.id, "polling_url": polling, "cost": CENTS}, job=job.id)


def _size(data: dict[str, Any]) -> tuple[int, int]:
    return number(data, "width", 1024), number(data, "height", 768)


def _poll(call: Call) -> Reply:
    job = known(call)
    if job is None:
        return json_reply({"id": call.request.query.get("id", ""), "status": "Task not found", "result": None})
    word = "Pending" if not job.done else _ENDS.get(job.fault, "Ready")
    word = "Dreaming" if job.fault == "strange state" else word
    result = {"sample": address_of(call, job)} if word == "Ready" and job.fault != "no result" else None
    details = {"error": WORDS[job.fault]} if word == "Error" else None
    told = {"id": job.id, "status": word, "result": result, "progress": job.share, "details": details}
    return json_reply(told, job=job.id)


_ENDS = {
    "failed job": "Error",
    "memory job": "Error",
    "moderated job": "Content Moderated",
    "moderated request": "Request Moderated",
}
ROUTES = (
    Route("bfl.poll", "GET", "/bfl/v1/get_result", _poll, faults=frozenset({"forgotten"})),
    Route(
        NAME,
        "POST",
        "/bfl/v1/{model}",
        _submit,
        makes=True,
        faults=JOBS | {"moderated request", "foreign address", "no credit"},
    ),
)
