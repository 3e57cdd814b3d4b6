"""Sheets of cost accounting: a usual one, the largest computed, the largest read, and the largest kept by a turn.

CPU time throughout, so that what else runs on the machine does not count.

python -m tests.bench.sheets
"""

import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median
from time import thread_time
from typing import Any, Final

import xlsxwriter
from sqlalchemy import Engine

from bot.document_worker import opened
from bot.documents import HOUSE, _with_answer
from bot.reports.bab_workbook import example_workbook
from bot.routes import dialog_for
from bot.sheets.limits import LARGEST_FILE, MOST_CELLS
from bot.sheets.reading import read_bab
from bot.storage import inbox, lanes
from bot.storage.engine import open_engine, sqlite_url
from bot.storage.inbox import Arrival
from bot.storage.migration import migrate
from bot.storage.people import SqlPeople, create_team
from bot.turns import Call, House, run_turn
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import Invite, Role
from dialogs.press import read_press
from dialogs.turn import Document, Event, Links, Pressed, Sender, Typed
from knowledge.accounting.bab import compute
from knowledge.accounting.example import example_sheet
from knowledge.catalogue import CONTENT_DIR, Catalogue
from knowledge.language.messages import Language, Messages
from tests.knowledge.accounting.test_bab_scale import large_sheet

