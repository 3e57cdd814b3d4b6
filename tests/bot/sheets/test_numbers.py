"""The short way to a spreadsheet's number gives what the long one gives."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sheets.numbers import exact, exact_from_text


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 12), st.booleans())
def test_plain_decimals_are_read_as_they_are_shown(digits: int, places: int, is_computed: bool) -> None:
    whole, below = divmod(abs(digits), 10**places)
    text = f"{'-' if digits < 0 else ''}{whole}" + (f".{below:0{places}d}" if places else "")
    short = exact_from_text(text, is_computed=is_computed)
    assert short is None or short == exact(float(text), is_computed=is_computed)


@pytest.mark.parametrize("text", ["1e3", "1.5E-7", "", "-", "1,5", " 12", "٣", "1.2.3", "--5", "1234567890.123456"])
def test_what_is_not_plain_is_left_to_the_long_way(text: str) -> None:
    assert exact_from_text(text, is_computed=False) is None


def test_results_of_formulas_are_simple_fractions_and_inputs_are_not() -> None:
    assert exact(28 / 3, is_computed=True) == Fraction(28, 3)
    assert exact(28 / 3, is_computed=False) == Fraction("9.33333333333333")
    assert exact(1e15, is_computed=False) is None
