"""A completed BAB as a picture for the phone: 390 points wide, drawn at double density.

Columns that do not fit beside each other stand in blocks below each other; a sheet with many centres turns into a list
of them. What is left out is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.reports.bab_layout import BabLayout
from bot.reports.colours import INK, NOTE_TEXT, RULE, TEXT
from bot.reports.drawing import MARGIN, WIDTH, Pen, Picture
from knowledge.accounting import readable
from knowledge.accounting.bab import Bab
from knowledge.accounting.exact import total
from knowledge.accounting.faults import shown
from knowledge.accounting.rates import Rate
from knowledge.accounting.readable import Words
from knowledge.language.languages import Language
from knowledge.language.messages import Messages

LINE: Final = 20
LETTER: Final = 6.7
"""Width of a digit."""
LABEL: Final = 126
GAP: Final = 14
HEAD_LINES: Final = 1.5
MOST_CENTRES: Final = 12
MOST_BLOCKS: Final = 3
"""More of them would be scrolled through without seeing what belongs together."""
MOST_ROWS: Final = 24
LONGEST_LIST: Final = 40


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table."""

    label: str
    cells: Sequence[str]
    is_sum: bool = False
    is_rate: bool = False


def bab_picture(bab: Bab, messages: Messages, language: Language) -> bytes:
    """A PNG of few colours: its size stays below 300 KB."""
    drawing = _Drawing(BabLayout(bab, Words(messages, language)))
    drawing.lay_out()
    return drawing.png()


