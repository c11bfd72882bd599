"""A writer that does not know every language says what it understood before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from personavlog.backbones import fake_chat
from personavlog.backbones.chat import understood
from tests.core.doubles import Film


def test_what_the_writer_understood_is_a_note_before_the_first_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = Film(tmp_path)
    monkeypatch.setattr(fake_chat.FakeChat, "understood", lambda self, theme: f"Nothing of {theme!r}.", raising=False)
    film.make()
    kinds = [(event.kind, event.data) for event in film.events]
    note = next(
        n
        for n, (kind, data) in enumerate(kinds)
        if kind == "note" and data["text"] == "Nothing of 'A day at the lake'."
    )
    painted = next(n for n, (kind, data) in enumerate(kinds) if kind == "finished" and "keyframe" in str(data))
    assert note < painted


def test_other_models_say_nothing() -> None:
    assert understood(fake_chat.make("writer", None), "A day") == ""  # type: ignore[arg-type]
