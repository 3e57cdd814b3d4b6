"""What a call looks like at the server: fields, files and names, from python-telegram-bot's client and from ours."""

import asyncio
import contextlib
import io
import os
from pathlib import Path

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, InputMediaDocument
from telegram.error import NetworkError

from bot.transport import AiohttpRequest
from tests.bot.transport.servers import TOKEN, BotApi, Transport, bot_on, both, raw_server


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
