"""What the tests of the chat page share: the real stand-in, the bot's part played by calls, ways to point at things."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Locator, Page, ViewportSize

from bot.playground.serving import running_standin
from bot.playground.standin import SELLER, Standin

CHROMIUM = Path("/usr/bin/chromium")
TOKEN = "1:TEST"
WIDE = ViewportSize(width=1440, height=900)
NARROW = ViewportSize(width=375, height=740)

PATIENCE = 20_000
"""Milliseconds that a busy machine may take for what is usually there at once."""

Visit = Callable[..., Awaitable[Page]]

IN_A_BROWSER = [
    pytest.mark.asyncio(loop_scope="module"),  # one browser for all tests of a module
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"needs a Chromium at {CHROMIUM} (Debian: apt install chromium)"),
]


class PlayedBot:
    """Speaks the Bot API as a bot would. The two people have written to it once, so that it may write to them."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._offset = 0

    async def call(self, method: str, /, **parameters: Any) -> Any:
        answer = (await self._client.post(f"/bot{TOKEN}/{method}", json=parameters)).json()
        return answer.get("result", answer)

    async def send(self, person: int, text: str, *rows: list[dict[str, Any]], **more: Any) -> Any:
        if rows:
            more["reply_markup"] = {"inline_keyboard": list(rows)}
        return await self.call("sendMessage", chat_id=person, text=text, **more)

    async def next(self, kind: str) -> Any:
        """The next update of a kind; those of other kinds before it are left behind."""
        while True:
            updates = await self.call("getUpdates", offset=self._offset, limit=1, timeout=PATIENCE // 1000)
            assert updates, f"no {kind} came"
            self._offset = updates[0]["update_id"] + 1
            if kind in updates[0]:
                return updates[0][kind]


async def fill_with_demo_data() -> str:
    return "Sechs Wochen mit 148 Gesprächen."


@asynccontextmanager
async def playground(**settings: Any) -> AsyncIterator[tuple[Standin, PlayedBot]]:
    async with (
        running_standin(TOKEN, limits=None, demo=fill_with_demo_data, **settings) as standin,
        httpx.AsyncClient(base_url=standin.url, timeout=PATIENCE / 1000 + 5) as client,
    ):
        yield standin, PlayedBot(client)


def phone(page: Page, person: int = SELLER.id) -> Locator:
    return page.locator(f"#phone-{person}")


def bubble(page: Page, text: str, person: int = SELLER.id) -> Locator:
    return phone(page, person).locator(".message").filter(has_text=text)


async def write(page: Page, text: str, person: int = SELLER.id) -> None:
    line = phone(page, person).get_by_role("combobox")
    await line.fill(text)
    await line.press("Enter")


async def size_of(node: Locator, side: str) -> float:
    """Width or height on the screen, in CSS pixels."""
    size: float = await node.evaluate("(node, side) => node.getBoundingClientRect()[side]", side)
    return size
