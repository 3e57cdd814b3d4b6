"""A costing or a machine-hour rate for people: the lines of the scheme, one below the other, as on paper.

Amounts with two places, rates in per cent with two at most; exact figures are in the JSON.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from knowledge.accounting import readable
from knowledge.accounting.calculation import Line
from knowledge.accounting.costing import Costed, Costing
from knowledge.accounting.exact import fixed
from knowledge.accounting.faults import Caution, shown
from knowledge.accounting.machine_hour_rate import MachineHourRate
from knowledge.accounting.manufacture import Manufacture
from knowledge.accounting.readable import Words, aligned
from knowledge.accounting.result_costing import machine_label
from knowledge.accounting.scheme import SUMS, Direction, LineId
from knowledge.accounting.working import Kind, Step
from knowledge.language import writing
from knowledge.language.languages import Language
from knowledge.language.messages import Messages

LONGEST_LABEL: Final = 44

_TAKEN_OFF: Final = (LineId.PURCHASE_TRADE_DISCOUNT, LineId.PURCHASE_CASH_DISCOUNT)
_ALWAYS_SHOWN: Final = (LineId.FULL_COST, LineId.LIST_PRICE)


def costing_lines(
    costed: Costed, messages: Messages, language: Language, further: Iterable[Caution] = ()
) -> Iterator[str]:
    """The lines that apply, then profit rate, price floors and warnings."""
    write = _Writer(messages, language)
    rows: list[list[str]] = []
    for line in _applying(costed):
        if line.id == LineId.MANUFACTURING_COST_OF_SALES:
            rows += write.stock_changes(costed.costing)
        rows.append([_sign(line.id) if rows else "", *write.line(line)])
    with_rates = any(rate for _, _, rate, _ in rows)
    yield from aligned(
        [[f"{sign:1} {label}", *([rate] if with_rates else []), amount] for sign, label, rate, amount in rows]
    )
    yield ""
    sought = costed.costing.direction is Direction.DIFFERENCE
    if costed.profit_rate is not None and (costed.profit_rate or sought):
        yield write("costing.table.profit_rate", rate=write.percent(costed.profit_rate))
    floor = costed.price_floor
    yield write("costing.table.long_term", amount=write.amount(floor.long_term))
    if floor.short_term is not None:
        yield write("costing.table.short_term", amount=write.amount(floor.short_term))
    for caution in (*costed.cautions, *further):
        yield caution.sentence(messages, language)


def machine_lines(
    result: MachineHourRate, messages: Messages, language: Language, cautions: Iterable[Caution] = ()
) -> Iterator[str]:
    """Each cost by the year and by the hour, then the rates and warnings."""
    write = _Writer(messages, language)
    yield write("costing.table.hours", hours=write.number(result.hours))
    per_year = sum((line.per_year for line in result.lines), Fraction(0))
    yield from aligned(
        [
            [write(f"costing.table.{column}") for column in ("cost", "per_year", "per_hour")],
            *(
                [
                    shown(machine_label(line, messages, language), LONGEST_LABEL),
                    write.amount(line.per_year),
                    write.amount(line.per_hour),
                ]
                for line in result.lines
            ),
            [write("costing.machine.rate"), write.amount(per_year), write.amount(result.rate)],
        ]
    )
    if result.remaining_rate is not None:
        yield write("costing.table.remaining_rate", rate=write.percent(result.remaining_rate))
    for caution in cautions:
        yield caution.sentence(messages, language)


def _applying(costed: Costed) -> list[Line]:
    """The lines that people want to see: without zeros, and without sums that only repeat the sum before."""
    kept: list[Line] = []
    news = False
    for line in costed.lines:
        name = LineId(line.id.partition(".")[0])
        if name not in SUMS:
            wanted = news_here = line.amount != 0
        else:
            news_here = False
            says_more = line.amount != 0 and (not kept or line.amount != kept[-1].amount)
            stock = name is LineId.MANUFACTURING_COST_OF_SALES and bool(_stock(costed.costing))
            wanted = news or says_more or stock or name in _ALWAYS_SHOWN
        if wanted:
            kept.append(line)
            news = news_here
    return kept


def _stock(costing: Costing) -> list[tuple[str, str, Fraction]]:
    """The changes in stock that there are, which are no lines of their own: sign, key of the label, amount."""
    if not isinstance(costing.cost, Manufacture):
        return []
    changes = [
        ("−", "costing.table.stock_increase", costing.cost.stock_increase),
        ("+", "costing.table.stock_decrease", costing.cost.stock_decrease),
    ]
    return [change for change in changes if change[2]]


class _Writer(Words):
    """The lines and figures as they stand in columns."""

    def number(self, value: Fraction) -> str:
        return writing.number(Decimal(fixed(value)), self.language)

    def amount(self, value: Fraction) -> str:
        return writing.number(Decimal(fixed(value)), self.language, 2)

    def percent(self, rate: Fraction) -> str:
        return readable.percent(rate, self.language)

    def stock_changes(self, costing: Costing) -> list[list[str]]:
        """Sign, label, rate, amount."""
        return [[sign, self(label), "", self.amount(amount)] for sign, label, amount in _stock(costing)]

    def line(self, line: Line) -> list[str]:
        """Label, rate, amount."""
        label = self(line.step.label, **line.step.params)
        rate = _rate_of(line.step)
        return [shown(label, LONGEST_LABEL), "" if rate is None else self.percent(rate), self.amount(line.amount)]


def _rate_of(step: Step) -> Fraction | None:
    rate = step.operands.get("rate")
    return rate.value if rate and rate.kind is Kind.SHARE else None


def _sign(line: str) -> str:
    """`=` before a sum, `−` before what is taken off, `+` before what is put on; nothing before a stage's own line."""
    name, _, stage = line.partition(".")
    if LineId(name) in SUMS:
        return "="
    if stage:
        return ""
    return "−" if LineId(name) in _TAKEN_OFF else "+"
