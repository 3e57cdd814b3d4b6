"""Funnel and trend of a team as a picture for the phone: 390 points wide, drawn at double density.

It has a background of its own, so that it reads alike in a light chat and in a dark one; no letter is smaller than
twelve points on the phone. A team under four sellers has the trend alone.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Rectangle

from bot.reports.colours import INK, PALE, TEXT
from bot.reports.drawing import MARGIN, WIDTH, Pen, Picture
from bot.reports.team_trend import WeekOfTeam, other_currencies, trend
from dialogs.reports.facts import TeamFacts
from dialogs.reports.words import Words
from knowledge.figures.closing_rate import closing_rate
from knowledge.figures.funnel import Funnel, funnel
from knowledge.figures.matters import Span
from knowledge.language import writing

SMALLEST: Final = 8.8  # 12.2 points on the phone
LARGE: Final = 11.5
QUIET_TEXT: Final = "#46525F"
BAR: Final = "#2F6FB3"
ORDERS_BAR: Final = "#1F7A4D"
AMOUNT_BAR: Final = "#8A5A00"
FRAME: Final = "#9AA5B1"

HEAD: Final = 58.0
SECTION: Final = 30.0
STAGE: Final = 30.0
STAGE_LABEL: Final = 116.0
RATE: Final = 52.0
PANEL: Final = 104.0
AXIS: Final = 24.0
LINE: Final = 20.0

THOUSANDS_FROM: Final = 10_000


def team_picture(facts: TeamFacts, words: Words, first: date, last: date) -> bytes:
    """A PNG of few colours. The weeks are those from the one of `first` to the one of `last`."""
    weeks = trend(facts, first, last)
    return _Drawing(facts, words, weeks).png()


class _Drawing:
    """Draws from top to bottom; the height follows from what there is to draw."""

    def __init__(self, facts: TeamFacts, words: Words, weeks: Sequence[WeekOfTeam]) -> None:
        self._facts = facts
        self._words = words
        self._weeks = weeks
        self._span = Span(weeks[0].span.first, weeks[-1].span.last)
        self._funnel = None if facts.only_sums else funnel(facts.matters, self._span)
        self._notes = list(self._remarks())

    def png(self) -> bytes:
        """The picture."""
        own = SECTION + STAGE * (len(self._funnel.stages) + 1) if self._funnel else 0.0
        height = HEAD + own + 3 * PANEL + AXIS + LINE * len(self._notes) + 2 * MARGIN
        picture = Picture(height)
        axes, pen = picture.axes, picture.pen
        axes.add_patch(Rectangle((0.5, 0.5), WIDTH - 1, height - 1, fill=False, edgecolor=FRAME, linewidth=0.8))
        y = self._head(pen)
        if self._funnel:
            y = self._draw_funnel(axes, pen, y, self._funnel)
        y = self._draw_trend(axes, pen, y)
        for note in self._notes:
            pen.write(MARGIN, y + LINE / 2, note, WIDTH - 2 * MARGIN, color=QUIET_TEXT, size=SMALLEST)
            y += LINE
        return picture.png()

    def _head(self, pen: Pen) -> float:
        words, room = self._words, WIDTH - 2 * MARGIN
        pen.write(MARGIN, MARGIN + 12, self._facts.team.name, room, color=INK, is_bold=True, size=LARGE)
        last = min(self._span.last, self._facts.today)
        below = words.say(
            "export.picture.weeks",
            n=len(self._weeks),
            first=writing.day(self._span.first, words.language, self._span.last),
            last=writing.day(last, words.language, self._span.last),
        )
        pen.write(MARGIN, MARGIN + 35, below, room, color=QUIET_TEXT, size=SMALLEST)
        return HEAD

    def _draw_funnel(self, axes: Axes, pen: Pen, y: float, own: Funnel) -> float:
        """A bar a stage, as long as its share of those who began; behind it how many of the stage before came."""
        words = self._words
        y = self._section(pen, y, words.say("export.picture.funnel"))
        widest = max(own.stages[0].reached, 1)
        room = WIDTH - 2 * MARGIN - STAGE_LABEL - RATE
        left = MARGIN + STAGE_LABEL
        for place, count in enumerate(own.stages):
            middle = y + STAGE / 2
            label = words.knowledge.funnel[count.stage].label
            pen.write(MARGIN, middle, label, STAGE_LABEL - 6, color=TEXT, size=SMALLEST)
            axes.add_patch(_round_bar(left, y + 4, room, STAGE - 8, PALE))
            length = room * count.reached / widest
            if count.reached:
                axes.add_patch(_round_bar(left, y + 4, max(length, 4), STAGE - 8, BAR))
            written = writing.number(count.reached, words.language)
            if length > 12 + 9 * len(written):
                pen.write(left + 8, middle, written, room, color="white", is_bold=True, size=SMALLEST)
            else:
                pen.write(left + length + 6, middle, written, room, color=TEXT, is_bold=True, size=SMALLEST)
            rate = own.steps[place - 1].value.rate if place else None
            if rate is not None:
                pen.write(WIDTH - MARGIN, middle, words.percent(rate), RATE, color=TEXT, is_right=True, size=SMALLEST)
            y += STAGE
        rate_words = words.say(
            "report.closing_rate", rate=words.share(closing_rate(self._facts.matters, self._span).value)
        )
        pen.write(MARGIN, y + STAGE / 2, rate_words, WIDTH - 2 * MARGIN, color=TEXT, is_bold=True, size=SMALLEST)
        return y + STAGE

    def _draw_trend(self, axes: Axes, pen: Pen, y: float) -> float:
        """Three rows of bars above one row of dates: conversations, orders, turnover."""
        words = self._words
        largest = max(week.amount for week in self._weeks)
        in_thousands = largest >= THOUSANDS_FROM
        amount_title = words.say(
            "export.picture.thousands" if in_thousands else "export.picture.amount",
            currency=self._facts.team.currency,
        )

        def amount(week: WeekOfTeam) -> Decimal:
            return week.amount / 1000 if in_thousands else week.amount

        self._panel(
            axes, pen, y, words.say("export.picture.conversations"), lambda week: Decimal(week.conversations), BAR
        )
        self._panel(
            axes, pen, y + PANEL, words.say("export.picture.orders"), lambda week: Decimal(week.orders), ORDERS_BAR
        )
        self._panel(axes, pen, y + 2 * PANEL, amount_title, amount, AMOUNT_BAR)
        y += 3 * PANEL
        for place, week in enumerate(self._weeks):
            day = words.say("export.picture.day", day=week.span.first.day, month=week.span.first.month)
            mark = "*" if self._is_running(week) else ""
            self._centred(pen, place, y + AXIS / 2, day + mark, QUIET_TEXT, is_bold=False)
        return y + AXIS

    def _panel(
        self, axes: Axes, pen: Pen, y: float, title: str, value: Callable[[WeekOfTeam], Decimal], colour: str
    ) -> None:
        y = self._section(pen, y, title)
        height = PANEL - SECTION - 20
        values = [value(week) for week in self._weeks]
        highest = max(*values, Decimal(1))
        base = y + 16 + height
        for place, number in enumerate(values):
            left, width = self._column(place)
            tall = height * float(number / highest)
            if number:
                axes.add_patch(Rectangle((left + 5, base - max(tall, 2)), width - 10, max(tall, 2), color=colour, lw=0))
            written = writing.number(number, self._words.language, 0)
            self._centred(pen, place, base - tall - 9, written, TEXT, is_bold=True)
        axes.plot([MARGIN, WIDTH - MARGIN], [base, base], color=FRAME, linewidth=0.8)

    def _section(self, pen: Pen, y: float, title: str) -> float:
        pen.write(MARGIN, y + SECTION / 2, title, WIDTH - 2 * MARGIN, color=INK, is_bold=True, size=9.4)
        return y + SECTION

    def _centred(self, pen: Pen, place: int, y: float, text: str, colour: str, *, is_bold: bool) -> None:
        left, width = self._column(place)
        pen.write_centred(left + width / 2, y, text, color=colour, is_bold=is_bold, size=SMALLEST)

    def _column(self, place: int) -> tuple[float, float]:
        width = (WIDTH - 2 * MARGIN) / len(self._weeks)
        return MARGIN + place * width, width

    def _is_running(self, week: WeekOfTeam) -> bool:
        return week.span.first <= self._facts.today <= week.span.last

    def _remarks(self) -> list[str]:
        words, notes = self._words, []
        if any(self._is_running(week) for week in self._weeks):
            notes.append(words.say("export.picture.running"))
        if self._funnel:
            notes.append(words.say("export.picture.rates"))
        others = other_currencies(self._facts, self._span)
        if others:
            notes.append(words.say("export.picture.without", currencies=", ".join(others)))
        return notes


def _round_bar(x: float, y: float, width: float, height: float, colour: str) -> FancyBboxPatch:
    return FancyBboxPatch(
        (x + 2, y + 2), max(width - 4, 0.1), height - 4, boxstyle="round,pad=2,rounding_size=3", color=colour, lw=0
    )
