"""The bot is killed while sellers work with it: the short form of `python -m tests.soak`."""

from pathlib import Path

import pytest

from tests.soak.checks import OutOfOrder, Posted, repetitions
from tests.soak.ledger import Drawing
from tests.soak.run import Plan, soak


async def test_killed_three_times_it_loses_nothing_and_does_nothing_twice(tmp_path: Path) -> None:
    # Many chats and little in each: to one chat goes a message a second, and the drain would last as long.
    plan = Plan(kills=3, chats=30, seed=17, longest_life=1.0, deeds_of_each=0.3, drain_within=60)
    findings = await soak(plan, tmp_path, print)
    assert findings.faults == []
    assert findings.counts["kills"] == 3
    assert findings.counts["updates done"] == findings.counts["updates accepted"] >= 30
    assert findings.counts["numbered notes"] > 0
    assert findings.counts["steps"] > 0


def sent(*words: str) -> list[Posted]:
    """Messages that must appear."""
    return [Posted(number, "send", "", word, "sent") for number, word in enumerate(words)]


def edit(word: str, ended: str = "sent") -> Posted:
    return Posted(99, "edit", "card:1", word, ended)


def seen(*words: str) -> list[Drawing]:
    return [Drawing("sendMessage", 1, word) for word in words]


class TestTheOrderOfReplies:
    """The check itself: it must let pass what is promised, and nothing else."""

    def test_each_once_is_in_order(self) -> None:
        assert repetitions(sent("a", "b", "c"), seen("a", "b", "c")) == 0

    def test_a_reply_may_be_sent_again_before_the_next_one(self) -> None:
        assert repetitions(sent("a", "b"), seen("a", "a", "a", "b")) == 2

    def test_two_rows_with_the_same_words_are_two_replies(self) -> None:
        assert repetitions(sent("a", "a"), seen("a", "a")) == 0

    def test_an_edit_may_be_left_out(self) -> None:
        assert repetitions([*sent("a"), edit("b", "superseded"), edit("c"), *sent("d")], seen("a", "c", "d")) == 0

    @pytest.mark.parametrize(
        "words",
        [
            pytest.param("b a c", id="swapped"),
            pytest.param("a c", id="one is missing"),
            pytest.param("a b", id="the last is missing"),
            pytest.param("a b a c", id="an old one comes again after a later one"),
            pytest.param("a b x c", id="one that nobody wrote"),
        ],
    )
    def test_all_else_is_found(self, words: str) -> None:
        with pytest.raises(OutOfOrder):
            repetitions(sent("a", "b", "c"), seen(*words.split()))

    def test_an_edit_drawn_after_the_message_behind_it_is_found(self) -> None:
        with pytest.raises(OutOfOrder):
            repetitions([*sent("a"), edit("b"), *sent("c")], seen("a", "c", "b"))
