"""What the bot may send: texts, keyboards, files, to whom, and how much."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from bot.playground.limits import Limits
from bot.playground.standin import Standin
from tests.bot.playground.conftest import MARKUS, SABINE, TOKEN, CallApi, HandSetClock, refusal

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (640).to_bytes(4) + (480).to_bytes(4) + b"\x08\x02"


async def test_a_message_comes_back_as_the_person_sees_it(call: CallApi, standin: Standin) -> None:
    answer = await call("sendMessage", chat_id=SABINE, text="<b>Hallo</b> &amp; los", parse_mode="HTML")
    message = answer["result"]
    assert message["text"] == "Hallo & los"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert message["from"]["is_bot"]
    assert message["chat"] == {"id": SABINE, "first_name": "Sabine", "type": "private"}
    assert standin.messages(SABINE)[-1] == message


async def test_form_json_query_and_multipart_mean_the_same(http: aiohttp.ClientSession) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}
    fields = {"chat_id": str(SABINE), "text": "a+b = 5 % & ü", "reply_markup": json.dumps(keyboard)}
    multipart = aiohttp.FormData(fields, default_to_multipart=True)
    path = f"/bot{TOKEN}/sendMessage"
    ways: list[tuple[str, dict[str, Any]]] = [
        ("POST", {"data": fields}),
        ("POST", {"json": {**fields, "chat_id": SABINE, "reply_markup": keyboard}}),
        ("POST", {"data": multipart}),
        ("GET", {"params": fields}),
        ("POST", {"params": fields}),
    ]
    for verb, body in ways:
        async with http.request(verb, path, **body) as response:
            result = (await response.json())["result"]
        assert (result["text"], result["reply_markup"]) == (fields["text"], keyboard), body


async def test_message_ids_rise_over_all_chats(call: CallApi, standin: Standin) -> None:
    standin.say(MARKUS, "/start")
    ids = [
        (await call("sendMessage", chat_id=chat_id, text="a"))["result"]["message_id"]
        for chat_id in (SABINE, MARKUS, SABINE)
    ]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": "  \n "}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "🏟" * 2049}, "message is too long"),
        ({"text": "a", "chat_id": None}, "chat_id is empty"),
        ({"text": "a", "chat_id": 77}, "chat not found"),
        ({"text": "a", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "a", "parse_mode": "INVALID"}, "unsupported parse_mode"),
        ({"text": "a", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "a", "reply_parameters": {"quote": "b"}}, 'can\'t find field "message_id"'),
        ({"text": "a", "link_preview_options": {"is_disabled": "yes"}},
         'field "is_disabled" must be of type Boolean'),
        ({"text": "a", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ],
)  # fmt: skip
async def test_a_wrong_message_is_refused(call: CallApi, parameters: dict[str, Any], reason: str) -> None:
    answer = await call("sendMessage", **{"chat_id": SABINE, **parameters})
    assert refusal(answer) == f"Bad Request: {reason}"


async def test_the_length_counts_after_the_mark_up_is_gone(call: CallApi) -> None:
    text = "<b>" + "🏟" * 2048 + "</b>"
    assert (await call("sendMessage", chat_id=SABINE, text=text, parse_mode="HTML"))["ok"]


async def test_parameters_nobody_knows_are_passed_over(call: CallApi) -> None:
    assert (await call("sendMessage", chat_id=SABINE, text="a", future=1, reply_parameters=None))["ok"]


async def test_a_reply_carries_the_message_it_replies_to(call: CallApi, standin: Standin) -> None:
    asked = standin.say(SABINE, "Wie?")["message_id"]
    reply = {"message_id": asked, "allow_sending_without_reply": True}
    answer = await call("sendMessage", chat_id=SABINE, text="So.", reply_parameters=reply)
    assert answer["result"]["reply_to_message"]["text"] == "Wie?"
    reply["message_id"] = 4711
    answer = await call("sendMessage", chat_id=SABINE, text="So.", reply_parameters=reply)
    assert "reply_to_message" not in answer["result"]


def button(**action: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x", **action}]]}


UNREADABLE = "can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (button(callback_data="ä" * 33), "BUTTON_DATA_INVALID"),
        (button(callback_data=""), UNREADABLE + "Text buttons are unallowed in the inline keyboard"),
        (button(), UNREADABLE + "Text buttons are unallowed in the inline keyboard"),
        (button(callback_data=5), UNREADABLE + 'Field "callback_data" must be of type String'),
        (button(callback_data="a", url="https://a.de"),
         UNREADABLE + "exactly one of the optional fields must be used to specify type of the button"),
        (button(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (button(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (button(url="not-a-url"), "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"),
        (button(url="ftp://a.de"), "inline keyboard button URL 'ftp://a.de' is invalid: Unsupported URL protocol"),
        (button(web_app={"url": "http://a.de"}),
         "inline keyboard button Web App URL 'http://a.de' is invalid: Only HTTPS links are allowed"),
        (button(pay=True), "BUTTON_TYPE_INVALID"),
        ({"inline_keyboard": [[{"callback_data": "a"}]]}, UNREADABLE + 'Can\'t find field "text"'),
        ({"inline_keyboard": "bad"}, 'field "inline_keyboard" must be of type Array'),
        ({"force_reply": "yes"}, 'field "force_reply" must be of type Boolean'),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "a"}] * 9]}, "reply markup is too long"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "a"}]] * 101}, "reply markup is too long"),
        ([], "object expected as reply markup"),
    ],
)  # fmt: skip
async def test_a_wrong_keyboard_is_refused(call: CallApi, markup: Any, reason: str) -> None:
    answer = await call("sendMessage", chat_id=SABINE, text="a", reply_markup=markup)
    assert refusal(answer) == f"Bad Request: {reason}"


async def test_a_keyboard_at_the_limits_is_shown(call: CallApi) -> None:
    row = [{"text": "x", "callback_data": "ä" * 32}] * 8
    copy = [{"text": "c", "copy_text": {"text": "x" * 256}}, {"text": "s", "switch_inline_query": ""}]
    markup = {"inline_keyboard": [row] * 12 + [copy]}
    answer = await call("sendMessage", chat_id=SABINE, text="a", reply_markup=markup)
    assert answer["result"]["reply_markup"] == markup


async def test_who_never_wrote_to_the_bot_cannot_be_written_to(call: CallApi) -> None:
    answer = await call("sendMessage", chat_id=MARKUS, text="a")
    assert answer["error_code"] == 403
    assert refusal(answer) == "Forbidden: bot can't initiate conversation with a user"


async def test_who_blocked_the_bot_cannot_be_written_to(call: CallApi, standin: Standin) -> None:
    standin.set_blocked(SABINE, True)
    answer = await call("sendMessage", chat_id=SABINE, text="a")
    assert answer["error_code"] == 403
    assert refusal(answer) == "Forbidden: bot was blocked by the user"
    standin.set_blocked(SABINE, False)
    assert (await call("sendMessage", chat_id=SABINE, text="a"))["ok"]


async def test_too_many_messages_to_a_chat_have_to_wait(call: CallApi, standin: Standin, clock: HandSetClock) -> None:
    standin.flood.limits = Limits(chat_burst=3, chat_per_second=0.5, total_burst=100)
    answers = [await call("sendMessage", chat_id=SABINE, text="a") for _ in range(4)]
    assert [answer["ok"] for answer in answers] == [True, True, True, False]
    assert answers[3] == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 2",
        "parameters": {"retry_after": 2},
    }
    clock.pass_by(2)
    assert (await call("sendMessage", chat_id=SABINE, text="a"))["ok"]


async def test_too_many_messages_in_all_have_to_wait(call: CallApi, standin: Standin) -> None:
    standin.say(MARKUS, "/start")
    standin.flood.limits = Limits(chat_burst=9, total_burst=2)
    answers = [await call("sendMessage", chat_id=chat_id, text="a") for chat_id in (SABINE, MARKUS, SABINE)]
    assert [answer["ok"] for answer in answers] == [True, True, False]


async def test_by_default_twenty_quick_messages_to_a_chat_pass(call: CallApi, standin: Standin) -> None:
    standin.flood.limits = Limits()
    answers = [await call("sendMessage", chat_id=SABINE, text="a") for _ in range(21)]
    assert [answer["ok"] for answer in answers] == [True] * 20 + [False]


async def test_a_file_goes_out_and_can_be_fetched_and_sent_again(http: aiohttp.ClientSession, call: CallApi) -> None:
    form = aiohttp.FormData({"chat_id": str(SABINE), "caption": "<i>BAB</i>", "parse_mode": "HTML"}, quote_fields=False)
    form.add_field("document", b"a;b\n", filename="Übersicht.csv")
    async with http.post(f"/bot{TOKEN}/sendDocument", data=form) as response:
        message = (await response.json())["result"]
    document = message["document"]
    assert (document["file_name"], document["file_size"]) == ("Übersicht.csv", 4)
    assert message["caption_entities"] == [{"type": "italic", "offset": 0, "length": 3}]
    file = (await call("getFile", file_id=document["file_id"]))["result"]
    async with http.get(f"/file/bot{TOKEN}/{file['file_path']}") as response:
        assert await response.read() == b"a;b\n"
    again = await call("sendDocument", chat_id=SABINE, document=document["file_id"])
    assert again["result"]["document"] == document


async def test_a_photo_must_be_a_picture(http: aiohttp.ClientSession) -> None:
    for data, expected in ((PNG, 640), (b"no picture", None)):
        form = aiohttp.FormData({"chat_id": str(SABINE), "photo": "attach://p"})
        form.add_field("p", data, filename="chart.png")
        async with http.post(f"/bot{TOKEN}/sendPhoto", data=form) as response:
            answer = await response.json()
        if expected:
            assert answer["result"]["photo"][0]["width"] == expected
        else:
            assert refusal(answer) == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_a_wrong_file_is_refused(call: CallApi, standin: Standin) -> None:
    assert refusal(await call("sendDocument", chat_id=SABINE)) == "Bad Request: there is no document in the request"
    unknown = await call("sendVoice", chat_id=SABINE, voice="AwACnothing")
    assert refusal(unknown) == "Bad Request: wrong file identifier/HTTP URL specified"
    voice = standin.send_file(SABINE, b"OggS", "note.ogg", kind="voice")["voice"]["file_id"]
    mixed = await call("sendDocument", chat_id=SABINE, document=voice)
    assert refusal(mixed) == "Bad Request: can't use file of type Voice as Document"
    long = await call("sendVoice", chat_id=SABINE, voice=voice, caption="x" * 1025)
    assert refusal(long) == "Bad Request: message caption is too long"
    assert refusal(await call("getFile", file_id="x")) == "Bad Request: invalid file_id"


async def test_a_chat_action_is_one_of_telegrams(call: CallApi) -> None:
    assert (await call("sendChatAction", chat_id=SABINE, action="typing"))["result"] is True
    wrong = await call("sendChatAction", chat_id=SABINE, action="dancing")
    assert refusal(wrong) == "Bad Request: wrong parameter action in request"


async def test_unknown_method_and_wrong_token(call: CallApi, http: aiohttp.ClientSession) -> None:
    assert await call("sendTelegram") == {"ok": False, "error_code": 404, "description": "Not Found"}
    async with http.get("/bot2:OTHER/getMe") as response:
        assert response.status == 401
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert (await call("GETME"))["result"]["username"] == "roter_faden_bot"
