"""``/v1/images/edits`` as vLLM-Omni, SGLang and OpenAI serve it."""

from __future__ import annotations

import base64
import time

from personavlog.fake_server.drawing import picture_of, png, size_of
from personavlog.fake_server.routes import Call, Route
from personavlog.fake_server.wire import BadRequestError, Reply, json_reply, number


def _edit(call: Call) -> Reply:
    request = call.request
    call.check_pipeline(request.fields.get("model", ""))
    images, fields = request.files("image", "image[]"), request.fields
    if not images:
        raise BadRequestError("Field 'image' or 'url' is required.", 422)
    if not fields.get("prompt", "").strip():
        raise BadRequestError("Field required: prompt", 422)
    reference = picture_of(images[0].data)
    asked = fields.get("size", "auto")
    width, height = (reference.shape[1], reference.shape[0]) if asked == "auto" else size_of(asked)
    if call.fault == "wrong size":
        width = max(width // 2, 1)
    seed = 0 if call.fault == "wrong seed" else number(fields, "seed", 0)
    call.take_time()
    data = png(reference, width, height, seed)
    if call.fault == "damaged":
        data = data[: len(data) // 3]
    if call.fault == "no picture":
        data = b"a picture, as they say"
    made = {"b64_json": base64.b64encode(data).decode(), "url": None, "revised_prompt": None}
    whole = {"created": int(time.time()), "data": [made], "output_format": "png", "size": f"{width}x{height}"}
    return json_reply(whole if call.fault != "empty" else {**whole, "data": []})


ROUTES = (
    Route(
        "images.edits",
        "POST",
        "/v1/images/edits",
        _edit,
        makes=True,
        faults=frozenset({"wrong size", "wrong seed", "damaged", "no picture", "empty"}),
    ),
)
