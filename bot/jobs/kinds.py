"""The kinds of pushes. A kind says who may be told something, what exactly, and which late screen says it.

To add a kind:

1. a value in `dialogs.pushes.due.PushKind`, in the order in which it stands in a message with others;
2. a function in `dialogs.pushes.offers` that makes a `Push` of it: due when, pointless from when, about what;
3. a class here with `candidates` (indexed SQL in `bot.storage.pushes`; too many people are fine, too few are not) and
   `offers`, both reading only, and an instance in `KINDS`;
4. a drawer of its screen in `bot.late.drawing.DRAWERS` under the same name. It gets the values of the offer; where
   there is nothing to say any more it raises NothingToShow. A kind that nobody draws is not pushed.

When it is told, to whom at once, that it is told once, and what becomes of it in quiet hours or during a conversation
is none of a kind's business: `dialogs.pushes.due` decides for all.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.storage import pushes
from bot.storage.people import all_teams
from bot.storage.pushes import Clock
from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId
from dialogs.following_up.hardship import is_due, month_asked
from dialogs.ports.people import Person, Role
from dialogs.pushes.due import Push, PushKind
from dialogs.pushes.offers import ASKED_UNTIL, briefing_of, hardship_of, morning_of, summary_of, working_days_of
from knowledge.working_days import WorkingDays

LOOKS_BACK: Final = timedelta(days=32)
"""So far back days off matter: no summary is made up for that is older."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A push for a person, and what its late screen is drawn from (JSON values)."""

    recipient: PersonId
    push: Push
    values: Mapping[str, Any]


class Kind(Protocol):
    """A kind of push; both methods read and change nothing."""

    kind: PushKind

    def candidates(self, connection: Connection, moment: datetime, clocks: Sequence[Clock]) -> set[int]:
        """Everybody to whom something of this kind may be due now."""

    def offers(self, connection: Connection, moment: datetime, people: Mapping[PersonId, Person]) -> Iterator[Offer]:
        """What could be told to these people: some of the candidates."""


class Briefings:
    """Before an appointment; subject: the appointment, day: on which it begins in the person's zone."""

    kind = PushKind.BRIEFING

    def candidates(self, connection: Connection, moment: datetime, clocks: Sequence[Clock]) -> set[int]:
        return pushes.before_appointments(connection, moment, clocks)

    def offers(self, connection: Connection, moment: datetime, people: Mapping[PersonId, Person]) -> Iterator[Offer]:
        for owner, appointment, starts_at in pushes.appointments_ahead(connection, list(people), moment):
            push = briefing_of(people[owner], appointment, starts_at)
            if push is not None:
                yield Offer(owner, push, {"appointment": appointment})


class Mornings:
    """What is on today; no subject, day: the date in the person's zone."""

    kind = PushKind.MORNING

    def candidates(self, connection: Connection, moment: datetime, clocks: Sequence[Clock]) -> set[int]:
        return pushes.in_the_morning(connection, moment, clocks)

    def offers(self, connection: Connection, moment: datetime, people: Mapping[PersonId, Person]) -> Iterator[Offer]:
        days_off = pushes.days_off(connection, (moment - LOOKS_BACK).date())
        by_zone: dict[str, list[Person]] = defaultdict(list)
        for person in people.values():
            by_zone[person.zone].append(person)
        for zone, members in by_zone.items():
            day = moment.astimezone(ZoneInfo(zone)).date()
            busy = pushes.with_something_to_do(connection, [person.id for person in members], day, zone)
            for person in members:
                days = working_days_of(person.team, days_off)
                push = morning_of(person, day, days, has_something=person.id in busy)
                if push is not None:
                    yield Offer(person.id, push, {"day": day.isoformat()})


class Hardships:
    """Once a month, what made selling hard; no subject, day: the month's first working day in the person's zone."""

    kind = PushKind.HARDSHIP

    def candidates(self, connection: Connection, moment: datetime, clocks: Sequence[Clock]) -> set[int]:
        early = [clock for clock in clocks if clock.day.day <= ASKED_UNTIL]
        return pushes.in_the_morning(connection, moment, early, self.kind) if early else set()

    def offers(self, connection: Connection, moment: datetime, people: Mapping[PersonId, Person]) -> Iterator[Offer]:
        days_off, store = pushes.days_off(connection, (moment - LOOKS_BACK).date()), SqlStore(connection)
        for person in people.values():
            day = moment.astimezone(ZoneInfo(person.zone)).date()
            days = working_days_of(person.team, days_off)
            push = hardship_of(person, day, days)
            if push is not None:
                says = push.says and person.role is Role.SELLER and is_due(store, person, day)
                yield Offer(person.id, replace(push, says=says), {"month": month_asked(day)})


class Summaries:
    """The team's daily summary for its managers; subject: the team, day: the date in the team's zone.

    Its span ends at `due_at`; `asked_at` is the same moment, so that one who reads it late reads the same.
    """

    kind = PushKind.SUMMARY

    def candidates(self, connection: Connection, moment: datetime, clocks: Sequence[Clock]) -> set[int]:
        days_off = pushes.days_off(connection, (moment - LOOKS_BACK).date())
        due: dict[int, Push] = {}
        alike: dict[tuple[str, time, WorkingDays], Push | None] = {}  # most teams of a company have the same calendar
        for team in all_teams(connection):
            calendar = (team.zone, team.summary_time, working_days_of(team, days_off))
            if calendar not in alike:
                alike[calendar] = summary_of(team, moment, calendar[2])
            push = alike[calendar]
            if push is not None:
                due[team.id] = replace(push, subject=team.id)
        return pushes.managers(connection, moment, clocks, due)

    def offers(self, connection: Connection, moment: datetime, people: Mapping[PersonId, Person]) -> Iterator[Offer]:
        days_off = pushes.days_off(connection, (moment - LOOKS_BACK).date())
        for person in people.values():
            push = summary_of(person.team, moment, working_days_of(person.team, days_off))
            if push is not None:
                yield Offer(person.id, push, _summary_values(person.team.id, push.day, push.due_at))


def _summary_values(team: int, day: date, due_at: datetime) -> Mapping[str, Any]:
    return {"team": team, "day": day.isoformat(), "asked_at": due_at.isoformat()}


KINDS: Final[tuple[Kind, ...]] = (Briefings(), Mornings(), Hardships(), Summaries())
