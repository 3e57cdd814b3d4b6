"""A computed BAB for people: one line a centre, then manufacturing cost, coverage, checks and warnings.

Amounts with two places at most, rates in per cent with two; exact figures are in the JSON.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from knowledge.accounting.bab import Bab
from knowledge.accounting.coverage import Coverage
from knowledge.accounting.exact import fixed
from knowledge.accounting.faults import shown
from knowledge.accounting.rates import Rate
from knowledge.language import writing
from knowledge.language.languages import Language
from knowledge.language.messages import Messages

LONGEST_CELL = 32


def bab_lines(bab: Bab, messages: Messages, language: Language) -> Iterator[str]:
    """The lines, their columns aligned for a typewriter's letters."""
    write = _Writer(messages, language)
    yield from write.title(bab)
    yield from aligned(list(write.centres(bab)))
    yield from write.sums(bab)
    if bab.coverage:
        yield ""
        yield from aligned(list(write.coverage(bab, bab.coverage)))
    yield ""
    yield from write.checks(bab)
    for caution in bab.cautions:
        yield caution.sentence(messages, language)


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first column to the left, the others to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()


class _Writer:
    """Knows the language."""

    def __init__(self, messages: Messages, language: Language) -> None:
        self._messages = messages
        self._language = language

    def text(self, key: str, **params: str) -> str:
        return self._messages.text(key, self._language, **params)

    def amount(self, value: Fraction) -> str:
        return writing.number(Decimal(fixed(value)), self._language, 0 if value.denominator == 1 else 2)

    def rate(self, rate: Rate) -> str:
        if rate.per:
            return self.text(f"accounting.table.per.{rate.per}", rate=self.amount(rate.exact))
        return writing.percent(Decimal(fixed(rate.exact, 4)), self._language, 2)

    def title(self, bab: Bab) -> Iterator[str]:
        sheet = bab.sheet
        unit = " ".join(part for part in (sheet.unit, sheet.currency) if part)
        if parts := [part for part in (sheet.period, unit) if part]:
            yield " · ".join(parts)

    def centres(self, bab: Bab) -> Iterator[list[str]]:
        yield [self.text(f"accounting.table.{name}") for name in ("centre", "primary", "after", "base", "rate")]
        rates = {rate.centre: rate for rate in bab.rates}
        for centre in bab.sheet.centres:
            rate = rates.get(centre.id)
            yield [
                shown(centre.name, LONGEST_CELL),
                self.amount(bab.distribution.primary[centre.id]),
                self.amount(bab.allocated.after[centre.id]),
                self.amount(rate.base) if rate else "",
                self.rate(rate) if rate else "",
            ]
        yield [
            self.text("accounting.table.total"),
            self.amount(bab.distribution.total),
            self.amount(sum(bab.allocated.after.values(), Fraction(0))),
            "",
            "",
        ]

    def sums(self, bab: Bab) -> Iterator[str]:
        outside = sum(bab.allocated.outside.values(), Fraction(0))
        if outside:
            yield self.text("accounting.table.outside", amount=self.amount(outside))
        if cost := bab.manufacturing_cost:
            yield self.text("accounting.table.cost_of_production", amount=self.amount(cost.of_production))
            if cost.of_sales != cost.of_production:
                yield self.text("accounting.table.cost_of_sales", amount=self.amount(cost.of_sales))

    def coverage(self, bab: Bab, coverage: Coverage) -> Iterator[list[str]]:
        yield [self.text(f"accounting.table.{name}") for name in ("centre", "normal", "actual", "difference")]
        names = {centre.id: shown(centre.name, LONGEST_CELL) for centre in bab.sheet.centres}
        rows = [(names[centre], covered) for centre, covered in coverage.centres.items()]
        for name, covered in (*rows, (self.text("accounting.table.total"), coverage.total)):
            yield [name, *(self.amount(value) for value in (covered.normal, covered.actual, covered.difference))]

    def checks(self, bab: Bab) -> Iterator[str]:
        for check in bab.checks:
            yield self.text(
                "accounting.table.holds" if check.holds else "accounting.table.does_not_hold",
                name=self.text(f"accounting.check.{check.kind}"),
                left=self.amount(check.left),
                right=self.amount(check.right),
            )
