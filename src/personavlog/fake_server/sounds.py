"""``/v1/audio/speech``, ``/v1/audio/voices`` and ``/v1/audio/generate`` as vLLM-Omni serves them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import time
from typing import Any

import soundfile

from personavlog.backbones import records
from personavlog.backbones.fake_media import music_pitch, speech_pitch, spoken_seconds
from personavlog.fake_server.drawing import wav
from personavlog.fake_server.routes import Call, Route
from personavlog.fake_server.wire import BadRequestError, Reply, decimal, json_reply, media_reply, number

FORMATS = {"wav": "audio/wav", "flac": "audio/flac", "mp3": "audio/mpeg", "pcm": "audio/pcm"}
LONGEST = 600.0
VOICES = ("alloy", "vivian")
"""Of a model that the table of servers does not know."""
_FAULTS = frozenset({"silent", "short", "no sound"})


def _speak(call: Call) -> Reply:
    data = call.request.data
    call.check_model(_text(data, "model"))
    line = _text(data, "input").strip()
    if not line:
        raise BadRequestError("Input text cannot be empty", 400)
    language = "zh" if any("一" <= letter <= "鿿" for letter in line) else "en"
    pitch = speech_pitch(number(data, "seed", 0) + _voice(call, data))
    call.take_time()
    seconds = spoken_seconds(line, language) / (decimal(data, "speed", 1.0, 4.0) or 1.0)
    return _sound(call, data, seconds, pitch)


def _voice(call: Call, data: dict[str, Any]) -> int:
    """What a voice adds to the pitch; raises ``BadRequestError`` for one that there is not."""
    voice, sample = _text(data, "voice"), _text(data, "ref_audio")
    if sample:
        if data.get("task_type") == "Base" and not _text(data, "ref_text").strip():
            raise BadRequestError("Base task requires non-empty 'ref_text' (transcript of the reference audio)")
        return len(_sample(sample)) % 60
    if data.get("task_type") == "Base" and voice not in _names(call):
        raise BadRequestError("Base task requires 'ref_audio' and 'ref_text'.", 400)
    known = (*_voices(_text(data, "model")), *_names(call))
    if voice and voice not in known:
        raise BadRequestError(f"Invalid voice {voice!r}. Supported: {', '.join(known)}", 400)
    return int(hashlib.sha256(voice.encode()).hexdigest(), 16) % 60


def _sample(address: str) -> bytes:
    """The bytes of a data URI that is a sound; raises ``BadRequestError``."""
    head, _, coded = address.partition(";base64,")
    try:
        found = base64.b64decode(coded, validate=True)
        soundfile.info(io.BytesIO(found))
    except (binascii.Error, RuntimeError) as error:
        raise BadRequestError(f"ref_audio cannot be read: {error}") from error
    if not head.startswith("data:audio/"):
        raise BadRequestError("ref_audio must be a data URI here: nothing is fetched.")
    return found


def _generate(call: Call) -> Reply:
    data = call.request.data
    call.check_model(_text(data, "model"))
    if not _text(data, "input").strip():
        raise BadRequestError("Input text cannot be empty", 400)
    call.take_time()
    return _sound(call, data, decimal(data, "audio_length", 10.0, LONGEST), music_pitch(number(data, "seed", 0)))


def _sound(call: Call, data: dict[str, Any], seconds: float, pitch: float) -> Reply:
    form = _text(data, "response_format") or "wav"
    if form not in FORMATS:
        raise BadRequestError(f"Invalid response_format {form!r}. Supported: {', '.join(FORMATS)}", 400)
    if call.fault == "no sound":
        return media_reply(b"la la la", FORMATS[form])
    made = wav(seconds / 2 if call.fault == "short" else seconds, pitch, silent=call.fault == "silent")
    return media_reply(_converted(made, form), FORMATS[form])


def _converted(data: bytes, form: str) -> bytes:
    if form == "wav":
        return data
    samples, rate = soundfile.read(io.BytesIO(data), dtype="int16")
    if form == "pcm":
        return bytes(samples.astype("<i2").tobytes())
    target = io.BytesIO()
    soundfile.write(target, samples, rate, format=form.upper())
    return target.getvalue()


def _add_voice(call: Call) -> Reply:
    fields, files = call.request.fields, call.request.files("audio_sample")
    name, consent = fields.get("name", "").strip(), fields.get("consent", "").strip()
    if not (name and consent and files):
        raise BadRequestError("Fields required: audio_sample, consent, name", 422)
    call.kept[f"voice {name}"] = files[0].data
    return json_reply({"success": True, "voice": {"name": name, "created_at": int(time.time())}})


def _list_voices(call: Call) -> Reply:
    own = [voice for model in call.models or ("",) for voice in _voices(model)]
    return json_reply({"voices": [*dict.fromkeys(own), *_names(call)]})


def _remove_voice(call: Call) -> Reply:
    if call.kept.pop(f"voice {call.places['name']}", None) is None:
        raise BadRequestError(f"Voice {call.places['name']!r} not found.", 404)
    return json_reply({"success": True})


def _voices(model: str) -> tuple[str, ...]:
    """A model's own voices, as the table has them."""
    row = records.table("protocol").get(model)
    return VOICES if row is None or row.sound is None else tuple(row.sound.voices)


def _names(call: Call) -> tuple[str, ...]:
    return tuple(sorted(name.removeprefix("voice ") for name in call.kept if name.startswith("voice ")))


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str | None):
        raise BadRequestError(f"Input should be a valid string: {name}, received {json.dumps(value)[:80]}", 422)
    return value or ""


ROUTES = (
    Route("audio.speech", "POST", "/v1/audio/speech", _speak, makes=True, faults=_FAULTS),
    Route("audio.generate", "POST", "/v1/audio/generate", _generate, makes=True, faults=_FAULTS),
    Route("audio.voices", "POST", "/v1/audio/voices", _add_voice),
    Route("audio.voices.list", "GET", "/v1/audio/voices", _list_voices),
    Route("audio.voices.delete", "DELETE", "/v1/audio/voices/{name}", _remove_voice),
)
