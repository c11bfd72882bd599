"""A refused request: which input it was, and the same asked once more in neutral words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic_ai.messages import BinaryContent, UserContent

from personavlog.errors import RefusedError

NEUTRAL = (
    "A content filter stopped this request. Answer so that it suits an audience of every age: where the material holds "
    "something violent, sexual, hateful, medical or otherwise sensitive, leave that detail out, put something harmless "
    "in its place, and do not mention it."
)
_INPUTS = {
    "story": "theme",
    "seg": "story",
    "video": "board",
    "mono": "board",
    "music": "theme",
    "image_quality": "keyframe",
    "video_quality": "clip",
    "edit": "finding",
}
"""What each agent works from, by the first word of its role."""
_OF_PICTURES = re.compile(r"\b(image|photo|picture|face|person|likeness)s?\b", re.IGNORECASE)


def named(error: RefusedError, role: str, prompt: Sequence[UserContent]) -> RefusedError:
    """The refusal with the input that was refused: what the agent works from; for the story, which is written from two,
    the photo where the provider speaks of pictures."""
    source = _INPUTS.get(role.partition(".")[0], "theme")
    if role.startswith("story") and any(isinstance(part, BinaryContent) for part in prompt):
        source = "photo" if _OF_PICTURES.search(str(error)) else "theme or photo"
    change = source if source.endswith(("theme", "photo")) else "theme"
    text = f"{error} It did not take the {source}. Change the {change}."
    return RefusedError(text, provider=error.provider, status=error.status, refused=source)


def softened(prompt: Sequence[UserContent], refused: str) -> list[UserContent]:
    """The prompt with the wish for neutral words before its task; without its pictures where the photo was refused, as
    the task says in words what the photo shows."""
    kept = [part for part in prompt if refused != "photo" or not isinstance(part, BinaryContent)]
    return [*kept[:-1], NEUTRAL, *kept[-1:]]
