"""The Bot API as the durable turn needs it: PTB's bot, plus calls whose answer stays plain JSON.

Delivery and intake need no objects of what comes back, and the inbox must hold updates as they were sent.
"""

import os
from datetime import timedelta
from typing import Any, Final

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import BaseRequest

from bot.transport import AiohttpRequest

POLL_SECONDS: Final = 25
"""How long Telegram holds a request for updates open."""
UPDATE_KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")
"""What we ask Telegram for; an edited message is stored and then ignored, an inline query is never stored."""


class Api(ExtBot[int]):
    """PTB's bot with a way to call a method for its plain answer, through the same rate limit and error mapping."""

    async def call(self, method: str, *, read_timeout: float | None = None, **parameters: Any) -> Any:
        """The `result` of a Bot API method as JSON values. Raises telegram.error.TelegramError."""
        if read_timeout is None:
            return await self._post(method, parameters)
        return await self._post(method, parameters, read_timeout=read_timeout)

    async def close_connections(self) -> None:
        """Closes them also where the bot never came online, of which PTB closes nothing."""
        for request in self._request:
            await request.shutdown()

    async def updates(self, offset: int | None, *, wait: int = POLL_SECONDS) -> list[dict[str, Any]]:
        """The next updates as Telegram gives them; with `offset` all older ones are confirmed."""
        result: list[dict[str, Any]] = await self.call(
            "getUpdates",
            read_timeout=wait + 10,
            offset=offset,
            timeout=wait,
            limit=100,
            allowed_updates=list(UPDATE_KINDS),
        )
        return result


def open_api(token: str, url: str, messages_per_second: float, request: BaseRequest | None = None) -> Api:
    """A bot on the server at `url`; `<url>/bot<token>/<method>`, files under `<url>/file/bot<token>/`."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # spans as timedelta, as PTB will give them soon
    base = url.rstrip("/")
    return Api(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request or AiohttpRequest(),
        get_updates_request=AiohttpRequest(connection_pool_size=2),
        # Telegram's word on a single chat is honoured by delivery, which pauses that chat alone.
        rate_limiter=AIORateLimiter(overall_max_rate=messages_per_second, group_max_rate=0, max_retries=0),
    )


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
