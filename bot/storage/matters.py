"""What figures are made of, read by index: a team's conversations with their steps, reminders, and what was spent.

Conversations come by (team, last touched), their steps by their keys, some conversations at a time, so that the memory
holds no more rows than these have. Rows stay rows: a model for each step would take most of the time.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, Final

import structlog
from sqlalchemy import BindParameter, ColumnElement, Connection, Row, Select, bindparam, select

from bot.storage.schema import conversation, customer, person, reminder, step, team
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import Team
from dialogs.reports.matters import LEFT_OUT, About, Told, told_by
from knowledge.figures.follow_ups import FollowUp
from knowledge.reporting_days import ReportingDays
from knowledge.taxonomy import AcquisitionId, LeadQuality, OutcomeId, TargetGroupId

log = structlog.get_logger()

_TEAM: Final[BindParameter[Any]] = bindparam("team")
_SINCE: Final[BindParameter[Any]] = bindparam("since")
_UNTIL: Final[BindParameter[Any]] = bindparam("until")
_CONVERSATIONS: Final[BindParameter[Any]] = bindparam("conversations", expanding=True)
_BUSY: Final = (conversation.c.team_id == _TEAM, conversation.c.touched_at >= _SINCE)
"""Conversations that something has happened in since then."""

_OWN: Final = (conversation.c.owner_id == bindparam("owner"), *_BUSY)

_AT_ONCE: Final = 100
"""Conversations whose steps are read together. PostgreSQL plans one cursor over all of them for its first rows: it then
walks through the conversations of the whole company."""

_SILENT: Final = [trigger.value for trigger in LEFT_OUT]


def _about(*which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            conversation.c.id, conversation.c.owner_id, conversation.c.customer_id, customer.c.name,
            customer.c.first_contact, customer.c.quality, customer.c.acquisition, customer.c.target_group,
        )
        .join(customer, customer.c.id == conversation.c.customer_id)
        .where(*which)
        .order_by(conversation.c.id)
    )  # fmt: skip


ABOUT: Final = _about(*_BUSY)
OWN_ABOUT: Final = _about(*_OWN)
_ABOUT_EARLIER: Final = _about(conversation.c.id.in_(_CONVERSATIONS))
STEPS: Final = (
    select(step.c.conversation_id, step.c.seq, step.c.at, step.c.trigger, step.c.target.label("to"), step.c.payload)
    .where(step.c.conversation_id.in_(_CONVERSATIONS), step.c.at < _UNTIL, step.c.trigger.not_in(_SILENT))
    .order_by(step.c.conversation_id, step.c.seq)
)

_ORDERS_BEFORE: Final = select(conversation.c.id).where(
    conversation.c.customer_id.in_(bindparam("customers", expanding=True)),
    conversation.c.team_id == _TEAM,
    conversation.c.outcome == OutcomeId.WON,
    conversation.c.touched_at < _SINCE,
)
_REMINDERS: Final = (
    select(reminder.c.due_on, reminder.c.done_on)
    .join(person, person.c.id == reminder.c.owner_id)
    .where(person.c.team_id == _TEAM, person.c.removed_at.is_(None), reminder.c.created_at < _UNTIL)
)


@dataclass(frozen=True, slots=True)
class KnownConversation:
    """A conversation as the figures see it, and the name of its customer, which only the list of outcomes shows.

    `owner` None: that person's data were deleted.
    """

    told: Told
    customer: str
    owner: int | None


def conversations_of(
    connection: Connection, of: Team, days: ReportingDays, since: datetime, until: datetime
) -> list[KnownConversation]:
    """The team's conversations that something has happened in since then, as they stood at `until` (exclusive)."""
    values = {"team": of.id, "since": since, "until": until}
    return list(_read(connection, of, days, ABOUT, values))


def own_conversations(
    connection: Connection, owner: PersonId, of: Team, days: ReportingDays, since: datetime, until: datetime
) -> list[KnownConversation]:
    """The same of one seller, for figures that this seller alone sees."""
    values = {"owner": owner, "team": of.id, "since": since, "until": until}
    return list(_read(connection, of, days, OWN_ABOUT, values))


def earlier_orders(
    connection: Connection, of: Team, days: ReportingDays, since: datetime, customers: Collection[int]
) -> list[KnownConversation]:
    """What these customers had ordered in conversations that nothing has happened in since: they were won before."""
    if not customers:
        return []
    found = connection.execute(_ORDERS_BEFORE, {"customers": list(customers), "team": of.id, "since": since})
    keys = list(found.scalars())
    if not keys:
        return []
    return list(_read(connection, of, days, _ABOUT_EARLIER, {"conversations": keys, "until": since}))


def reminders_of(connection: Connection, of: Team, until: datetime) -> Sequence[FollowUp]:
    """What the members of the team want to be reminded of beside the tasks of the follow-up."""
    rows = connection.execute(_REMINDERS, {"team": of.id, "until": until})
    return [FollowUp(row.due_on, row.done_on) for row in rows]


def founded(connection: Connection, of: Team) -> datetime:
    """Since when there is the team: nothing was observed before."""
    found: datetime = connection.execute(select(team.c.created_at).where(team.c.id == of.id)).scalar_one()
    return found


def _read(
    connection: Connection,
    of: Team,
    days: ReportingDays,
    about: Select[*tuple[Any, ...]],
    values: Mapping[str, Any],
) -> Iterator[KnownConversation]:
    known = {row.id: row for row in connection.execute(about, values)}
    keys = list(known)
    steps = chain.from_iterable(
        connection.execute(STEPS, {"conversations": keys[begin : begin + _AT_ONCE], "until": values["until"]})
        for begin in range(0, len(keys), _AT_ONCE)
    )
    for key, taken in groupby(steps, key=attrgetter("conversation_id")):
        row = known[key]
        try:
            told = told_by(taken, _known(row, of), days)
        except (ValueError, KeyError) as error:  # one that today's code can't read harms no other
            log.error("matter_unreadable", conversation=key, fault=type(error).__name__)
            continue
        yield KnownConversation(told, row.name, row.owner_id)


def _known(row: Row[*tuple[Any, ...]], of: Team) -> About:
    return About(
        conversation=row.id,
        seller=row.owner_id,
        currency=of.currency,
        first_contact=row.first_contact,
        quality=LeadQuality(row.quality) if row.quality else None,
        acquisition=AcquisitionId(row.acquisition) if row.acquisition else None,
        target_group=TargetGroupId(row.target_group) if row.target_group else None,
    )
