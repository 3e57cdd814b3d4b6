"""Solves linear equations exactly, without a fraction on the way.

Bareiss's elimination: every division by the pivot before goes without remainder, so that integers stay as short as the
determinants they are. Source: E. H. Bareiss, Sylvester's Identity and Multistep Integer-Preserving Gaussian
Elimination, Mathematics of Computation 22 (1968).
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

Row = list[int]


class Singular(ArithmeticError):
    """The equations have no solution, or more than one."""


def solve(coefficients: Sequence[Sequence[Fraction]], right: Sequence[Fraction]) -> list[Fraction]:
    """The x of `coefficients` · x = `right`. Raises Singular."""
    rows = [_integers([*row, value]) for row, value in zip(coefficients, right, strict=True)]
    before = 1
    for step in range(len(rows)):
        _bring_up_a_pivot(rows, step)
        pivot = rows[step]
        for row in rows[step + 1 :]:
            _eliminate(row, pivot, step, before)
        before = pivot[step]
    return _substitute_back(rows)


def _integers(row: Sequence[Fraction]) -> Row:
    """The row times the smallest number that makes it whole, without common divisors."""
    common = lcm(*(value.denominator for value in row))
    whole = [value.numerator * (common // value.denominator) for value in row]
    divisor = gcd(*whole) or 1
    return [value // divisor for value in whole]


def _bring_up_a_pivot(rows: list[Row], step: int) -> None:
    for place in range(step, len(rows)):
        if rows[place][step]:
            rows[step], rows[place] = rows[place], rows[step]
            return
    raise Singular


def _eliminate(row: Row, pivot: Row, step: int, before: int) -> None:
    """row := (pivot's head × row − row's head × pivot) ÷ the head of the pivot before."""
    head, other = pivot[step], row[step]
    row[step] = 0
    for column in range(step + 1, len(row)):
        row[column] = (head * row[column] - other * pivot[column]) // before


def _substitute_back(rows: list[Row]) -> list[Fraction]:
    """From the last unknown to the first, with the determinant as the one denominator of all."""
    size = len(rows)
    determinant = rows[-1][size - 1] if rows else 1
    above = [0] * size  # x = above ÷ determinant (Cramer), so all are whole
    for place in range(size - 1, -1, -1):
        row = rows[place]
        known = sum(row[column] * above[column] for column in range(place + 1, size))
        above[place] = (row[size] * determinant - known) // row[place]
    return [Fraction(value, determinant) for value in above]
