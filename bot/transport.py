"""HTTP to the Bot API: aiohttp behind python-telegram-bot's seam ``telegram.request.BaseRequest``.

Most of what a bot costs in CPU is its HTTP client; this one does the same work for a fraction of it. What
callers see stays python-telegram-bot's: its timeouts, its multipart, its errors. Three things are our own:

- The bot token is a part of every URL, and aiohttp's errors carry URLs. No error leaves here with one: its
  words are made of what is harmless, its cause is cut off, an error page that repeats the URL is cleaned.
- A POST is repeated only when not one byte of it was handed to the network: nothing is sent twice from here.
- Answers hold names and texts, so an unreadable one is refused without being logged.
"""

import asyncio
import json
import os
import re
import secrets
import select
import ssl
from functools import cache
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import aiohttp
import certifi
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import HttpProcessingError
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

if TYPE_CHECKING:
    from telegram._utils.types import JSONDict, ODVInput, UploadFileDict  # named in PTB's own signatures

PORTION = 64 * 1024
"""Bytes handed to the network at once; each portion has the whole write timeout, as with PTB's own client."""

KEEP_ALIVE = 50.0
"""Seconds that an idle connection is kept: less than the 60–75 s after which most servers close it."""

# Linux tells that the peer has closed before the event loop came to look; elsewhere only the loop knows.
_PEER_CLOSED: int = getattr(select, "POLLRDHUP", 0)

_TOKEN_IN_URL = re.compile(r"/bot(\d+:[^/?#]+)")

_Part = bytes | IO[bytes]


class AiohttpRequest(BaseRequest):
    """A transport for ``ApplicationBuilder.request`` and ``.get_updates_request``; one instance for each.

    Timeouts are seconds, ``None`` means no limit; a value given with a call beats the one given here.
    ``pool_timeout`` is the wait for one of ``connection_pool_size`` connections; ``connect_timeout`` covers
    name look-up, TCP and TLS; ``write_timeout`` (with files ``media_write_timeout``) and ``read_timeout``
    are the longest standstill.
    ``proxy`` is an ``http://`` or ``https://`` address; proxies named in the environment are not looked at.

    Raises ``ValueError`` for a pool without connections or another kind of proxy.
    """

    def __init__(
        self,
        connection_pool_size: int = 256,
        *,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        media_write_timeout: float | None = 20.0,
        proxy: str | None = None,
    ) -> None:
        if connection_pool_size < 1:
            raise ValueError("connection_pool_size must be at least 1")
        if proxy is not None and urlsplit(proxy).scheme not in ("http", "https"):
            raise ValueError("proxy must be an http:// or https:// address")
        self._pool_size = connection_pool_size
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._media_write_timeout = media_write_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(connection_pool_size)

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer when a call names no limit of its own."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Opens the pool in the running event loop; does nothing when it is open."""
        if self._session is not None:
            return
        self._slots = asyncio.Semaphore(self._pool_size)
        self._session = aiohttp.ClientSession(
            # The slots limit the connections: aiohttp would count the wait for one as part of connecting.
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEP_ALIVE, ssl=_trusted_authorities()),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            proxy=self._proxy,
            trust_env=False,
        )

    async def shutdown(self) -> None:
        """Closes all connections; calls under way end in ``NetworkError``. The pool can be opened again."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        write_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        connect_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        pool_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call: HTTP status and the body of the answer. Redirects are not followed.

        Raises ``TimedOut`` naming the limit that ran out, ``NetworkError`` for every other fault on the way,
        ``RuntimeError`` before ``initialize``.
        """
        session, slots = self._session, self._slots
        if session is None:
            raise RuntimeError("This AiohttpRequest is not initialized!")
        uploads = request_data is not None and request_data.contains_files
        write_limit = _limit(write_timeout, self._media_write_timeout if uploads else self._write_timeout)
        limits = aiohttp.ClientTimeout(
            total=None,
            connect=_limit(connect_timeout, self._connect_timeout),
            sock_read=_limit(read_timeout, self._read_timeout),
        )
        await _take(slots, _limit(pool_timeout, self._pool_timeout))
        try:
            return await self._exchange(session, url, method, request_data, limits, write_limit)
        finally:
            slots.release()

    async def _exchange(
        self,
        session: aiohttp.ClientSession,
        url: str,
        method: str,
        request_data: RequestData | None,
        limits: aiohttp.ClientTimeout,
        write_limit: float | None,
    ) -> tuple[int, bytes]:
        fault: Exception
        for last_attempt in (False, True):
            # A GET changes nothing; aiohttp itself repeats it once if a kept connection is gone.
            body = None if method == "GET" else _Body(request_data, write_limit)
            try:
                async with session.request(method, url, data=body, timeout=limits, allow_redirects=False) as answer:
                    payload = await answer.read()
            except (aiohttp.ClientError, HttpProcessingError, OSError) as error:
                fault = error
                if last_attempt or body is None or not body.surely_unsent_after(error):
                    break
            else:
                return answer.status, payload if answer.ok else _without_token(payload, url)
        # Raised outside of `except`: a context would carry the URL into whatever prints the error.
        raise _as_telegram_error(fault)

    @staticmethod
    def parse_json_payload(payload: bytes) -> "JSONDict":
        """The answer as a dict, ``TelegramError`` if it is no JSON; PTB's own way logs it in full."""
        try:
            parsed: dict[str, Any] = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            raise TelegramError("Invalid server response") from None
        return parsed


