"""How reports put figures into words: amounts by currency, shares with what makes them sure, days of the week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from knowledge.catalogue import Catalogue, Knowledge
from knowledge.figures.definitions import Figure
from knowledge.figures.share import Share
from knowledge.language import writing
from knowledge.language.languages import Language
from knowledge.language.messages import Messages
from knowledge.language.money import Money

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences and the content of one language."""

    messages: Messages
    knowledge: Knowledge

    @classmethod
    def of(cls, messages: Messages, catalogue: Catalogue, language: Language) -> "Words":
        """In a person's or a team's language."""
        return cls(messages, catalogue[language])

    @property
    def language(self) -> Language:
        """The language that all is written in."""
        return self.knowledge.language

    def say(self, key: str, **values: Any) -> str:
        """A message of the interface."""
        return self.messages.text(key, self.language, **values)

    def amounts(self, sums: Sequence[Figure[Money]]) -> str:
        """'48.200 €', several currencies one after the other; empty where there is none."""
        return " + ".join(writing.money(figure.value, self.language) for figure in sums)

    def percent(self, share: Decimal) -> str:
        """'36 %'."""
        return writing.percent(share, self.language, 0)

    def share(self, share: Share) -> str:
        """'36 % (5 von 14)'; under five cases the numbers alone."""
        counted = self.say("report.of", hits=share.hits, cases=share.cases)
        if share.rate is None:
            return counted
        return self.say("report.share", rate=self.percent(share.rate), counted=counted)

    def sure_share(self, share: Share) -> str:
        """'36 % (5 von 14; sicher 16 bis 61 %)'; under five cases the numbers alone."""
        interval = share.interval
        if share.rate is None or interval is None:
            return self.share(share)
        return self.say(
            "report.sure_share",
            rate=self.percent(share.rate),
            counted=self.say("report.of", hits=share.hits, cases=share.cases),
            low=writing.number(interval.low * 100, self.language, 0),
            high=self.percent(interval.high),
        )

    def rate(self, share: Share) -> str:
        """'31 %'; under five cases '2 von 3'."""
        if share.rate is None:
            return self.say("report.of", hits=share.hits, cases=share.cases)
        return self.percent(share.rate)

    def counted(self, counts: Iterable[tuple[str, int]]) -> str:
        """'Zu teuer 7, Lieferzeit 2'; parted by semicolons where a label has a comma of its own."""
        named = [(label, self.say("report.counted", label=label, times=times)) for label, times in counts]
        return ("; " if any("," in label for label, _ in named) else ", ").join(words for _, words in named)

    def on(self, day: date, today: date) -> str:
        """'morgen' or 'am Montag'; a day further away than a week with its date."""
        if day - today == timedelta(days=1):
            return self.say("report.tomorrow")
        if day - today < timedelta(days=7):
            return self.say(f"report.on.{_WEEKDAYS[day.weekday()]}")
        return self.say("report.on_day", day=writing.day(day, self.language, today))

    def every(self, day: date) -> str:
        """'freitags'."""
        return self.say(f"report.every.{_WEEKDAYS[day.weekday()]}")

    def day(self, day: date, today: date) -> str:
        """'Fr., 20.11.'"""
        return writing.day(day, self.language, today)
