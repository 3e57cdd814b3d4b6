"""Days and moments as people type them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from knowledge.language import writing
from knowledge.language.dates import DayTime, read_day, read_moment
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.messages import Messages
from knowledge.language.moments import spoken_day, spoken_moment
from tests.knowledge.language.phrases import DAYS, MOMENTS, NOW, TODAY

DE, EN = Language.DE, Language.EN
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(("text", "language", "day"), DAYS)
def test_a_day_is_read_as_people_type_it(text: str, language: Language, day: date) -> None:
    assert read_day(text, language, TODAY) == day


@pytest.mark.parametrize(("text", "language", "day", "clock"), MOMENTS)
def test_a_moment_is_read_as_people_type_it(text: str, language: Language, day: date, clock: time | None) -> None:
    assert read_moment(text, language, NOW) == DayTime(day, clock)


@pytest.mark.parametrize(
    ("text", "day"),
    [("gestern", date(2026, 11, 17)), ("vorgestern", date(2026, 11, 16)), ("day before yesterday", date(2026, 11, 16))],
)
def test_a_day_that_has_passed_is_read_so_that_a_form_can_say_so(text: str, day: date) -> None:
    assert read_day(text, DE, TODAY) == day


@pytest.mark.parametrize(("text", "language", "day"), DAYS)
def test_a_day_alone_is_a_moment_without_a_time(text: str, language: Language, day: date) -> None:
    assert read_moment(text, language, NOW) == DayTime(day, None)


@pytest.mark.parametrize(
    "text",
    ["", "Termin mit Herrn März", "März", "Herr Mai", "heute oder morgen", "morgen vielleicht", "10-12", "12", "9",
     "um", "Uhr", "nächsten Dienstag um", "die", "mit", "can do", "12.12.12.12", "KW 54", "in 1000 Tagen", "x" * 61,
     "Angebot bis 12.12. schicken", "letzten Freitag"],
)  # fmt: skip
def test_a_text_that_is_not_wholly_a_day_is_none(text: str) -> None:
    for language in Language:
        with pytest.raises(ReadingError) as no_day:
            read_day(text, language, TODAY)
        with pytest.raises(ReadingError) as no_moment:
            read_moment(text, language, NOW)
        assert (no_day.value.key, no_moment.value.key) == ("reading.day", "reading.moment")
        assert no_day.value.params == {"text": text[:60]}


@pytest.mark.parametrize(
    "text", ["31.2.", "30.2.2027", "32.", "12.13.", "29.2.", "1.1.1899", "31.12.9999", "in 999 Jahren"]
)
def test_a_day_that_the_calendar_lacks_is_refused(text: str) -> None:
    for read in (lambda: read_day(text, DE, TODAY), lambda: read_moment(text, DE, NOW)):
        with pytest.raises(ReadingError) as refusal:
            read()
        assert refusal.value.key == "reading.day_impossible"


def test_the_29th_of_february_exists_in_a_leap_year() -> None:
    assert read_day("29.2.", DE, date(2027, 6, 1)) == date(2028, 2, 29)
    assert read_day("29.2.2028", DE, TODAY) == date(2028, 2, 29)


def test_a_weekday_that_contradicts_the_date_is_named() -> None:
    with pytest.raises(ReadingError) as refusal:
        read_day("Fr 12.12.", DE, TODAY)
    assert refusal.value.key == "reading.day_weekday"
    assert refusal.value.params["day"] == date(2026, 12, 12)


def test_a_slashed_date_with_two_meanings_is_asked_about_in_english() -> None:
    with pytest.raises(ReadingError) as refusal:
        read_moment("3/4/2027 at 9", EN, NOW)
    assert refusal.value.key == "reading.day_ambiguous"
    assert refusal.value.params["first"] == date(2027, 4, 3)
    assert refusal.value.params["second"] == date(2027, 3, 4)
    assert read_day("3/4/2027", DE, TODAY) == date(2027, 4, 3)


@pytest.mark.parametrize("text", ["morgen 25:00", "morgen um 24 Uhr", "Fr 9:75", "tomorrow 13pm", "10:99 am Freitag"])
def test_a_time_that_the_clock_lacks_is_refused(text: str) -> None:
    with pytest.raises(ReadingError) as refusal:
        read_moment(text, DE, NOW)
    assert refusal.value.key == "reading.time_impossible"


def test_a_time_alone_is_the_next_such_time() -> None:
    assert read_moment("10:14", DE, NOW) == DayTime(date(2026, 11, 19), time(10, 14))
    assert read_moment("10:16", DE, NOW) == DayTime(TODAY, time(10, 16))


def test_small_hours_are_in_the_afternoon_unless_said_otherwise() -> None:
    for text, hour in (("morgen um 3", 15), ("morgen 3 Uhr", 15), ("morgen 03:00", 3), ("morgen früh um 3", 3),
                       ("tomorrow 3am", 3), ("morgen um 7", 7), ("morgen Abend um 7", 19)):  # fmt: skip
        assert read_moment(text, DE, NOW).time == time(hour)


def test_two_hours_are_two_hours_in_the_night_of_the_change() -> None:
    """At 01:30 on 29 March 2026 the clock in Berlin is about to jump from 2 to 3."""
    now = datetime(2026, 3, 29, 1, 30, 40, tzinfo=BERLIN)
    assert read_moment("in 2 Stunden", DE, now) == DayTime(date(2026, 3, 29), time(4, 30))
    assert read_moment("in 2 Stunden", DE, now.replace(tzinfo=None)) == DayTime(date(2026, 3, 29), time(3, 30))


def test_a_moment_goes_to_utc_by_the_persons_zone() -> None:
    assert DayTime(date(2026, 7, 1), time(9)).at(BERLIN) == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert DayTime(date(2026, 12, 1), time(9)).at(BERLIN) == datetime(2026, 12, 1, 8, tzinfo=UTC)


def test_a_time_that_the_clock_jumps_over_is_refused() -> None:
    with pytest.raises(ReadingError) as refusal:
        DayTime(date(2026, 3, 29), time(2, 30)).at(BERLIN)
    assert refusal.value.key == "reading.time_skipped"
    assert refusal.value.params == {"day": date(2026, 3, 29), "time": time(2, 30)}


def test_of_a_repeated_hour_the_first_is_meant() -> None:
    assert DayTime(date(2026, 10, 25), time(2, 30)).at(BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_alone_has_no_moment() -> None:
    with pytest.raises(ValueError, match="ask for the time"):
        DayTime(TODAY, None).at(BERLIN)


languages = st.sampled_from(Language)
todays = st.dates(date(2000, 1, 1), date(2190, 12, 31))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2190, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 (bounds are naive by contract)
phrases = st.sampled_from([text for text, *_ in DAYS] + [text for text, *_ in MOMENTS])
typed = (
    st.text()
    | st.text(alphabet="0123456789./:- KWQumhpa", max_size=16)
    | st.lists(phrases, min_size=1, max_size=2).map(" ".join)
)


@given(todays, languages, todays)
def test_a_written_day_is_read_back_as_itself(day: date, language: Language, today: date) -> None:
    assert read_day(writing.day(day, language), language, today) == day


@given(todays, languages, st.integers(0, 360))
@example(date(2027, 12, 31), DE, 60)
def test_a_spoken_day_of_the_coming_year_is_read_back_as_itself(
    words: Messages, today: date, language: Language, ahead: int
) -> None:
    day = today + timedelta(days=ahead)
    assert read_day(spoken_day(words, day, language, today), language, today) == day


@given(moments, languages, st.integers(0, 300 * 24 * 60), st.sampled_from(["Europe/Berlin", "America/New_York", "UTC"]))
def test_a_spoken_moment_is_read_back_as_itself(
    words: Messages, now: datetime, language: Language, minutes: int, zone_name: str
) -> None:
    zone = ZoneInfo(zone_name)
    moment = (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    assume(moment.astimezone(zone).fold == 0)  # of a repeated hour the first is meant
    written = spoken_moment(words, moment, language, zone, now)
    assert read_moment(written, language, now.astimezone(zone)).at(zone) == moment


@given(typed, languages, moments, st.booleans())
def test_any_text_is_a_moment_or_a_reading_error(text: str, language: Language, moment: datetime, aware: bool) -> None:
    now = moment.astimezone(BERLIN) if aware else moment.replace(tzinfo=None)
    readers: tuple[Callable[[], date], ...] = (
        lambda: read_day(text, language, now.date()),
        lambda: read_moment(text, language, now).day,
    )
    for read in readers:
        try:
            day = read()
        except ReadingError as refusal:
            assert refusal.key.startswith("reading.")  # noqa: PT017 (either outcome is right)
        else:
            assert 1900 <= day.year <= 2199
