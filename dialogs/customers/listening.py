"""While the list of customers stands there, a typed text searches it; whatever is pressed elsewhere ends that."""

from typing import Final

from dialogs import forms
from dialogs.turn import Turn

SEARCH: Final = "customer_search"
NEW: Final = "customer_new"


def listen(turn: Turn) -> None:
    """The next typed text is searched for among the customers."""
    forms.listen(turn, SEARCH)


def stop_listening(turn: Turn) -> None:
    """Typed texts mean what they mean without the list again."""
    waiting = turn.store.forms.waiting(turn.person.id)
    if waiting is not None and waiting.form == SEARCH:
        forms.done(turn)


def found(turn: Turn) -> None:
    """A customer is on the screen: the next typed text is neither searched for nor the name of a new one."""
    waiting = turn.store.forms.waiting(turn.person.id)
    if waiting is not None and waiting.form in (SEARCH, NEW):
        forms.done(turn)
