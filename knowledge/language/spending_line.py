"""Reads a line such as 'november messe 4.800': a month, a way to win customers, and what it cost, in any order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from knowledge.figures.costs import Month
from knowledge.language.amounts import read_amount
from knowledge.language.date_words import MONTHS, plain
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.money import Money
from knowledge.taxonomy import AcquisitionId

_YEAR: Final = re.compile(r"20[0-9]{2}")
_NUMBERED: Final = (
    re.compile(r"(?P<month>1[0-2]|0?[1-9])[/.](?P<year>20[0-9]{2})"),
    re.compile(r"(?P<year>20[0-9]{2})-(?P<month>1[0-2]|0[1-9])"),
)


@dataclass(frozen=True, slots=True)
class SpendingLine:
    """What was understood; None for what the line does not say. `words`: what names neither month nor amount."""

    month: Month | None
    channel: AcquisitionId | None
    amount: Money | None
    words: str


def read_spending(
    text: str, language: Language, today: date, currency: str, channels: Mapping[AcquisitionId, Sequence[str]]
) -> SpendingLine:
    """A month without a year is the last one of that name, today's included.

    `channels`: the words by which each way is known, in any spelling. Raises ReadingError where an amount is named that
    can't be read for sure, as `read_amount` does.
    """
    tokens = text.replace(";", " ").split()
    month, tokens = _month(tokens, today)
    amount, tokens = _amount(tokens, language, currency)
    return SpendingLine(month, _channel(tokens, channels), amount, " ".join(tokens))


def _month(tokens: list[str], today: date) -> tuple[Month | None, list[str]]:
    for place, token in enumerate(tokens):
        word = plain(token).strip(".,;:")
        numbered = next(filter(None, (pattern.fullmatch(word) for pattern in _NUMBERED)), None)
        if numbered:
            return Month(int(numbered["year"]), int(numbered["month"])), tokens[:place] + tokens[place + 1 :]
        if word in MONTHS:
            number, after = MONTHS[word], tokens[place + 1 : place + 2]
            if after and _YEAR.fullmatch(after[0].strip(".,;:")):
                return Month(int(after[0].strip(".,;:")), number), tokens[:place] + tokens[place + 2 :]
            year = today.year if number <= today.month else today.year - 1
            return Month(year, number), tokens[:place] + tokens[place + 1 :]
    return None, tokens


def _amount(tokens: list[str], language: Language, currency: str) -> tuple[Money | None, list[str]]:
    """The longest run of words that reads as an amount; one that reads two ways is refused."""
    unsure: ReadingError | None = None
    for length in range(min(len(tokens), 4), 0, -1):
        for start in range(len(tokens) - length + 1):
            run = " ".join(tokens[start : start + length])
            try:
                amount = read_amount(run, language, currency)
            except ReadingError as error:
                if error.key != "reading.amount" and unsure is None:
                    unsure = error
                continue
            return amount, tokens[:start] + tokens[start + length :]
    if unsure is not None:
        raise unsure
    return None, tokens


def _channel(tokens: Sequence[str], channels: Mapping[AcquisitionId, Sequence[str]]) -> AcquisitionId | None:
    """The way whose longest known word stands in the text."""
    said = f" {plain(' '.join(tokens)).replace('-', ' ')} "
    found = [
        (len(known), channel)
        for channel, words in channels.items()
        for known in (plain(word).replace("-", " ") for word in words)
        if known and f" {known} " in said
    ]
    return max(found, key=lambda one: one[0])[1] if found else None
