"""The page's button 'Demo-Daten': fills the bot with six weeks of history, once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

import structlog

from bot.clock import now
from bot.playground.demo_history import History, Told
from bot.playground.demo_plan import WEEKS
from bot.playground.founding import TEAM_NAME
from bot.playground.standin import Impossible
from bot.storage import facts
from bot.storage.people import team_by_name
from dialogs.ports.people import Team

if TYPE_CHECKING:
    from bot.app import Bot

log = structlog.get_logger()

MADE: Final = "demo_made"
"""The fact that says that the history is there, and since when."""


class Demo:
    """The hook behind the button; `bot` is set as soon as there is one."""

    def __init__(self, clock: Callable[[], datetime] = now) -> None:
        self.bot: Bot | None = None
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()

    async def fill(self) -> str:
        """Makes the history where there is none yet, and says in the team's language what is there now.

        A run that was broken off is completed by the next one. Raises Impossible before the bot is there.
        """
        bot = self.bot
        if bot is None:
            raise Impossible("the bot is not up yet")
        async with self._one_at_a_time:
            team, made = await bot.storage.read(
                lambda connection: (team_by_name(connection, TEAM_NAME), facts.read_fact(connection, MADE))
            )
            if team is None:
                raise Impossible(f"there is no team {TEAM_NAME!r}")
            if made is not None:
                return bot.house.messages.text("demo.there_already", team.language)
            at = self._clock()
            told = await History(bot.storage, bot.house, team, at).make()
            if told.conversations:
                await bot.storage.write(lambda connection: facts.write_fact(connection, MADE, at.isoformat()))
            log.info("demo_made", conversations=told.conversations, broken_off=told.broken_off)
            return self._sentence(bot, team, told)

    @staticmethod
    def _sentence(bot: Bot, team: Team, told: Told) -> str:
        say = bot.house.messages.text
        if not told.conversations:
            return say("demo.nobody", team.language)
        made = say("demo.made", team.language, n=told.conversations, weeks=WEEKS)
        if not told.broken_off:
            return made
        return f"{made} {say('demo.broken_off', team.language, n=told.broken_off)}"
