"""CPU of one ``sendMessage`` through python-telegram-bot's own HTTP client and through ours.

    python -m tests.bench.transport [CALLS]

A text of 300 characters with a keyboard goes to a minimal server in another process, one call after the
other and in bursts of fifty. The measure is the CPU time of this process alone, the best of several
alternating rounds, for the whole call (``Bot.send_message``, the parsing of its answer included) and for the
transport alone (``post``).
"""

import asyncio
import json
import multiprocessing
import sys
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from time import process_time

from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.request import BaseRequest, HTTPXRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.transport import AiohttpRequest

ROUNDS = 5
BURST = 50
TEXT = ("Was ist Ihnen bei der Lieferzeit am wichtigsten? " * 7)[:300]
KEYBOARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton(f"Schritt {row}.{column}", callback_data=f"move:{row}:{column}:17") for column in (1, 2)]
        for row in range(4)
    ]
)
MESSAGE = {
    "message_id": 1,
    "date": 1767225600,
    "chat": {"id": 7, "type": "private", "first_name": "Ada"},
    "from": {"id": 1, "is_bot": True, "first_name": "Faden", "username": "faden_bot"},
    "text": TEXT,
    "reply_markup": KEYBOARD.to_dict(),
}
ANSWER = json.dumps({"ok": True, "result": MESSAGE}).encode()

Call = Callable[[], Awaitable[object]]


def serve(port: "Connection[int, None]") -> None:
    """Answers every request with the same message; says on which port."""

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(body=ANSWER, content_type="application/json")

    async def run() -> None:
        app = web.Application()
        app.router.add_post("/{path:.*}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(run())


async def cpu_one_by_one(call: Call, calls: int) -> float:
    """CPU seconds a call."""
    started = process_time()
    for _ in range(calls):
        await call()
    return (process_time() - started) / calls


async def cpu_in_bursts(call: Call, calls: int) -> float:
    """CPU seconds a call, :data:`BURST` of them on their way at a time."""
    started = process_time()
    for _ in range(calls // BURST):
        await asyncio.gather(*(call() for _ in range(BURST)))
    return (process_time() - started) / (calls // BURST * BURST)


async def measure(url: str, calls: int) -> dict[tuple[str, str], float]:
    """(what was measured, transport) → the least CPU seconds a call over all rounds."""
    requests: dict[str, BaseRequest] = {"httpx": HTTPXRequest(), "aiohttp": AiohttpRequest()}
    best: dict[tuple[str, str], float] = {}
    for request in requests.values():
        await request.initialize()
    for _ in range(ROUNDS):
        for name, request in requests.items():
            bot = Bot("1:BENCH", base_url=f"{url}/bot", request=request)
            post = _post(request, f"{url}/bot1:BENCH/sendMessage")
            send = _send(bot)
            for what, cost in (
                ("post, one by one", await cpu_one_by_one(post, calls)),
                ("sendMessage, one by one", await cpu_one_by_one(send, calls)),
                (f"sendMessage, {BURST} at once", await cpu_in_bursts(send, calls)),
            ):
                best[what, name] = min(cost, best.get((what, name), cost))
    for request in requests.values():
        await request.shutdown()
    return best


def _post(request: BaseRequest, url: str) -> Call:
    parameters = {"chat_id": 7, "text": TEXT, "reply_markup": KEYBOARD}

    def call() -> Awaitable[object]:
        data = RequestData([RequestParameter.from_input(name, value) for name, value in parameters.items()])
        return request.post(url, data)

    return call


def _send(bot: Bot) -> Call:
    return lambda: bot.send_message(7, TEXT, reply_markup=KEYBOARD)


def main(calls: int) -> None:
    """Prints a table: CPU in milliseconds a call, and how many times the one costs the other."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    try:
        best = asyncio.run(measure(f"http://127.0.0.1:{ours.recv()}", calls))
    finally:
        server.terminate()
        server.join()
    lines = [f"{'CPU ms a call':28}{'httpx':>9}{'aiohttp':>9}{'ratio':>8}"]
    for what in dict.fromkeys(what for what, _ in best):
        httpx, aiohttp = best[what, "httpx"] * 1000, best[what, "aiohttp"] * 1000
        lines.append(f"{what:28}{httpx:9.3f}{aiohttp:9.3f}{httpx / aiohttp:7.1f}×")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
