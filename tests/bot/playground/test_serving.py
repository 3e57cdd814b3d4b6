"""Embedding a server: on any port, without delay, and gone as soon as it is asked to go."""

from __future__ import annotations

import asyncio
import socket

import aiohttp
import pytest

from bot.playground.serving import running_standin
from bot.serving import listening_socket
from tests.bot.playground.conftest import TOKEN


def test_a_taken_port_is_an_error_that_can_be_told() -> None:
    with listening_socket("127.0.0.1", 0) as taken:
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            listening_socket("127.0.0.1", taken.getsockname()[1])


def test_the_socket_says_that_it_is_tcp_so_that_answers_are_not_held_back() -> None:
    with listening_socket("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


async def test_waiting_polls_and_streams_do_not_hold_up_the_end() -> None:
    async with aiohttp.ClientSession() as http:
        async with asyncio.timeout(4):
            async with running_standin() as standin:
                poll = asyncio.create_task(http.get(f"{standin.url}/bot{TOKEN}/getUpdates?timeout=50"))
                stream = await http.get(f"{standin.url}/api/events")
                await standin.until(lambda: standin.updates.is_polled)
        assert await (await poll).json() == {"ok": True, "result": []}
        assert b"retry" in await stream.read(), "the stream ended by itself"


async def test_a_poller_that_went_away_is_forgotten() -> None:
    async with running_standin() as standin:
        async with aiohttp.ClientSession() as http:
            poll = asyncio.create_task(http.get(f"{standin.url}/bot{TOKEN}/getUpdates?timeout=50"))
            await standin.until(lambda: standin.updates.is_polled)
            poll.cancel()
            await standin.until(lambda: not standin.updates.is_polled)
        assert len(standin.calls.of("getUpdates")) == 0, "nobody got an answer, so none is logged"
