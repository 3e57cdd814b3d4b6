"""The days of the summaries (Berichtstage): to which summary a moment belongs.

A summary covers what happened since the last one was due: from its time on the working day before to the same time on
its own day, on the clock of the team's zone. What happens after the last summary of a week belongs to the first one of
the next. A span holds the moment at which it begins, and not the one at which it ends.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from knowledge.wall_clock import moment_of

_A_DAY: Final = timedelta(days=1)

_LOOK: Final = 400
"""Days within which a team that works at all has a working day; for one that never does every day counts."""


@dataclass(frozen=True)
class ReportingDays:
    """The reporting days of a team. `zone` is an IANA name; `is_working_day`: whether a summary is due on a date."""

    zone: str
    summary_time: time
    is_working_day: Callable[[date], bool]
    _days: list[date] = field(default_factory=list, repr=False, compare=False)
    """The reporting days of a stretch of the calendar without a gap, and beside them the moments of their summaries."""
    _due: list[datetime] = field(default_factory=list, repr=False, compare=False)

    def reporting_day(self, moment: datetime) -> date:
        """The day of the summary to which an aware moment belongs."""
        if not self._due or moment >= self._due[-1]:
            self._add_later(moment)
        if moment < self._due[0]:
            self._add_earlier(moment)
        return self._days[bisect_right(self._due, moment)]

    def due(self, day: date) -> datetime:
        """When the summary of a day is due, in UTC."""
        return moment_of(day, self.summary_time, self.zone)

    def span(self, day: date) -> tuple[datetime, datetime]:
        """From when (inclusive) to when (exclusive) the summary of a reporting day reaches, in UTC."""
        return self.due(self.before(day)), self.due(day)

    def before(self, day: date) -> date:
        """The last reporting day before this date."""
        return self._next(day, -_A_DAY)

    def after(self, day: date) -> date:
        """The first reporting day after this date."""
        return self._next(day, _A_DAY)

    def _next(self, day: date, by: timedelta) -> date:
        found = (there for count in range(1, _LOOK) if self.is_working_day(there := day + count * by))
        return next(found, day + by)

    def _add_later(self, moment: datetime) -> None:
        if not self._days:
            first = self.before(moment.astimezone(ZoneInfo(self.zone)).date())
            self._days.append(first)
            self._due.append(self.due(first))
        while self._due[-1] <= moment:
            self._days.append(self.after(self._days[-1]))
            self._due.append(self.due(self._days[-1]))

    def _add_earlier(self, moment: datetime) -> None:
        earlier = [self._days[0]]
        while self.due(earlier[-1]) > moment:
            earlier.append(self.before(earlier[-1]))
        earlier.reverse()
        self._days[:0] = earlier[:-1]
        self._due[:0] = [self.due(day) for day in earlier[:-1]]
