"""Editing and deleting: only the bot's own messages, and only where something changes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.standin import Standin
from tests.bot.playground.conftest import SABINE, CallApi, HandSetClock, refusal

KEYBOARD = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@pytest.fixture
async def card(call: CallApi) -> int:
    """The id of a message with a keyboard."""
    answer = await call("sendMessage", chat_id=SABINE, text="<b>Karte</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    return int(answer["result"]["message_id"])


async def test_an_edit_changes_text_and_keyboard_in_place(
    call: CallApi, card: int, standin: Standin, clock: HandSetClock
) -> None:
    clock.pass_by(5)
    edit: dict[str, Any] = {"chat_id": SABINE, "message_id": card}
    answer = await call("editMessageText", **edit, text="Neu", reply_markup=KEYBOARD)
    assert answer["result"]["text"] == "Neu"
    assert answer["result"]["edit_date"] == answer["result"]["date"] + 5
    assert "entities" not in answer["result"]
    assert standin.messages(SABINE)[-1] == answer["result"]


async def test_an_edit_without_keyboard_takes_it_away(call: CallApi, card: int) -> None:
    answer = await call("editMessageText", chat_id=SABINE, message_id=card, text="Neu")
    assert "reply_markup" not in answer["result"]


async def test_an_edit_that_changes_nothing_is_refused(call: CallApi, card: int) -> None:
    same = {"text": "<strong>Karte</strong>", "parse_mode": "HTML", "reply_markup": KEYBOARD}
    assert refusal(await call("editMessageText", chat_id=SABINE, message_id=card, **same)) == NOT_MODIFIED
    again = await call("editMessageReplyMarkup", chat_id=SABINE, message_id=card, reply_markup=KEYBOARD)
    assert refusal(again) == NOT_MODIFIED


async def test_a_keyboard_alone_can_be_changed(call: CallApi, card: int) -> None:
    answer = await call("editMessageReplyMarkup", chat_id=SABINE, message_id=card)
    assert answer["result"]["text"] == "Karte"
    assert answer["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert "reply_markup" not in answer["result"]


async def test_only_messages_that_are_there_and_ones_own_can_be_edited(
    call: CallApi, card: int, standin: Standin
) -> None:
    hers = standin.say(SABINE, "meins")["message_id"]
    photo = standin.send_file(SABINE, b"a", "a.txt")["message_id"]
    expected = {
        card + 99: "message to edit not found",
        hers: "message can't be edited",
        photo: "message can't be edited",
        0: "message identifier is not specified",
    }
    for message_id, reason in expected.items():
        answer = await call("editMessageText", chat_id=SABINE, message_id=message_id, text="Neu")
        assert refusal(answer) == f"Bad Request: {reason}"


async def test_a_file_has_no_text_to_edit_but_a_caption(call: CallApi, standin: Standin) -> None:
    file_id = standin.send_file(SABINE, b"a", "a.txt")["document"]["file_id"]
    sent = (await call("sendDocument", chat_id=SABINE, document=file_id))["result"]
    place = {"chat_id": SABINE, "message_id": sent["message_id"]}
    answer = await call("editMessageText", **place, text="Neu")
    assert refusal(answer) == "Bad Request: there is no text in the message to edit"
    answer = await call("editMessageCaption", **place, caption="Neu")
    assert (answer["result"]["caption"], answer["result"]["document"]) == ("Neu", sent["document"])


async def test_an_edit_obeys_the_same_limits(call: CallApi, card: int) -> None:
    place = {"chat_id": SABINE, "message_id": card}
    assert refusal(await call("editMessageText", **place, text="x" * 4097)) == "Bad Request: message is too long"
    assert refusal(await call("editMessageText", **place, text="")) == "Bad Request: message text is empty"
    markup = await call("editMessageReplyMarkup", **place, reply_markup={"remove_keyboard": True})
    assert refusal(markup) == "Bad Request: inline keyboard expected"


async def test_nothing_is_edited_for_someone_who_blocked_the_bot(call: CallApi, card: int, standin: Standin) -> None:
    standin.set_blocked(SABINE, True)
    answer = await call("editMessageText", chat_id=SABINE, message_id=card, text="Neu")
    assert refusal(answer) == "Forbidden: bot was blocked by the user"


async def test_a_message_is_deleted_once(call: CallApi, card: int, standin: Standin) -> None:
    place = {"chat_id": SABINE, "message_id": card}
    assert (await call("deleteMessage", **place))["result"] is True
    assert all(message["message_id"] != card for message in standin.messages(SABINE))
    assert refusal(await call("deleteMessage", **place)) == "Bad Request: message to delete not found"


async def test_after_two_days_a_message_stays(call: CallApi, card: int, clock: HandSetClock) -> None:
    clock.pass_by(48 * 3600 + 1)
    answer = await call("deleteMessage", chat_id=SABINE, message_id=card)
    assert refusal(answer) == "Bad Request: message can't be deleted for everyone"
