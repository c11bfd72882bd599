"""What a backbone gets with every call, besides the request: the store, its remote job, progress, and whether to go
on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from personavlog.runs.blobs import Blobs

OnProgress = Callable[[float], None]
"""Called with the finished share, 0 to 1, from any thread; raises ``Cancelled`` when the run was stopped."""


class RemoteJob(Protocol):
    """The one job of this call on somebody else's machine; its id outlives a crash of ours."""

    async def submitted(self, submit: Callable[[], Awaitable[str]]) -> str:
        """The job's id: the one that an earlier try stored, or a new one, stored before this returns."""
        ...

    def finish(self) -> None:
        """Forget a job that failed or was forgotten by the provider; the next try submits a new one. One that delivered
        is forgotten when its result is stored: called before, a kill in between pays for it twice."""
        ...


@dataclass(frozen=True)
class Tools:
    """Good for one call. ``blobs`` takes and gives media, ``progress`` reports and raises ``Cancelled`` once the run
    was stopped, ``cancelled`` only asks."""

    blobs: Blobs
    progress: OnProgress
    job: RemoteJob
    cancelled: Callable[[], bool]

    @classmethod
    def alone(cls, blobs: Blobs) -> Tools:
        """Tools of a call outside a run: nobody hears its progress or stops it, and its job is kept in memory."""
        return cls(blobs, lambda share: None, _Remembered(), lambda: False)


class _Remembered:
    def __init__(self) -> None:
        self._job: str | None = None

    async def submitted(self, submit: Callable[[], Awaitable[str]]) -> str:
        self._job = self._job or await submit()
        return self._job

    def finish(self) -> None:
        self._job = None
