"""The chat page, looked at: narrow, light, dark, English, large enough, in contrast."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, ViewportSize, expect

from bot.playground.standin import MANAGER, SELLER, Standin
from tests.bot.playground.page.visiting import IN_A_BROWSER, NARROW, WIDE, PlayedBot, Visit, bubble, phone

pytestmark = IN_A_BROWSER


async def test_a_narrow_screen_shows_one_phone_with_tabs(visit: Visit, standin: Standin, bot: PlayedBot) -> None:
    page = await visit(standin.url, NARROW)
    seller, manager = page.get_by_role("tab", name="Sabine"), page.get_by_role("tab", name="Markus")
    await expect(phone(page)).to_be_visible()
    await expect(phone(page, MANAGER.id)).to_be_hidden()
    await bot.send(MANAGER.id, "für den anderen")
    await expect(manager.locator(".badge")).to_have_text("1")
    await seller.press("ArrowRight")
    await expect(manager).to_be_focused()
    await expect(phone(page)).to_be_hidden()
    await expect(bubble(page, "für den anderen", MANAGER.id)).to_be_in_viewport()
    await expect(manager.locator(".badge")).to_have_count(0)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_no_tab_covers_another_and_the_chosen_one_is_in_sight(
    visit: Visit, standin: Standin, bot: PlayedBot
) -> None:
    page = await visit(standin.url, ViewportSize(width=390, height=740))
    for name in ("Jana", "Maximiliane-Charlotte"):
        await page.get_by_role("button", name="Person hinzufügen").first.click()
        await page.get_by_label("Vorname").fill(name)
        await page.get_by_role("button", name="Hinzufügen", exact=True).click()
        await bot.send(MANAGER.id, "für den anderen")
        await expect(page.get_by_role("tab", name="Markus").locator(".badge")).to_be_visible()
        chosen = page.get_by_role("tab", name=name)
        await expect(chosen).to_have_attribute("aria-selected", "true")
        await expect(chosen).to_be_in_viewport(ratio=0.95)
        assert await page.evaluate(COVERED) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


COVERED = """() => {
    // words and badges of tabs: pairs of boxes that lie over each other
    const parts = [...document.querySelectorAll(".person > *")];
    const boxes = parts.map((part) => [part.textContent, part.getBoundingClientRect()]);
    const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return boxes.flatMap(([name, box], at) =>
        boxes.slice(at + 1).filter(([, other]) => over(box, other)).map(([other]) => `${name} / ${other}`));
}"""


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_nothing_is_too_small_to_read_or_to_hit(
    visit: Visit, standin: Standin, bot: PlayedBot, size: ViewportSize
) -> None:
    page = await visit(standin.url, size)
    await bot.send(SELLER.id, "Karte /hilfe", [{"text": "Weiter", "callback_data": "go"}])
    await bot.send(SELLER.id, "<b>offen", parse_mode="HTML")
    await expect(bubble(page, "Karte")).to_be_visible()
    await page.get_by_role("button", name="Abgelehnt und unbeantwortet").click()
    await expect(page.locator(".incident")).to_have_count(1)
    small = await page.evaluate(
        """() => {
            const shown = [...document.body.querySelectorAll("*")].filter((node) => node.checkVisibility());
            const tiny = shown.filter((node) => [...node.childNodes].some((child) => child.data?.trim())
                                                && parseFloat(getComputedStyle(node).fontSize) < 15);
            const low = shown.filter((node) => node.matches("button:not(.text button), input, summary")
                                               && node.getBoundingClientRect().height < 40);
            return [...tiny, ...low].map((node) => node.outerHTML.slice(0, 90));
        }"""
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_word_stands_out_from_its_ground(
    visit: Visit, standin: Standin, bot: PlayedBot, scheme: str
) -> None:
    page = await visit(standin.url, color_scheme=scheme)
    html = "<b>Karte</b> /hilfe <code>79/983</code>\n<blockquote>„Zitat“</blockquote>"
    await bot.send(SELLER.id, html, [{"text": "Weiter", "callback_data": "go"}], parse_mode="HTML")
    await bot.send(SELLER.id, "<b>offen", parse_mode="HTML")
    await expect(bubble(page, "Karte")).to_be_visible()
    await page.get_by_role("button", name="Abgelehnt und unbeantwortet").click()
    await expect(page.locator(".incident")).to_have_count(1)
    assert await page.evaluate(FAINT_WORDS) == []


FAINT_WORDS = """() => {
    // contrast after WCAG 2.2, 1.4.3: at least 4.5 to 1
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const pixel = (...colours) => {
        canvas.clearRect(0, 0, 1, 1);
        for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = (rgb) => {
        const [r, g, b] = rgb.map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const grounds = (node) => node ? [...grounds(node.parentElement), getComputedStyle(node).backgroundColor] : [];
    const faint = [];
    for (const node of document.body.querySelectorAll("*")) {
        if (!node.checkVisibility() || !node.getClientRects().length) continue;
        if (![...node.childNodes].some((child) => child.data?.trim())) continue;
        const ground = grounds(node);
        const [one, other] = [light(pixel(...ground)), light(pixel(...ground, getComputedStyle(node).color))];
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${node.outerHTML.slice(0, 80)}`);
    }
    return faint;
}"""


async def test_the_theme_follows_the_system_until_it_is_chosen_and_remembered(visit: Visit, standin: Standin) -> None:
    page = await visit(standin.url, color_scheme="dark")
    ground = "getComputedStyle(document.body).colorScheme + ' ' + document.documentElement.dataset.theme"
    assert await page.evaluate(ground) == "dark dark"
    await page.get_by_role("button", name="Helle Darstellung").click()
    await page.reload()
    assert await page.evaluate(ground) == "light light"
    await expect(page.get_by_role("button", name="Dunkle Darstellung")).to_be_visible()


async def test_the_page_speaks_english_too(page: Page, bot: PlayedBot) -> None:
    await bot.send(SELLER.id, "Karte")
    keys = "import('/page/language.js').then(({WORDS}) => Object.values(WORDS).map(words => Object.keys(words)))"
    german, english = await page.evaluate(keys)
    assert german == english
    await page.get_by_role("button", name="Switch this page to English").click()
    await expect(phone(page).get_by_placeholder("Message")).to_be_visible()
    await expect(phone(page).locator(".day")).to_have_text("Today")
    await page.reload()
    await expect(page.get_by_role("button", name="Demo data")).to_be_visible()
