"""Which plots and settings suit a theme: by meaning, by its words, and by what it is about."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from personavlog.metrics.text import relevance
from personavlog_embedded.writing.planner.library import Plot, StorySetting, library
from personavlog_embedded.writing.planner.theme import Theme

RELATED = 0.45
"""A second plot without a word of the theme takes part only from this relevance on."""
DONE = 0.15
"""What a plot gains that is an activity with things of its own."""
UNREAL = 0.12
"""What a world that does not exist loses where no word of the theme calls for it."""


def choose_plots(theme: Theme) -> tuple[Plot, Plot]:
    """The two plots that suit the theme best: by meaning, by its words and by what can fill the subject's slot."""
    plots = library().plots
    near = relevance([theme.english], [plot.about for plot in plots])[0]
    marks = [float(near[n]) + _hits(theme, plot) + _fit(theme, plot) for n, plot in enumerate(plots)]
    first, second = (int(n) for n in np.argsort(-np.array(marks), kind="stable")[:2])
    related = near[second] >= RELATED or _hits(theme, plots[second]) > 0 or plots[second].needs_companion
    return plots[first], plots[second if related else first]


@cache
def active(theme: Theme) -> tuple[Plot, ...]:
    """The activities that the theme's words name."""
    plots = choose_plots(theme)
    named = [plot for plot in plots if _hits(theme, plot) > 0 and _fit(theme, plot) > -1]
    doing = [plot for plot in named if plot.things or plot.needs_companion]
    return tuple(dict.fromkeys(doing if any(plot.things for plot in doing) else named))


def _hits(theme: Theme, plot: Plot) -> float:
    """How much of the theme names the plot; longer phrases say more, and an activity is told before a kind of story."""
    low = f" {re.sub(r'[^a-z]+', ' ', theme.english.lower())} "
    hits = sum(len(word.split()) for word in plot.words if f" {word} " in low)
    return 0.22 * min(3, hits) + (DONE if hits and plot.things else 0.0)


def _fit(theme: Theme, plot: Plot) -> float:
    if plot.needs_companion and not theme.together:
        return -1.0
    if plot.needs_companion and theme.subject is None:
        return 0.25
    return 0.2 if theme.subject is not None and theme.subject.category in plot.fits else -0.1


def choose_settings(theme: Theme, count: int = 2) -> tuple[StorySetting, ...]:
    """The settings nearest to the theme; one that a word of the theme names comes first."""
    settings = library().settings
    place = " ".join((*theme.where.modifiers, theme.where.english)) if theme.where else theme.english
    near = relevance([theme.english, place], [setting.about for setting in settings])
    marks = near[0] + 0.4 * near[1] + np.array([call_strength(theme, setting) for setting in settings])
    return tuple(settings[int(n)] for n in np.argsort(-marks, kind="stable")[:count])


def call_strength(theme: Theme, setting: StorySetting) -> float:
    """How strongly a theme's words call for a setting; 0 where none does, below for a world that does not exist."""
    about = f"{setting.name} {setting.about}".lower()
    strong = 0.25 if theme.where and re.search(rf"\b{re.escape(theme.where.english.lower())}s?\b", about) else 0.0
    strong += 0.5 * any(f" {word} " in f" {theme.english.lower()} " for word in setting.words)
    strong -= (
        UNREAL
        if setting.kind == "surreal" and not any(f" {word} " in f" {theme.english.lower()} " for word in setting.words)
        else 0.0
    )
    return strong + 0.2 * min(2, sum(bool(re.search(rf"\b{re.escape(word)}s?\b", about)) for word in theme.words))
