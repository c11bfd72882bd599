"""A TensorFlow.js graph of an instance-normalised generator, rewritten once as an ONNX file.

The packages that carry the CartoonGAN generators hold TensorFlow.js graphs with 8-bit weights. Channels-last
convolutions with spelled-out instance normalisation become channels-first ``Conv``, ``ConvTranspose`` and
``InstanceNormalization`` nodes, and padding goes into the convolutions: no transpose is left. The ONNX file is written
by hand (``onnx.proto`` field numbers below), so that neither TensorFlow nor ``onnx`` is needed.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import struct
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from personavlog.errors import MachineError, WeightsError

VERSION = 1
"""Counts changes of what is written; part of the written file's name."""
OPSET, IR_VERSION = 17, 8
FLOAT = 1

Array = NDArray[Any]
Node = dict[str, Any]


def onnx_file(model: Path) -> Path:
    """The ONNX form of the graph whose ``model.json`` is given, written beside it on the first call.

    The name holds the digest of everything that was read, so a changed model is converted anew; the file is there
    completely or not at all. Input is (1, 3, h, w) float32, h and w multiples of 4; output the same shape. Raises
    ``WeightsError`` if the graph holds something else than such a generator.
    """
    manifest = _json(model)
    shards = b"".join(
        (model.parent / Path(name).name).read_bytes()
        for group in manifest["weightsManifest"]
        for name in group["paths"]
    )
    digest = hashlib.sha256(b"%d" % VERSION + model.read_bytes() + shards).hexdigest()
    target = model.parent / f"{model.stem}-{digest[:16]}.onnx"
    if not target.is_file():
        _write(target, _Generator(manifest, shards, model).onnx())
    return target


def _json(model: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(model.read_bytes())
    except ValueError as error:
        raise WeightsError(f"{str(model)!r} is not JSON: {error}. Delete its folder and fetch it again.") from error
    return manifest


def _write(target: Path, data: bytes) -> None:
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".converting-", delete=False) as part:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(target)
    except OSError as error:
        raise MachineError(
            f"Cannot write {str(target)!r}: {error.strerror}. Free space there or make the folder writable."
        ) from error


def unpack_weights(manifest: dict[str, Any], data: bytes) -> dict[str, Array]:
    """The named arrays of a ``weightsManifest``; 8- and 16-bit ones are put back on their scale."""
    arrays: dict[str, Array] = {}
    place = 0
    for entry in (entry for group in manifest["weightsManifest"] for entry in group["weights"]):
        stored = entry.get("quantization", {})
        kind = np.dtype(stored.get("dtype", entry["dtype"]))
        count = math.prod(entry["shape"])
        array = np.frombuffer(data, kind, count, place).reshape(entry["shape"])
        place += count * kind.itemsize
        arrays[entry["name"]] = (
            (array * stored["scale"] + stored["min"]).astype(entry["dtype"]) if "scale" in stored else array
        )
    return arrays


