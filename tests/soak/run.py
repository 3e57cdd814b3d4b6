"""One soak: invites, sellers, kills, trouble, the drain, and the checks at the end."""

import asyncio
import json
import random
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Final

from bot.command_line.invites import create_invite
from bot.playground.chats import Person
from bot.playground.serving import running_standin
from bot.playground.standin import Standin
from bot.settings import Settings
from bot.storage.engine import open_engine, sqlite_url
from dialogs.ports.people import Role
from tests.soak import checks, witness
from tests.soak.ledger import Ledger
from tests.soak.process import TOKEN, BotProcess, running_bot
from tests.soak.sellers import Accepted, Seller
from tests.soak.trouble import make_trouble

FIRST_PERSON: Final = 2001
KILLED_WHILE_STARTING: Final = 0.25
"""This share of the kills comes before the bot is online."""
ONLINE_WITHIN: Final = 60.0
STOPS_WITHIN: Final = 10.0
"""Seconds from SIGTERM to the end, as promised to operators."""
WAITING_AT_MOST: Final = 500
"""With more updates waiting for the bot the sellers pause, so that the end comes in time."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done. `longest_life` are the seconds that the bot is online at most before it is killed."""

    kills: int = 100
    chats: int = 50
    seed: int = 0
    longest_life: float = 4.0
    deeds_of_each: float = 0.4
    """What a seller does in a second; every chat is sent about one message a second at most."""
    drain_within: float = 180.0


@dataclass(frozen=True, slots=True)
class Findings:
    """What came out: the counts, and what does not hold."""

    counts: Counter[str]
    faults: list[str]


async def soak(plan: Plan, folder: Path, say: Callable[[str], None]) -> Findings:
    """Runs the plan in an empty folder; `say` is told how far it is. All processes have ended when it returns."""
    chance = random.Random(plan.seed)
    settings = Settings(_env_file=None, data_dir=folder, database_url=None, telegram_bot_token=TOKEN)
    people = [Person(FIRST_PERSON + number, f"Seller {number}") for number in range(plan.chats)]
    codes = [create_invite(settings, Role.SELLER, "Team Süd").code for _ in people]
    database = settings.home / "roter-faden.sqlite"
    engine = open_engine(sqlite_url(database))
    witness.install(engine)
    accepted = Accepted(first=chance.randint(1, 2**30))
    async with running_standin(TOKEN, people=people, limits=None, first_update_id=accepted.first) as standin:
        ledger = standin.calls = Ledger()
        sellers = [Seller(standin, accepted, person.id, random.Random(chance.random())) for person in people]
        for seller, code in zip(sellers, codes, strict=True):
            seller.join(code)
        killing = Killing(standin, ledger, folder, chance)
        async with in_background(work(standin, sellers, plan.deeds_of_each, chance), make_trouble(standin, chance)):
            for number in range(plan.kills):
                await killing.one_life(plan.longest_life)
                if (number + 1) % 10 == 0:
                    say(f"{number + 1} kills, {accepted.count} updates")
        standin.faults.clear()
        counts = killing.counts
        polls = len(ledger.polls)
        async with running_bot(standin.url, folder, settings=killing.settings) as bot:
            await _until_online(bot, ledger, polls)
            counts["seconds to drain"] = round(await _drained(bot, standin, database, plan.drain_within))
            exit_code = await bot.stop(STOPS_WITHIN)
    faults, seen = checks.look_at(checks.Evidence(engine, ledger, accepted, sellers))
    engine.dispose()
    if exit_code:
        faults.append(f"exit code {exit_code} after SIGTERM")
    faults += _complaints(folder / "bot.log")
    counts += seen
    counts["calls refused"] = sum(ledger.refused.values())
    counts["replies of the server lost"] = ledger.replies_lost
    return Findings(counts, faults)


class Killing:
    """Starts the bot and kills it, again and again."""

    def __init__(self, standin: Standin, ledger: Ledger, folder: Path, chance: random.Random) -> None:
        self.settings = {"MESSAGES_PER_SECOND": "200", "LOG_LEVEL": "warning"}
        self.counts: Counter[str] = Counter()
        self._standin = standin
        self._ledger = ledger
        self._folder = folder
        self._chance = chance
        self._start_takes = 2.0

    async def one_life(self, longest: float) -> None:
        """One start and one kill: while starting, or at a moment after the bot went online."""
        started = monotonic()
        polls = len(self._ledger.polls)
        async with running_bot(self._standin.url, self._folder, settings=self.settings) as bot:
            if self._chance.random() < KILLED_WHILE_STARTING:
                await asyncio.sleep(self._chance.uniform(0, self._start_takes))
            else:
                await _until_online(bot, self._ledger, polls)
                self._start_takes = monotonic() - started
                await asyncio.sleep(self._chance.uniform(0, longest))
            is_online = len(self._ledger.polls) > polls
            await bot.kill()
        self.counts["kills"] += 1
        self.counts["kills while starting"] += not is_online
        letters, parcels = open_rows(self._folder / "roter-faden.sqlite")
        self.counts["kills with a turn or a reply under way"] += bool(letters or parcels)
        self.counts["updates open at a kill"] += letters
        self.counts["replies open at a kill"] += parcels


def open_rows(database: Path) -> tuple[int, int]:
    """How many updates and how many replies have not ended."""
    with closing(sqlite3.connect(database)) as connection:
        (letters,) = connection.execute("SELECT count(*) FROM inbox WHERE state = 'open'").fetchone()
        (parcels,) = connection.execute("SELECT count(*) FROM outbox WHERE state = 'open'").fetchone()
    return letters, parcels


async def _until_online(bot: BotProcess, ledger: Ledger, polls: int) -> None:
    deadline = monotonic() + ONLINE_WITHIN
    while len(ledger.polls) <= polls:
        bot.check_alive()
        if monotonic() > deadline:
            raise TimeoutError(f"the bot is not online after {ONLINE_WITHIN:.0f} s")
        await asyncio.sleep(0.02)


async def work(standin: Standin, sellers: list[Seller], deeds_of_each: float, chance: random.Random) -> None:
    """Lets the sellers act, one at a time, at random moments."""
    while True:
        await asyncio.sleep(chance.expovariate(deeds_of_each * len(sellers)))
        if len(standin.updates) < WAITING_AT_MOST:
            chance.choice(sellers).act()


async def _drained(bot: BotProcess, standin: Standin, database: Path, seconds: float) -> float:
    """Waits until nothing is left to do; gives how long that took. Goes on to the checks when time is up."""
    started = monotonic()
    while monotonic() - started < seconds:
        bot.check_alive()
        if not len(standin.updates) and open_rows(database) == (0, 0):
            break
        await asyncio.sleep(0.2)
    return monotonic() - started


def _complaints(log: Path) -> list[str]:
    """What was called an error in the bot's log, by kind. Network faults and waits that we ordered are warnings."""
    found: Counter[str] = Counter()
    for line in log.read_text(errors="replace").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            found[f"not in the log's form: {line[:120]}"] += 1
            continue
        if entry.get("level") in ("error", "critical"):
            found[str(entry["event"])] += 1
    return [f"the bot's log: {event} ({times} times)" for event, times in found.items()]


@asynccontextmanager
async def in_background(*works: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Runs the works while the block runs; one that fails ends the block."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work) for work in works]
        yield
        for task in tasks:
            task.cancel()
