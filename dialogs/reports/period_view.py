"""A week or a month as screens, parted by meaning: overview, funnel, objections and losses, money."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from dialogs.reports.buttons import Part, period_rows
from dialogs.reports.facts import TeamFacts
from dialogs.reports.period_report import PeriodInsight, PeriodReport
from dialogs.reports.periods import Period, PeriodKind
from dialogs.reports.summary_view import NAMED, activity_words, closing_lines, kept_words, stall_words
from dialogs.reports.words import Words
from dialogs.view import Block, Heading, Hint, Text, View
from knowledge.figures.definitions import Figure
from knowledge.language import writing
from knowledge.language.money import Money
from knowledge.taxonomy import AcquisitionId, LossReasonId


def period_view(
    words: Words,
    report: PeriodReport,
    part: Part = Part.OVERVIEW,
    offered: frozenset[str] = frozenset(),
    hardships: str = "",
) -> View:
    """One page of the report; a team under four sellers has the overview alone.

    `hardships`: what made selling hard in the month, counted, in a line.
    """
    insight = report.insight
    heading = Heading(_heading(words, report))
    if insight is None:
        return View((heading, *_overview(words, report)), period_rows(words, report, Part.OVERVIEW, offered))
    return View((heading, *_page(words, report, insight, part, hardships)), period_rows(words, report, part, offered))


def _page(
    words: Words, report: PeriodReport, insight: PeriodInsight, part: Part, hardships: str
) -> Iterator[Block | None]:
    match part:
        case Part.OVERVIEW:
            yield from _overview(words, report)
            yield None
            yield from _where_it_stalls(words, insight, seen_again=report.is_over)
        case Part.FUNNEL:
            yield from _funnel(words, insight)
        case Part.OBJECTIONS:
            yield from _objections(words, insight)
            if hardships:
                yield Text(hardships)
        case Part.MONEY:
            yield from _money(words, insight)


def period_words(words: Words, period: Period) -> str:
    """'Woche vom 16.11.', 'November 2026'."""
    match period.kind:
        case PeriodKind.MONTH:
            return month_words(words, period.first.year, period.first.month)
        case PeriodKind.WEEK:
            return words.say(
                "report.week_of",
                first=writing.day(period.first, words.language, period.last),
                last=writing.day(period.last, words.language, period.last),
            )
        case PeriodKind.DAY:
            return writing.day(period.first, words.language, period.first)


def covered_words(words: Words, period: Period, facts: TeamFacts) -> str:
    """The period as a heading names it; of the day that is running, since when it counts."""
    if period.kind is not PeriodKind.DAY or period.first != facts.today:
        return period_words(words, period)
    since = facts.days.span(period.first)[0].astimezone(ZoneInfo(facts.days.zone))
    return words.say(
        "report.since_heading",
        day=words.day(since.date(), period.first),
        time=writing.clock(since.time(), words.language),
    )


def month_words(words: Words, year: int, number: int) -> str:
    """'November 2026'."""
    return f"{words.say('report.months').split()[number - 1]} {year}"


def _heading(words: Words, report: PeriodReport) -> str:
    key = "report.running" if report.is_running else "report.heading"
    return words.say(key, team=report.team, day=period_words(words, report.period))


def _overview(words: Words, report: PeriodReport) -> Iterator[Block | None]:
    now, before = report.now, report.before
    yield from early_hint(words, report.period, report.began_early)
    yield Text(activity_words(words, now.conversations.value, now.orders))
    said = activity_words(words, before.conversations.value, before.orders)
    yield Text(words.say("report.before_that", what=said))
    if report.insight is None:
        yield Hint(words.say("report.too_small"))
    elif report.insight.closing.value.cases:
        when = words.say(f"report.last.{'week' if report.period.kind is PeriodKind.WEEK else 'month'}")
        yield from (Text(line) for line in closing_lines(words, report.insight.comparison, when))


def early_hint(words: Words, period: Period, since: datetime | None) -> Iterator[Block]:
    """Why a week or a month is shown that begins tomorrow or later."""
    if since is not None:
        kind = "week" if period.kind is PeriodKind.WEEK else "month"
        day, clock = words.day(since.date(), period.last), writing.clock(since.time(), words.language)
        yield Hint(words.say(f"report.early.{kind}", day=day, time=clock))


def _where_it_stalls(words: Words, insight: PeriodInsight, *, seen_again: bool) -> Iterator[Block | None]:
    for stall in [one for one in insight.stalls if one.value.hits][:2]:
        yield Text(stall_words(words, stall))
    if insight.objections:
        named = [
            (words.knowledge.objections[one.objection].label, one.settled.cases) for one in insight.objections[:NAMED]
        ]
        yield Text(words.say("report.objections", which=words.counted(named)))
    if insight.losses:
        yield Text(words.say("report.lost", which=words.counted(_reasons(words, insight)[:NAMED])))
    if insight.follow_ups.value.cases:
        kept = words.share(insight.follow_ups.value)
        yield Text(kept_words(words, "kept", kept, seen_again=seen_again))


def _funnel(words: Words, insight: PeriodInsight) -> Iterator[Block | None]:
    funnel = insight.funnel
    yield Hint(words.say("report.funnel_of", n=funnel.stages[0].reached))
    for place, count in enumerate(funnel.stages):
        label = words.knowledge.funnel[count.stage].label
        if place == 0:
            yield Text(words.say("report.stage_first", stage=label, n=count.reached))
        else:
            share = funnel.steps[place - 1].value
            rate = "" if share.rate is None else words.percent(share.rate)
            key = "report.stage" if rate else "report.stage_first"
            yield Text(words.say(key, stage=label, n=count.reached, rate=rate))
    if funnel.overall.value.cases:
        yield Text(words.say("report.conversion", share=words.sure_share(funnel.overall.value)))
    if funnel.overall.numbers["still_open"]:
        yield Text(words.say("report.still_open", n=funnel.overall.numbers["still_open"]))
    yield None
    yield from _leads(words, insight)


def _leads(words: Words, insight: PeriodInsight) -> Iterator[Block | None]:
    """In one line, and that it is today's judgement: what a customer was thought of earlier is not kept."""
    graded = [
        words.say(
            "report.leads",
            quality=words.say(f"report.quality.{leads.quality}"),
            n=leads.share.value.hits,
            share=words.share(leads.conversion.value),
        )
        for leads in insight.leads
        if leads.share.value.hits
    ]
    yield Text(words.say("report.graded", which="; ".join(graded))) if graded else Hint(words.say("report.no_leads"))


