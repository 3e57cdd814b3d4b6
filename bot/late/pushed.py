"""The screens of pushes: drawn when they are sent, so that they say what holds then.

What is pushed to a person at one time is one message (`TOGETHER`): its parts are drawn by their kinds and stand below
one another. A part whose time has passed meanwhile, or that has nothing to say any more, is left out.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from bot.late.orders import Drawer, LateOrder, NothingToShow, ScreenNotAllowed
from bot.storage.store import SqlStore
from dialogs.agenda.due import appointments_on
from dialogs.customers.teller import JobTeller
from dialogs.following_up.due import due_until
from dialogs.following_up.hardship import is_due, month_asked, monthly_question
from dialogs.ports.days import AppointmentId
from dialogs.pushes.briefing import briefing_view
from dialogs.pushes.morning import MOST_FOLLOW_UPS, morning_view
from dialogs.view import Block, Row, View

TOGETHER: Final = "pushed"
"""The kind of the message that holds all that is pushed to a person at one time."""


def together(order: LateOrder, drawers: Mapping[str, Drawer]) -> View:
    """All parts in one message. Raises NothingToShow where none is left."""
    blocks: list[Block | None] = []
    rows: list[Row] = []
    for part in order.values["parts"]:
        if order.at >= datetime.fromisoformat(part["until"]):
            continue
        try:
            view = drawers[part["kind"]](replace(order, values=part["values"]))
        except (NothingToShow, ScreenNotAllowed):  # of one part: the others are still true
            continue
        blocks += (None, *view.blocks) if blocks else view.blocks
        rows += view.rows
    if not blocks:
        raise NothingToShow
    return View(tuple(blocks), tuple(rows))


def briefing(order: LateOrder) -> View:
    """Of an appointment that still stands."""
    turn = _teller(order)
    appointment = turn.store.appointments.get(turn.person.id, AppointmentId(int(order.values["appointment"])))
    if appointment is None or appointment.starts_at <= order.at:
        raise NothingToShow
    return briefing_view(turn, appointment)


def morning(order: LateOrder) -> View:
    """Of a day, with what is in it by now."""
    turn = _teller(order)
    day = date.fromisoformat(order.values["day"])
    appointments = appointments_on(turn.store, turn.person, day)
    due = due_until(turn.store, turn.person, day, MOST_FOLLOW_UPS)
    if not appointments and not due.overdue and not due.today:
        raise NothingToShow
    return morning_view(turn, day, appointments, due)


def hardship(order: LateOrder) -> View:
    """The question about the month before, to somebody who has not answered it."""
    turn = _teller(order)
    if month_asked(turn.today) != order.values["month"] or not is_due(turn.store, turn.person, turn.today):
        raise NothingToShow
    return monthly_question(turn)


def _teller(order: LateOrder) -> JobTeller:
    return JobTeller(SqlStore(order.connection), order.person, order.catalogue, order.messages, order.at)
