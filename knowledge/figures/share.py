"""Shares that say how sure they are: none under five cases, with an interval from there.

The interval is Wilson's score interval, 95 %: E. B. Wilson, Probable Inference, the Law of Succession, and
Statistical Inference, JASA 22 (1927), 209–212; recommended for few cases by Brown, Cai, DasGupta, Interval
Estimation for a Binomial Proportion, Statistical Science 16 (2001), 101–133. Two shares are compared by R. G.
Newcombe, Interval Estimation for the Difference Between Independent Proportions, Statistics in Medicine 17 (1998),
873–890, method 10.
"""

from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import Final

ENOUGH: Final = 5
"""Under so many cases a percentage pretends to know what nobody knows."""

_Z: Final = Decimal("1.959963984540054")
"""The normal distribution's 97.5 % quantile, for 95 % in the middle."""

_EXACT: Final = Context(prec=40)
"""Far more places than are shown: a percentage is rounded once, when it is written."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, fractions of 1: shares lie in 0..1, differences of shares in -1..1."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. Raises ValueError for what can't be."""

    hits: int
    cases: int

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.cases:
            raise ValueError(f"{self.hits} of {self.cases} can't be")

    @property
    def says_something(self) -> bool:
        """Whether there are enough cases for a percentage."""
        return self.cases >= ENOUGH

    @property
    def rate(self) -> Decimal | None:
        """The share as a fraction of 1; None under five cases."""
        return _rate(self.hits, self.cases) if self.says_something else None

    @property
    def interval(self) -> Interval | None:
        """Where the true share lies with 95 % confidence; None under five cases."""
        return wilson(self.hits, self.cases) if self.says_something else None

    def is_at_least(self, part: int, of: int) -> bool:
        """Whether hits ÷ cases ≥ part ÷ of, exactly; never without a case."""
        return self.cases > 0 and self.hits * of >= part * self.cases


@dataclass(frozen=True, slots=True)
class Comparison:
    """A share beside the one it is held against."""

    now: Share
    before: Share

    @property
    def difference(self) -> Decimal | None:
        """Now − before, a fraction of 1 (0.05: five percentage points more); None where either has too few cases."""
        if self.now.rate is None or self.before.rate is None:
            return None
        return self.now.rate - self.before.rate

    @property
    def interval(self) -> Interval | None:
        """Where the true difference lies with 95 % confidence (Newcombe); None where either has too few cases."""
        now, before, difference = self.now.interval, self.before.interval, self.difference
        if now is None or before is None or difference is None:
            return None
        this, that = self.now.rate or Decimal(0), self.before.rate or Decimal(0)
        with localcontext(_EXACT):
            down = ((this - now.low) ** 2 + (before.high - that) ** 2).sqrt()
            up = ((now.high - this) ** 2 + (that - before.low) ** 2).sqrt()
            return Interval(max(difference - down, Decimal(-1)), min(difference + up, Decimal(1)))

    @property
    def fell(self) -> bool:
        """Whether the share is lower than before, by more than chance explains."""
        return self.interval is not None and self.interval.high < 0

    @property
    def rose(self) -> bool:
        """Whether the share is higher than before, by more than chance explains."""
        return self.interval is not None and self.interval.low > 0


def wilson(hits: int, cases: int) -> Interval:
    """Wilson's score interval, 95 %, of `hits` in at least one case; unrounded."""
    with localcontext(_EXACT):
        n, p, z2 = Decimal(cases), _rate(hits, cases), _Z * _Z
        middle = p + z2 / (2 * n)
        reach = _Z * (p * (1 - p) / n + z2 / (4 * n * n)).sqrt()
        scale = 1 + z2 / n
        # The ends are exactly 0 and 1 there; the root leaves a speck in the fortieth place.
        low = Decimal(0) if hits == 0 else (middle - reach) / scale
        high = Decimal(1) if hits == cases else (middle + reach) / scale
        return Interval(low, high)


def _rate(hits: int, cases: int) -> Decimal:
    return _EXACT.divide(Decimal(hits), Decimal(cases))
