"""Spans of the past as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.spans import month_around, quarter_around, read_span, week_around, year_around

TODAY = date(2026, 11, 22)
DE, EN = Language.DE, Language.EN
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "language", "first", "last"),
    [
        ("Oktober", DE, "2026-10-01", "2026-10-31"),
        ("november", DE, "2026-11-01", "2026-11-30"),
        ("Dezember", DE, "2025-12-01", "2025-12-31"),
        ("March 2025", EN, "2025-03-01", "2025-03-31"),
        ("10/2026", DE, "2026-10-01", "2026-10-31"),
        ("2026-02", EN, "2026-02-01", "2026-02-28"),
        ("Q3", DE, "2026-07-01", "2026-09-30"),
        ("3. Quartal 2025", DE, "2025-07-01", "2025-09-30"),
        ("Q4", EN, "2026-10-01", "2026-12-31"),
        ("2025", DE, "2025-01-01", "2025-12-31"),
        ("dieses Jahr", DE, "2026-01-01", "2026-12-31"),
        ("letzter Monat", DE, "2026-10-01", "2026-10-31"),
        ("last quarter", EN, "2026-07-01", "2026-09-30"),
        ("diese Woche", DE, "2026-11-16", "2026-11-22"),
        ("letzte Woche", DE, "2026-11-09", "2026-11-15"),
        ("gestern", DE, "2026-11-21", "2026-11-21"),
        ("20.11.", DE, "2026-11-20", "2026-11-20"),
        ("1.10. bis 15.10.", DE, "2026-10-01", "2026-10-15"),
        ("1.10.-15.10.", DE, "2026-10-01", "2026-10-15"),
        ("01.10.2026 - 15.10.2026", DE, "2026-10-01", "2026-10-15"),
        ("1. Oktober bis 15. November", DE, "2026-10-01", "2026-11-15"),
        ("1 Nov to 30 Nov", EN, "2026-11-01", "2026-11-30"),
        ("Oct 1 – Oct 15", EN, "2026-10-01", "2026-10-15"),
        ("20.12. bis 10.1.", DE, "2025-12-20", "2026-01-10"),
        ("seit 1.11.", DE, "2026-11-01", "2026-11-22"),
        ("2026-10-01 bis 2026-10-15", DE, "2026-10-01", "2026-10-15"),
    ],
)
def test_a_span_is_read_as_it_is_said(text: str, language: Language, first: str, last: str) -> None:
    assert read_span(text, language, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "reading.span"),
        ("irgendwann", "reading.span"),
        ("13/2026", "reading.span"),
        ("31.2. bis 5.3.", "reading.span"),
        ("bis", "reading.span"),
        ("15.10. bis 1.10.", "reading.span_backwards"),
        ("15.10.2026 bis 1.10.2026", "reading.span_backwards"),
        ("2027", "reading.span_future"),
        ("Dezember 2026", "reading.span_future"),
    ],
)
def test_what_is_no_span_is_said_so(text: str, key: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read_span(text, DE, TODAY)
    assert refused.value.key == key


@given(first=DAYS, length=st.integers(0, 400), language=st.sampled_from(Language))
def test_two_days_with_their_years_are_read_exactly(first: date, length: int, language: Language) -> None:
    last = first + timedelta(days=length)
    assert read_span(f"{first} bis {last}", language, last) == (first, last)


@given(day=DAYS)
def test_every_day_lies_in_its_week_month_quarter_and_year(day: date) -> None:
    for around, shortest, longest in (
        (week_around, 7, 7),
        (month_around, 28, 31),
        (quarter_around, 90, 92),
        (year_around, 365, 366),
    ):
        first, last = around(day)
        assert first <= day <= last
        assert shortest <= (last - first).days + 1 <= longest
        assert around(last + timedelta(days=1))[0] == last + timedelta(days=1)


@given(text=st.text(max_size=40), language=st.sampled_from(Language))
def test_any_text_is_read_or_refused(text: str, language: Language) -> None:
    try:
        first, last = read_span(text, language, TODAY)
    except ReadingError:
        return
    assert first <= last
    assert first <= TODAY
