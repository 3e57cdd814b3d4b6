"""The chat page, inline mode: the bot's name in the line asks while one types, a tap posts."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, expect

from bot.playground.standin import SELLER, Standin
from tests.bot.playground.page.visiting import IN_A_BROWSER, PlayedBot, bubble, phone

pytestmark = IN_A_BROWSER


def article(name: str, sentence: str) -> dict[str, Any]:
    content = {"message_text": sentence}
    return {"type": "article", "id": name, "title": name, "description": sentence, "input_message_content": content}


async def test_results_come_while_one_types_and_a_tap_posts_one(page: Page, bot: PlayedBot, standin: Standin) -> None:
    line = phone(page).get_by_role("combobox")
    await line.press_sequentially("@roter_faden_bot zu teuer")
    query = await bot.next("inline_query")
    while query["query"] != "zu teuer":
        query = await bot.next("inline_query")
    results = [article("Preis", "Liegt es an der Summe?"), article("Rabatt", "Was gibt es dafür?")]
    button = {"text": "Zum Bot", "start_parameter": "wissen"}
    await bot.call("answerInlineQuery", inline_query_id=query["id"], results=results, button=button)
    options = phone(page).get_by_role("listbox", name="Vorschläge des Bots")
    await expect(options.get_by_role("option")).to_have_count(2)
    await expect(options).to_contain_text("Zum Bot")
    await line.press("ArrowDown")
    await line.press("Enter")
    await expect(bubble(page, "Was gibt es dafür?")).to_be_visible()
    await expect(line).to_have_value("")
    await expect(options).to_be_hidden()
    assert standin.messages(SELLER.id)[-1]["via_bot"]["is_bot"]


async def test_another_name_asks_nobody(page: Page, standin: Standin) -> None:
    line = phone(page).get_by_role("combobox")
    await line.press_sequentially("@other_bot zu teuer")
    await line.press("Enter")
    await expect(bubble(page, "@other_bot zu teuer")).to_be_visible()
    assert all(b'"inline_query"' not in update.body for update in standin.updates)
