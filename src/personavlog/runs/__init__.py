"""The durable side of a run: blobs, the step engine and its index, a person's edits, the run folder and the run
record."""

from pathlib import Path

RUNS = Path("runs")
"""The folder of runs where the user names none."""
