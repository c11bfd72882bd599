"""The stylised reference: I_s = F_edit(I_r, T_style)."""

from __future__ import annotations

from personavlog import steps
from personavlog.backbones.roles import EditRequest, EditResult
from personavlog.production.production import Production


async def stylise(production: Production) -> EditResult:
    """Redraw the photo in the style; every keyframe is edited from the result."""
    width, height = production.size
    request = EditRequest(
        purpose="stylise",
        reference=production.brief.photo,
        style=production.brief.style,
        width=width,
        height=height,
        seed=production.brief.seed,
        face=production.brief.face,
    )
    person = await production.ask(
        steps.STYLISE,
        lambda progress: production.image.edit(request, progress),
        uses="image",
        fingerprint=production.image.fingerprint,
        returns=EditResult,
        cost=production.image.estimate(request).money,
        request=request,
    )
    for note in person.scene.notes if person.scene else ():
        production.note(note)
    production.finished(steps.STYLISE)
    return person
