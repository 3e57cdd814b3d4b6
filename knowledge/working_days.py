"""Working days (Arbeitstage) of a team: its weekdays, without the holidays of its region and its own days off.

The holidays come from the library `holidays`; a region is a country, or a country and a part of it: DE, DE-BY, AT-9,
CH-ZH. Customs without a law, such as Zürich's Sechseläuten, are no holidays; a team enters them as days off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from holidays import country_holidays

HALF_HOLIDAYS: Final = frozenset({(12, 24), (12, 31)})
"""(month, day) of the two days on which most offices close at noon or are shut."""

_LOOK: Final = 400
"""Days within which a team that works at all has a working day."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """When a team works. `weekdays` by ISO, 1 is Monday."""

    weekdays: frozenset[int] = frozenset(range(1, 6))
    region: str = "DE"
    half_holidays_off: bool = True
    days_off: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether this date is a working day."""
        if day.isoweekday() not in self.weekdays or day in self.days_off:
            return False
        if self.half_holidays_off and (day.month, day.day) in HALF_HOLIDAYS:
            return False
        return day not in holidays_of(self.region, day.year)

    def next_after(self, day: date) -> date | None:
        """The first working day after this date; None for a team that never works."""
        return next(filter(self.works, _days_after(day)), None)


@lru_cache(maxsize=256)
def holidays_of(region: str, year: int) -> frozenset[date]:
    """The public holidays of a region in a year.

    A part that the country does not have counts as the whole country, an unknown country has none: a slip in a setting
    must not silence the bot.
    """
    country, _, part = region.upper().partition("-")
    for subdivision in (part or None, None):
        try:
            return frozenset(country_holidays(country, subdiv=subdivision, years=year))
        except NotImplementedError:
            continue
    return frozenset()


def _days_after(start: date) -> Iterator[date]:
    return (start + timedelta(days=count) for count in range(1, _LOOK))
