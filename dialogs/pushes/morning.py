"""The morning message: today's appointments and what is to be followed up, in ten lines."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from dialogs import menu
from dialogs.conversation.card_text import parted
from dialogs.customers.teller import Teller
from dialogs.following_up.due import Due, what_is_due
from dialogs.ports.days import Appointment, DueItem
from dialogs.pushes.briefing import appointment_words
from dialogs.view import Block, Heading, Hint, Text, View
from knowledge.language import writing

_MOST_APPOINTMENTS: Final = 5
MOST_FOLLOW_UPS: Final = 3


def morning_view(turn: Teller, day: date, appointments: Sequence[Appointment], due: Due) -> View:
    """The day at a glance; `due` holds at most MOST_FOLLOW_UPS of what is overdue and of what is due on this day."""
    return View(
        parted(
            (Heading(turn.say("pushes.morning", day=writing.day(day, turn.language, day))),),
            _appointment_lines(turn, appointments),
            _follow_up_lines(turn, due),
            _more(turn),
        )
    )


def _appointment_lines(turn: Teller, appointments: Sequence[Appointment]) -> tuple[Block, ...]:
    return tuple(
        Text(words)
        for words in _at_most(turn, [_appointment_line(turn, one) for one in appointments], _MOST_APPOINTMENTS)
    )


def _appointment_line(turn: Teller, appointment: Appointment) -> str:
    customer = None
    if appointment.customer_id is not None:
        customer = turn.store.customers.get(turn.person.id, appointment.customer_id)
    what = appointment_words(turn, appointment, customer)
    if appointment.all_day:
        return turn.say("pushes.all_day", what=what)
    start = appointment.starts_at.astimezone(ZoneInfo(turn.person.zone))
    return turn.say("pushes.heading", time=start.time(), what=what)


def _follow_up_lines(turn: Teller, due: Due) -> tuple[Block, ...]:
    n = due.overdue.n + due.today.n
    if not n:
        return ()
    sums = [
        turn.say(f"pushes.{name}", n=group.n)
        for name, group in (("overdue", due.overdue), ("today", due.today))
        if group.n
    ]
    shown = [*due.overdue, *due.today][: MOST_FOLLOW_UPS if n == MOST_FOLLOW_UPS else MOST_FOLLOW_UPS - 1]
    lines = [turn.say("pushes.due", sums=", ".join(sums)), *(_due_line(turn, item) for item in shown)]
    if n > len(shown):
        lines.append(turn.say("pushes.further", n=n - len(shown)))
    return tuple(Text(words) for words in lines)


def _due_line(turn: Teller, item: DueItem) -> str:
    what = what_is_due(item, turn.knowledge, turn.messages)
    words = turn.say("pushes.due_line", customer=item.customer, what=what) if item.customer else what
    return turn.say("pushes.no_contact", line=words) if item.no_contact else words


def _at_most(turn: Teller, lines: Sequence[str], most: int) -> list[str]:
    """The lines, or as many as fit with a last one that counts the rest."""
    if len(lines) <= most:
        return list(lines)
    return [*lines[: most - 1], turn.say("pushes.further", n=len(lines) - most + 1)]


def _more(turn: Teller) -> tuple[Block, ...]:
    """Where the rest is; only commands that the menu has."""
    words = [f"/{command.word(turn.language)}" for command in menu.COMMANDS if command.name in ("agenda", "followups")]
    return (Hint(turn.say("pushes.more", commands=" ".join(words))),) if words else ()
