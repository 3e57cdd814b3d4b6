"""The durable inbox's way in: an update is stored before Telegram is told that it was received.

Polling tells so with the offset of the next request, a webhook with its 200.
"""

import asyncio
import contextlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog
from sqlalchemy import Connection
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot import translation
from bot.answers import Answers
from bot.clock import monotonic, now
from bot.inline import INLINE_QUERY, Inline
from bot.leases import Leases
from bot.post import PostOffice
from bot.storage import bell, inbox, lanes, outbox
from bot.storage.engine import passing_trouble
from bot.storage.inbox import Letter
from bot.storage.outbox import Parcel
from bot.storage.work import Storage
from bot.telegram_api import UPDATE_KINDS, Api, seconds_to_wait

log = structlog.get_logger()

MOST_OPEN: Final = 2000
"""With more updates waiting than this no further ones are fetched or taken; they are safe with Telegram."""
CONFLICTS_BEFORE_STOP: Final = 5
CONFLICT_PAUSE: Final = 2.0
SETTLED_AFTER: Final = 60.0
"""Seconds after which a poller bears twice as many conflicts: of two that end each other's polls the newcomer stops."""
LONGEST_BACK_OFF: Final = 30.0
MAX_BODY: Final = 1_000_000
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the header's name)


class AnotherPoller(Exception):
    """Another process fetches this bot's updates; stop it, or give this one a bot of its own."""


class TokenRefused(Exception):
    """The Bot API server does not know the token."""


