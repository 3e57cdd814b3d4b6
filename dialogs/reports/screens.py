"""`/tagesbericht` and `/woche`, and what their buttons open. All screens are drawn when they are sent.

What is asked for is said with the moment of asking and the period; who draws it reads the team as it stood then.
"""

from datetime import UTC, datetime
from typing import Final

from dialogs.door import managers_only
from dialogs.press import Press
from dialogs.reports import buttons
from dialogs.reports.buttons import FILE, OUTCOMES, PART, SELLERS, SHOW, WHY, Part
from dialogs.reports.periods import PeriodKind
from dialogs.turn import Command, Pressed, Turn
from dialogs.view import line

COMMANDS: Final = frozenset({"report", "week"})
ACTIONS: Final = frozenset({SHOW, PART, WHY, OUTCOMES, SELLERS, FILE})

SCREEN: Final = "report"

SUMMARY: Final = "summary"
PERIOD: Final = "period"
EXPLAINED: Final = "figures_explained"
OUTCOME_LIST: Final = "outcomes"
BY_SELLER: Final = "by_seller"
"""The kinds of late screens. `team`, `asked_at` and, but for the running day, `day` or `period` are their values."""


@managers_only
def handle(turn: Turn) -> None:
    """The commands and every button below a report."""
    match turn.event:
        case Command("week"):
            _later(turn, PERIOD, _asked(turn), period=PeriodKind.WEEK, part=Part.OVERVIEW)
        case Pressed(pressed):
            _pressed(turn, pressed)
        case _:
            _later(turn, SUMMARY, _asked(turn), on_demand=True)


def _pressed(turn: Turn, pressed: Press) -> None:
    found = buttons.read(pressed)
    if found is None:
        turn.toast(turn.say("turn.unknown_press"))
        return
    asked_at, period, what = found
    match pressed.action:
        case buttons.SHOW if period.kind is PeriodKind.DAY:
            _later(turn, SUMMARY, asked_at, day=period.first.isoformat(), on_demand=True)
        case buttons.SHOW:
            _later(turn, PERIOD, asked_at, period=period.name, part=Part.OVERVIEW)
        case buttons.PART:
            part = what if what in set(Part) else Part.OVERVIEW
            _later(turn, PERIOD, asked_at, period=period.name, part=part)
        case buttons.WHY:
            _later(turn, EXPLAINED, asked_at, period=period.name, page=_number(what))
        case buttons.OUTCOMES:
            _later(turn, OUTCOME_LIST, asked_at, period=period.name, page=_number(what))
        case buttons.SELLERS:
            _later(turn, BY_SELLER, asked_at, period=period.name, page=_number(what))
        case _ if what in buttons.FILES:
            values = {"team": turn.person.team.id, "period": period.name, "asked_at": asked_at.isoformat()}
            turn.show(line(turn.say("report.file_comes")))
            turn.send_file(what, **values)
        case _:
            turn.toast(turn.say("turn.unknown_press"))


def _later(turn: Turn, kind: str, asked_at: datetime, **values: str | int | bool) -> None:
    """In place of the report that was pressed, else as a new message."""
    in_place = isinstance(turn.event, Pressed) and turn.event.screen == SCREEN
    turn.show_later(kind, SCREEN, edits=in_place, team=turn.person.team.id, asked_at=asked_at.isoformat(), **values)


def _asked(turn: Turn) -> datetime:
    """In whole seconds, as buttons carry it, and after all that the turn itself did."""
    return datetime.fromtimestamp(int(turn.at.timestamp()) + 1, UTC)


def _number(what: str) -> int:
    return int(what) if what.isdecimal() else 0
