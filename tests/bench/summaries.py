"""All daily summaries of an evening, each as it is drawn for sending: a year of steps, many teams.

python -m tests.bench.summaries [sqlite] [postgres]

SQLite: 50 teams, 250,000 steps. PostgreSQL (embedded): 1,000 teams, 10,000 sellers, 5 million steps; filling it takes a
few minutes and about 2 GB. The rows are written straight into the tables: here it is about time, not about figures.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any, Final

import psutil
import psycopg
from sqlalchemy import Connection, Engine, text

from bot.late.drawing import LateScreens, payload
from bot.storage.engine import open_engine, sqlite_url
from bot.storage.matters import STEPS
from bot.storage.migration import migrate
from dialogs.conversation.talk import PersonId
from knowledge.catalogue import CONTENT_DIR, Catalogue
from knowledge.language.messages import Messages
from tests.bot.storage.databases import Postgres

LIMIT_MS: Final = 300.0
"""For the median summary."""

SELLERS: Final = 10
STEPS_EACH: Final = 16
"""Of a conversation, ticks among them."""
FIRST_DAY: Final = date(2025, 11, 20)
EVENING: Final = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)
TEMPLATES: Final = 60
LINES_AT_ONCE: Final = 50_000

PHASES: Final = ("relationship", "analysis", "presentation", "negotiation", "closing")
OBJECTIONS: Final = ("price_too_high", "later", "delivery_time", "not_decision_maker", "satisfied_with_supplier")
LOSSES: Final = ("cheaper_offer", "no_need", "no_budget", "comparison_only")
TASKS: Final = ("emotional_confirmation", "order_monitoring", "referral_request")
STATE: Final = '{"ticks": ["' + '", "'.join(f"analysis.item_{n}" for n in range(40)) + '"]}'
"""As long as the state of a conversation usually is; no report reads it."""

Line = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is."""

    name: str
    teams: int
    conversations_each: int

    @property
    def steps(self) -> int:
        return self.teams * self.conversations_each * STEPS_EACH


SQLITE: Final = Size("SQLite", 50, 312)
POSTGRES: Final = Size("PostgreSQL", 1000, 313)

# What the tables are filled with: templates of conversations, laid over the year


@dataclass(frozen=True, slots=True)
class Template:
    """A conversation's steps: (days after its first, trigger, from, to, payload; `{due}` is three weeks later)."""

    steps: Sequence[tuple[int, str, str | None, str, str]]
    outcome: str | None

    @property
    def phase(self) -> str:
        return self.steps[-1][3]


def templates(dice: Random) -> list[Template]:
    """Conversations that go through the phases with ticks, objections and signals, and end in one way or another."""
    return [_template(dice) for _ in range(TEMPLATES)]


def _template(dice: Random) -> Template:
    steps: list[tuple[int, str, str | None, str, str]] = [
        (0, "start", None, "relationship", '{"customer_id": {customer}, "acquisition": "warm", "target_group": "b2b"}')
    ]
    outcome = dice.choice(("won", "lost", "lost", "no_decision", None))
    day, place = 0, 0
    while len(steps) < STEPS_EACH - (4 if outcome else 0):
        phase = PHASES[place]
        die = dice.random()
        if die < 0.3 and place < len(PHASES) - 1:
            place += 1
            steps.append((day, "advance", phase, PHASES[place], "{}"))
        elif die < 0.36 and place > 1:
            place = 1
            steps.append((day, "gap_found", phase, PHASES[place], f'{{"return_to": "{phase}"}}'))
        elif die < 0.5:
            raised = f'{{"id": "{dice.choice(OBJECTIONS)}", "phase": "{phase}", "state": "open"}}'
            steps.append((day, "objection", phase, phase, raised))
        elif die < 0.58:
            steps.append((day, "signal", phase, phase, f'{{"id": "asks_price", "phase": "{phase}", "seen": true}}'))
        else:
            steps.append(
                (day, "tick", phase, phase, f'{{"phase": "{phase}", "item": "item_{len(steps)}", "done": true}}')
            )
        day += dice.choice((0, 0, 0, 1, 3))
    if outcome:
        said = {"won": f', "amount": "{dice.randrange(20) * 500 + 900}.00", "currency": "EUR"', "no_decision": ""}
        reason = f', "loss_reason": "{dice.choice(LOSSES)}"'
        phase = PHASES[place]
        trigger = {"won": "win", "lost": "lose", "no_decision": "no_decision"}[outcome]
        steps.append((day, trigger, phase, "follow_up", f'{{"outcome": "{outcome}"{said.get(outcome, reason)}}}'))
        for number, task in enumerate(TASKS):
            state = f'{{"task": "{task}", "state": "{"dated" if number == 0 else "done"}"' + (
                ', "due": "{due}"}' if number == 0 else "}"
            )
            steps.append((day, "task", "follow_up", "follow_up", state))
    return Template(steps, outcome)


