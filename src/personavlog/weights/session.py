"""ONNX Runtime sessions, built once a process and shared by all callers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from personavlog import weights
from personavlog.errors import MachineError, WeightsError, ran_out_of_memory

THREADS = 2

Tensor = NDArray[np.float32]


class Session(onnxruntime.InferenceSession):  # type: ignore[misc]
    """A session that gives its working memory back when a run ends.

    Pictures and lines differ in size. An arena of its own would keep the largest one's buffers for good; without one,
    the C library's store is left in pieces, and speech of 5 s takes 0.8 GB in place of 0.2.
    """

    def run(self, outputs: Sequence[str] | None, feed: Mapping[str, Any], options: Any = None) -> list[Any]:
        """The outputs called so, all where None."""
        return list(super().run(outputs, feed, options or _shrinking()))


@cache
def _shrinking() -> onnxruntime.RunOptions:
    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return options


@cache
def open_session(file: Path) -> Session:
    """A CPU session on an ONNX file.

    Raises ``WeightsError`` if the file is not a graph that the runtime can load, ``MachineError`` where memory ran out.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.log_severity_level = 3
    try:
        return Session(str(file), options, providers=["CPUExecutionProvider"])
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
