"""Our client of Pocket TTS' own server against that server, with a tiny random model behind it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import anyio
import numpy as np
import pytest
import soundfile

from personavlog.backbones import registry
from personavlog.backbones.checking import check_sound
from personavlog.backbones.roles import SpeechRequest, SpeechResult
from personavlog.backbones.tools import Tools
from personavlog.errors import BackboneError
from personavlog.runs.blobs import Blobs
from tests.shared.tiny_sounds import POCKET_RATE, build_sound

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("pocket_tts") is None, reason="needs the extra [local]: make test-local"),
]
STARTS = 180.0
"""Seconds that a busy machine may need to load torch and the server."""


def tone(pitch: float) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * pitch * np.arange(2 * POCKET_RATE) / POCKET_RATE)).astype(np.float32)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = build_sound("pocket_tts", tmp_path_factory.mktemp("pocket"))
    soundfile.write(folder / "own.wav", tone(200.0), POCKET_RATE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = shutil.which("pocket-tts", path=str(Path(sys.executable).parent))
    assert program is not None
    settings = ["--config", str(folder / "tiny.yaml"), "--default-voice", str(folder / "own.wav"), "--port", str(port)]
    log = (folder / "log.txt").open("w+")
    server = subprocess.Popen([program, "serve", "--host", "127.0.0.1", *settings], stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/health", server, Path(log.name))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTS
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise AssertionError(f"the server did not start: {log.read_text()}")


def spoken(address: str, tools: Tools, **request: object) -> SpeechResult:
    settings = {"model": "pocket-tts", "speaks": "pocket-tts", "endpoints": [{"url": address}]}
    whole = SpeechRequest.model_validate({"text": "hello there, this is my vlog", "language": "en", **request})
    return anyio.run(registry.load("speech", "worker", settings).speak, whole, tools)


def test_a_line_comes_in_the_servers_own_voice_and_in_the_samples(address: str, blobs: Blobs, tools: Tools) -> None:
    own = spoken(address, tools)
    check_sound(own.audio, "pocket-tts", blobs)
    assert own.audio.rate == POCKET_RATE and own.audio.channels == 1 and own.receipt.money == 0.0
    assert any("No voice sample" in note for note in own.notes)
    cloned = spoken(address, tools, sample=blobs.put_audio(tone(600.0), POCKET_RATE))
    check_sound(cloned.audio, "pocket-tts", blobs)
    assert cloned.voice == "the sample's" and cloned.notes == ()


def test_a_speed_that_it_has_not_is_said(address: str, tools: Tools) -> None:
    assert any("one speed" in note for note in spoken(address, tools, speed=1.2).notes)


def test_what_the_server_refuses_is_a_sentence(address: str, tools: Tools) -> None:
    with pytest.raises(BackboneError, match="HTTP 400"):
        spoken(address, tools, text=" ")
