"""Export: a finished film for editors and other hands. ``project`` holds the one timeline that all forms come from."""

from personavlog.export.exporting import Exported, export
from personavlog.export.target import Target

__all__ = ["Exported", "Target", "export"]
