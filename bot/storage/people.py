"""Members, teams and invites."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from bot.storage import inbox as letters
from bot.storage.costs import erase_costs
from bot.storage.outbox import Ended
from bot.storage.schema import (
    appointment,
    conversation,
    cost_sheet,
    costing,
    customer,
    day_off,
    follow_up,
    inbox,
    invite,
    note,
    outbox,
    person,
    product,
    push,
    reminder,
    sheet_text,
    step,
    team,
    waiting,
)
from bot.storage.upsert import insert_into
from dialogs.conversation.talk import ConversationId, PersonId
from dialogs.ports.people import Invite, Person, PushTimes, Role, StoredCounts, Team, TeamId
from knowledge.language.messages import Language

PROOF_LENGTH: Final = 24
"""So many hexadecimal digits of a code's digest show that whoever presses a button has seen the code."""

FORGOTTEN: Final = {
    "name": "", "alias": True, "owner_id": None, "company": "", "contact": "", "interests": "", "permission": None,
    "permission_at": None, "reference_at": None, "satisfaction_at": None,
}  # fmt: skip
"""A customer whose seller's data were deleted: nothing is left that tells who it is."""

_MEMBER = (
    select(
        person.c.id, person.c.chat_id, person.c.name, person.c.language, person.c.role, person.c.own_zone,
        person.c.active_conversation_id, team.c.id.label("team_id"), team.c.name.label("team_name"),
        team.c.language.label("team_language"), team.c.zone, team.c.region, team.c.currency,
        team.c.sellers_see_costs, team.c.summary_time, team.c.working_days, team.c.half_holidays_off,
        team.c.quiet_line, team.c.shows_sellers, person.c.morning, person.c.briefing, person.c.quiet_from,
        person.c.quiet_until,
    )
    .join(team, team.c.id == person.c.team_id)
    .where(person.c.removed_at.is_(None))
)  # fmt: skip
_MEMBER_BY_ID = _MEMBER.where(person.c.id == bindparam("wanted"))
_ADDRESSES = select(person.c.id, person.c.chat_id, person.c.language).where(
    person.c.id.in_(bindparam("wanted", expanding=True)), person.c.removed_at.is_(None)
)
_MEMBERS_BY_ID = _MEMBER.where(person.c.id.in_(bindparam("wanted", expanding=True)))


def _hash(code: str) -> str:
    """Codes are long and random, so a plain digest is enough to keep them out of the database."""
    return hashlib.sha256(code.encode()).hexdigest()


def _team(row: Row[*tuple[Any, ...]]) -> Team:
    return _team_called(row, TeamId(row.id), row.name, row.language)


def _team_called(row: Row[*tuple[Any, ...]], key: TeamId, name: str, language: str) -> Team:
    """A team's columns without those that have another name beside a person's."""
    return Team(
        key,
        name,
        Language(language),
        row.zone,
        row.region,
        row.currency,
        row.sellers_see_costs,
        summary_time=time.fromisoformat(row.summary_time),
        working_days=frozenset(int(day) for day in row.working_days),
        half_holidays_off=row.half_holidays_off,
        quiet_line=row.quiet_line,
        shows_sellers=row.shows_sellers,
    )


def _person(row: Row[*tuple[Any, ...]]) -> Person:
    return Person(
        id=PersonId(row.id),
        chat_id=row.chat_id,
        name=row.name,
        language=Language(row.language),
        role=Role(row.role),
        team=_team_called(row, TeamId(row.team_id), row.team_name, row.team_language),
        own_zone=row.own_zone,
        active=ConversationId(row.active_conversation_id) if row.active_conversation_id else None,
        pushes=PushTimes(
            morning=time.fromisoformat(row.morning) if row.morning else None,
            briefing=timedelta(minutes=row.briefing),
            quiet_from=time.fromisoformat(row.quiet_from),
            quiet_until=time.fromisoformat(row.quiet_until),
        ),
    )


