"""Throughput, CPU and latency of a bot in a process of its own, polling the stand-in.

Measured is the whole way of an update: getUpdates, the inbox, the turn, the commit, the answer to the press, the
message. Beside it stands the least that python-telegram-bot can do: an echo that stores nothing.
"""

import asyncio
import json
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

import psutil
from sqlalchemy import Connection

from bot.clock import now
from bot.playground.serving import running_standin
from bot.storage.engine import open_engine, sqlite_url
from bot.storage.migration import migrate
from bot.storage.people import SqlPeople, create_team
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import Invite, Role
from knowledge.language.messages import Language
from tests.bench.callers import Caller, Deed, Meter, Routine, all_at_once, people, steadily
from tests.soak.process import RUN_BOT, TOKEN, BotProcess, running_bot

CHATS: Final = 200
DEEDS_EACH: Final = 5
"""A chat may have five messages at once, so nothing waits for the pace of its chat."""
STEADY_CHATS: Final = 80
STEADY_RATE: Final = 40.0
STEADY_DEEDS: Final = 4
ONLINE_WITHIN: Final = 60.0
PACE_RESTS: Final = 5.5
"""Seconds until every chat may have its burst again."""
ECHO: Final = ("-m", "tests.bench.echo")
SETTINGS: Final = {"MESSAGES_PER_SECOND": "1000", "LOG_LEVEL": "warning"}


@dataclass(frozen=True, slots=True)
class Measured:
    """What a bot did and what it cost. Times are milliseconds, sizes MiB, rates per second."""

    updates: int
    calls: int
    unanswered: int
    updates_per_second: float
    cpu_per_update: float
    steady_cpu_per_update: float
    median_latency: float
    worst_latency: float
    memory: float


async def seller_works(caller: Caller, number: int) -> Deed:
    """Ticks, the way on and back, a note: what a conversation is made of."""
    match number % 5:
        case 1:
            return await caller.presses("next", "gap", "back")
        case 3:
            return await caller.presses("back", "next")
        case 4:
            return await caller.says(f"Der Kunde will Muster sehen, Nr. {number}")
        case _:
            return await caller.presses("tick", "next")


async def somebody_talks(caller: Caller, number: int) -> Deed:
    """For the echo: texts of the length that a card has."""
    return await caller.says(f"{number} " + "Der Kunde will Muster sehen. " * 20)


async def durable(folder: Path) -> Measured:
    """The bot as it is, with a conversation open in each chat."""
    _let_everybody_in(folder)
    return await _measure(folder, RUN_BOT, seller_works, opening="/gespraech Kunde")


async def echo(folder: Path) -> Measured:
    """The echo."""
    return await _measure(folder, ECHO, somebody_talks, opening="Hallo")


async def cost_by_part(folder: Path) -> dict[str, float]:
    """Part of the program → milliseconds of CPU an update."""
    _let_everybody_in(folder)
    books = folder / "booked.json"
    program = ("-m", "tests.bench.booked", str(books))
    measured = await _measure(folder, program, seller_works, opening="/gespraech Kunde", books=True)
    booked: dict[str, float] = json.loads(books.read_text())
    return {part: seconds / measured.updates * 1000 for part, seconds in booked.items()}


async def _measure(
    folder: Path, program: Sequence[str], routine: Routine, opening: str, *, books: bool = False
) -> Measured:
    everybody = people(CHATS)
    async with running_standin(TOKEN, people=everybody, limits=None) as standin:
        meter = standin.calls = Meter()
        callers = [Caller(standin, meter, person.id) for person in everybody]
        async with running_bot(standin.url, folder, program=program, settings=SETTINGS) as bot:
            await _online(bot, meter)
            await asyncio.gather(*(caller.says(opening) for caller in callers))
            await asyncio.sleep(PACE_RESTS)
            process = psutil.Process(bot.pid)
            cpu = _cpu(process)
            steady = await steadily(callers[:STEADY_CHATS], routine, STEADY_RATE, range(STEADY_DEEDS))
            steady_cpu = _cpu(process) - cpu
            await asyncio.sleep(PACE_RESTS)
            meter.calls_by_method.clear()
            if books:
                process.send_signal(signal.SIGUSR1)  # only now begins what is to be booked
            cpu, began = _cpu(process), monotonic()
            deeds = await all_at_once(callers, routine, range(STEADY_DEEDS, STEADY_DEEDS + DEEDS_EACH))
            took = monotonic() - began
            cpu = _cpu(process) - cpu
            memory = process.memory_info().rss / 2**20
            await bot.stop(15)
    latencies = sorted((deed.first_call - deed.sent_at) * 1000 for deed in steady if deed.first_call is not None)
    return Measured(
        updates=len(deeds),
        calls=sum(times for method, times in meter.calls_by_method.items() if method != "getUpdates"),
        unanswered=sum(not deed.drawn.is_set() for deed in (*steady, *deeds)),
        updates_per_second=len(deeds) / took,
        cpu_per_update=cpu / len(deeds) * 1000,
        steady_cpu_per_update=steady_cpu / len(steady) * 1000,
        median_latency=latencies[len(latencies) // 2],
        worst_latency=latencies[len(latencies) * 99 // 100],
        memory=memory,
    )


async def _online(bot: BotProcess, meter: Meter) -> None:
    deadline = monotonic() + ONLINE_WITHIN
    while "getUpdates" not in meter.calls_by_method:
        bot.check_alive()
        if monotonic() > deadline:
            raise TimeoutError(f"the bot is not online after {ONLINE_WITHIN:.0f} s")
        await asyncio.sleep(0.05)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _let_everybody_in(folder: Path) -> None:
    def come_in(connection: Connection) -> None:
        team = create_team(connection, "Team", Language.DE, "Europe/Berlin", "DE", "18:00", now())
        for person in people(CHATS):
            SqlPeople(connection).join(
                Invite(0, team, Role.SELLER), PersonId(person.id), person.id, person.first_name, Language.DE, now()
            )

    engine = open_engine(sqlite_url(folder / "roter-faden.sqlite"))
    migrate(engine)
    with engine.begin() as connection:
        come_in(connection)
    engine.dispose()
