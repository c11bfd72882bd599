"""The server as a program of its own."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from personavlog.errors import ConfigurationError, MachineError
from personavlog.fake_server import surfaces
from personavlog.fake_server.faults import WIRE, read_fault
from personavlog.fake_server.server import POLL, Behaviour, FakeServer
from personavlog.redaction import read_key


def run(
    *,
    port: int,
    faults: Sequence[str],
    seconds: float,
    price: float,
    at_once: int,
    models: Sequence[str],
    key_env: str,
    keeps_keys: bool,
    log: Path | None,
    ready: Callable[[str], None],
) -> None:
    """Serve until Ctrl-C or SIGTERM; ``ready`` hears the address. Raises ``ConfigurationError`` for what does not fit,
    ``MachineError`` for a port that is taken."""
    behaviour = Behaviour(
        seconds=seconds,
        price=price,
        faults=tuple(read_fault(fault, surfaces.faults()) for fault in faults),
        log=log,
        at_once=at_once,
        key=_key(key_env) if key_env else "",
        models=tuple(models),
        keeps_keys=keeps_keys,
    )
    _check_log(log)
    try:
        server = FakeServer(behaviour, port=port)
    except OSError as error:
        raise MachineError(f"Port {port} cannot be had: {error.strerror}. Choose another with --port.") from error
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: threading.Thread(target=server.http.shutdown).start())
    ready(server.address)
    server.http.serve_forever(poll_interval=POLL)
    server.http.server_close()


def faults_in_words() -> Iterator[str]:
    """Every route and the faults that it knows, a line each."""
    yield f"Every route: {', '.join(sorted(WIRE))}"
    for route in surfaces.ALL:
        yield f"{route.name} ({route.method} {route.pattern}): {', '.join(sorted(route.faults)) or 'no others'}"


def _check_log(log: Path | None) -> None:
    try:
        if log is not None:
            log.touch()
    except OSError as error:
        raise MachineError(f"The log {str(log)!r} cannot be written: {error.strerror}. Choose another.") from error


def _key(variable: str) -> str:
    key = read_key(variable)
    if not key:
        raise ConfigurationError(f"The environment variable {variable!r} is not set. Put the key there.")
    return key
