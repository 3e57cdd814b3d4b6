"""Customers who want no contact: the warning that stands wherever one might write or call them."""

from zoneinfo import ZoneInfo

from dialogs.customers.teller import Teller
from dialogs.ports.customers import Customer, Permission


def warning(turn: Teller, customer: Customer | None) -> str | None:
    """'Kein Kontakt gewünscht, seit …'; None where nothing was said against it."""
    if customer is None or customer.permission is not Permission.NO_CONTACT:
        return None
    if customer.permission_at is None:
        return turn.say("customers.ban.undated")
    return turn.say("customers.ban.since", day=customer.permission_at.astimezone(ZoneInfo(turn.person.zone)).date())
