"""Reads what a report of a team is made of."""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.storage.matters import conversations_of, earlier_orders, founded, reminders_of
from bot.storage.people import SqlPeople
from bot.storage.spendings import SqlSpendings
from dialogs.ports.people import Role, Team
from dialogs.reports.facts import LOOKS_BACK, TeamFacts
from knowledge.figures.matters import won
from knowledge.reporting_days import ReportingDays
from knowledge.working_days import WorkingDays

_A_DAY: Final = timedelta(days=1)


def reporting_days(connection: Connection, team: Team) -> ReportingDays:
    """The team's calendar of summaries."""
    free = SqlPeople(connection).days_off(team.id)
    works = WorkingDays(team.working_days, team.region, team.half_holidays_off, free).works
    return ReportingDays(team.zone, team.summary_time, works)


def read_facts(
    connection: Connection, team: Team, days: ReportingDays, asked_at: datetime, first: date, *, money: bool = False
) -> TeamFacts:
    """The team as it stood at `asked_at`, for a report whose span begins on `first`.

    `money`: with what was spent, and who had ordered long before; the daily summary needs neither.
    """
    since = min(days.due(first - _A_DAY), asked_at) - LOOKS_BACK
    people = SqlPeople(connection).members(team.id)
    members = {person.id for person in people}
    known = conversations_of(connection, team, days, since, asked_at)
    matters = [one.told.matter for one in known]
    # Nobody follows up what belongs to somebody who has left: it can neither be done nor moved.
    follow_ups = [due for one in known if one.owner in members for due in one.told.follow_ups]
    return TeamFacts(
        team=team,
        asked_at=asked_at,
        days=days,
        sellers=sum(person.role is Role.SELLER for person in people),
        matters=matters,
        follow_ups=[*follow_ups, *reminders_of(connection, team, asked_at)],
        customers={one.told.matter.id: one.customer for one in known},
        observed_since=founded(connection, team).astimezone(ZoneInfo(team.zone)).date(),
        earlier=[
            one.told.matter
            for one in earlier_orders(connection, team, days, since, {matter.customer for matter, _ in won(matters)})
        ]
        if money
        else (),
        costs=SqlSpendings(connection).of(team.id) if money else (),
    )
