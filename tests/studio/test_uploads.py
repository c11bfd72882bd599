"""What is handed over: read at once, without what it hides, bounded in every way."""

from __future__ import annotations

import asyncio
import errno
import io
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image
from starlette.testclient import TestClient
from starlette.types import Message

from personavlog.media.arrays import Pixels
from personavlog.metrics import face
from personavlog.studio import bodies, uploads
from personavlog.studio.bodies import Bodies, limit
from personavlog.studio.settings import folder
from personavlog.studio.uploads import Uploads
from tests.studio.films import PORTRAIT, scripted
from tests.studio.served import client

PHOTOS, SAMPLES = "/api/v1/photos", "/api/v1/samples"
SECRET = b"48.8584N 2.2945E"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with scripted(tmp_path / "home"):
        yield tmp_path / "home"


@pytest.fixture
def program(home: Path, tmp_path: Path) -> TestClient:
    return client(tmp_path / "runs")


def picture(width: int = 400, height: int = 300, kind: str = "PNG", **saved: object) -> bytes:
    data = io.BytesIO()
    across = np.linspace(40, 220, width, dtype=np.uint8)
    pixels = np.stack([np.tile(across, (height, 1))] * 3, axis=2)
    Image.fromarray(pixels).save(data, kind, **saved)  # type: ignore[arg-type]
    return data.getvalue()


