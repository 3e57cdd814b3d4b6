"""The chat page, over restarts of the server behind it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import expect

from bot.playground.feed import KEPT
from bot.playground.standin import SELLER
from tests.bot.playground.page.visiting import IN_A_BROWSER, Visit, bubble, phone, playground, write

pytestmark = IN_A_BROWSER


async def test_after_a_restart_of_the_server_the_page_goes_on_where_it_was(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "playground.sqlite"
    async with playground(file=file) as (standin, bot):
        port = urlsplit(standin.url).port
        standin.say(SELLER.id, "Guten Tag")
        page = await visit(standin.url)
        await bot.send(SELLER.id, "vorher")
        await expect(bubble(page, "vorher")).to_be_visible()
    await expect(page.locator("#offline")).to_be_visible()
    await write(page, "geht nicht hinaus")
    await expect(phone(page).locator(".toast")).to_contain_text("antwortet nicht")
    await expect(phone(page).get_by_role("combobox")).to_have_value("geht nicht hinaus")
    async with playground(file=file, port=port) as (_, bot):
        await expect(page.locator("#offline")).to_be_hidden()
        await bot.send(SELLER.id, "nachher")
        await expect(bubble(page, "nachher")).to_be_visible()
        texts = await phone(page).locator(".message .text").all_inner_texts()
        assert texts == ["Guten Tag", "vorher", "nachher"]


async def test_a_page_that_missed_too_much_reads_everything_again(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "playground.sqlite"
    async with playground(file=file) as (standin, _):
        port = urlsplit(standin.url).port
        standin.say(SELLER.id, "Guten Tag")
        page = await visit(standin.url)
        await expect(bubble(page, "Guten Tag")).to_be_visible()
    async with playground(file=file, port=port) as (standin, bot):
        for number in range(KEPT + 100):
            standin.say(SELLER.id, f"Nummer {number}")
        await expect(bubble(page, f"Nummer {KEPT + 99}")).to_be_in_viewport()
        await bot.send(SELLER.id, "gelesen")
        await expect(bubble(page, "gelesen")).to_be_in_viewport()


async def test_a_server_that_begins_anew_is_followed_from_its_beginning(visit: Visit) -> None:
    async with playground() as (standin, _):
        port = urlsplit(standin.url).port
        for number in range(5):
            standin.say(SELLER.id, f"alt {number}")
        page = await visit(standin.url)
        await expect(phone(page).locator(".message")).to_have_count(5)
    async with playground(port=port) as (standin, bot):
        await expect(phone(page).locator(".message")).to_have_count(0)
        standin.say(SELLER.id, "Guten Tag")
        await bot.send(SELLER.id, "neu")
        await expect(phone(page).locator(".message .text")).to_have_text(["Guten Tag", "neu"])
