"""An appointment in a line, as people type it: 'Do 10:30 Webcall Schäfer', 'thu 3-4pm call with Miller'.

The day, the time and the length are found among other words; how a day and a time are named stands in
`knowledge.language.dates`. What is left over are the words for what it is about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Final

from knowledge.language.clock_times import read_clock
from knowledge.language.date_words import COUNT, MONTH, MONTHS, WEEKDAY, WEEKDAYS, count, plain
from knowledge.language.dates import DayTime, read_moment
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language

LONGEST_TEXT: Final = 200
MOST_WORDS: Final = 30
_LONGEST_MOMENT: Final = 9
"""Words of a day with a time: 'am Donnerstag, den 19. November, um 10 Uhr 30'."""
_MOST_TRIES: Final = 60
"""So many ways to pick the moment's words are tried; a line that names one needs a handful."""
LONGEST_LENGTH: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class TypedAppointment:
    """When, how long where that is said, and the other words.

    `names_day` is False for a time alone, a span ('in 2 Stunden') and a habit ('jeden Mittwoch um sechs').
    """

    moment: DayTime
    length: timedelta | None
    words: str
    names_day: bool


def read_appointment(text: str, language: Language, now_local: datetime) -> TypedAppointment:
    """The appointment in the text; its moment has a time.

    Raises ReadingError: `reading.moment` where no time is named, or what is wrong with the day or the time (as
    `read_moment` does).
    """
    line = " ".join(text.split())
    problem = ReadingError("reading.moment", text=line[:60])
    if len(line) > LONGEST_TEXT or not _MAY_NAME_A_TIME.search(line):
        raise problem
    for without_span, length in _without_spans(line):
        try:
            moment, words, names_day = _found(without_span, language, now_local)
        except ReadingError as error:
            problem = error if problem.key == "reading.moment" else problem
            continue
        return TypedAppointment(moment, length(moment) if callable(length) else length, words, names_day)
    raise problem


class _Until:
    """The length up to a time of day that was named; None where it lies before the start."""

    def __init__(self, end: time) -> None:
        self._end = end

    def __call__(self, moment: DayTime) -> timedelta | None:
        if moment.time is None:
            return None
        start = timedelta(hours=moment.time.hour, minutes=moment.time.minute)
        span = timedelta(hours=self._end.hour, minutes=self._end.minute) - start
        return span if span > timedelta() else None


def _without_spans(line: str) -> Iterator[tuple[str, _Until | timedelta | None]]:
    """The line with 'from … to' turned into 'from', with the words of a length taken out, and as it is."""
    for match in _RANGE.finditer(line):
        for start, end in _ends(match):
            yield f"{line[: match.start()]}{start}{line[match.end() :]}", _Until(end)
    for match in _LENGTH.finditer(line):
        length = _length(match)
        if length is not None:
            yield f"{line[: match.start()]} {line[match.end() :]}", length
    yield line, None


def _ends(match: re.Match[str]) -> Iterator[tuple[str, time]]:
    """The start as words and the end as a time; 'pm' behind the end is meant for the start too: '2-3pm'."""
    first, last, mark = match["first"], match["last"], match["mark"] or ""
    if not (mark or match["first_mark"] or ":" in first + last):
        return  # two numbers with a dash between may be anything
    try:
        end = read_clock(plain(f"{last} {mark}" if mark else last), beside_a_day=True)
    except ReadingError:
        return
    if end is None:
        return
    if match["first_mark"]:
        yield f"{first} {match['first_mark']}", end
    elif mark.casefold().startswith("p"):
        yield from ((f"{first} {half}", end) for half in ("pm", "am") if _before(f"{first} {half}", end))
    else:
        yield f"{first} {mark or 'Uhr'}", end


def _before(start: str, end: time) -> bool:
    try:
        read = read_clock(plain(start), beside_a_day=True)
    except ReadingError:
        return False
    return read is not None and read < end


def _length(match: re.Match[str]) -> timedelta | None:
    if match["half"]:
        return timedelta(minutes=30)
    named = match["count"]
    number = Decimal(named.replace(",", ".")) if named[0].isdigit() else Decimal(count(plain(named)))
    minutes = number * (1 if plain(match["unit"]).startswith("m") else 60)
    length = timedelta(minutes=int(minutes))
    return length if timedelta() < length <= LONGEST_LENGTH else None


def _found(line: str, language: Language, now: datetime) -> tuple[DayTime, str, bool]:
    """The moment with a day and a time, else the time alone, and the words around it."""
    words = line.split(" ")
    if len(words) > MOST_WORDS:
        raise ReadingError("reading.moment", text=line[:60])
    problem = ReadingError("reading.moment", text=line[:60])
    alone: tuple[DayTime, str, bool] | None = None
    for chosen in islice(_candidates(words, language), _MOST_TRIES):
        text = " ".join(words[place] for place in chosen)
        try:
            moment = read_moment(text, language, now)
        except ReadingError as error:
            if error.key in _CONTRADICTIONS:
                raise
            problem = error if problem.key == "reading.moment" else problem
            continue
        if moment.time is None:
            continue
        rest = _EMPTY_BRACKETS.sub(" ", " ".join(word for place, word in enumerate(words) if place not in chosen))
        is_habit = chosen[0] > 0 and plain(words[chosen[0] - 1]) in _HABITUAL
        names_day = not (is_habit or _SPAN.fullmatch(plain(text)) or _is_time_alone(text))
        found = (moment, " ".join(_EDGES.sub("", rest).split()), names_day)
        if found[2]:
            return found
        alone = alone or found
    if alone is not None and problem.key == "reading.moment":
        return alone
    raise problem


