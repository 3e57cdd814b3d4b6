"""The reports of a team, drawn when they are sent. Each is for a manager of the team that it is about.

Their values are those of `dialogs.reports.screens`; `asked_at` decides what had happened by then.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from bot.late.files import FileMaker
from bot.late.orders import Drawer, LateOrder, NothingToShow, ScreenNotAllowed
from bot.storage import outbox
from bot.storage.people import SqlPeople
from bot.storage.store import SqlStore
from bot.storage.team_facts import read_facts, reporting_days
from dialogs.conversation.talk import PersonId
from dialogs.following_up.hardship import month_line
from dialogs.ports.people import Person, Role
from dialogs.reports import screens
from dialogs.reports.buttons import OUTCOMES, SELLERS, WHY, Part, back_row, press
from dialogs.reports.by_seller import SELLERS_ON_A_PAGE, figures_by_seller, seller_lines
from dialogs.reports.explained import explained
from dialogs.reports.facts import TeamFacts
from dialogs.reports.outcome_list import OUTCOMES_ON_A_PAGE, outcome_words, outcomes_of
from dialogs.reports.own_figures import OWN_FIGURES
from dialogs.reports.period_report import figures_of as figures_of_period
from dialogs.reports.period_report import report_of
from dialogs.reports.period_view import covered_words, period_view, period_words
from dialogs.reports.periods import Period, PeriodKind
from dialogs.reports.summary import figures_of as figures_of_summary
from dialogs.reports.summary import summary_of
from dialogs.reports.summary_view import quiet_view, summary_view
from dialogs.reports.words import Words
from dialogs.view import Block, Button, Heading, Row, Text, View


def summary(order: LateOrder) -> View:
    """The daily summary. One that nobody asked for says a quiet day in one line, or nothing, as the team wants it."""
    _managers_only(order)
    facts, period = _read(order, PeriodKind.DAY)
    drawn, words = summary_of(facts, period.first), _words(order)
    if drawn.is_quiet and not order.values.get("on_demand"):
        if not facts.team.quiet_line:
            raise NothingToShow
        return quiet_view(words, drawn)
    return summary_view(words, drawn, FileMaker(order.messages, order.catalogue).kinds)


def period(order: LateOrder) -> View:
    """A page of a week or a month."""
    _managers_only(order)
    facts, asked = _read(order, PeriodKind.WEEK, money=True)
    page, kinds = Part(order.values["part"]), FileMaker(order.messages, order.catalogue).kinds
    return period_view(_words(order), report_of(facts, asked), page, kinds, _hardships(order, asked))


def figures_explained(order: LateOrder) -> View:
    """What the figures of a report mean, and the numbers that went in."""
    _managers_only(order)
    facts, asked = _read(order, PeriodKind.DAY, money=True)
    figures = (
        figures_of_summary(summary_of(facts, asked.first))
        if asked.kind is PeriodKind.DAY
        else figures_of_period(report_of(facts, asked))
    )
    words = _words(order)
    pages = explained(words, figures)
    heading = Heading(words.say("report.explained_of", period=covered_words(words, asked, facts)))
    page = min(order.values["page"], len(pages) - 1)
    rows = (*_paging(words, facts, asked, WHY, page, len(pages)), back_row(words, facts.asked_at, asked))
    return View((heading, *pages[page]), rows)


def outcomes(order: LateOrder) -> View:
    """The list of outcomes."""
    _managers_only(order)
    facts, asked = _read(order, PeriodKind.DAY)
    words = _words(order)
    lines = [Text(outcome_words(words, one)) for one in outcomes_of(facts, asked.span)]
    key = "report.no_outcomes" if not facts.only_sums else "report.too_small"
    return _listed(order, facts, asked, OUTCOMES, [(line,) for line in lines], OUTCOMES_ON_A_PAGE, key)


def by_seller(order: LateOrder) -> View:
    """The figures of each seller, where a manager has switched them on and every seller was told."""
    _managers_only(order)
    if not order.person.team.shows_sellers:
        raise ScreenNotAllowed(screens.BY_SELLER)
    facts, asked = _read(order, PeriodKind.MONTH)
    words = _words(order)
    members = SqlPeople(order.connection).members(order.person.team.id)
    if _some_are_to_be_told(order.connection, members):
        return View((Text(words.say("report.not_all_told")),), (back_row(words, facts.asked_at, asked),))
    sellers = figures_by_seller(facts, {person.id: person.name for person in members}, asked.span)
    blocks = [tuple(Text(line) for line in seller_lines(words, one)) for one in sellers]
    return _listed(order, facts, asked, SELLERS, blocks, SELLERS_ON_A_PAGE, "report.too_small")


def own_figures(order: LateOrder) -> View:
    """What the managers see of this seller, this month."""
    person = order.person
    if not person.team.shows_sellers or person.team.id != order.values["team"]:
        raise ScreenNotAllowed(OWN_FIGURES)
    facts, asked = _read(order, PeriodKind.MONTH)
    words = _words(order)
    own = figures_by_seller(facts, {PersonId(person.id): person.name}, asked.span)
    heading = Heading(words.say("report.own_figures", period=period_words(words, asked)))
    if not own:
        return View((heading, Text(words.say("report.too_small"))))
    return View((heading, *(Text(line) for line in seller_lines(words, own[0]))))


DRAWERS: Final[Mapping[str, Drawer]] = {
    screens.SUMMARY: summary,
    screens.PERIOD: period,
    screens.EXPLAINED: figures_explained,
    screens.OUTCOME_LIST: outcomes,
    screens.BY_SELLER: by_seller,
    OWN_FIGURES: own_figures,
}


def _some_are_to_be_told(connection: Connection, members: Sequence[Person]) -> bool:
    """Whether the news that figures of each seller are seen still waits for somebody, stored when it was switched on.

    A message of another kind to a colleague holds the figures back too, for the moment until it is sent.
    """
    waiting = outbox.waiting(connection, [person.chat_id for person in members])
    return any(parcel.pushed and "text" in parcel.payload for parcel in waiting)


def _managers_only(order: LateOrder) -> None:
    person = order.person
    if person.role is not Role.MANAGER or person.team.id != order.values["team"]:
        raise ScreenNotAllowed("report")


def _read(order: LateOrder, kind: PeriodKind, *, money: bool = False) -> tuple[TeamFacts, Period]:
    """The team as it stood when it was asked about, and the period; the one of this kind running then if none is named.

    `day` names a day, `period` any period, or the kind alone for the running one.
    """
    team = order.person.team
    asked_at = datetime.fromisoformat(order.values["asked_at"])
    days = reporting_days(order.connection, team)
    running = days.reporting_day(asked_at)
    name = str(order.values.get("period", ""))
    if "day" in order.values:
        asked = Period(PeriodKind.DAY, date.fromisoformat(order.values["day"]))
    elif len(name) > 1:
        asked = Period.named(name)
    else:
        asked = Period.around(PeriodKind(name) if name else kind, running)
    first = asked.before.first if asked.kind is not PeriodKind.DAY else asked.first
    return read_facts(order.connection, team, days, asked_at, first, money=money), asked


def _hardships(order: LateOrder, asked: Period) -> str:
    """What made selling hard in a month, as far as enough sellers said so."""
    if asked.kind is not PeriodKind.MONTH:
        return ""
    knowledge, month = order.catalogue[order.person.language], f"{asked.first:%Y-%m}"
    return month_line(SqlStore(order.connection), order.person.team.id, month, knowledge, order.messages)


def _words(order: LateOrder) -> Words:
    return Words.of(order.messages, order.catalogue, order.person.language)


def _listed(
    order: LateOrder,
    facts: TeamFacts,
    asked: Period,
    action: str,
    entries: Sequence[tuple[Block, ...]],
    on_a_page: int,
    empty: str,
) -> View:
    """A page of a list, with the way to the others and back."""
    words = _words(order)
    heading = Heading(words.say("report.heading", team=facts.team.name, day=covered_words(words, asked, facts)))
    pages = max(-(-len(entries) // on_a_page), 1)
    page = min(order.values["page"], pages - 1)
    shown = entries[page * on_a_page : (page + 1) * on_a_page]
    blocks: list[Block | None] = [block for entry in shown for block in entry] or [Text(words.say(empty))]
    rows = (*_paging(words, facts, asked, action, page, pages), back_row(words, facts.asked_at, asked))
    return View((heading, *blocks), rows)


def _paging(words: Words, facts: TeamFacts, asked: Period, action: str, page: int, pages: int) -> tuple[Row, ...]:
    at = facts.asked_at
    earlier = (Button(words.say("report.page_before"), press(action, at, asked, page - 1)),) if page else ()
    later = (Button(words.say("report.page_after"), press(action, at, asked, page + 1)),) if page + 1 < pages else ()
    return ((*earlier, *later),) if pages > 1 else ()
