"""The stylised reference: I_s = F_edit(I_r, T_style)."""

from __future__ import annotations

from personavlog.backbones.roles import EditRequest, EditResult
from personavlog.production.production import Crew


async def stylise(crew: Crew) -> EditResult:
    """Redraw the photo in the style; every keyframe is edited from the result."""
    width, height = crew.size
    request = EditRequest(
        purpose="stylise", reference=crew.brief.photo, style=crew.brief.style, width=width, height=height, seed=crew.brief.seed, face=crew.brief.face
    )
    person = await crew.ask(
        "stylise",
        lambda progress: crew.image.edit(request, progress),
        uses="image",
        fingerprint=crew.image.fingerprint,
        returns=EditResult,
        cost=crew.image.estimate(request).money,
        request=request,
    )
    for note in person.scene.notes if person.scene else ():
        crew.note(note)
    crew.finished("stylise")
    return person
