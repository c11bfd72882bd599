"""ONNX Runtime sessions, built once a process and shared by all callers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from personavlog import weights
from personavlog.errors import MachineError, WeightsError, ran_out_of_memory

THREADS = 2

Tensor = NDArray[np.float32]


@cache
def open_session(file: Path) -> onnxruntime.InferenceSession:
    """A CPU session on an ONNX file.

    The memory arena is off: the pictures differ in size, and an arena would keep the largest one's buffers for good.
    Raises ``WeightsError`` if the file is not a graph that the runtime can load, ``MachineError`` where memory ran out.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        if ran_out_of_memory(error):
            raise MachineError(
                f"There is not enough memory to load the network {file.name!r}. Close other programs and "
                "resume the run."
            ) from error
        raise WeightsError(
            f"The network {file.name!r} does not load: {error}. Check it with: personavlog weights verify"
        ) from error


def run_network(name: str, tensor: Tensor) -> tuple[Tensor, ...]:
    """All outputs of the network that the catalogue calls ``name``, for its one input."""
    session = open_session(weights.file(name))
    return tuple(np.asarray(out, np.float32) for out in session.run(None, {session.get_inputs()[0].name: tensor}))
