"""Delivery: in order within a chat, sent at least once, and one chat's trouble is nobody else's."""

import sqlite3
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from bot import delivery, routes
from bot.clock import now
from bot.playground.calls import Call
from bot.playground.faults import Fault
from bot.playground.refusals import Refused
from bot.rendering import digest
from bot.storage import outbox
from bot.storage.outbox import Kind
from dialogs.conversation.talk import PersonId
from dialogs.turn import Turn
from dialogs.view import line
from tests.bot.world import MARKUS, SABINE, World, until


@pytest.fixture
def quick_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Network faults are tried again at once."""
    monkeypatch.setattr(delivery, "FIRST_BACK_OFF", 0.05)


def sent(world: World, who: int = SABINE) -> list[Call]:
    """The calls that showed something in a chat, refused ones too."""
    return world.calls("sendMessage", "editMessageText", "sendDocument", who=who)


async def push(world: World, words: str, who: int = SABINE, *, screen: str = "", kind: Kind = Kind.SEND) -> int:
    """Puts a message into the outbox, as a job does, and hands it over; gives its row's id."""
    payload = {"text": words, "keyboard": []}
    parcel = await world.bot.storage.write(
        lambda connection: outbox.add(connection, who, kind, screen, payload, now(), pushed=True)
    )
    world.bot.delivery.hand_over([parcel])
    return parcel.id


@pytest.mark.usefixtures("quick_faults")
async def test_replies_keep_their_order_even_when_the_first_has_to_be_tried_again(world: World) -> None:
    world.standin.faults.refuse("sendMessage", 500, "Internal Server Error", chat_id=SABINE)
    for number in range(4):
        world.say(f"Notiz {number}")
    await world.settled()
    assert [words.splitlines()[-1] for words in world.screens()] == [f"Notiz {number}" for number in range(4)]


async def test_asked_to_wait_a_chat_waits_and_the_others_do_not(world: World) -> None:
    world.standin.faults.refuse("sendMessage", 429, retry_after=1, chat_id=SABINE)
    world.say("Er parkt im Hof", SABINE)
    await world.standin.until(lambda: sent(world))
    world.say("Sie parkt im Hof", MARKUS)
    await world.sees("Sie parkt im Hof", MARKUS)
    assert world.screens(SABINE) == [], "Markus has his answer while Sabine's chat is paused"
    await world.sees("Er parkt im Hof", SABINE)
    refused, taken = sent(world)
    assert (refused.error_code, taken.ok) == (429, True)
    assert taken.at - refused.at >= 1


async def test_a_pause_holds_for_everything_that_goes_to_the_chat(world: World) -> None:
    world.standin.faults.refuse("sendMessage", 429, retry_after=1)
    for words in ("eins", "zwei", "drei"):
        world.say(words)
    await world.settled()
    assert [call.error_code for call in sent(world)] == [429, None, None, None]


async def test_who_blocked_the_bot_is_marked_and_what_waits_is_put_aside(world: World) -> None:
    await world.opens_card()
    with world.writer_blocked():
        world.say("eins")
        world.say("zwei")
        world.say("Sie parkt im Hof", MARKUS)
        world.standin.set_blocked(SABINE, True)
    await world.sees("Sie parkt im Hof", MARKUS)
    await world.settled()
    assert [call.error_code for call in sent(world)][-1] == 403
    ((reason, payload),) = set(
        world.rows("SELECT reason, payload IS NULL FROM outbox WHERE state = 'aside' AND chat_id = ?", SABINE)
    )
    assert "blocked by the user" in reason
    assert payload == 0, "the operator can see what was not sent"
    assert world.rows("SELECT id FROM person WHERE blocked_at IS NOT NULL") == [(SABINE,)]


async def test_who_lets_the_bot_in_again_is_answered_again(world: World) -> None:
    world.standin.set_blocked(SABINE, True)
    await until(lambda: world.rows("SELECT id FROM person WHERE blocked_at IS NOT NULL"))
    world.standin.set_blocked(SABINE, False)
    world.say("Er parkt im Hof")
    await world.sees("Er parkt im Hof")
    assert world.rows("SELECT id FROM person WHERE blocked_at IS NOT NULL") == []


@pytest.mark.usefixtures("quick_faults")
async def test_a_reply_is_never_lost_and_may_be_sent_twice_when_its_answer_was(world: World) -> None:
    world.standin.faults.lose_reply("sendMessage")
    world.say("Er parkt im Hof")
    await world.settled()
    first, again = world.screens()
    assert "Er parkt im Hof" in first
    assert again == first
    assert world.states("outbox") == {"sent": 1}


