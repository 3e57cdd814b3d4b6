"""The chat page, pressed: inline keyboards and the menu of commands."""

from __future__ import annotations

from playwright.async_api import Page, expect

from bot.playground.standin import SELLER, Standin
from tests.bot.playground.page.visiting import IN_A_BROWSER, NARROW, PlayedBot, Visit, phone, size_of

pytestmark = IN_A_BROWSER


async def test_a_press_waits_for_the_answer_and_shows_it_as_a_toast(page: Page, bot: PlayedBot) -> None:
    await bot.send(SELLER.id, "Karte", [{"text": "Weiter", "callback_data": "go:1"}])
    button = phone(page).get_by_role("button", name="Weiter")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    press = await bot.next("callback_query")
    assert press["data"] == "go:1"
    await bot.call("answerCallbackQuery", callback_query_id=press["id"], text="Der Testabschluss fehlt.")
    await expect(phone(page).locator(".toast")).to_have_text("Der Testabschluss fehlt.")
    await expect(button).to_have_attribute("aria-busy", "false")


async def test_an_alert_covers_the_phone_until_it_is_closed(page: Page, bot: PlayedBot) -> None:
    await bot.send(SELLER.id, "Karte", [{"text": "Löschen", "callback_data": "x"}])
    button = phone(page).get_by_role("button", name="Löschen")
    await button.click()
    press = await bot.next("callback_query")
    await bot.call("answerCallbackQuery", callback_query_id=press["id"], text="Wirklich?", show_alert=True)
    alert = phone(page).get_by_role("alertdialog")
    await expect(alert).to_contain_text("Wirklich?")
    await expect(alert.get_by_role("button")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(alert).to_be_hidden()
    await expect(button).to_be_focused()


async def test_a_copy_button_fills_the_clipboard(page: Page, bot: PlayedBot) -> None:
    sentence = "„Was passiert, wenn alles so bleibt, wie es ist?“"
    await bot.send(SELLER.id, sentence, [{"text": "⧉ 1", "copy_text": {"text": sentence}}])
    await phone(page).get_by_role("button", name="⧉ 1").click()
    await expect(phone(page).locator(".toast")).to_have_text("Kopiert")
    assert await page.evaluate("navigator.clipboard.readText()") == sentence


async def test_buttons_of_a_row_are_equally_wide(page: Page, bot: PlayedBot) -> None:
    words = ["Zu teuer", "Kein Budget", "Rabatt"]
    await bot.send(SELLER.id, "Karte", [{"text": word, "callback_data": word} for word in words])
    keys = phone(page).locator(".key")
    await expect(keys).to_have_count(3)
    widths = [await size_of(key, "width") for key in await keys.all()]
    assert max(widths) - min(widths) < 1


async def test_a_full_row_stays_a_row_inside_of_a_narrow_screen(visit: Visit, standin: Standin, bot: PlayedBot) -> None:
    words = ["◀ Zurück", "⏸ Pause", "🤝 Abschluss", "⋯", "Weiter ▶", "Donaudampfschifffahrtsgesellschaft"]
    page = await visit(standin.url, NARROW, reduced_motion="reduce")
    await bot.send(SELLER.id, "Karte", [{"text": word, "callback_data": word} for word in words])
    keys = phone(page).locator(".key")
    await expect(keys).to_have_count(6)
    assert len({await size_of(key, "top") for key in await keys.all()}) == 1
    assert await size_of(keys.last, "right") <= NARROW["width"]


async def test_the_command_menu_is_worked_with_the_keyboard(page: Page, bot: PlayedBot) -> None:
    commands = {"start": "Beginnen", "gespraech": "Gespräch", "abschluss": "Abschluss", "abbrechen": "Abbrechen"}
    listed = [{"command": command, "description": text} for command, text in commands.items()]
    await bot.call("setMyCommands", commands=listed)
    line = phone(page).get_by_role("combobox")
    menu = phone(page).get_by_role("listbox")
    await line.press_sequentially("/")
    await expect(menu.get_by_role("option")).to_have_count(4)
    await line.press_sequentially("ab")
    await expect(menu.get_by_role("option")).to_have_count(2)
    await line.press("ArrowDown")
    await expect(menu.get_by_role("option", selected=True)).to_contain_text("/abbrechen")
    await line.press("Escape")
    await expect(menu).to_be_hidden()
    await line.press_sequentially("s")
    await line.press("Tab")
    await expect(line).to_have_value("/abschluss ")
    await line.fill("")
    await phone(page).get_by_role("button", name="Menü der Befehle").press("Enter")
    await line.press("ArrowDown")
    await line.press("Enter")
    await expect(phone(page).locator(".message.mine").last).to_contain_text("/gespraech")
