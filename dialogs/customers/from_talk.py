"""What a conversation says about its customer is kept with the customer, so that nobody enters it twice."""

from dataclasses import replace
from typing import Final

from dialogs.conversation.talk import ObjectionState, Talk, Value
from dialogs.ports.customers import Customer, Permission
from dialogs.turn import Turn
from knowledge.taxonomy import AcquisitionId, OutcomeId, TargetGroupId

KEPT: Final = frozenset({"target_group", "acquisition"})
"""Details of a conversation that are known of the customer from then on."""


def chosen(turn: Turn, talk: Talk, field: str) -> None:
    """A detail was chosen in the conversation. That somebody has become a customer does not change how they came."""
    customer = _of(turn, talk)
    if customer is None or field not in KEPT:
        return
    if field == "target_group":
        _save(turn, customer, replace(customer, target_group=talk.target_group))
    elif customer.acquisition is None or talk.acquisition is not AcquisitionId.EXISTING_CUSTOMER:
        _save(turn, customer, replace(customer, acquisition=talk.acquisition))


def moved(turn: Turn, talk: Talk) -> None:
    """The conversation is in another phase: a stage that was set by hand has had its time."""
    customer = _of(turn, talk)
    if customer is not None:
        _save(turn, customer, replace(customer, stage=None))


def asked_for_no_contact(turn: Turn, talk: Talk, state: ObjectionState) -> None:
    """The objection 'no contact' was noted, or was a slip."""
    customer = _of(turn, talk)
    if customer is None:
        return
    if state is ObjectionState.OPEN and customer.permission is not Permission.NO_CONTACT:
        _save(turn, customer, replace(customer, permission=Permission.NO_CONTACT, permission_at=turn.at))
    elif state is ObjectionState.WITHDRAWN and customer.permission is Permission.NO_CONTACT:
        _save(turn, customer, replace(customer, permission=None, permission_at=None))


def known_details(customer: Customer, last: Talk | None) -> dict[str, Value]:
    """With what a new conversation begins: what is known of the customer, else as it was the last time."""
    known: dict[str, Value] = {}
    if last is not None:
        known = {"target_group": last.target_group, "kind": last.kind, "acquisition": last.acquisition}
        if last.offer:
            known["offer"] = last.offer
    if customer.target_group is not None:
        known["target_group"] = TargetGroupId(customer.target_group)
    has_bought = last is not None and (
        last.outcome is OutcomeId.WON or last.acquisition is AcquisitionId.EXISTING_CUSTOMER
    )
    if has_bought:
        known["acquisition"] = AcquisitionId.EXISTING_CUSTOMER
    elif customer.acquisition is not None:
        known["acquisition"] = AcquisitionId(customer.acquisition)
    return known


def _of(turn: Turn, talk: Talk) -> Customer | None:
    return turn.store.customers.get(turn.person.id, talk.customer_id)


def _save(turn: Turn, before: Customer, after: Customer) -> None:
    if after != before:
        turn.store.customers.save(turn.person.id, after)
