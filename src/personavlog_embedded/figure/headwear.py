"""What sits on a head: hair, and a hat over it."""

from __future__ import annotations

from personavlog_embedded.figure.hair import hair
from personavlog_embedded.figure.hat import hat, hats
from personavlog_embedded.figure.head import HeadSheet
from personavlog_embedded.figure.outfit import DrawnHead, Hat
from personavlog_embedded.figure.shape import Bare


def head_sheets(body: Bare, worn: Hat, head: DrawnHead | None, size: float) -> tuple[HeadSheet, ...]:
    """Hair of a drawn head, and the hat, which a photo's head wears as well."""
    grown = hair(body, head.hair, hats()[worn].rim if worn else None) if head is not None else ()
    return (*grown, hat(body, worn, size)) if worn else grown
