"""Delivery of updates by webhook: in order within a chat, several chats at once, again and again until it is taken.

Like a Bot API server started with `--local`: plain HTTP and every port are allowed, so that a bot on this
machine can be reached. An answer with a method call in its body is not carried out.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import asdict, dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from bot.playground.clock import Clock
from bot.playground.journal import Journal
from bot.playground.refusals import bad_request
from bot.playground.updates import Update, UpdateQueue

SECRET_SIGNS: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
CONNECTIONS: Final = 40
ANSWER_WITHIN: Final = 60.0
LONGEST_PAUSE: Final = 60.0


@dataclass(slots=True)
class Address:
    """What setWebhook was told."""

    url: str
    secret_token: str = ""
    max_connections: int = CONNECTIONS


def checked_address(url: str, secret_token: str, max_connections: int) -> Address:
    """The webhook's address; refuses what is no web address and secrets with other signs than allowed."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret_token and not SECRET_SIGNS.fullmatch(secret_token):
        raise bad_request("secret token contains unallowed characters")
    return Address(url, secret_token, min(max(max_connections or CONNECTIONS, 1), 100))


@dataclass(slots=True)
class Webhook:
    """The bot's webhook, if it has one, and how its last delivery went wrong."""

    journal: Journal
    queue: UpdateQueue
    clock: Clock
    first_pause: float = 1.0
    """Seconds before a failed delivery is tried again; doubled each time."""
    address: Address | None = None
    last_error: tuple[int, str] | None = None
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None
    _running: bool = False

    def __post_init__(self) -> None:
        kept = dict(self.journal.read("setting")).get("webhook")
        if kept:
            self.address = Address(**kept)
        self.queue.listeners.append(self._wake.set)

    async def change(self, address: Address | None) -> None:
        """Delivers to another place from now on, or nowhere."""
        await self._stop()
        self.address, self.last_error = address, None
        self.journal.put("setting", "webhook", asdict(address) if address else None)
        if self._running:
            self._begin()

    def info(self) -> dict[str, Any]:
        """The Bot API's `WebhookInfo`."""
        shown: dict[str, Any] = {
            "url": self.address.url if self.address else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.queue),
        }
        if self.address:
            shown["max_connections"] = self.address.max_connections
        if self.queue.allowed:
            shown["allowed_updates"] = self.queue.allowed
        if self.last_error:
            shown["last_error_date"], shown["last_error_message"] = self.last_error
        return shown

    async def start(self) -> None:
        self._running = True
        self._begin()

    async def stop(self) -> None:
        self._running = False
        await self._stop()

    def _begin(self) -> None:
        if self.address is not None:
            self._task = asyncio.create_task(self._deliver_all(self.address), name="webhook")

    async def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _deliver_all(self, address: Address) -> None:
        """Hands out updates as long as nobody stops it: one at a time of a chat, so many chats at once."""
        busy: set[int] = set()
        timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
        async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as deliveries:
            while True:
                self._wake.clear()
                for update in self.queue:
                    if len(busy) >= address.max_connections:
                        break
                    if update.lane not in busy:
                        busy.add(update.lane)
                        deliveries.create_task(self._deliver(session, address, update, busy))
                await self._wake.wait()

    async def _deliver(self, session: aiohttp.ClientSession, address: Address, update: Update, busy: set[int]) -> None:
        """Delivers one update, however often it takes; then its chat is free for the next."""
        pause = self.first_pause
        while update.update_id in self.queue and update.expires > self.clock():
            trouble = await self._post(session, address, update)
            if trouble is None:
                break
            self.last_error = (int(self.clock()), trouble)
            self.queue.announce()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        self.queue.confirm(update.update_id)
        busy.discard(update.lane)
        self._wake.set()

    async def _post(self, session: aiohttp.ClientSession, address: Address, update: Update) -> str | None:
        """One try. None if it was taken, else what went wrong in the words of getWebhookInfo."""
        headers = {"Content-Type": "application/json"}
        if address.secret_token:
            headers[HEADER] = address.secret_token
        try:
            async with session.post(address.url, data=update.body, headers=headers) as response:
                if 200 <= response.status < 300:
                    return None
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except aiohttp.ClientError:
            return "Connection failed"
