"""The person's head as a drawn one, for when the photo cannot show it: from behind."""

from __future__ import annotations

import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.body.photo_head import PhotoHead
from personavlog_embedded.figure.outfit import DrawnHead, Hair

HAIRY, LONG = 0.02, 0.02
"""Least hair above the eyes, and below the chin, in square heads, that a head with hair and with long hair shows."""
BOBBED = 0.012
"""Least hair beside the cheeks of one that covers the ears."""


def head_from_photo(source: PhotoHead, rgba: Pixels) -> DrawnHead:
    """A head without features whose hair has the photo's colour and length; ``rgba`` is the whole cut-out."""
    square, rows = source.unit**2, np.arange(len(source.keep))[:, None]
    crown = (source.hairy > 0.5) & (source.keep > 0.9) & (rows < source.chin - 0.55 * source.unit)
    if crown.sum() < HAIRY * square:
        return DrawnHead("bald", plain=True)
    red, green, blue = (float(part) for part in np.median(rgba[crown][:, :3], axis=0) / 255)
    cheeks = source.hair[int(source.chin - 0.35 * source.unit) : int(source.chin)].sum()
    long = source.hair[int(source.chin) :].sum() > LONG * square
    cut: Hair = "long" if long else "bob" if cheeks > BOBBED * square else "short"
    return DrawnHead(cut, (red, green, blue), plain=True)
