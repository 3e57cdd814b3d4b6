"""What a report is made of: everything that was read of a team, as plain values, at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from dialogs.ports.people import Team
from knowledge.figures.costs import CostEntry
from knowledge.figures.follow_ups import FollowUp
from knowledge.figures.matters import Matter
from knowledge.reporting_days import ReportingDays

SELLERS_FROM: Final = 4
"""Under so many sellers sums would tell who it was: conversations, orders and amount, nothing else."""

LOOKS_BACK: Final = timedelta(days=366)
"""What nobody has touched for so long before the span has gone to sleep: it neither stalls nor is it due."""


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """A team's conversations and what belongs to them as they stood at `asked_at` (exclusive).

    `sellers`: how many members sell and lead nobody. `earlier`: orders from before all this of customers in it.
    `customers`: the name or alias by conversation. `observed_since`: the day on which the team was founded.
    """

    team: Team
    asked_at: datetime
    days: ReportingDays
    sellers: int
    matters: Sequence[Matter]
    follow_ups: Sequence[FollowUp]
    customers: Mapping[int, str]
    observed_since: date
    earlier: Sequence[Matter] = ()
    costs: Sequence[CostEntry] = ()

    @property
    def today(self) -> date:
        """The reporting day of the moment of asking."""
        return self.days.reporting_day(self.asked_at)

    @property
    def only_sums(self) -> bool:
        """Whether the team is too small to show more than conversations, orders and their amount."""
        return self.sellers < SELLERS_FROM
