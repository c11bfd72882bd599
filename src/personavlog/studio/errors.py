"""Errors that only a server has."""

from __future__ import annotations

from personavlog.errors import BriefError, RunError


class NoSuchThingError(RunError):
    """There is no such run, shot, upload or file here."""


class TooLargeError(BriefError):
    """A file is larger than fits."""
