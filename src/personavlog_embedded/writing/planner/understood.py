"""What the planner made of a theme, in a sentence for the user: it writes from the words that it knows, and of a theme
without one it can only guess."""

from __future__ import annotations

import re

from personavlog_embedded.writing.planner.choice import active
from personavlog_embedded.writing.planner.library import library
from personavlog_embedded.writing.planner.story_world import story_world
from personavlog_embedded.writing.planner.theme import Theme, analyse, content_words, in_verbs


def understood(theme: str) -> str:
    """The words of the theme that the script is about and where the film will play; where no word was understood, what
    to do about it."""
    parts = analyse(theme)
    words, place = _known(parts), story_world(parts).settings[0].name
    if words:
        return f"Understood of the theme: {', '.join(words)}; the film plays here first: {place}."
    return (
        f"Understood of the theme {theme!r}: nothing. The film will be about something else (its place: {place}). "
        "Write the theme in English or Chinese, in plainer words, or take another writer with --writer."
    )


def _known(theme: Theme) -> list[str]:
    """What the lexicon and the library know of the theme, in its order, each once."""
    found = [" ".join((*one.modifiers, one.english)) for one in theme.found if one.known]
    rest = content_words(theme.english) - {word for text in found for word in content_words(text)}
    said = _of_the_library(theme)
    more = [word for word in re.findall(r"[\w'-]+", theme.english.lower()) if word in rest]
    return list(dict.fromkeys([*found, *(word for word in more if word in said or in_verbs(word))]))


def _of_the_library(theme: Theme) -> frozenset[str]:
    """The words by which plots and settings are called."""
    plots = [word for plot in active(theme) for word in plot.words]
    settings = [word for one in library().settings for word in (one.name, *one.words, *one.calls)]
    return frozenset(part for word in (*plots, *settings) for part in word.lower().split())