def _objections(words: Words, insight: PeriodInsight) -> Iterator[Block | None]:
    if not insight.by_phase:
        yield Text(words.say("report.no_objections"))
    for one in insight.by_phase:
        named = words.counted((words.knowledge.objections[id_].label, times) for id_, times in one.objections[:NAMED])
        phase = words.knowledge.phases[one.phase].label
        yield Text(words.say("report.in_phase", phase=phase, n=one.share.value.hits, which=named))
    if insight.missed_signals.value.cases:
        yield Text(words.say("report.missed_signals", share=words.share(insight.missed_signals.value)))
    yield None
    yield Text(words.say("report.lost", which=words.counted(_reasons(words, insight)) or words.say("report.nothing")))


def _money(words: Words, insight: PeriodInsight) -> Iterator[Block | None]:
    days = insight.cycle
    if days.value is None:
        yield Text(words.say("report.no_cycle"))
    else:
        yield Text(words.say("report.cycle", n=days.value, orders=days.numbers["orders"]))
    if not insight.costs:
        yield Text(words.say("report.no_costs"))
    for cost in insight.costs:
        yield Text(words.say("report.cost_each", cost=_cost(words, cost)))
    for cost in insight.costs_by_channel:
        channel = words.knowledge.acquisition[AcquisitionId(str(cost.about))].label
        yield Text(words.say("report.cost_by_channel", channel=channel, cost=_cost(words, cost)))
    for value in insight.lifetime:
        amount = writing.money(value.value, words.language)
        key = "report.lifetime_young" if "orders" in value.assumed else "report.lifetime"
        yield Text(words.say(key, amount=amount, years=value.numbers["years"]))


def _cost(words: Words, figure: Figure[Money | None]) -> str:
    costs, customers = figure.numbers["costs"], figure.numbers["customers"]
    if figure.value is None:
        return words.say("report.cost_without_customer", costs=costs)
    return words.say("report.cost", amount=figure.value, costs=costs, n=customers)


def _reasons(words: Words, insight: PeriodInsight) -> list[tuple[str, int]]:
    return [
        (words.knowledge.loss_reasons[LossReasonId(str(one.about))].label, one.value.hits) for one in insight.losses
    ]
