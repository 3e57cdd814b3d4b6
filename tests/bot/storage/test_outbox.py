"""The outbox and where screens stand: in order, marked once sent, and its text gone with the mark."""

from sqlalchemy import Connection, Engine, select

from bot.storage import lanes, outbox
from bot.storage.outbox import Ended, Kind, Parcel, Standing
from bot.storage.schema import outbox as outbox_table
from bot.storage.talks import SqlScreens
from tests.bot.storage.letters import MARKUS, SABINE
from tests.chat import MONDAY_MORNING as NOW

CARD = "card:7"


def added(connection: Connection, words: str, chat_id: int = SABINE, *, pushed: bool = False) -> Parcel:
    payload = {"text": words, "keyboard": []}
    return outbox.add(connection, chat_id, Kind.EDIT, CARD, payload, NOW, pushed=pushed)


def test_what_waits_comes_back_as_it_was_put_in_and_in_its_order(engine: Engine) -> None:
    with engine.begin() as connection:
        put_in = [
            added(connection, "eins 🎉"),
            added(connection, "zwei", MARKUS, pushed=True),
            added(connection, "drei"),
        ]
    with engine.begin() as connection:
        assert outbox.waiting(connection) == put_in
        assert outbox.waiting(connection, [SABINE]) == [put_in[0], put_in[2]]
        assert outbox.waiting(connection, []) == []


def test_a_message_to_a_whole_team_is_stored_in_one_go_and_each_row_is_its_own(engine: Engine) -> None:
    messages = [(3000 + number, {"text": f"an {number}", "keyboard": []}) for number in range(120)]
    with engine.begin() as connection:
        pushed = outbox.push_all(connection, messages, NOW)
        assert outbox.push_all(connection, [], NOW) == []
    with engine.begin() as connection:
        assert outbox.waiting(connection) == pushed
    assert [(parcel.chat_id, parcel.payload) for parcel in pushed] == messages
    assert all(parcel.pushed and parcel.kind is Kind.SEND for parcel in pushed)


def test_sent_and_superseded_rows_are_emptied_and_wait_no_more(engine: Engine) -> None:
    with engine.begin() as connection:
        sent, overtaken, open_row = (added(connection, words) for words in ("a", "b", "c"))
        outbox.end(connection, sent.id, Ended.SENT, NOW)
        outbox.end(connection, overtaken.id, Ended.SUPERSEDED, NOW)
        assert outbox.waiting(connection) == [open_row]
        payloads = connection.execute(select(outbox_table.c.payload).order_by(outbox_table.c.id)).scalars().all()
        assert payloads == [None, None, open_row.payload]


def test_what_is_put_aside_keeps_its_text_and_says_why(engine: Engine) -> None:
    with engine.begin() as connection:
        parcel = added(connection, "a")
        outbox.end(connection, parcel.id, Ended.ASIDE, NOW, "chat not found " * 99)
        row = connection.execute(select(outbox_table)).one()
        assert (row.state, row.payload) == (Ended.ASIDE, parcel.payload)
        assert row.reason.startswith("chat not found")


def test_a_chat_that_can_not_be_written_to_is_given_up_as_a_whole_and_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        sent = added(connection, "before")
        outbox.end(connection, sent.id, Ended.SENT, NOW)
        to_sabine = added(connection, "to Sabine")
        to_markus = added(connection, "to Markus", MARKUS)
        came_meanwhile = added(connection, "to Sabine, who may have let the bot in again")
        outbox.put_chat_aside(connection, SABINE, to_sabine.id, NOW, "bot was blocked")
        assert outbox.waiting(connection) == [to_markus, came_meanwhile]
        states = connection.execute(select(outbox_table.c.state).order_by(outbox_table.c.id)).scalars().all()
        assert states == [Ended.SENT, Ended.ASIDE, outbox.OPEN, outbox.OPEN]


def test_tries_are_counted_in_the_row(engine: Engine) -> None:
    with engine.begin() as connection:
        parcel = added(connection, "a")
        outbox.count_try(connection, parcel.id, 2)
        assert [row.tries for row in outbox.waiting(connection)] == [2]


def test_a_screen_stands_where_it_was_sent_last(engine: Engine) -> None:
    with engine.begin() as connection:
        assert outbox.standing(connection, SABINE, CARD) == Standing(None, None)
        lanes.add_message(connection, SABINE)
        screens = SqlScreens(connection)
        assert screens.messages_below(SABINE, CARD) is None
        outbox.set_place(connection, SABINE, CARD, 1)
        assert outbox.standing(connection, SABINE, CARD) == Standing(None, None), "on its way, not yet there"
        outbox.set_standing(connection, SABINE, CARD, 101, "digest")
        assert outbox.standing(connection, SABINE, CARD) == Standing(101, "digest")
        lanes.add_message(connection, SABINE)
        assert screens.messages_below(SABINE, CARD) == 1, "where it stands does not change its place"
        assert outbox.standing(connection, MARKUS, CARD) == Standing(None, None)


def test_what_an_edit_drew_counts_only_while_its_message_is_the_screen(engine: Engine) -> None:
    with engine.begin() as connection:
        outbox.set_standing(connection, SABINE, CARD, 101, "digest")
        outbox.set_drawn(connection, SABINE, CARD, 101, "newer")
        assert outbox.standing(connection, SABINE, CARD) == Standing(101, "newer")
        outbox.correct_standing(connection, SABINE, CARD, 99)
        outbox.set_drawn(connection, SABINE, CARD, 101, "newest")
        assert outbox.standing(connection, SABINE, CARD) == Standing(99, None)


def test_a_press_tells_which_message_the_screen_is(engine: Engine) -> None:
    with engine.begin() as connection:
        outbox.set_standing(connection, SABINE, CARD, 101, "digest")
        outbox.correct_standing(connection, SABINE, CARD, 101)
        assert outbox.standing(connection, SABINE, CARD) == Standing(101, "digest"), "it is the one we know"
        outbox.correct_standing(connection, SABINE, CARD, 99)
        assert outbox.standing(connection, SABINE, CARD) == Standing(99, None), "nobody knows what is drawn there"
