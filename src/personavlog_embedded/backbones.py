"""What this package's entry points name. Nothing heavy is imported before a backbone is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from inspect import Signature, signature
from typing import TYPE_CHECKING, Any

from personavlog.errors import ConfigurationError
from personavlog_embedded import capabilities

if TYPE_CHECKING:
    from pydantic_ai.models import Model

    from personavlog.backbones.chat_settings import ChatSettings
    from personavlog.backbones.findings import QualityAgents
    from personavlog.runs.blobs import Blobs

INSPECTOR = "inspector"


@dataclass(frozen=True)
class Maker:
    """Builds a backbone when it is called; its ``capabilities`` are known without."""

    module: str
    name: str
    says: Callable[[], Any]

    @property
    def capabilities(self) -> Any:
        """The role's capability record."""
        return self.says()

    def __call__(self, **settings: Any) -> Any:
        """The backbone; raises ``TypeError`` for settings that it does not know."""
        return self._built()(**settings)

    @property
    def __signature__(self) -> Signature:
        """The settings that the backbone takes, for an error that names them."""
        return signature(self._built())

    def _built(self) -> Any:
        return getattr(import_module(f"personavlog_embedded.{self.module}"), self.name)


image = Maker("painting.painter", "Painter", capabilities.image)
video = Maker("motion.animator", "Animator", capabilities.video)
music = Maker("music.backbone", "CatalogueMusic", capabilities.music)
speech = Maker("speech.backbone", "KokoroSpeech", capabilities.speech)


def chat(model: str, settings: ChatSettings) -> Model:
    """The writer called "planner", "language" or "auto", as a chat model; raises ``ConfigurationError`` for another
    name."""
    from personavlog_embedded.writing import writers
    from personavlog_embedded.writing.chat import EmbeddedModel

    return EmbeddedModel(writers.writer(model), understood=writers.understood(model))


def quality(agents: str, blobs: Blobs) -> QualityAgents:
    """The measuring quality agents called "inspector"; raises ``ConfigurationError`` for another name."""
    from personavlog.backbones.findings import QualityAgents
    from personavlog_embedded.inspection.inspector import ClipInspector, ImageInspector

    if agents != INSPECTOR:
        raise ConfigurationError(f"There are no embedded quality agents {agents!r}. Write 'embedded:{INSPECTOR}'.")
    return QualityAgents(image=ImageInspector(blobs), video=ClipInspector(blobs))
