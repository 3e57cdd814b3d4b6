"""A look is cheap: it finds people by indexes and keeps the writer for a moment only."""

import time
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine, event, insert

from bot.jobs import pushes as jobs
from bot.storage import schema
from tests.bot.jobs.watch import Watch, at
from tests.chat import MONDAY_MORNING

TUESDAY = "2026-11-17"
PEOPLE = range(10_001, 11_001)


@pytest.fixture
def crowded(watch: Watch) -> Watch:
    """A thousand people with appointments, and a fortnight of what was pushed to them."""
    team = watch.team()
    people = [
        {
            "id": key, "chat_id": key, "name": "P", "language": "de", "role": "manager" if key % 10 == 0 else "seller",
            "team_id": team, "joined_at": MONDAY_MORNING,
        }
        for key in PEOPLE
    ]  # fmt: skip
    booked = [
        {
            "owner_id": key, "kind": "visit", "title": "x", "place": "", "all_day": False, "occurrence": "",
            "stamp": "", "starts_at": starts, "ends_at": starts + timedelta(minutes=30),
        }
        for key in PEOPLE
        for day in range(16, 20)
        for starts in (at(f"{8 + key % 10:02}:00", f"2026-11-{day}"), at("10:00", f"2026-12-{day}"))
    ]  # fmt: skip
    pushed = [
        {"recipient_id": key, "kind": "morning", "subject": 0, "day": date(2026, 11, day), "at": MONDAY_MORNING}
        for key in PEOPLE
        for day in range(1, 15)
    ]
    with watch.engine.begin() as connection:
        connection.execute(insert(schema.person), people)
        connection.execute(insert(schema.appointment), booked)
        connection.execute(insert(schema.push), pushed)
    with watch.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    return watch


def plans(engine: Engine, moment_of_look: str) -> list[str]:
    """The plan of every statement of a look's search."""
    said: list[tuple[str, object]] = []

    def note(_c: Connection, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if statement.lstrip().startswith("SELECT"):
            said.append((statement, parameters))

    with engine.connect().execution_options(reading=True) as connection:
        event.listen(engine, "before_cursor_execute", note)
        jobs.find(connection, at(moment_of_look, TUESDAY))
        event.remove(engine, "before_cursor_execute", note)
        explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
        return [
            "\n".join(str(row[-1]) for row in connection.exec_driver_sql(explain + statement, parameters))  # type: ignore[arg-type]
            for statement, parameters in said
        ]


async def test_appointments_and_what_was_told_are_found_by_their_indexes(crowded: Watch) -> None:
    drawn = plans(crowded.engine, "09:45")
    of_appointments = [plan for plan in drawn if "appointment" in plan]
    assert of_appointments
    for plan in of_appointments:
        assert "ix_appointment_starts_at" in plan or "uq_appointment_owner_id" in plan, plan
    for plan in drawn:
        assert "SCAN push" not in plan, plan
        assert "SCAN appointment" not in plan, plan
        assert "SCAN lane" not in plan, plan
        assert "SCAN conversation" not in plan, plan
        assert "Seq Scan on appointment" not in plan, plan
        assert "Seq Scan on push" not in plan, plan
        assert "on person person_1" not in plan, plan  # each question is about the person in hand


async def test_a_look_at_many_keeps_the_writer_for_less_than_ten_milliseconds_at_a_time(
    crowded: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent: list[float] = []
    tell = jobs.tell

    def timed(*given: object, **named: object) -> set[int]:
        began = time.thread_time()
        told = tell(*given, **named)  # type: ignore[arg-type]
        spent.append(time.thread_time() - began)
        return told

    async def nobody(_: set[int]) -> None:
        pass

    monkeypatch.setattr(jobs, "tell", timed)
    assert await jobs.look(crowded.storage, nobody, at("07:30", TUESDAY)) == len(PEOPLE)
    assert sorted(spent)[len(spent) * 9 // 10] < 0.010


async def test_whoever_is_told_something_was_among_the_candidates(crowded: Watch) -> None:
    """The sieve may be too coarse, never too fine: everybody planned without it is found by it."""
    for moment in (at("07:30", TUESDAY), at("09:45", TUESDAY), at("13:50", TUESDAY), at("18:00", TUESDAY)):
        for shift in (timedelta(0), timedelta(minutes=3)):
            with crowded.engine.connect().execution_options(reading=True) as connection:
                found = jobs.find(connection, moment + shift)
                everybody = {kind: set(PEOPLE) for kind in found}
                told = jobs.plan(connection, moment + shift, everybody, list(PEOPLE))
            for message in told:
                for offer in message.offers:
                    (kind,) = (kind for kind in found if kind.kind is offer.push.kind)
                    if kind.kind != "summary":  # who joined after it was due is left out by the sieve alone
                        assert message.person.id in found[kind]
