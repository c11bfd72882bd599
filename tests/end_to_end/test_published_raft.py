"""RAFT with its published weights."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="the extra 'metrics' is not installed")

from personavlog import weights  # noqa: E402
from personavlog.metrics.networks import raft  # noqa: E402
from personavlog.metrics.published import dynamic  # noqa: E402
from personavlog.metrics.published.loading import read  # noqa: E402

pytestmark = pytest.mark.weights


def test_a_frozen_pair_is_still_and_a_moved_one_is_not() -> None:
    net, picture = (
        raft.load(read(weights.file("raft-things"))),
        torch.rand(3, 16, 20, generator=torch.Generator().manual_seed(0)) * 255,
    )
    frame = torch.nn.functional.interpolate(picture[None], size=(128, 160), mode="bicubic")[0].clamp(0, 255)
    with torch.inference_mode():
        radii = dynamic.Radii(net)
        for shift in (0, 0, 12):
            radii.add(frame.roll(shift, dims=-1))
        frozen, moved = radii.result()
    assert frozen < 1.0 < 8 < moved < 16
