"""The inbox: what came in is there once, in the order of arrival, and its text no longer than it is needed."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from bot.storage import inbox, outbox
from bot.storage.housekeeping import PORTION, tidy
from bot.storage.outbox import Ended, Kind
from bot.storage.schema import inbox as inbox_table
from bot.storage.schema import note as note_table
from bot.storage.schema import outbox as outbox_table
from bot.storage.talks import SqlNotes
from dialogs.conversation.talk import PersonId
from dialogs.ports.conversations import NoteKind
from tests.bot.storage.letters import MARKUS, SABINE, arrival
from tests.chat import MONDAY_MORNING
from tests.conftest import join
from tests.properties import tries

A_DAY = timedelta(days=1)


def texts_kept(engine: Engine) -> dict[int, str | None]:
    """The raw text of every update that is known."""
    with engine.connect() as connection:
        rows = connection.execute(select(inbox_table.c.update_id, inbox_table.c.raw))
        return {row.update_id: row.raw for row in rows}


def test_a_second_delivery_changes_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        first = inbox.put(connection, [arrival(5, raw="first"), arrival(6)])
    with engine.begin() as connection:
        again = inbox.put(connection, [arrival(5, raw="second"), arrival(6), arrival(7)])
    assert [letter.update_id for letter in first] == [5, 6]
    assert [letter.update_id for letter in again] == [7]
    assert texts_kept(engine)[5] == "first"


def test_an_update_twice_in_one_delivery_comes_in_once(engine: Engine) -> None:
    with engine.begin() as connection:
        assert len(inbox.put(connection, [arrival(5), arrival(5)])) == 1


def test_two_bots_may_use_the_same_numbers(engine: Engine) -> None:
    mine, other = arrival(5), arrival(5)
    object.__setattr__(other, "bot_id", 8)
    with engine.begin() as connection:
        assert len(inbox.put(connection, [mine, other])) == 2


def test_what_is_done_is_still_recognised_when_it_comes_again(engine: Engine) -> None:
    with engine.begin() as connection:
        (letter,) = inbox.put(connection, [arrival(5)])
        assert inbox.mark_done(connection, letter.id)
    with engine.begin() as connection:
        assert inbox.put(connection, [arrival(5)]) == []
        assert inbox.waiting(connection) == []


def test_order_is_the_order_of_arrival_whatever_the_numbers_say(engine: Engine) -> None:
    with engine.begin() as connection:
        inbox.put(connection, [arrival(900), arrival(17)])
    with engine.begin() as connection:
        inbox.put(connection, [arrival(400)])
        assert [letter.update_id for letter in inbox.waiting(connection)] == [900, 17, 400]


@settings(max_examples=tries(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries=st.lists(st.lists(st.tuples(st.integers(1, 9), st.sampled_from([SABINE, MARKUS])), max_size=5)))
def test_however_often_and_in_what_parts_updates_come_each_waits_once(
    engine: Engine, deliveries: list[list[tuple[int, int]]]
) -> None:
    expected: dict[int, int] = {}
    with engine.connect() as connection, connection.begin() as all_of_it:
        for delivery in deliveries:
            inbox.put(connection, [arrival(update_id, chat_id) for update_id, chat_id in delivery])
            for update_id, chat_id in delivery:
                expected.setdefault(update_id, chat_id)
        found = [(letter.update_id, letter.chat_id) for letter in inbox.waiting(connection)]
        of_sabine = [letter.update_id for letter in inbox.waiting(connection, [SABINE])]
        all_of_it.rollback()
    assert found == list(expected.items())
    assert of_sabine == [update_id for update_id, chat_id in expected.items() if chat_id == SABINE]


def test_what_comes_back_from_storage_is_what_came_in(engine: Engine) -> None:
    with engine.begin() as connection:
        (fresh,) = inbox.put(connection, [arrival(5, raw='{"text":"Grüß dich 🎉"}')])
    with engine.begin() as connection:
        inbox.count_try(connection, fresh.id, 2)
    with engine.connect() as connection:
        (found,) = inbox.waiting(connection)
    assert (found.id, found.at, found.raw, found.tries) == (fresh.id, MONDAY_MORNING, fresh.raw, 2)
    assert fresh.live, "a press that has just come in can be answered"
    assert not found.live, "one found in storage can't"


def test_done_empties_the_text_and_happens_once(engine: Engine) -> None:
    with engine.begin() as connection:
        (letter,) = inbox.put(connection, [arrival(5, raw="Angebot an Muster GmbH")])
    with engine.begin() as connection:
        assert inbox.mark_done(connection, letter.id)
        assert not inbox.mark_done(connection, letter.id)
        assert not inbox.put_aside(connection, letter.id, letter.raw, "too late")
    assert texts_kept(engine) == {5: None}


def test_aside_keeps_the_text_for_the_operator(engine: Engine) -> None:
    with engine.begin() as connection:
        (letter,) = inbox.put(connection, [arrival(5, raw="Angebot an Muster GmbH")])
    with engine.begin() as connection:
        assert inbox.put_aside(connection, letter.id, letter.raw, "x" * 999)
        assert not inbox.mark_done(connection, letter.id)
        assert inbox.waiting(connection) == []
    assert texts_kept(engine) == {5: "Angebot an Muster GmbH"}


def test_keys_are_kept_for_thirty_days_and_open_updates_for_ever(engine: Engine) -> None:
    with engine.begin() as connection:
        done, *_ = inbox.put(connection, [arrival(1), arrival(2), arrival(3, at=MONDAY_MORNING + A_DAY)])
        inbox.mark_done(connection, done.id)
        inbox.mark_done(connection, done.id + 2)
    with engine.begin() as connection:
        tidy(connection, MONDAY_MORNING + 30 * A_DAY)
    assert set(texts_kept(engine)) == {1, 2, 3}
    with engine.begin() as connection:
        tidy(connection, MONDAY_MORNING + 30.5 * A_DAY)
    assert set(texts_kept(engine)) == {2, 3}


def test_what_was_put_aside_loses_its_text_after_fourteen_days(engine: Engine) -> None:
    with engine.begin() as connection:
        (letter,) = inbox.put(connection, [arrival(5, raw="Angebot")])
        inbox.put_aside(connection, letter.id, letter.raw, "KeyError")
        parcel = outbox.add(connection, SABINE, Kind.SEND, "", {"text": "Angebot"}, MONDAY_MORNING)
        outbox.end(connection, parcel.id, Ended.ASIDE, MONDAY_MORNING, "chat not found")

    def kept() -> tuple[str | None, object]:
        with engine.connect() as connection:
            return texts_kept(engine)[5], connection.execute(select(outbox_table.c.payload)).scalar_one()

    with engine.begin() as connection:
        tidy(connection, MONDAY_MORNING + 14 * A_DAY)
    assert kept() == ("Angebot", {"text": "Angebot"})
    with engine.begin() as connection:
        tidy(connection, MONDAY_MORNING + 14.5 * A_DAY)
    assert kept() == (None, None)


def test_sent_rows_go_after_thirty_days_and_waiting_ones_stay(engine: Engine) -> None:
    with engine.begin() as connection:
        sent = outbox.add(connection, SABINE, Kind.SEND, "", {"text": "a"}, MONDAY_MORNING)
        waits = outbox.add(connection, SABINE, Kind.SEND, "", {"text": "b"}, MONDAY_MORNING)
        outbox.end(connection, sent.id, Ended.SENT, MONDAY_MORNING)
    with engine.begin() as connection:
        tidy(connection, MONDAY_MORNING + 31 * A_DAY)
        assert connection.execute(select(outbox_table.c.id)).scalars().all() == [waits.id]
        assert outbox.waiting(connection) == [waits]


def test_the_number_of_a_message_is_never_given_out_again(engine: Engine) -> None:
    """Delivery knows by its number that a row has ended; a new row of the same number would not be sent."""
    with engine.begin() as connection:
        before = outbox.add(connection, SABINE, Kind.SEND, "", {"text": "before the holidays"}, MONDAY_MORNING)
        outbox.end(connection, before.id, Ended.SENT, MONDAY_MORNING)
    with engine.begin() as connection:
        tidy(connection, MONDAY_MORNING + 40 * A_DAY)
        after = outbox.add(connection, SABINE, Kind.SEND, "", {"text": "after them"}, MONDAY_MORNING + 40 * A_DAY)
    assert after.id != before.id


def test_old_keys_go_in_portions(engine: Engine) -> None:
    with engine.begin() as connection:
        for letter in inbox.put(connection, [arrival(number) for number in range(PORTION + 1)]):
            inbox.mark_done(connection, letter.id)
    left = []
    more = True
    while more:
        with engine.begin() as connection:
            more = tidy(connection, MONDAY_MORNING + 31 * A_DAY)
        left.append(len(texts_kept(engine)))
    assert left == [1, 0, 0]


def test_a_text_that_nobody_asked_to_keep_goes_after_two_days(engine: Engine) -> None:
    join(engine, SABINE, "Sabine")
    with engine.begin() as connection:
        notes = SqlNotes(connection)
        notes.add(PersonId(SABINE), None, NoteKind.DRAFT, "nur so", MONDAY_MORNING)
        notes.add(PersonId(SABINE), None, NoteKind.NOTE, "wichtig", MONDAY_MORNING)
    with engine.begin() as connection:
        tidy(connection, MONDAY_MORNING + 2.5 * A_DAY)
        assert connection.execute(select(note_table.c.text)).scalars().all() == ["wichtig"]
