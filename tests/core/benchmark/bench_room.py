"""A benchmark of simulated backbones: one person, one style and two themes of a user's own."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from personavlog.benchmark.asked import BenchOptions
from personavlog.benchmark.running import Bench
from tests.core import doubles
from tests.shared.command_line import PORTRAIT

METHODS = ("ours-single", "ours-agents", "ours-frm-v")
THEMES = ("lake", "roof")


@dataclass(frozen=True)
class BenchRoom:
    """Its files in ``folder``; every call of an image backbone is written into ``log``."""

    folder: Path

    @property
    def log(self) -> Path:
        """A line a call."""
        return self.folder / "log"

    @property
    def into(self) -> Path:
        """The outputs folder."""
        return self.folder / "outputs"

    def data(self, theme: str = "A day at the") -> Path:
        """The user's TOML; the split "tiny" has one of its themes, "both" has both."""
        photo = self.folder / "own.png"
        shutil.copyfile(PORTRAIT, photo)
        person = {"id": "me", "photo": photo.name, "group": "male", "source": "mine", "licence": "mine"}
        kinds = {"kind": "realistic", "category": "travel", "difficulty": "easy", "reason": "none"}
        table = {
            "person": [{**person, "sha256": hashlib.sha256(photo.read_bytes()).hexdigest()}],
            "style": [{"id": "flat", "text": "plain"}],
            "theme": [{"id": one, "text": f"{theme} {one}", **kinds} for one in THEMES],
            "split": [
                {"name": name, "people": ["me"], "styles": ["flat"], "themes": themes}
                for name, themes in (("tiny", THEMES[:1]), ("both", THEMES))
            ],
        }
        return self._written("own.toml", table)

    def profile(self, **settings: Any) -> Path:
        """Simulated backbones with a correction of clips; ``settings`` are the painter's."""
        feedback = {"keyframe_corrections": 0, "clip_corrections": 1}
        made = doubles.profile({"image": {"log": str(self.log), **settings}}, feedback=feedback)
        return self._written("doubles.toml", made.model_dump(mode="json", exclude_none=True))

    def options(self, **changes: Any) -> BenchOptions:
        """Three methods and two themes."""
        plain: dict[str, Any] = {
            "into": self.into,
            "split": "both",
            "methods": METHODS,
            "length": 8.0,
            "shots": 2,
            "i_may_use_these_likenesses": True,
        }
        if "profile" not in changes:
            plain["profile"] = str(self.profile())
        if "data" not in changes:
            plain["data"] = (self.data(),)
        return BenchOptions(**{**plain, **changes})

    def bench(self, **changes: Any) -> Bench:
        """The same, checked."""
        return Bench(self.options(**changes))

    def _written(self, name: str, table: dict[str, Any]) -> Path:
        path = self.folder / name
        path.write_text(tomli_w.dumps(table), encoding="utf-8")
        return path