@pytest.mark.usefixtures("quick_faults")
async def test_an_edit_whose_answer_was_lost_is_not_modified_and_that_is_success(world: World) -> None:
    await world.opens_card()
    world.standin.faults.lose_reply("editMessageText")
    world.press("Weiter")
    await world.settled()
    lost, again = world.calls("editMessageText")
    assert (lost.ok, again.error_code) == (True, 400)
    assert "message is not modified" in str(again.description)
    assert world.states("outbox") == {"sent": 2}


@pytest.mark.parametrize("words", ["message to edit not found", "message can't be edited"])
async def test_a_screen_that_is_gone_is_sent_anew_and_then_edited_there(world: World, words: str) -> None:
    await world.opens_card()
    world.standin.faults.refuse("editMessageText", 400, words)
    world.press("Weiter")
    await world.settled()
    assert [call.method for call in sent(world)] == ["sendMessage", "editMessageText", "sendMessage"]
    world.press("Zurück")
    await world.settled()
    first, second = world.from_bot()
    assert "1/6" in first["text"], "the old card stays as it was"
    assert "1/6" in second["text"], "the new one is the screen"


async def test_of_several_unsent_edits_only_the_newest_goes_out(world: World) -> None:
    await world.opens_card()
    world.standin.faults.delay("editMessageText", 0.4)
    for label in ("Begrüßung", "Draht", "Zeit", "Erwartung"):
        world.press(label)
        await world.answered(_latest_press(world))
    await world.settled()
    assert len(world.calls("editMessageText")) <= 3
    assert world.states("outbox")["superseded"] >= 1
    assert world.screens()[-1].count("☑") == 4


def _latest_press(world: World) -> str:
    return next(reversed(world.standin.presses._presses))


async def test_what_telegram_refuses_for_good_is_put_aside_with_the_reason_and_the_chat_goes_on(world: World) -> None:
    world.standin.faults.refuse("sendMessage", 400, "can't parse entities: unsupported start tag")
    world.say("eins")
    world.say("zwei")
    await world.sees("zwei")
    await world.settled()
    assert world.rows("SELECT state, reason FROM outbox ORDER BY id") == [
        ("aside", "Can't parse entities: unsupported start tag"),
        ("sent", None),
    ]


class Migrated(Refused):
    """A group that has become another chat."""

    parameters = {"migrate_to_chat_id": -1001}  # noqa: RUF012 (as the server's own)


@pytest.mark.parametrize(
    "refusal", [Refused(413, "Request Entity Too Large"), Migrated(400, "Bad Request: chat was upgraded")], ids=str
)
async def test_what_no_further_try_can_help_does_not_hold_up_the_chat(world: World, refusal: Refused) -> None:
    world.standin.faults._ordered.append(Fault("sendMessage", 1, refusal=refusal))
    world.say("eins")
    world.say("zwei")
    await world.sees("zwei")
    await world.settled()
    assert [state for (state,) in world.rows("SELECT state FROM outbox ORDER BY id")] == ["aside", "sent"]