class WebhookRefused(Exception):
    """The Bot API server does not take the webhook's address or secret; the text says why."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """New updates, the chats of theirs that this process serves, and what is to be done in these now, oldest first."""

    letters: Sequence[Letter]
    asked: float
    held: set[int]
    ready: Sequence[Letter]
    left: Sequence[Parcel] = ()


class Intake:
    """Takes updates in, by polling or by webhook."""

    def __init__(
        self,
        api: Api,
        storage: Storage,
        post: PostOffice,
        answers: Answers,
        owner: str,
        deliver: Callable[[Iterable[Parcel]], None],
        inline: Inline,
        leases: Leases,
    ) -> None:
        self._api = api
        self._storage = storage
        self._post = post
        self._answers = answers
        self._owner = owner
        self._deliver = deliver
        self._inline = inline
        self._leases = leases

    async def accept(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Stores updates in one commit and hands the new ones on. A second delivery changes nothing.

        Inline queries are answered on the way and not stored.
        """
        for update in updates:
            if INLINE_QUERY in update:
                self._inline.take(update[INLINE_QUERY])
        updates = [update for update in updates if INLINE_QUERY not in update]
        if not updates:
            return
        received_at = now()
        arrivals = [
            # Plain ASCII: a lone half of a surrogate pair could not be stored, and would come again for ever.
            translation.arrival(self._api.id, update, json.dumps(update), received_at)
            for update in updates
        ]
        presses = {
            arrival.update_id: callback_id
            for arrival, update in zip(arrivals, updates, strict=True)
            if (callback_id := translation.callback_id(update)) is not None and self._answers.expect(callback_id)
        }

        def store(connection: Connection) -> _Stored:
            letters = inbox.put(connection, arrivals)
            chats, asked = {letter.chat_id for letter in letters}, monotonic()
            held = lanes.claim(connection, chats, self._owner, lanes.present(connection, received_at))
            if not self._storage.is_shared:
                return _Stored(letters, asked, held, [letter for letter in letters if letter.chat_id in held])
            bell.ring(connection, chats - held)
            # What another process left open in these chats comes first.
            fresh = {letter.id: letter for letter in letters}
            ready = [fresh.get(letter.id, letter) for letter in inbox.waiting(connection, sorted(held))]
            return _Stored(letters, asked, held, ready, outbox.waiting(connection, sorted(held)))

        try:
            stored = await self._storage.write(store)
        except Exception:
            if self._storage.is_shared:  # Telegram tries again, maybe with another process, which knows of no answer
                for callback_id in presses.values():
                    self._answers.forget(callback_id)
            raise
        self._leases.hold(stored.held, stored.asked)
        new = {letter.update_id for letter in stored.letters}
        for update_id, callback_id in presses.items():
            if update_id not in new:
                self._answers.forget(callback_id)
        self._deliver(stored.left)
        self._post.take(stored.ready)

    async def poll(self) -> None:
        """Fetches updates for as long as it runs, in place of a webhook. Raises AnotherPoller and TokenRefused."""
        offset: int | None = None
        back_off = 0.5
        conflicts = 0
        began = monotonic()
        may_ask = False  # Telegram gives updates to one of the two: a webhook or a poller
        while True:
            while self._post.open_letters > MOST_OPEN:
                await asyncio.sleep(0.05)
            try:
                if not may_ask:
                    may_ask = await self._leave_webhook()
                updates = await self._api.updates(offset)
                if updates:
                    await self.accept(updates)
                    offset = int(updates[-1]["update_id"]) + 1
            except Conflict as error:
                conflicts += 1
                log.error("another_poller", tries=conflicts, reason=error.message[:200])
                settled = monotonic() - began > SETTLED_AFTER
                if conflicts >= CONFLICTS_BEFORE_STOP * (2 if settled else 1):
                    raise AnotherPoller(error.message) from None
                await asyncio.sleep(CONFLICT_PAUSE)
            except InvalidToken:
                raise TokenRefused("the Bot API server refuses TELEGRAM_BOT_TOKEN") from None
            except RetryAfter as error:
                await asyncio.sleep(seconds_to_wait(error))
            except TelegramError as error:
                log.warning("polling_fault", fault=type(error).__name__)
                await asyncio.sleep(back_off)
                back_off = min(back_off * 2, LONGEST_BACK_OFF)
            except Exception as error:
                # Storage failed: nothing was confirmed, Telegram gives the same updates again.
                _tell(error)
                await asyncio.sleep(back_off)
                back_off = min(back_off * 2, LONGEST_BACK_OFF)
            else:
                back_off, conflicts = 0.5, 0

    async def _leave_webhook(self) -> bool:
        # A small server may know no webhooks and answer as to a wrong token; the next call tells which it is.
        with contextlib.suppress(InvalidToken):
            await self._api.delete_webhook()
        return True

    async def announce(self, address: str, secret: str) -> None:
        """Tells the server where the webhook is, for as long as it takes. Raises WebhookRefused and TokenRefused."""
        back_off = 0.5
        while True:
            try:
                await self._api.set_webhook(address, allowed_updates=list(UPDATE_KINDS), secret_token=secret)
            except BadRequest as error:
                raise WebhookRefused(f"the Bot API server refuses WEBHOOK_URL: {error.message}") from None
            except InvalidToken:
                raise TokenRefused("the Bot API server refuses TELEGRAM_BOT_TOKEN") from None
            except RetryAfter as error:
                await asyncio.sleep(seconds_to_wait(error))
            except TelegramError as error:
                log.warning("bot_api_not_reached", fault=type(error).__name__, next_try_in=back_off)
                await asyncio.sleep(back_off)
                back_off = min(back_off * 2, LONGEST_BACK_OFF)
            else:
                return

    def webhook(self, path: str, secret: str) -> Starlette:
        """The web application that Telegram calls."""

        async def receive(request: Request) -> Response:
            given = request.headers.get(SECRET_HEADER, "")
            if not hmac.compare_digest(given.encode(), secret.encode()):
                return Response(status_code=403)
            if self._post.open_letters > MOST_OPEN:
                return Response(status_code=503)
            body = bytearray()
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BODY:
                    return Response(status_code=413)
            try:
                update = json.loads(body)
                int(update["update_id"])
            except (ValueError, KeyError, TypeError):
                return Response(status_code=400)
            try:
                await self.accept([update])
            except Exception as error:
                _tell(error)
                return Response(status_code=503)
            return Response(status_code=200)

        return Starlette(routes=[Route(path or "/", receive, methods=["POST"])])


def _tell(error: Exception) -> None:
    """Logs why updates could not be stored; Telegram keeps them meanwhile."""
    if trouble := passing_trouble(error):
        log.warning("storage_fault", trouble=trouble)
    else:
        log.error("intake_failed", exc_info=error)
