"""What could be pushed to whom, found by indexes, and what was pushed.

The first look is a sieve: it may give people to whom nothing is due, never leave one out. The decision is
`dialogs.pushes.due`. Core statements only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    union,
)
from sqlalchemy.sql.dml import ReturningInsert

from bot.storage.schema import (
    appointment,
    conversation,
    day_off,
    follow_up,
    lane,
    person,
    push,
    reminder,
    team,
)
from bot.storage.upsert import Inserting, made_once
from dialogs.conversation.talk import PersonId, Standing
from dialogs.ports.days import AppointmentId
from dialogs.ports.people import Role
from dialogs.pushes.due import IN_USE_FOR, Key, Push, PushKind
from knowledge.wall_clock import day_span, moment_of
from knowledge.working_days import WorkingDays

LEADS: Final = (5, 15, 30, 60)
"""Minutes before an appointment that a person may choose for the briefing."""
LONGEST_LEAD: Final = timedelta(minutes=max(LEADS))
KEPT: Final = timedelta(days=60)
"""So long it is known what was pushed; far longer than anything is made up for."""
PORTION: Final = 500

_HOUR: Final = timedelta(hours=1)
_own_zone = func.coalesce(person.c.own_zone, team.c.zone)
_REACHABLE: ColumnElement[bool] = and_(person.c.removed_at.is_(None), person.c.blocked_at.is_(None))
_ZONES = union(
    select(team.c.zone.label("zone")), select(person.c.own_zone.label("zone")).where(person.c.own_zone.is_not(None))
)


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one or several zones that show the same: its time now, its day, and when this day began."""

    zones: tuple[str, ...]
    local: datetime
    begins: datetime
    noon: datetime

    @property
    def day(self) -> date:
        """The local date."""
        return self.local.date()

    def of_person(self) -> ColumnElement[bool]:
        """Whether a person goes by it."""
        return _own_zone.in_(self.zones)


def clocks(connection: Connection, moment: datetime) -> list[Clock]:
    """All clocks by which somebody goes. Berlin, Vienna and Zürich are looked at in one go."""
    alike: dict[tuple[datetime, ...], list[str]] = {}
    for zone in sorted(connection.execute(_ZONES).scalars()):
        local = moment.astimezone(ZoneInfo(zone))
        day = local.date()
        shows = (local.replace(tzinfo=None, fold=0), day_span(day, zone)[0], moment_of(day, time(12), zone))
        alike.setdefault(shows, []).append(zone)
    return [
        Clock(tuple(known), moment.astimezone(ZoneInfo(known[0])), begins, noon)
        for (_, begins, noon), known in alike.items()
    ]


# Who may be told something


def before_appointments(connection: Connection, moment: datetime, known: Iterable[Clock]) -> set[int]:
    """People with an appointment that starts within their lead, about which nothing was said."""
    found: set[int] = set()
    for clock in known:
        for day, start, end in _days_ahead(moment, clock):
            found.update(connection.execute(_before_appointments(moment, clock, day, start, end)).scalars())
    return found


def _before_appointments(moment: datetime, clock: Clock, day: date, start: datetime, end: datetime) -> Select[int]:
    in_lead = or_(
        *(
            and_(person.c.briefing == lead, appointment.c.starts_at <= moment + timedelta(minutes=lead))
            for lead in LEADS
        )
    )
    return (
        select(appointment.c.owner_id)
        .join(person, person.c.id == appointment.c.owner_id)
        .join(team, team.c.id == person.c.team_id)
        .where(
            appointment.c.starts_at > start, appointment.c.starts_at <= end,
            appointment.c.cancelled_at.is_(None), appointment.c.all_day.is_(False),
            in_lead, clock.of_person(), _REACHABLE, _awake(clock), not_(_in_use(moment)),
            not_(_told(PushKind.BRIEFING, appointment.c.id, day)),
        )
    )  # fmt: skip


def in_the_morning(
    connection: Connection, moment: datetime, known: Iterable[Clock], kind: PushKind = PushKind.MORNING
) -> set[int]:
    """People whose morning minute has come on a working day of their team, and with whom this kind is not settled."""
    mornings = [clock for clock in known if moment < clock.noon]
    kinds_of_team = connection.execute(_KINDS_OF_TEAM).all() if mornings else ()
    found: set[int] = set()
    for clock in mornings:
        working = [each for each in kinds_of_team if _works(each, clock.day)]
        if working:
            found.update(connection.execute(_in_the_morning(moment, clock, working, kind)).scalars())
    return found


