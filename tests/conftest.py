"""Shared by all tests: how properties explore, threads, and two switches of a run.

``PERSONAVLOG_HIDE_EMBEDDED=1``: ``personavlog_embedded`` cannot be imported, as where only the core is installed.
``PERSONAVLOG_NO_SKIPS=1``: a test or file that is skipped fails with its reason.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Generator
from typing import TypeVar

import cv2
import pytest
from hypothesis import settings

from personavlog.weights import session

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what runs in its background so, and a film then ignores Ctrl-C as ``nohup`` wants it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


EMBEDDED = "personavlog_embedded"
ReportT = TypeVar("ReportT", pytest.TestReport, pytest.CollectReport)

# Before torch is loaded: its threads must not wait by spinning where other work wants the cores.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("MKL_DYNAMIC", "FALSE")  # fewer threads on a busy machine would be other sums, bit for bit
settings.register_profile("explore", deadline=None)
settings.register_profile("repeat", deadline=None, derandomize=True)
settings.load_profile("repeat" if os.environ.get("CI") else "explore")
if "PYTEST_XDIST_WORKER" in os.environ:
    # Workers share the cores already.
    os.environ["OMP_NUM_THREADS"] = "1"
    cv2.setNumThreads(1)
    session.THREADS = 1
if os.environ.get("PERSONAVLOG_HIDE_EMBEDDED") == "1":
    sys.modules[EMBEDDED] = None  # type: ignore[assignment]  # what import takes for "cannot be imported"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _unskipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _unskipped((yield))


def _unskipped(report: ReportT) -> ReportT:
    if os.environ.get("PERSONAVLOG_NO_SKIPS") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        _, _, reason = report.longrepr  # type: ignore[misc]
        report.outcome, report.longrepr = "failed", f"{reason} (PERSONAVLOG_NO_SKIPS=1: nothing may be skipped)"
    return report
