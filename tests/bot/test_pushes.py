"""Pushes over the whole bot: PTB's job queue looks, delivery sends, a blocked chat stays silent."""

from datetime import timedelta

import pytest

from bot.clock import now
from bot.jobs import pushes as jobs
from bot.storage.engine import open_engine, sqlite_url
from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId
from dialogs.ports.days import Appointment, AppointmentId
from knowledge.taxonomy import AppointmentKind
from tests.bot.world import SABINE, World


def book(world: World, who: int = SABINE) -> None:
    """An appointment in ten minutes, of somebody without quiet hours."""
    starts = now() + timedelta(minutes=10)
    world.run_sql("UPDATE person SET quiet_from = '00:00', quiet_until = '00:00', morning = NULL")
    engine = open_engine(sqlite_url(world.database))
    with engine.begin() as connection:
        store = SqlStore(connection)
        customer = store.customers.create(PersonId(who), "Schäfer GmbH", alias=False, at=now())
        store.appointments.add(
            PersonId(who),
            Appointment(
                AppointmentId(0), AppointmentKind.DEMO, "", starts, starts + timedelta(minutes=30), "Halle 3",
                customer_id=customer.id,
            ),
        )  # fmt: skip
    engine.dispose()


@pytest.fixture(autouse=True)
def _looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "FIRST", timedelta(seconds=0.1))
    monkeypatch.setattr(jobs, "EVERY", timedelta(seconds=0.2))


async def test_a_briefing_arrives_and_its_button_starts_the_conversation(resting_world: World) -> None:
    world = resting_world
    book(world)
    await world.start()
    briefing = await world.sees("Demo: Schäfer GmbH")
    assert "Halle 3" in briefing["text"]
    await world.settled()
    world.press("Gespräch beginnen")
    await world.sees("Schäfer GmbH · Demo · B2B")
    await world.stop()


async def test_killed_and_started_again_at_the_minute_it_comes_once(resting_world: World) -> None:
    world = resting_world
    book(world)
    await world.start()
    await world.sees("Demo: Schäfer GmbH")
    await world.settled()
    await world.kill()
    await world.start()
    await world.settled()
    world.say("/hilfe")
    await world.sees("/einstellungen")
    assert sum("Demo: Schäfer GmbH" in screen for screen in world.screens()) == 1
    await world.stop()


async def test_who_blocked_the_bot_is_not_written_to(resting_world: World) -> None:
    world = resting_world
    book(world)
    world.run_sql("UPDATE person SET blocked_at = '2026-11-16 08:00:00' WHERE name = 'Sabine'")
    await world.start()
    await jobs.look(world.bot.storage, world.bot.sharing.wake, now())
    await world.settled()
    assert world.screens() == []
    assert world.rows("SELECT recipient_id FROM push WHERE recipient_id = ?", SABINE) == []
    await world.stop()