USUAL_MS: Final = 50.0
LARGE_SECONDS: Final = 10.0
WRITER_MS: Final = 10.0
REPEATED: Final = 15
COLUMNS: Final = 200
MANAGER: Final = Sender(PersonId(1002), 1002, "Markus", Language.DE)
NOON: Final = datetime(2026, 5, 4, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. Of a process: its CPU seconds and its largest memory, with the start and all imports."""

    name: str
    took: float
    unit: str
    limit: float | None = None
    megabytes: float | None = None

    def __str__(self) -> str:
        memory = f"{self.megabytes:8.0f} MiB" if self.megabytes else ""
        over = "  over the limit" if self.limit is not None and self.took > self.limit else ""
        return f"{self.name:56}{self.took:9.2f} {self.unit:3}{memory}{over}"


def measure() -> list[Figure]:
    """All figures, the usual sheet first."""
    messages = Messages.load(CONTENT_DIR)
    book = example_workbook(messages, Language.DE)
    sheet = example_sheet(messages, Language.DE)
    large = large_workbook(1_000)
    return [
        Figure("usual sheet: computed", _middle(lambda: compute(sheet)), "ms", USUAL_MS),
        Figure("usual sheet: read from .xlsx and computed", _middle(lambda: read_bab(book, "bab.xlsx").compute()),
               "ms", USUAL_MS),
        _computed("large sheet (1,000 × 200, 50 simultaneous): from JSON", large_sheet()),
        _by_worker("large .xlsx (1,000 × 200): worker, from file to rates", large),
        _by_worker("largest .xlsx that is let in: worker", large_workbook(MOST_CELLS // (COLUMNS + 2) - 2)),
        *_kept(large),
    ]  # fmt: skip


def large_workbook(rows: int) -> bytes:
    """Cost types with cents by 200 centres; as many rows as are asked for."""
    chosen = random.Random(3)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("BAB")
    names = ["Material", *(f"Fertigung {place}" for place in range(1, COLUMNS - 1)), "VwVt"]
    page.write_row(0, 0, ["Kostenart", "Summe", *names])
    for row in range(1, rows + 1):
        cents = [chosen.randrange(10**7) for _ in names]
        page.write_row(row, 0, [f"Kostenart {row}", sum(cents) / 100, *(amount / 100 for amount in cents)])
    page.write_row(rows + 1, 0, ["Zuschlagsgrundlage", "", *([100_000] * (COLUMNS - 1))])
    book.close()
    content = out.getvalue()
    assert len(content) <= LARGEST_FILE
    return content


def _middle(job: Callable[[], object]) -> float:
    """Milliseconds of CPU, the median of some runs."""
    took = []
    for _ in range(REPEATED):
        began = thread_time()
        job()
        took.append((thread_time() - began) * 1000)
    return median(took)


_COMPUTE: Final = """
import sys
from knowledge.accounting.bab import compute
from knowledge.accounting.json_fields import parse
from knowledge.accounting.json_sheet import read_sheet
assert all(check.holds for check in compute(read_sheet(parse(sys.stdin.buffer.read(), "large.json"))).checks)
"""


def _computed(name: str, text: bytes) -> Figure:
    _, took, megabytes = _process(["-c", _COMPUTE], text)
    return Figure(name, took, "s", LARGE_SECONDS, megabytes)


def _by_worker(name: str, content: bytes) -> Figure:
    """As the bot does it: a process for each file."""
    asked = json.dumps({"name": "bab.xlsx", "roles": {}}).encode() + b"\n"
    answer, took, megabytes = _process(["-m", "bot.document_worker"], asked + content)
    assert "summary" in json.loads(answer), answer[:200]
    return Figure(name, took, "s", LARGE_SECONDS, megabytes)


def _process(arguments: list[str], text: bytes) -> tuple[bytes, float, float]:
    """(what it says, CPU seconds with the start of the interpreter, MiB at most)."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(text)
        given.seek(0)
        process = subprocess.Popen([sys.executable, *arguments], cwd=HOUSE, stdin=given, stdout=said)
        _, status, used = os.wait4(process.pid, 0)
        took = used.ru_utime + used.ru_stime
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        said.seek(0)
        return said.read(), took, used.ru_maxrss / 1024


def _kept(content: bytes) -> list[Figure]:
    """The turns of the largest sheet on the writer thread: it comes as a file, is saved, and is released."""
    document = _with_answer(Document("bab.xlsx", len(content), "file"), opened(content, "bab.xlsx", {}))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        engine = open_engine(sqlite_url(Path(folder) / "sheets.sqlite"))
        try:
            migrate(engine)
            desk = Desk(engine)
            steps: list[tuple[str, Callable[[], Event]]] = [
                ("kept as it was read", lambda: document),
                ("Speichern", lambda: desk.press("bab_save")),
                ("its period", lambda: Typed("Mai 2026")),
                ("Ab heute: with its rates", lambda: desk.press("form_skip")),
                ("Freigeben", lambda: desk.press("bab_release")),
            ]
            figures = []
            for name, event_of in steps:
                event = event_of()
                took = median(desk.turn(event, keep=False) for _ in range(REPEATED))
                desk.turn(event, keep=True)
                figures.append(Figure(f"large sheet, turn on the writer: {name}", took, "ms", WRITER_MS))
            assert desk.is_released(), "the steps did not lead to the release"
            return figures
        finally:
            engine.dispose()


class Desk:
    """A manager alone with a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._house = House("bench", Catalogue.load(), Messages.load(CONTENT_DIR), lambda: Links("bench_bot"))
        self._update_ids = count(1)
        with engine.begin() as connection:
            team = create_team(connection, "Team", Language.DE, "Europe/Berlin", "DE", "18:00", NOON)
            SqlPeople(connection).join(
                Invite(0, team, Role.MANAGER), MANAGER.id, MANAGER.chat_id, MANAGER.name, Language.DE, NOON
            )

    def turn(self, event: Event, *, keep: bool) -> float:
        """Runs one turn; the thread's milliseconds of CPU between the begin and the commit."""
        kind = inbox.PRESS if isinstance(event, Pressed) else "message"
        arrival = Arrival(1, next(self._update_ids), MANAGER.chat_id, kind, NOON, NOON, "{}")
        with self._engine.connect() as connection, connection.begin() as transaction:
            lanes.claim(connection, [MANAGER.chat_id], self._house.owner, NOON)
            (letter,) = inbox.put(connection, [arrival])
            began = thread_time()
            done = run_turn(connection, self._house, Call(letter, MANAGER, event, dialog_for(event), 77))
            took = thread_time() - began
            if not keep:
                transaction.rollback()
        assert done is not None
        return took * 1000

    def press(self, action: str) -> Pressed:
        """The button with this action, as the newest message offers it."""
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT payload FROM outbox ORDER BY id DESC LIMIT 1")
            found = re.search(rf'"([a-z0-9_:]*\|{action}:[^"]*)"', rows.scalar_one())
        assert found, f"no button {action}"
        read = read_press(found[1])
        assert read is not None
        return Pressed(read[1], read[0])

    def is_released(self) -> bool:
        """Whether the team has rates."""
        with self._engine.connect() as connection:
            found: Any = connection.exec_driver_sql("SELECT count(*) FROM cost_sheet WHERE released_at IS NOT NULL")
            return bool(found.scalar_one())


def main() -> None:
    """Prints the table."""
    for figure in measure():
        sys.stdout.write(f"{figure}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
