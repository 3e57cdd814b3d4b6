"""What an order brings with it: days on which satisfaction, a referral and a check-in are due.

They are planned with the order, end with it when it is undone, and each can be moved. A check-in follows a check-in.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from dialogs.conversation.talk import CustomerId, Talk, TaskState
from dialogs.following_up.due import no_weekend
from dialogs.ports.customers import Permission, Potential
from dialogs.ports.days import Reminder, ReminderId, ReminderKind
from dialogs.turn import Turn
from knowledge.taxonomy import FollowUpTaskId, OutcomeId, TargetGroupId

SATISFACTION_AFTER: Final = timedelta(days=14)
"""Counted from the order."""

REFERRAL_AFTER: Final = timedelta(days=28)
"""When delivery is done and a first success is there, in most trades; the seller moves it where that takes longer."""

CHECK_IN_AFTER: Final = timedelta(days=90)
_BY_POTENTIAL: Final = {
    Potential.A: timedelta(days=60),
    Potential.B: CHECK_IN_AFTER,
    Potential.C: timedelta(days=180),
}
_BY_TARGET_GROUP: Final = {TargetGroupId.B2C: timedelta(days=180)}
"""Of customers whom nobody has rated: consumers are asked less often."""

_REFERRAL: Final = FollowUpTaskId.REFERRAL_REQUEST


def follow_outcome(turn: Turn, talk: Talk) -> None:
    """Plans what a new order needs; what was planned for one that was taken back goes, as far as it is open.

    Nothing is planned for who wants no contact.
    """
    planned = turn.store.reminders.of(turn.person.id, talk.id)
    if talk.outcome is not OutcomeId.WON:
        for reminder in planned:
            if reminder.done_on is None:
                turn.store.reminders.remove(turn.person.id, reminder.id)
        return
    customer = turn.store.customers.get(turn.person.id, talk.customer_id)
    if customer is not None and customer.permission is Permission.NO_CONTACT:
        return
    kinds = {reminder.kind for reminder in planned}
    if ReminderKind.SATISFACTION not in kinds:
        _plan(turn, talk, ReminderKind.SATISFACTION, turn.today + SATISFACTION_AFTER)
    if ReminderKind.REFERRAL not in kinds and talk.task(_REFERRAL).state is TaskState.OPEN:
        _plan(turn, talk, ReminderKind.REFERRAL, turn.today + REFERRAL_AFTER)
    later = turn.today + check_in_after(turn, talk.customer_id, talk.target_group)
    earlier = _open(turn, talk.customer_id, ReminderKind.CHECK_IN)
    if earlier is None:
        _plan(turn, talk, ReminderKind.CHECK_IN, later)
    else:  # the customer hears from the seller anyway
        turn.store.reminders.save(turn.person.id, replace(earlier, due_on=no_weekend(later)))


def follow_referral_task(turn: Turn, talk: Talk) -> None:
    """The task about the referral stands on the card too: once it is done, dated or left out there, that counts."""
    open_one = next(
        (
            reminder
            for reminder in turn.store.reminders.of(turn.person.id, talk.id)
            if reminder.kind is ReminderKind.REFERRAL and reminder.done_on is None
        ),
        None,
    )
    if talk.task(_REFERRAL).state is not TaskState.OPEN:
        if open_one is not None:
            turn.store.reminders.remove(turn.person.id, open_one.id)
    elif open_one is None and talk.outcome is OutcomeId.WON:
        _plan(turn, talk, ReminderKind.REFERRAL, turn.today + REFERRAL_AFTER)


def follow_potential(turn: Turn, customer_id: CustomerId) -> None:
    """A customer was rated: the next check-in is as far away as the rating says."""
    reminder = _open(turn, customer_id, ReminderKind.CHECK_IN)
    if reminder is not None:
        due = turn.today + check_in_after(turn, customer_id)
        turn.store.reminders.save(turn.person.id, replace(reminder, due_on=no_weekend(due)))


def end(turn: Turn, reminder: Reminder) -> None:
    """Done. After a check-in the next one is planned; a second press changes nothing."""
    if reminder.done_on is not None:
        return
    turn.store.reminders.save(turn.person.id, replace(reminder, done_on=turn.today))
    if reminder.kind is ReminderKind.CHECK_IN and reminder.customer_id is not None:
        due = no_weekend(turn.today + check_in_after(turn, reminder.customer_id))
        turn.store.reminders.add(turn.person.id, replace(reminder, due_on=due, done_on=None), turn.at)


def move(turn: Turn, reminder: Reminder, day: date) -> None:
    """Due on that day, also again after it was done; then the check-in that was planned after it goes."""
    if reminder.done_on is not None and reminder.kind is ReminderKind.CHECK_IN and reminder.customer_id is not None:
        following = _open(turn, reminder.customer_id, ReminderKind.CHECK_IN)
        if following is not None:
            turn.store.reminders.remove(turn.person.id, following.id)
    turn.store.reminders.save(turn.person.id, replace(reminder, due_on=day, done_on=None))


def remind_of_cross_selling(turn: Turn, talk: Talk) -> None:
    """A reminder of further needs, as far away as the follow-up task about them; one at a time."""
    if _open(turn, talk.customer_id, ReminderKind.CROSS_SELLING) is None:
        days = turn.knowledge.follow_up[FollowUpTaskId.UP_CROSS_SELLING].due_in_days
        _plan(turn, talk, ReminderKind.CROSS_SELLING, turn.today + timedelta(days=days))


def end_all(turn: Turn, customer_id: CustomerId, kind: ReminderKind) -> None:
    """What was to be asked has been asked: all open reminders of this kind about the customer are done."""
    for reminder in turn.store.reminders.open_with(turn.person.id, customer_id):
        if reminder.kind is kind:
            end(turn, reminder)


def check_in_after(turn: Turn, customer_id: CustomerId, target_group: TargetGroupId | None = None) -> timedelta:
    """How long after the last contact a customer is asked how things are: by A, B or C, else by the target group."""
    customer = turn.store.customers.get(turn.person.id, customer_id)
    if customer is not None and customer.potential is not None:
        return _BY_POTENTIAL[customer.potential]
    group = customer.target_group if customer and customer.target_group else target_group
    return _BY_TARGET_GROUP.get(group, CHECK_IN_AFTER) if group else CHECK_IN_AFTER


def _open(turn: Turn, customer_id: CustomerId, kind: ReminderKind) -> Reminder | None:
    found = turn.store.reminders.open_with(turn.person.id, customer_id)
    return next((reminder for reminder in found if reminder.kind is kind), None)


def _plan(turn: Turn, talk: Talk, kind: ReminderKind, day: date) -> None:
    reminder = Reminder(ReminderId(0), kind, no_weekend(day), talk.customer_id, talk.id)
    turn.store.reminders.add(turn.person.id, reminder, turn.at)
