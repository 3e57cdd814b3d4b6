"""What the chat page talks to: people, chats, presses, files, the event stream, refusals, demo data."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any, Final
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.playground.chats import UnknownPerson, shown_to
from bot.playground.files import KINDS, UPLOAD_LIMIT
from bot.playground.profile import LANGUAGE
from bot.playground.standin import Impossible, Standin

SHOWN: Final = 200
"""Messages of a chat that the page gets at first."""
NAME_LIMIT: Final = 64
SAFE_INLINE: Final = {"image/png", "image/jpeg", "image/gif", "audio/ogg", "audio/mpeg"}
"""Types the browser may show in place; all others are downloads, so that no uploaded page runs as ours."""

Demo = Callable[[], Awaitable[str]]
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


class PageApi:
    """The page's endpoints over one stand-in. `demo` fills the bot with demo data and says what it did."""

    def __init__(self, standin: Standin, demo: Demo | None = None) -> None:
        self._standin = standin
        self._demo = demo

    def routes(self) -> list[Route]:
        table: tuple[tuple[str, str, Endpoint], ...] = (
            ("GET", "/api/people", self.people),
            ("POST", "/api/people", self.add_person),
            ("PATCH", "/api/people/{user:int}", self.change_person),
            ("GET", "/api/chats/{user:int}", self.chat),
            ("POST", "/api/chats/{user:int}/text", self.text),
            ("POST", "/api/chats/{user:int}/press", self.press),
            ("POST", "/api/chats/{user:int}/inline", self.inline),
            ("POST", "/api/chats/{user:int}/inline/post", self.post_inline),
            ("POST", "/api/chats/{user:int}/file", self.file),
            ("GET", "/file/{file_id}", self.download),
            ("GET", "/api/events", self.events),
            ("GET", "/api/refusals", self.refusals),
            ("POST", "/api/demo", self.demo),
            ("GET", "/api/calls", self.calls),
            ("POST", "/faults", self.order_fault),
            ("DELETE", "/faults", self.clear_faults),
        )
        return [Route(path, answering(endpoint), methods=[verb]) for verb, path, endpoint in table]

    # people

    async def people(self, request: Request) -> Response:  # noqa: ARG002 - an endpoint's form
        bot = {name: self._standin.user[name] for name in ("id", "username", "first_name")}
        people = self._standin.chats.people_shown()
        return JSONResponse({"bot": bot, "people": people, "demo": self._demo is not None})

    async def add_person(self, request: Request) -> Response:
        wish = await wish_of(request)
        name = text_in(wish, "first_name").strip()
        if not 1 <= len(name) <= NAME_LIMIT:
            raise Impossible("a name has 1 to 64 characters")
        language = checked_language(wish.get("language_code", "de"))
        person = self._standin.chats.add_person(name, language)
        return self._saved(person.as_shown())

    async def change_person(self, request: Request) -> Response:
        standin = self._standin
        wish = await wish_of(request)
        person = standin.chats.person(request.path_params["user"])
        if "first_name" in wish:
            person.first_name = text_in(wish, "first_name").strip()[:NAME_LIMIT] or person.first_name
        if "language_code" in wish:
            person.language_code = checked_language(wish["language_code"])
        standin.chats.keep_person(person)
        if "language_code" in wish:
            standin.feed.emit(type="commands", user=person.id, commands=standin.commands(person.id))
        if isinstance(wish.get("blocked"), bool):
            standin.set_blocked(person.id, wish["blocked"])
        return self._saved(person.as_shown())

    # one chat

    async def chat(self, request: Request) -> Response:
        standin, user = self._standin, request.path_params["user"]
        commands = standin.commands(user)
        messages = standin.messages(user)[-SHOWN:]
        return JSONResponse(
            {
                "messages": [shown_to(user, message) for message in messages],
                "commands": commands,
                "cursor": standin.feed.cursor,
            }
        )

    async def text(self, request: Request) -> Response:
        user, wish = request.path_params["user"], await wish_of(request)
        message = self._standin.say(user, text_in(wish, "text"))
        return self._saved(shown_to(user, message))

    async def press(self, request: Request) -> Response:
        user, wish = request.path_params["user"], await wish_of(request)
        message_id = wish.get("message_id")
        if not isinstance(message_id, int):
            raise Impossible("message_id is a number")
        return self._saved({"callback_id": self._standin.press(user, message_id, text_in(wish, "data"))})

    async def inline(self, request: Request) -> Response:
        """What stands behind the bot's name in the line; the answer comes as an event."""
        user, wish = request.path_params["user"], await wish_of(request)
        return self._saved({"query_id": self._standin.ask_inline(user, text_in(wish, "text"))})

    async def post_inline(self, request: Request) -> Response:
        user, wish = request.path_params["user"], await wish_of(request)
        message = self._standin.post_result(user, text_in(wish, "query_id"), text_in(wish, "result_id"))
        return self._saved(shown_to(user, message))

    async def file(self, request: Request) -> Response:
        user = request.path_params["user"]
        async with request.form(max_files=1, max_part_size=UPLOAD_LIMIT) as form:
            upload, kind = form.get("file"), str(form.get("kind") or "document")
            if not isinstance(upload, UploadFile) or kind not in KINDS:
                raise Impossible("file is a file, kind one of document, photo, voice")
            message = self._standin.send_file(
                user,
                await upload.read(),
                upload.filename or "file",
                kind=kind,
                mime_type=upload.content_type or "",
                caption=str(form.get("caption") or ""),
            )
        return self._saved(shown_to(user, message))

    async def download(self, request: Request) -> Response:
        stored = self._standin.files.by_id(request.path_params["file_id"])
        if stored is None:
            return JSONResponse({"error": "no such file"}, 404)
        place = "inline" if stored.mime_type in SAFE_INLINE else "attachment"
        headers = {
            "Content-Disposition": f"{place}; filename*=UTF-8''{quote(stored.name)}",
            "Cache-Control": "private, max-age=31536000, immutable",
        }
        return Response(stored.data, media_type=stored.mime_type, headers=headers)

    # what happens

    async def events(self, request: Request) -> Response:
        asked = request.headers.get("last-event-id") or request.query_params.get("cursor") or ""
        cursor = int(asked) if asked.isdecimal() else self._standin.feed.cursor
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(cursor), media_type="text/event-stream", headers=headers)

    async def _stream(self, cursor: int) -> AsyncIterator[str]:
        feed = self._standin.feed
        yield "retry: 1000\n\n"
        if not feed.covers(cursor):  # another file, or too long ago: the page has to read its chats again
            cursor = feed.cursor
            yield server_sent(cursor, {"type": "reset"})
        async for lot in feed.follow(cursor):
            yield "".join(server_sent(number, event) for number, event in lot) or ": still here\n\n"

    async def refusals(self, request: Request) -> Response:  # noqa: ARG002 - an endpoint's form
        feed, presses = self._standin.feed, self._standin.presses
        unanswered = [
            event
            for event in feed.kept("unanswered")
            if (press := presses.get(event["callback_id"])) is None or press.answer is None
        ]
        return JSONResponse({"refusals": feed.kept("refusal"), "unanswered": unanswered})

    async def demo(self, request: Request) -> Response:  # noqa: ARG002 - an endpoint's form
        if self._demo is None:
            return JSONResponse({"error": "there is no demo data here"}, 404)
        return JSONResponse({"ok": True, "text": await self._demo()})

    # for tests from another process

    async def calls(self, request: Request) -> Response:
        """The newest calls; `?method=` picks one method, `?limit=` how many (100)."""
        method, limit = request.query_params.get("method"), request.query_params.get("limit", "100")
        calls = self._standin.calls.of(*([method] if method else []))
        newest = calls[-int(limit) :] if limit.isdecimal() and int(limit) else []
        return JSONResponse({"calls": [call.as_json() for call in newest]})

    async def order_fault(self, request: Request) -> Response:
        check_on_this_machine(request)
        try:
            self._standin.faults.order(await wish_of(request))
        except ValueError as error:
            raise Impossible(str(error)) from None
        return JSONResponse({"ok": True})

    async def clear_faults(self, request: Request) -> Response:
        check_on_this_machine(request)
        self._standin.faults.clear()
        return JSONResponse({"ok": True})

    def _saved(self, answer: Any) -> Response:
        """What a person did is in the file before they are told so."""
        self._standin.journal.flush()
        return JSONResponse(answer)