class _Generator:
    """One graph on its way from TensorFlow.js to ONNX: names of tensors stay, nodes and weights are gathered in
    order."""

    def __init__(self, manifest: dict[str, Any], shards: bytes, model: Path) -> None:
        self.model = model
        self.weights = unpack_weights(manifest, shards)
        self.nodes: dict[str, Node] = {node["name"]: node for node in manifest["modelTopology"]["node"]}
        self.written: list[bytes] = []
        self.initializers: list[bytes] = []
        self.done: dict[str, str] = {}

    def onnx(self) -> bytes:
        (entry,) = (n["name"] for n in self.nodes.values() if n["op"] == "Placeholder")
        used = {name.split(":")[0] for node in self.nodes.values() for name in node.get("input", ())}
        (last,) = (name for name, node in self.nodes.items() if name not in used and node["op"] != "Const")
        self.done[entry] = "input"
        out = self.tensor(last)
        graph = (
            [_field(1, node) for node in self.written]
            + [_field(2, b"generator")]
            + [_field(5, array) for array in self.initializers]
        )
        return _model(b"".join([*graph, _field(11, _value("input")), _field(12, _value(out))]))

    def tensor(self, name: str) -> str:
        """The ONNX name of a tensor, after everything that it needs has been written."""
        chain: list[str] = [name]
        while chain[-1] not in self.done:
            node = self.nodes[chain[-1]]
            missing = [i for i in self.inputs(node) if i not in self.done]
            if missing:
                chain.append(missing[0])
                continue
            self.done[chain.pop()] = self.emit(node)
            if not chain:
                break
        return self.done[name]

    def inputs(self, node: Node) -> list[str]:
        """The tensors that carry pixels into a node, with instance normalisation looked through."""
        match node["op"]:
            case "Conv2DBackpropInput":
                return [node["input"][2]]
            case "Add" if norm := self.normalisation(node):
                return [norm[0]]
            case "Add":
                return list(node["input"])
            case "Pad" | "Conv2D" | "BiasAdd" | "Relu" | "Tanh" | "StridedSlice":
                return [node["input"][0]]
        raise WeightsError(
            f"{str(self.model)!r} holds the operation {node['op']!r}, which no CartoonGAN generator has. "
            "Delete its folder and fetch it again."
        )

    def emit(self, node: Node) -> str:
        sources = [self.done[name] for name in self.inputs(node)]
        match node["op"]:
            case "Pad":
                return sources[0]
            case "Conv2D":
                return self.convolution(node, sources[0])
            case "Conv2DBackpropInput":
                kernel = self.weights[node["input"][1]].transpose(3, 2, 0, 1)
                return self.write(
                    "ConvTranspose", [sources[0], self.constant(kernel)], strides=_ints(node, "strides")[1:3]
                )
            case "BiasAdd":
                return self.write(
                    "Add", [sources[0], self.constant(self.weights[node["input"][1]].reshape(1, -1, 1, 1))]
                )
            case "StridedSlice":
                return self.crop(node, sources[0])
            case "Add" if norm := self.normalisation(node):
                return self.write(
                    "InstanceNormalization",
                    [sources[0], *(self.constant(a.reshape(-1)) for a in norm[1:3])],
                    epsilon=norm[3],
                )
            case operation:
                return self.write(operation, sources)

    def normalisation(self, node: Node) -> tuple[str, Array, Array, float] | None:
        """Input, scale, shift and epsilon if ``node`` ends x * (gamma * rsqrt(var + eps)) + (beta - mean * ...), else
        None."""
        scaled, shifted = (self.nodes[name] for name in node["input"])
        if scaled["op"] != "Mul" or shifted["op"] != "Sub":
            return None
        factor = self.nodes[scaled["input"][1]]
        root = self.nodes[factor["input"][0]]
        epsilon = self.weights[self.nodes[root["input"][0]]["input"][1]]
        return scaled["input"][0], self.weights[factor["input"][1]], self.weights[shifted["input"][0]], float(epsilon)

    def convolution(self, node: Node, source: str) -> str:
        before = self.nodes[node["input"][0]]
        pads = self.weights[before["input"][1]][1:3] if before["op"] == "Pad" else np.zeros((2, 2), int)
        kernel = self.weights[node["input"][1]].transpose(3, 2, 0, 1)
        return self.write(
            "Conv",
            [source, self.constant(kernel)],
            strides=_ints(node, "strides")[1:3],
            pads=pads.T.reshape(-1).tolist(),
        )

    def crop(self, node: Node, source: str) -> str:
        """A slice of rows and columns of the channels-last tensor; a set mask bit leaves that end open."""
        begin, end = (self.weights[name].astype(np.int64) for name in node["input"][1:3])
        opened = {key: int(node["attr"][key]["i"]) for key in ("begin_mask", "end_mask")}
        starts = [0 if opened["begin_mask"] >> axis & 1 else begin[axis] for axis in (1, 2)]
        ends = [np.iinfo(np.int64).max if opened["end_mask"] >> axis & 1 else end[axis] for axis in (1, 2)]
        return self.write(
            "Slice", [source, *(self.constant(np.array(numbers, np.int64)) for numbers in (starts, ends, (2, 3)))]
        )

    def constant(self, array: Array) -> str:
        name = f"w{len(self.initializers)}"
        self.initializers.append(_tensor(name, np.ascontiguousarray(array)))
        return name

    def write(self, operation: str, inputs: Sequence[str], **attributes: list[int] | float) -> str:
        name = f"t{len(self.written)}"
        parts = [_field(1, i.encode()) for i in inputs] + [_field(2, name.encode()), _field(4, operation.encode())]
        self.written.append(b"".join(parts + [_field(5, _attribute(key, value)) for key, value in attributes.items()]))
        return name


def _ints(node: Node, key: str) -> list[int]:
    return [int(value) for value in node["attr"][key]["list"]["i"]]


# --- the parts of onnx.proto that a generator needs -------------------------------------------------------------------


def _varint(number: int) -> bytes:
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _field(number: int, value: bytes | int | float) -> bytes:
    """One protobuf field: bytes as length-delimited, int as varint, float as fixed32."""
    if isinstance(value, bytes):
        return _varint(number << 3 | 2) + _varint(len(value)) + value
    if isinstance(value, float):
        return _varint(number << 3 | 5) + struct.pack("<f", value)
    return _varint(number << 3) + _varint(value)


def _attribute(name: str, value: list[int] | float) -> bytes:
    """AttributeProto: name 1, f 2, ints 8, type 20 (FLOAT 1, INTS 7)."""
    body = (
        _field(2, value) + _field(20, 1)
        if isinstance(value, float)
        else b"".join(_field(8, i) for i in value) + _field(20, 7)
    )
    return _field(1, name.encode()) + body


def _tensor(name: str, array: Array) -> bytes:
    """TensorProto: dims 1, data_type 2 (FLOAT 1, INT64 7), name 8, raw_data 9."""
    kind = 7 if array.dtype == np.int64 else FLOAT
    data = array.astype("<i8" if kind == 7 else "<f4").tobytes()
    return (
        b"".join(_field(1, side) for side in array.shape) + _field(2, kind) + _field(8, name.encode()) + _field(9, data)
    )


def _value(name: str) -> bytes:
    """ValueInfoProto of a (1, 3, height, width) float tensor: name 1, type 2 > tensor_type 1 > elem_type 1, shape 2 >
    dim 1 > dim_value 1, dim_param 2."""
    shape = b"".join(_field(1, dim) for dim in (_field(1, 1), _field(1, 3), _field(2, b"height"), _field(2, b"width")))
    return _field(1, name.encode()) + _field(2, _field(1, _field(1, FLOAT) + _field(2, shape)))


def _model(graph: bytes) -> bytes:
    """ModelProto: ir_version 1, producer_name 2, graph 7, opset_import 8 (domain 1, version 2)."""
    return (
        _field(1, IR_VERSION)
        + _field(2, b"personavlog")
        + _field(7, graph)
        + _field(8, _field(1, b"") + _field(2, OPSET))
    )
