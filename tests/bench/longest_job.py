"""How long a single turn holds the one writer thread, over a seller's year: 300 open conversations, thousands of steps.

python -m tests.bench.longest_job
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from sqlalchemy import Connection, Engine, insert

from bot.routes import dialog_for
from bot.storage import inbox, lanes, schema
from bot.storage.engine import open_engine, sqlite_url
from bot.storage.inbox import Arrival
from bot.storage.migration import migrate
from bot.storage.people import SqlPeople, create_team
from bot.turns import Call, House, run_turn
from dialogs.conversation.card_buttons import PHASE_CODES
from dialogs.conversation.talk import ConversationId, PersonId, Step, Talk, Trigger, begin, replay
from dialogs.ports.conversations import NoteKind
from dialogs.ports.people import Invite, Role
from dialogs.press import Press
from dialogs.turn import Command, Event, Links, Pressed, Sender, Typed
from knowledge.catalogue import CONTENT_DIR, Catalogue
from knowledge.language.messages import Language, Messages
from knowledge.taxonomy import PhaseId

LIMIT_MS: Final = 10.0
CONVERSATIONS: Final = 300
STEPS_OF_EACH: Final = 40
STEPS_OF_THE_LONGEST: Final = 3000
NOTES_OF_EACH: Final = 3
REPEATED: Final = 15
COLLEAGUES: Final = 100
MANAGER: Final = Sender(PersonId(1002), 1002, "Markus", Language.DE)
SELLER: Final = Sender(PersonId(1001), 1001, "Sabine", Language.DE)
NEW_YEAR: Final = datetime(2026, 1, 1, 8, tzinfo=UTC)
YEARS_END: Final = datetime(2026, 12, 30, 8, tzinfo=UTC)


class Year:
    """A seller's year in a database. The longest conversation is number 1 and the active one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._house = House("bench", Catalogue.load(), Messages.load(CONTENT_DIR), lambda: Links("bench_bot"))
        self._update_ids = count(1)
        self.talk = self._live_through()

    def _live_through(self) -> Talk:
        longest = None
        with self._engine.begin() as connection:
            team = create_team(connection, "Team", Language.DE, "Europe/Berlin", "DE", "18:00", NEW_YEAR)
            people = SqlPeople(connection)
            member = people.join(
                Invite(0, team, Role.SELLER), SELLER.id, SELLER.chat_id, "Sabine", Language.DE, NEW_YEAR
            )
            for number in range(1, CONVERSATIONS + 1):
                talk = _talk_through(connection, number, team.id, STEPS_OF_EACH if number > 1 else STEPS_OF_THE_LONGEST)
                longest = longest or talk
            people.save(replace(member, active=ConversationId(1)))
        assert longest is not None
        return longest

    def turn(self, event: Event) -> float:
        """Runs one turn, undoes it, and gives the milliseconds between the begin and the commit."""
        kind = inbox.PRESS if isinstance(event, Pressed) else "message"
        arrival = Arrival(1, next(self._update_ids), SELLER.chat_id, kind, YEARS_END, YEARS_END, "{}")
        with self._engine.connect() as connection, connection.begin() as transaction:
            lanes.claim(connection, [SELLER.chat_id], self._house.owner, YEARS_END)
            (letter,) = inbox.put(connection, [arrival])
            began = perf_counter()
            done = run_turn(connection, self._house, Call(letter, SELLER, event, dialog_for(event), 77))
            took = perf_counter() - began
            transaction.rollback()
        assert done is not None
        return took * 1000

    def announcement(self) -> float:
        """A manager switches figures of each seller on, of which a hundred colleagues are told; milliseconds."""
        arrival = Arrival(1, next(self._update_ids), MANAGER.chat_id, inbox.PRESS, YEARS_END, YEARS_END, "{}")
        event = Pressed(Press("eve_tell", value="on"), "team")
        with self._engine.connect() as connection, connection.begin() as transaction:
            people = SqlPeople(connection)
            seller = people.get(SELLER.id)
            assert seller is not None
            for number in range(COLLEAGUES):
                key = PersonId(9000 + number)
                people.join(Invite(0, seller.team, Role.SELLER), key, key, "Kollege", Language.DE, NEW_YEAR)
            people.join(Invite(0, seller.team, Role.MANAGER), MANAGER.id, MANAGER.chat_id, "M", Language.DE, NEW_YEAR)
            lanes.claim(connection, [MANAGER.chat_id], self._house.owner, YEARS_END)
            (letter,) = inbox.put(connection, [arrival])
            began = perf_counter()
            done = run_turn(connection, self._house, Call(letter, MANAGER, event, dialog_for(event), 77))
            took = perf_counter() - began
            transaction.rollback()
        assert done is not None
        assert len(done.parcels) > COLLEAGUES
        return took * 1000

    def intake(self) -> float:
        """Stores a full poll of a hundred updates; milliseconds."""
        arrivals = [
            Arrival(1, next(self._update_ids), 5000 + number, "message", YEARS_END, YEARS_END, "{}" * 500)
            for number in range(100)
        ]
        with self._engine.connect() as connection, connection.begin() as transaction:
            began = perf_counter()
            inbox.put(connection, arrivals)
            lanes.claim(connection, [arrival.chat_id for arrival in arrivals], self._house.owner, YEARS_END)
            took = perf_counter() - began
            transaction.rollback()
        return took * 1000


