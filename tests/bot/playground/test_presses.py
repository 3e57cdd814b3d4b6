"""Pressed buttons and inline queries: answered once, in time, or reported."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.standin import Impossible, Standin
from tests.bot.playground.conftest import MARKUS, SABINE, CallApi, HandSetClock, refusal

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def card(call: CallApi) -> dict[str, Any]:
    keyboard = {"inline_keyboard": [[{"text": "Weiter", "callback_data": "next:1"}]]}
    answer = await call("sendMessage", chat_id=SABINE, text="Karte", reply_markup=keyboard)
    message: dict[str, Any] = answer["result"]
    return message


async def test_a_press_brings_the_message_as_it_is_now(call: CallApi, standin: Standin, card: dict[str, Any]) -> None:
    query_id = standin.press(SABINE, card["message_id"], "next:1")
    [update] = (await call("getUpdates"))["result"]
    query = update["callback_query"]
    assert (query["id"], query["data"], query["message"]) == (query_id, "next:1", card)
    assert query["from"]["id"] == SABINE
    assert query["chat_instance"]


async def test_a_press_is_answered_once(call: CallApi, standin: Standin, card: dict[str, Any]) -> None:
    query_id = standin.press(SABINE, card["message_id"], "next:1")
    answer = {"callback_query_id": query_id, "text": "Notiert", "show_alert": True}
    assert standin.answer(query_id) is None
    assert (await call("answerCallbackQuery", **answer))["result"] is True
    assert standin.answer(query_id) == {"text": "Notiert", "show_alert": True, "url": ""}
    assert refusal(await call("answerCallbackQuery", **answer)) == TOO_OLD


async def test_an_answer_after_fifteen_seconds_is_too_late(
    call: CallApi, standin: Standin, card: dict[str, Any], clock: HandSetClock
) -> None:
    query_id = standin.press(SABINE, card["message_id"], "next:1")
    clock.pass_by(16)
    assert refusal(await call("answerCallbackQuery", callback_query_id=query_id)) == TOO_OLD
    assert refusal(await call("answerCallbackQuery", callback_query_id="4711")) == TOO_OLD


async def test_an_answer_has_at_most_200_characters(call: CallApi, standin: Standin, card: dict[str, Any]) -> None:
    query_id = standin.press(SABINE, card["message_id"], "next:1")
    long = await call("answerCallbackQuery", callback_query_id=query_id, text="x" * 201)
    assert refusal(long) == "Bad Request: MESSAGE_TOO_LONG"
    assert (await call("answerCallbackQuery", callback_query_id=query_id, text="x" * 200))["ok"]


async def test_a_press_without_answer_is_reported_after_ten_seconds(
    standin: Standin, card: dict[str, Any], clock: HandSetClock
) -> None:
    query_id = standin.press(SABINE, card["message_id"], "next:1")
    clock.pass_by(11)
    [event] = await standin.until(lambda: standin.feed.kept("unanswered"))
    assert (event["callback_id"], event["data"], event["user"]) == (query_id, "next:1", SABINE)


async def test_only_messages_of_the_bot_have_buttons(standin: Standin) -> None:
    hers = standin.say(SABINE, "a")["message_id"]
    for message_id in (hers, 4711):
        with pytest.raises(Impossible):
            standin.press(SABINE, message_id, "x")


async def test_an_inline_query_is_answered_with_sound_results(call: CallApi, standin: Standin) -> None:
    query_id = standin.ask_inline(SABINE, "zu teuer")
    [update] = (await call("getUpdates"))["result"]
    assert update["inline_query"]["query"] == "zu teuer"
    result = {
        "type": "article",
        "id": "1",
        "title": "Zu teuer",
        "input_message_content": {"message_text": "<b>a</b>", "parse_mode": "HTML"},
    }
    wrong: list[tuple[Any, str]] = [
        ([result, result], "RESULT_ID_DUPLICATE"),
        ([{**result, "id": ""}], "RESULT_ID_INVALID"),
        ([{**result, "input_message_content": {"message_text": ""}}], "message text is empty"),
        ([{**result, "id": "ä" * 33}], "RESULT_ID_INVALID"),
        ([{**result, "title": " "}], "ARTICLE_TITLE_EMPTY"),
        ([{**result, "input_message_content": {"message_text": "x" * 4097}}], "message is too long"),
        ([{"type": "article", "id": "1"}], "input message content is not specified"),
        ([{**result, "id": str(number)} for number in range(51)], "RESULTS_TOO_MUCH"),
    ]
    for results, reason in wrong:
        answer = await call("answerInlineQuery", inline_query_id=query_id, results=results)
        assert refusal(answer) == f"Bad Request: {reason}"
    good = {"inline_query_id": query_id, "results": [result], "is_personal": True, "cache_time": 5}
    assert (await call("answerInlineQuery", **good))["ok"]
    assert refusal(await call("answerInlineQuery", **good)) == TOO_OLD
    press = standin.inline_queries.get(query_id)
    assert press is not None
    assert press.answer is not None
    assert (press.answer["cache_time"], press.answer["is_personal"], press.answer["button"]) == (5, True, None)


async def test_an_inline_query_can_be_answered_for_ten_seconds(
    call: CallApi, standin: Standin, clock: HandSetClock
) -> None:
    query_id = standin.ask_inline(SABINE, "zu teuer")
    clock.pass_by(11)
    for late in (query_id, "4711"):
        assert refusal(await call("answerInlineQuery", inline_query_id=late, results=[])) == TOO_OLD


async def test_the_button_above_results_says_something_and_leads_to_the_bot(call: CallApi, standin: Standin) -> None:
    query_id = standin.ask_inline(SABINE, "")
    button = {"text": "Zum Bot", "start_parameter": "wissen"}
    for wrong, reason in (
        ({**button, "start_parameter": "zu teuer"}, "START_PARAM_INVALID"),
        ({**button, "start_parameter": "x" * 65}, "START_PARAM_INVALID"),
        ({**button, "text": " "}, "SWITCH_PM_TEXT_EMPTY"),
    ):
        refused = await call("answerInlineQuery", inline_query_id=query_id, results=[], button=wrong)
        assert refusal(refused) == f"Bad Request: {reason}"
    assert (await call("answerInlineQuery", inline_query_id=query_id, results=[], button=button))["ok"]


async def test_a_tapped_result_is_posted_by_the_person_via_the_bot(call: CallApi, standin: Standin) -> None:
    query_id = standin.ask_inline(SABINE, "zu teuer")
    content = {"message_text": "<b>Liegt</b> es an der Summe?", "parse_mode": "HTML"}
    result = {"type": "article", "id": "a", "title": "Zu teuer", "input_message_content": content}
    with pytest.raises(Impossible):
        standin.post_result(SABINE, query_id, "a")
    await call("answerInlineQuery", inline_query_id=query_id, results=[result])
    message = standin.post_result(SABINE, query_id, "a")
    assert (message["text"], message["from"]["id"]) == ("Liegt es an der Summe?", SABINE)
    assert message["via_bot"]["username"] == "roter_faden_bot"
    for who, other in ((MARKUS, "a"), (SABINE, "b")):
        with pytest.raises(Impossible):
            standin.post_result(who, query_id, other)
