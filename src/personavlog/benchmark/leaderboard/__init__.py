"""One static page of several submissions: ``read`` their folders, ``page`` them."""

from __future__ import annotations

from personavlog.benchmark.leaderboard.page import page
from personavlog.benchmark.leaderboard.submissions import read

__all__ = ["page", "read"]
