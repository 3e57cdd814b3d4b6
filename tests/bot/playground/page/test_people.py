"""The chat page, with its people: the panel, blocking, languages, strangers, demo data."""

from __future__ import annotations

from playwright.async_api import Page, expect

from bot.playground.clock import server_clock
from bot.playground.standin import MANAGER, SELLER
from tests.bot.playground.page.visiting import IN_A_BROWSER, PlayedBot, Visit, phone, playground, write

pytestmark = IN_A_BROWSER


async def test_the_panel_lists_refusals_and_unanswered_presses_newest_first(visit: Visit) -> None:
    now = [server_clock()]
    async with playground(clock=lambda: now[0]) as (standin, bot):
        standin.say(SELLER.id, "Guten Tag")
        page = await visit(standin.url)
        await bot.send(SELLER.id, "Karte", [{"text": "Weiter", "callback_data": "go:1"}])
        await phone(page).get_by_role("button", name="Weiter").click()
        await bot.next("callback_query")
        now[0] += 11
        await expect(page.locator("#panel-count")).to_have_text("1")
        await bot.send(SELLER.id, "<b>offen", parse_mode="HTML")
        await expect(page.locator("#panel-count")).to_have_text("2")
        await page.get_by_role("button", name="Abgelehnt und unbeantwortet").click()
        incidents = page.locator(".incident")
        await expect(incidents.first).to_contain_text("can't parse entities")
        await expect(incidents.first).to_contain_text("sendMessage an Sabine")
        await expect(incidents.last).to_contain_text("go:1")
        await expect(phone(page).get_by_role("button", name="Weiter")).to_have_attribute("aria-busy", "false")
        await page.keyboard.press("Escape")
        await expect(page.locator("#panel")).to_be_hidden()


async def test_who_blocks_the_bot_writes_no_more_and_gets_nothing(page: Page, bot: PlayedBot) -> None:
    await phone(page).get_by_role("button", name="Bot blockieren").click()
    await expect(phone(page).get_by_text("Sabine hat den Bot blockiert.")).to_be_visible()
    await expect(phone(page).get_by_role("combobox")).to_be_hidden()
    assert (await bot.send(SELLER.id, "hallo?"))["error_code"] == 403
    await phone(page).get_by_role("button", name="Blockierung aufheben").last.click()
    await expect(phone(page).get_by_role("combobox")).to_be_visible()


async def test_the_phones_language_is_the_one_that_the_bot_sees(page: Page, bot: PlayedBot) -> None:
    await phone(page).get_by_role("button", name="EN", exact=True).click()
    await expect(phone(page).get_by_role("button", name="EN", exact=True)).to_have_attribute("aria-pressed", "true")
    await write(page, "hello")
    while (message := await bot.next("message"))["text"] != "hello":
        pass
    assert message["from"]["language_code"] == "en"


async def test_a_stranger_comes_in_with_an_invitation_from_the_managers_chat(page: Page, bot: PlayedBot) -> None:
    await bot.send(MANAGER.id, "Einladung: https://t.me/roter_faden_bot?start=ABC123")
    await phone(page, MANAGER.id).get_by_role("link").click()
    await page.get_by_role("dialog").get_by_role("button", name="Person hinzufügen").click()
    await page.get_by_label("Vorname").fill("Jana")
    await page.get_by_role("button", name="Hinzufügen", exact=True).click()
    stranger = page.get_by_role("region", name="Telefon von Jana")
    await expect(stranger.locator(".message.mine")).to_contain_text("/start ABC123")
    while (message := await bot.next("message"))["text"] != "/start ABC123":
        pass
    assert message["from"]["first_name"] == "Jana"


async def test_demo_data_is_made_by_one_button(page: Page) -> None:
    await page.get_by_role("button", name="Demo-Daten").click()
    await expect(page.locator("#toasts")).to_contain_text("Sechs Wochen mit 148 Gesprächen.")
