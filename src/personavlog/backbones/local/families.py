"""Every family that there is, by its pipeline's class."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from personavlog.backbones.local import flux2_klein, flux_kontext, hunyuan_video, ltx2, qwen_image_edit, wan
from personavlog.backbones.local.family import Family, Index
from personavlog.errors import ConfigurationError

FAMILIES: Mapping[str, Family] = {
    module.FAMILY.pipeline: module.FAMILY
    for module in (flux_kontext, qwen_image_edit, flux2_klein, wan, ltx2, hunyuan_video)
}


def family_of(index: Index, role: Literal["image", "video"], folder: Path) -> Family:
    """The family of a folder's pipeline; raises ``ConfigurationError`` for one that does not play the role."""
    named = str(index["_class_name"])
    known = {name: family for name, family in FAMILIES.items() if family.role == role}
    if named not in known:
        raise ConfigurationError(
            f"The folder {folder.name!r} holds a {named!r}, which makes no {'pictures' if role == 'image' else 'clips'}"
            f" here. Pipelines for the role {role!r}: {', '.join(sorted(known))}."
        )
    return known[named]
