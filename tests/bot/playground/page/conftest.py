"""A running playground and visitors to its page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright, expect

from bot.playground.standin import MANAGER, SELLER, Standin
from tests.bot.playground.page.visiting import CHROMIUM, PATIENCE, WIDE, PlayedBot, Visit, playground


@pytest_asyncio.fixture(loop_scope="module")
async def running() -> AsyncIterator[tuple[Standin, PlayedBot]]:
    async with playground() as both:
        both[0].say(SELLER.id, "Guten Tag")
        both[0].say(MANAGER.id, "Guten Tag")
        yield both


@pytest.fixture
def standin(running: tuple[Standin, PlayedBot]) -> Standin:
    return running[0]


@pytest.fixture
def bot(running: tuple[Standin, PlayedBot]) -> PlayedBot:
    return running[1]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    """Opens the page as a new visitor: `await visit(url, size, **settings of Playwright's context)`."""
    contexts: list[BrowserContext] = []
    thrown: list[str] = []

    async def visit(url: str, size: ViewportSize = WIDE, **settings: Any) -> Page:
        context = await browser.new_context(viewport=size, locale="de-DE", **settings)
        contexts.append(context)
        await context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        page = await context.new_page()
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.set_default_timeout(PATIENCE)
        await page.goto(url)
        await expect(page.locator(".phone").nth(1)).to_be_attached()
        return page

    yield visit
    for context in contexts:
        await context.close()
    assert thrown == []


@pytest_asyncio.fixture(loop_scope="module")
async def page(visit: Visit, standin: Standin) -> Page:
    return await visit(standin.url)
