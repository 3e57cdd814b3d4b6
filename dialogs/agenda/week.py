"""`/termine`: today and the days after it, a new appointment in a line or step by step, the week as a file.

command → the days; command with a line → the appointment; number → its card (`appointment`).
"""

from datetime import MAXYEAR, MINYEAR, date
from typing import Final

from dialogs import forms
from dialogs.agenda import calendar_files, typed
from dialogs.agenda.views import DAYS, SCREEN, draw, in_days, week_view, week_view_button
from dialogs.conversation.moves import press_of
from dialogs.press import Press
from dialogs.turn import Command, Turn
from dialogs.view import Button, Text, View, rows_of
from knowledge.taxonomy import AppointmentKind

COMMANDS: Final = frozenset({"agenda"})
ACTIONS: Final = frozenset({"ag_week", "ag_new", "ag_kind", "ag_files"})

_KINDS_IN_A_ROW: Final = 2


def handle(turn: Turn) -> None:
    """The command and the buttons of the days."""
    if isinstance(turn.event, Command):
        if turn.event.argument:
            typed.take_line(turn, turn.event.argument)
        else:
            turn.show(week_view(turn, turn.today), SCREEN)
        return
    press = press_of(turn)
    match press.action:
        case "ag_new":
            draw(turn, _kinds_view(turn))
        case "ag_kind" if press.value in set(AppointmentKind):
            forms.ask(turn, "appointment", 0, kind=press.value)
        case "ag_files":
            start = _day(press.value) or turn.today
            calendar_files.send(turn, in_days(turn, start, DAYS))
        case _:
            day, page = press.split()
            shown = _day(day) or turn.today
            draw(turn, week_view(turn, shown, int(page) if page.isdecimal() and len(page) < 4 else 0))


def _kinds_view(turn: Turn) -> View:
    buttons = [Button(entry.label, Press("ag_kind", value=kind)) for kind, entry in turn.knowledge.kinds.items()]
    back = week_view_button(turn)
    words = Text(turn.say("agenda.which_kind"))
    return View((words,), (*rows_of(buttons, _KINDS_IN_A_ROW), (back,)))


def _day(text: str) -> date | None:
    """A day with room for weeks on both sides."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if MINYEAR + 1 < day.year < MAXYEAR - 1 else None
