"""A seller's own figures as screens: overview, funnel, objections with what helped, and what the manager sees."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from dialogs.my_numbers.figures import OwnNumbers, best_help
from dialogs.press import Press
from dialogs.reports import buttons
from dialogs.reports.explained import Page
from dialogs.reports.own_figures import own_figures_button
from dialogs.reports.period_view import early_hint, period_words
from dialogs.reports.periods import Period
from dialogs.reports.summary_view import NAMED, activity_words, closing_lines
from dialogs.reports.words import Words
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View
from knowledge.figures.objections import Recurring
from knowledge.language import writing
from knowledge.taxonomy import LossReasonId

SHOW: Final = "my_show"
WHY: Final = "my_why"
SEEN: Final = "my_seen"

OBJECTIONS_LISTED: Final = 4
"""Each with what helped below it."""


class Part(StrEnum):
    """The screens of the own figures, parted by what they are about."""

    OVERVIEW = "overview"
    FUNNEL = "funnel"
    OBJECTIONS = "objections"


def numbers_view(words: Words, numbers: OwnNumbers, part: Part, *, shows_sellers: bool) -> View:
    """One screen. `shows_sellers`: managers see figures of each seller, and the seller may look at theirs."""
    heading = Heading(_heading(words, numbers))
    lines = _PARTS[part](words, numbers)
    return View((heading, *lines), _rows(words, numbers, part, shows_sellers=shows_sellers))


def explained_view(words: Words, numbers: OwnNumbers, pages: Sequence[Page], page: int) -> View:
    """What the figures mean, a page of it."""
    at, period = numbers.asked_at, numbers.period
    page = min(page, len(pages) - 1)
    earlier = (Button(words.say("report.page_before"), _press(WHY, at, period, page - 1)),) if page else ()
    later = (
        (Button(words.say("report.page_after"), _press(WHY, at, period, page + 1)),) if page + 1 < len(pages) else ()
    )
    heading = Heading(words.say("report.explained_of", period=period_words(words, period)))
    turning = ((*earlier, *later),) if earlier or later else ()
    return View((heading, *pages[page]), (*turning, _back(words, at, period)))


def seen_view(words: Words, message: Sequence[Block | None], sight: str, at: datetime, period: Period) -> View:
    """The manager's message as it stands now, and who sees what beside it."""
    blocks = (Hint(words.say("my_numbers.seen")), None, *message, None, Hint(sight))
    return View(blocks, (_back(words, at, period),))


def _heading(words: Words, numbers: OwnNumbers) -> str:
    key = "my_numbers.running" if numbers.is_running else "my_numbers.heading"
    return words.say(key, month=period_words(words, numbers.period))


def _overview(words: Words, numbers: OwnNumbers) -> Iterator[Block | None]:
    now, before = numbers.now, numbers.before
    yield from early_hint(words, numbers.period, numbers.began_early)
    yield Text(activity_words(words, now.conversations.value, now.orders))
    span = before.span
    is_whole = span == numbers.period.before.span
    yield Text(
        words.say(
            "my_numbers.before" if is_whole else "my_numbers.before_until",
            month=period_words(words, numbers.period.before),
            day=writing.day(span.last, words.language, span.last),
            what=activity_words(words, before.conversations.value, before.orders),
        )
    )
    if numbers.closing.value.cases:
        yield from (Text(line) for line in closing_lines(words, numbers.comparison, words.say("my_numbers.last_month")))
    if numbers.cycle.value is not None:
        days, counted = numbers.cycle.value, numbers.cycle.numbers["orders"]
        yield Text(words.say("report.cycle", n=days, orders=counted))
    if numbers.objections:
        named = [
            (words.knowledge.objections[one.objection].label, one.settled.cases) for one in numbers.objections[:NAMED]
        ]
        yield Text(words.say("report.objections", which=words.counted(named)))
    if numbers.losses:
        reasons = [
            (words.knowledge.loss_reasons[LossReasonId(str(one.about))].label, one.value.hits)
            for one in numbers.losses[:NAMED]
        ]
        yield Text(words.say("report.lost", which=words.counted(reasons)))
    yield None
    yield Hint(words.say("my_numbers.only_you"))


def _funnel(words: Words, numbers: OwnNumbers) -> Iterator[Block | None]:
    own = numbers.funnel
    yield Hint(words.say("report.funnel_of", n=own.stages[0].reached))
    for place, count in enumerate(own.stages):
        label = words.knowledge.funnel[count.stage].label
        rate = own.steps[place - 1].value.rate if place else None
        if rate is None:
            yield Text(words.say("report.stage_first", stage=label, n=count.reached))
        else:
            yield Text(words.say("report.stage", stage=label, n=count.reached, rate=words.percent(rate)))
    if own.overall.value.cases:
        yield Text(words.say("report.conversion", share=words.sure_share(own.overall.value)))
    if own.overall.numbers["still_open"]:
        yield Text(words.say("report.still_open", n=own.overall.numbers["still_open"]))


def _objections(words: Words, numbers: OwnNumbers) -> Iterator[Block | None]:
    if not numbers.objections:
        yield Text(words.say("report.no_objections"))
        return
    for one in numbers.objections[:OBJECTIONS_LISTED]:
        yield from _objection(words, numbers, one)
    left = len(numbers.objections) - OBJECTIONS_LISTED
    if left > 0:
        yield Hint(words.say("my_numbers.more_objections", n=left))


def _objection(words: Words, numbers: OwnNumbers, one: Recurring) -> Iterator[Block | None]:
    label = words.knowledge.objections[one.objection].label
    settled = one.settled
    yield Text(words.say("my_numbers.objection", objection=label, n=settled.cases, settled=settled.hits))
    best = best_help(numbers.helped.get(one.objection, {}))
    if best is not None:
        technique, tally = best
        yield Hint(
            words.say(
                "my_numbers.helped",
                technique=words.say(f"technique.{technique}"),
                helped=tally.helped,
                n=tally.votes,
            )
        )


_PARTS: Final = {Part.OVERVIEW: _overview, Part.FUNNEL: _funnel, Part.OBJECTIONS: _objections}


def _rows(words: Words, numbers: OwnNumbers, part: Part, *, shows_sellers: bool) -> tuple[Row, ...]:
    at, period = numbers.asked_at, numbers.period
    parts = tuple(
        Button(words.say(f"my_numbers.part.{other}"), _press(SHOW, at, period, other))
        for other in Part
        if other != part
    )
    later = (
        (Button(words.say("report.later.month"), _press(SHOW, at, period.after, part)),)
        if period.last < numbers.today
        else ()
    )
    months = (Button(words.say("report.earlier.month"), _press(SHOW, at, period.before, part)), *later)
    explained = Button(words.say("report.explained"), _press(WHY, at, period, 0))
    seen = Button(words.say("my_numbers.what_is_seen"), _press(SEEN, at, period, ""))
    about_me = ((own_figures_button(words.say("my_numbers.seen_of_me")),),) if shows_sellers else ()
    return (parts, (*months, explained), (seen,), *about_me)


def _back(words: Words, at: datetime, period: Period) -> Row:
    return (Button(words.say("my_numbers.back"), _press(SHOW, at, period, Part.OVERVIEW)),)


def _press(action: str, at: datetime, period: Period, what: object) -> Press:
    return buttons.press(action, at, period, what)
