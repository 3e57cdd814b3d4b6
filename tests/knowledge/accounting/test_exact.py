"""Exact numbers: machine notation in and out, and rounding half up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.accounting import exact

FRACTIONS = st.fractions(max_denominator=10**9)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("525000", Fraction(525000)),
        ("1978.5", Fraction(3957, 2)),
        ("-12.50", Fraction(-25, 2)),
        ("-0.5", Fraction(-1, 2)),
        ("0", Fraction(0)),
        ("5/3", Fraction(5, 3)),
        ("-5/3", Fraction(-5, 3)),
        ("33 1/3", Fraction(100, 3)),
        ("-33 1/3", Fraction(-100, 3)),
        ("007", Fraction(7)),
    ],
)
def test_machine_notation_is_read_exactly(text: str, value: Fraction) -> None:
    assert exact.number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25%", Fraction(1, 4)),
        ("25 %", Fraction(1, 4)),
        ("33 1/3%", Fraction(1, 3)),
        ("7.75%", Fraction(31, 400)),
        ("0.25", Fraction(1, 4)),
        ("1/3", Fraction(1, 3)),
        ("110%", Fraction(11, 10)),
    ],
)
def test_a_rate_bears_a_per_cent_sign_or_is_a_plain_fraction(text: str, value: Fraction) -> None:
    assert exact.share(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("+5", "plus"),
        ("1,5", "comma"),
        ("1.234,56", "comma"),
        ("25%", "percent_sign"),
        ("1/0", "divided_by_zero"),
        ("33 1/0", "divided_by_zero"),
        ("1" * 101, "too_long"),
        *((text, "number") for text in ("", " ", "1e3", "1E3", "NaN", "inf", "-inf", "Infinity", "1'000", "1 000")),
        *((text, "number") for text in ("1.", ".5", "--1", "- 1", "−5", "½", "٣", "²", "0x10", "1_000", "5 EUR")),
        *((text, "number") for text in (" 5", "5 ", "5\n", "1/-3", "1.5/2", "33 -1/3")),
    ],
)
def test_what_is_no_machine_notation_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(exact.NotExact) as refused:
        exact.number(text)
    assert refused.value.reason == f"accounting.fault.{reason}"


@pytest.mark.parametrize("text", ["25%%", "%", "+25%", "25,5%"])
def test_a_wrong_rate_is_refused(text: str) -> None:
    with pytest.raises(exact.NotExact):
        exact.share(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(79, 983), "79/983"),
        (Fraction(-5, 3), "-5/3"),
        (Fraction(21, 50), "0.42"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(-25, 2), "-12.5"),
        (Fraction(1, 2**20), "0.00000095367431640625"),
        (Fraction(1000), "1000"),
    ],
)
def test_a_decimal_is_written_where_it_ends_and_a_fraction_where_it_does_not(value: Fraction, text: str) -> None:
    assert exact.written(value) == text


def test_a_number_of_any_length_can_be_written() -> None:
    long = 7**20_000
    assert exact.written(Fraction(long)).endswith("001")
    assert exact.ratio(Fraction(long, 2)).endswith("/2")


@given(FRACTIONS)
def test_what_is_written_reads_as_the_same_number(value: Fraction) -> None:
    assert exact.number(exact.written(value)) == value
    assert exact.number(exact.ratio(value)) == value


@pytest.mark.parametrize(
    ("value", "step", "to"),
    [
        ("1.125", "0.01", "1.13"),
        ("-1.125", "0.01", "-1.13"),
        ("1.124999", "0.01", "1.12"),
        ("1.025", "0.05", "1.05"),
        ("1.024", "0.05", "1"),
        ("3.975", "0.05", "4"),
    ],
)
def test_a_half_is_rounded_up_in_size(value: str, step: str, to: str) -> None:
    assert exact.rounded(exact.number(value), exact.number(step)) == exact.number(to)


@given(FRACTIONS, st.sampled_from([exact.CENT, exact.FIVE_CENTS, Fraction(1)]))
def test_rounding_gives_a_multiple_at_most_half_a_step_away(value: Fraction, step: Fraction) -> None:
    rounded = exact.rounded(value, step)
    assert (rounded / step).denominator == 1
    assert abs(rounded - value) <= step / 2


def test_per_cent_have_two_places() -> None:
    assert exact.percent(Fraction(79, 983)) == "8.04"
    assert exact.percent(Fraction(21, 50)) == "42.00"
    assert exact.percent(Fraction(1, 80000)) == "0.00"
    assert exact.fixed(Fraction(5, 2), 0) == "3"


@given(st.lists(FRACTIONS))
def test_the_fast_sum_is_the_sum(values: list[Fraction]) -> None:
    assert exact.total(values) == sum(values, Fraction(0))
