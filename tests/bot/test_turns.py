"""A turn: the update's mark, what the dialog changed and what it answers come together, once, or not at all."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from bot.storage import inbox, lanes, outbox
from bot.storage.inbox import Letter
from bot.storage.lanes import LaneLost
from bot.storage.outbox import Kind
from bot.storage.store import SqlStore
from bot.turns import MAX_TOAST, Call, Done, House, merged, put_aside, run_turn, with_words
from dialogs.conversation.talk import PersonId
from dialogs.press import Press
from dialogs.turn import (
    Command,
    Dialog,
    Edit,
    Event,
    Notify,
    Pressed,
    Reply,
    Retire,
    Sender,
    SendFile,
    Show,
    Turn,
    Typed,
)
from dialogs.view import Hint, line
from knowledge.language.messages import Language
from tests.bot.storage.databases import BOTH, Database, fresh_database
from tests.bot.storage.letters import MARKUS, SABINE, arrived
from tests.chat import MONDAY_MORNING as NOW
from tests.chat import Chat
from tests.conftest import join

CARD = "card:1"
_update_ids = count(50_000)


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, empty_database: Path, tmp_path: Path) -> Iterator[Database]:
    with fresh_database(request, tmp_path, empty_database) as database:
        yield database


@pytest.fixture
def engine(database: Database) -> Engine:
    """A database with two members, Sabine and Markus."""
    join(database.engine, SABINE, "Sabine")
    join(database.engine, MARKUS, "Markus")
    return database.engine


# Once, together, or not at all


def test_changes_replies_and_the_mark_come_in_one_commit(engine: Engine, house: House) -> None:
    letter = arrived(engine, 1, owner=house.owner)
    commits: list[None] = []
    event.listen(engine, "commit", lambda _connection: commits.append(None))
    with engine.begin() as connection:
        done = run_turn(connection, house, call(letter, remembers("Muster GmbH")))
        assert what_is_there(engine) == ([], [letter.id], []), "nobody sees anything before the commit"
    assert len(commits) == 1
    assert done is not None
    assert what_is_there(engine) == (["Muster GmbH"], [], list(done.parcels))


def test_a_second_run_of_the_same_update_changes_nothing(engine: Engine, house: House) -> None:
    letter = arrived(engine, 1, owner=house.owner)
    first = runs(engine, house, call(letter, remembers("Muster GmbH")))
    after_the_first = what_is_there(engine)
    assert first is not None
    assert runs(engine, house, call(letter, remembers("Muster GmbH"))) is None
    assert what_is_there(engine) == after_the_first


def test_of_many_that_run_an_update_at_once_one_does(engine: Engine, house: House) -> None:
    letter = arrived(engine, 1, owner=house.owner)
    start = threading.Barrier(3)
    ends: list[Done | None] = []

    def run() -> None:
        start.wait()
        ends.append(runs(engine, house, call(letter, remembers("Muster GmbH"))))

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [done is None for done in sorted(ends, key=lambda done: done is None)] == [False, True, True]
    assert what_is_there(engine)[0] == ["Muster GmbH"]


def test_a_dialog_that_raises_leaves_nothing_not_even_the_mark(engine: Engine, house: House) -> None:
    letter = arrived(engine, 1, owner=house.owner)

    def raises(turn: Turn) -> None:
        remembers("Muster GmbH")(turn)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        runs(engine, house, call(letter, raises))
    assert what_is_there(engine) == ([], [letter.id], [])
    assert runs(engine, house, call(letter, remembers("Muster GmbH"))) is not None, "it can be tried again"


def test_a_turn_whose_lane_was_lost_stores_nothing(engine: Engine, house: House) -> None:
    letter = arrived(engine, 1, owner=house.owner)
    with engine.begin() as connection:
        taken = lanes.claim(connection, [SABINE], "another process", NOW + 2 * lanes.LEASE)
    assert taken == {SABINE}
    with pytest.raises(LaneLost):
        runs(engine, house, call(letter, remembers("Muster GmbH")))
    assert what_is_there(engine) == ([], [letter.id], [])
    other = replace(house, owner="another process")
    assert runs(engine, other, call(letter, remembers("Muster GmbH"))) is not None


def test_a_lane_lost_in_the_middle_of_a_turn_stops_it_or_waits_for_it(engine: Engine, house: House) -> None:
    """From its first statement on, a turn holds its lane against everybody."""
    letter = arrived(engine, 1, owner=house.owner)
    taken: list[set[int]] = []

    def takes_the_lane() -> None:
        with engine.begin() as connection:
            taken.append(lanes.claim(connection, [SABINE], "another process", NOW + 2 * lanes.LEASE))

    thief = threading.Thread(target=takes_the_lane)

    def slow(turn: Turn) -> None:
        thief.start()
        thief.join(0.3)
        assert taken == [], "the other one has to wait until the turn has ended"
        remembers("Muster GmbH")(turn)

    assert runs(engine, house, call(letter, slow)) is not None
    thief.join()
    assert taken == [{SABINE}]
    assert what_is_there(engine)[0] == ["Muster GmbH"]


def test_a_turn_has_the_time_of_its_update_whenever_it_runs(engine: Engine, house: House) -> None:
    times = []
    letter = arrived(engine, 1, owner=house.owner)
    runs(engine, house, call(letter, lambda turn: times.append(turn.at)))
    assert times == [letter.at]


def test_an_update_that_is_given_up_says_so_once_and_keeps_its_text(engine: Engine, house: House) -> None:
    letter = arrived(engine, 1, owner=house.owner)

    def give_up() -> Done | None:
        with engine.begin() as connection:
            return put_aside(connection, house, call(letter, remembers("never")), "KeyError", "7F3A")

    done = give_up()
    assert done is not None
    (parcel,) = done.parcels
    assert "7F3A" in parcel.payload["text"]
    assert give_up() is None
    assert runs(engine, house, call(letter, remembers("never"))) is None
    assert what_is_there(engine) == ([], [], [parcel])


def test_in_a_group_nothing_but_one_sentence_happens(engine: Engine, house: House) -> None:
    letter = arrived(engine, 1, -500, owner=house.owner)
    in_group = replace(call(letter, remembers("never"), Command("talk")), in_group=True)
    done = runs(engine, house, in_group)
    assert done is not None
    assert [parcel.chat_id for parcel in done.parcels] == [-500]
    assert what_is_there(engine)[0] == []


# Replies


def test_a_message_to_a_colleague_goes_to_their_chat_and_can_wait(engine: Engine, house: House) -> None:
    def tells(turn: Turn) -> None:
        turn.notify(PersonId(MARKUS), line("Neuer Auftrag"))
        turn.notify(PersonId(4711), line("an niemanden"))

    done = runs(engine, house, call(arrived(engine, 1, owner=house.owner), tells))
    assert done is not None
    assert [(parcel.chat_id, parcel.pushed) for parcel in done.parcels] == [(MARKUS, True)]
    with engine.begin() as connection:
        assert lanes.add_message(connection, MARKUS) == 2, "it counts as a message in their chat"


def test_a_file_is_stored_with_its_complete_input(engine: Engine, house: House) -> None:
    def asks(turn: Turn) -> None:
        turn.send_file("my_data", asked_at="2026-11-16")

    done = runs(engine, house, call(arrived(engine, 1, owner=house.owner), asks))
    assert done is not None
    (parcel,) = done.parcels
    assert (parcel.kind, dict(parcel.payload)) == (
        Kind.FILE,
        {"kind": "my_data", "values": {"asked_at": "2026-11-16"}, "person": SABINE, "language": Language.DE},
    )


def test_a_toast_answers_a_press_and_is_cut_to_its_limit(engine: Engine, house: House) -> None:
    done = pressed(engine, house, lambda turn: turn.toast("x" * 999))
    assert (done.toast, done.parcels) == ("x" * MAX_TOAST, [])


def test_a_toast_that_comes_too_late_stands_on_the_screen(engine: Engine, house: House) -> None:
    def answers(turn: Turn) -> None:
        turn.edit(CARD, line("Karte"))
        turn.toast("Notiert")

    done = pressed(engine, house, answers, answerable=False)
    (parcel,) = done.parcels
    assert (done.toast, parcel.kind, parcel.screen) == ("", Kind.EDIT, CARD)
    assert parcel.payload["text"] == "<i>Notiert</i>\n\nKarte"


def test_a_late_toast_without_a_screen_is_a_message(engine: Engine, house: House) -> None:
    done = pressed(engine, house, lambda turn: turn.toast("Notiert"), answerable=False)
    assert [(parcel.kind, parcel.payload["text"]) for parcel in done.parcels] == [(Kind.SEND, "Notiert")]


def test_a_typed_text_gets_the_words_of_a_toast_as_text(engine: Engine, house: House) -> None:
    done = runs(engine, house, call(arrived(engine, 1, owner=house.owner), lambda turn: turn.toast("Notiert")))
    assert done is not None
    assert (done.toast, [parcel.payload["text"] for parcel in done.parcels]) == ("", ["Notiert"])


views = st.integers(0, 99).map(lambda number: line(str(number)))
screens = st.sampled_from(["card:1", "help:2"])
replies = st.lists(
    st.one_of(
        st.builds(Show, views, screens),
        st.builds(Show, views),
        st.builds(Edit, screens, views),
        st.builds(Retire, screens, views),
        st.builds(Notify, st.just(PersonId(MARKUS)), views),
        st.builds(SendFile, st.just("my_data"), st.just({})),
    ),
    max_size=10,
)


@given(replies=replies)
def test_merging_draws_a_message_once_and_shows_what_was_said_last(replies: list[Reply]) -> None:
    kept = merged(replies)
    for screen in ("card:1", "help:2"):
        of_it = [reply for reply in kept if isinstance(reply, Show | Edit | Retire) and reply.screen == screen]
        for earlier, later in pairwise(of_it):
            assert isinstance(earlier, Retire) or not isinstance(later, Edit), "an edit of what was only just drawn"
        drawn = [reply for reply in replies if isinstance(reply, Show | Edit) and reply.screen == screen]
        if drawn:
            assert [reply for reply in of_it if not isinstance(reply, Retire)][-1].view == drawn[-1].view

    def untouched(of: list[Reply]) -> list[Reply]:
        return [reply for reply in of if isinstance(reply, Retire | Notify | SendFile)]

    assert untouched(kept) == untouched(replies)
    assert merged(kept) == kept


@given(replies=replies, words=st.text("abc ", min_size=1))
def test_late_words_are_on_exactly_one_screen(replies: list[Reply], words: str) -> None:
    kept = with_words(replies, words)
    mine = [reply for reply in kept if isinstance(reply, Show | Edit) and reply not in replies]
    assert len(mine) == 1
    assert mine[0].view.blocks[0] in (Hint(words), line(words).blocks[0])
    assert len(kept) - len(replies) == (not any(isinstance(reply, Show | Edit) for reply in replies))


# Where a screen stands


def test_the_pressed_message_is_the_screen(engine: Engine, house: House) -> None:
    """Two cards stand in the chat after a kill between sending and its mark: the pressed one counts."""
    with engine.begin() as connection:
        outbox.set_standing(connection, SABINE, CARD, 102, "digest")
    pressed(engine, house, lambda _turn: None, message=101)
    with engine.connect() as connection:
        assert outbox.standing(connection, SABINE, CARD) == outbox.Standing(101, None)


@pytest.mark.parametrize(
    ("below", "kinds"), [(0, [Kind.EDIT]), (2, [Kind.EDIT]), (3, [Kind.RETIRE, Kind.SEND])], ids=str
)
def test_three_or_more_messages_push_a_screen_up(engine: Engine, house: House, below: int, kinds: list[Kind]) -> None:
    def draws(turn: Turn) -> None:
        turn.keep_in_reach(CARD, line("Karte"), line("weiter unten"))

    def is_silent(turn: Turn) -> None:
        """What the person types is a message too."""

    pressed(engine, house, draws)
    for _ in range(below):
        runs(engine, house, call(arrived(engine, next(_update_ids), owner=house.owner), is_silent))
    assert [parcel.kind for parcel in pressed(engine, house, draws).parcels] == kinds
    assert [parcel.kind for parcel in pressed(engine, house, draws).parcels] == [Kind.EDIT], "it is in reach again"


def test_with_real_dialogs_the_card_stays_until_it_is_out_of_reach(engine: Engine, house: House) -> None:
    chat = Chat(engine, house, SABINE)
    chat.sends("/gespraech Muster GmbH")
    first = chat.card_message
    chat.sends("/signal")
    chat.press_data(f"{CARD}|next:1:{chat.talk.version}:", first.id)
    assert chat.card_message is first, "two messages stand below it: the command and its answer"
    chat.sends("/hilfe")
    chat.press_data(f"{CARD}|next:1:{chat.talk.version}:", first.id)
    assert chat.card_message is not first
    assert chat.card_message is chat.message
    assert first.buttons == []


# How the tests hand a turn in


def call(letter: Letter, dialog: Dialog, event: Event | None = None) -> Call:
    """A call of Sabine's, with a typed text where nothing else is said."""
    sender = Sender(PersonId(SABINE), letter.chat_id, "Sabine", Language.DE)
    return Call(letter, sender, event or Typed("x"), dialog)


