"""Pages and fragments from templates. Everything is escaped; no template has a script, a style or a handler in it."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from personavlog.studio.telling import clock, costs, lasts
from personavlog.studio.words import LANGUAGES, Language, Words, preferred

LANGUAGE_COOKIE, THEME_COOKIE, SHORTCUTS_COOKIE = "language", "theme", "shortcuts"
THEMES = ("auto", "light", "dark")

_environment = Environment(
    loader=PackageLoader("personavlog.studio"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals.update(clock=clock, costs=costs, lasts=lasts)


def page(request: Request, template: str, status: int = 200, **context: object) -> HTMLResponse:
    """A template of ``templates/`` with ``words`` (the catalogue as a function), ``language``, ``theme``, ``shortcuts``
    ("on" or "off": single letters as keys) and ``path`` beside the context."""
    language = language_of(request)
    theme = request.cookies.get(THEME_COOKIE, "auto")
    said = {
        "words": Words(language),
        "language": language,
        "theme": theme if theme in THEMES else "auto",
        "shortcuts": "off" if request.cookies.get(SHORTCUTS_COOKIE) == "off" else "on",
        "path": request.url.path,
    }
    return HTMLResponse(_environment.get_template(template).render({**said, **context}), status)


def language_of(request: Request) -> Language:
    """The language that was chosen, else the browser's."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    for language in LANGUAGES:
        if chosen == language:
            return language
    return preferred(request.headers.get("accept-language", ""))
