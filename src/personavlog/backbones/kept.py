"""The end of a remote job: what came is decoded and stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio.to_thread

from personavlog.backbones.tools import Tools
from personavlog.errors import BadMediaError

T = TypeVar("T")


async def kept(decode: Callable[[], T], tools: Tools) -> T:
    """What a result is once ``decode`` has stored it, in a thread. Where it is of no use its job is forgotten, so that
    the next try submits a new one; a job that delivered is forgotten with the step's result."""
    try:
        return await anyio.to_thread.run_sync(decode)
    except BadMediaError:
        tools.job.finish()
        raise
