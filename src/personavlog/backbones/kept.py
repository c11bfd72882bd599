"""The end of a remote job: what came is stored, and the job forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio.to_thread

from personavlog.backbones.tools import Tools
from personavlog.errors import BadMediaError

T = TypeVar("T")


async def kept(decode: Callable[[], T], tools: Tools) -> T:
    """What a result is once ``decode`` has stored it, in a thread. The job is forgotten then, and where the result is
    of no use, so that the next try submits a new one; on any other failure it stays known."""
    try:
        made = await anyio.to_thread.run_sync(decode)
    except BadMediaError:
        tools.job.finish()
        raise
    tools.job.finish()
    return made
