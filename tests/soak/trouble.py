"""A bad line and an unkind server, for some of the time."""

import asyncio
import random
from typing import Final

from bot.playground.standin import Standin

FAULTS_IN_A_ROW: Final = (5, 20)
BETWEEN_FAULTS: Final = (0.05, 0.5)
PEACE: Final = (2.0, 6.0)
"""Seconds in which all goes well."""

SENDING: Final = ("sendMessage", "editMessageText", "sendDocument")
TALKING: Final = (*SENDING, "answerCallbackQuery")
"""What may be late; a poll of a killed bot that is late would end a poll of the living one."""
ANY: Final = (*TALKING, "getUpdates", "getMe", "setMyCommands", "deleteWebhook")


async def make_trouble(standin: Standin, chance: random.Random) -> None:
    """Orders delays, dropped replies and refusals until it is cancelled."""
    while True:
        for _ in range(chance.randint(*FAULTS_IN_A_ROW)):
            _order_one(standin, chance)
            await asyncio.sleep(chance.uniform(*BETWEEN_FAULTS))
        standin.faults.clear()
        await asyncio.sleep(chance.uniform(*PEACE))


def _order_one(standin: Standin, chance: random.Random) -> None:
    faults, times = standin.faults, chance.randint(1, 3)
    match chance.choice(("delay", "delay", "lose_reply", "lose_reply", "flood", "broken")):
        case "delay":
            faults.delay(chance.choice(TALKING), chance.uniform(0.05, 1.5), times=times)
        case "lose_reply":
            faults.lose_reply(chance.choice(ANY), times=times)
        case "flood":
            faults.refuse(chance.choice(ANY), 429, retry_after=chance.randint(1, 2), times=times)
        case "broken":
            faults.refuse(chance.choice(ANY), chance.choice((500, 502)), times=times)
