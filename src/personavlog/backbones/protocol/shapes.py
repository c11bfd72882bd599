"""Reading answers whose shape nobody vouches for."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from personavlog.errors import BadMediaError


def part(data: Any, *names: str | int) -> Any:
    """What lies under these names and positions, None where there is nothing."""
    for name in names:
        if isinstance(name, str):
            data = data.get(name) if isinstance(data, dict) else None
        else:
            data = data[name] if isinstance(data, list) and len(data) > name else None
    return data


def decoded(text: str, provider: str) -> bytes:
    """The bytes of base64; raises ``BadMediaError``."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadMediaError(
            f"{provider!r} answered with a file that is no base64. It is asked once more; if it goes on, report it "
            "there.",
            provider=provider,
        ) from error
