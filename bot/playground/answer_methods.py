"""The Bot API's methods that answer: a pressed button, an inline query."""

from __future__ import annotations

import re
from typing import Any, Final

from bot.playground.keyboards import inline_keyboard
from bot.playground.markup import checked_address, utf16_length
from bot.playground.methods import Method, text_content
from bot.playground.parameters import Parameters
from bot.playground.refusals import Refused, bad_request
from bot.playground.standin import Standin

ANSWER_LIMIT: Final = 200
INLINE_RESULTS_LIMIT: Final = 50
RESULT_ID_LIMIT: Final = 64
OFFSET_LIMIT: Final = 64
"""Bytes, as of a result's id."""
START_PARAMETER: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_callback_query(standin: Standin, parameters: Parameters) -> bool:
    answer = {
        "text": parameters.text("text") or "",
        "show_alert": parameters.flag("show_alert"),
        "url": parameters.text("url") or "",
    }
    if utf16_length(str(answer["text"])) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if answer["url"]:
        try:
            checked_address(str(answer["url"]))
        except ValueError:
            raise bad_request("URL_INVALID") from None
    press = standin.presses.answer(parameters.text("callback_query_id") or "", answer)
    standin.feed.emit(type="answer", user=press.user_id, callback_id=press.query_id, **answer)
    return True


def answer_inline_query(standin: Standin, parameters: Parameters) -> bool:
    results = parameters.structure("results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results: Expected an Array")
    if len(results) > INLINE_RESULTS_LIMIT:
        raise bad_request("RESULTS_TOO_MUCH")
    if len((parameters.text("next_offset") or "").encode()) > OFFSET_LIMIT:
        raise bad_request("NEXT_OFFSET_INVALID")
    shown = [checked_inline_result(result) for result in results]
    if len({result["id"] for result in shown}) < len(shown):
        raise bad_request("RESULT_ID_DUPLICATE")
    answer = {
        "results": shown,
        "cache_time": parameters.integer("cache_time", 300),
        "is_personal": parameters.flag("is_personal"),
        "button": checked_results_button(parameters.structure("button", "inline query results button")),
    }
    query = standin.inline_queries.answer(parameters.text("inline_query_id") or "", answer)
    listed = [{name: result[name] for name in ("id", "title", "description")} for result in shown]
    standin.feed.emit(
        type="inline", user=query.user_id, query_id=query.query_id, results=listed, button=answer["button"]
    )
    return True


def checked_inline_result(result: Any) -> dict[str, Any]:
    """One result with the message that it posts, which must be sendable. Of all kinds the page shows articles."""
    if not isinstance(result, dict) or not isinstance(result.get("type"), str):
        raise unreadable_result('Can\'t find field "type"')
    identifier = result.get("id")
    if not isinstance(identifier, str | int):
        raise unreadable_result('Can\'t find field "id"')
    if not 1 <= len(str(identifier).encode()) <= RESULT_ID_LIMIT:
        raise bad_request("RESULT_ID_INVALID")
    title = result.get("title")
    content = result.get("input_message_content")
    if result["type"] == "article":
        if not isinstance(content, dict):
            raise bad_request("input message content is not specified")
        if not isinstance(title, str):
            raise unreadable_result('Can\'t find field "title"')
        if not title.strip():
            raise bad_request("ARTICLE_TITLE_EMPTY")
    posted: dict[str, Any] = {}
    if isinstance(content, dict) and "message_text" in content:
        posted = text_content(Parameters({**content, "text": content["message_text"]}))
    keyboard = inline_keyboard(result.get("reply_markup"))
    if keyboard is not None:
        posted["reply_markup"] = keyboard
    return {
        "id": str(identifier),
        "type": result["type"],
        "title": title or "",
        "description": str(result.get("description") or ""),
        "content": posted,
    }


def checked_results_button(button: Any) -> dict[str, str] | None:
    """The line above the results: words, and what `/start` will carry. There are no web apps here."""
    if button is None:
        return None
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    parameter = button.get("start_parameter")
    if parameter is None:
        raise bad_request("can't parse inline query results button: either web_app or start_parameter must be used")
    if not isinstance(parameter, str) or not START_PARAMETER.fullmatch(parameter):
        raise bad_request("START_PARAM_INVALID")
    return {"text": button["text"], "start_parameter": parameter}


def unreadable_result(reason: str) -> Refused:
    return bad_request(f"can't parse inline query result: {reason}")


ANSWER_METHODS: Final[dict[str, Method]] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
