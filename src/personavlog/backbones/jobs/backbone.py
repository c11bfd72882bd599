"""What the backbones of job services share."""

from __future__ import annotations

from typing import Any, ClassVar

from personavlog.backbones.jobs.settings import Chosen
from personavlog.backbones.registry import MediaRole
from personavlog.backbones.roles import Resident


class JobBackbone(Resident):
    """Built with the service's name; the settings are ``JobSettings``."""

    role: ClassVar[MediaRole]

    def __init__(self, provider: str, **settings: Any) -> None:
        self._chosen = Chosen(provider, self.role, settings)

    @property
    def fingerprint(self) -> str:
        """Service, model and settings."""
        return self._chosen.fingerprint
