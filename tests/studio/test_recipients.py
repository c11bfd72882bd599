"""Who was sent the photo or the voice: servers elsewhere, and nobody where everything runs on this machine."""

from __future__ import annotations

import pytest

from personavlog.profiles import BackboneChoice
from personavlog.runs.folder import RunFolder
from personavlog.runs.ledger import Entry
from personavlog.saved import SavedBrief, read_brief
from personavlog.studio.looking.recipients import recipients
from personavlog.studio.models import Recipient
from tests.studio.films import FakeFilms

STEPS = ("stylise", "keyframe/1/paint/0", "clip/1/animate/0", "voice/1", "write/story/1/draft")


def saved_with(films: FakeFilms, role: str, backbone: str, url: str) -> SavedBrief:
    saved = read_brief(RunFolder(films.runs, films.finished))
    settings = {"model": "some-model", "endpoints": [{"url": url}]} if url else {}
    choice = BackboneChoice(backbone=backbone, settings=settings)
    return saved.model_copy(update={"profile": saved.profile.model_copy(update={role: choice})})


def entries(provider: str) -> list[Entry]:
    return [
        Entry(number, "run", step, provider, 0.0, 0.0, "failed", 0.0, "", "", "", 0.0)
        for number, step in enumerate(STEPS)
    ]


def test_a_server_elsewhere_got_the_photo_with_the_stylisation_also_where_it_failed(films: FakeFilms) -> None:
    saved = saved_with(films, "image", "openai", "https://images.example/v1")
    (found,) = recipients(saved, entries("openai"))
    assert (found.provider, found.role) == ("openai", "image") and found.calls >= 1


@pytest.mark.parametrize(("backbone", "url"), [("fake", ""), ("openai", "http://127.0.0.1:8000/v1")])
def test_this_machine_is_no_recipient(films: FakeFilms, backbone: str, url: str) -> None:
    assert recipients(saved_with(films, "image", backbone, url), entries(backbone)) == ()


def test_a_hosted_service_got_it_at_stylising_and_keyframes_only_where_it_needs_the_photo(films: FakeFilms) -> None:
    found = recipients(saved_with(films, "image", "gemini", ""), entries("gemini"))
    assert found == (Recipient(provider="gemini", role="image", calls=1),)