@pytest.mark.usefixtures("quick_faults")
async def test_while_storage_cannot_be_read_a_reply_waits_and_is_not_given_up(world: World) -> None:
    await world.opens_card()
    failed: list[str] = []

    def fail_twice(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        reading = connection.get_execution_options().get("reading")
        if reading and statement.startswith("SELECT screen.message_id") and len(failed) < 2:
            failed.append(statement)
            raise OperationalError(statement, {}, sqlite3.OperationalError("disk I/O error"))

    event.listen(world.bot.storage.engine, "before_cursor_execute", fail_twice)
    world.press("Weiter")
    await world.settled()
    assert len(failed) == 2
    assert world.states("outbox") == {"sent": 2}
    assert "2/6" in world.screens()[0]


async def test_a_retired_screen_that_nothing_replaced_can_be_drawn_again(world: World) -> None:
    """Its successor was refused, say: nobody may think that the card is still drawn there."""
    for words, kind in (("Karte", Kind.SEND), ("Karte: weiter unten", Kind.RETIRE), ("Karte", Kind.EDIT)):
        await push(world, words, screen="card:9", kind=kind)
        await world.settled()
        assert world.screens() == [words]


async def test_what_stands_on_a_screen_cannot_be_found_by_trying(world: World) -> None:
    """Else whoever has the database could try on whose screen a vote was given, by the token in its buttons."""
    await push(world, "Karte", screen="card:9")
    await world.settled()
    standing = await world.bot.storage.read(lambda connection: outbox.standing(connection, SABINE, "card:9"))
    assert standing.drawn
    assert standing.drawn != digest({"text": "Karte", "keyboard": []})
    await push(world, "Karte", screen="card:9", kind=Kind.EDIT)
    await world.settled()
    assert len(sent(world)) == 1, "the same is not drawn twice"


async def test_who_is_late_with_a_mark_leaves_the_screen_where_another_process_put_it(world: World) -> None:
    world.standin.faults.delay("sendMessage", 0.2)
    await push(world, "Karte", screen="card:9")
    await until(lambda: world.states("outbox").get("open"))
    world.run_sql("UPDATE outbox SET state = 'sent'")
    world.run_sql("INSERT INTO screen (chat_id, name, message_id, place) VALUES (1001, 'card:9', 77, 1)")
    await world.settled()
    assert world.screens() == ["Karte"]
    assert world.rows("SELECT message_id FROM screen") == [(77,)]


async def test_a_row_read_as_open_just_before_it_was_sent_is_not_sent_again(world: World) -> None:
    world.standin.faults.delay("sendMessage", 0.2)
    world.say("Er parkt im Hof")
    await until(lambda: world.states("outbox").get("open"))
    parcels = await world.bot.storage.read(outbox.waiting)
    await world.settled()
    world.bot.delivery.hand_over(parcels)
    await world.settled()
    assert len(sent(world)) == 1


# Files


async def _asks_for_data(world: World, *, slowly: float = 0) -> None:
    """The text before the file can be slow to go out."""
    world.say("/daten")
    await world.sees("Was über dich gespeichert ist")
    await world.settled()
    world.standin.faults.delay("sendMessage", slowly)
    world.press("Als Datei (JSON)")


async def test_the_text_of_a_turn_goes_first_and_the_file_after_it(world: World) -> None:
    await _asks_for_data(world)
    await world.settled()
    assert [call.method for call in sent(world)][-2:] == ["sendMessage", "sendDocument"]
    assert world.from_bot()[-1]["document"]["file_name"] == "meine-daten.json"
    assert world.rows("SELECT DISTINCT payload FROM outbox") == [(None,)], "no copy of the file is kept"


async def test_a_file_that_cannot_be_made_is_tried_three_times_and_then_one_sentence_goes_out(world: World) -> None:
    world.run_sql("ALTER TABLE note RENAME TO notes_elsewhere")  # reading what is stored fails
    await push(world, "davor")
    made_of = {"kind": "my_data", "values": {}, "person": SABINE, "language": "de"}
    parcel = await world.bot.storage.write(
        lambda connection: outbox.add(connection, SABINE, Kind.FILE, "", made_of, now())
    )
    world.bot.delivery.hand_over([parcel])
    await world.sees("Die Datei kam nicht zustande.")
    await world.settled()
    assert world.rows("SELECT state, tries FROM outbox WHERE kind = 'file'") == [("aside", 2)]
    assert len(world.screens()) == 2
    world.run_sql("ALTER TABLE notes_elsewhere RENAME TO note")


@pytest.mark.usefixtures("quick_faults")
async def test_a_file_whose_sending_fails_is_made_and_sent_again(world: World) -> None:
    world.standin.faults.refuse("sendDocument", 502, "Bad Gateway")
    await _asks_for_data(world)
    await world.settled()
    assert [call.error_code for call in world.calls("sendDocument")] == [502, None]


async def test_who_was_removed_before_the_file_was_made_does_not_get_it(world: World) -> None:
    await _asks_for_data(world, slowly=0.5)
    await until(lambda: world.rows("SELECT id FROM outbox WHERE kind = 'file'"))
    world.run_sql("UPDATE person SET removed_at = '2026-11-16 08:00:00' WHERE name = 'Sabine'")
    await world.settled()
    assert world.calls("sendDocument") == []
    assert world.rows("SELECT state, reason FROM outbox WHERE kind = 'file'") == [
        ("aside", "the right to see it is gone")
    ]


# Pace


async def test_what_waits_is_counted_down_however_it_ends(world: World) -> None:
    world.standin.faults.refuse("sendMessage", 400, "chat not found")
    for words in ("eins", "zwei"):
        world.say(words)
    await push(world, "gepusht")
    await world.settled()
    assert world.bot.delivery._gate.answers_waiting == 0


async def test_a_notice_to_somebody_else_goes_to_their_chat_in_their_order(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell(turn: Turn) -> None:
        turn.show(line("gesagt"))
        turn.notify(PersonId(MARKUS), line("Sabine sagt etwas"))

    monkeypatch.setitem(routes.COMMANDS, "help", tell)
    world.say("/hilfe")
    await world.sees("Sabine sagt etwas", MARKUS)
    await world.sees("gesagt", SABINE)
    await world.settled()
    assert world.rows("SELECT chat_id, pushed FROM outbox ORDER BY id") == [(SABINE, 0), (MARKUS, 1)]
