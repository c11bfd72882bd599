"""Devices that models run on, and their memory."""

from __future__ import annotations

import gc
import sys
from typing import Any

from personavlog.backbones.local.extra import imported
from personavlog.errors import ConfigurationError, ran_out_of_memory

GPU_SHARE, HOST_SHARE = 0.85, 0.6
"""Of a device's memory for weights; the rest is for what the models compute with, and for other programs."""
GIB = 1 << 30


def chosen(wanted: str) -> str:
    """The device ``wanted``, or the best there is for ""; raises ``ConfigurationError`` for one that is not there."""
    torch = imported("torch", "A local model")
    if not wanted:
        return "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    try:
        torch.zeros(1, device=wanted)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise ConfigurationError(
            f"There is no device {wanted!r} for local models ({_line(error)}). Choose another in the profile's "
            '[...settings], or device = "cpu".'
        ) from error
    return wanted


def memory(device: str) -> int:
    """Bytes of a device that weights may take."""
    torch = imported("torch", "A local model")
    if device.startswith("cuda"):
        return int(GPU_SHARE * torch.cuda.mem_get_info(device)[1])
    return int(HOST_SHARE * imported("psutil", "A local model").virtual_memory().total)


def weight(model: Any) -> int:
    """Bytes of the parameters and buffers of a network, or of a pipeline's networks; 0 for what has none."""
    parts = getattr(model, "components", {"": model})
    networks = {id(part): part for part in parts.values() if hasattr(part, "parameters")}
    tensors = [one for part in networks.values() for one in (*part.parameters(), *part.buffers())]
    return sum(one.numel() * one.element_size() for one in tensors)


def free() -> None:
    """Give memory back that no model holds any more."""
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()


def out_of_memory(error: BaseException) -> bool:
    """Whether a device's or the machine's memory ran out."""
    torch = sys.modules.get("torch")
    return ran_out_of_memory(error) or (torch is not None and isinstance(error, torch.OutOfMemoryError))


def _line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:160]
