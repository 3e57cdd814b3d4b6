"""The chat page, with files: up, down, as a photo, dropped."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from playwright.async_api import FilePayload, Page, expect

from bot.playground.standin import MANAGER, SELLER, Standin
from tests.bot.playground.page.visiting import IN_A_BROWSER, PlayedBot, bubble, phone, write

pytestmark = IN_A_BROWSER


def png(width: int, height: int) -> bytes:
    """A red picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\xb3\x26\x1e" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


async def test_files_go_up_with_a_caption_and_come_down_again(page: Page, bot: PlayedBot, standin: Standin) -> None:
    sheet = FilePayload(name="BAB 2024.csv", mimeType="text/csv", buffer=b"MGK;63000;525000\n")
    await phone(page).locator("[data-part=picker]").set_input_files([sheet])
    await write(page, "unser BAB")
    while "document" not in (message := await bot.next("message")):
        pass
    assert (message["document"]["file_name"], message["caption"]) == ("BAB 2024.csv", "unser BAB")
    await bot.call("sendDocument", chat_id=SELLER.id, document=message["document"]["file_id"], caption="zurück")
    async with page.expect_download() as download:
        await bubble(page, "zurück").get_by_role("link").click()
    assert (await download.value).suggested_filename == "BAB 2024.csv"
    assert Path(await (await download.value).path()).read_bytes() == b"MGK;63000;525000\n"  # noqa: ASYNC240 - a few bytes
    assert len(standin.messages(SELLER.id)) == 3


async def test_a_picture_is_sent_as_a_photo_unless_it_shall_be_a_file(page: Page, bot: PlayedBot) -> None:
    picture = FilePayload(name="tafel.png", mimeType="image/png", buffer=png(320, 200))
    picker = phone(page).locator("[data-part=picker]")
    await picker.set_input_files([picture])
    await write(page, "")
    photo = phone(page).get_by_role("button", name="Foto in voller Größe")
    await expect(photo.locator("img")).to_have_js_property("naturalWidth", 320)
    await photo.click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await picker.set_input_files([picture])
    await phone(page).get_by_role("button", name="Datei", exact=True).click()
    await write(page, "als Datei")
    kinds: list[str] = []
    while len(kinds) < 2:
        message = await bot.next("message")
        kinds += [kind for kind in ("photo", "document") if kind in message]
    assert kinds == ["photo", "document"]


async def test_a_file_can_be_dropped_on_a_phone(page: Page, bot: PlayedBot) -> None:
    transfer = await page.evaluate_handle(
        """() => { const transfer = new DataTransfer();
                   transfer.items.add(new File(["OggS"], "notiz.ogg", {type: "audio/ogg"}));
                   return transfer; }"""
    )
    target = phone(page, MANAGER.id)
    await target.dispatch_event("dragover", {"dataTransfer": transfer})
    await expect(target.get_by_text("Hier ablegen")).to_be_visible()
    await target.dispatch_event("drop", {"dataTransfer": transfer})
    await expect(target.locator(".staged")).to_contain_text("notiz.ogg")
    await target.get_by_role("button", name="Senden", exact=True).click()
    while "voice" not in (message := await bot.next("message")):
        pass
    assert message["chat"]["id"] == MANAGER.id
