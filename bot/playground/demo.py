"""Weeks of history for the playground, made by real turns at times in the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.app import Bot


class Demo:
    """What the page's button 'demo data' calls."""

    def __init__(self) -> None:
        self.bot: Bot | None = None

    async def fill(self) -> str:
        """Makes the history."""
        return ""
