"""What the writer says of a theme before anything is painted: what it understood, and what not."""

from __future__ import annotations

from personavlog_embedded.writing.plain.choice import PLAIN, chosen
from personavlog_embedded.writing.plain.kinds import ALIVE
from personavlog_embedded.writing.plain.reading import READ, language_of, read_theme
from personavlog_embedded.writing.plain.theme import Theme


def enough(text: str) -> bool:
    """Whether the plain writer understands enough of a theme for a story of its own."""
    return language_of(text) in READ and chosen(read_theme(text), 1)[0].family != PLAIN


def understood(text: str) -> str:
    """What the writer understood of a theme and what not, in a sentence or two for the user; of one in a language that
    it does not read, what to do."""
    language = language_of(text)
    if language not in READ:
        return (
            f"The plain writer reads English and Chinese, and the theme seems to be in another language ({language!r})."
            " Write the theme in English or Chinese, or take another writer with --writer."
        )
    theme = read_theme(text)
    known = [word for word in theme.content if word not in theme.unknown]
    said = f"Understood of the theme: {', '.join(known) or 'nothing'}"
    said += f" ({len(known)} of {len(theme.content)} words)" if theme.unknown else ""
    said += f"; not understood: {', '.join(theme.unknown)}" if theme.unknown else ""
    said += f"; left out as unwanted: {', '.join(theme.unwanted)}" if theme.unwanted else ""
    return f"{said}. {_film(theme)}{_unseen(theme)}"


def _film(theme: Theme) -> str:
    frame = chosen(theme, 1)[0]
    if frame.family == PLAIN:
        return (
            "That is too little for a story of its own, so the film is a plain diary. Say who does what, and where, or "
            "take another writer with --writer."
        )
    return f"The film is about this: {frame.name}."


def _unseen(theme: Theme) -> str:
    """Who of the theme is not in the film, as it has room for one name only."""
    left = [other.english for other in theme.others if other.kind in ALIVE]
    if theme.companion is None or not left:
        return ""
    return f" Of those whom the theme names only the {theme.companion.english} is in it; not seen: {', '.join(left)}."
