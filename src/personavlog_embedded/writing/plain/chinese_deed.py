"""What a Chinese theme itself says is done, as a clause for boards and lines."""

from __future__ import annotations

from lemminflect import getInflection

from personavlog_embedded.writing.plain.chinese_meanings import Word
from personavlog_embedded.writing.plain.kinds import is_quiet
from personavlog_embedded.writing.plain.theme import Clause, Doing, Thing
from personavlog_embedded.writing.plain.wordnet import VERB


def deed_of(verb: Word | None, thing: Thing | None, doing: Doing, mine: bool) -> Clause | None:
    """The person's own deed; None where somebody else does it, or nothing is done to anything, and for what befalls
    one: losing a suitcase."""
    if verb is None or thing is None or thing.kind is None or thing.named or not mine or " " not in doing.english:
        return None
    first, _, rest = verb.english.partition(" ")
    if is_quiet(first, VERB):
        return None
    third = next(iter(getInflection(first, "VBZ")), f"{first}s")
    after = f"{f' {rest}' if rest else ''} {thing.one}"
    return Clause(said=f"I {first}{after}", done=f"{third}{after}", verb=first)
