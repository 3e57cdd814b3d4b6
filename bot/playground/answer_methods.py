"""The Bot API's methods that answer: a pressed button, an inline query."""

from __future__ import annotations

from typing import Any, Final

from bot.playground.keyboards import inline_keyboard
from bot.playground.markup import checked_address, utf16_length
from bot.playground.methods import Method, text_content
from bot.playground.parameters import Parameters
from bot.playground.presses import TOO_OLD
from bot.playground.refusals import bad_request
from bot.playground.standin import Standin

ANSWER_LIMIT: Final = 200
INLINE_RESULTS_LIMIT: Final = 50


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
    identifiers = [checked_inline_result(result) for result in results]
    if len(set(identifiers)) < len(identifiers):
        raise bad_request("RESULT_ID_DUPLICATE")
    query_id = parameters.text("inline_query_id") or ""
    if standin.inline_queries.get(query_id) is None:
        raise bad_request(TOO_OLD)
    answer = {
        "results": results,
        "cache_time": parameters.integer("cache_time", 300),
        "is_personal": parameters.flag("is_personal"),
        "button": parameters.structure("button", "inline query results button"),
    }
    standin.inline_queries.answer(query_id, answer)
    return True


def checked_inline_result(result: Any) -> str:
    """The id of one result; its message, if it has one, must be sendable."""
    if not isinstance(result, dict) or not isinstance(result.get("type"), str):
        raise bad_request("can't parse inline query result: Can't find field \"type\"")
    identifier = str(result.get("id", ""))
    if not 1 <= len(identifier.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    content = result.get("input_message_content")
    if result["type"] == "article" and not isinstance(content, dict):
        raise bad_request("input message content is not specified")
    if isinstance(content, dict) and "message_text" in content:
        text_content(Parameters({**content, "text": content["message_text"]}))
    inline_keyboard(result.get("reply_markup"))
    return identifier


ANSWER_METHODS: Final[dict[str, Method]] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
