"""A seller who taps anything in the list of what is due, and beside it: the list, the steps and the reminders agree."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import Engine

from bot.storage.store import SqlStore
from bot.turns import House
from dialogs.conversation.talk import PersonId, Standing, TaskState
from dialogs.ports.days import DueSource
from knowledge.taxonomy import OutcomeId
from tests.dialogs.test_conversation_machine import SELLER, AnySeller, lives_of
from tests.dialogs.test_following_up import ends_without_decision, is_postponed, orders

FAR_AWAY = date(2040, 1, 1)
many = st.integers(0, 10_000)


class AnyFollower(AnySeller):
    """Has three conversations behind them, and days on which something is due."""

    @initialize(command=st.just("/gespraech"), steps=st.just(0))
    def begin(self, command: str, steps: int) -> None:  # noqa: ARG002 (as every seller begins)
        """An order, a postponement, and one without a decision."""
        ends_without_decision(self.chat, "Alt AG")
        is_postponed(self.chat, "Mittwoch", "Berg KG")
        orders(self.chat, "Chor eG")

    @rule(days=st.sampled_from([0, 1, 5, 14, 30]))
    def look_at_what_is_due(self, days: int) -> None:
        self.chat.now += timedelta(days=days)
        self.chat.sends("/nachfassen")

    @rule(which=many)
    def press_what_is_due(self, which: int) -> None:
        self.press(which, lambda _, message: message.screen == "due")

    @rule(which=many)
    def tap_it_twice(self, which: int) -> None:
        data, message_id = self.press(which, lambda press, _: press.value.endswith("done"))
        before = self.due()
        if data:
            self.press_old(data, message_id)
            assert self.due() == before, "twice counts as once"

    def due(self) -> list[tuple[str, int, str, date]]:
        with self.engine.connect() as connection:
            items = SqlStore(connection).follow_ups.open(PersonId(SELLER), FAR_AWAY, 1000)
        return [(item.source, item.id, item.what, item.day) for item in items]

    @invariant()
    def what_is_due_is_what_the_conversations_say(self) -> None:
        wanted = []
        due = self.due()
        self.met |= {found[0] for found in due}
        for talk in self.talks():
            if talk.standing is Standing.POSTPONED:
                wanted.append((DueSource.POSTPONED, talk.id, "", talk.until))
            if talk.outcome is not None:
                wanted += [
                    (DueSource.TASK, talk.id, task, kept.due)
                    for task, kept in talk.tasks.items()
                    if kept.state is TaskState.DATED
                ]
        assert sorted(found for found in due if found[0] != DueSource.REMINDER) == sorted(wanted)

    @invariant()
    def each_reminder_is_open_once_and_only_after_an_order(self) -> None:
        won = {talk.id for talk in self.talks() if talk.outcome is OutcomeId.WON}
        with self.engine.connect() as connection:
            items = SqlStore(connection).reminders.open(PersonId(SELLER), FAR_AWAY)
        assert {item.conversation_id for item in items} <= won
        counted = Counter((item.customer_id, item.conversation_id, item.kind) for item in items)
        assert max(counted.values(), default=1) == 1
        assert all(item.due_on.weekday() < 5 for item in items)


@pytest.mark.hypothesis
def test_whatever_is_tapped_what_is_due_holds(house: House, lasting_engine: Engine, empty_database: Path) -> None:
    """`what_is_due_is_what_the_conversations_say`, each reminder once, and everything comes up that can be due."""
    met = lives_of(AnyFollower, house, lasting_engine, empty_database, lives=8, taps=25)
    assert met >= {*DueSource}
