"""What fits a reminder: the question for it, a sentence to say, and other products that the notes speak of."""

from collections.abc import Sequence
from typing import Final

from dialogs.after_order import cross_selling
from dialogs.conversation.talk import CustomerId
from dialogs.ports.customers import Customer, Permission
from dialogs.ports.days import DueItem, ReminderKind
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Block, Button, Hint, Row, Say
from knowledge.taxonomy import AppointmentKind, FollowUpTaskId, PhaseId, TargetGroupId

RATINGS: Final = (1, 2, 3, 4, 5)
_REFERRAL_ITEM: Final = "referral_asked"


def blocks(turn: Turn, item: DueItem) -> Sequence[Block]:
    """How a reminder is acted on."""
    customer = turn.store.customers.get(turn.person.id, item.customer_id) if item.customer_id else None
    how: list[Block] = [Hint(turn.say(f"after_order.how.{item.what}"))]
    if customer is None:
        return how
    if customer.target_group is TargetGroupId.B2C and customer.permission is not Permission.CONSENT:
        how.append(Hint(turn.say("after_order.consumer")))
    if item.what == ReminderKind.REFERRAL:
        how += referral_sentence(turn, customer)
    if item.what in (ReminderKind.CHECK_IN, ReminderKind.CROSS_SELLING):
        how += cross_selling.blocks(turn, customer.id)
    return how


def blocks_for_task(turn: Turn, task: FollowUpTaskId, customer_id: CustomerId | None) -> Sequence[Block]:
    """The same for a task of the follow-up: the sentence for a referral, hints of further needs."""
    customer = turn.store.customers.get(turn.person.id, customer_id) if customer_id else None
    if customer is not None and task is FollowUpTaskId.REFERRAL_REQUEST:
        return referral_sentence(turn, customer)
    if customer is not None and task is FollowUpTaskId.UP_CROSS_SELLING:
        return cross_selling.blocks(turn, customer.id)
    return ()


def referral_sentence(turn: Turn, customer: Customer) -> Sequence[Say]:
    """How to ask this customer for a referral; none where they want no contact."""
    if customer.permission is Permission.NO_CONTACT:
        return ()
    group = customer.target_group or TargetGroupId.B2B
    fitting = (
        sentence.text
        for sentence in turn.knowledge.phases[PhaseId.FOLLOW_UP].sentences
        if _REFERRAL_ITEM in sentence.items and sentence.fits(group, AppointmentKind.PHONE_CALL)
    )
    text = next(fitting, None)
    return () if text is None else (Say(text),)


def rating_row(turn: Turn, customer_id: CustomerId) -> Row:
    """How satisfied the customer is, from 1 to 5, with one tap; what is known is marked."""
    customer = turn.store.customers.get(turn.person.id, customer_id)
    known = customer.satisfaction if customer else None
    return tuple(
        Button(
            turn.say("settings.chosen", label=str(rating)) if rating == known else str(rating),
            Press("sat", customer_id, value=str(rating)),
        )
        for rating in RATINGS
    )
