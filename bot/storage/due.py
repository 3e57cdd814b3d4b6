"""What a seller has to do by a day, from its three sources: dated tasks, postponed conversations, reminders.

Each source has an index that begins with the owner; names are looked up for the rows of one page only.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce
from operator import add
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from bot.storage.schema import conversation, customer, follow_up, reminder
from dialogs.conversation.talk import ConversationId, CustomerId, PersonId
from dialogs.ports.customers import Permission
from dialogs.ports.days import DueCounts, DueItem, DueSource

_OWNER: Final[BindParameter[Any]] = bindparam("owner")
_UNTIL: Final[BindParameter[Any]] = bindparam("until")
_FIRST: Final[BindParameter[Any]] = bindparam("first", type_=Integer)
_TODAY: Final[BindParameter[Any]] = bindparam("today")
_NO_CUSTOMER: Final = cast(null(), reminder.c.customer_id.type)


def _from(source: DueSource) -> Any:
    return literal(source.value, String).label("source")


_TASKS: Final = select(
    follow_up.c.due_on.label("day"), _from(DueSource.TASK), follow_up.c.conversation_id.label("id"),
    follow_up.c.task.label("what"), follow_up.c.conversation_id.label("conversation_id"),
    _NO_CUSTOMER.label("customer_id"),
).where(follow_up.c.owner_id == _OWNER)  # fmt: skip
_POSTPONED: Final = select(
    conversation.c.until.label("day"), _from(DueSource.POSTPONED), conversation.c.id,
    literal("", String).label("what"), conversation.c.id.label("conversation_id"), conversation.c.customer_id,
).where(conversation.c.owner_id == _OWNER)  # fmt: skip
_REMINDERS: Final = select(
    reminder.c.due_on.label("day"), _from(DueSource.REMINDER), reminder.c.id, reminder.c.kind.label("what"),
    reminder.c.conversation_id, reminder.c.customer_id,
).where(reminder.c.owner_id == _OWNER, reminder.c.done_on.is_(None))  # fmt: skip
_DAYS: Final = {_TASKS: follow_up.c.due_on, _POSTPONED: conversation.c.until, _REMINDERS: reminder.c.due_on}


def _first_of(source: Select[*tuple[Any, ...]]) -> Any:
    """As many as all pages up to this one could need: the index gives them in order, so no more is read."""
    columns = source.selected_columns
    ordered = source.where(_DAYS[source] <= _UNTIL).order_by(_DAYS[source], columns.id, columns.what).limit(_FIRST)
    return select(ordered.subquery())


_PAGE: Final = union_all(*map(_first_of, _DAYS)).subquery()
_ORDER: Final = (_PAGE.c.day, _PAGE.c.source, _PAGE.c.id, _PAGE.c.what)
_ITEMS: Final = (
    select(
        _PAGE.c.day, _PAGE.c.source, _PAGE.c.id, _PAGE.c.what, _PAGE.c.conversation_id,
        customer.c.id.label("customer_id"), customer.c.name, customer.c.permission,
    )
    .select_from(_PAGE)
    .outerjoin(conversation, conversation.c.id == _PAGE.c.conversation_id)
    .outerjoin(customer, customer.c.id == func.coalesce(_PAGE.c.customer_id, conversation.c.customer_id))
    .order_by(*_ORDER)
    .limit(bindparam("limit", type_=Integer))
    .offset(bindparam("skip", type_=Integer))
)  # fmt: skip


def _how_many(when: Callable[[ColumnElement[Any]], ColumnElement[bool]]) -> ColumnElement[Any]:
    counts = [
        select(func.count()).select_from(source.where(when(day)).subquery()).scalar_subquery()
        for source, day in _DAYS.items()
    ]
    return reduce(add, counts)


_COUNTS: Final = select(
    _how_many(lambda day: day < _TODAY).label("overdue"),
    _how_many(lambda day: day == _TODAY).label("today"),
    _how_many(lambda day: and_(day > _TODAY, day <= _UNTIL)).label("week"),
)


def due_items(connection: Connection, owner: PersonId, until: date, limit: int, skip: int) -> Sequence[DueItem]:
    """Those due by that day, the oldest first."""
    values = {"owner": owner, "until": until, "first": skip + limit, "limit": limit, "skip": skip}
    return [_item(row) for row in connection.execute(_ITEMS, values)]


def count_due(connection: Connection, owner: PersonId, today: date, until: date) -> DueCounts:
    """How many these are."""
    row = connection.execute(_COUNTS, {"owner": owner, "today": today, "until": until}).one()
    return DueCounts(row.overdue, row.today, row.week)


def _item(row: Row[*tuple[Any, ...]]) -> DueItem:
    return DueItem(
        day=row.day,
        source=DueSource(row.source),
        id=row.id,
        what=row.what,
        customer=row.name or "",
        customer_id=None if row.customer_id is None else CustomerId(row.customer_id),
        conversation_id=None if row.conversation_id is None else ConversationId(row.conversation_id),
        no_contact=row.permission == Permission.NO_CONTACT,
    )
