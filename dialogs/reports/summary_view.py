"""The daily summary as a screen: what happened, where it stalls, what to do about it; at most fifteen lines."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from dialogs.reports.buttons import summary_rows
from dialogs.reports.summary import DailySummary, Insight
from dialogs.reports.words import Words
from dialogs.view import Block, Heading, Hint, Text, View
from knowledge.figures.activity import Orders
from knowledge.figures.definitions import Figure
from knowledge.figures.share import Comparison, Share
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
    yield from _span(words, summary)
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
    return "\n".join(block.text if isinstance(block, Heading | Text | Hint) else "" for block in view.blocks)


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


def stall_words(words: Words, stall: Figure[Share]) -> str:
    """Where it stalls, and what is counted there: what ended without an order, and what lies there for too long."""
    share, numbers = stall.value, stall.numbers
    how = [words.say(f"report.stall_{name}", n=numbers[name]) for name in ("ended", "lingering") if numbers[name]]
    return words.say(
        "report.stall" if share.says_something else "report.stall_of_few",
        phase=words.knowledge.phases[PhaseId(str(stall.about))].label,
        visited=share.cases,
        how=", ".join(how),
    )


def kept_words(words: Words, key: str, what: str, *, seen_again: bool) -> str:
    """A line about follow-ups; of a span that is over it says that those moved since then are missing."""
    return words.say(f"report.{key}_again" if seen_again else f"report.{key}", what=what)


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
    key = "report.running" if summary.is_running else "report.heading"
    return words.say(key, team=summary.team, day=words.day(summary.read_on, summary.read_on))


def _span(words: Words, summary: DailySummary) -> Iterator[Block | None]:
    """Since when it counts, wherever a reader could take it for the day from midnight on."""
    begins, day = summary.begins, summary.day
    since = {"day": words.day(begins.date(), day), "time": writing.clock(begins.time(), words.language)}
    if summary.read_on != day:
        yield Hint(words.say("report.since_for", **since, counts_for=words.day(day, day)))
    elif summary.is_running or begins.date() < day - timedelta(days=1):
        yield Hint(words.say("report.since", **since))


def _activity(words: Words, summary: DailySummary) -> str:
    return activity_words(words, summary.conversations.value, summary.orders)


def _details(words: Words, summary: DailySummary, insight: Insight) -> Iterator[str]:
    if insight.stall is not None and not summary.is_quiet:  # where nothing moved, nothing says where it stalls
        yield stall_words(words, insight.stall)
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
        on_day = words.on(summary.day, summary.read_on) if summary.read_on != summary.day else ""
        key = "report.due_next" if on_day else "report.due_today"
        parts.append(words.say(key, n=due.today, day=on_day))
    if due.next:
        parts.append(words.say("report.due_next", n=due.next, day=words.on(summary.next_day, summary.read_on)))
    if parts:
        yield kept_words(words, "follow_ups", ", ".join(parts), seen_again=summary.is_seen_again)
