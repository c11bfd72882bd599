"""``personavlog studio`` and ``personavlog serve``."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from personavlog import api
from personavlog.cli.console import errors_in_words, say, warn
from personavlog.cli.options import RunsOption, options_of
from personavlog.errors import ConfigurationError, MissingExtraError

if TYPE_CHECKING:
    from personavlog.studio.settings import Settings

PORT = 8765
PASSWORD_VARIABLE = "PERSONAVLOG_STUDIO_PASSWORD"

PortOption = Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one.")]
HostOption = Annotated[
    str, typer.Option("--host", help=f"Another address than this machine's own needs {PASSWORD_VARIABLE}.")
]
NameOption = Annotated[
    list[str] | None, typer.Option("--name", help="A host that a proxy calls the server by; as often as wanted.")
]
AtOnceOption = Annotated[int, typer.Option("--at-once", min=1, max=64, help="Films made at a time; more wait.")]
LimitOption = Annotated[
    list[str] | None,
    typer.Option("--limit", help="PROFILE=N: films of a profile made at a time; as often as wanted."),
]
ProfileOption = Annotated[
    list[str] | None,
    typer.Option("--profile", help="Your own .toml file that films can be made with; as often as wanted."),
]


def studio(
    runs: RunsOption = api.RUNS,
    port: PortOption = PORT,
    host: HostOption = "127.0.0.1",
    name: NameOption = None,
    at_once: AtOnceOption = 1,
    limit: LimitOption = None,
    profile: ProfileOption = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
) -> None:
    """Watch films being made, understand every shot, and change them, in the browser."""
    with errors_in_words(again="personavlog studio"):
        _serve(_settings(runs, port, host, name, at_once, limit, profile, pages=True), browser)


@options_of(studio, but="browser")
def serve(**options: Any) -> None:
    """Make films for programs: the studio's API without its pages (docs/studio.md)."""
    with errors_in_words(again="personavlog serve"):
        _serve(_settings(**options, pages=False), browser=False)


def _settings(
    runs: Path,
    port: int,
    host: str,
    name: list[str] | None,
    at_once: int,
    limit: list[str] | None,
    profile: list[str] | None,
    *,
    pages: bool,
) -> Settings:
    _need_extra()
    from personavlog.studio.access import KEYS_VARIABLE, keys_of
    from personavlog.studio.settings import Settings

    # Taken out of the environment: films are processes of their own and need neither.
    keys = keys_of(os.environ.pop(KEYS_VARIABLE, ""))
    password = os.environ.pop(PASSWORD_VARIABLE, "")
    return Settings(
        runs=runs.absolute(),
        host=host,
        port=port,
        password=password or _asked(host),
        keys=keys,
        names=tuple(name or ()),
        at_once=at_once,
        limits=dict(map(_limit, limit or ())),
        profiles=tuple(profile or ()),
        pages=pages,
    )


def _need_extra() -> None:
    try:
        import fastapi  # noqa: F401
        import python_multipart  # noqa: F401
        import uvicorn  # noqa: F401
    except ModuleNotFoundError as error:
        raise MissingExtraError("The studio", "studio") from error


def _serve(settings: Settings, browser: bool) -> None:
    from personavlog.studio import serving
    from personavlog.studio.settings import folder as settings_folder

    def ready(link: str) -> None:
        if not settings.pages:
            key = settings_folder() / "api.key"
            say(f"The service is at: {link.partition('?')[0]}api/v1 (described in api/v1/openapi.json)")
            say(f"Programs send the key in {str(key)!r} as Authorization: Bearer KEY. Ctrl-C stops it; films go on.")
            return
        say(f"The studio is at: {link}")
        say("The link works once; Ctrl-C stops the page, and films that are being made go on.")
        if browser:
            webbrowser.open(link)

    serving.run(settings, ready=ready, again=lambda link: say(f"For another browser: {link}"))


def _asked(host: str) -> str:
    """The password for an address that others reach, asked for at the terminal."""
    from personavlog.studio.guard import is_loopback

    if is_loopback(host) or not sys.stdin.isatty():
        return ""
    warn(f"At {host!r} others on the network reach the studio; whoever opens it must know a password.")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _limit(text: str) -> tuple[str, int]:
    name, equals, number = text.rpartition("=")
    if not equals or not name or not number.isdecimal() or int(number) < 1:
        raise ConfigurationError(f"A limit is PROFILE=N, such as hosted=3; received {text!r}.")
    return name, int(number)
