"""ElevenLabs under ``/elevenlabs``: music and speech that come at once, and voices that are cloned from a file."""

from __future__ import annotations

import io

import soundfile

from personavlog.backbones.fake_media import music_pitch, speech_pitch, spoken_seconds
from personavlog.fake_server.drawing import wav
from personavlog.fake_server.hosted import remember
from personavlog.fake_server.routes import Call, Route
from personavlog.fake_server.wire import BadRequestError, Reply, json_reply, number

OWN = "JBFqnCBsd6RMkjVDRZzb"
"""A voice that every account has."""


def _compose(call: Call) -> Reply:
    data = remember(call, "elevenlabs.music")
    if call.fault in _CODES:
        return _error(*_CODES[call.fault])
    length = number(data, "music_length_ms", 10_000)
    if not data.get("prompt") or not 3000 <= length <= 600_000:
        return _error(422, "invalid_parameters", "music_length_ms must be from 3000 to 600000.")
    call.take_time()
    seconds = length / 1000 * (0.5 if call.fault == "short" else 1.0)
    return _sound(call, wav(seconds, music_pitch(1), silent=call.fault == "silent"))


def _speak(call: Call) -> Reply:
    data = remember(call, "elevenlabs.speech")
    if call.fault in _CODES:
        return _error(*_CODES[call.fault])
    voice = call.places["voice"]
    if voice != OWN and f"voice/{voice}" not in call.kept:
        return _error(404, "voice_not_found", f"A voice with voice_id {voice} was not found.")
    if not data.get("text") or not data.get("model_id"):
        return _error(422, "invalid_parameters", "text is required.")
    if data.get("language_code") and data["model_id"] == "eleven_multilingual_v2":
        return _error(400, "unsupported_language", "This model does not support language_code.")
    call.take_time()
    text = str(data["text"])
    seconds = spoken_seconds(text, "en" if text.isascii() else "zh")
    return _sound(call, wav(seconds, speech_pitch(number(data, "seed", 0) + len(voice)), silent=call.fault == "silent"))


def _sound(call: Call, made: bytes) -> Reply:
    form = call.request.query.get("output_format", "mp3_44100_128")
    headers = {"request-id": "req-eleven"}
    samples, rate = soundfile.read(io.BytesIO(made), dtype="int16")
    if form == f"pcm_{rate}":
        return Reply(200, bytes(samples.astype("<i2").tobytes()), "audio/pcm", headers)
    if not form.startswith("mp3_"):
        raise BadRequestError(f"Invalid output_format {form!r}.", 422)
    target = io.BytesIO()
    soundfile.write(target, samples, rate, format="MP3")
    return Reply(200, target.getvalue(), "audio/mpeg", headers)


def _add(call: Call) -> Reply:
    files, name = call.request.files("files"), call.request.fields.get("name", "")
    if not files or not name:
        return _error(422, "invalid_parameters", "name and files are required.")
    try:
        soundfile.info(io.BytesIO(files[0].data))
    except RuntimeError:
        return _error(400, "invalid_audio", "The file is no audio.")
    if call.fault == "verification":
        return json_reply({"voice_id": "v", "requires_verification": True})
    voice = f"cloned{len(call.kept)}"
    call.kept[f"voice/{voice}"] = name.encode()
    return json_reply({"voice_id": voice, "requires_verification": False})


def _search(call: Call) -> Reply:
    wanted = call.request.query.get("search", "")
    own = {name.removeprefix("voice/"): call.kept[name].decode() for name in call.kept if name.startswith("voice/")}
    found = [{"voice_id": key, "name": name} for key, name in own.items() if wanted in name]
    return json_reply({"voices": found, "has_more": False, "total_count": len(found)})


def _delete(call: Call) -> Reply:
    if call.kept.pop(f"voice/{call.places['voice']}", None) is None:
        return _error(404, "voice_not_found", "Not found.")
    return json_reply({"status": "ok"})


def _error(status: int, code: str, words: str) -> Reply:
    return json_reply({"detail": {"status": code, "message": words}}, status)


_CODES = {
    "refused words": (400, "bad_prompt", "The prompt names a copyrighted artist."),
    "no credit": (401, "quota_exceeded", "This request exceeds your quota of 10000 credits."),
    "queue full": (429, "too_many_concurrent_requests", "Too many concurrent requests."),
}
_FAULTS = frozenset({*_CODES, "silent"})
ROUTES = (
    Route("elevenlabs.music", "POST", "/elevenlabs/v1/music", _compose, makes=True, faults=_FAULTS | {"short"}),
    Route("elevenlabs.speech", "POST", "/elevenlabs/v1/text-to-speech/{voice}", _speak, makes=True, faults=_FAULTS),
    Route("elevenlabs.add", "POST", "/elevenlabs/v1/voices/add", _add, faults=frozenset({"verification"})),
    Route("elevenlabs.search", "GET", "/elevenlabs/v2/voices", _search),
    Route("elevenlabs.delete", "DELETE", "/elevenlabs/v1/voices/{voice}", _delete),
)