def remembers(name: str) -> Callable[[Turn], None]:
    """A dialog that changes something and answers."""

    def dialog(turn: Turn) -> None:
        turn.store.customers.create(turn.person.id, name, alias=False, at=turn.at)
        turn.show(line(name))

    return dialog


def runs(engine: Engine, house: House, call: Call) -> Done | None:
    with engine.begin() as connection:
        return run_turn(connection, house, call)


def pressed(
    engine: Engine, house: House, dialog: Dialog, *, answerable: bool = True, message: int | None = None
) -> Done:
    """A press on the card, with the dialog behind it."""
    letter = arrived(engine, next(_update_ids), owner=house.owner, kind=inbox.PRESS)
    by_press = replace(call(letter, dialog, Pressed(Press("next", 1), CARD)), pressed_message=message)
    with engine.begin() as connection:
        done = run_turn(connection, house, by_press, answerable=lambda: answerable)
    assert done is not None
    return done


def what_is_there(engine: Engine) -> tuple[list[str], list[int], list[outbox.Parcel]]:
    """Sabine's customers, the updates that are open, and the messages that wait."""

    with engine.connect().execution_options(reading=True) as connection:
        names = [found.name for found in SqlStore(connection).customers.recent(PersonId(SABINE), 9)]
        return names, [letter.id for letter in inbox.waiting(connection)], outbox.waiting(connection)
