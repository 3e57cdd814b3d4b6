"""Faults on the way: each is called by its name, sends nothing twice, and never tells the token."""

import asyncio
import logging
import socket
import sys
import threading

import pytest
from telegram.error import NetworkError, TimedOut

from bot.transport import AiohttpRequest
from tests.bot.transport.servers import TOKEN, Session, Transport, bot_on, both, everything_told, method_url, raw_server


async def hang_up_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


async def hang_up_within_the_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok":true,')
    await writer.drain()


async def answer_nonsense(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    request = await reader.readuntil(b"\r\n\r\n")
    writer.write(b"SMTP " + request)
    await writer.drain()


async def answer_broken_chunks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    request = await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + request)
    await writer.drain()


async def repeat_the_address(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    path = (await reader.readuntil(b"\r\n\r\n")).split()[1]
    page = b"<pre>Cannot POST " + path + b" or " + path.replace(b":", b"%3A") + b"</pre>"
    writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: %d\r\n\r\n%b" % (len(page), page))
    await writer.drain()


FAULTS = [
    hang_up_at_once,
    hang_up_within_the_answer,
    answer_nonsense,
    answer_broken_chunks,
    repeat_the_address,
]


@both
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_on_the_way_is_a_network_error_and_nothing_is_sent_twice(
    transport: Transport, fault: Session
) -> None:
    connections = 0

    async def counted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await fault(reader, writer)

    async with raw_server(counted) as url, transport() as request:
        with pytest.raises(NetworkError) as caught:
            await bot_on(url, request).send_message(7, "einmal")
    assert not isinstance(caught.value, TimedOut)
    assert connections == 1


@pytest.mark.parametrize("fault", FAULTS)
async def test_the_token_stands_in_no_error_and_no_log(fault: Session, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with raw_server(fault) as url, AiohttpRequest() as request:
        with pytest.raises(NetworkError) as of_a_post:
            await request.post(method_url(url))
        with pytest.raises(NetworkError) as of_a_download:
            await request.retrieve(f"{url}/file/bot{TOKEN}/documents/1.xlsx")
    told = everything_told(of_a_post.value) + everything_told(of_a_download.value) + caplog.text
    assert "SECRET" not in told


@pytest.mark.parametrize("url", ["http://", "ftp://127.0.0.1", "http://127.0.0.1:99999", "http://[::1"])
async def test_the_token_stands_in_no_error_about_a_wrong_address(url: str) -> None:
    async with AiohttpRequest() as request:
        with pytest.raises(NetworkError) as caught:
            await request.post(method_url(url))
    assert "SECRET" not in everything_told(caught.value)


@both
async def test_a_refused_connection_is_a_network_error(transport: Transport) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    async with transport() as request:
        with pytest.raises(NetworkError) as caught:
            await bot_on(f"http://127.0.0.1:{port}", request).send_message(7, "Hallo")
    assert not isinstance(caught.value, TimedOut)
    if transport is AiohttpRequest:
        assert f"127.0.0.1:{port}" in str(caught.value)
        assert "ConnectionRefusedError" in str(caught.value)
        assert "SECRET" not in everything_told(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of a closed peer before the event loop does")
@both
async def test_a_kept_connection_closed_while_the_loop_was_busy_is_replaced_unseen(
    transport: Transport,
) -> None:
    answer = b'HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{"ok":true,"result":true}'
    requests: list[bytes] = []
    answered, closed = threading.Event(), threading.Event()

    def serve(listening: socket.socket) -> None:
        for _ in range(2):
            connection, _ = listening.accept()
            with connection:
                requests.append(connection.recv(65536))
                connection.sendall(answer)
                answered.wait(5)
            closed.set()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=serve, args=(listening,), daemon=True)
        server.start()
        async with transport() as request:
            url = method_url(f"http://127.0.0.1:{listening.getsockname()[1]}", "deleteWebhook")
            assert await request.post(url)
            answered.set()
            closed.wait(5)  # holds the event loop up on purpose: the end waits in the kernel
            assert await request.post(url)
        server.join(5)
    assert len(requests) == 2