class _Drawing:
    """Lays lines out from top to bottom, then draws them."""

    def __init__(self, layout: BabLayout) -> None:
        self._at = layout
        self._bab = layout.bab
        self._say = layout.words
        self._rates = {rate.centre: rate for rate in layout.bab.rates}
        self._blocks: list[tuple[_Row, list[_Row]]] = []
        self._notes: list[str] = []

    def lay_out(self) -> None:
        """Chooses between the sheet and the list of centres."""
        if len(self._bab.sheet.centres) > MOST_CENTRES or not self._sheet():
            self._list()
        if cost := self._bab.manufacturing_cost:
            amount = self._amount(cost.of_production)
            self._notes.append(self._say("accounting.table.cost_of_production", amount=amount))
            if cost.of_sales != cost.of_production:
                self._notes.append(self._say("accounting.table.cost_of_sales", amount=self._amount(cost.of_sales)))

    def png(self) -> bytes:
        """Draws."""
        lines = sum(len(rows) + HEAD_LINES for _, rows in self._blocks)
        height = 2 * MARGIN + 44 + LINE * (lines + len(self._notes)) + GAP * len(self._blocks)
        picture = Picture(height)
        pen = picture.pen
        y = self._title(pen)
        for head, rows in self._blocks:
            y = self._block(pen, y, head, rows)
        for note in self._notes:
            pen.write(MARGIN, y + LINE / 2, note, WIDTH - 2 * MARGIN, color=INK)
            y += LINE
        return picture.png()

    def _sheet(self) -> bool:
        """Cost types by centres, in as many blocks as it takes; False where these would be too many."""
        at, sheet = self._at, self._bab.sheet
        columns = ["", *(centre.id for centre in sheet.centres)]
        rows = list(self._rows(columns))
        widest = max(len(text) for row in rows for text in row.cells)
        together = max(int((WIDTH - 2 * MARGIN - LABEL) // max(widest * LETTER + 8, 60)), 1)
        blocks = -(-len(columns) // together)
        if blocks > MOST_BLOCKS:
            return False
        together = -(-len(columns) // blocks)
        for first in range(0, len(columns), together):
            part = slice(first, first + together)
            heads = [at.names.get(centre) or self._say("workbook.total") for centre in columns[part]]
            shown_rows = [_Row(row.label, row.cells[part], row.is_sum, row.is_rate) for row in rows]
            self._blocks.append((_Row(self._say("workbook.cost_type"), heads), shown_rows))
        left_out = len(sheet.cost_types) - MOST_ROWS
        if left_out > 0:
            self._notes.append(self._say("workbook.rows_left_out", n=left_out))
        return True

    def _rows(self, columns: Sequence[str]) -> Iterator[_Row]:
        bab = self._bab
        for row, given in zip(bab.distribution.rows[:MOST_ROWS], bab.sheet.cost_types, strict=False):
            cells = [self._or_dash(given.total if not centre else row.amounts.get(centre)) for centre in columns]
            yield _Row(row.name, cells)
        primary = bab.distribution.primary
        sums = [self._amount(primary[centre] if centre else bab.distribution.total) for centre in columns]
        yield _Row(self._say("accounting.table.total"), sums, is_sum=True)
        for delivery in bab.allocated.deliveries:
            received = {
                transfer.receiver: transfer.amount
                for transfer in bab.allocated.transfers
                if transfer.giver == delivery.giver
            }
            received[delivery.giver] = -bab.allocated.costs[delivery.giver]
            label = self._say("workbook.allocation", centre=self._at.names[delivery.giver])
            yield _Row(label, [self._or_dash(received.get(centre)) for centre in columns])
        if bab.allocated.deliveries:
            after = bab.allocated.after
            carried = total(after.values())
            sums = [self._or_dash(after[centre] if centre else carried) for centre in columns]
            yield _Row(self._say("accounting.table.after"), sums, is_sum=True)
        if self._rates:
            rates = [self._rates.get(centre) for centre in columns]
            yield _Row(self._say("accounting.table.base"), [self._base(rate) for rate in rates])
            yield _Row(self._say("accounting.table.rate"), [self._rate(rate) for rate in rates], is_rate=True)

    def _list(self) -> None:
        """One line a centre, main centres first: what it bears in the end, and on what its rate is taken."""
        is_allocated = bool(self._bab.allocated.deliveries)
        centres = sorted(self._bab.sheet.centres, key=lambda centre: centre.role.is_allocated)
        rows = [
            _Row(
                self._at.names[centre.id],
                [
                    *([self._or_dash(self._bab.distribution.primary[centre.id])] if is_allocated else []),
                    self._or_dash(self._bab.allocated.after[centre.id]),
                    *([] if is_allocated else [self._base(self._rates.get(centre.id))]),
                    self._rate(self._rates.get(centre.id)),
                ],
            )
            for centre in centres[:LONGEST_LIST]
        ]
        rows.append(
            _Row(
                self._say("accounting.table.total"),
                [
                    self._amount(self._bab.distribution.total),
                    self._amount(total(self._bab.allocated.after.values())) if is_allocated else "",
                    "",
                ],
                is_sum=True,
            )
        )
        columns = ("primary", "after", "rate") if is_allocated else ("primary", "base", "rate")
        heads = [self._say(f"accounting.table.{name}") for name in columns]
        self._blocks.append((_Row(self._say("accounting.table.centre"), heads), rows))
        if len(centres) > LONGEST_LIST:
            self._notes.append(self._say("workbook.centres_left_out", n=len(centres) - LONGEST_LIST))

    def _title(self, pen: Pen) -> float:
        width = WIDTH - 2 * MARGIN
        pen.write(MARGIN, MARGIN + 10, self._say("workbook.title"), width, color=INK, is_bold=True, size=11)
        unit = self._say("workbook.unit", unit=self._at.unit) if self._at.unit else ""
        below = " · ".join(part for part in (shown(self._bab.sheet.period, 30), unit) if part)
        pen.write(MARGIN, MARGIN + 28, below, width, color=NOTE_TEXT)
        return MARGIN + 40

    def _block(self, pen: Pen, y: float, head: _Row, rows: Sequence[_Row]) -> float:
        step = (WIDTH - 2 * MARGIN - LABEL) / len(head.cells)
        pen.fill(y, y + HEAD_LINES * LINE)
        pen.write(MARGIN + 2, y + HEAD_LINES * LINE / 2, head.label, LABEL, color=INK, is_bold=True)
        for place, text in enumerate(head.cells, 1):
            right = MARGIN + LABEL + place * step - 2
            pen.write_wrapped(right, y + HEAD_LINES * LINE / 2, text, step - 6)
        y += HEAD_LINES * LINE
        pen.rule(y, INK, 0.8)
        for row in rows:
            if row.is_sum:
                pen.fill(y, y + LINE)
            is_bold = row.is_sum or row.is_rate
            color = INK if is_bold else TEXT
            pen.write(MARGIN + 2, y + LINE / 2, row.label, LABEL, color=color, is_bold=is_bold)
            for place, text in enumerate(row.cells, 1):
                right = MARGIN + LABEL + place * step - 2
                pen.write(right, y + LINE / 2, text, step + 6, color=color, is_bold=is_bold, is_right=True)
            y += LINE
            pen.rule(y, RULE, 0.4)
        return y + GAP

    def _amount(self, value: Fraction) -> str:
        return readable.amount(value, self._say.language)

    def _or_dash(self, value: Fraction | None) -> str:
        return self._amount(value) if value else "–"

    def _base(self, rate: Rate | None) -> str:
        if rate is None:
            return ""
        return f"{self._amount(rate.base)} h" if rate.per else self._amount(rate.base)

    def _rate(self, rate: Rate | None) -> str:
        if rate is None:
            return ""
        if rate.per:
            return f"{self._amount(rate.exact)}/h"
        return readable.percent(rate.exact, self._say.language, 2)
