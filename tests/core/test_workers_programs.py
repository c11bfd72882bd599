"""The programs of CosyVoice and AudioX, each a real process, against stand-ins with upstream's signatures."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import anyio
import httpx2
import numpy as np
import pytest

from personavlog.backbones.workers.launching import PROGRAMS_FOLDER
from personavlog.backbones.workers.music import WorkerMusic
from personavlog.backbones.workers.speech import WorkerSpeech
from personavlog.runs.blobs import Blobs
from tests.core.worker_room import (
    LINE,
    MUSIC,
    Running,
    asked,
    audiox_folder,
    cosyvoice_checkout,
    line,
    read_wav,
    running,
    sample,
    tools,
)

pytest.importorskip("torch", reason="The stand-ins compute with torch.")
Started = tuple[Running, Path, str]
OPENING = "You are a helpful assistant.<|endofprompt|>"


@pytest.fixture(scope="module", params=["cosyvoice2", "cosyvoice3"])
def cosyvoice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    folder = tmp_path_factory.mktemp(request.param)
    with running(*cosyvoice_checkout(folder, request.param)) as worker:
        yield worker, folder, OPENING if request.param == "cosyvoice3" else ""


def test_cosyvoice_hears_a_voice_once_by_its_path_and_speaks_every_line_in_it(
    cosyvoice: Started,
) -> None:
    worker, folder, opening = cosyvoice
    one = {**LINE, "transcript": "This is how I <|sound|>.", "text": "First [laughter] part. Second <strong>part."}
    first, again = worker.post(one, sample()), worker.post(one, sample())
    other = worker.post({**one, "seed": 4, "speed": 1.2}, sample())
    assert [answer.status_code for answer in (first, again, other)] == [200] * 3
    assert first.content == again.content != other.content
    samples, rate = read_wav(first.content)
    calls = asked(folder)
    assert rate == 24000
    assert len(samples) / rate == pytest.approx(0.07 * len("First laughter part" + "Second strong part."), abs=0.01)
    heard = [call for call in calls if call["call"] == "listened"]
    assert heard == [{"call": "listened", "words": f"{opening}This is how I sound .", "seconds": 3.0}]
    spoken = [call for call in calls if call["call"] == "zero_shot"]
    assert [call["text"] for call in spoken[:2]] == ["First laughter part", "Second strong part."]
    assert {call["prompt"] for call in spoken} == {f"{opening}This is how I sound ."}
    assert not any(call["stream"] for call in spoken) and spoken[-1]["speed"] == 1.2


def test_cosyvoice_without_the_samples_words_takes_only_the_voice(cosyvoice: Started) -> None:
    worker, folder, opening = cosyvoice
    assert worker.post({**LINE, "text": "Only the voice."}, sample(pitch=170)).status_code == 200
    last = asked(folder)[-1]
    assert (last["call"], last["text"]) == ("cross_lingual", f"{opening}Only the voice.")


@pytest.mark.parametrize(("language", "call"), [("en", "cross_lingual"), ("zh", "zero_shot")])
def test_cosyvoice_without_a_sample_speaks_as_the_checkouts_own(cosyvoice: Started, language: str, call: str) -> None:
    worker, folder, _ = cosyvoice
    assert worker.post({**LINE, "language": language, "text": "你好，朋友。"}).status_code == 200
    assert asked(folder)[-1]["call"] == call


@pytest.mark.parametrize(
    ("change", "voice", "status", "says"),
    [
        ({}, sample(31.0), 422, "1 to 30 s"),
        ({}, sample(rate=8000), 422, "fewer than 16000"),
        ({"language": "tlh"}, None, 422, "does not speak 'tlh'"),
        ({"text": "<|endofprompt|>"}, None, 200, ""),
        ({"text": "..."}, None, 422, "nothing to say"),
        ({"text": "memory"}, None, 507, "out of memory"),
    ],
)
def test_cosyvoice_refuses_in_words(
    cosyvoice: Started, change: dict[str, str], voice: bytes | None, status: int, says: str
) -> None:
    worker, folder, opening = cosyvoice
    answer = worker.post({**LINE, **change}, voice)
    assert answer.status_code == status
    assert status == 200 or says in answer.json()["error"]["message"]
    if status == 200:
        assert asked(folder)[-1]["text"] == f"{opening}endofprompt"


def test_nobodys_words_are_logged(cosyvoice: Started) -> None:
    worker, _, _ = cosyvoice
    request = {**LINE, "text": "Marzipan and quince.", "transcript": "Rhubarb pie."}
    assert worker.post(request, sample()).status_code == 200
    worker.wait_until(lambda: any("done" in text for text in worker.said))
    assert not any(word in text for text in worker.said for word in ("arzipan", "hubarb"))


def test_cosyvoice_keeps_few_voices(cosyvoice: Started) -> None:
    worker, folder, _ = cosyvoice
    before = sum(call["call"] == "listened" for call in asked(folder))
    for number in [*range(18), 17, 0]:
        request = {**LINE, "text": "Short.", "transcript": f"Voice number {number}."}
        assert worker.post(request, sample()).status_code == 200
    assert sum(call["call"] == "listened" for call in asked(folder)) - before == 19


def test_a_film_clones_a_voice_through_cosyvoice(cosyvoice: Started, tmp_path: Path) -> None:
    worker, folder, opening = cosyvoice
    model = "Fun-CosyVoice3-0.5B" if opening else "CosyVoice2-0.5B"
    backbone = WorkerSpeech(model=model, endpoints=[{"url": worker.address}])
    stored, rate = read_wav(sample(8.0))
    voice = Blobs(tmp_path / "blobs").put_audio(stored, rate)

    async def work() -> float:
        await backbone.open()
        asked_ = line("A line of the film.", sample=voice, transcript="My own words.")
        return (await backbone.speak(asked_, tools(tmp_path))).audio.duration

    assert anyio.run(work) == pytest.approx(0.07 * len("A line of the film."), abs=0.02)
    assert asked(folder)[-1]["prompt"] == f"{opening}My own words."


@pytest.fixture(scope="module", params=["audiox", "stable_audio_tools"])
def audiox(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    folder = tmp_path_factory.mktemp(request.param)
    with running(*audiox_folder(folder, request.param)) as worker:
        yield worker, folder, request.param


def test_audiox_is_asked_as_upstream_asks_it(audiox: Started) -> None:
    worker, folder, package = audiox
    assert worker.post({"prompt": "calm piano", "seconds": 8.0, "seed": 2**40 + 5}, role="music").status_code == 200
    last = asked(folder)[-1]
    assert (last["steps"], last["cfg_scale"], last["seed"], last["size"]) == (250, 7.0, 5, 80640)
    assert last["prompt"] == "calm piano" and last["audio"] == [1, 2, 80000] and last["total"] == 10
    frames, motion = [1, 50, 3, 224, 224], [1, 240, 768]
    shapes = {name: last[name] for name in ("frames", "video_tensors", "video_sync_frames") if name in last}
    new = {"video_tensors": frames, "video_sync_frames": motion}
    assert shapes == (new if package == "audiox" else {"frames": frames})


@pytest.mark.parametrize("seconds", [1.0, 9.0, 10.0, 23.4, 61.0])
def test_audiox_makes_the_asked_length_without_holes_or_jumps(audiox: Started, seconds: float) -> None:
    worker, folder, _ = audiox
    before = len(asked(folder)) if list(folder.rglob("asked.jsonl")) else 0
    answer = worker.post({"prompt": "calm piano", "seconds": seconds, "seed": 1}, role="music")
    samples, rate = read_wav(answer.content)
    assert rate == 8000 and samples.shape == (round(seconds * rate), 2)
    assert len(asked(folder)) - before == (1 if seconds <= 10 else 2)
    sounding = samples[: round((seconds - 1.6) * rate)]
    loudness = [float(np.sqrt(np.mean(part**2))) for part in np.array_split(sounding, max(len(sounding) // 800, 1))]
    assert not sounding.size or min(loudness) > 0.4 * max(loudness)
    assert np.abs(samples[-40:]).max() < 0.1


@pytest.mark.parametrize(("lengths", "fade"), [((900, 900), 100), ((900, 500), 100), ((50, 40), 100), ((1, 1), 100)])
def test_clips_are_joined_at_equal_power_without_a_jump(
    monkeypatch: pytest.MonkeyPatch, lengths: tuple[int, int], fade: int
) -> None:
    monkeypatch.syspath_prepend(str(PROGRAMS_FOLDER))
    joined = importlib.import_module("audiox_worker").joined
    opposite = [np.full((lengths[0], 2), 0.5), np.full((lengths[1], 2), -0.5)]
    piece = joined(opposite, 5000, fade, np)
    assert piece.shape == (5000, 2) and np.abs(piece).max() <= 0.5 * np.sqrt(2) + 1e-6
    if min(lengths) > 3 * fade:
        assert np.abs(np.diff(piece[:, 0])).max() < 2.5 / fade
    rng = np.random.default_rng(1)
    noise = [rng.normal(0, 0.1, (length * 10, 2)) for length in lengths]
    power = [float(np.mean(part**2)) for part in np.array_split(joined(noise, 50_000, fade * 10, np), 25)]
    if min(lengths) > 3 * fade:
        assert max(power) < 1.2 * min(power)


def test_audiox_repeats_for_a_seed_and_differs_for_another(audiox: Started) -> None:
    worker, _, _ = audiox
    one, two, other = (
        worker.post({"prompt": "calm piano", "seconds": 12.0, "seed": seed}, role="music").content for seed in (1, 1, 7)
    )
    assert one == two != other


def test_audiox_that_makes_silence_says_so(audiox: Started) -> None:
    worker, _, _ = audiox
    answer = worker.post({"prompt": "silence", "seconds": 5.0}, role="music")
    assert answer.status_code == 500 and "silence" in answer.json()["error"]["message"]


def test_a_film_gets_its_music_from_audiox(audiox: Started, tmp_path: Path) -> None:
    worker, folder, _ = audiox
    backbone = WorkerMusic(model="AudioX", endpoints=[{"url": worker.address}])

    async def work() -> tuple[float, str]:
        await backbone.open()
        made = await backbone.compose(MUSIC, tools(tmp_path))
        return made.audio.duration, made.source

    assert anyio.run(work) == (pytest.approx(24.0, abs=0.001), "AudioX (CC-BY-NC-4.0)")
    assert asked(folder)[-1]["prompt"] == f"Instrumental background music: {MUSIC.description.text}"


def test_audiox_tells_every_step_and_stops_within_one(tmp_path: Path) -> None:
    with running(*audiox_folder(tmp_path, pause=0.02)) as worker:
        with pytest.raises(httpx2.TimeoutException):
            httpx2.post(
                f"{worker.address}/v1/music",
                json={"prompt": "calm piano", "seconds": 9.0},
                headers={"X-Job": "steps"},
                timeout=httpx2.Timeout(30, read=2.0),
            )
        worker.wait_until(lambda: worker.get("/v1/jobs/steps").json()["state"] == "stopped", seconds=2)
        assert 0.05 < worker.get("/v1/jobs/steps").json()["progress"] < 0.9


def test_a_model_that_does_not_load_ends_its_worker_with_the_reason(tmp_path: Path) -> None:
    arguments = audiox_folder(tmp_path)
    (tmp_path / "AudioX" / "config.json").write_text('{"model_type": "diffusion_cond", "sample_rate": 8000}')
    with running(*arguments, ready=False) as worker:
        assert worker.process.wait(60) == 3
        worker.wait_until(lambda: "no model of AudioX" in "\n".join(worker.said))


def test_a_checkout_from_before_cosyvoice_3_is_told_what_to_do(tmp_path: Path) -> None:
    arguments = cosyvoice_checkout(tmp_path)
    code = tmp_path / "Cosy Voice" / "cosyvoice" / "cli" / "cosyvoice.py"
    code.write_text(code.read_text(encoding="utf-8").replace("prompt_wav", "prompt_speech_16k"), encoding="utf-8")
    with running(*arguments, ready=False) as worker:
        assert worker.process.wait(60) == 3
        worker.wait_until(lambda: "git pull --recurse-submodules" in "\n".join(worker.said))
