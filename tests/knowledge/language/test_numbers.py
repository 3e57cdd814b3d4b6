"""Numbers, percentages and amounts as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import writing
from knowledge.language.amounts import read_amount
from knowledge.language.digits import readings
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.money import Money
from knowledge.language.numbers import read_number, read_percent

DE, EN = Language.DE, Language.EN

BOTH_ALIKE = {
    "12500": "12500",
    "12500 €": "12500",
    "EUR 300": "300",
    "12 500,00": "12500",
    "12\u00a0500,00": "12500",
    "12\u202f500.00": "12500",
    "12'500.50": "12500.5",
    "12’500": "12500",
    "1.234.567": "1234567",
    "1,234,567": "1234567",
    "1.234,50": "1234.5",
    "1,234.50": "1234.5",
    "500.50": "500.5",
    "500,50": "500.5",
    "0.500": "0.5",
    "0,500": "0.5",
    ",5": "0.5",
    ".5": "0.5",
    "12k": "12000",
    "12 K": "12000",
    "12,5k": "12500",
    "12.5k": "12500",
    "12 T€": "12000",
    "TEUR 12": "12000",
    "3 tausend": "3000",
    "3 Mio": "3000000",
    "1,2 Mio.": "1200000",
    "3 million": "3000000",
    "2 Mrd.": "2000000000",
    "300,-": "300",
    "300.–": "300",
    "300,-- €": "300",
    "-500": "-500",
    "−5": "-5",
    "– 5": "-5",
    "minus 5": "-5",
    "-€5": "-5",
    "€ -5": "-5",
    "+5": "5",
    "007": "7",
    "-0": "0",
    " 5 ": "5",
}


@pytest.mark.parametrize(("text", "value"), BOTH_ALIKE.items())
def test_a_number_that_can_be_meant_one_way_is_read_so_in_both_languages(text: str, value: str) -> None:
    assert read_number(text, DE) == read_number(text, EN) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [("12.500", "12500", "12.5"), ("12,500", "12.5", "12500"), ("-1.234 €", "-1234", "-1.234")],
)
def test_a_number_with_two_meanings_is_read_by_the_persons_language(text: str, german: str, english: str) -> None:
    assert read_number(text, DE) == Decimal(german)
    assert read_number(text, EN) == Decimal(english)


def test_a_file_without_a_language_gets_both_meanings() -> None:
    both = readings("1.234")
    assert both.comma is not None
    assert both.point is not None
    assert (both.comma.value, both.point.value) == (Decimal(1234), Decimal("1.234"))
    assert readings("1.23").comma is None


def test_letters_that_mean_something_else_in_german_count_in_english_only() -> None:
    assert read_number("2m", EN) == 2_000_000
    assert read_number("1 billion", EN) == 1_000_000_000
    for text in ("2m", "1 billion"):
        with pytest.raises(ReadingError):
            read_number(text, DE)


@pytest.mark.parametrize(
    "text",
    ["", "-", "k", "€", "½", "12½", "12²", "٣", "NaN", "inf", "1e5", "1E5", "0x10", "1_000", "--5", "+-5", "5.", "12-",
     "1.23.4", "1.234.56", "12 34", "1,2,3", "1.234'567", "10-12k", "5 und 6", "12k k", "TEUR 12k",
     "€ 5 CHF", "300,50,-", "zwölf", "12 Stück", "ca. 12", "5" * 16, "1" * 61, "0." + "1" * 9],
)  # fmt: skip
def test_what_is_not_clearly_one_number_is_refused_with_a_key(text: str) -> None:
    for language in Language:
        with pytest.raises(ReadingError) as refusal:
            read_number(text, language)
        assert refusal.value.key == "reading.number"
        assert refusal.value.params == {"text": text[:60]}


def test_a_slip_of_the_finger_is_not_read_in_the_foreign_way() -> None:
    for text in ("12.5000", "012.500"):
        with pytest.raises(ReadingError):
            read_number(text, DE)
    assert read_number("12.5000", EN) == Decimal("12.5")


@pytest.mark.parametrize("text", ["1000000000000", "1000 Mrd.", "-1000000 Mio"])
def test_sums_beyond_all_sales_are_refused(text: str) -> None:
    with pytest.raises(ReadingError) as refusal:
        read_number(text, DE)
    assert refusal.value.key == "reading.number_too_large"


@pytest.mark.parametrize(
    ("text", "share"),
    [("8 %", "0.08"), ("8%", "0.08"), ("8,5 Prozent", "0.085"), ("8.5 percent", "0.085"), ("-8 %", "-0.08"),
     ("8 v. H.", "0.08"), ("120 %", "1.2")],
)  # fmt: skip
def test_a_percentage_becomes_a_fraction_of_one(text: str, share: str) -> None:
    assert read_percent(text, DE) == read_percent(text, EN) == Decimal(share)


def test_a_bare_number_is_a_percentage_only_where_nothing_else_can_be_meant() -> None:
    assert read_percent("8", DE, bare=True) == Decimal("0.08")
    for text, bare in (("8", False), ("8 €", True), ("8 % Rabatt", True), ("acht", True)):
        with pytest.raises(ReadingError) as refusal:
            read_percent(text, DE, bare=bare)
        assert refusal.value.key == "reading.percent"


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("12.500", "12500", "EUR"),
        ("12,5k", "12500", "EUR"),
        ("ca. 12k", "12000", "EUR"),
        ("ca.12k", "12000", "EUR"),
        ("rund 12 Tsd. Euro", "12000", "EUR"),
        ("12.500 Euro netto", "12500", "EUR"),
        ("12.500 € zzgl. MwSt.", "12500", "EUR"),
        ("12.500 € netto plus USt", "12500", "EUR"),
        ("€ 9.990", "9990", "EUR"),
        ("9.990,50 €.", "9990.5", "EUR"),
        ("1,2 Mio. €", "1200000", "EUR"),
        ("CHF 1'000", "1000", "CHF"),
        ("CHF-12’500", "-12500", "CHF"),
        ("Fr. 12.50", "12.5", "CHF"),
        ("9990 Franken", "9990", "CHF"),
        ("$ 300", "300", "USD"),
        ("-500", "-500", "EUR"),
    ],
)
def test_an_amount_is_read_with_its_currency(text: str, amount: str, currency: str) -> None:
    assert read_amount(text, DE, "EUR") == Money(Decimal(amount), currency)


def test_the_team_has_a_currency_for_amounts_that_name_none() -> None:
    assert read_amount("12.500", DE, "CHF") == Money(Decimal(12500), "CHF")
    assert read_amount("12.500 €", DE, "CHF") == Money(Decimal(12500), "EUR")


def test_an_amount_with_three_places_is_asked_about_rather_than_guessed() -> None:
    with pytest.raises(ReadingError) as refusal:
        read_amount("-12,500 €", DE, "EUR")
    assert refusal.value.key == "reading.amount_ambiguous"
    assert refusal.value.params["first"] == Money(Decimal(-12500), "EUR")
    assert refusal.value.params["second"] == Money(Decimal("-12.5"), "EUR")
    assert read_amount("12,500k", DE, "EUR") == Money(Decimal(12500), "EUR")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("teuer", "reading.amount"),
        ("500 € im Monat", "reading.amount"),
        ("8 %", "reading.amount"),
        ("100 € 200", "reading.amount"),
        ("12.500 € brutto", "reading.amount_gross"),
        ("12.500 € inkl. MwSt.", "reading.amount_gross"),
        ("1.234,567", "reading.amount_cents"),
        ("12,3456789k", "reading.amount_cents"),
        ("5000 Mrd", "reading.amount_too_large"),
    ],
)
def test_a_refused_amount_says_what_is_wrong(text: str, key: str) -> None:
    with pytest.raises(ReadingError) as refusal:
        read_amount(text, DE, "EUR")
    assert refusal.value.key == key
    assert refusal.value.params["text"] == text


languages = st.sampled_from(Language)
decimals = st.decimals(min_value=-(10**11), max_value=10**11, allow_nan=False, allow_infinity=False, places=4)
cents = st.integers(-(10**13), 10**13).map(lambda n: Decimal(n).scaleb(-2))
typed = st.text() | st.text(alphabet="0123456789.,' -−kKMio€%TEURCHFca½²e+\u00a0", max_size=20)


@given(decimals, languages)
def test_a_written_number_is_read_back_as_itself(x: Decimal, language: Language) -> None:
    assert read_number(writing.number(x, language), language) == x


@given(cents, languages, st.sampled_from(["EUR", "CHF", "USD", "GBP", "SEK"]))
def test_written_money_is_read_back_as_itself(amount: Decimal, language: Language, currency: str) -> None:
    money = Money(amount, currency)
    assert read_amount(writing.money(money, language), language, "EUR") == money


@given(st.integers(-(10**7), 10**7).map(lambda n: Decimal(n).scaleb(-6)), languages)
def test_a_written_percentage_is_read_back_as_itself(share: Decimal, language: Language) -> None:
    assert read_percent(writing.percent(share, language), language) == share


@given(typed, languages)
def test_any_text_is_a_finite_number_or_a_reading_error(text: str, language: Language) -> None:
    for read in (read_number, read_percent, lambda t, la: read_amount(t, la, "EUR").amount):
        try:
            value = read(text, language)
        except ReadingError as refusal:
            assert refusal.key.startswith("reading.")  # noqa: PT017 (either outcome is right)
        else:
            assert value.is_finite()
