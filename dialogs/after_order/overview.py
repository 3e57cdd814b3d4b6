"""'Nach dem Auftrag': what is planned with a customer after their order, what they said, and what else fits.

Each planned day can be changed from here, long before it is due.
"""

from typing import Final

from dialogs.after_order import cross_selling, offers, planning, satisfaction
from dialogs.conversation import moves, side_screens
from dialogs.conversation.talk import Talk
from dialogs.following_up.day_list import PICK, press_for
from dialogs.ports.days import DueItem, DueSource, Reminder, ReminderId, ReminderKind
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View, rows_of
from knowledge.language.writing import day as written_day
from knowledge.taxonomy import OutcomeId

ACTIONS: Final = frozenset({"after", "cross"})


def handle(turn: Turn) -> None:
    """The card's button, and 'Erinnere mich' about further needs."""
    talk = moves.current(turn)
    if talk is None:
        return
    if talk.outcome is not OutcomeId.WON:
        turn.toast(turn.say("move.stale"))
        return
    if moves.press_of(turn).action == "cross":
        planning.remind_of_cross_selling(turn, talk)
        turn.toast(turn.say("after_order.cross_selling.planned"))
    side_screens.show(turn, f"after:{talk.id}", overview_view(turn, talk), turn.say("after_order.moved_down"))


def overview_view(turn: Turn, talk: Talk) -> View:
    """The days that are planned, with a button each."""
    customer = turn.store.customers.get(turn.person.id, talk.customer_id)
    name = customer.name if customer else turn.say("card.nameless")
    blocks: list[Block | None] = [Heading(turn.say("after_order.title", customer=name))]
    planned = _planned(turn, talk)
    blocks += [Text(_line(turn, reminder)) for reminder in planned]
    if not planned:
        blocks.append(Text(turn.say("after_order.nothing_planned")))
    if customer is not None and (said := satisfaction.said_in_short(turn, customer)):
        blocks.append(Text(said))
    found = cross_selling.blocks(turn, talk.customer_id)
    if found:
        blocks += [None, Hint(turn.say("after_order.cross_selling.title")), *found]
    days = [_day_button(turn, reminder, name) for reminder in planned if reminder.done_on is None]
    rows: list[Row] = [*rows_of(days, 2)]
    if found and not any(one.kind is ReminderKind.CROSS_SELLING and one.done_on is None for one in planned):
        rows.append((Button(turn.say("after_order.cross_selling.remind"), Press("cross", talk.id)),))
    if customer is not None:
        rows.append(offers.rating_row(turn, customer.id))
        blocks += [None, Hint(turn.say("after_order.rate_now"))]
    return View(tuple(blocks), tuple(rows))


def _planned(turn: Turn, talk: Talk) -> list[Reminder]:
    """Of this order, and the one check-in of the customer, whatever order it came with."""
    of_talk = list(turn.store.reminders.of(turn.person.id, talk.id))
    known = {reminder.id for reminder in of_talk}
    others = turn.store.reminders.open_with(turn.person.id, talk.customer_id)
    check_ins = [one for one in others if one.kind is ReminderKind.CHECK_IN and one.id not in known]
    return sorted([*of_talk, *check_ins], key=lambda reminder: (reminder.done_on or reminder.due_on, reminder.id))[-6:]


def _line(turn: Turn, reminder: Reminder) -> str:
    done = reminder.done_on is not None
    day = written_day(reminder.done_on or reminder.due_on, turn.language, turn.today)
    what = turn.say(f"after_order.reminder.{reminder.kind}")
    return turn.say("after_order.line_done" if done else "after_order.line", what=what, day=day)


def _day_button(turn: Turn, reminder: Reminder, customer: str) -> Button:
    item = DueItem(
        reminder.due_on, DueSource.REMINDER, ReminderId(reminder.id), reminder.kind, customer, reminder.customer_id,
        reminder.conversation_id,
    )  # fmt: skip
    return Button(turn.say(f"after_order.change.{reminder.kind}"), press_for(item, PICK, 0))
