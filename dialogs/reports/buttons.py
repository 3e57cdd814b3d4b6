"""The buttons of reports. Each carries when it was asked, so that what it opens shows the same numbers."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from dialogs.press import Press
from dialogs.reports.periods import Period, PeriodKind
from dialogs.reports.words import Words
from dialogs.view import Button, Row

if TYPE_CHECKING:
    from dialogs.reports.period_report import PeriodReport
    from dialogs.reports.summary import DailySummary

SHOW: Final = "rep_show"
PART: Final = "rep_part"
WHY: Final = "rep_why"
OUTCOMES: Final = "rep_list"
SELLERS: Final = "rep_sellers"
FILE: Final = "rep_file"

TEAM_WORKBOOK: Final = "team_workbook"
TEAM_PICTURE: Final = "team_picture"
"""The kinds of files made of a period of a team; a button stands where somebody makes them."""

FILES: Final = frozenset({TEAM_WORKBOOK, TEAM_PICTURE})


_YEARS: Final = range(2000, 2200)
"""What lies outside is no report of anybody's, and would have years of working days looked up."""


class Part(StrEnum):
    """The pages of a week or a month, parted by what they are about."""

    OVERVIEW = "overview"
    FUNNEL = "funnel"
    OBJECTIONS = "objections"
    MONEY = "money"


def press(action: str, asked_at: datetime, period: Period, what: object = "") -> Press:
    """A button about a period, as it stood when it was asked about."""
    return Press(
        action, version=int(asked_at.timestamp()), value=f"{period.name}.{what}" if what != "" else period.name
    )


def read(pressed: Press) -> tuple[datetime, Period, str] | None:
    """(asked at, period, what) of such a button; None where it names no period."""
    name, _, what = pressed.value.partition(".")
    try:
        asked_at, period = datetime.fromtimestamp(pressed.version, UTC), Period.named(name)
    except (ValueError, OverflowError, OSError):
        return None
    return (asked_at, period, what) if period.first.year in _YEARS and asked_at.year in _YEARS else None


def summary_rows(words: Words, summary: "DailySummary", offered: frozenset[str]) -> tuple[Row, ...]:
    """Below the daily summary."""
    at, day = summary.asked_at, Period(PeriodKind.DAY, summary.day)
    week = Button(words.say("report.week"), press(SHOW, at, Period.around(PeriodKind.WEEK, summary.day)))
    files = file_buttons(words, at, day, offered)
    explained = Button(words.say("report.explained"), press(WHY, at, day, 0))
    before = Button(words.say("report.previous_day"), press(SHOW, at, Period(PeriodKind.DAY, summary.previous_day)))
    outcomes = (
        (Button(words.say("report.outcomes"), press(OUTCOMES, at, day, 0)),) if summary.insight is not None else ()
    )
    rows: tuple[Row, ...] = ((week, *outcomes), files, (before, explained))
    return tuple(row for row in rows if row)


def period_rows(words: Words, report: "PeriodReport", part: Part, offered: frozenset[str]) -> tuple[Row, ...]:
    """Below a page of a week or a month."""
    at, period = report.asked_at, report.period
    earlier = Button(words.say(f"report.earlier.{_KINDS[period.kind]}"), press(PART, at, period.before, part))
    later = (
        (Button(words.say(f"report.later.{_KINDS[period.kind]}"), press(PART, at, period.after, part)),)
        if period.last < report.today
        else ()
    )
    other = PeriodKind.MONTH if period.kind is PeriodKind.WEEK else PeriodKind.WEEK
    around = min(period.last, report.today)
    to_other = Button(words.say(f"report.{_KINDS[other]}"), press(PART, at, Period.around(other, around), part))
    explained = Button(words.say("report.explained"), press(WHY, at, period, 0))
    rows: list[Row] = [(earlier, *later, to_other)]
    if report.insight is not None:
        rows.append(
            tuple(
                Button(words.say(f"report.part.{other_part}"), press(PART, at, period, other_part))
                for other_part in Part
                if other_part is not part
            )
        )
        outcomes = Button(words.say("report.outcomes"), press(OUTCOMES, at, period, 0))
        sellers = (
            (Button(words.say("report.by_seller"), press(SELLERS, at, period, 0)),) if report.shows_sellers else ()
        )
        rows.append((outcomes, *sellers))
    rows += [file_buttons(words, at, period, offered), (explained,)]
    return tuple(row for row in rows if row)


def file_buttons(words: Words, at: datetime, period: Period, offered: frozenset[str]) -> Row:
    """A button for each kind of file that somebody makes."""
    return tuple(
        Button(words.say(f"report.file.{kind}"), press(FILE, at, period, kind)) for kind in sorted(offered & FILES)
    )


def back_row(words: Words, at: datetime, period: Period) -> Row:
    """Back to the report that a screen belongs to."""
    return (Button(words.say("report.back"), press(SHOW, at, period)),)


_KINDS: Final = {PeriodKind.DAY: "day", PeriodKind.WEEK: "week", PeriodKind.MONTH: "month"}