def rows(size: Size) -> dict[str, tuple[Sequence[str], Iterator[Line]]]:
    """Table → columns and lines, in the order in which they can be written."""
    dice = Random(5)
    made = templates(dice)
    days = [(FIRST_DAY + timedelta(days=passed)).isoformat() for passed in range(500)]
    starts = [dice.randrange(365) for _ in range(997)]
    many = size.teams * size.conversations_each

    def conversations() -> Iterator[tuple[int, int, int, Template, int]]:
        """(key, team, seller, template, day of the first step)."""
        for key, template, start in zip(range(1, many + 1), cycle(made), cycle(starts), strict=False):
            team = (key - 1) // size.conversations_each + 1
            yield key, team, team * 100 + key % SELLERS, template, min(start, 365 - template.steps[-1][0])

    def at(day: int, number: int) -> str:
        return f"{days[day]} {8 + number // 2:02}:{number * 7 % 60:02}:00.000000"

    teams = ((n, f"Team {n}", "de", "Europe/Berlin", "DE", "EUR", "18:00", at(0, 0)) for n in range(1, size.teams + 1))
    people = (
        (team * 100 + n, team * 100 + n, f"Person {n}", "de", "manager" if n == SELLERS else "seller", team, at(0, 0))
        for team in range(1, size.teams + 1)
        for n in range(SELLERS + 1)
    )
    customers = (
        (key, seller, f"Kunde {key}", False, at(d, 0), at(d, 0), days[d]) for key, _, seller, _, d in conversations()
    )
    talks = (
        (
            key, seller, team, key, template.phase, "open", template.outcome, len(template.steps), STATE,
            at(d + template.steps[-1][0], len(template.steps)),
        )
        for key, team, seller, template, d in conversations()
    )  # fmt: skip
    steps = (
        (
            key, seq, at(d + after, seq), seller, trigger, source, target,
            said.replace("{customer}", str(key)).replace("{due}", days[d + after + 21]),
        )
        for key, _, seller, template, d in conversations()
        for seq, (after, trigger, source, target, said) in enumerate(template.steps, 1)
    )  # fmt: skip
    return {
        "team": (("id", "name", "language", "zone", "region", "currency", "summary_time", "created_at"), teams),
        "person": (("id", "chat_id", "name", "language", "role", "team_id", "joined_at"), people),
        "customer": (("id", "owner_id", "name", "alias", "created_at", "used_at", "first_contact"), customers),
        "conversation": (
            ("id", "owner_id", "team_id", "customer_id", "phase", "standing", "outcome", "seq", "state", "touched_at"),
            talks,
        ),
        "step": (("conversation_id", "seq", "at", "actor_id", "trigger", "source", "target", "payload"), steps),
    }


def fill(engine: Engine, size: Size) -> None:
    """Writes all rows, as quickly as the database takes them."""
    for table, (columns, lines) in rows(size).items():
        names = ", ".join(f'"{column}"' for column in columns)
        if engine.dialect.name == "postgresql":
            url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
            statement = f"COPY {table} ({names}) FROM STDIN"
            with psycopg.connect(url) as connection, connection.cursor() as cursor, cursor.copy(statement) as copy:
                for line in lines:
                    copy.write_row(line)
        else:
            marks = ", ".join("?" * len(columns))
            with engine.begin() as sql:
                sql.connection.driver_connection.executemany(  # type: ignore[union-attr]
                    f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 (our own tables)
                    lines,
                )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as sql:
        sql.execute(text("ANALYZE"))


