"""Numbers as spreadsheets write them: the column decides what one number alone leaves open."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import writing
from knowledge.language.columns import ColumnNumber, Convention, TwoWays, convention_of, read_in_column
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.quantities import unit_in


@pytest.mark.parametrize(
    ("text", "value"),
    {
        "1.234,56": "1234.56",
        "1,234.56": "1234.56",
        "1'234.56": "1234.56",
        "1’234.56": "1234.56",
        "1 234,56": "1234.56",
        "1.234.567": "1234567",
        "1'200.-": "1200",
        "1'200.—": "1200",
        "500,-": "500",
        "−28": "-28",
        "–28,5": "-28.5",
        "28,50-": "-28.5",
        "(28.50)": "-28.5",
        "(28,50 €)": "-28.5",
        "28,50- €": "-28.5",
        "0,3333333333333333": "0.3333333333333333",
        "0.500": "0.5",
        "500": "500",
    }.items(),
)
def test_one_reading_needs_no_column(text: str, value: str) -> None:
    number = read_in_column(text, None)
    assert number.value == Decimal(value)
    assert not number.by_column


@pytest.mark.parametrize("text", ["1.234", "12,500", "-1.234", "(1.234)", "1.234 €", "1,234 TEUR"])
def test_two_readings_and_a_silent_column_are_told(text: str) -> None:
    with pytest.raises(TwoWays) as caught:
        read_in_column(text, convention_of([text, "500", "12"]))
    assert caught.value.second == caught.value.first * 1000


@pytest.mark.parametrize(
    ("column", "convention"),
    [
        (["1.234", "12,50"], Convention.COMMA),
        (["1.234", "1.234,56"], Convention.COMMA),
        (["1.234", "1.234.567"], Convention.COMMA),
        (["1.234", "12.50"], Convention.POINT),
        (["1.234", "8,04 %"], Convention.COMMA),
        (["1.234", "1'234.50"], Convention.POINT),
        (["1.234", "500", "Löhne", "1'000"], None),
        (["12,50", "12.50"], None),
        (["Beleg 200,5 und 3", "x"], None),
    ],
)
def test_the_column_shows_its_decimal_mark(column: list[str], convention: Convention | None) -> None:
    assert convention_of(column) is convention


def test_what_the_column_decided_says_so() -> None:
    assert read_in_column("1.234", Convention.COMMA) == ColumnNumber(Decimal(1234), by_column=True)
    assert read_in_column("1.234", Convention.POINT) == ColumnNumber(Decimal("1.234"), by_column=True)


def test_units_and_words_stand_beside_the_number() -> None:
    assert read_in_column("12,5 TEUR", None) == ColumnNumber(Decimal("12.5"), 3, "EUR")
    assert read_in_column("CHF 1'200", None) == ColumnNumber(Decimal(1200), 0, "CHF")
    assert read_in_column("175 h", None) == ColumnNumber(Decimal(175), words=("h",))
    assert read_in_column("175 Masch.-Std.", None).words == ("masch", "-", "std")
    assert read_in_column("8,04 %", None).words == ("%",)


@pytest.mark.parametrize("text", ["", "Löhne", "12 13", "1.2.3", "--5", "-5-", "(-5)", "5 € 6 €", "5 EUR CHF", "1e5"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        read_in_column(text, Convention.COMMA)


@pytest.mark.parametrize(
    ("text", "unit"),
    {
        "Beträge in TEUR": (3, "EUR"),
        "Gesamt (T€)": (3, "EUR"),
        "in 1.000 EUR": (3, "EUR"),
        "in 1'000 CHF": (3, "CHF"),
        "Tsd. €": (3, "EUR"),
        "Summe €": (0, "EUR"),
        "in CHF": (0, "CHF"),
        "Mio. EUR": (6, "EUR"),
        "BAB Mai 2013": None,
        "1.0000": None,
    }.items(),
)
def test_a_heading_names_its_unit(text: str, unit: tuple[int, str] | None) -> None:
    assert unit_in(text) == unit


def test_two_units_in_a_heading_are_refused() -> None:
    with pytest.raises(ReadingError):
        unit_in("EUR oder CHF")


_NUMBERS = st.decimals(-(10**11), 10**11, places=2)


@given(_NUMBERS, st.sampled_from(Language))
def test_what_a_language_writes_its_column_reads(value: Decimal, language: Language) -> None:
    convention = Convention.COMMA if language is Language.DE else Convention.POINT
    assert read_in_column(writing.number(value, language, 2), convention).value == value
    assert read_in_column(writing.number(value, language), convention).value == value
