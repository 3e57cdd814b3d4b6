"""The chat page, read: what comes and goes, how it is drawn, where the reader stands."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from bot.playground.clock import server_clock
from bot.playground.standin import MANAGER, SELLER, Standin
from tests.bot.playground.page.visiting import IN_A_BROWSER, PlayedBot, Visit, bubble, phone, playground, size_of, write

pytestmark = IN_A_BROWSER


async def test_text_goes_out_to_the_bot_and_its_reply_comes_in(page: Page, bot: PlayedBot) -> None:
    await write(page, "findet er zu teuer")
    await expect(phone(page).locator(".message.mine").last).to_contain_text("findet er zu teuer")
    while (await bot.next("message"))["text"] != "findet er zu teuer":
        pass
    await bot.send(SELLER.id, "Liegt es an der Summe?")
    await expect(bubble(page, "Liegt es an der Summe?")).to_be_visible()
    await expect(phone(page).locator("[data-part=live]")).to_have_text("Roter Faden: Liegt es an der Summe?")
    await expect(bubble(page, "Liegt es an der Summe?", MANAGER.id)).to_have_count(0)


async def test_shift_enter_breaks_the_line_and_the_input_grows(page: Page, bot: PlayedBot) -> None:
    line = phone(page).get_by_role("combobox")
    before = await size_of(line, "height")
    await line.press_sequentially("eins")
    for word in ("zwei", "drei"):
        await line.press("Shift+Enter")
        await line.press_sequentially(word)
    assert await size_of(line, "height") > before + 30
    await line.press("Enter")
    await expect(line).to_have_value("")
    while (message := await bot.next("message"))["text"] != "eins\nzwei\ndrei":
        assert message["text"] == "Guten Tag"


async def test_what_is_too_long_for_one_message_goes_out_in_parts(page: Page, standin: Standin) -> None:
    text = " ".join(f"Wort{number}" for number in range(700))
    await write(page, text)
    await expect(phone(page).locator(".message.mine")).to_have_count(3)
    parts = [message["text"] for message in standin.messages(SELLER.id)[1:]]
    assert " ".join(parts) == text


async def test_entities_count_utf16_units_and_nest(page: Page, bot: PlayedBot) -> None:
    html = "🧮🧮 <b>fett <i>beides</i></b> <s>weg</s> <code>x=1</code>\n<blockquote>„Zitat“</blockquote>\n"
    html += "Ende 🧮 <u>hier</u>"
    await bot.send(SELLER.id, html, parse_mode="HTML")
    text = bubble(page, "Ende").locator(".text")
    await expect(text.locator("strong")).to_have_text("fett beides")
    await expect(text.locator("strong em")).to_have_text("beides")
    await expect(text.locator("s")).to_have_text("weg")
    await expect(text.locator("code")).to_have_text("x=1")
    await expect(text.locator("blockquote")).to_have_text("„Zitat“")
    await expect(text.locator("u")).to_have_text("hier")


async def test_markup_in_a_text_stays_text(page: Page, bot: PlayedBot) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    await bot.send(SELLER.id, evil)
    await expect(bubble(page, evil)).to_have_count(1)
    assert await phone(page).locator(".messages :is(img, script)").count() == 0


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "blob:x", "http://"]
)
async def test_only_addresses_that_lead_outside_become_links(page: Page, address: str) -> None:
    safe = "address => import('/page/links.js').then(({safeAddress}) => safeAddress(address)?.href ?? null)"
    assert await page.evaluate(safe, address) is None
    assert await page.evaluate(safe, "example.org/a b") == "https://example.org/a%20b"


async def test_a_spoiler_opens_with_a_key_and_a_long_quote_unfolds(page: Page, bot: PlayedBot) -> None:
    quote = "\n".join(f"Zeile {number}" for number in range(1, 7))
    html = f"<tg-spoiler>geheim</tg-spoiler>\n<blockquote expandable>{quote}</blockquote>"
    await bot.send(SELLER.id, html, parse_mode="HTML")
    spoiler = phone(page).get_by_role("button", name="Verdeckten Text zeigen")
    await spoiler.focus()
    await page.keyboard.press("Enter")
    await expect(phone(page).get_by_text("geheim")).to_be_visible()  # once: what is hidden is not read aloud either
    folded = await size_of(phone(page).locator(".quoted"), "height")
    await phone(page).get_by_role("button", name="mehr").click()
    assert await size_of(phone(page).locator(".quoted"), "height") > folded * 1.8


async def test_a_command_in_a_text_is_sent_by_a_click(page: Page, bot: PlayedBot) -> None:
    await bot.send(SELLER.id, "Mehr dazu: /wissen")
    await phone(page).get_by_role("button", name="/wissen").click()
    await expect(phone(page).locator(".message.mine").last).to_contain_text("/wissen")


async def test_an_edit_changes_the_bubble_in_place_and_keeps_the_focus(page: Page, bot: PlayedBot) -> None:
    row = [{"text": "☐ Folgen", "callback_data": "tick"}, {"text": "Weiter", "callback_data": "go"}]
    card = await bot.send(SELLER.id, "Analyse", row)
    await bot.send(SELLER.id, "danach")
    await phone(page).get_by_role("button", name="☐ Folgen").focus()
    row[0]["text"] = "☑ Folgen"
    markup = {"inline_keyboard": [row]}
    where = {"chat_id": SELLER.id, "message_id": card["message_id"]}
    await bot.call("editMessageText", **where, text="Analyse, ein Haken", reply_markup=markup)
    await expect(phone(page).get_by_role("button", name="☑ Folgen")).to_be_focused()
    await expect(phone(page).locator(".changed .edited")).to_have_text("Bearbeitet")
    texts = await phone(page).locator(".message .text").all_inner_texts()
    assert texts == ["Guten Tag", "Analyse, ein Haken", "danach"]


async def test_a_deleted_message_goes(page: Page, bot: PlayedBot) -> None:
    sent = await bot.send(SELLER.id, "gleich weg")
    await expect(bubble(page, "gleich weg")).to_have_count(1)
    await bot.call("deleteMessage", chat_id=SELLER.id, message_id=sent["message_id"])
    await expect(bubble(page, "gleich weg")).to_have_count(0)


async def test_days_stand_between_messages(visit: Visit) -> None:
    today = server_clock()
    now = [today - 2 * 86_400]
    async with playground(clock=lambda: now[0]) as (standin, _):
        standin.say(SELLER.id, "vorgestern")
        now[0] = today - 86_400
        standin.say(SELLER.id, "gestern")
        now[0] = today
        standin.say(SELLER.id, "jetzt")
        page = await visit(standin.url)
        lines = await phone(page).locator(".day, .text").all_inner_texts()
        assert lines[1:] == ["vorgestern", "Gestern", "gestern", "Heute", "jetzt"]


AT_ONCE = """async () => {
  const { MessageList } = await import("/page/message_list.js");
  const put = (name, into = document.body) => into.appendChild(document.createElement(name));
  const scroll = put("div");
  scroll.style = "height: 100px; overflow-y: auto";
  const [messages, pill, empty] = [put("ol", scroll), put("button"), put("p")];
  const list = new MessageList({ scroll, messages, pill, "pill-text": put("span", pill), empty }, {});
  const add = (id) => list.add({ message_id: id, date: 1, text: `Nachricht ${id}` });
  for (let id = 1; id < 30; id += 1) add(id);
  const followed = scroll.scrollTop > 0;
  scroll.scrollTop = 0;
  add(30);
  return [followed, scroll.scrollTop, pill.textContent];
}"""
"""The reader goes up and a message comes before the browser tells of the scroll, which it does with the next frame."""


async def test_who_goes_up_in_the_moment_that_a_message_comes_is_not_pulled_down(page: Page) -> None:
    assert await page.evaluate(AT_ONCE) == [True, 0, "1 neue Nachricht"]


async def test_who_reads_above_is_not_pulled_down_but_told(page: Page, bot: PlayedBot) -> None:
    for number in range(30):
        await bot.send(SELLER.id, f"Nachricht {number}\nmit zwei Zeilen")
    await expect(bubble(page, "Nachricht 29")).to_be_in_viewport()
    scroll = phone(page).locator("[data-part=scroll]")
    await scroll.evaluate("node => { node.scrollTop = 0 }")
    pill = phone(page).locator("[data-part=pill]")
    await expect(pill).to_have_text("Zum Ende")
    await bot.send(SELLER.id, "ganz neu")
    await expect(pill).to_have_text("1 neue Nachricht")
    assert await scroll.evaluate("node => node.scrollTop") == 0
    await pill.click()
    await expect(bubble(page, "ganz neu")).to_be_in_viewport()
    await expect(pill).to_be_hidden()
