"""npm, where the machine has none, is the only thing of a package that is run: it is taken by its digest or not at
all."""

from __future__ import annotations

from pathlib import Path

import pytest

from personavlog.errors import WeightsError
from personavlog.weights import clients


@pytest.mark.parametrize("client", ["pip", "uv"])
def test_npms_wheel_is_taken_by_its_digests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: str) -> None:
    asked: list[str] = []

    def call(command: list[str], into: Path, wanted: str) -> None:
        file = Path(command[command.index("--requirement") + 1])
        asked.append(file.read_text())
        assert "--require-hashes" in command and wanted not in command, "only what the file names"
        raise WeightsError("the digest differs")

    monkeypatch.setattr(clients, "_call", call)
    monkeypatch.setattr(clients, "_pip", lambda: ("pip",) if client == "pip" else None)
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/uv" if name == "uv" else None)
    with pytest.raises(WeightsError, match="the digest differs"):
        clients._npm(tmp_path)
    assert list(tmp_path.iterdir()) == [], "nothing is left of it"
    version, *digests = asked[0].split()
    assert version == f"{clients.NODE_PACKAGE}=={clients.NODE_VERSION}"
    assert digests == [f"--hash=sha256:{digest}" for digest in clients.NODE_WHEELS] and len(set(digests)) == 8