def sideways() -> bytes:
    """A photo whose camera was turned, with what cameras write beside it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET.decode()
    return picture(kind="JPEG", exif=exif)


def recording(seconds: float = 2.0) -> bytes:
    data = io.BytesIO()
    wave = np.sin(np.arange(int(seconds * 16_000)) / 20) / 2
    soundfile.write(data, wave, 16_000, format="WAV")
    return data.getvalue()


def send(program: TestClient, data: bytes, to: str = PHOTOS, name: str = "me.png") -> tuple[int, dict[str, object]]:
    answer = program.post(to, files={"file": (name, data)})
    return answer.status_code, answer.json()


def kept_bytes(home: Path) -> bytes:
    return b"".join(place.read_bytes() for place in home.rglob("*") if place.is_file())


def _face(x: float, y: float = 100.0, half: float = 50.0) -> face.Face:
    points = np.array([(x - 20, y - 10), (x + 20, y - 10), (x, y + 5), (x - 15, y + 25), (x + 15, y + 25)], np.float32)
    return face.Face((x - half, y - half, x + half, y + half), 0.95, points)


def test_a_photo_is_kept_upright_and_without_its_metadata(program: TestClient, home: Path) -> None:
    status, said = send(program, sideways())
    assert status == 201
    assert (said["media"]["width"], said["media"]["height"]) == (300, 400)  # type: ignore[index]
    assert SECRET not in kept_bytes(home)
    assert (said["faces"], said["face"]) == (1, 1)
    stored = Uploads(folder() / "uploads")
    with Image.open(stored.path(stored.find(str(said["id"]), "photo"))) as read:
        assert read.size == (300, 400) and not read.getexif()


def test_a_transparent_photo_keeps_its_outline(program: TestClient, home: Path) -> None:
    data = io.BytesIO()
    with Image.open(PORTRAIT) as portrait:
        whole = portrait.convert("RGBA")
        whole.putalpha(Image.linear_gradient("L").resize(portrait.size))
        whole.save(data, "PNG")
    status, said = send(program, data.getvalue())
    assert status == 201 and any("transparent" in note for note in said["notes"])  # type: ignore[attr-defined]
    stored = Uploads(folder() / "uploads")
    with Image.open(stored.path(stored.find(str(said["id"]), "photo"))) as read:
        assert read.mode == "RGBA" and read.getextrema()[3] != (255, 255)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.png", b""),
        ("cut.png", picture()[:500]),
        ("text.jpg", b"dear diary " * 100),
        ("me.pdf", picture(kind="PDF")),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("tiny.png", picture(8, 8)),
    ],
)
def test_what_is_no_photo_is_refused_by_its_own_name(
    program: TestClient, home: Path, tmp_path: Path, name: str, data: bytes
) -> None:
    status, said = send(program, data, name=name)
    assert status == 422 and name in str(said["message"]) and str(tmp_path) not in str(said["message"])
    assert Uploads(folder() / "uploads")._files() == []


def test_a_bomb_is_not_unpacked(program: TestClient) -> None:
    bomb = io.BytesIO()
    Image.new("1", (60_000, 60_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < bodies.PHOTO
    status, said = send(program, bomb.getvalue())
    assert status == 422 and "40 million pixels" in str(said["message"])


def test_a_file_that_is_too_large_is_not_read_to_its_end(program: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert send(program, bytes(bodies.PHOTO + bodies.ROOM))[0] == 413
    assert send(program, picture() + bytes(bodies.PHOTO))[0] == 413, "the file itself, not the request"
    monkeypatch.setitem(uploads.LIMITS, "photo", 1000)
    status, said = send(program, picture())
    assert status == 413 and said["error"] == "TooLargeError"


def test_who_is_meant_in_a_photo_of_two_is_asked(program: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def two(view: Pixels, corner: tuple[int, int]) -> list[face.Face]:
        return [_face(70.0), _face(330.0)]

    monkeypatch.setattr(face, "_look", two)
    status, said = send(program, picture())
    assert (status, said.get("faces"), said.get("face")) == (201, 2, None), said
    assert "2 faces" in str(said["notes"])


def test_a_voice_sample_is_read_and_played(program: TestClient) -> None:
    status, said = send(program, recording(), SAMPLES, "me.wav")
    assert status == 201 and said["media"]["kind"] == "audio"  # type: ignore[index]
    assert said["media"]["seconds"] == pytest.approx(2.0, abs=0.05)  # type: ignore[index]
    assert send(program, recording(0.2), SAMPLES, "short.wav")[0] == 422
    assert send(program, picture(), SAMPLES, "me.png")[0] == 422


def test_an_upload_is_found_by_its_own_id_and_kind_only(program: TestClient) -> None:
    _, said = send(program, picture())
    film = {"theme": "a day", "style": "comic", "i_may_use_this_likeness": True}
    for photo in ("", "../x", "0" * 32, f"{said['id']}.json", f"../uploads/{said['id']}", "*", said["id"].upper()):  # type: ignore[attr-defined]
        answer = program.post("/api/v1/films", json={**film, "photo": photo})
        assert answer.status_code == 404, photo
    answer = program.post("/api/v1/films", json={**film, "example": True, "voice_sample": said["id"]})
    assert answer.status_code == 404, "a photo is no voice"


def test_uploads_together_are_bounded(program: TestClient, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", bodies.PHOTO + 20_000)
    said = [send(program, picture(seed, 300))[0] for seed in range(600, 700)]
    assert said[0] == 201 and said[-1] == 507
    assert sum(file.stat().st_size for file in (folder() / "uploads").rglob("*") if file.is_file()) < 60_000


def test_uploads_are_swept_after_a_day(program: TestClient, home: Path) -> None:
    _, said = send(program, picture())
    killed = folder() / "uploads" / "new-x"
    killed.mkdir()
    (killed / "photo").write_bytes(sideways())
    long_ago = time.time() - uploads.DAY - 1000
    for place in (folder() / "uploads").rglob("*"):
        os.utime(place, (long_ago, long_ago))
    os.utime(killed, (long_ago, long_ago))
    assert send(program, recording(), SAMPLES)[0] == 201
    left = [place for place in (folder() / "uploads").rglob("*") if place.is_file()]
    assert len(left) == 2 and str(said["id"]) not in str(left)
    assert program.post("/api/v1/films", json={"theme": "x y", "style": "z", "photo": said["id"]}).status_code == 404


def test_a_full_disk_is_told_and_leaves_nothing_behind(
    program: TestClient, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(uploads, "_copy", full)
    status, said = send(program, picture())
    assert status == 507 and "disk is full" in str(said["message"])
    assert list((folder() / "uploads").glob("new-*")) == []


def test_how_much_may_come_depends_on_what_it_is() -> None:
    assert limit("POST", "/films/x/own") == limit("PUT", "/api/v1/films/x/shots/2/own/clip") > bodies.CLIP
    assert bodies.PHOTO < limit("POST", PHOTOS) < limit("POST", "/new") < bodies.CLIP
    for method, path in (("GET", PHOTOS), ("POST", "/api/v1/plan"), ("POST", "/films/x/y/own"), ("POST", "/photos/x")):
        assert limit(method, path) == bodies.PLAIN


def test_a_body_that_lies_about_its_length_is_cut_off(program: TestClient) -> None:
    answer = program.post(
        "/api/v1/plan", content=iter([b" " * 100_000] * 20), headers={"content-type": "application/json"}
    )
    assert answer.status_code == 413
    for length in ("-1", "many", "9" * 30):
        assert program.post("/api/v1/plan", content=b"{}", headers={"content-length": length}).status_code == 413


@pytest.mark.anyio
async def test_two_files_come_in_at_once_and_the_third_waits() -> None:
    inside, most, free = 0, 0, asyncio.Event()

    async def slow(scope: object, receive: object, send: object) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await free.wait()
        inside -= 1

    async def receive() -> Message:
        return {"type": "http.request"}

    async def sent(message: Message) -> None: ...

    layer = Bodies(slow)  # type: ignore[arg-type]
    scope = {"type": "http", "method": "POST", "path": PHOTOS, "headers": [], "query_string": b""}
    waiting = [asyncio.create_task(layer(scope, receive, sent)) for _ in range(5)]
    await asyncio.sleep(0.05)
    assert inside == 2
    free.set()
    await asyncio.gather(*waiting)
    assert most == 2


@pytest.mark.anyio
async def test_who_sends_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "IDLE_SECONDS", 0.05)

    async def reading(scope: object, receive: object, send: object) -> None:
        await receive()  # type: ignore[operator]

    async def silent() -> Message:
        await asyncio.sleep(60)
        raise AssertionError

    async def sent(message: Message) -> None: ...

    scope = {"type": "http", "method": "POST", "path": PHOTOS, "headers": [], "query_string": b""}
    with pytest.raises(Exception, match="in time") as refusal:
        await Bodies(reading)(scope, silent, sent)  # type: ignore[arg-type]
    assert refusal.value.status_code == 408  # type: ignore[attr-defined]
