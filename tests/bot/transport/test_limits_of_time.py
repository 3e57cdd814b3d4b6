"""Limits of time: each that runs out says which one it was, and whether anything was sent."""

import asyncio
import contextlib
import socket
import sys

import pytest
from telegram.error import TimedOut

from bot.transport import AiohttpRequest
from tests.bot.transport.servers import BotApi, Transport, bot_on, both, method_url, raw_server


@both
async def test_a_late_answer_is_a_time_out(api: BotApi, transport: Transport) -> None:
    api.open.clear()
    async with transport(read_timeout=0.05) as request:
        with pytest.raises(TimedOut):
            await bot_on(api.url, request).send_message(7, "Hallo")
        api.open.set()
        await bot_on(api.url, request).send_message(7, "und weiter")


@both
async def test_the_limit_of_a_call_beats_the_default(api: BotApi, transport: Transport) -> None:
    api.open.clear()
    async with transport(read_timeout=60) as request:
        assert request.read_timeout == 60
        with pytest.raises(TimedOut):
            await request.post(method_url(api.url), read_timeout=0.05)
    async with transport(read_timeout=0.05) as request:
        asyncio.get_running_loop().call_later(0.2, api.open.set)
        await request.post(method_url(api.url), read_timeout=None)
    assert len(api.calls) == 2


@both
async def test_a_server_that_takes_no_bytes_is_a_time_out(transport: Transport) -> None:
    done = asyncio.Event()

    async def never_read(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await done.wait()

    async with raw_server(never_read) as url, transport(media_write_timeout=0.2, read_timeout=30) as request:
        with pytest.raises(TimedOut):
            await bot_on(url, request).send_document(7, bytes(40_000_000), filename="gross.bin")
        done.set()


@both
async def test_a_full_pool_says_that_nothing_was_sent(api: BotApi, transport: Transport) -> None:
    api.open.clear()
    async with transport(connection_pool_size=1, pool_timeout=0.05, read_timeout=30) as request:
        bot = bot_on(api.url, request)
        first = asyncio.create_task(bot.send_message(7, "hält die Verbindung"))
        await api.reached.wait()
        with pytest.raises(TimedOut, match=r"Pool timeout.*\*not\* sent"):
            await bot.send_message(7, "findet keine")
        api.open.set()
        await first
        await bot.send_message(7, "findet sie wieder")
    assert [fields["text"] for fields in api.fields] == ["hält die Verbindung", "findet sie wieder"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux drops the handshake of a full backlog")
@both
async def test_no_connection_in_time_is_a_time_out(transport: Transport) -> None:
    with contextlib.ExitStack() as sockets:
        full = sockets.enter_context(socket.socket())
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(4):
            waiting = sockets.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        async with transport(connect_timeout=0.1) as request:
            with pytest.raises(TimedOut):
                await bot_on(f"http://127.0.0.1:{full.getsockname()[1]}", request).send_message(7, "Hallo")


async def test_zero_means_no_waiting_not_waiting_forever(api: BotApi) -> None:
    api.open.clear()
    async with AiohttpRequest() as request:
        with pytest.raises(TimedOut, match="Read timeout"):
            await request.post(method_url(api.url), read_timeout=0)


async def test_a_cancelled_call_gives_its_place_in_the_pool_back(api: BotApi) -> None:
    api.open.clear()
    async with AiohttpRequest(connection_pool_size=1, pool_timeout=0.5) as request:
        bot = bot_on(api.url, request)
        call = asyncio.create_task(bot.send_message(7, "abgebrochen"))
        await api.reached.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        api.open.set()
        await bot.send_message(7, "der nächste")
    assert api.fields[-1]["text"] == "der nächste"
