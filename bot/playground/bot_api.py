"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`.

Plain ASGI without a router, since this is also the server that the bot's throughput is measured against.
"""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from http import HTTPStatus
from typing import Any, Final

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.types import Receive, Scope, Send

from bot.playground.answer_methods import ANSWER_METHODS
from bot.playground.calls import Call
from bot.playground.files import UPLOAD_LIMIT
from bot.playground.form_body import form_fields
from bot.playground.methods import CHAT_METHODS, Method
from bot.playground.parameters import Parameters, Upload
from bot.playground.refusals import Refused, bad_request, not_found, unauthorized
from bot.playground.settings_methods import SETTINGS_METHODS, Described, Encoded
from bot.playground.standin import Standin

HANG_UP: Final = "standin.hang_up"
"""The ASGI extension of our server that drops the connection; see `serving`."""

METHODS: Final[dict[str, tuple[str, Method]]] = {
    name.lower(): (name, method) for name, method in (CHAT_METHODS | ANSWER_METHODS | SETTINGS_METHODS).items()
}
"""By lower-case name, since Telegram does not mind the case, with the name as it is written."""

BODY_LIMIT: Final = UPLOAD_LIMIT + 1024 * 1024


class Disconnected(Exception):
    """The client went away while it was served."""


class BotApi:
    """The bot's side of the stand-in as an ASGI application."""

    def __init__(self, standin: Standin) -> None:
        self._standin = standin
        self._calls_prefix = f"/bot{standin.token}/"
        self._files_prefix = f"/file/bot{standin.token}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        try:
            if path.startswith(self._calls_prefix):
                await self._call(path.removeprefix(self._calls_prefix), scope, receive, send)
            elif path.startswith(self._files_prefix):
                await self._file(path.removeprefix(self._files_prefix), send)
            else:
                raise unauthorized()
        except Refused as refusal:
            await answer_json(send, refusal.error_code, refusal.as_answer())
        except Disconnected:
            return

    async def _call(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        standin = self._standin
        began = standin.clock()
        if name.lower() not in METHODS:
            raise not_found()
        name, method = METHODS[name.lower()]
        call = Call(name, await parameters_of(scope, receive), began)
        try:
            answer = await self._carry_out(call, method, receive)
        except Refused as refusal:
            call.error_code, call.description = refusal.error_code, refusal.description
            call.took = standin.clock() - began
            standin.finished(call)
            if not call.reply_lost:
                raise
        else:
            standin.journal.flush()  # what a bot was told to be done is there after a kill, as with Telegram
            call.took = standin.clock() - began
            standin.finished(call)
            if not call.reply_lost:
                await answer_bytes(send, 200, answer)
        if call.reply_lost:
            await hang_up(scope, receive)

    async def _carry_out(self, call: Call, method: Method, receive: Receive) -> bytes:
        faults = self._standin.faults.meet(call.method, call.chat_id)
        call.reply_lost = any(fault.reply_lost for fault in faults)
        delay = sum(fault.delay for fault in faults)
        if delay:
            await asyncio.sleep(delay)
        for fault in faults:
            if fault.refusal is not None:
                raise fault.refusal.with_traceback(None)  # the same one is raised again and again
        result = method(self._standin, Parameters(call.parameters))
        if inspect.isawaitable(result):
            result = await unless_disconnected(result, receive)
        if isinstance(result, Encoded):
            return b'{"ok":true,"result":' + result + b"}"
        described = {}
        if isinstance(result, Described):
            result, described = result.result, {"description": result.description}
        call.result = result
        return encoded({"ok": True, "result": result, **described})

    async def _file(self, path: str, send: Send) -> None:
        stored = self._standin.files.by_path(path)
        if stored is None:
            raise not_found()
        await answer_bytes(send, 200, stored.data, b"application/octet-stream")


async def parameters_of(scope: Scope, receive: Receive) -> dict[str, Any]:
    """All parameters of a call: of the query string, and over them those of the body."""
    raw: dict[str, Any] = dict(form_fields(scope["query_string"]))
    headers = Headers(scope=scope)
    kind = headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        raw |= await multipart_of(headers, receive)
        return raw
    body = b"".join([chunk async for chunk in chunks_of(receive)])
    if not body:
        return raw
    if kind.startswith("application/json"):
        try:
            given = json.loads(body)
        except ValueError:
            raise bad_request("can't parse request body as JSON object") from None
        if not isinstance(given, dict):
            raise bad_request("can't parse request body as JSON object")
        raw |= given
    else:
        raw |= form_fields(body)
    return raw


async def multipart_of(headers: Headers, receive: Receive) -> dict[str, Any]:
    parser = MultiPartParser(headers, chunks_of(receive), max_fields=1000, max_part_size=BODY_LIMIT)
    try:
        form = await parser.parse()
    except MultiPartException:
        raise bad_request("can't parse multipart/form-data request body") from None
    fields: dict[str, Any] = {}
    for name, value in form.items():
        if isinstance(value, UploadFile):
            fields[name] = Upload(value.filename or name, value.content_type or "", await value.read())
        else:
            fields[name] = value
    await form.close()
    return fields


async def chunks_of(receive: Receive) -> AsyncGenerator[bytes, None]:
    """The body, piece by piece; refuses one that is too large."""
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > BODY_LIMIT:
            raise Refused(413, "Request Entity Too Large")
        yield chunk
        if not message.get("more_body", False):
            return


async def unless_disconnected(work: Awaitable[Any], receive: Receive) -> Any:
    """Awaits the work, but gives it up when the client goes away: nobody would get the answer."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(receive())
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Disconnected
        return working.result()
    finally:
        working.cancel()
        leaving.cancel()


async def hang_up(scope: Scope, receive: Receive) -> None:
    """Drops the connection without an answer and waits until the server has noticed."""
    drop: Callable[[], None] = scope["extensions"][HANG_UP]["drop"]
    drop()
    while (await receive())["type"] != "http.disconnect":
        pass


def encoded(answer: Any) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


async def answer_json(send: Send, status: int, answer: Any) -> None:
    await answer_bytes(send, status if status in set(HTTPStatus) else 500, encoded(answer))


async def answer_bytes(send: Send, status: int, body: bytes, kind: bytes = b"application/json") -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
