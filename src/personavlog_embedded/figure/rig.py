"""A body in a pose: directions first, then feet on the ground and hands on what they touch."""

from __future__ import annotations

from functools import lru_cache

from personavlog_embedded.figure.pose import Pose
from personavlog_embedded.figure.shape import Bare
from personavlog_embedded.figure.skeleton import Bones as Bones
from personavlog_embedded.figure.skeleton import skeleton
from personavlog_embedded.figure.stance import planted
from personavlog_embedded.figure.touch import touching


@lru_cache(maxsize=64)
def posed(body: Bare, pose: Pose) -> Bones:
    """The skeleton of a body in a pose, its root where it is at rest."""
    return skeleton(body, settled(body, pose))


def settled(body: Bare, pose: Pose) -> Pose:
    """The pose in directions alone, as this body takes it: feet planted, hands where they touch."""
    return touching(body, planted(body, pose))
