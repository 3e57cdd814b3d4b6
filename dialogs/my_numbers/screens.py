"""`/meinezahlen`: a seller's own figures, drawn when they are sent.

month → funnel, objections, another month, figures explained; month → what the manager sees → month.
"""

from datetime import UTC, datetime
from typing import Final

from dialogs.my_numbers.view import SEEN, SHOW, WHY, Part
from dialogs.press import Press
from dialogs.reports import buttons
from dialogs.reports.periods import PeriodKind
from dialogs.turn import Pressed, Turn

COMMANDS: Final = frozenset({"mynumbers"})
ACTIONS: Final = frozenset({SHOW, WHY, SEEN})

SCREEN: Final = "my_numbers"

NUMBERS: Final = "my_numbers"
EXPLAINED: Final = "my_numbers_explained"
SEEN_BY_MANAGER: Final = "seen_by_manager"
"""The kinds of late screens. Their values are `team`, `asked_at` and, but for the running month, `period`."""


def handle(turn: Turn) -> None:
    """The command and the buttons. Whoever asks sees their own figures and nobody else's."""
    match turn.event:
        case Pressed(pressed):
            _pressed(turn, pressed)
        case _:
            _later(turn, NUMBERS, datetime.fromtimestamp(int(turn.at.timestamp()) + 1, UTC), part=Part.OVERVIEW)


def _pressed(turn: Turn, pressed: Press) -> None:
    found = buttons.read(pressed)
    if found is None or found[1].kind is not PeriodKind.MONTH:
        turn.toast(turn.say("turn.unknown_press"))
        return
    asked_at, period, what = found
    match pressed.action:
        case "my_why":
            _later(turn, EXPLAINED, asked_at, period=period.name, page=int(what) if what.isdecimal() else 0)
        case "my_seen":
            _later(turn, SEEN_BY_MANAGER, asked_at, period=period.name)
        case _:
            part = what if what in set(Part) else Part.OVERVIEW
            _later(turn, NUMBERS, asked_at, period=period.name, part=part)


def _later(turn: Turn, kind: str, asked_at: datetime, **values: str | int) -> None:
    """In place of the screen that was pressed, else as a new message."""
    in_place = isinstance(turn.event, Pressed) and turn.event.screen == SCREEN
    turn.show_later(kind, SCREEN, edits=in_place, team=turn.person.team.id, asked_at=asked_at.isoformat(), **values)