# What is measured


@dataclass(frozen=True, slots=True)
class Evening:
    """All summaries of an evening. Times in milliseconds, memory in MiB."""

    took: Sequence[float]
    memory_before: float
    memory_after: float
    memory_highest: float

    @property
    def total(self) -> float:
        return sum(self.took) / 1000

    def at(self, share: float) -> float:
        """The time that so many stay below."""
        return sorted(self.took)[min(int(len(self.took) * share), len(self.took) - 1)]


def evening(engine: Engine, size: Size) -> Evening:
    """Draws the summary of every team for its manager, one after the other."""
    screens = LateScreens(Catalogue.load(), Messages.load(CONTENT_DIR))
    process = psutil.Process()
    took: list[float] = []
    memory = [process.memory_info().rss / 2**20]
    for team in range(1, size.teams + 1):
        values = {"team": team, "asked_at": EVENING.isoformat(), "on_demand": True}
        waiting = payload("summary", values, PersonId(team * 100 + SELLERS), "report")
        began = perf_counter()
        with engine.connect().execution_options(reading=True) as connection:
            drawn = screens.draw(connection, waiting, EVENING)
        took.append((perf_counter() - began) * 1000)
        if "überfällig" not in drawn["text"]:
            raise AssertionError(f"the year of team {team} was not read: {drawn['text']}")
        memory.append(process.memory_info().rss / 2**20)
    settled = memory[min(20, len(memory) - 1)]
    return Evening(took, settled, memory[-1], max(memory))


def plan(connection: Connection) -> list[str]:
    """How the database finds the steps of a team."""
    dialect = connection.dialect
    explain = "EXPLAIN QUERY PLAN " if dialect.name == "sqlite" else "EXPLAIN "
    values = {"conversations": list(range(1, 101)), "until": EVENING}
    compiled = STEPS.params(values).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    rows = connection.exec_driver_sql(explain + str(compiled).replace("%", "%%")).all()
    return [str(row[-1]).strip() for row in rows]


def measure(engine: Engine, size: Size) -> list[str]:
    """The lines of the report."""
    began = perf_counter()
    migrate(engine)
    fill(engine, size)
    filled = perf_counter() - began
    with engine.connect() as connection:
        found = [line for line in plan(connection) if "conversation" in line.lower() or "step" in line.lower()]
    seen = evening(engine, size)
    over = "  over the limit" if seen.at(0.5) > LIMIT_MS else ""
    lines = [
        f"{size.name}: {size.teams} teams, {size.teams * SELLERS} sellers, {size.steps} steps, in {filled:.0f} s",
        f"  all summaries {seen.total:10.1f} s",
        f"  median        {seen.at(0.5):10.1f} ms{over}",
        f"  99 of 100     {seen.at(0.99):10.1f} ms",
        f"  longest       {max(seen.took):10.1f} ms",
        f"  memory        {seen.memory_before:10.1f} MiB after 20, {seen.memory_after:.1f} at the end,"
        f" {seen.memory_highest:.1f} at most",
    ]
    return [*lines, *(f"  plan: {line}" for line in found)]


def main(*databases: str) -> None:
    """Prints the measurements; without a name both."""
    wanted = databases or ("sqlite", "postgres")
    if "sqlite" in wanted:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            engine = open_engine(sqlite_url(Path(folder) / "year.sqlite"))
            _say(measure(engine, SQLITE))
            engine.dispose()
    if "postgres" in wanted:
        server = Postgres()
        engine = open_engine(server.create(bare=True))
        try:
            _say(measure(engine, POSTGRES))
        finally:
            engine.dispose()
            server.stop()


def _say(lines: Sequence[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
