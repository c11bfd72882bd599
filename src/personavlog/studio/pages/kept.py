"""A change that was refused: why, the way back, and everything that was typed, ready to be sent again."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from personavlog.errors import ChangedElsewhereError, PersonaVlogError
from personavlog.redaction import without_keys
from personavlog.studio import showing
from personavlog.studio.pages.shot import CHOICES
from personavlog.studio.refusals import status
from personavlog.studio.rendering import language_of, page
from personavlog.studio.studio import Studio
from personavlog.studio.words import Words, catalogue


def kept(
    request: Request, studio: Studio, run: str, fields: Mapping[str, str], error: PersonaVlogError, there: str
) -> Response:
    """The page that answers instead of going back to ``there``. What is sent again is decided at the film's present
    revision: the person has seen that it changed."""
    words = Words(language_of(request))
    elsewhere = isinstance(error, ChangedElsewhereError)
    typed = [name for name in fields if "." in name and name.rpartition(".")[2] not in CHOICES]
    carried = {**fields, "revision": showing.film(studio, run).revision}
    return page(
        request,
        "kept.jinja",
        status(error),
        title=words("kept.stale-title" if elsewhere else "kept.refused-title"),
        why=words("kept.stale") if elsewhere else without_keys(str(error)),
        there=there,
        typed=[(name, _label(words, name), fields[name]) for name in typed],
        carried=[(name, value) for name, value in carried.items() if name not in typed],
    )


def _label(words: Words, name: str) -> str:
    """What a field is called; its own name where it is none of this studio's."""
    key = f"field.{name.rpartition('.')[2]}"
    return words(key) if key in catalogue() else name
