"""One jinja2 template per role, named ``<agent>_<what it does>.jinja``; rendered with our own words and numbers only.

What a user or a model wrote never reaches a template: it travels in the ``<task>`` block that
``personavlog.backbones.tasks.fence`` writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.exceptions import TemplateNotFound

from personavlog.backbones.reviews import RUBRIC
from personavlog.errors import ConfigurationError
from personavlog.languages import LANGUAGES

SHARED = ("rules.jinja", "review.jinja")
"""Templates that the roles' own templates include."""

_LANGUAGES = {code: language.name for code, language in LANGUAGES.items()}


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("personavlog.agents", "prompts"),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(role: str, words: Mapping[str, object] | None = None) -> str:
    """The instructions of a role such as "story.generate"; ``words`` are numbers and words of our own, never a user's
    or a model's text.

    Raises ``ConfigurationError`` for a role without a template, and jinja2's ``UndefinedError`` for a word that the
    template misses.
    """
    rubric = RUBRIC.get(role.partition(".")[0], {})  # type: ignore[call-overload]
    try:
        template = _environment().get_template(_file(role))
    except TemplateNotFound as error:
        raise ConfigurationError(
            f"No agent has the role {role!r}; its prompt template {error.name!r} does not exist."
        ) from error
    return template.render(rubric=rubric, languages=_LANGUAGES, **(words or {}))


@cache
def prompt_digest(role: str) -> str:
    """SHA-256 over everything that makes a role's instructions: its template, the shared ones and its rubric; for step
    keys."""
    environment = _environment()
    assert environment.loader is not None
    sources = [environment.loader.get_source(environment, name)[0] for name in (_file(role), *SHARED)]
    rubric = RUBRIC.get(role.partition(".")[0], {})  # type: ignore[call-overload]
    return hashlib.sha256("\0".join([*sources, repr(sorted(rubric.items()))]).encode()).hexdigest()


def _file(role: str) -> str:
    return role.replace(".", "_") + ".jinja"
