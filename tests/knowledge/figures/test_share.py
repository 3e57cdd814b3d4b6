"""A share says how sure it is, and small numbers stay numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures.share import ENOUGH, Comparison, Interval, Share, wilson

PLACES = Decimal("0.0001")


@st.composite
def shares(draw: st.DrawFn, least: int = 0) -> Share:
    cases = draw(st.integers(least, 400))
    return Share(draw(st.integers(0, cases)), cases)


@pytest.mark.parametrize(
    ("hits", "cases", "low", "high"),
    [
        pytest.param(81, 263, "0.2553", "0.3662", id="Newcombe 1998, one proportion, table I, a"),
        pytest.param(15, 148, "0.0624", "0.1605", id="Newcombe 1998, one proportion, table I, b"),
        pytest.param(0, 20, "0", "0.1611", id="Newcombe 1998, one proportion, table I, c"),
        pytest.param(1, 29, "0.0061", "0.1718", id="Newcombe 1998, one proportion, table I, d"),
    ],
)
def test_the_interval_is_the_published_one(hits: int, cases: int, low: str, high: str) -> None:
    found = wilson(hits, cases)
    assert (found.low.quantize(PLACES), found.high.quantize(PLACES)) == (Decimal(low), Decimal(high))


def test_the_interval_of_a_difference_is_the_published_one() -> None:
    # Newcombe 1998, difference of independent proportions, table II, example a: 56/70 − 48/80, method 10
    found = Comparison(now=Share(56, 70), before=Share(48, 80))
    assert found.difference == Decimal("0.2")
    assert found.interval is not None
    assert found.interval.low.quantize(PLACES) == Decimal("0.0524")
    assert found.interval.high.quantize(PLACES) == Decimal("0.3339")
    assert found.rose
    assert not found.fell
    assert Comparison(now=Share(48, 80), before=Share(56, 70)).fell


def test_under_five_cases_there_is_no_percentage() -> None:
    assert (Share(3, 4).rate, Share(3, 4).interval) == (None, None)
    assert Share(3, 5).rate == Decimal("0.6")
    assert Share(3, 5).interval is not None


def test_a_comparison_with_too_few_cases_says_nothing() -> None:
    few = Comparison(now=Share(0, 4), before=Share(40, 40))
    assert (few.difference, few.interval, few.fell, few.rose) == (None, None, False, False)


@pytest.mark.parametrize(("hits", "cases"), [(-1, 3), (4, 3), (0, -1)])
def test_more_than_all_can_not_be(hits: int, cases: int) -> None:
    with pytest.raises(ValueError, match="can't be"):
        Share(hits, cases)


@pytest.mark.parametrize(("share", "holds"), [(Share(1, 3), True), (Share(33, 100), False), (Share(0, 0), False)])
def test_at_least_a_third_is_exact(share: Share, holds: bool) -> None:
    assert share.is_at_least(1, 3) is holds


@given(shares(least=1))
def test_the_interval_holds_the_share_and_stays_between_nothing_and_all(share: Share) -> None:
    found = wilson(share.hits, share.cases)
    assert 0 <= found.low * share.cases <= share.hits <= found.high * share.cases <= share.cases


@given(shares(least=1))
def test_one_hit_more_moves_both_ends_up(share: Share) -> None:
    if share.hits < share.cases:
        less, more = wilson(share.hits, share.cases), wilson(share.hits + 1, share.cases)
        assert less.low < more.low
        assert less.high < more.high


@given(shares(least=1), st.integers(2, 9))
def test_more_cases_of_the_same_share_narrow_the_interval(share: Share, times: int) -> None:
    def width(found: Interval) -> Decimal:
        return found.high - found.low

    assert width(wilson(share.hits * times, share.cases * times)) < width(wilson(share.hits, share.cases))


@given(shares(least=1))
def test_hits_and_misses_mirror_each_other(share: Share) -> None:
    hit, missed = wilson(share.hits, share.cases), wilson(share.cases - share.hits, share.cases)
    assert abs(hit.low + missed.high - 1) < Decimal("1e-30")


@given(shares(ENOUGH), shares(ENOUGH))
def test_a_difference_lies_in_its_interval_and_turns_its_sign_with_the_order(now: Share, before: Share) -> None:
    there, back = Comparison(now, before), Comparison(before, now)
    assert there.interval is not None
    assert back.interval is not None
    assert there.difference is not None
    assert there.difference == -(back.difference or 0)
    assert -1 <= there.interval.low <= there.difference <= there.interval.high <= 1
    assert there.rose == back.fell


@given(shares())
def test_a_share_is_not_clearly_different_from_itself(share: Share) -> None:
    same = Comparison(share, share)
    assert not same.fell
    assert not same.rose
