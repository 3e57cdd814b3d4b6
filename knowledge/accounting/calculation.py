"""A calculation line by line: each line is rounded by one rule and says how it came about.

The three ways of taking per cent are the textbook's (Prozentrechnung vom, im und auf Hundert): of a base, of what is
left after the share was taken off, of what is there after it was put on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from knowledge.accounting.exact import rounded
from knowledge.accounting.scheme import Rounding, in_scheme
from knowledge.accounting.working import Figure, Step, Working, amount, price, quantity


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the scheme: its amount, by the rounding rule, and how it came about."""

    id: str
    amount: Fraction
    step: Step


@dataclass(frozen=True, slots=True)
class TimeAtRate:
    """Hours of a person or a machine at a rate per hour; `name` is the machine's."""

    hours: Fraction
    hourly_rate: Fraction
    name: str = ""

    @property
    def cost(self) -> Fraction:
        """Hours × rate."""
        return self.hours * self.hourly_rate


class Calculation:
    """Lines as they are worked out; every method adds one. `calculation[line]` is what later lines build on."""

    def __init__(self, rounding: Rounding) -> None:
        self._smallest = rounding.step
        self._lines: dict[str, Line] = {}

    def __getitem__(self, line: str) -> Figure:
        return self._lines[line].step.result

    def given(self, line: str, value: Fraction, stage: str = "") -> None:
        """An amount that was entered."""
        self._add(line, value, "{given}", {"given": amount(value, line)}, stage)

    def time(self, line: str, times: Sequence[TimeAtRate], stage: str = "") -> None:
        """Hours at their rates: `h1 × r1 + h2 × r2`."""
        operands: dict[str, Figure] = {}
        for place, worked in enumerate(times, 1):
            operands |= {f"hours{place}": quantity(worked.hours), f"rate{place}": price(worked.hourly_rate)}
        pattern = " + ".join(f"{{hours{place}}} * {{rate{place}}}" for place in range(1, len(times) + 1))
        self._add(line, sum((worked.cost for worked in times), Fraction(0)), pattern or "0", operands, stage)

    def total(self, line: str, *plus: Figure, less: Sequence[Figure] = ()) -> None:
        """What the lines above add up to: `a + b − c`."""
        operands = {f"plus{place}": figure for place, figure in enumerate(plus, 1)}
        operands |= {f"less{place}": figure for place, figure in enumerate(less, 1)}
        pattern = " + ".join(f"{{plus{place}}}" for place in range(1, len(plus) + 1))
        pattern += "".join(f" - {{less{place}}}" for place in range(1, len(less) + 1))
        value = sum((figure.value for figure in plus), Fraction(0)) - sum(figure.value for figure in less)
        self._add(line, value, pattern or "0", operands)

    def of_hundred(self, line: str, rate: Figure, base: Figure, less: Figure | None = None, stage: str = "") -> None:
        """Vom Hundert: a share of the base, or of what it is without `less`."""
        bases, pattern, value = _base(base, less)
        self._add(line, value * rate.value, f"{pattern} * {{rate}}", {**bases, "rate": rate}, stage)

    def in_hundred(self, line: str, rate: Figure, base: Figure, shares: Sequence[Figure] = ()) -> None:
        """Im Hundert: a share of what the base is a rest of, after all `shares` (this one too) were taken off."""
        named, pattern, sum_ = _shares(" - ", shares or (rate,))
        operands = {"base": base, "rate": rate, **named}
        self._add(line, base.value * rate.value / (1 - sum_), f"{{base}} * {{rate}} / (1{pattern})", operands)

    def on_hundred(
        self, line: str, rate: Figure, base: Figure, shares: Sequence[Figure] = (), less: Figure | None = None
    ) -> None:
        """Auf Hundert: a share of what the base was before all `shares` (this one too) were put on."""
        bases, base_pattern, value = _base(base, less)
        named, pattern, sum_ = _shares(" + ", shares or (rate,))
        operands = {**bases, "rate": rate, **named}
        self._add(line, value * rate.value / (1 + sum_), f"{base_pattern} * {{rate}} / (1{pattern})", operands)

    def lines(self) -> tuple[Line, ...]:
        """All lines in the order of the scheme."""
        return tuple(self._lines[line] for line in sorted(self._lines, key=in_scheme))

    def working(self) -> Working:
        """All steps in the order in which they were taken: a backward costing begins at the price."""
        return tuple(line.step for line in self._lines.values())

    def _add(self, line: str, value: Fraction, pattern: str, operands: dict[str, Figure], stage: str = "") -> None:
        if self._smallest is not None:
            value = rounded(value, self._smallest)
        name, _, place = line.partition(".")
        label = f"costing.stage_line.{name}" if place else f"costing.line.{name}"
        params = {"stage": stage or place} if place else {}
        step = Step(line, label, pattern, operands, amount(value, line), params)
        self._lines[line] = Line(line, value, step)


def _base(base: Figure, less: Figure | None) -> tuple[dict[str, Figure], str, Fraction]:
    if less is None or less.value == 0:
        return {"base": base}, "{base}", base.value
    return {"base": base, "less": less}, "({base} - {less})", base.value - less.value


def _shares(sign: str, shares: Sequence[Figure]) -> tuple[dict[str, Figure], str, Fraction]:
    """The shares that are not 0, by name, as `− a − b`, and their sum."""
    named = {f"share{place}": share for place, share in enumerate(shares, 1) if share.value}
    pattern = "".join(f"{sign}{{{name}}}" for name in named)
    return named, pattern, sum((share.value for share in named.values()), Fraction(0))
