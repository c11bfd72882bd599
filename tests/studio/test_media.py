"""Media: what is stored and nothing else, in parts where a player asks for parts, small where a card shows it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from personavlog.media.arrays import Pixels
from personavlog.runs.blobs import Blobs
from personavlog.studio import looking, media
from personavlog.studio.files import FILES
from personavlog.studio.models import FilmView
from tests.studio.films import FakeFilms
from tests.studio.served import client


def film(films: FakeFilms) -> FilmView:
    return looking.film(films.finished, films.runs)


def decoded(data: bytes) -> Pixels:
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    return np.asarray(pixels, np.uint8)


def test_a_picture_a_clip_and_a_voice_are_served_as_what_they_are(films: FakeFilms) -> None:
    shot = looking.shot(films.finished, 2, films.runs)
    kinds = {part.name: part.media.digest for part in shot.parts if part.media}
    with client(films.runs) as ask:
        answers = {name: ask.get(f"/media/{digest}") for name, digest in kinds.items()}
    types = {name: answer.headers["content-type"] for name, answer in answers.items()}
    assert types == {"keyframe": "image/png", "clip": "video/mp4", "voice": "audio/wav"}
    for answer in answers.values():
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "immutable" in answer.headers["cache-control"] and "private" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    ("asked", "status", "length"), [("bytes=0-9", 206, 10), ("bytes=-5", 206, 5), ("bytes=9-", 206, None)]
)
def test_a_part_of_a_film_is_served(films: FakeFilms, asked: str, status: int, length: int | None) -> None:
    watched = film(films).film
    assert watched is not None
    with client(films.runs) as ask:
        whole = ask.get(f"/media/{watched.digest}").content
        part = ask.get(f"/media/{watched.digest}", headers={"range": asked})
        beyond = ask.get(f"/media/{watched.digest}", headers={"range": f"bytes={len(whole) + 1}-"})
    assert part.status_code == status and len(part.content) == (length or len(whole) - 9) and part.content in whole
    assert beyond.status_code == 416


@pytest.mark.parametrize(
    "path", ["/media/" + "0" * 64, "/media/..%2F..%2Findex.sqlite", "/media/INDEX", "/media/" + "f" * 63 + "%00"]
)
def test_what_is_not_stored_is_not_there(films: FakeFilms, path: str) -> None:
    with client(films.runs) as ask:
        assert ask.get(path).status_code == 404


def test_a_stored_file_of_another_kind_is_not_served(own_films: FakeFilms) -> None:
    store = Blobs(own_films.home / "blobs")
    page = store.put(b"<html><script>alert(1)</script></html>", "text/html")
    with client(own_films.runs) as ask:
        assert ask.get(f"/media/{page.digest}").status_code == 404
        assert ask.get(f"/media/{page.digest}/320.jpg").status_code == 404


@pytest.mark.parametrize("what", ["poster", "clip"])
def test_a_small_picture_is_as_wide_as_asked_and_shows_the_same(films: FakeFilms, what: str) -> None:
    shown = getattr(film(films).cards[0], what)
    with client(films.runs) as ask:
        answer = ask.get(f"/media/{shown.digest}/160.jpg")
        whole = ask.get(f"/media/{film(films).cards[0].poster.digest}").content  # type: ignore[union-attr]
        odd = ask.get(f"/media/{shown.digest}/161.jpg")
    small = decoded(answer.content)
    large = decoded(whole)
    assert answer.headers["content-type"] == "image/jpeg" and small.shape[1] == 160 and odd.status_code == 404
    assert abs(small.astype(int) - cv2.resize(large, (160, small.shape[0]), interpolation=cv2.INTER_AREA)).mean() < 12


def test_a_small_picture_is_never_larger_than_its_original_and_none_is_made_of_sound(films: FakeFilms) -> None:
    shot = looking.shot(films.finished, 1, films.runs)
    picture, voice = (next(part.media for part in shot.parts if part.name == name) for name in ("keyframe", "voice"))
    assert picture is not None and voice is not None
    with client(films.runs) as ask:
        same = ask.get(f"/media/{picture.digest}/960.jpg")
        assert ask.get(f"/media/{voice.digest}/320.jpg").status_code == 404
    assert decoded(same.content).shape[1] == picture.width


def test_a_small_picture_goes_with_the_film_that_is_deleted(own_films: FakeFilms) -> None:
    poster = film(own_films).cards[0].poster
    assert poster is not None
    with client(own_films.runs) as ask:
        assert ask.get(f"/media/{poster.digest}/320.jpg").status_code == 200
        Blobs(own_films.home / "blobs").remove(poster.digest)
        assert ask.get(f"/media/{poster.digest}/320.jpg").status_code == 404


def test_the_files_of_a_film_are_a_table(films: FakeFilms) -> None:
    with client(films.runs) as ask:
        answers = {name: ask.get(f"/films/{films.finished}/files/{name}") for name in FILES}
        assert {answer.status_code for answer in answers.values()} == {200}
        for name in ("brief.toml", "log.jsonl", "..%2Fbrief.toml", "shots"):
            assert ask.get(f"/films/{films.finished}/files/{name}").status_code == 404
        assert ask.get(f"/films/{films.draft}/files/vlog.mp4").status_code == 404
        assert ask.get("/films/nobody/files/vlog.mp4").status_code == 404
    assert answers["vlog.mp4"].headers["content-type"] == "video/mp4"
    assert answers["record.json"].headers["content-disposition"].startswith("attachment")


def test_the_report_keeps_its_styles_and_runs_no_script(films: FakeFilms) -> None:
    with client(films.runs) as ask:
        report = ask.get(f"/films/{films.finished}/files/report.html")
        played = [one for one in report.text.split('"') if one.startswith("attempts/")]
        answers = {ask.get(f"/films/{films.finished}/files/{one}").status_code for one in played}
    policy = report.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "style-src 'unsafe-inline'" in policy and "script" not in policy
    assert played and answers == {200}


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"RIFF\0\0\0\0WAVE", "audio/wav"),
        (b"RIFF\0\0\0\0WEBP", None),
        (b"ID3\x04", "audio/mpeg"),
        (b"<svg xmlns=", None),
        (b"", None),
    ],
)
def test_a_kind_is_what_the_first_bytes_say(head: bytes, kind: str | None) -> None:
    assert media.media_type(head) == kind
