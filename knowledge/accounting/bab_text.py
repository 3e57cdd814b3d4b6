"""A computed BAB for people: one line a centre, then manufacturing cost, coverage, checks and warnings.

Amounts with two places at most, rates in per cent with two; exact figures are in the JSON.
"""

from collections.abc import Iterator
from fractions import Fraction

from knowledge.accounting import readable
from knowledge.accounting.bab import Bab
from knowledge.accounting.coverage import Coverage
from knowledge.accounting.exact import total
from knowledge.accounting.faults import shown
from knowledge.accounting.rates import Rate
from knowledge.accounting.readable import Words, aligned
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


class _Writer(Words):
    """The parts of the text, in their order."""

    def amount(self, value: Fraction) -> str:
        return readable.amount(value, self.language)

    def rate(self, rate: Rate) -> str:
        if rate.per:
            return self(f"accounting.table.per.{rate.per}", rate=self.amount(rate.exact))
        return readable.percent(rate.exact, self.language, 2)

    def title(self, bab: Bab) -> Iterator[str]:
        sheet = bab.sheet
        unit = " ".join(part for part in (sheet.unit, sheet.currency) if part)
        if parts := [part for part in (sheet.period, unit) if part]:
            yield " · ".join(parts)

    def centres(self, bab: Bab) -> Iterator[list[str]]:
        yield [self(f"accounting.table.{name}") for name in ("centre", "primary", "after", "base", "rate")]
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
            self("accounting.table.total"),
            self.amount(bab.distribution.total),
            self.amount(total(bab.allocated.after.values())),
            "",
            "",
        ]

    def sums(self, bab: Bab) -> Iterator[str]:
        outside = total(bab.allocated.outside.values())
        if outside:
            yield self("accounting.table.outside", amount=self.amount(outside))
        if cost := bab.manufacturing_cost:
            yield self("accounting.table.cost_of_production", amount=self.amount(cost.of_production))
            if cost.of_sales != cost.of_production:
                yield self("accounting.table.cost_of_sales", amount=self.amount(cost.of_sales))

    def coverage(self, bab: Bab, coverage: Coverage) -> Iterator[list[str]]:
        yield [self(f"accounting.table.{name}") for name in ("centre", "normal", "actual", "difference")]
        names = {centre.id: shown(centre.name, LONGEST_CELL) for centre in bab.sheet.centres}
        rows = [(names[centre], covered) for centre, covered in coverage.centres.items()]
        for name, covered in (*rows, (self("accounting.table.total"), coverage.total)):
            yield [name, *(self.amount(value) for value in (covered.normal, covered.actual, covered.difference))]

    def checks(self, bab: Bab) -> Iterator[str]:
        for check in bab.checks:
            yield self(
                "accounting.table.holds" if check.holds else "accounting.table.does_not_hold",
                name=self(f"accounting.check.{check.kind}"),
                left=self.amount(check.left),
                right=self.amount(check.right),
            )
