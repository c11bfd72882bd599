"""Who gets in, and who does not."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from personavlog.errors import ConfigurationError
from personavlog.studio.access import Attempts, keys_of
from personavlog.studio.server import create_app
from personavlog.studio.settings import Settings
from tests.studio.served import KEY, access_of, client

COOKIE = "personavlog-8765"
FOREIGN_HOSTS = (
    "films.example",
    "127.0.0.1.films.example",
    "127.0.0.1:8765@films.example",
    "films.example@127.0.0.1",
    "127.0.0.1, films.example",
    "127.0.0.1:port",
    "169.254.169.254",
    "0.0.0.0",
    "[::1",
    "",
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def program(home: Path, tmp_path: Path) -> TestClient:
    return client(tmp_path / "runs")


@pytest.fixture
def stranger(home: Path, tmp_path: Path) -> TestClient:
    return client(tmp_path / "runs", key=None)


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_name_for_this_machine_is_refused(program: TestClient, host: str) -> None:
    for path in ("/api/v1/profiles", "/static/base.css", "/?token=x", "/enter"):
        assert program.get(path, headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9", "localhost:8765", "LOCALHOST", "[::1]:8765"])
def test_this_machines_own_names_are_good(program: TestClient, host: str) -> None:
    assert program.get("/api/v1/profiles", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "null"},
        {"origin": "http://films.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://127.0.0.1"},
        {"origin": "http://127.0.0.1:8765.films.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "something-new"},
        {"origin": "http://127.0.0.1:8765", "sec-fetch-site": "cross-site"},
    ],
)
def test_another_page_changes_nothing(program: TestClient, headers: dict[str, str]) -> None:
    for method, path in (("POST", "/api/v1/plan"), ("DELETE", "/api/v1/films/x"), ("POST", "/enter"), ("PUT", "/")):
        assert program.request(method, path, headers=headers).status_code == 403


def test_the_studios_own_pages_may(program: TestClient) -> None:
    own = {"origin": "http://127.0.0.1:8765", "sec-fetch-site": "same-origin"}
    assert program.post("/api/v1/plan", json={"profile": "none"}, headers=own).status_code == 422


def test_another_page_can_follow_a_link_here_and_show_nothing_of_it(program: TestClient) -> None:
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert program.get("/api/v1/profiles", headers=followed).status_code == 200
    for site in ("cross-site", "same-site"):
        for shown in ({"sec-fetch-mode": "no-cors"}, {"sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}):
            assert program.get("/api/v1/profiles", headers={"sec-fetch-site": site, **shown}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/new", "/settings", "/films/x", "/media/" + "0" * 64, "/films/x/events"])
def test_without_cookie_or_key_nothing_is_shown(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 401 and "<form" in answer.text
    assert stranger.get(f"/api/v1{path}").json()["error"] == "Unauthorized"


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": f"Bearer {KEY[:-1]}"},
        {"authorization": f"Bearer {KEY}x"},
        {"authorization": "Bearer "},
        {"authorization": "Bearer \xe4".encode("latin-1").decode("latin-1")},
        {"authorization": f"Basic {KEY}"},
        {"cookie": f"{COOKIE}={KEY}"},
        {"cookie": f"{COOKIE}="},
    ],
)
def test_a_wrong_key_or_cookie_is_none(stranger: TestClient, headers: dict[str, str]) -> None:
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    assert stranger.get("/api/v1/profiles", headers=sent).status_code == 401  # type: ignore[arg-type]


def test_the_link_lets_in_once_and_its_cookie_stays_good(stranger: TestClient, tmp_path: Path) -> None:
    token = access_of(stranger).token
    answer = stranger.get("/", params={"token": token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE) and "httponly" in cookie and "samesite=strict" in cookie
    assert stranger.get("/api/v1/profiles").status_code == 200
    assert stranger.get("/", params={"token": token}).headers["location"] == "/", "the one who used it may reload"
    again = client(tmp_path / "runs", key=None)
    again.cookies = stranger.cookies
    assert again.get("/api/v1/profiles").status_code == 200, "also with the next server"
    stranger.cookies.clear()
    assert stranger.get("/", params={"token": token}).status_code == 401, "but nobody else"
    assert stranger.get("/api/v1/profiles").status_code == 401


def test_cookies_lie_on_disk_as_digests_only(stranger: TestClient, home: Path) -> None:
    stranger.get("/", params={"token": access_of(stranger).token})
    kept = (home / "studio" / "sessions.json").read_text()
    assert stranger.cookies[COOKIE] not in kept and len(kept) > 60
    assert (home / "studio" / "api.key").stat().st_mode & 0o077 == 0


def test_guessing_is_slowed_also_for_the_right_key(stranger: TestClient) -> None:
    wrong = {"authorization": "Bearer wrong"}
    said = [stranger.get("/api/v1/profiles", headers=wrong).status_code for _ in range(7)]
    assert said[:5] == [401] * 5 and said[5:] == [429, 429]
    right = stranger.get("/api/v1/profiles", headers={"authorization": f"Bearer {KEY}"})
    assert right.status_code == 429 and int(right.headers["retry-after"]) >= 1
    assert stranger.post("/enter", data={"key": KEY}).status_code == 429


def test_waits_double_and_end_and_addresses_do_not_pile_up() -> None:
    attempts = Attempts(addresses=10)
    waits = []
    for _ in range(12):
        attempts.wrong("a")
        waits.append(attempts.wait("a"))
    assert waits[3] == 0 and waits[-1] == pytest.approx(attempts.longest, abs=1)
    assert waits[5] == pytest.approx(2 * waits[4], abs=0.1)
    for number in range(100):
        attempts.wrong(str(number))
    assert len(attempts._wrong) == 10
    attempts.right("99")
    assert attempts.wait("99") == 0


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", "/static/base.css", "/static/nothing.css", "/api/v1/nothing", "/enter"]
)
def test_every_answer_says_what_a_browser_may_do_with_it(program: TestClient, path: str) -> None:
    headers = program.get(path).headers
    assert "script-src" not in headers["content-security-policy"], "scripts fall under default-src 'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] in ("no-store", "no-cache")
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "name",
    ["../server.py", "..%2fserver.py", "%2e%2e/%2e%2e/api.py", "..%5cserver.py", "/etc/passwd", "base.css%00", "", "."],
)
def test_only_the_packages_own_files_are_static(program: TestClient, name: str) -> None:
    assert program.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize("run", ["..", "%2e%2e", "..%2f..%2fetc", "a%00b", "x" * 300, "-", "last", "日本"])
def test_a_run_is_looked_up_and_nothing_else(program: TestClient, run: str, tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    (tmp_path / "brief.toml").touch()
    for method, path in (("DELETE", ""), ("POST", "/make"), ("POST", "/stop")):
        assert program.request(method, f"/api/v1/films/{run}{path}").status_code in (404, 405)
    assert (tmp_path / "brief.toml").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "studio.example", ""])
def test_another_address_needs_a_password_and_says_why(home: Path, tmp_path: Path, host: str) -> None:
    for password in ("", "short"):
        with pytest.raises(ConfigurationError, match=r"network.*PERSONAVLOG_STUDIO_PASSWORD.*ssh"):
            create_app(Settings(tmp_path, host=host, password=password))


def test_with_a_password_others_come_in(home: Path, tmp_path: Path) -> None:
    open_one = client(tmp_path / "runs", key=None, host="0.0.0.0", password="correct horse", names=("films.example",))
    for host, status in (
        ("192.0.2.7:8765", 401),
        ("[2001:db8::1]", 401),
        ("films.example", 401),
        ("evil.example", 403),
    ):
        assert open_one.get("/", headers={"host": host}).status_code == status, host
    assert open_one.post("/enter", data={"key": "wrong horse"}).status_code == 401
    assert open_one.post("/enter", data={"key": "correct horse"}).status_code == 303
    assert open_one.get("/api/v1/profiles").status_code == 200


def test_no_password_opens_nothing_where_none_was_set(stranger: TestClient) -> None:
    for key in ("", " ", "x" * 201):
        assert stranger.post("/enter", data={"key": key}).status_code in (401, 422)


@pytest.mark.parametrize("text", ["alice", "alice=", "=0123456789abcdef", "alice=short", "a b=0123456789abcdef"])
def test_keys_that_do_not_fit_are_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        keys_of(f"bob=0123456789abcdef,{text}")
    assert "Number 2" in str(refusal.value) and "0123456789abcdef" not in str(refusal.value)


def test_no_secret_is_in_a_page_or_log(
    program: TestClient, stranger: TestClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-abcdefghijklmnop")
    said = []
    for one in (program, stranger):
        for path in (
            "/",
            "/nothing/sk-abcdefghijklmnop",
            "/api/v1/doctor?offline=true",
            f"/?token={access_of(one).token}x",
        ):
            answer = one.get(path)
            said.append(answer.text + str(answer.headers))
    told = "".join(said) + caplog.text.replace("HTTP Request", "")
    for secret in (access_of(program).token, access_of(stranger).token, KEY):
        assert secret not in "".join(said)
    assert "sk-abcdefghijklmnop" not in told.replace("/nothing/sk-abcdefghijklmnop", "")
