"""A seller's own figures, drawn when they are sent: for whoever asked for them, and of nobody else.

Their values are those of `dialogs.my_numbers.screens`; `asked_at` decides what had happened by then.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.late.orders import Drawer, LateOrder, ScreenNotAllowed
from bot.storage.helped import SqlWhatHelped
from bot.storage.matters import own_conversations
from bot.storage.team_facts import read_facts, reporting_days
from dialogs.my_numbers import screens
from dialogs.my_numbers.figures import OwnNumbers, figures_of, own_numbers
from dialogs.my_numbers.view import OBJECTIONS_LISTED, Part, explained_view, numbers_view, seen_view
from dialogs.privacy import sight_key
from dialogs.reports.explained import explained
from dialogs.reports.facts import LOOKS_BACK
from dialogs.reports.periods import Period, PeriodKind, began_early
from dialogs.reports.summary import summary_of
from dialogs.reports.summary_view import summary_blocks
from dialogs.reports.words import Words
from dialogs.view import View
from knowledge.figures.objections import recurring_objections
from knowledge.reporting_days import ReportingDays


def my_numbers(order: LateOrder) -> View:
    """A screen of the own figures of a month."""
    numbers = _read(order)
    return numbers_view(
        _words(order), numbers, Part(order.values["part"]), shows_sellers=order.person.team.shows_sellers
    )


def my_numbers_explained(order: LateOrder) -> View:
    """What the own figures mean, and the numbers that went in."""
    words, numbers = _words(order), _read(order)
    return explained_view(words, numbers, explained(words, figures_of(numbers)), order.values["page"])


def seen_by_manager(order: LateOrder) -> View:
    """The very message that `/tagesbericht` gives a manager of the team at this moment, without its buttons."""
    asked_at, days = _asked(order)
    team, words, today = order.person.team, _words(order), days.reporting_day(asked_at)
    summary = summary_of(read_facts(order.connection, team, days, asked_at, today), today)
    sight = order.messages.text(sight_key(order.person), words.language)
    return seen_view(words, tuple(summary_blocks(words, summary)), sight, asked_at, _period(order, days, asked_at))


DRAWERS: Final[Mapping[str, Drawer]] = {
    screens.NUMBERS: my_numbers,
    screens.EXPLAINED: my_numbers_explained,
    screens.SEEN_BY_MANAGER: seen_by_manager,
}


def _read(order: LateOrder) -> OwnNumbers:
    asked_at, days = _asked(order)
    period, team = _period(order, days, asked_at), order.person.team
    since = min(days.due(period.before.first), asked_at) - LOOKS_BACK
    known = own_conversations(order.connection, order.person.id, team, days, since, asked_at)
    matters = [one.told.matter for one in known]
    tallies = SqlWhatHelped(order.connection)
    helped = {
        one.objection: tallies.tallies(team.id, one.objection)
        for one in recurring_objections(matters, period.span)[:OBJECTIONS_LISTED]
    }
    early = began_early(period, days, asked_at)
    return own_numbers(matters, period, asked_at, days.reporting_day(asked_at), helped, early)


def _asked(order: LateOrder) -> tuple[datetime, ReportingDays]:
    """The moment of asking and the team's calendar; whoever has changed the team since then asks anew."""
    if order.person.team.id != order.values["team"]:
        raise ScreenNotAllowed("my_numbers")
    return datetime.fromisoformat(order.values["asked_at"]), reporting_days(order.connection, order.person.team)


def _period(order: LateOrder, days: ReportingDays, asked_at: datetime) -> Period:
    name = str(order.values.get("period", ""))
    return Period.named(name) if name else Period.around(PeriodKind.MONTH, days.reporting_day(asked_at))


def _words(order: LateOrder) -> Words:
    return Words.of(order.messages, order.catalogue, order.person.language)
