"""Screens that are drawn when they are sent: from the row's own input, in the person's language, or one sentence."""

import pytest

from bot import routes
from bot.late import drawing
from bot.late.drawing import LateOrder
from dialogs.turn import Turn
from dialogs.view import View, line
from tests.bot.world import SABINE, World

SCREEN = "counted"


def count_notes(order: LateOrder) -> View:
    """A screen that reads: how many notes there are, and what was asked for."""
    notes = order.connection.exec_driver_sql("SELECT count(*) FROM note").scalar_one()
    return line(f"{order.person.name}: {notes} Notizen, gefragt {order.values['asked']}")


def ask_later(turn: Turn) -> None:
    """`/hilfe` shows the screen, a second one draws it afresh in its place."""
    is_there = turn.store.screens.messages_below(turn.sender.chat_id, SCREEN) is not None
    turn.show_later("notes", SCREEN, edits=is_there, asked=turn.at.isoformat()[:4])


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(drawing.DRAWERS, "notes", count_notes)
    monkeypatch.setitem(routes.COMMANDS, "help", ask_later)


async def test_it_shows_what_is_there_when_it_is_sent(counting: None, world: World) -> None:
    await world.opens_card()
    world.say("Parkt im Hof")
    await world.settled()
    world.say("/hilfe")
    await world.sees("Sabine: 1 Notizen, gefragt 20")
    await world.settled()


async def test_asked_again_it_is_drawn_in_its_place(counting: None, world: World) -> None:
    world.say("/hilfe")
    await world.sees("Sabine: 0 Notizen")
    await world.opens_card()
    world.say("Parkt im Hof")
    await world.settled()
    before = len(world.screens())
    world.say("/hilfe")
    await world.sees("Sabine: 1 Notizen")
    await world.settled()
    assert len(world.screens()) == before
    assert world.rows("SELECT DISTINCT payload FROM outbox") == [(None,)]


async def test_one_that_cannot_be_drawn_is_tried_three_times_and_then_one_sentence_goes_out(
    counting: None, world: World
) -> None:
    world.run_sql("ALTER TABLE note RENAME TO notes_elsewhere")
    world.say("/hilfe")
    await world.sees("Das ließ sich gerade nicht zeigen.")
    await world.settled()
    assert world.rows("SELECT state, tries FROM outbox") == [("aside", 2)]
    world.run_sql("ALTER TABLE notes_elsewhere RENAME TO note")
    world.say("/hilfe")
    await world.sees("Sabine: 0 Notizen")


async def test_who_was_removed_meanwhile_does_not_see_it(counting: None, world: World) -> None:
    world.standin.faults.refuse("sendMessage", 502, "Bad Gateway", chat_id=SABINE)
    world.say("/hilfe")
    await world.standin.until(lambda: world.calls("sendMessage", who=SABINE))
    world.run_sql("UPDATE person SET removed_at = '2026-11-16 08:00:00' WHERE name = 'Sabine'")
    await world.settled()
    assert world.rows("SELECT state, reason FROM outbox") == [("aside", "the right to see it is gone")]
