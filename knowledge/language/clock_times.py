"""A time of day as people type it: '9 Uhr', '9:30', '14h30', 'halb zehn', 'viertel vor 9', '2:30pm', 'at nine'.

Texts come in the spelling of `date_words.plain`. An hour from 1 to 6 without 'am', 'pm', 'früh' or a leading zero
is in the afternoon: 'um 3' is 15:00, '03:00' is at night. It is read back before anything is kept.
"""

import re
from datetime import time

from knowledge.language.date_words import HOURS, alternatives
from knowledge.language.errors import ReadingError


def read_clock(text: str, *, beside_a_day: bool) -> time | None:
    """The time of day that the whole of `text` names, or None.

    Only beside a day is '9.30' a time; alone it could as well be a number. Raises ReadingError
    `reading.time_impossible` for 25:00, 9:75 and 13pm.
    """
    if not _HAS_AN_HOUR.search(text):
        return None  # spares most texts the patterns below
    match = _PART_THEN_CLOCK.fullmatch(text) or _CLOCK_THEN_PART.fullmatch(text)
    part, clock = (match["part"], match["clock"]) if match else (None, text)
    patterns = (*_CLOCKS, _DOTTED) if beside_a_day else _CLOCKS
    found = next(filter(None, (pattern.fullmatch(clock) for pattern in patterns)), None)
    return _time(found.groupdict(), part) if found else None


def read_part_of_day(text: str) -> tuple[bool, time | None]:
    """Whether `text` names a part of the day ('vormittag', 'in the evening'), and its time if it has one: noon."""
    if _NOON.fullmatch(text):
        return True, time(12)
    return _PART_OF_DAY.fullmatch(text) is not None, None


def _time(found: dict[str, str | None], part: str | None) -> time:
    named = found["hour"] or ""
    hour = int(named) if named.isdigit() else HOURS[named]
    after, before = _minutes(found.get("minute")), _minutes(found.get("before"))
    meridiem = (found.get("meridiem") or "")[:1]
    possible = after <= 59 and before <= 59 and (1 <= hour <= 12 if meridiem else hour <= 23)
    if not possible:
        raise ReadingError("reading.time_impossible")
    if meridiem:
        hour = hour % 12 + (12 if meridiem == "p" else 0)
    elif part:
        late = hour < 12 if _LATE.search(part) else hour <= 3 if _NOON.fullmatch(part) else False
        hour += 12 if late else 0
    elif 1 <= hour <= 6 and not named.startswith("0"):
        hour += 12
    half = 30 if found.get("half") else 0
    return time(*divmod((hour * 60 + after - before - half) % (24 * 60), 60))


def _minutes(word: str | None) -> int:
    if not word:
        return 0
    return int(word) if word.isdigit() else _MINUTES[word]


_MINUTES = {
    "fuenf": 5, "five": 5, "zehn": 10, "ten": 10, "viertel": 15, "quarter": 15, "a quarter": 15,
    "zwanzig": 20, "twenty": 20, "half": 30,
    "dreiviertel": 15,  # before the hour
}  # fmt: skip
_HOUR = rf"(?P<hour>[0-9]{{1,2}}|{alternatives(HOURS)})"
_HAS_AN_HOUR = re.compile(rf"[0-9]|\b(?:{alternatives(HOURS)})\b")
_DIGITS = r"(?P<hour>[0-9]{1,2})"
_MINUTE = r"(?P<minute>[0-9]{2})"
_SPOKEN = r"[0-9]{1,2}|a quarter|fuenf|five|zehn|ten|viertel|quarter|zwanzig|twenty"
_SPAN = r"(?: minuten| minutes| min\.?)?"
_MERIDIEM = r"(?P<meridiem>am|pm|a\. ?m\.?|p\. ?m\.?)"
_AT = r"(?:(?:um|at|gegen|ab|circa|ca\.?|about|@) ?)"
_O_CLOCK = r"(?: ?(?:uhr|h|hrs|o'?clock))"
_DOTTED = re.compile(rf"{_DIGITS}\.{_MINUTE}")
_CLOCKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_AT}?{_DIGITS}:{_MINUTE}(?:{_O_CLOCK}| ?{_MERIDIEM})?",
        rf"{_AT}{_DIGITS}\.{_MINUTE}",
        rf"{_AT}?{_DIGITS}\.{_MINUTE}(?:{_O_CLOCK}| ?{_MERIDIEM})",
        rf"{_AT}?{_HOUR}{_O_CLOCK}(?: ?{_MINUTE})?",
        rf"{_AT}?{_HOUR} ?{_MERIDIEM}",
        rf"{_AT}{_HOUR}",
        rf"{_AT}?(?P<half>halb) {_HOUR}{_O_CLOCK}?",
        rf"{_AT}?(?P<minute>half) past {_HOUR}",
        rf"{_AT}?(?P<before>{_SPOKEN}){_SPAN} (?:vor|to|before) (?P<half>halb )?{_HOUR}{_O_CLOCK}?",
        rf"{_AT}?(?P<minute>{_SPOKEN}){_SPAN} (?:nach|past|after) (?P<half>halb )?{_HOUR}{_O_CLOCK}?",
        rf"{_AT}?(?P<before>dreiviertel) {_HOUR}{_O_CLOCK}?",
    )
)
_LATE = re.compile(r"nachmittag|abend|afternoon|evening")
_PART = (
    r"(?:am |in der |in the )?"
    r"(?:frueh|morgens?|vormittags?|nachmittags?|mittags?|abends?|morning|afternoon|evening)"
)
_PART_OF_DAY = re.compile(_PART)
_NOON = re.compile(r"(?:am |um |at |zu )?(?:mittags?|noon|midday)")
_PART_THEN_CLOCK = re.compile(rf"(?P<part>{_PART}) (?P<clock>.+)")
_CLOCK_THEN_PART = re.compile(rf"(?P<clock>.+?) (?P<part>{_PART})")
