"""The transport on real sockets: what arrives, what comes back, and what each fault on the way is called.

Where python-telegram-bot's own client promises the same, it goes through the same test.
"""

import asyncio
import contextlib
import io
import logging
import os
import socket
import ssl
import subprocess
import sys
import threading
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, InputMediaDocument
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, HTTPXRequest

from bot.transport import AiohttpRequest

TOKEN = "123456:SECRET-of-the-bot"
Transport = type[AiohttpRequest] | type[HTTPXRequest]
Session = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

both = pytest.mark.parametrize("transport", [AiohttpRequest, HTTPXRequest])


class BotApi:
    """An HTTP server that keeps what it was sent and answers what it was told."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[web.Request] = []
        self.fields: list[dict[str, Any]] = []
        self.status = 200
        self.answer: bytes | None = None
        self.headers: dict[str, str] = {}
        self.reached = asyncio.Event()
        self.open = asyncio.Event()  # answers wait for it
        self.open.set()

    async def handle(self, request: web.Request) -> web.Response:
        form = await request.post()
        fields: dict[str, Any] = {}
        for name, value in form.items():
            if isinstance(value, web.FileField):
                with value.file:
                    fields[name] = (value.filename, value.file.read(), value.content_type)
            else:
                fields[name] = value
        self.calls.append(request)
        self.fields.append(fields)
        self.reached.set()
        await self.open.wait()
        message = b'{"ok":true,"result":{"message_id":1,"date":0,"chat":{"id":7,"type":"private"}}}'
        return web.Response(status=self.status, body=self.answer or message, headers=self.headers)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    api = BotApi()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", api.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    api.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield api
    await runner.cleanup()


@contextlib.asynccontextmanager
async def raw_server(session: Session) -> AsyncIterator[str]:
    """A server that does with each connection what ``session`` says, then closes it; gives its URL."""

    async def run(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await session(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    server = await asyncio.start_server(run, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def bot_on(url: str, request: BaseRequest) -> Bot:
    return Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot", request=request)


def method_url(url: str, method: str = "sendMessage") -> str:
    return f"{url}/bot{TOKEN}/{method}"


def everything_told(error: BaseException | None) -> str:
    """Texts, reprs and tracebacks of an error and of all that led to it."""
    told: list[str] = []
    while error is not None:
        told += [str(error), repr(error), repr(error.args), *traceback.format_exception(error)]
        error = error.__cause__ or error.__context__
    return "\n".join(told)


# What arrives


@both
async def test_a_message_arrives_as_form_fields(api: BotApi, transport: Transport) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Weiter →", callback_data="next:7:3")]])
    async with transport() as request:
        await bot_on(api.url, request).send_message(7, "Größe & Preis + 3 % 🙂\nja", reply_markup=keyboard)
    assert api.calls[0].path == f"/bot{TOKEN}/sendMessage"
    assert api.calls[0].content_type == "application/x-www-form-urlencoded"
    assert api.fields[0]["chat_id"] == "7"
    assert api.fields[0]["text"] == "Größe & Preis + 3 % 🙂\nja"
    assert '"callback_data": "next:7:3"' in api.fields[0]["reply_markup"]


@both
async def test_a_call_without_parameters_is_an_empty_form(api: BotApi, transport: Transport) -> None:
    api.answer = b'{"ok":true,"result":true}'
    async with transport() as request:
        assert await bot_on(api.url, request).log_out()
    assert api.fields == [{}]
    assert api.calls[0].headers["Content-Length"] == "0"


@both
async def test_a_document_keeps_its_name_its_type_and_every_byte(api: BotApi, transport: Transport) -> None:
    content = os.urandom(300_000)
    async with transport() as request:
        await bot_on(api.url, request).send_document(7, content, filename="Angebot Müller.pdf", caption="für\r\nSie")
    assert api.fields[0]["document"] == ("Angebot Müller.pdf", content, "application/pdf")
    assert api.fields[0]["caption"] == "für\r\nSie"
    assert int(api.calls[0].headers["Content-Length"]) > len(content)


@both
async def test_several_files_go_up_with_one_call(api: BotApi, transport: Transport) -> None:
    api.answer = b'{"ok":true,"result":[]}'
    async with transport() as request:
        await bot_on(api.url, request).send_media_group(
            7, [InputMediaDocument(b"eins", filename="1.txt"), InputMediaDocument(b"", filename="leer.txt")]
        )
    files = sorted(value[:2] for value in api.fields[0].values() if isinstance(value, tuple))
    assert files == [("1.txt", b"eins"), ("leer.txt", b"")]


async def test_a_file_name_cannot_break_out_of_its_header() -> None:
    seen: list[bytes] = []

    async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        seen.append(await reader.readexactly(length))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n" + b'{"ok":true,"result":true}')
        await writer.drain()

    async with raw_server(session) as url, AiohttpRequest() as request:
        with contextlib.suppress(AttributeError):  # the answer is no message; only the request matters
            await bot_on(url, request).send_document(7, b"x", filename='a"\r\nEvil: 1\\ü.txt')
    assert 'name="document"; filename="a%22%0D%0AEvil: 1\\ü.txt"\r\n'.encode() in seen[0]


@both
async def test_an_open_file_is_sent_from_its_start_and_again_on_a_second_try(
    api: BotApi, transport: Transport, tmp_path: Path
) -> None:
    content = os.urandom(200_000)
    path = tmp_path / "sheet.xlsx"
    await asyncio.to_thread(path.write_bytes, content)
    handle = await asyncio.to_thread(path.open, "rb")
    async with transport() as request:
        bot = bot_on(api.url, request)
        for _ in range(2):
            await bot.send_document(7, InputFile(handle, read_file_handle=False))
        assert not handle.closed
    handle.close()
    assert [fields["document"][:2] for fields in api.fields] == [("sheet.xlsx", content)] * 2


async def test_a_file_that_shrinks_while_it_is_sent_ends_the_call_at_once() -> None:
    class Shrinking(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            self.truncate(70_000)
            return super().read(size)

    received = bytearray()

    async def read_all(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        while portion := await reader.read(65536):
            received.extend(portion)

    async with raw_server(read_all) as url, AiohttpRequest(read_timeout=60) as request:
        document = InputFile(Shrinking(bytes(200_000)), filename="kurz.bin", read_file_handle=False)
        with pytest.raises(NetworkError):
            await asyncio.wait_for(bot_on(url, request).send_document(7, document), 5)
    assert len(received) < 100_000


async def test_a_stream_of_unknown_size_goes_up_in_chunks(api: BotApi) -> None:
    class Pipe(io.BytesIO):
        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    async with AiohttpRequest() as request:
        stream = InputFile(Pipe(b"so viel wie kommt"), filename="pipe.bin", read_file_handle=False)
        await bot_on(api.url, request).send_document(7, stream)
    assert api.calls[0].headers["Transfer-Encoding"] == "chunked"
    assert api.fields[0]["document"][1] == b"so viel wie kommt"


@both
async def test_a_download_gives_the_bytes_of_the_file(api: BotApi, transport: Transport) -> None:
    api.answer = os.urandom(500_000)
    async with transport() as request:
        assert await request.retrieve(f"{api.url}/file/bot{TOKEN}/documents/file%201.xlsx") == api.answer
    assert api.calls[0].method == "GET"
    assert api.calls[0].raw_path.endswith("/documents/file%201.xlsx")


@both
async def test_two_hundred_calls_at_once_all_arrive_once(api: BotApi, transport: Transport) -> None:
    async with transport(connection_pool_size=20, pool_timeout=30, read_timeout=30) as request:
        bot = bot_on(api.url, request)
        await asyncio.gather(*(bot.send_message(7, str(number)) for number in range(200)))
    assert sorted(int(fields["text"]) for fields in api.fields) == list(range(200))


# What the answer means


@both
@pytest.mark.parametrize(
    ("status", "answer", "error", "told"),
    [
        (400, b'{"ok":false,"description":"message is not modified"}', BadRequest, "not modified"),
        (401, b'{"ok":false,"description":"Unauthorized"}', InvalidToken, "Unauthorized"),
        (403, b'{"ok":false,"description":"bot was blocked by the user"}', Forbidden, "blocked"),
        (404, b'{"ok":false,"description":"Not Found"}', InvalidToken, "Not Found"),
        (409, b'{"ok":false,"description":"other getUpdates request"}', Conflict, "getUpdates"),
        (413, b"<html>too large</html>", NetworkError, "413"),
        (429, b'{"ok":false,"description":"x","parameters":{"retry_after":3}}', RetryAfter, "Retry in"),
        (500, b'{"ok":false,"description":"Internal"}', NetworkError, "Internal"),
        (502, b"<html>Bad Gateway</html>", NetworkError, "Bad Gateway"),
    ],
)
async def test_each_refusal_becomes_its_error(
    api: BotApi,
    transport: Transport,
    status: int,
    answer: bytes,
    error: type[TelegramError],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else PTB warns about the type of retry_after
    api.status, api.answer = status, answer
    async with transport() as request:
        with pytest.raises(TelegramError, match=told) as caught:
            await bot_on(api.url, request).send_message(7, "Hallo")
    assert type(caught.value) is error


@both
async def test_a_redirect_is_not_followed_for_the_token_stands_in_the_url(api: BotApi, transport: Transport) -> None:
    api.status, api.headers = 302, {"Location": f"{api.url}/elsewhere"}
    async with transport() as request:
        with pytest.raises(NetworkError):
            await bot_on(api.url, request).send_message(7, "Hallo")
    assert len(api.calls) == 1


async def test_an_unreadable_answer_is_refused_and_not_logged(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "telegram.request")
    api.answer = b'{"ok":true,"result":{"text":"Frau Muster will den Preis'
    async with AiohttpRequest() as request:
        with pytest.raises(TelegramError, match="Invalid server response"):
            await request.post(method_url(api.url))
    assert "Muster" not in caplog.text


# Limits of time


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


# Faults on the way


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


# Opening, closing, going through a proxy


@both
async def test_it_can_be_shut_down_and_opened_again_any_number_of_times(api: BotApi, transport: Transport) -> None:
    request = transport()
    await request.initialize()
    await request.initialize()
    await bot_on(api.url, request).send_message(7, "eins")
    await request.shutdown()
    await request.shutdown()
    with pytest.raises(NetworkError, match="not initialized"):
        await request.post(method_url(api.url))
    await request.initialize()
    await bot_on(api.url, request).send_message(7, "zwei")
    await request.shutdown()
    assert [fields["text"] for fields in api.fields] == ["eins", "zwei"]


def test_it_can_be_opened_in_one_event_loop_after_another() -> None:
    async def refused() -> bool:
        async with request:
            with pytest.raises(NetworkError):
                await request.post(method_url("http://127.0.0.1:1"))
        return True

    request = AiohttpRequest()
    assert [asyncio.run(refused()), asyncio.run(refused())] == [True, True]


async def test_calls_under_way_end_with_an_error_when_it_is_shut_down(api: BotApi) -> None:
    api.open.clear()
    request = AiohttpRequest()
    await request.initialize()
    call = asyncio.create_task(request.post(method_url(api.url)))
    await api.reached.wait()
    await request.shutdown()
    with pytest.raises(NetworkError) as caught:
        await call
    assert "SECRET" not in everything_told(caught.value)


async def test_a_proxy_given_by_name_is_asked(api: BotApi) -> None:
    async with AiohttpRequest(proxy=api.url) as request:
        await bot_on("http://api.telegram.invalid", request).send_message(7, "über den Proxy")
    assert api.calls[0].raw_path == f"http://api.telegram.invalid/bot{TOKEN}/sendMessage"


async def test_a_refusing_proxy_is_a_network_error_without_the_token(api: BotApi) -> None:
    # The server knows no CONNECT, as a proxy with a ban on the address would not.
    async with AiohttpRequest(proxy=api.url) as request:
        with pytest.raises(NetworkError, match="the proxy refused with status 404") as caught:
            await bot_on("https://api.telegram.invalid", request).send_message(7, "Hallo")
    assert "SECRET" not in everything_told(caught.value)


async def test_a_proxy_of_the_environment_is_not_asked(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with AiohttpRequest() as request:
        await bot_on(api.url, request).send_message(7, "geradewegs")
    assert api.fields[0]["text"] == "geradewegs"


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1080", "127.0.0.1:3128", "user:pass@proxy"])
def test_another_kind_of_proxy_is_refused_at_the_start(proxy: str) -> None:
    with pytest.raises(ValueError, match="http:// or https://") as caught:
        AiohttpRequest(proxy=proxy)
    assert proxy not in str(caught.value)


def test_a_pool_without_connections_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        AiohttpRequest(connection_pool_size=0)


def test_a_certificate_of_nobody_known_is_a_network_error_that_says_so(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
            ),
            *("-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=localhost"),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    async def call() -> NetworkError:
        async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.close()

        server = await asyncio.start_server(hold, "127.0.0.1", 0, ssl=context)
        async with server, AiohttpRequest() as request:
            with pytest.raises(NetworkError) as caught:
                await request.post(method_url(f"https://localhost:{server.sockets[0].getsockname()[1]}"))
        return caught.value

    error = asyncio.run(call())
    assert "CERTIFICATE_VERIFY_FAILED" in str(error)
    assert "SECRET" not in everything_told(error)