class _Body(aiohttp.Payload):
    """What one POST carries, form fields or multipart, written with a time limit (aiohttp knows none there).

    Files are read in a thread, from their beginning, and stay open: they are the caller's.
    """

    _autoclose = True  # nothing of its own to close

    def __init__(self, request_data: RequestData | None, write_limit: float | None) -> None:
        parts: list[_Part]
        if request_data is not None and request_data.contains_files:
            boundary = secrets.token_hex(16)
            parts = _multipart(request_data.json_parameters, request_data.multipart_data, boundary)
            content_type = f"multipart/form-data; boundary={boundary}"
        else:
            parts = [request_data.url_encoded_parameters().encode() if request_data is not None else b""]
            content_type = "application/x-www-form-urlencoded"
        super().__init__(None, content_type=content_type)
        self._sized_parts = [(part, _size_of(part)) for part in parts]
        sizes = [size for _, size in self._sized_parts]
        # Without a size (a pipe) aiohttp sends the body in chunks.
        self._size = None if None in sizes else sum(size or 0 for size in sizes)
        self._write_limit = write_limit
        self._handed_over = False

    def surely_unsent_after(self, error: Exception) -> bool:
        """Whether a kept connection turned out to be closed before any of this went out: it may go again."""
        lost = isinstance(error, aiohttp.ClientOSError | aiohttp.ServerDisconnectedError)
        return lost and not isinstance(error, aiohttp.ClientConnectorError) and not self._handed_over

    async def write_with_length(
        self,
        writer: AbstractStreamWriter,
        content_length: int | None,  # noqa: ARG002 - aiohttp hands back our own size
    ) -> None:
        """Writes the whole request: aiohttp holds its headers back until the first portion."""
        if _has_hung_up(writer.transport):
            raise aiohttp.ClientConnectionResetError("The server has closed the idle connection")
        self._handed_over = True  # no await since the check: from here on the server may have seen the request
        for part, size in self._sized_parts:
            if isinstance(part, bytes):
                for start in range(0, len(part) or 1, PORTION):
                    await self._write(writer, part[start : start + PORTION])
            else:
                await self._write_file(writer, part, size)

    async def write(self, writer: AbstractStreamWriter) -> None:
        await self.write_with_length(writer, None)

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:  # noqa: ARG002 - aiohttp's signature
        raise TypeError("a request body is written, never read back")

    async def _write_file(self, writer: AbstractStreamWriter, file: IO[bytes], size: int | None) -> None:
        left = size
        while left is None or left > 0:  # never beyond the announced size, should the file grow meanwhile
            portion = await asyncio.to_thread(file.read, PORTION if left is None else min(PORTION, left))
            if not portion:
                break
            await self._write(writer, portion)
            left = None if left is None else left - len(portion)
        if left:
            raise OSError("the file became shorter while it was sent")

    async def _write(self, writer: AbstractStreamWriter, portion: bytes) -> None:
        async with asyncio.timeout(self._write_limit):
            await writer.write(portion)
            await writer.drain()


