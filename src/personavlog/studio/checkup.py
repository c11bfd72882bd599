"""The doctor's report for pages. Looking takes from seconds to half a minute, so it is done by a process beside the
server, and pages show the last one."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import dataclass

from personavlog.doctor.report import Report
from personavlog.profiles import DEFAULT
from personavlog.redaction import without_keys

KEPT_SECONDS = 900.0
MOST_SECONDS = 300.0
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Checkup:
    """What is known now of a profile: ``report`` None where nobody has looked yet or looking failed, ``at`` seconds
    since 1970, ``trouble`` why looking failed."""

    report: Report | None = None
    at: float = 0.0
    looking: bool = False
    trouble: str = ""


_known: dict[str, Checkup] = {}


def checkup(profile: str = DEFAULT) -> Checkup:
    """The last report of a shipped profile; one that is absent or old is looked for in the background. No server is
    asked."""
    with _LOCK:
        known = _known.get(profile, Checkup())
        fresh = time.time() - known.at < KEPT_SECONDS
    return known if fresh or known.looking else look(profile)


def look(profile: str, *, servers: bool = False) -> Checkup:
    """Look again, in the background; ``servers``: those that the profile names are asked, too."""
    with _LOCK:
        known = _known.get(profile, Checkup())
        if known.looking:
            return known
        _known[profile] = now = Checkup(known.report, known.at, looking=True)
    threading.Thread(target=_look, args=(profile, servers), daemon=True).start()
    return now


def _look(profile: str, servers: bool) -> None:
    try:
        found = Checkup(_report(profile, servers), time.time())
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        found = Checkup(None, time.time(), trouble=without_keys(str(error))[:500])
    with _LOCK:
        _known[profile] = found


def _report(profile: str, servers: bool) -> Report:
    command = [sys.executable, "-m", "personavlog", "doctor", "--json", "--profile", profile]
    said = subprocess.run(
        command + ([] if servers else ["--offline"]),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    if not said.stdout.strip():
        raise ValueError(said.stderr.decode("utf-8", errors="replace").strip())
    return Report.model_validate_json(said.stdout)
