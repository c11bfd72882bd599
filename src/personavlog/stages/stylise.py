"""The stylised reference: I_s = F_edit(I_r, T_style)."""

from __future__ import annotations

from functools import partial

from personavlog import steps
from personavlog.backbones.checking import check_picture
from personavlog.backbones.legal import legal_edit
from personavlog.backbones.roles import EditRequest, EditResult
from personavlog.production.production import Production
from personavlog.steps import Part


async def stylise(production: Production) -> EditResult:
    """Redraw the photo in the style; every keyframe is edited from the result."""
    width, height = production.size
    take = production.take_of(steps.STYLISE)
    wanted = EditRequest(
        purpose="stylise",
        reference=production.brief.photo,
        style=production.brief.style,
        width=width,
        height=height,
        seed=production.seed(Part.STYLISE, take=take),
        face=production.brief.face,
    )
    legal = legal_edit(wanted, production.image.capabilities)
    person = await production.call(
        steps.STYLISE,
        "image",
        partial(production.image.edit, legal.request),
        request=legal.request,
        estimate=production.image.estimate(legal.request),
        check=lambda made: check_picture(
            made.image, legal.request, production.profile.image.backbone, production.blobs
        ),
        returns=EditResult,
    )
    for note in (*legal.changes, *person.notes, *(person.scene.notes if person.scene else ())):
        production.note(note)
    production.finished(steps.STYLISE)
    return person
