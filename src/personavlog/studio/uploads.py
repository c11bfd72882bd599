"""Files that were handed over and belong to no film yet."""

from __future__ import annotations

from pathlib import Path


class Uploads:
    """The uploads of one home folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
