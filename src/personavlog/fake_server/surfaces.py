"""Every route of the fake server: a module of routes is added here and nowhere else.

A module of routes has ``ROUTES``, a tuple of ``routes.Route``; a route's ``answer`` takes a ``routes.Call`` and returns
a ``wire.Reply``.
"""

from __future__ import annotations

from personavlog.fake_server import (
    bfl,
    chat,
    comfyui,
    dashscope,
    elevenlabs,
    fal,
    gemini,
    hosted,
    images,
    models,
    replicate,
    sounds,
    videos,
)
from personavlog.fake_server.routes import Route

ALL: tuple[Route, ...] = (
    *models.ROUTES,
    *chat.ROUTES,
    *images.ROUTES,
    *videos.ROUTES,
    *sounds.ROUTES,
    *hosted.ROUTES,
    *fal.ROUTES,
    *replicate.ROUTES,
    *bfl.ROUTES,
    *dashscope.ROUTES,
    *elevenlabs.ROUTES,
    *comfyui.ROUTES,
    *gemini.ROUTES,
)


def faults() -> dict[str, frozenset[str]]:
    """The faults that each route plays itself, by its name."""
    return {route.name: route.faults for route in ALL}
