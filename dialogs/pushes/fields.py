"""Times of day as settings ask for them: '6:15', '7 Uhr', '20–7'."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Final

from pydantic import PlainValidator

from dialogs.form_model import Form, Question, UnboundForm
from dialogs.pushes.offers import NO_LATER
from knowledge.language.clock_times import read_clock
from knowledge.language.date_words import plain
from knowledge.language.errors import ReadingError

_BARE: Final = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?: ?(?:uhr|h))?")
"""A setting means the clock of 24 hours: '6:15' is in the morning, whatever it would be in a date."""
_TO: Final = re.compile(r" ?(?:-|–|—|\bbis\b|\bto\b|\buntil\b|\btill\b) ?")
_FROM: Final = re.compile(r"^(?:von|from|ab) ")


@dataclass(frozen=True, slots=True)
class Span:
    """From one time of day to another, across midnight where it is the earlier one."""

    start: time
    end: time


def clock_time(text: str) -> time:
    """The time of day that was typed; raises ReadingError `settings.times.unclear` or `reading.time_impossible`."""
    words = plain(text)
    bare = _BARE.fullmatch(words)
    if bare is not None:
        hour, minute = int(bare[1]), int(bare[2] or 0)
        if hour > 23 or minute > 59:
            raise ReadingError("reading.time_impossible")
        return time(hour, minute)
    found = read_clock(words, beside_a_day=True)
    if found is None:
        raise ReadingError("settings.times.unclear")
    return found


def _morning(text: str) -> time:
    clock = clock_time(text)
    if clock >= NO_LATER:
        raise ReadingError("settings.times.after_noon")
    return clock


def _span(text: str) -> Span:
    parts = _TO.split(_FROM.sub("", plain(text)))
    if len(parts) != 2:
        raise ReadingError("settings.times.no_span")
    return Span(clock_time(parts[0]), clock_time(parts[1]))


class MorningForm(UnboundForm):
    """When the morning message comes."""

    at: Annotated[Annotated[time, PlainValidator(_morning)], Question("settings.times.ask_morning")]


class QuietForm(UnboundForm):
    """From when to when nothing is pushed."""

    span: Annotated[Annotated[Span, PlainValidator(_span)], Question("settings.times.ask_quiet")]


PUSH_FORMS: Final[Mapping[str, type[Form]]] = {"morning": MorningForm, "quiet": QuietForm}
"""The names are stored with a waiting question: add freely, rename never."""
