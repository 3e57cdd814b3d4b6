"""Several processes on one PostgreSQL: sellers at work while processes and the database come and go."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any, Final

import aiohttp
from sqlalchemy import Engine, text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.command_line.invites import create_invite
from bot.playground import webhook
from bot.playground.chats import Person
from bot.playground.serving import running_standin
from bot.playground.standin import Standin
from bot.serving import listening_socket, serve
from bot.settings import Settings
from bot.storage.engine import open_engine
from dialogs.ports.people import Role
from tests.soak import checks, witness
from tests.soak.ledger import Ledger
from tests.soak.postgres import Server
from tests.soak.process import TOKEN, BotProcess, running_bot
from tests.soak.run import FIRST_PERSON, Findings, in_background, work
from tests.soak.sellers import Accepted, Seller
from tests.soak.trouble import make_trouble

HOOK: Final = "/telegram/hook"
SECRET: Final = "a-secret_of-the-hook"
STARTS_WITHIN: Final = 60.0
STOPS_WITHIN: Final = 10.0
NOT_WHILE_AWAY: Final = (checks.presses_are_answered_at_most_once,)
"""A press that could not be stored within a second has an answer; the process to which it comes next knows of none."""
UNDER_WAY: Final = (
    "SELECT (SELECT count(*) FROM inbox WHERE state = 'open') + (SELECT count(*) FROM outbox WHERE state = 'open')"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done. `clocks` are the seconds by which the processes' clocks are wrong, one for each process."""

    ends: int = 60
    lasts: float = 10.0
    """Seconds that the sellers work at least."""
    processes: int = 3
    chats: int = 40
    seed: int = 0
    politely: float = 0.2
    """This share of the ends is a SIGTERM; all others are a SIGKILL."""
    longest_life: float = 8.0
    deeds_of_each: float = 0.4
    restarts: int = 0
    """How often the database is restarted meanwhile, without asking anybody."""
    outage: float = 0.0
    """Seconds that the database then is away."""
    clocks: Sequence[float] = ()
    drain_within: float = 180.0
    trouble: bool = True


