"""Where and when runs were begun, and the blobs that were handed over for them: photo, its silhouette, voice sample."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from personavlog.runs.database import Database


class Begun:
    """The runs that were begun with this home folder."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, run: str, root: Path, blobs: Iterable[str], *, at: float | None = None) -> None:
        """Note that ``run`` was begun ``at`` (seconds since 1970; None: now) in the folder ``root`` of runs; ``blobs``
        are digests. A run that is known already stays as it is."""
        values = (run, str(root.resolve()), json.dumps(sorted(blobs)), time.time() if at is None else at)
        with self._db.writing() as db:
            db.execute("INSERT OR IGNORE INTO begun VALUES(?,?,?,?)", values)

    def times(self) -> Mapping[str, float]:
        """When each run was begun."""
        return {str(run): float(str(at)) for run, at in self._db.rows("SELECT run, at FROM begun")}

    def roots(self) -> Mapping[str, Path]:
        """The folder of runs that each run was begun in."""
        return {str(run): Path(str(root)) for run, root in self._db.rows("SELECT run, root FROM begun")}
