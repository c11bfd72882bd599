"""The same picture or clip asked for in neutral words, after a provider refused it: what is left out is everything that
a writer invented, what stays is what the film needs of the shot."""

from __future__ import annotations

from personavlog.backbones.capabilities import ImageCapabilities, VideoCapabilities
from personavlog.backbones.legal import legal_animate, legal_edit
from personavlog.backbones.roles import AnimateRequest, EditRequest
from personavlog.script import Act, Board

STANDS = "The person stands there and looks around"
MOVES = "The person breathes and turns the head a little; the air moves gently"
AIR = "soft light, quiet air"


def softened_edit(request: EditRequest, can: ImageCapabilities) -> EditRequest | None:
    """A keyframe of the same place, hour and framing without the action and the things; None for what has no words of a
    writer in it, or is a correction (a refused correction costs that attempt only)."""
    if request.board is None or request.corrections:
        return None
    board = _emptied(request.board)
    return legal_edit(request.model_copy(update={"board": board, "appearance": ""}), can).request


def softened_clip(request: AnimateRequest, can: VideoCapabilities) -> AnimateRequest:
    """A clip of the same keyframe and camera in which little happens."""
    description = request.description.model_copy(update={"motion": MOVES, "atmosphere": AIR, "detail": ""})
    board = _emptied(request.board)
    return legal_animate(request.model_copy(update={"description": description, "board": board}), can).request


def _emptied(board: Board) -> Board:
    """The place, hour and framing, and somebody who stands there with nothing and nobody."""
    nothing: dict[str, object] = {"props": (), "holds": (), "company": ()}
    return board.model_copy(update={"action": STANDS, "act": Act.STAND, **nothing})