def _is_time_alone(text: str) -> bool:
    words = plain(text)
    try:
        return "morgen" not in words.split() and read_clock(words, beside_a_day=False) is not None
    except ReadingError:
        return False


def _candidates(words: list[str], language: Language) -> Iterator[tuple[int, ...]]:
    """Places of words that may name a moment together: within a run of such words, then over two runs."""
    runs: list[list[int]] = []
    for place, word in enumerate(words):
        if _is_of_time(word, language):
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
    for size in range(_LONGEST_MOMENT, 0, -1):
        for run in runs:
            for start in range(len(run) - size + 1):
                yield tuple(run[start : start + size])
    for first, one in enumerate(runs):
        for other in runs[first + 1 :]:
            if len(one) + len(other) <= _LONGEST_MOMENT and _go_together(words, one, other):
                yield (*one, *other)


def _go_together(words: list[str], one: list[int], other: list[int]) -> bool:
    """Whether two runs may be a day and a time: two numbers, such as the prices 1.12 and 1.31, are not."""
    runs = [plain(" ".join(words[place] for place in run)) for run in (one, other)]
    return any(map(_CLEARLY_A_TIME.search, runs)) and any(map(_CLEARLY_A_DAY.search, runs))


def _is_of_time(word: str, language: Language) -> bool:
    bare = plain(word).strip(" .;:()!?")
    if bare in _SHORT_DAYS and not word[:1].isupper() and (language is Language.EN or bare == "so"):
        return False  # 'do' and 'so' are words, too
    return bool(bare) and (bare[0].isdigit() or bare in _OF_TIME or _COMPOUND_DAY.fullmatch(bare) is not None)


_CONTRADICTIONS: Final = frozenset({"reading.day_weekday", "reading.day_ambiguous"})
"""What is not made right by leaving words out: 'Fr 19.11.' where the 19th is a Thursday."""
_CLEARLY_A_TIME: Final = re.compile(r"[0-9]:[0-9]|[0-9] ?[ap]\.?m\b|\b(?:uhr|um|at|noon|mittags?|o'?clock|halb)\b")
_CLEARLY_A_DAY: Final = re.compile(
    rf"\b(?:{WEEKDAY}|{MONTH}|heute|morgen|uebermorgen|gestern|today|tomorrow|yesterday|woche|week)\b"
    r"|[0-9]\.(?= |$)|[0-9]-[0-9]"
)
_HABITUAL: Final = frozenset({"jeden", "jede", "jedem", "immer", "every", "each", "always"})
_SPAN: Final = re.compile(r"in \S+(?: halben| an)? (?:stunden?|std|h|hours?|hrs?|minuten?|min|minutes?|mins?)\.?")
_SHORT_DAYS: Final = frozenset({"mo", "di", "mi", "do", "fr", "sa", "so"})


def _table(*rows: str) -> frozenset[str]:
    return frozenset(word for row in rows for word in row.split())


_OF_TIME: Final = frozenset((*WEEKDAYS, *MONTHS)) | _table(
    "am an um on at the den dem der in im of zum gegen ab @",
    "uhr o'clock h pm a.m p.m halb half viertel quarter dreiviertel vor nach past to before after",
    "vorgestern gestern heute morgen uebermorgen yesterday today tomorrow",
    "naechste naechsten naechster naechstes kommende kommenden next diese diesen dieser this",
    "uebernaechste uebernaechsten woche week wochen weeks tagen tage days day monat month kw",
    "mittag mittags noon midday frueh vormittag vormittags nachmittag nachmittags abend abends",
    "morning afternoon evening minuten stunden stunde minutes hours hour std min",
    "ein eine einem einer einen one two three four five six seven eight nine ten eleven twelve",
    "zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf",
)
_COMPOUND_DAY: Final = re.compile(rf"(?:{'|'.join(WEEKDAYS)})(?:vormittag|nachmittag|mittag|abend|frueh|morgen)")
_MAY_NAME_A_TIME: Final = re.compile(
    r"[0-9]|\b(?:uhr|mittags?|noon|midday|o'?clock|halb|half|viertel|quarter|at|um|in)\b", re.IGNORECASE
)
_EMPTY_BRACKETS: Final = re.compile(r"\(\s*\)|\[\s*\]")
_EDGES: Final = re.compile(r"^[\s,;:·–-]+|[\s,;:·–-]+$")
_CLOCK: Final = r"[0-9]{1,2}(?:[:.][0-9]{2})?"
_MARK: Final = r"uhr|h|hrs|[ap]\.?m\.?"
_RANGE: Final = re.compile(
    rf"(?:\b(?:von|from|zwischen|between) )?(?<![0-9.:/–-])(?P<first>{_CLOCK})(?: ?(?P<first_mark>{_MARK})\b)?"
    rf" ?(?:-|–|—|bis|to|until|till|und|and) ?(?P<last>{_CLOCK})(?![0-9.:/–-])(?: ?(?P<mark>{_MARK})\b\.?)?",
    re.IGNORECASE,
)
_LENGTH: Final = re.compile(
    rf"(?<!in )(?<!\bin )(?:\b(?:für|fuer|for|ca\.?|à) )?\b(?:(?P<count>[0-9]+[.,][0-9]+|{COUNT}|zwölf|fünf)"
    r" ?-?(?P<unit>stunden?|std\b\.?|h|hours?|hrs?|minuten?|min\b\.?|minutes?|mins?)"
    r"|(?P<half>(?:eine )?halbe stunde|half an hour))(?!\w)",
    re.IGNORECASE,
)
