"""The whole stand-in as one ASGI application: the Bot API, the page and what the page talks to.

Requests that a foreign web page could have caused are refused: another `Origin`, or a `Host` that is a name of
somebody else's (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.playground.bot_api import BotApi
from bot.playground.page_api import Demo, PageApi
from bot.playground.standin import Standin

PAGE: Final = Path(__file__).parent / "page"

CONTENT_POLICY: Final = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class PageFiles(StaticFiles):
    """The page's files; a browser asks again each time, so that no old module stands beside a new one."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


def application(standin: Standin, *, listen: str = "127.0.0.1", demo: Demo | None = None) -> ASGIApp:
    """The application for a server that listens at the address `listen`."""
    bot_api = BotApi(standin)
    page = Starlette(
        routes=[
            Route("/", index),
            Mount("/page", PageFiles(directory=PAGE, check_dir=False)),
            *PageApi(standin, demo).routes(),
        ]
    )
    is_ours = host_check(listen)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        headers = Headers(scope=scope)
        is_call = path.startswith(("/bot", "/file/bot"))
        origin = headers.get("origin")
        if origin is not None and not is_ours(urlsplit(origin).netloc):
            await JSONResponse({"error": "foreign origin"}, 403)(scope, receive, send)
        elif is_call:
            await bot_api(scope, receive, send)
        elif not is_ours(headers.get("host", "")):
            await JSONResponse({"error": "foreign host"}, 403)(scope, receive, send)
        else:
            await page(scope, receive, send)

    return app


async def index(request: Request) -> Response:  # noqa: ARG001 - an endpoint's form
    if not (PAGE / "index.html").is_file():
        return JSONResponse({"error": "the page is not installed"}, 404)
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": CONTENT_POLICY,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return FileResponse(PAGE / "index.html", headers=headers)


def host_check(listen: str) -> Callable[[str], bool]:
    """Tells whether a `Host` names this server: a loopback name, the address it listens at, or, where it listens
    everywhere, any plain address. A rebound name is a name, never an address.
    """
    everywhere = listen in {"", "0.0.0.0", "::"}  # noqa: S104 - compared, not bound

    def is_ours(netloc: str) -> bool:
        try:
            host = urlsplit(f"//{netloc}").hostname or ""
        except ValueError:
            return False
        if host in {"localhost", listen}:
            return True
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        return address.is_loopback or everywhere

    return is_ours