def _multipart(fields: dict[str, str], files: "UploadFileDict", boundary: str) -> list[_Part]:
    """The parts of a ``multipart/form-data`` body, fields first, names in plain UTF-8 (RFC 7578, 5.1).

    aiohttp's own form would send a file name percent-encoded, and Telegram would show it so.
    """
    opening = f"--{boundary}\r\nContent-Disposition: form-data; name="
    texts = "".join(f'{opening}"{_quoted(name)}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    parts: list[_Part] = [texts.encode()]
    for name, (file_name, content, media_type) in files.items():
        names = f'{opening}"{_quoted(name)}"; filename="{_quoted(file_name)}"'
        parts += [f"{names}\r\nContent-Type: {media_type}\r\n\r\n".encode(), content, b"\r\n"]
    parts.append(f"--{boundary}--\r\n".encode())
    return parts


def _quoted(name: str) -> str:
    # The three characters that would end the name or its line, written as browsers write them.
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _size_of(part: _Part) -> int | None:
    """Bytes; ``None`` for a file that can't seek. Others are rewound, for a second try."""
    if isinstance(part, bytes):
        return len(part)
    try:
        size = part.seek(0, os.SEEK_END)
        part.seek(0)
    except (AttributeError, OSError):
        return None
    return size


def _has_hung_up(transport: asyncio.BaseTransport | None) -> bool:
    """Whether the peer has closed its side, as far as the event loop or (on Linux) the kernel knows."""
    if transport is None or transport.is_closing():
        return True
    connection = transport.get_extra_info("socket")
    if not _PEER_CLOSED or connection is None:
        return False
    poll = select.poll()
    poll.register(connection.fileno(), _PEER_CLOSED)
    return bool(poll.poll(0))


async def _take(slots: asyncio.Semaphore, limit: float | None) -> None:
    try:
        async with asyncio.timeout(limit):
            await slots.acquire()
    except TimeoutError:
        raise TimedOut(
            "Pool timeout: all connections of the pool are in use. The request was *not* sent to Telegram. "
            "A larger pool or a longer pool timeout helps."
        ) from None


def _limit(given: "ODVInput[float]", default: float | None) -> float | None:
    """The limit of this call: what was given, or the default for PTB's ``DEFAULT_NONE``."""
    limit = given if given is None or isinstance(given, int | float) else default
    # aiohttp reads 0 as 'no limit'; who asks for 0 wants no waiting.
    return None if limit is None else max(limit, 0.001)


def _as_telegram_error(error: Exception) -> TelegramError:
    """PTB's error for one of aiohttp's, told in words that can't hold a URL."""
    kind = f"aiohttp.{type(error).__name__}"
    match error:
        case aiohttp.ConnectionTimeoutError():
            return TimedOut("Connect timeout: no connection to the server. The request was *not* sent to Telegram.")
        case aiohttp.ServerTimeoutError():
            return TimedOut("Read timeout: the server did not answer in time.")
        case TimeoutError():
            return TimedOut("Write timeout: the server did not take the request in time.")
        case aiohttp.ClientHttpProxyError():
            return NetworkError(f"{kind}: the proxy refused with status {error.status}")
        case aiohttp.ClientConnectorError():
            reason = f"{type(error.os_error).__name__}: {error.strerror}"
            return NetworkError(f"{kind}: no connection to {error.host}:{error.port} ({reason})")
        case OSError(errno=int(code)):
            return NetworkError(f"{kind}: {os.strerror(code)}")
        case _:
            return NetworkError(kind)


def _without_token(payload: bytes, url: str) -> bytes:
    """An error page may repeat the address asked for, and PTB puts such a page into its error's text."""
    if found := _TOKEN_IN_URL.search(url):
        token = found[1]
        for spelling in (token, quote(token, safe="")):
            payload = payload.replace(spelling.encode(), b"<token>")
    return payload


@cache
def _trusted_authorities() -> ssl.SSLContext:
    # The system's authorities, a company's own among them; and httpx's, for systems that come without any.
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