_KINDS_OF_TEAM = select(team.c.region, team.c.working_days, team.c.half_holidays_off).distinct()


def _works(kind: Any, day: date) -> bool:
    weekdays = frozenset(int(number) for number in kind.working_days)
    return WorkingDays(weekdays, kind.region, kind.half_holidays_off).works(day)


def _in_the_morning(moment: datetime, clock: Clock, working: Sequence[Any], kind: PushKind) -> Select[int]:
    # In the hour that comes again, what was due in the first one is still due.
    latest = _written(clock.local + clock.local.fold * _HOUR)
    works = or_(
        *(
            and_(
                team.c.region == each.region, team.c.working_days == each.working_days,
                team.c.half_holidays_off.is_(each.half_holidays_off),
            )
            for each in working
        )
    )  # fmt: skip
    is_off = exists().where(day_off.c.team_id == team.c.id, day_off.c.day == clock.day)
    return (
        select(person.c.id)
        .join(team, team.c.id == person.c.team_id)
        .where(
            person.c.morning <= latest, person.c.joined_at < clock.begins, _REACHABLE,
            not_(_told(kind, literal(0), clock.day)), clock.of_person(), _awake(clock), works,
            not_(is_off), not_(_in_use(moment)),
        )
    )  # fmt: skip


def managers(connection: Connection, moment: datetime, known: Iterable[Clock], due: Mapping[int, Push]) -> set[int]:
    """Managers who do not have the summary (by team) that was due last for their team."""
    found: set[int] = set()
    awake = or_(false(), *(and_(clock.of_person(), _awake(clock)) for clock in known))
    for day, due_at in {(each.day, each.due_at) for each in due.values()}:
        rows = connection.execute(_managers(moment, day, due_at, awake))
        found.update(row.id for row in rows if (each := due.get(row.team_id)) and each.due_at == due_at)
    return found


def _managers(moment: datetime, day: date, due_at: datetime, awake: ColumnElement[bool]) -> Select[int, int]:
    return (
        select(person.c.id, person.c.team_id)
        .join(team, team.c.id == person.c.team_id)
        .where(
            person.c.role == Role.MANAGER, person.c.joined_at <= due_at, _REACHABLE,
            not_(_told(PushKind.SUMMARY, person.c.team_id, day)), awake, not_(_in_use(moment)),
        )
    )  # fmt: skip


def _days_ahead(moment: datetime, clock: Clock) -> list[tuple[date, datetime, datetime]]:
    """The span ahead in which a briefing may be due, by the local days that it touches."""
    last = moment + LONGEST_LEAD
    ends = day_span(clock.day, clock.zones[0])[1]
    if last < ends:
        return [(clock.day, moment, last)]
    midnight = ends - timedelta(microseconds=1)  # which belongs to the new day
    return [(clock.day, moment, midnight), (clock.day + timedelta(days=1), midnight, last)]


def _told(kind: PushKind, subject: ColumnElement[int], day: date) -> ColumnElement[bool]:
    return exists().where(
        push.c.recipient_id == person.c.id, push.c.kind == kind, push.c.subject == subject, push.c.day == day
    )


def _in_use(moment: datetime) -> ColumnElement[bool]:
    """Whether the person uses an open conversation: it went on, or something of it was pressed or typed."""
    start, end = moment - IN_USE_FOR, moment + IN_USE_FOR
    is_open = and_(conversation.c.id == person.c.active_conversation_id, conversation.c.standing == Standing.OPEN)
    # Two questions beside each other: one inside the other would ask for anybody's chat, not for this person's.
    went_on = exists().where(is_open, conversation.c.touched_at > start, conversation.c.touched_at < end)
    pressed = exists().where(
        is_open, lane.c.chat_id == person.c.chat_id, lane.c.talked_at > start, lane.c.talked_at < end
    )
    return or_(went_on, pressed)


def _awake(clock: Clock) -> ColumnElement[bool]:
    """Whether it is outside of the person's quiet hours by this clock."""
    shows = _written(clock.local)
    before, after = person.c.quiet_from > shows, person.c.quiet_until <= shows
    return case((person.c.quiet_from <= person.c.quiet_until, or_(before, after)), else_=and_(before, after))


def _written(local: datetime) -> str:
    return local.strftime("%H:%M")


