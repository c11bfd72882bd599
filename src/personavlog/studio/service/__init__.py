"""The API: everything that the page does, for programs. ``/api/v1/openapi.json`` describes it."""

from fastapi import APIRouter

from personavlog.studio import events, media
from personavlog.studio.service import changes, films, offers
from personavlog.studio.service.answers import ANSWERS

router = APIRouter(prefix="/api/v1", responses=ANSWERS)
router.include_router(films.router)
router.include_router(changes.router)
router.include_router(offers.router)
router.include_router(events.router)
router.include_router(media.router)