def _talk_through(connection: Connection, number: int, team_id: int, length: int) -> Talk:
    """A conversation with so many steps, all ticks after the first, and its notes."""
    key = ConversationId(number)
    started = NEW_YEAR + timedelta(days=number)
    rows = connection.execute
    rows(
        insert(schema.customer).values(
            id=number, owner_id=SELLER.id, name=f"Kunde {number}", alias=False, created_at=started, used_at=started
        )
    )
    phase = PhaseId.RELATIONSHIP
    steps = [Step(seq=1, at=started, actor=SELLER.id, trigger=Trigger.START, source=None, to=phase,
                  payload={"customer_id": number})]  # fmt: skip
    steps += [
        Step(seq=seq, at=started + timedelta(minutes=seq), actor=SELLER.id, trigger=Trigger.TICK, source=phase,
             to=phase, payload={"phase": phase, "item": f"item_{seq % 5}", "done": bool(seq % 2)})
        for seq in range(2, length + 1)
    ]  # fmt: skip
    assert begin(key, steps[0]).customer_id == number
    talk = replay(key, steps)
    rows(
        insert(schema.conversation).values(
            id=key, owner_id=SELLER.id, team_id=team_id, customer_id=number, phase=talk.phase, standing=talk.standing,
            seq=talk.seq, state=talk.model_dump(mode="json"), touched_at=talk.touched_at,
        )
    )  # fmt: skip
    rows(
        insert(schema.step),
        [
            {"conversation_id": key, "seq": step.seq, "at": step.at, "actor_id": step.actor, "trigger": step.trigger,
             "source": step.source, "target": step.to, "payload": dict(step.payload)}
            for step in steps
        ],
    )  # fmt: skip
    rows(
        insert(schema.note),
        [
            {"owner_id": SELLER.id, "conversation_id": key, "kind": NoteKind.NOTE, "at": started, "text": f"Notiz {n}"}
            for n in range(NOTES_OF_EACH)
        ],
    )
    return talk


def measure() -> dict[str, float]:
    """The job → the median of its milliseconds."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        engine = open_engine(sqlite_url(Path(folder) / "year.sqlite"))
        try:
            migrate(engine)
            year = Year(engine)
            return {name: median(job() for _ in range(REPEATED)) for name, job in _jobs(year).items()}
        finally:
            engine.dispose()


def _jobs(year: Year) -> dict[str, Callable[[], float]]:
    talk = year.talk
    screen = f"card:{talk.id}"

    first_item = Catalogue.load()[Language.DE].phases[talk.phase].checklist[0].id

    def press(action: str, version: int = 0, value: str = "") -> Callable[[], float]:
        return lambda: year.turn(Pressed(Press(action, talk.id, version, value), screen))

    return {
        "100 updates of one poll": year.intake,
        "/gespraech: the list": lambda: year.turn(Command("talk")),
        "/gespraech with a known customer": lambda: year.turn(Command("talk", "Kunde 150")),
        "/gespraech with a new customer": lambda: year.turn(Command("talk", "Kunde X")),
        "without a name": lambda: year.turn(Pressed(Press("anon", 301), "ask")),
        "a tick": press("tick", value=f"{PHASE_CODES[talk.phase]}.{first_item}=1"),
        "Weiter": press("next", talk.version),
        "⋯": press("more"),
        "Notizen": press("notes"),
        "a text": lambda: year.turn(Typed("Der Kunde will Muster sehen.")),
        "/daten": lambda: year.turn(Command("mydata")),
        "figures of each seller on": year.announcement,
        "all data deleted": lambda: year.turn(Pressed(Press("data_erase"), "data")),
    }


def main() -> None:
    """Prints the jobs, the longest first."""
    steps = (CONVERSATIONS - 1) * STEPS_OF_EACH + STEPS_OF_THE_LONGEST
    lines = [f"{CONVERSATIONS} conversations, {steps} steps, {STEPS_OF_THE_LONGEST} of them in one; ms on the writer"]
    for name, took in sorted(measure().items(), key=lambda found: -found[1]):
        lines.append(f"{name:40}{took:9.2f}{'  over the limit' if took > LIMIT_MS else ''}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
