"""Files about a team, made when they are sent. Each is for a manager of the team, who is asked for again here.

Their values are `team`, `asked_at`, and either `period` (a day, week or month of a report) or `first` and `last`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.storage.phase_sums import steps_by_phase
from bot.storage.team_facts import read_facts, reporting_days
from dialogs.exporting.words import span_words
from dialogs.ports.people import Person, Role
from dialogs.reports.facts import TeamFacts
from dialogs.reports.periods import Period
from dialogs.reports.words import Words
from knowledge.figures.matters import Span


class NotTheirTeam(Exception):
    """The person is no manager of that team (any more)."""


def workbook(connection: Connection, person: Person, values: Mapping[str, Any], words: Words) -> tuple[str, bytes]:
    """(what it is of, the file)."""
    from bot.reports.team_workbook import team_workbook  # takes a while to import

    span = _span(values)
    facts = _read(connection, person, values, span.first)
    steps = steps_by_phase(connection, person.team.id, *_moments(facts, span))
    return span_words(words, span), team_workbook(facts, span, words, steps)


def outcomes(connection: Connection, person: Person, values: Mapping[str, Any], words: Words) -> tuple[str, bytes]:
    """The outcomes of the span; of a team under four sellers its sums by week."""
    from bot.reports.team_csv import as_csv
    from bot.reports.team_rows import TeamRows

    span = _span(values)
    facts = _read(connection, person, values, span.first)
    rows = TeamRows(facts, span, words, {})
    return span_words(words, span), as_csv(rows.weeks() if facts.only_sums else rows.outcomes(), words.language)


def picture(connection: Connection, person: Person, values: Mapping[str, Any], words: Words) -> tuple[str, bytes]:
    """Funnel and trend of the eight weeks up to the end of the span."""
    from bot.reports.team_picture import team_picture
    from bot.reports.team_trend import first_of_trend

    span = _span(values)
    asked_on = reporting_days(connection, person.team).reporting_day(datetime.fromisoformat(values["asked_at"]))
    last = min(span.last, asked_on)
    first = first_of_trend(last)
    facts = _read(connection, person, values, first)
    return span_words(words, span), team_picture(facts, words, first, last)


def _span(values: Mapping[str, Any]) -> Span:
    if "period" in values:
        return Period.named(values["period"]).span
    return Span(date.fromisoformat(values["first"]), date.fromisoformat(values["last"]))


def _read(connection: Connection, person: Person, values: Mapping[str, Any], first: date) -> TeamFacts:
    if person.role is not Role.MANAGER or person.team.id != values["team"]:
        raise NotTheirTeam(values["team"])
    days = reporting_days(connection, person.team)
    return read_facts(connection, person.team, days, datetime.fromisoformat(values["asked_at"]), first, money=True)


def _moments(facts: TeamFacts, span: Span) -> tuple[datetime, datetime]:
    """From when to when the reporting days of the span reach, up to the moment of asking."""
    first = facts.days.before(span.first)
    return facts.days.due(first), min(facts.days.due(span.last), facts.asked_at)