def answering(endpoint: Endpoint) -> Endpoint:
    """Turns what cannot be done into an answer: 404 for unknown people, 400 with the reason for the rest."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except UnknownPerson as error:
            return JSONResponse({"error": str(error)}, 404)
        except Impossible as error:
            return JSONResponse({"error": str(error)}, 400)

    return answer


async def wish_of(request: Request) -> dict[str, Any]:
    """The JSON object of the body."""
    try:
        wish = json.loads(await request.body())
    except ValueError:
        raise Impossible("the body is no JSON") from None
    if not isinstance(wish, dict):
        raise Impossible("the body is no JSON object")
    return wish


def text_in(wish: dict[str, Any], name: str) -> str:
    value = wish.get(name)
    if not isinstance(value, str):
        raise Impossible(f"{name} is a string")
    return value


def checked_language(code: Any) -> str:
    if not isinstance(code, str) or not LANGUAGE.fullmatch(code):
        raise Impossible("a language is two letters, such as de")
    return code


def check_on_this_machine(request: Request) -> None:
    """Faults are for tests on this machine, even where the page is served to others."""
    if request.client is None or request.client.host not in {"127.0.0.1", "::1"}:
        raise Impossible("only from this machine")


def server_sent(number: int, event: Any) -> str:
    return f"id: {number}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
