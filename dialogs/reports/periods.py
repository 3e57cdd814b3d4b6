"""The spans of reports (Berichtszeiträume): a day, a week from Monday on, a month; and how a button names one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from knowledge.figures.costs import Month
from knowledge.figures.matters import WEEK, Span
from knowledge.reporting_days import ReportingDays

_A_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """How long a period is; the letter stands in its name."""

    DAY = "d"
    WEEK = "w"
    MONTH = "m"


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week or month, by its first day."""

    kind: PeriodKind
    first: date

    @classmethod
    def around(cls, kind: PeriodKind, day: date) -> "Period":
        """The period of this kind that a day lies in."""
        match kind:
            case PeriodKind.DAY:
                return cls(kind, day)
            case PeriodKind.WEEK:
                return cls(kind, day - timedelta(days=day.weekday()))
            case PeriodKind.MONTH:
                return cls(kind, day.replace(day=1))

    @classmethod
    def named(cls, name: str) -> "Period":
        """The period that `name` gave. Raises ValueError for anything else."""
        return cls.around(PeriodKind(name[:1]), date.fromisoformat(name[1:]))

    @property
    def name(self) -> str:
        """As it stands on a button: 'w2026-11-16'."""
        return f"{self.kind}{self.first.isoformat()}"

    @property
    def last(self) -> date:
        """The last day."""
        match self.kind:
            case PeriodKind.DAY:
                return self.first
            case PeriodKind.WEEK:
                return self.first + WEEK - _A_DAY
            case PeriodKind.MONTH:
                return (self.first + timedelta(days=31)).replace(day=1) - _A_DAY

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.first, self.last)

    @property
    def before(self) -> "Period":
        """The one before."""
        return Period.around(self.kind, self.first - _A_DAY)

    @property
    def after(self) -> "Period":
        """The next one."""
        return Period.around(self.kind, self.last + _A_DAY)

    @property
    def months(self) -> Sequence[Month]:
        """The month that costs are taken from: of a week the one in which it ends."""
        return (Month.of(self.last),)


def began_early(period: Period, days: ReportingDays, asked_at: datetime) -> datetime | None:
    """Since when, on the team's clock, a period counts that is asked for before its first day; else None.

    After the last summary of a week or a month, and over a weekend, the next one is running.
    """
    zone, today = ZoneInfo(days.zone), days.reporting_day(asked_at)
    if today not in period.span or asked_at.astimezone(zone).date() >= period.first:
        return None
    return days.span(today)[0].astimezone(zone)