@dataclass
class Proxy:
    """Hands each request to the next process that listens, as a proxy in front of several does."""

    ports: Sequence[int]
    refused: int = 0
    _turn: Any = field(default_factory=count)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Gives its address."""
        async with aiohttp.ClientSession() as session:

            async def forward(request: Request) -> Response:
                body = await request.body()
                headers = {name: value for name, value in request.headers.items() if name.startswith("x-telegram")}
                first = next(self._turn)
                for place in range(len(self.ports)):
                    port = self.ports[(first + place) % len(self.ports)]
                    try:
                        async with session.post(f"http://127.0.0.1:{port}{HOOK}", data=body, headers=headers) as answer:
                            return Response(status_code=answer.status)
                    except aiohttp.ClientConnectorError:
                        continue
                    except aiohttp.ClientError:
                        break
                self.refused += 1
                return Response(status_code=502)

            app = Starlette(routes=[Route(HOOK, forward, methods=["POST"])])
            async with serve(app, "127.0.0.1", 0) as url:
                yield url


async def soak_several(plan: Plan, folder: Path, say: Callable[[str], None]) -> Findings:
    """Runs the plan with a server of its own; all processes have ended when it returns."""
    server = await asyncio.to_thread(Server)
    try:
        return await soak_on(server.url, plan, folder, say, server)
    finally:
        await asyncio.to_thread(server.remove)


async def soak_on(
    database: str, plan: Plan, folder: Path, say: Callable[[str], None], server: Server | None = None
) -> Findings:
    """Runs the plan on a database without tables; `server` is needed where it is to be restarted."""
    chance = random.Random(plan.seed)
    settings = Settings(_env_file=None, data_dir=folder, database_url=database, telegram_bot_token=TOKEN)
    people = [Person(FIRST_PERSON + number, f"Seller {number}") for number in range(plan.chats)]
    codes = [create_invite(settings, Role.SELLER, "Team Süd").code for _ in people]
    engine = open_engine(database)
    witness.install(engine)
    accepted = Accepted(first=chance.randint(1, 2**30))
    ports = [_free_port() for _ in range(plan.processes)]
    proxy = Proxy(ports)
    checked = [check for check in checks.OF_ANY_BOT if check not in NOT_WHILE_AWAY or not plan.restarts]
    async with (
        tries_soon(),
        proxy.serving() as public,
        running_standin(
            TOKEN, people=people, limits=None, first_update_id=accepted.first, webhook_pause=0.2
        ) as standin,
    ):
        ledger = standin.calls = Ledger()
        sellers = [Seller(standin, accepted, person.id, random.Random(chance.random())) for person in people]
        for seller, code in zip(sellers, codes, strict=True):
            seller.join(code)
        crew = Crew(standin, folder, database, f"{public}{HOOK}", ports, plan, chance)
        background = [work(standin, sellers, plan.deeds_of_each, chance)]
        if plan.trouble:
            background.append(make_trouble(standin, chance))
        async with crew.at_work(say):
            async with in_background(*background):
                await asyncio.gather(
                    asyncio.sleep(plan.lasts), crew.lose_some(), _restart(server, plan, chance, crew, say)
                )
            standin.faults.clear()
            crew.counts["seconds to drain"] = round(await _drained(standin, engine, plan.drain_within))
        faults, seen = checks.look_at(checks.Evidence(engine, ledger, accepted, sellers), checked)
        counts = crew.counts + seen
    faults += crew.faults
    counts["requests refused by the proxy"] = proxy.refused
    counts["calls refused"] = sum(ledger.refused.values())
    counts["replies of the server lost"] = ledger.replies_lost
    counts += _waits(engine)
    engine.dispose()
    for number in range(plan.processes):
        for event, times in complaints(folder / str(number) / "bot.log").items():
            counts[f"logged: {event}"] += times
    return Findings(counts, faults)


class Crew:
    """The processes; each is started again when it has ended."""

    def __init__(
        self, standin: Standin, folder: Path, database: str, public: str, ports: Sequence[int], plan: Plan,
        chance: random.Random,
    ) -> None:  # fmt: skip
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []
        self._standin = standin
        self._folder = folder
        self._database = database
        self._public = public
        self._ports = ports
        self._plan = plan
        self._chance = chance
        self._living: dict[int, BotProcess] = {}
        self._ending: set[int] = set()
        self._all_stop = False

    @asynccontextmanager
    async def at_work(self, say: Callable[[str], None]) -> AsyncIterator[None]:
        """All processes live while the block runs; at its end they are told to stop."""
        self._say = say
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._keep_alive(number)) for number in range(len(self._ports))]
            try:
                yield
            finally:
                self._all_stop = True
                await asyncio.gather(*(self._stop(bot) for bot in list(self._living.values())))
                for task in tasks:
                    task.cancel()

    async def lose_some(self) -> None:
        """Ends one process after the other, at random moments."""
        while self.counts["ends"] < self._plan.ends:
            await asyncio.sleep(self._chance.uniform(0, self._plan.longest_life / len(self._ports)))
            candidates = [number for number in self._living if number not in self._ending]
            if not candidates:
                continue
            number = self._chance.choice(candidates)
            bot = self._living[number]
            self._ending.add(number)
            self.counts["ends"] += 1
            if self.counts["ends"] % 10 == 0:
                self._say(f"{self.counts['ends']} ends")
            if self._chance.random() < self._plan.politely:
                self.counts["stopped"] += 1
                await self._stop(bot)
            else:
                self.counts["killed"] += 1
                with suppress(Exception):
                    await bot.kill()

    async def _stop(self, bot: BotProcess) -> None:
        started = monotonic()
        try:
            code = await bot.stop(STOPS_WITHIN + 5)
        except TimeoutError:
            self.faults.append("does not stop")
            return
        except Exception:  # it ended by itself just now, which is counted where it is started
            return
        took = monotonic() - started
        self.counts["longest stop, ms"] = max(self.counts["longest stop, ms"], round(took * 1000))
        if code not in (0, -15):  # told before it had handlers
            self.faults.append(f"exit code {code} after SIGTERM")
        if took > STOPS_WITHIN:
            self.faults.append(f"{took:.1f} s from SIGTERM to the end")

    async def _keep_alive(self, number: int) -> None:
        home = self._folder / str(number)
        home.mkdir(exist_ok=True)
        settings = {
            "MESSAGES_PER_SECOND": "200",
            "LOG_LEVEL": "info",
            "DATABASE_URL": self._database,
            "WEBHOOK_URL": self._public,
            "WEBHOOK_LISTEN": f"127.0.0.1:{self._ports[number]}",
            "WEBHOOK_SECRET": SECRET,
        }
        while not self._all_stop:
            program = _with_clock(self._plan.clocks[number]) if self._plan.clocks else None
            more = {"program": program} if program else {}
            async with running_bot(self._standin.url, home, settings=settings, **more) as bot:
                self._living[number] = bot
                self.counts["lives"] += 1
                code = await bot.ended()
                self._living.pop(number)
                told = number in self._ending or self._all_stop
                self._ending.discard(number)
            if not told:
                self.counts["ended by themselves"] += 1
                self._say(f"process {number} ended with code {code}")
                await asyncio.sleep(1)


def _with_clock(seconds: float) -> Sequence[str]:
    """The bot with a clock that is wrong by so many seconds."""
    return (
        "-c",
        "import datetime, bot.clock, run_bot\n"
        "true = bot.clock.now\n"
        f"bot.clock.now = lambda: true() + datetime.timedelta(seconds={seconds})\n"
        "run_bot.main()",
    )


@asynccontextmanager
async def tries_soon() -> AsyncIterator[None]:
    """The server waits less before it delivers again: presses are given up after 150 s."""
    before, webhook.LONGEST_PAUSE = webhook.LONGEST_PAUSE, 2.0  # type: ignore[misc]  # Final, but not for us
    try:
        yield
    finally:
        webhook.LONGEST_PAUSE = before  # type: ignore[misc]


async def _restart(
    server: Server | None, plan: Plan, chance: random.Random, crew: Crew, say: Callable[[str], None]
) -> None:
    if server is None:
        return
    for number in range(plan.restarts):
        await asyncio.sleep(chance.uniform(3, 10))
        await asyncio.to_thread(server.crash)
        await asyncio.sleep(plan.outage)
        await asyncio.to_thread(server.start)
        crew.counts["restarts of the database"] += 1
        say(f"database restarted, {number + 1}")


async def _drained(standin: Standin, engine: Engine, seconds: float) -> float:
    """Waits until nothing is left to do; gives how long that took. Goes on to the checks when time is up."""
    started = monotonic()

    def open_rows() -> int:
        with engine.connect() as connection:
            return int(connection.execute(text(UNDER_WAY)).scalar_one())

    while monotonic() - started < seconds:
        if not len(standin.updates) and not await asyncio.to_thread(open_rows):
            break
        await asyncio.sleep(0.2)
    return monotonic() - started


def _waits(engine: Engine) -> Counter[str]:
    """How long updates waited from receipt to the end of their turn; the first third came while processes started."""
    asked = text(
        "SELECT extract(epoch FROM received_at) AS came, seconds FROM inbox"
        " JOIN witness_done ON inbox_id = inbox.id ORDER BY inbox.id"
    )
    with engine.connect() as connection:
        waits = [max(0.0, float(row.seconds) - float(row.came)) for row in connection.execute(asked)]
    settled = sorted(waits[len(waits) // 3 :])
    places = {share: min(len(settled) - 1, len(settled) * share // 100) for share in (50, 90, 99, 100)}
    return Counter(
        {f"wait for the turn, {share} %, ms": round(settled[place] * 1000) for share, place in places.items()}
    )


def complaints(log: Path) -> Counter[str]:
    """What was called an error or a warning in a bot's log, by kind."""
    found: Counter[str] = Counter()
    for line in log.read_text(errors="replace").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            found[f"not in the log's form: {line[:160]}"] += 1
            continue
        if entry.get("level") in ("error", "critical", "warning"):
            found[f"{entry['level']} {entry['event']}"] += 1
    return found


def _free_port() -> int:
    with listening_socket("127.0.0.1", 0) as probe:
        return int(probe.getsockname()[1])
