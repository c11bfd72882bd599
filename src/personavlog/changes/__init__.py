"""What a person changes about a film: another take, an attempt that is to stand, a part or a script of their own, other
shots; and taking the last change back. A change that is refused changes nothing; ``reopen`` and ``make`` then make the
film again."""

from personavlog.changes.attempts import keep_attempt
from personavlog.changes.changing import expecting, undo
from personavlog.changes.parts import unuse, use
from personavlog.changes.profile import replace_profile
from personavlog.changes.script import replace_script
from personavlog.changes.shots import add_shot, move_shot, remove_shot, remove_shots
from personavlog.changes.takes import redo, redo_music, redo_person

__all__ = [
    "add_shot",
    "expecting",
    "keep_attempt",
    "move_shot",
    "redo",
    "redo_music",
    "redo_person",
    "remove_shot",
    "remove_shots",
    "replace_profile",
    "replace_script",
    "undo",
    "unuse",
    "use",
]
