"""May this customer be contacted, and on what ground: the rules that fit, a reminder and no legal advice.

The rules come from content, by the team's country, the target group and how the contact came about. The ground that
was noted decides which of them stands first; it is kept with its date, also as a record, so that none is ever lost.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.customers import ban
from dialogs.learn_entries import press_to
from dialogs.ports.conversations import NoteKind
from dialogs.ports.customers import Customer, Permission
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View, rows_of
from knowledge.accounting.vat import country_of
from knowledge.entries import Reminder
from knowledge.search_terms import EntryKind
from knowledge.taxonomy import AcquisitionId, TargetGroupId

NOTHING_SAID: Final = "none"

_CAME_BY: Final = {
    Permission.INQUIRY: AcquisitionId.INBOUND,
    Permission.EXISTING: AcquisitionId.EXISTING_CUSTOMER,
}
"""Whoever asked, or has bought, is contacted by the rules for them, however the contact once came about."""

_MOST_RULES: Final = 4


def rules_for(turn: Turn, customer: Customer) -> Sequence[tuple[str, Reminder]]:
    """(id, rule) of what holds for contacting this customer in the team's country, in the order of the content.

    Where nothing is known: a company, as conversations begin, that has not asked for the contact.
    """
    group = customer.target_group or TargetGroupId.B2B
    came_by = customer.acquisition or AcquisitionId.COLD
    if customer.permission in _CAME_BY:
        came_by = _CAME_BY[customer.permission]
    country = country_of(turn.person.team.region)
    return [
        (id_, rule)
        for id_, rule in turn.knowledge.reminders.items()
        if rule.country == country and group in rule.target_groups and came_by in rule.acquisition
    ][:_MOST_RULES]


def permission_line(turn: Turn, customer: Customer) -> str:
    """'Kontakt: Einwilligung, seit Mo., 3.8.' or that nothing is noted."""
    if customer.permission is None:
        return turn.say("customers.permission.none")
    ground = turn.say(f"customers.ground.{customer.permission}")
    if customer.permission_at is None:
        return turn.say("customers.permission.now_undated", ground=ground)
    day = customer.permission_at.astimezone(ZoneInfo(turn.person.zone)).date()
    return turn.say("customers.permission.now", ground=ground, day=day)


def permission_view(turn: Turn, customer: Customer, back: Row) -> View:
    """What is noted, the rule that fits best, the others as buttons, and the grounds to choose from."""
    banned = ban.warning(turn, customer)
    blocks: list[Block | None] = [Heading(turn.say("customers.permission.title", customer=customer.name))]
    blocks.append(Text(banned or permission_line(turn, customer)))
    rules = rules_for(turn, customer)
    if banned:
        blocks += [None, Text(turn.say("customers.permission.leave_alone"))]
    elif rules:
        first = rules[0][1]
        group = turn.knowledge.target_groups[customer.target_group or TargetGroupId.B2B].label
        blocks += [
            None,
            Hint(turn.say("customers.permission.rule_for", group=group, title=first.title)),
            Text(first.text),
        ]
        blocks.append(Hint(turn.say("learn.source", law=first.law, day=first.checked)))
    if not banned:
        blocks.append(Hint(turn.say("customers.permission.on_what_ground")))
    grounds = [
        Button(
            turn.say("settings.chosen", label=label) if ground is customer.permission else label,
            Press("cu_set", customer.id, value=f"ground={ground}"),
        )
        for ground in Permission
        for label in (turn.say(f"customers.ground.{ground}"),)
    ]
    more = [Button(rule.title, press_to(EntryKind.RULE, id_)) for id_, rule in rules[1:]]
    rows: list[Row] = [*rows_of(grounds, 2), *rows_of(more, 1)]
    if customer.permission is not None:
        forget = Press("cu_set", customer.id, value=f"ground={NOTHING_SAID}")
        rows.append((Button(turn.say("customers.permission.forget"), forget),))
    return View(tuple(blocks), (*rows, back))


def set_ground(turn: Turn, customer: Customer, ground: Permission | None) -> Customer:
    """Notes on what ground there is contact from today on; None takes it back. The same again keeps its day."""
    if ground is customer.permission:
        return customer
    words = turn.say(f"customers.ground.{ground}") if ground else turn.say("customers.permission.taken_back")
    note = turn.say("customers.permission.noted", ground=words)
    if customer.permission is not None:
        note = turn.say("customers.permission.before", now=note, before=permission_line(turn, customer))
    turn.store.notes.add(turn.person.id, None, NoteKind.RECORD, note, turn.at, customer_id=customer.id)
    return replace(customer, permission=ground, permission_at=turn.at if ground else None)
