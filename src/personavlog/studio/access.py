"""Who may talk to the server: a link that works once, the cookie that it gives, a password, and keys for programs.

Only digests of cookies are kept on disk. They outlive the server, so that a page that is open when the server dies goes
on with the next one.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from personavlog.errors import ConfigurationError
from personavlog.runs.folder import write_file
from personavlog.runs.machine import explained

KEYS_VARIABLE = "PERSONAVLOG_STUDIO_KEYS"
"""Keys of programs, ``NAME=KEY`` with commas between; the films of each name take turns with those of the others."""
SHORTEST_KEY = 16
SESSION_SECONDS = 30 * 24 * 3600.0
MOST_SESSIONS = 200
PAGE = "page"
"""The owner of what is asked for on a page."""


class Sessions:
    """The cookies that were given out, as digests with the time when each ends."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()

    def open(self) -> str:
        """A new cookie."""
        cookie = secrets.token_urlsafe(32)
        with self._lock:
            known = self._known()
            known[_digest(cookie)] = time.time() + SESSION_SECONDS
            newest = sorted(known.items(), key=lambda one: one[1])[-MOST_SESSIONS:]
            write_file(self._file, json.dumps(dict(newest)).encode())
        return cookie

    def knows(self, cookie: str) -> bool:
        """Whether this cookie was given out and has not ended."""
        with self._lock:
            known = self._known()
        return any(secrets.compare_digest(_digest(cookie), one) for one in known)

    def _known(self) -> dict[str, float]:
        try:
            found = json.loads(self._file.read_text("utf-8"))
            return {str(name): float(ends) for name, ends in found.items() if ends > time.time()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}


@dataclass
class Attempts:
    """Wrong keys and passwords by address: after ``free`` of them each costs a wait that doubles, to ``longest`` s."""

    free: int = 5
    longest: float = 60.0
    addresses: int = 1000
    _wrong: dict[str, tuple[int, float]] = field(default_factory=dict)

    def wait(self, address: str) -> float:
        """Seconds that this address must still wait before it may try again."""
        _, until = self._wrong.get(address, (0, 0.0))
        return max(0.0, until - time.monotonic())

    def wrong(self, address: str) -> None:
        """It was wrong once more."""
        count = self._wrong.pop(address, (0, 0.0))[0] + 1
        pause = 0.0 if count < self.free else min(self.longest, 2.0 ** (count - self.free))
        self._wrong[address] = (count, time.monotonic() + pause)
        if len(self._wrong) > self.addresses:
            del self._wrong[next(iter(self._wrong))]

    def right(self, address: str) -> None:
        """It was right: what was wrong before is forgotten."""
        self._wrong.pop(address, None)


class Password:
    """A password, kept only as its scrypt digest; "" lets nobody in."""

    def __init__(self, password: str) -> None:
        self._salt = secrets.token_bytes(16)
        self._digest = self._of(password) if password else None

    def fits(self, text: str) -> bool:
        """Whether it is this one; takes some 50 ms on purpose."""
        return self._digest is not None and secrets.compare_digest(self._of(text), self._digest)

    def _of(self, text: str) -> bytes:
        return hashlib.scrypt(text.encode("utf-8", "surrogatepass"), salt=self._salt, n=2**14, r=8, p=1)


class Access:
    """Everything that lets somebody in. ``folder`` is the studio's own in the home folder."""

    def __init__(
        self,
        folder: Path,
        password: str = "",
        keys: Mapping[str, str] | None = None,
        on_used: Callable[[], None] = lambda: None,
    ) -> None:
        self.sessions = Sessions(folder / "sessions.json")
        self.password = Password(password)
        self.attempts = Attempts()
        self.key_file = folder / "api.key"
        self.token = secrets.token_urlsafe(32)
        self._keys = {"api": _kept_key(self.key_file), **(keys or {})}
        self._on_used = on_used
        self._lock = threading.Lock()

    def spend(self, token: str) -> str | None:
        """A cookie for the link's token, which is another one from then on; None for a wrong one."""
        with self._lock:
            if not _same(token, self.token):
                return None
            self.token = secrets.token_urlsafe(32)
        self._on_used()
        return self.sessions.open()

    def enter(self, text: str) -> str | None:
        """A cookie for the password, or for a key; None for neither."""
        return self.sessions.open() if self.owner(text) or self.password.fits(text) else None

    def owner(self, key: str) -> str | None:
        """Whose key it is; every one is compared."""
        owners = [name for name, known in self._keys.items() if _same(key, known)]
        return owners[0] if owners else None


def keys_of(text: str) -> Mapping[str, str]:
    """The keys of ``PERSONAVLOG_STUDIO_KEYS``; raises ``ConfigurationError`` without repeating any of them."""
    keys = {}
    for number, one in enumerate(filter(None, (part.strip() for part in text.split(","))), 1):
        name, equals, key = one.partition("=")
        if not equals or not name.strip().isidentifier() or len(key.strip()) < SHORTEST_KEY:
            raise ConfigurationError(
                f"Number {number} of {KEYS_VARIABLE} is not NAME=KEY with a key of at least {SHORTEST_KEY} characters."
            )
        keys[name.strip()] = key.strip()
    return keys


def _kept_key(file: Path) -> str:
    """The key of the programs on this machine: in a file that only its owner reads, made where there is none."""
    with explained(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            kept = file.read_text("ascii", errors="replace").strip()
            if len(kept) >= SHORTEST_KEY:
                return kept
            raise ConfigurationError(f"{str(file)!r} holds no key. Delete it: another one is made then.") from None
        key = secrets.token_urlsafe(32)
        with os.fdopen(handle, "w", encoding="ascii") as target:
            target.write(key)
    return key


def _same(text: str, known: str) -> bool:
    return secrets.compare_digest(text.encode("utf-8", "surrogatepass"), known.encode())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
