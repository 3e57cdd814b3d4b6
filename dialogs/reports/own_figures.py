"""What a manager sees of one seller, for that seller: the same figures, from the message that announced them."""

from datetime import UTC, datetime
from typing import Final

from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Button

ACTIONS: Final = frozenset({"rep_mine"})

OWN_FIGURES: Final = "own_figures"
"""The kind of the late screen; its values are `team` and `asked_at`."""

SCREEN: Final = "own_figures"


def own_figures_button(label: str) -> Button:
    """Leads to the figures about oneself."""
    return Button(label, Press("rep_mine"))


def handle(turn: Turn) -> None:
    """The figures of this month about whoever asks."""
    asked_at = datetime.fromtimestamp(int(turn.at.timestamp()) + 1, UTC)
    turn.show_later(OWN_FIGURES, SCREEN, team=turn.person.team.id, asked_at=asked_at.isoformat())
