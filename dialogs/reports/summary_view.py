"""The daily summary as a screen: what happened, where it stalls, what to do about it; at most fifteen lines."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from dialogs.reports.buttons import summary_rows
from dialogs.reports.summary import DailySummary, Insight
from dialogs.reports.words import Words
from dialogs.view import Block, Heading, Text, View
from knowledge.figures.activity import Orders
from knowledge.figures.share import Comparison
from knowledge.figures.suggestion import Suggestion
from knowledge.language import writing
from knowledge.taxonomy import LossReasonId, ObjectionId, PhaseId

NAMED: Final = 3
"""So many objections and reasons are named, the most frequent ones."""


def summary_view(words: Words, summary: DailySummary, offered: frozenset[str] = frozenset()) -> View:
    """The manager's screen. `offered`: the kinds of files that can be made of it."""
    return View(tuple(summary_blocks(words, summary)), summary_rows(words, summary, offered))


def summary_blocks(words: Words, summary: DailySummary) -> Iterator[Block | None]:
    """The very message, without buttons: sellers may read it too."""
    yield Heading(_heading(words, summary))
    if summary.is_quiet:
        yield Text(words.say("report.quiet"))
    else:
        yield Text(_activity(words, summary))
    insight = summary.insight
    if insight is None:
        return
    if insight.closing.value.cases:
        yield from (Text(line) for line in closing_lines(words, insight.comparison, words.every(summary.day)))
    details = list(_details(words, summary, insight))
    if details:
        yield None
        yield from (Text(line) for line in details)
    if insight.suggestion is not None:
        yield None
        yield Text(words.say("report.suggestion", what=suggestion_words(words, insight.suggestion, summary.day)))


def quiet_view(words: Words, summary: DailySummary) -> View:
    """A day on which nothing happened, in one line."""
    parts = [_heading(words, summary), words.say("report.quiet")]
    if summary.insight is not None:
        parts += list(_follow_ups(words, summary, summary.insight))
    return View((Text(" · ".join(parts)),))


def plain_text(view: View) -> str:
    """What stands on a screen of plain lines, for the command line."""
    return "\n".join(block.text if isinstance(block, Heading | Text) else "" for block in view.blocks)


def activity_words(words: Words, conversations: int, orders: Orders) -> str:
    """'14 Gespräche, 5 Aufträge, 48.200 €'."""
    parts = [words.say("report.conversations", n=conversations), words.say("report.orders", n=orders.count.value)]
    amounts = words.amounts(orders.turnover)
    if amounts:
        parts.append(amounts)
    without = orders.count.numbers["without_amount"]
    if without:
        parts.append(words.say("report.without_amount", n=without))
    return ", ".join(parts)


def closing_lines(words: Words, comparison: Comparison, before: str) -> Iterator[str]:
    """The closing rate, and what it is held against where there is something; whether it is more than chance."""
    yield words.say("report.closing_rate", rate=words.sure_share(comparison.now))
    if comparison.before.cases:
        key = "report.beyond_chance" if comparison.rose or comparison.fell else "report.before"
        yield words.say(key, when=before, rate=words.rate(comparison.before))


def suggestion_words(words: Words, found: Suggestion, today: date) -> str:
    """The sentence with its numbers."""
    params: dict[str, Any] = {}
    for name, value in found.params.items():
        match value:
            case ObjectionId():
                params[name] = words.knowledge.objections[value].label
            case date():
                params[name] = words.day(value, today)
            case _:
                params[name] = value
    return words.say(found.message, **params)


def _heading(words: Words, summary: DailySummary) -> str:
    day = writing.day(summary.day, words.language, summary.day)
    return words.say("report.running" if summary.is_running else "report.heading", team=summary.team, day=day)


def _activity(words: Words, summary: DailySummary) -> str:
    return activity_words(words, summary.conversations.value, summary.orders)


def _details(words: Words, summary: DailySummary, insight: Insight) -> Iterator[str]:
    if insight.stall is not None:
        phase = words.knowledge.phases[PhaseId(str(insight.stall.about))].label
        share = insight.stall.value
        yield words.say("report.stall", phase=phase, stuck=share.hits, visited=share.cases)
    if insight.objections:
        named = [
            (words.knowledge.objections[one.objection].label, one.settled.cases) for one in insight.objections[:NAMED]
        ]
        yield words.say("report.objections", which=words.counted(named))
    if insight.losses:
        reasons = [
            (words.knowledge.loss_reasons[LossReasonId(str(one.about))].label, one.value.hits)
            for one in insight.losses[:NAMED]
        ]
        yield words.say("report.lost", which=words.counted(reasons))
    yield from _follow_ups(words, summary, insight)


def _follow_ups(words: Words, summary: DailySummary, insight: Insight) -> Iterator[str]:
    due = insight.due
    parts = []
    if due.overdue:
        parts.append(words.say("report.overdue", n=due.overdue))
    if due.today:
        parts.append(words.say("report.due_today", n=due.today))
    if due.next:
        parts.append(words.say("report.due_next", n=due.next, day=words.on(summary.next_day, summary.day)))
    if parts:
        yield words.say("report.follow_ups", which=", ".join(parts))
