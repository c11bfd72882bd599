"""Python reads this file first where its folder is on the path: the studio under test, and the processes in which it
makes films, measure and inspect as the tables of ``tests/studio/films.py`` say, and need no model file."""

from __future__ import annotations

import os
from pathlib import Path

if os.environ.get("PERSONAVLOG_SCRIPTED") == "1":
    from tests.studio.films import scripted

    # Never left: it lasts as long as the process.
    _SCRIPTED = scripted(Path(os.environ["PERSONAVLOG_HOME"]))
    _SCRIPTED.__enter__()
