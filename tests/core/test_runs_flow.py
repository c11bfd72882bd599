"""Work that is started and waited for: one failure stops what needs it, and nothing else."""

from __future__ import annotations

import anyio
import pytest

from personavlog.errors import BackboneError, Cancelled
from personavlog.runs.flow import flowing

pytestmark = pytest.mark.anyio


async def test_a_failure_stops_only_what_waits_for_it() -> None:
    finished: list[str] = []

    async def paid(name: str) -> str:
        await anyio.sleep(0.02)
        finished.append(name)
        return name

    async def refused() -> str:
        raise BackboneError("no")

    async with flowing() as flow:
        good, bad = flow.start(paid("good")), flow.start(refused())

        async def both() -> str:
            return await good.value() + await bad.value()

        needing = flow.start(both())
    assert finished == ["good"] and await good.value() == "good"
    assert str(await bad.error()) == "no" and await needing.error() is await bad.error()
    with pytest.raises(BackboneError, match="no"):
        await needing.value()


async def test_a_result_is_waited_for_by_many() -> None:
    async def slow() -> int:
        await anyio.sleep(0.01)
        return 7

    async with flowing() as flow:
        one = flow.start(slow())
        several = [flow.start(one.value()) for _ in range(5)]
    assert [await each.value() for each in several] == [7] * 5


@pytest.mark.parametrize("kind", [Cancelled, ZeroDivisionError])
async def test_a_stop_or_a_defect_ends_everything_as_itself(kind: type[Exception]) -> None:
    ended: list[str] = []

    async def endless() -> None:
        try:
            await anyio.sleep(60)
        finally:
            ended.append("endless")

    async def breaks() -> None:
        await anyio.sleep(0.01)
        raise kind("stop")

    with pytest.raises(kind, match="stop"):
        async with flowing() as flow:
            flow.start(endless())
            flow.start(breaks())
    assert ended == ["endless"]
