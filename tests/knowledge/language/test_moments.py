"""Days and moments as one says them, on the clock of the person."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from knowledge.language.languages import Language
from knowledge.language.messages import Messages
from knowledge.language.moments import spoken_day, spoken_moment

DE, EN = Language.DE, Language.EN
BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("day", "german", "english"),
    [
        (date(2026, 11, 17), "gestern", "yesterday"),
        (date(2026, 11, 18), "heute", "today"),
        (date(2026, 11, 19), "morgen", "tomorrow"),
        (date(2026, 11, 20), "übermorgen", "the day after tomorrow"),
        (date(2026, 11, 21), "Sa., 21.11.", "Sat 21 Nov"),
        (date(2026, 11, 16), "Mo., 16.11.", "Mon 16 Nov"),
    ],
)
def test_near_days_have_names(words: Messages, day: date, german: str, english: str) -> None:
    assert spoken_day(words, day, DE, TODAY) == german
    assert spoken_day(words, day, EN, TODAY) == english


def test_what_is_today_depends_on_the_persons_zone(words: Messages) -> None:
    """23:30 in UTC is half past midnight of the next day in Berlin."""
    moment, now = datetime(2026, 11, 18, 23, 30, tzinfo=UTC), datetime(2026, 11, 18, 12, tzinfo=UTC)
    assert spoken_moment(words, moment, DE, BERLIN, now) == "morgen, 00:30"
    assert spoken_moment(words, moment, DE, ZoneInfo("UTC"), now) == "heute, 23:30"


def test_a_moment_without_a_zone_is_refused(words: Messages) -> None:
    aware = datetime(2026, 11, 18, tzinfo=UTC)
    with pytest.raises(ValueError, match="needs a zone"):
        spoken_moment(words, aware.replace(tzinfo=None), DE, BERLIN, aware)
    with pytest.raises(ValueError, match="needs a zone"):
        spoken_moment(words, aware, DE, BERLIN, aware.replace(tzinfo=None))
