"""What the demo tells, read from `demo_data.yaml`, and when: on the working days of the last six weeks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Annotated, Final, Self
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.taxonomy import (
    AcquisitionId,
    AppointmentKind,
    LossReasonId,
    ObjectionId,
    OutcomeId,
    PhaseId,
    TargetGroupId,
)

DATA: Final = Path(__file__).with_name("demo_data.yaml")

WEEKS: Final = 6
WORKING_DAYS: Final = WEEKS * 5
"""Monday to Friday; public holidays are not left out, sellers of a demo have none."""
HOURS: Final = (time(8, 15), time(9, 35), time(10, 55), time(13, 0), time(14, 20), time(15, 40))
"""When appointments begin. They are 80 minutes apart, an appointment takes less."""
MOST_APPOINTMENTS: Final = 4


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tale(_Strict):
    """A conversation in short. `phase` is the one in which it ended, or where it stands while it is open."""

    customer: str
    group: TargetGroupId | None = None
    kind: AppointmentKind | None = None
    how: AcquisitionId | None = None
    ends: OutcomeId | None = None
    phase: PhaseId = PhaseId.CLOSING
    amount: int | None = None
    about: str | None = None
    reason: LossReasonId | None = None
    words: str | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if not (self.ends is OutcomeId.WON) == (self.amount is not None) == (self.about is not None):
            raise ValueError("an order, and nothing else, has an amount and is about something")
        if (self.ends is OutcomeId.LOST) != (self.reason is not None):
            raise ValueError("a final no, and nothing else, has a reason")
        if (self.reason is LossReasonId.OTHER) != (self.words is not None):
            raise ValueError("the reason 'other', and no other one, needs words")
        return self


class DemoSeller(_Strict):
    """A seller of the demo. `care` (0 to 1) is how thoroughly they work."""

    id: int
    name: str
    care: Annotated[float, Field(ge=0, le=1)]
    talks: tuple[Tale, ...]


class Script(_Strict):
    """All that the demo has to tell."""

    sellers: tuple[DemoSeller, ...]
    notes: tuple[str, ...]
    missing: tuple[str, ...]
    objections: Mapping[PhaseId, tuple[ObjectionId, ...]]
    behind: Mapping[LossReasonId, ObjectionId]

    @classmethod
    def load(cls) -> Self:
        """Reads the data file. Raises pydantic's ValidationError where it is not right."""
        return cls.model_validate(yaml.safe_load(DATA.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Story:
    """A conversation with its appointments, aware UTC, in their order. The numbers count from 1 over all sellers."""

    number: int
    seller: DemoSeller
    tale: Tale
    appointments: tuple[datetime, ...]


def working_days(today: date, count: int = WORKING_DAYS) -> list[date]:
    """The last `count` days from Monday to Friday before today, in their order."""
    days: list[date] = []
    day = today
    while len(days) < count:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            days.append(day)
    return days[::-1]


def planned(script: Script, today: date, zone: ZoneInfo) -> list[Story]:
    """Every story with its appointments; the same for the same day. No seller is at two places at once."""
    days = working_days(today)
    stories: list[Story] = []
    for seller in script.sellers:
        calendar = _Calendar(days, zone, Random(seller.name))
        for place, tale in enumerate(seller.talks):
            first = place * (len(days) - 2) // max(1, len(seller.talks) - 1)
            appointments = tuple(calendar.appointments(first, place == len(seller.talks) - 1))
            stories.append(Story(len(stories) + 1, seller, tale, appointments))
    return stories


class _Calendar:
    """A seller's calendar: each appointment takes one of the hours of a day."""

    def __init__(self, days: Sequence[date], zone: ZoneInfo, random: Random) -> None:
        self._days = days
        self._zone = zone
        self._random = random
        self._taken: set[tuple[int, int]] = set()

    def appointments(self, day: int, is_last: bool) -> Iterator[datetime]:
        """The appointments of a conversation from this day on; the last conversation has just begun."""
        for _ in range(1 if is_last else MOST_APPOINTMENTS):
            found = self._free_hour(day)
            if found is None:
                return
            yield self._at(*found)
            day = found[0] + self._random.randint(1, 4)

    def _free_hour(self, day: int) -> tuple[int, int] | None:
        """An hour that is still free, on this day or the next one with such an hour; none beyond the last day."""
        for later in range(day, len(self._days)):
            free = [hour for hour in range(len(HOURS)) if (later, hour) not in self._taken]
            if free:
                hour = self._random.choice(free)
                self._taken.add((later, hour))
                return later, hour
        return None

    def _at(self, day: int, hour: int) -> datetime:
        minutes = timedelta(minutes=self._random.randint(0, 9))
        return (datetime.combine(self._days[day], HOURS[hour], self._zone) + minutes).astimezone(UTC)
