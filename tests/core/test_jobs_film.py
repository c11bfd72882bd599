"""A whole film from job services: pictures from one, clips from another, voice and music from a third; what they made
is what was booked."""

from __future__ import annotations

from pathlib import Path

import pytest

from personavlog.fake_server.elevenlabs import OWN
from personavlog.fake_server.faults import Fault
from personavlog.fake_server.server import Behaviour, FakeServer, serving
from tests.core.doubles import SHOTS, Film
from tests.core.hosted_house import KEY, VARIABLES

ROLES = ("image", "video", "music", "speech")
SUBMITS = {"image": "bfl.submit", "video": "fal.submit", "music": "elevenlabs.music", "speech": "elevenlabs.speech"}


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.setenv(variable, KEY)


def film(folder: Path, server: FakeServer) -> Film:
    settings = {
        "image": {"base_url": f"{server.address}/bfl", "every": 0.05},
        "video": {"base_url": f"{server.address}/fal", "every": 0.05, "extra": {"resolution": "256p"}},
        "music": {"base_url": f"{server.address}/elevenlabs"},
        "speech": {"base_url": f"{server.address}/elevenlabs", "voices": {"Anna": {"id": OWN, "language": "en"}}},
    }
    services = {"image": "bfl", "video": "fal", "music": "elevenlabs", "speech": "elevenlabs"}
    chosen = {role: {"backbone": services[role], "at_once": 2, "settings": settings[role]} for role in ROLES}
    return Film(folder, changes={"size": (448, 256), **chosen})


def test_a_film_is_made_by_three_services_and_made_once(tmp_path: Path) -> None:
    told = (
        Fault(route="results", name="expired", times=1, after=1),
        Fault(route="bfl.poll", name="down", times=2, after=1),
        Fault(route="fal.submit", name="failed job", times=1),
    )
    with serving(Behaviour(key=KEY, seconds=0.1, faults=told)) as server:
        wanted = film(tmp_path, server)
        made = wanted.make()
        assert abs(made.film.duration - 10.0) <= 1.5
        counted = {role: len(server.log.of(name)) for role, name in SUBMITS.items()}
        assert counted == {"image": 1 + SHOTS, "video": SHOTS + 1, "music": 1, "speech": SHOTS}, "one clip failed there"
        assert wanted.make() == made
        assert {role: len(server.log.of(name)) for role, name in SUBMITS.items()} == counted
        entries = wanted.index.ledger.entries("film")
        pictures = [entry for entry in entries if entry.provider == "bfl" and entry.outcome == "paid"]
        assert sum(entry.money or 0 for entry in pictures) == pytest.approx(0.045 * (1 + SHOTS))
        ours = [
            entry for entry in entries if entry.provider in ("bfl", "fal", "elevenlabs") and entry.outcome == "paid"
        ]
        assert len(ours) == 2 + 3 * SHOTS and all(entry.model and entry.request for entry in ours)
