"""Running the bot until it is told to stop: by polling, by webhook, or in the playground."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from sqlalchemy import make_url

from bot.app import Bot, build
from bot.playground.demo import Demo
from bot.playground.founding import found_team
from bot.playground.serving import running_standin
from bot.serving import serve
from bot.settings import Settings, address
from bot.storage.lock import only_one

log = structlog.get_logger()

PLAYGROUND_TOKEN: Final = "1:PLAYGROUND"  # noqa: S105 (of the stand-in on loopback, it opens nothing)
PLAYGROUND_RATE: Final = 30.0


async def run(settings: Settings) -> None:
    """Runs until SIGTERM or Ctrl-C. Raises AnotherPoller, TokenRefused, WebhookRefused, AlreadyRunning, OSError."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    settings.home.mkdir(parents=True, exist_ok=True)
    with contextlib.nullcontext() if settings.shares_database else only_one(_folder(settings.database)):
        if settings.is_playground:
            await _run_playground(settings, stop)
        elif settings.webhook_url:
            await _run_webhook(settings, settings.webhook_url, stop)
        else:
            await _run_polling(_bot(settings), stop)


def _folder(sqlite_file: str) -> Path:
    return Path(make_url(sqlite_file).database or "").resolve().parent


def _bot(settings: Settings) -> Bot:
    if settings.telegram_bot_token is None:
        raise ValueError("TELEGRAM_BOT_TOKEN is not set")
    token = settings.telegram_bot_token.get_secret_value()
    return build(
        token,
        settings.telegram_api_url,
        settings.database,
        settings.messages_per_second,
        knowledge_dir=settings.knowledge_dir,
        models=settings.models,
    )


@asynccontextmanager
async def _online(bot: Bot, stop: asyncio.Event) -> AsyncIterator[bool]:
    """The bot between start and stop; False where it was told to stop before it was online."""
    starting = asyncio.create_task(bot.start())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            await starting
        yield starting.done()
    finally:
        for task in (starting, stopping):
            task.cancel()
        await asyncio.gather(starting, stopping, return_exceptions=True)
        await bot.stop()
        log.info("stopped")


async def _unless_stopped(work: Coroutine[Any, Any, None], stop: asyncio.Event) -> None:
    """Does the work until it ends or the bot is told to stop; raises what the work raised."""
    working = asyncio.create_task(work)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if working.done():
        await working
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


async def _run_polling(bot: Bot, stop: asyncio.Event) -> None:
    async with _online(bot, stop) as is_online:
        if not is_online:
            return
        log.info("polling", bot=bot.api.username)
        await _unless_stopped(bot.intake.poll(), stop)


async def _run_webhook(settings: Settings, public: str, stop: asyncio.Event) -> None:
    if settings.webhook_secret is None:
        raise ValueError("WEBHOOK_SECRET is not set")
    secret = settings.webhook_secret.get_secret_value()
    bot = _bot(settings)
    host, port = address(settings.webhook_listen)
    async with _online(bot, stop) as is_online:
        if not is_online:
            return
        async with serve(bot.intake.webhook(urlsplit(public).path, secret), host, port):
            await _unless_stopped(bot.intake.announce(public, secret), stop)
            log.info("webhook", bot=bot.api.username, listens=settings.webhook_listen)
            await stop.wait()


async def _run_playground(settings: Settings, stop: asyncio.Event) -> None:
    host, port = address(settings.playground_listen)
    demo = Demo()
    async with running_standin(
        PLAYGROUND_TOKEN, host=host, port=port, file=settings.home / "telegram.sqlite", demo=demo.fill
    ) as standin:
        bot = build(
            PLAYGROUND_TOKEN,
            standin.url,
            settings.database,
            PLAYGROUND_RATE,
            knowledge_dir=settings.knowledge_dir,
            models=settings.models,
        )
        await found_team(bot.storage, settings)
        demo.bot = bot
        log.info("playground", open=standin.url)
        await _run_polling(bot, stop)
