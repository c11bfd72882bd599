"""What there is of films, as the studio shows it: read from the index and the store, while they are made and after."""

from personavlog.studio.looking.activity import activity
from personavlog.studio.looking.board import card, film
from personavlog.studio.looking.films import films
from personavlog.studio.looking.finished import finished
from personavlog.studio.looking.script import script
from personavlog.studio.looking.shot import shot

__all__ = ["activity", "card", "film", "films", "finished", "script", "shot"]
