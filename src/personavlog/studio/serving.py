"""Running the server until Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from personavlog.errors import MachineError
from personavlog.studio import example
from personavlog.studio.access import Access
from personavlog.studio.making import only_one
from personavlog.studio.server import create_app
from personavlog.studio.settings import Settings, folder

GRACE_SECONDS = 1
"""An open stream of events would otherwise keep a stopped server alive for ever."""


def run(settings: Settings, *, ready: Callable[[str], None], again: Callable[[str], None]) -> None:
    """Serve until Ctrl-C. ``ready`` gets the link that lets a browser in once, ``again`` the next one each time that it
    was used. Raises ``MachineError`` for a port that is taken.

    Nothing is written about requests: the link's token would stand there.
    """
    with only_one(folder()), _listening(settings) as listener:
        if settings.pages:
            example.put(settings.runs)
        port = listener.getsockname()[1]
        settings = _at(settings, port)
        access = Access(folder(), settings.password, settings.keys, lambda: again(_link(settings, access)))
        app = create_app(settings, access)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE_SECONDS, server_header=False
        )
        ready(_link(settings, access))
        uvicorn.Server(config).run(sockets=[listener])


def _listening(settings: Settings) -> socket.socket:
    try:
        return socket.create_server((settings.host, settings.port), family=_family(settings.host))
    except OSError as error:
        raise MachineError(
            f"Cannot listen at {settings.host}, port {settings.port}: {error.strerror or error}. Choose another with "
            "--port, or 0 for any free one."
        ) from error


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _at(settings: Settings, port: int) -> Settings:
    return Settings(**{**vars(settings), "port": port})


def _link(settings: Settings, access: Access) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}/?token={access.token}"
