"""Our client of OpenAI-compatible servers against one that we did not write: ``transformers serve`` with a tiny model
that sees. It takes the form of an answer in silence and does not hold it."""

from __future__ import annotations

import os
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
import cv2
import numpy as np
import pytest
from pydantic_ai import Agent
from pydantic_ai.messages import BinaryContent

from personavlog.agents.instance import ask, instance
from personavlog.backbones.chat import chat_model
from personavlog.backbones.chat_settings import ChatSettings
from personavlog.backbones.reviews import Review
from personavlog.backbones.tasks import MusicTask
from personavlog.errors import BackboneError, InvalidReplyError
from personavlog.script import Board, Emotion, Framing, MusicDescription, TimeOfDay
from tests.shared.tiny_chat import build_chat

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("uvicorn") is None, reason="needs the extra [local]: make test-local"),
]
STARTS = 180.0
"""Seconds that a busy machine may need to load torch and the server."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The server's address and the model that it serves."""
    folder = build_chat("llava", tmp_path_factory.mktemp("served") / "llava")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = shutil.which("transformers", path=str(Path(sys.executable).parent))
    assert program is not None
    log = (folder.parent / "log.txt").open("w+")
    command = [program, "serve", str(folder), "--port", str(port), "--device", "cpu"]
    server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, "HF_HUB_OFFLINE": "1"})
    try:
        _wait(f"http://127.0.0.1:{port}/health", server, log.name)
        yield f"http://127.0.0.1:{port}/v1", folder
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def _wait(url: str, server: subprocess.Popen[bytes], log: str) -> None:
    until = time.monotonic() + STARTS
    while time.monotonic() < until:
        assert server.poll() is None, Path(log).read_text()
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise AssertionError(f"the server did not start: {Path(log).read_text()}")


def _picture() -> BinaryContent:
    return BinaryContent(cv2.imencode(".png", np.full((48, 64, 3), 90, np.uint8))[1].tobytes(), media_type="image/png")


def test_words_and_a_picture_are_answered(address: tuple[str, Path]) -> None:
    base, folder = address
    model = chat_model(f"openai:{folder}", ChatSettings(base_url=base, max_tokens=64, temperature=0.0))
    words = anyio.run(Agent(model, output_type=str).run, "Say something.")
    seen = anyio.run(Agent(model, output_type=str).run, ["What is this?", _picture()])
    assert 0 < words.usage.output_tokens <= 64
    assert seen.usage.input_tokens > words.usage.input_tokens, "the picture is in the question"


@pytest.mark.parametrize("output", ["native", "prompted", "tool"])
def test_an_answer_without_the_form_is_named_after_bounded_tries(address: tuple[str, Path], output: str) -> None:
    base, folder = address
    settings = ChatSettings.model_validate({"base_url": base, "max_tokens": 64, "temperature": 0.0, "output": output})
    who = instance("music.generate", chat_model(f"openai:{folder}", settings), MusicDescription, {})
    board = Board(
        place="a lake",
        time_of_day=TimeOfDay.NOON,
        action="She walks",
        framing=Framing.WIDE,
        emotion=Emotion.CALM,
    )
    task = MusicTask(theme="a day", boards=(board,))
    with pytest.raises(InvalidReplyError, match=r"gave no answer that fits after 3 attempts|was cut off twice"):
        anyio.run(ask, who, ["Write this.", _picture()], task)


def test_a_clip_that_its_model_does_not_take_is_the_servers_failure(address: tuple[str, Path]) -> None:
    base, folder = address
    settings = ChatSettings(base_url=base, max_tokens=64, takes_video=True)
    model = chat_model(f"openai:{folder}", settings)
    clip = BinaryContent(b"\x00\x00\x00\x18ftypmp42" + bytes(64), media_type="video/mp4")
    with pytest.raises(BackboneError, match="HTTP"):
        anyio.run(Agent(model, output_type=Review).run, ["Look:", clip])
