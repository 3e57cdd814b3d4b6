"""What a process knows of its lanes by itself: it rather sends too little than what another one sends, too."""

import pytest

from bot import leases
from bot.leases import SENT_WITHIN, Leases
from bot.storage.lanes import LEASE

CHAT = 1001
GOOD_FOR = (LEASE - SENT_WITHIN).total_seconds()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock, moved by hand."""
    shows = [100.0]
    monkeypatch.setattr(leases, "monotonic", lambda: shows[0])
    return shows


def test_a_lease_is_counted_from_when_it_was_asked_for_and_ends_early(at: list[float]) -> None:
    ours = Leases(shared=True)
    ours.hold([CHAT], 100)
    for moment, holds in ((100, True), (100 + GOOD_FOR - 0.1, True), (100 + GOOD_FOR, False)):
        at[0] = moment
        assert ours.holds(CHAT) is holds


def test_of_two_answers_the_one_that_was_asked_for_later_counts(at: list[float]) -> None:
    """They may come in another order than they were asked for."""
    ours = Leases(shared=True)
    ours.hold([CHAT], 105)
    ours.hold([CHAT], 100)
    at[0] = 104 + GOOD_FOR
    assert ours.holds(CHAT)
    ours.let_go([CHAT], 104)
    assert ours.holds(CHAT)
    ours.let_go([CHAT], 105)
    assert not ours.holds(CHAT)


def test_nobody_elses_chat_is_ours_unless_we_are_alone() -> None:
    assert not Leases(shared=True).holds(CHAT)
    assert Leases(shared=False).holds(CHAT)
