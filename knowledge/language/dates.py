"""Reads days and moments as people type them, in German and English: 'übermorgen 9 Uhr', 'Thu 2:30pm', 'KW 8'.

The whole text must be understood: 'Termin mit Herrn März' names no day. German in an English chat and the other
way round is read as well; only '3/4' depends on the language. A grammar of our own: the well-kept library for this,
dateparser, reads fewer than half of the phrases in our tests, and every sixth wrongly ('12.12.', 'übermorgen 9
Uhr').
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from knowledge.language.clock_times import read_clock, read_part_of_day
from knowledge.language.date_words import COUNT, WEEKDAY, count, plain
from knowledge.language.days import read_day_phrase
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language

LONGEST_TEXT = 60


@dataclass(frozen=True, slots=True)
class DayTime:
    """A day and, if it was named, the time of day; both on the clock of the person's zone."""

    day: date
    time: time | None

    def at(self, zone: tzinfo) -> datetime:
        """The moment in UTC; of an hour that the end of summer time repeats, the first.

        Raises ReadingError `reading.time_skipped` with `day` and `time` where the clock jumps over it, ValueError
        without a time.
        """
        if self.time is None:
            raise ValueError("a day alone is no moment; ask for the time first")
        local = datetime.combine(self.day, self.time, zone)
        moment = local.astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
            raise ReadingError("reading.time_skipped", day=self.day, time=self.time)
        return moment


def read_day(text: str, language: Language, today: date) -> date:
    """The day that `text` names; without a year the next one, today included.

    Raises ReadingError, each with `text`: `reading.day` (not understood), `reading.day_impossible` (31.2.),
    `reading.day_ambiguous` (3/4 in English; `first` and `second` are the days), `reading.day_weekday` (`day` is
    the date whose weekday is another one).
    """
    try:
        day = read_day_phrase(_plain(text), language, today)
    except ReadingError as error:
        raise ReadingError(error.key, text=text[:LONGEST_TEXT], **error.params) from error
    if day is None:
        raise ReadingError("reading.day", text=text[:LONGEST_TEXT])
    return day


def read_moment(text: str, language: Language, now_local: datetime) -> DayTime:
    """The day that `text` names, and the time if it names one; a time alone is the next such time.

    `now_local` is the person's local time, aware or not; spans such as 'in 2 Stunden' count true hours when it is
    aware. A part of the day without an hour ('morgen Vormittag') is understood and gives no time.
    Raises ReadingError as `read_day` does, but `reading.moment` for what is not understood, and
    `reading.time_impossible`.
    """
    words = _plain(text)
    moment = _after_span(words, now_local)
    problem = ReadingError("reading.moment")
    for day_words, time_words in _divisions(words):
        if moment:
            break
        try:
            moment = _day_with_time(day_words, time_words, language, now_local)
        except ReadingError as error:
            problem = error if problem.key == "reading.moment" else problem
    if moment is None:
        raise ReadingError(problem.key, text=text[:LONGEST_TEXT], **problem.params)
    return moment


def _divisions(words: str) -> Iterator[tuple[str, str]]:
    """All ways to part the text in a day and a time: a day alone, the longest day first, a time alone last."""
    yield words, ""
    cuts = [match.span() for match in re.finditer(" ", words)]
    for start, end in reversed(cuts):
        yield words[:start], words[end:]
    for start, end in cuts:
        yield words[end:], words[:start]
    yield "", words


def _day_with_time(day_words: str, time_words: str, language: Language, now: datetime) -> DayTime | None:
    """The moment, or None where one of the two is not named; a named but impossible one raises."""
    if not time_words:
        day = read_day_phrase(day_words, language, now.date())
        return DayTime(day, None) if day else None
    if not day_words:
        clock = read_clock(time_words, beside_a_day=False)
        return DayTime(_next_day_at(clock, now), clock) if clock else None
    is_part, clock = read_part_of_day(time_words)
    try:
        clock = clock or read_clock(time_words, beside_a_day=True)
    except ReadingError:
        if read_day_phrase(day_words, language, now.date()) is None:
            return None  # the rest is no day: what failed was no time either
        raise
    if clock is None and not is_part:
        return None
    day = read_day_phrase(day_words, language, now.date())
    return DayTime(day, clock) if day else None


def _next_day_at(clock: time, now: datetime) -> date:
    return now.date() if clock > now.time() else now.date() + timedelta(days=1)


def _after_span(words: str, now: datetime) -> DayTime | None:
    """'in 2 Stunden', 'in half an hour', in whole minutes."""
    match = _SPAN.fullmatch(words)
    if match is None:
        return None
    minutes = 30 if match["half"] else count(match["count"]) * (60 if match["unit"][0] in "sh" else 1)
    # On an aware clock by way of UTC: two hours are two hours in the night of the change, too.
    later = (
        (now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(now.tzinfo)
        if now.tzinfo
        else (now + timedelta(minutes=minutes))
    )
    return DayTime(later.date(), later.time().replace(second=0, microsecond=0))


def _plain(text: str) -> str:
    """The spelling of the patterns; what is too long to be a day becomes nothing."""
    if len(text) > LONGEST_TEXT:
        return ""
    words = _ISO_MOMENT.sub(r"\1 \2", plain(text))
    words = _FUSED_PART.sub(r"\1 \2", words)
    return words.replace(" - ", " ")


_ISO_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})t([0-9])")
_FUSED_PART = re.compile(rf"\b({WEEKDAY})(vormittag|nachmittag|mittag|abend|frueh|morgen)\b")
_SPAN = re.compile(
    rf"(?:heute |today )?in (?:(?P<count>{COUNT}) "
    r"(?P<unit>stunden?|std\.?|h|hours?|hrs?|minuten?|min\.?|minutes?|mins?)"
    r"|(?P<half>einer halben stunde|half an hour|half hour))"
)
