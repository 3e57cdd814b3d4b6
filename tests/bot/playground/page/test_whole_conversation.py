"""A seller's whole conversations in a real browser, with the bot as the process that `make run` starts."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.playground.standin import MANAGER, SELLER
from tests.bot.playground.page.visiting import IN_A_BROWSER, NARROW, Visit, phone, write

pytestmark = IN_A_BROWSER

ROOT = Path(__file__).parents[4]


@dataclass
class Running:
    """The process, its page, and the database that it writes."""

    process: subprocess.Popen[bytes]
    url: str
    database: Path

    def rows(self, query: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()


AT_ANY_PACE = (
    "import run_bot; from bot import pace; from bot.playground import limits; "
    "pace.PER_SECOND = 50; limits.FloodControl.admit = lambda *_: None; run_bot.main()"
)
"""Nobody taps as fast as these tests do: at Telegram's one message a second to a chat they would only wait."""


def launch(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """The process that `make run` starts, with a folder of its own, and with as many messages a second as it likes."""
    environment = {**os.environ, "DATA_DIR": str(folder), "PLAYGROUND_LISTEN": f"127.0.0.1:{port}"}
    for name in ("TELEGRAM_BOT_TOKEN", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    with (folder / "log").open("ab") as log:
        return subprocess.Popen([sys.executable, "-c", AT_ANY_PACE], cwd=ROOT, env=environment, stderr=log)


async def start(folder: Path, port: int) -> Running:
    """Launches the bot and waits until its page can be opened."""
    process = launch(folder, port)
    url = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(base_url=url) as client:
        for _ in range(600):
            assert process.poll() is None, (folder / "log").read_text()
            try:
                await client.get("/api/people")
                break
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    return Running(process, url, folder / "playground" / "roter-faden.sqlite")


@pytest_asyncio.fixture(loop_scope="module")
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    running = await start(tmp_path, port)
    yield running
    if running.process.poll() is None:
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(timeout=10) == 0


class Seller:
    """Sabine's phone: presses what is on it, reads what it shows."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.phone = phone(page)

    async def writes(self, text: str) -> None:
        await write(self.page, text)

    async def presses(self, label: str) -> None:
        button = self.phone.get_by_role("button", name=re.compile(rf"^\W*{re.escape(label)}\W*$")).last
        await expect(button).to_be_enabled()
        await button.click()

    async def reads(self, *texts: str) -> None:
        for text in texts:
            await expect(self.phone.locator(".message").filter(has_text=text).last).to_be_visible()


async def test_won_with_a_loop_back_and_lost_for_a_reason(visit: Visit, running: Running) -> None:
    page = await visit(running.url)
    seller = Seller(page)
    await seller.writes("/gespraech")
    await seller.reads("Mit wem")
    await seller.writes("Muster GmbH")
    await seller.reads("1/6 Beziehung")
    await seller.presses("Begrüßung")
    await seller.reads("☑ Begrüßt und vorgestellt")
    await seller.presses("Weiter")
    await seller.reads("2/6 Analyse")
    await seller.presses("Weiter")
    await seller.reads("Der Testabschluss fehlt noch")
    await seller.presses("Testabschluss gestellt: ja, Interesse")
    await seller.reads("3/6 Präsentation")
    await seller.presses("Etwas fehlt")
    await seller.reads("2/6 Analyse")
    await seller.presses("Weiter")
    await seller.reads("3/6 Präsentation")
    await seller.presses("Weiter")
    await seller.reads("4/6 Verhandlung")
    await seller.presses("Einwand")
    await seller.reads("Worum geht es?")
    await seller.presses("Preis")
    await seller.reads("Summe, Nachlass")
    await seller.presses("Zu teuer")
    await seller.reads("1 Einwand offen: Zu teuer")
    await seller.presses("Abschluss")
    await seller.reads("5/6 Abschluss")
    await seller.presses("Auftrag erhalten")
    await seller.writes("12,5k")
    await seller.reads("12.500 € – stimmt das?")
    await seller.presses("Stimmt")
    await seller.reads("6/6 Nachbereitung", "Auftrag erhalten: 12.500 €")
    await seller.presses("Alle übrigen weglassen")
    await seller.reads("10 von 10 geregelt")
    await seller.presses("Weiter")
    await expect(seller.phone.get_by_role("button", name="Alle übrigen weglassen")).to_have_count(0)

    await seller.writes("/gespraech Nord AG")
    await seller.reads("Nord AG")
    await seller.presses("Abschluss")
    await seller.reads("Der Testabschluss fehlt noch")
    await seller.presses("Trotzdem weiter")
    await seller.reads("5/6 Abschluss")
    await seller.presses("Endgültig nein")
    await seller.presses("Günstigeres Angebot")
    await seller.reads("6/6 Nachbereitung", "Endgültig nein")

    assert running.rows("select outcome, phase from conversation order by id") == [
        ("won", "follow_up"),
        ("lost", "follow_up"),
    ]
    async with httpx.AsyncClient(base_url=running.url) as client:
        assert (await client.get("/api/refusals")).json() == {"refusals": [], "unanswered": []}


async def test_the_price_room_from_8_per_cent_to_the_order(visit: Visit, running: Running) -> None:
    page = await visit(running.url)
    seller = Seller(page)
    await seller.writes("/gespraech Muster GmbH")
    await seller.reads("1/6 Beziehung")
    for button, shown in (
        ("Weiter", "2/6 Analyse"),
        ("Weiter", "Der Testabschluss fehlt noch"),
        ("Trotzdem weiter", "3/6 Präsentation"),
        ("Weiter", "4/6 Verhandlung"),
    ):
        await seller.presses(button)
        await seller.reads(shown)
    await seller.writes("8 % auf 18.900")
    await seller.reads("18.900 € − 8 % = 17.388 €", "Nur gegen etwas: größere Menge")
    await seller.presses("übernehmen")
    await seller.reads("Preis im Gespräch: 17.388 € netto.")
    await seller.presses("Abschluss")
    await seller.reads("5/6 Abschluss")
    await seller.presses("Auftrag erhalten")
    await seller.presses("Wie verhandelt: 17.388 €")
    await seller.reads("17.388 € – stimmt das?")
    await seller.presses("Stimmt")
    await seller.reads("Auftrag erhalten: 17.388 €")
    assert running.rows("select outcome from conversation") == [("won",)]


async def test_the_process_is_killed_and_the_card_goes_on(visit: Visit, running: Running, tmp_path: Path) -> None:
    page = await visit(running.url)
    seller = Seller(page)
    await seller.writes("/gespraech Muster GmbH")
    await seller.presses("Weiter")
    await seller.reads("2/6 Analyse")
    running.process.kill()
    running.process.wait()
    again = await start(tmp_path, int(running.url.rsplit(":", 1)[1]))
    running.process = again.process
    await seller.presses("Testabschluss")
    await seller.reads("☑ Testabschluss")
    await seller.presses("Weiter")
    await seller.reads("3/6 Präsentation")
    steps = running.rows("select seq, trigger from step order by seq")
    assert steps == [(1, "start"), (2, "advance"), (3, "tick"), (4, "advance")]


async def test_a_stranger_comes_in_by_the_manager_s_link_on_a_narrow_screen(visit: Visit, running: Running) -> None:
    page = await visit(running.url, NARROW)
    await page.get_by_role("tab", name=re.compile("Markus")).click()
    await write(page, "/team", MANAGER.id)
    await phone(page, MANAGER.id).get_by_role("button", name="Verkäufer einladen").click()
    invitation = phone(page, MANAGER.id).locator(".message").filter(has_text="Einladung").last
    await expect(invitation).to_contain_text("start=")
    code = re.search(r"start=([\w-]+)", await invitation.inner_text())
    assert code is not None
    async with httpx.AsyncClient(base_url=running.url) as client:
        otto = (await client.post("/api/people", json={"first_name": "Otto", "language_code": "de"})).json()["id"]
        await page.get_by_role("tab", name=re.compile("Otto")).click()
        await write(page, "Hallo?", otto)
        await expect(phone(page, otto)).to_contain_text("Dieser Bot gehört einem Vertriebsteam")
        await write(page, f"/start {code[1]}", otto)
        await expect(phone(page, otto)).to_contain_text("Hallo Otto, du gehörst")
    assert running.rows("select count(*) from person where removed_at is null") == [(3,)]
    assert SELLER.id != otto
