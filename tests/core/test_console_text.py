"""What reaches a terminal: plain text, whatever a server or a file said."""

from __future__ import annotations

import pytest

from personavlog.cli import console
from personavlog.errors import UnavailableError

HOSTILE = "before\x1b[2J\x1b]0;title\x07\x9b31m\u202eafter\nnext"


@pytest.mark.parametrize("said", [console.say, console.warn])
def test_control_characters_never_reach_the_terminal(capsys: pytest.CaptureFixture[str], said: object) -> None:
    said(HOSTILE)  # type: ignore[operator]
    shown = "".join(capsys.readouterr())
    assert "before" in shown and "after\nnext" in shown
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)


def test_not_in_a_table_or_an_error_either(capsys: pytest.CaptureFixture[str]) -> None:
    console.say_table({"title": None}, [[HOSTILE.replace("\n", " ")]])
    with pytest.raises(console.typer.Exit), console.errors_in_words():
        raise UnavailableError(HOSTILE)
    shown = "".join(capsys.readouterr())
    assert shown.count("before") == 2 and not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)


def test_a_defects_file_holds_no_key(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("MY_API_KEY", "zz9-plural-z-alpha")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(console.typer.Exit), console.errors_in_words():
        raise RuntimeError("said zz9-plural-z-alpha")
    (file,) = tmp_path.iterdir()  # type: ignore[attr-defined]
    assert "said [key]" in file.read_text() and "zz9" not in file.read_text()
