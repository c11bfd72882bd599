"""The poses that the embedded painter knows (``data/poses.toml``), by name."""

from __future__ import annotations

from collections.abc import Mapping

from personavlog_embedded import data
from personavlog_embedded.figure.pose import Pose

POSES: Mapping[str, Pose] = data.read_rows(Pose, "poses", by="name")