class SqlPeople:
    """`dialogs.ports.People` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, person_id: PersonId) -> Person | None:
        row = self._connection.execute(_MEMBER_BY_ID, {"wanted": person_id}).one_or_none()
        return _person(row) if row else None

    def save(self, member: Person) -> None:
        values = {
            "chat_id": member.chat_id,
            "name": member.name,
            "language": member.language,
            "role": member.role,
            "team_id": member.team.id,
            "own_zone": member.own_zone,
            "active_conversation_id": member.active,
            "morning": _clock(member.pushes.morning) if member.pushes.morning else None,
            "briefing": int(member.pushes.briefing.total_seconds() // 60),
            "quiet_from": _clock(member.pushes.quiet_from),
            "quiet_until": _clock(member.pushes.quiet_until),
        }
        self._connection.execute(update(person).where(person.c.id == member.id).values(values))

    def join(
        self, found: Invite, person_id: PersonId, chat_id: int, name: str, language: Language, at: datetime
    ) -> Person:
        values = {
            "chat_id": chat_id,
            "name": name,
            "language": language,
            "role": found.role,
            "team_id": found.team.id,
            "joined_at": at,
            "removed_at": None,
            "blocked_at": None,
        }
        self._connection.execute(
            insert_into(self._connection, person)
            .values(id=person_id, **values)
            .on_conflict_do_update(index_elements=["id"], set_=values)
        )
        member = self.get(person_id)
        if member is None:
            raise LookupError("the person who has just joined is not there")
        return member

    def members(self, team_id: TeamId) -> Sequence[Person]:
        rows = self._connection.execute(_MEMBER.where(team.c.id == team_id).order_by(person.c.joined_at))
        return [_person(row) for row in rows]

    def show_costs(self, team_id: TeamId, shown: bool) -> None:
        self._connection.execute(update(team).where(team.c.id == team_id).values(sellers_see_costs=shown))

    def change_team(self, changed: Team) -> None:
        self._connection.execute(
            update(team)
            .where(team.c.id == changed.id)
            .values(
                summary_time=_clock(changed.summary_time), half_holidays_off=changed.half_holidays_off,
                working_days="".join(str(day) for day in sorted(changed.working_days)),
                quiet_line=changed.quiet_line, shows_sellers=changed.shows_sellers,
            )
        )  # fmt: skip

    def days_off(self, team_id: TeamId) -> frozenset[date]:
        rows = self._connection.execute(select(day_off.c.day).where(day_off.c.team_id == team_id))
        return frozenset(row.day for row in rows)

    def set_day_off(self, team_id: TeamId, day: date, off: bool) -> None:
        self._connection.execute(delete(day_off).where(day_off.c.team_id == team_id, day_off.c.day == day))
        if off:
            self._connection.execute(insert(day_off).values(team_id=team_id, day=day))

    def remove(self, person_id: PersonId, at: datetime) -> None:
        self._connection.execute(
            update(person).where(person.c.id == person_id).values(removed_at=at, active_conversation_id=None)
        )
        self._connection.execute(delete(waiting).where(waiting.c.person_id == person_id))
        self._end_invites(person_id)

    def _end_invites(self, person_id: PersonId) -> None:
        open_ones = (invite.c.created_by == person_id, invite.c.used_at.is_(None))
        self._connection.execute(delete(invite).where(*open_ones))

    def find_invite(self, code: str, at: datetime) -> Invite | None:
        return self._valid_invite(invite.c.code_hash == _hash(code), at)

    def find_invite_by_id(self, invite_id: int, at: datetime) -> Invite | None:
        return self._valid_invite(invite.c.id == invite_id, at)

    def _valid_invite(self, which: Any, at: datetime) -> Invite | None:
        row = self._connection.execute(
            select(team, invite.c.id.label("invite_id"), invite.c.role, invite.c.code_hash)
            .join(team, team.c.id == invite.c.team_id)
            .where(which, invite.c.used_at.is_(None), invite.c.expires_at > at)
        ).one_or_none()
        if row is None:
            return None
        return Invite(row.invite_id, _team(row), Role(row.role), proof=row.code_hash[:PROOF_LENGTH])

    def use_invite(self, found: Invite, person_id: PersonId, at: datetime) -> bool:
        used = self._connection.execute(
            update(invite)
            .where(invite.c.id == found.id, invite.c.used_at.is_(None))
            .values(used_at=at, used_by=person_id)
        )
        return used.rowcount == 1

    def create_invite(
        self,
        team_id: TeamId,
        role: Role,
        code: str,
        at: datetime,
        expires_at: datetime,
        by: PersonId | None = None,
    ) -> None:
        self._connection.execute(
            insert(invite).values(
                code_hash=_hash(code), team_id=team_id, role=role, created_at=at, created_by=by, expires_at=expires_at
            )
        )

    def stored_about(self, person_id: PersonId) -> Mapping[str, Any]:
        """Rows by table, as JSON values."""
        of_talks = select(conversation.c.id).where(conversation.c.owner_id == person_id)
        wanted = {
            "person": select(person).where(person.c.id == person_id),
            "customers": select(customer).where(customer.c.owner_id == person_id),
            "conversations": select(conversation).where(conversation.c.owner_id == person_id),
            "steps": select(step)
            .where(step.c.conversation_id.in_(of_talks))
            .order_by(step.c.conversation_id, step.c.seq),
            "notes": select(note).where(note.c.owner_id == person_id),
            "follow_ups": select(follow_up).where(follow_up.c.conversation_id.in_(of_talks)),
            "question": select(waiting).where(waiting.c.person_id == person_id),
            "cost_sheets": select(cost_sheet).where(cost_sheet.c.owner_id == person_id),
            "sheet_texts": select(sheet_text)
            .join(cost_sheet, cost_sheet.c.id == sheet_text.c.sheet_id)
            .where(cost_sheet.c.owner_id == person_id),
            "costings": select(costing).where(costing.c.owner_id == person_id),
            "products": select(product).where(product.c.owner_id == person_id),
            "appointments": select(appointment).where(appointment.c.owner_id == person_id),
            "reminders": select(reminder).where(reminder.c.owner_id == person_id),
            "pushed": select(push).where(push.c.recipient_id == person_id),
        }
        return {
            name: [
                {key: value if isinstance(value, str | int | dict | None) else str(value) for key, value in row.items()}
                for row in self._connection.execute(statement).mappings()
            ]
            for name, statement in wanted.items()
        }

    def count_stored(self, person_id: PersonId) -> StoredCounts:
        of_talks = select(conversation.c.id).where(conversation.c.owner_id == person_id)
        counts = [
            select(func.count()).select_from(table).where(which).scalar_subquery()
            for table, which in (
                (conversation, conversation.c.owner_id == person_id),
                (step, step.c.conversation_id.in_(of_talks)),
                (customer, customer.c.owner_id == person_id),
                (note, note.c.owner_id == person_id),
                (follow_up, follow_up.c.conversation_id.in_(of_talks)),
                (cost_sheet, cost_sheet.c.owner_id == person_id),
                (costing, costing.c.owner_id == person_id),
                (reminder, reminder.c.owner_id == person_id),
                (appointment, appointment.c.owner_id == person_id),
            )
        ]
        talks, steps, customers, notes, tasks, sheets, costings, reminders, appointments = self._connection.execute(
            select(*counts)
        ).one()
        return StoredCounts(talks, steps, customers, notes, tasks + reminders, sheets + costings, appointments)

    def erase(self, person_id: PersonId) -> None:
        run = self._connection.execute
        of_talks = select(conversation.c.id).where(conversation.c.owner_id == person_id)
        own_chat = select(person.c.chat_id).where(person.c.id == person_id)
        # What was put aside keeps its text for the operator; what is open still is emptied when it has ended.
        run(update(inbox).where(inbox.c.chat_id.in_(own_chat), inbox.c.state == letters.ASIDE).values(raw=None))
        run(update(outbox).where(outbox.c.chat_id.in_(own_chat), outbox.c.state == Ended.ASIDE).values(payload=None))
        run(delete(note).where(note.c.owner_id == person_id))
        run(delete(note).where(note.c.conversation_id.in_(of_talks)))
        run(delete(follow_up).where(follow_up.c.conversation_id.in_(of_talks)))
        run(delete(waiting).where(waiting.c.person_id == person_id))
        run(delete(appointment).where(appointment.c.owner_id == person_id))
        run(delete(reminder).where(reminder.c.owner_id == person_id))
        run(delete(push).where(push.c.recipient_id == person_id))
        erase_costs(self._connection, person_id)
        run(update(customer).where(customer.c.owner_id == person_id).values(FORGOTTEN))
        # Nobody acts in somebody else's conversation; by the actor alone every step of the company would be read.
        run(update(step).where(step.c.conversation_id.in_(of_talks)).values(actor_id=None))
        run(update(conversation).where(conversation.c.owner_id == person_id).values(owner_id=None))
        self._end_invites(person_id)
        run(update(invite).where(invite.c.created_by == person_id).values(created_by=None))
        run(update(invite).where(invite.c.used_by == person_id).values(used_by=None))
        run(delete(person).where(person.c.id == person_id))


def _clock(at: time) -> str:
    return at.strftime("%H:%M")


def members_by_id(connection: Connection, person_ids: Iterable[int]) -> Mapping[PersonId, Person]:
    """Those of these people who are members."""
    rows = connection.execute(_MEMBERS_BY_ID, {"wanted": list(person_ids)})
    return {PersonId(row.id): _person(row) for row in rows}


def addresses(connection: Connection, person_ids: Iterable[int]) -> Mapping[int, tuple[int, Language]]:
    """The chat and the language of those of these people who are members."""
    rows = connection.execute(_ADDRESSES, {"wanted": list(person_ids)})
    return {row.id: (row.chat_id, Language(row.language)) for row in rows}


def all_teams(connection: Connection) -> Sequence[Team]:
    """The teams of the company, by age."""
    return [_team(row) for row in connection.execute(select(team).order_by(team.c.id))]


def team_by_name(connection: Connection, name: str) -> Team | None:
    """The team of this name, upper and lower case aside."""
    # Compared here, not by the database: SQLite's lower() knows no umlauts.
    wanted = name.casefold()
    rows = connection.execute(select(team).order_by(team.c.id))
    return next((_team(row) for row in rows if row.name.casefold() == wanted), None)


def create_team(
    connection: Connection,
    name: str,
    language: Language,
    zone: str,
    region: str,
    summary_time: str,
    at: datetime,
) -> Team:
    """A new team; the currency follows the region (CHF for Switzerland, else EUR)."""
    currency = "CHF" if region.upper().startswith("CH") else "EUR"
    values = {
        "name": name,
        "language": language,
        "zone": zone,
        "region": region,
        "currency": currency,
        "summary_time": summary_time,
        "created_at": at,
    }
    key = connection.execute(insert(team).values(values).returning(team.c.id)).scalar_one()
    return Team(TeamId(key), name, language, zone, region, currency)


def mark_blocked(connection: Connection, chat_id: int, at: datetime | None) -> None:
    """Notes that a person has blocked the bot, or (None) that it may write again."""
    connection.execute(update(person).where(person.c.chat_id == chat_id).values(blocked_at=at))


def language_of_chat(connection: Connection, chat_id: int) -> Language:
    """The language of whoever this chat belongs to; German, the first one, where nobody is known."""
    found = connection.execute(select(person.c.language).where(person.c.chat_id == chat_id)).scalars().first()
    return Language(found) if found else Language.DE