# What is known of them


def talked_at(connection: Connection, people: Sequence[int]) -> dict[int, datetime]:
    """When those who have an open conversation in hand last used it."""
    rows = connection.execute(
        select(person.c.id, lane.c.talked_at, conversation.c.touched_at)
        .join(conversation, conversation.c.id == person.c.active_conversation_id)
        .outerjoin(lane, lane.c.chat_id == person.c.chat_id)
        .where(person.c.id.in_(people), conversation.c.standing == Standing.OPEN)
    )
    return {row.id: max(row.talked_at or row.touched_at, row.touched_at) for row in rows}


def told(connection: Connection, people: Sequence[int], moment: datetime) -> dict[int, set[Key]]:
    """What was pushed to these people, as far back as anything is made up for."""
    rows = connection.execute(
        select(push.c.recipient_id, push.c.kind, push.c.subject, push.c.day).where(
            push.c.recipient_id.in_(people), push.c.day >= (moment - KEPT).date()
        )
    )
    known: dict[int, set[Key]] = {}
    for row in rows:
        if row.kind in set(PushKind):
            known.setdefault(row.recipient_id, set()).add((PushKind(row.kind), row.subject, row.day))
    return known


def appointments_ahead(
    connection: Connection, people: Sequence[int], moment: datetime
) -> list[tuple[PersonId, AppointmentId, datetime]]:
    """(owner, appointment, start) of what begins within the longest lead."""
    rows = connection.execute(
        select(appointment.c.owner_id, appointment.c.id, appointment.c.starts_at).where(
            appointment.c.owner_id.in_(people), appointment.c.cancelled_at.is_(None), appointment.c.all_day.is_(False),
            appointment.c.starts_at > moment, appointment.c.starts_at <= moment + LONGEST_LEAD,
        )
    )  # fmt: skip
    return [(PersonId(row.owner_id), AppointmentId(row.id), row.starts_at) for row in rows]


def with_something_to_do(connection: Connection, people: Sequence[int], day: date, zone: str) -> set[int]:
    """Those who have an appointment on this day in the zone, or something to follow up by then."""
    start, end = day_span(day, zone)
    booked = select(appointment.c.owner_id).where(
        appointment.c.owner_id.in_(people), appointment.c.cancelled_at.is_(None),
        appointment.c.starts_at < end, appointment.c.ends_at > start,
    )  # fmt: skip
    tasks = select(follow_up.c.owner_id).where(follow_up.c.owner_id.in_(people), follow_up.c.due_on <= day)
    talks = select(conversation.c.owner_id).where(conversation.c.owner_id.in_(people), conversation.c.until <= day)
    reminders = select(reminder.c.owner_id).where(
        reminder.c.owner_id.in_(people), reminder.c.done_on.is_(None), reminder.c.due_on <= day
    )
    return set(connection.execute(union(booked, tasks, talks, reminders)).scalars())


def days_off(connection: Connection, since: date) -> dict[int, frozenset[date]]:
    """The teams' own free days from a day on, by team."""
    rows = connection.execute(select(day_off.c.team_id, day_off.c.day).where(day_off.c.day >= since))
    found: dict[int, set[date]] = {}
    for row in rows:
        found.setdefault(row.team_id, set()).add(row.day)
    return {key: frozenset(days) for key, days in found.items()}


# What was pushed


def settle(connection: Connection, recipient: PersonId, told: Push, moment: datetime) -> bool:
    """Writes down that this is told now; False where it was told before, by whichever process."""
    values = {"to": recipient, "what": told.kind, "about": told.subject, "on": told.day, "now": moment}
    return connection.execute(_settle(connection), values).one_or_none() is not None


@made_once
def _settle(insert: Inserting) -> ReturningInsert[Any]:
    new = insert(push).values(
        recipient_id=bindparam("to"), kind=bindparam("what"), subject=bindparam("about"), day=bindparam("on"),
        at=bindparam("now"),
    )  # fmt: skip
    return new.on_conflict_do_nothing().returning(push.c.recipient_id)


def tidy_pushes(connection: Connection, now: datetime) -> bool:
    """Removes a portion of what was pushed long ago; whether there may be more."""
    oldest = select(push.c.at).where(push.c.at < now.astimezone(UTC) - KEPT).order_by(push.c.at).limit(PORTION)
    return connection.execute(delete(push).where(push.c.at.in_(oldest))).rowcount > 0
