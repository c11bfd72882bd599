"""Measuring what a method made: pictures, clips, film, corrections, cost."""

from personavlog.benchmark.scoring.engine import GROUPS, chosen, score, scored_vlog
from personavlog.benchmark.scoring.scores import Scores

__all__ = ["GROUPS", "Scores", "chosen", "score", "scored_vlog"]
