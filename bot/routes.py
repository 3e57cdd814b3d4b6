"""Which dialog takes what: commands, buttons and everything else, as one table.

A dialog module names the commands and button actions that it takes; a name that two of them claim is an error.
"""

from collections.abc import Iterable
from typing import Final

from dialogs import (
    answers,
    door,
    help,  # noqa: A004 (the dialog)
    learn,
    menu,
    onboarding,
    plain_text,
    privacy,
    settings,
)
from dialogs.accounting import bab, costing
from dialogs.after_order import overview, satisfaction
from dialogs.agenda import appointment, from_task, typed, week
from dialogs.conversation import (
    closing_techniques,
    correcting,
    details,
    ending,
    heard,
    moves,
    notes,
    objection_help,
    objections,
    opening,
    price_room,
    signals,
    tasks,
)
from dialogs.customers import changes, listing, merge
from dialogs.exporting import screens as exporting
from dialogs.following_up import hardship, settling, summary_mail
from dialogs.my_numbers import screens as my_numbers
from dialogs.pushes import times as push_times
from dialogs.reports import own_figures
from dialogs.reports import screens as reports
from dialogs.team import evening, members, spendings
from dialogs.turn import Command, Dialog, Event, Pressed

TAKES_COMMANDS: Final = (
    onboarding, opening, objections, signals, closing_techniques, learn, listing, week, settling, bab, costing, answers,
    settings, privacy, my_numbers, reports, exporting, spendings, members, help,
)  # fmt: skip
TAKES_PRESSES: Final = (
    moves, opening, details, objections, objection_help, heard, signals, closing_techniques, ending, notes, tasks,
    correcting, price_room, listing, changes, merge, week, appointment, typed, from_task, settling, summary_mail,
    overview, satisfaction, hardship, learn, bab, costing, answers, onboarding, settings, push_times, privacy,
    my_numbers, reports, own_figures, exporting, spendings, members, evening, help,
)  # fmt: skip


def _table(named: Iterable[tuple[str, Dialog]]) -> dict[str, Dialog]:
    table: dict[str, Dialog] = {}
    for name, dialog in named:
        if name in table:
            raise ValueError(f"two dialogs take {name!r}: {table[name].__module__} and {dialog.__module__}")
        table[name] = dialog
    return table


COMMANDS: Final = _table((name, module.handle) for module in TAKES_COMMANDS for name in sorted(module.COMMANDS))
PRESSES: Final = _table((name, module.handle) for module in TAKES_PRESSES for name in sorted(module.ACTIONS))

OF_A_CONVERSATION: Final[frozenset[Dialog]] = frozenset(
    module.handle
    for module in (
        plain_text, answers, moves, opening, details, objections, objection_help, heard, signals, closing_techniques,
        ending, notes, tasks, correcting, price_room,
    )
)  # fmt: skip
"""While these are used, an open conversation may be going on: nothing is pushed."""


def dialog_for(event: Event) -> Dialog:
    """The dialog that takes an event; what nobody takes gets a kind line."""
    match event:
        case Command("start", door.FROM_INLINE):
            return learn.handle
        case Command(name):
            command = menu.find(name)
            return COMMANDS[command.name] if command else help.unknown
        case Pressed(press):
            return PRESSES.get(press.action, help.unknown_press)
        case _:
            return plain_text.handle
