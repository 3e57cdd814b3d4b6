"""Answers to presses: the first call of the turn, at most one, and out within a second however long the rest takes.

And no more calls than the screens that change.
"""

import asyncio
from collections.abc import Callable

import pytest

from bot import post, routes
from dialogs.turn import Dialog, Turn
from dialogs.view import line
from tests.bot.world import SABINE, World, until

LONGEST_TOAST = 200

OnHelp = Callable[[Dialog], None]


@pytest.fixture
def on_help(monkeypatch: pytest.MonkeyPatch) -> OnHelp:
    """Puts another dialog behind /hilfe."""
    return lambda dialog: monkeypatch.setitem(routes.COMMANDS, "help", dialog)


@pytest.fixture
def on_press(monkeypatch: pytest.MonkeyPatch) -> OnHelp:
    """Puts another dialog behind 'Weiter'."""
    return lambda dialog: monkeypatch.setitem(routes.PRESSES, "next", dialog)


def methods(world: World) -> list[str]:
    """What the bot asked for, in its order."""
    return [call.method for call in world.calls()]


async def test_a_press_is_one_answer_and_one_edit_and_the_answer_is_first(world: World) -> None:
    await world.opens_card()
    world.standin.calls.clear()
    world.press("Weiter")
    await world.settled()
    assert methods(world) == ["answerCallbackQuery", "editMessageText"]


async def test_tick_tick_tick_is_an_answer_and_at_most_an_edit_each(world: World) -> None:
    await world.opens_card()
    world.standin.calls.clear()
    for label in ("Begrüßung", "Draht", "Zeit"):
        world.press(label)
    card = await world.sees("☑ Zeitrahmen")
    await world.settled()
    assert methods(world).count("answerCallbackQuery") == 3
    assert 1 <= methods(world).count("editMessageText") <= 3
    assert len(methods(world)) <= 6
    assert card["text"].count("☑") == 3


async def test_moving_the_card_down_is_one_message_more(world: World) -> None:
    await world.opens_card()
    for number in range(3):
        world.say(f"Notiz {number}")
    await world.settled()
    world.standin.calls.clear()
    world.press("Begrüßung")
    await world.settled()
    assert methods(world) == ["answerCallbackQuery", "editMessageText", "sendMessage"]
    assert "weiter unten" in world.screens()[0]
    assert "☑ Begrüßt" in world.screens()[-1]


async def test_a_press_that_changes_nothing_is_an_answer_and_nothing_else(world: World) -> None:
    card = await world.opens_card()
    world.standin.calls.clear()
    callback_id = world.standin.press(SABINE, card["message_id"], "something of somebody else")
    assert (await world.answered(callback_id))["text"]
    await world.settled()
    assert methods(world) == ["answerCallbackQuery"]


async def test_a_double_tap_is_answered_twice_and_moves_once(world: World) -> None:
    await world.opens_card()
    first, second = world.press("Weiter"), world.press("Weiter")
    await world.settled()
    assert (await world.answered(first))["text"] == ""
    assert (await world.answered(second))["text"].startswith("Der Knopf war von vorhin")
    assert world.steps() == ["start", "advance"]


async def test_a_toast_is_cut_to_what_telegram_takes(world: World, on_press: OnHelp) -> None:
    await world.opens_card()
    on_press(lambda turn: turn.toast("ä" * 300))
    answer = await world.answered(world.press("Weiter"))
    assert answer["text"] == "ä" * LONGEST_TOAST


async def test_behind_a_blocked_writer_the_answer_is_out_within_a_second_and_the_toast_on_the_card(
    world: World,
) -> None:
    await world.opens_card()
    first = world.press("Weiter")
    await world.answered(first)
    await world.settled()
    message = world.from_bot()[-1]
    old = world.standin.presses.get(first)
    assert old is not None
    with world.writer_blocked():
        callback_id = world.standin.press(SABINE, message["message_id"], old.data)
        answer = await world.answered(callback_id)
        assert answer["text"] == ""
        assert _seconds_to_answer(world, callback_id) < 1
    await world.settled()
    assert world.steps() == ["start", "advance"]
    assert [call.method for call in world.calls() if call.parameters.get("callback_query_id") == callback_id] == [
        "answerCallbackQuery"
    ]
    assert world.screens()[-1].startswith("Der Knopf war von vorhin"), "the toast's words stand on the card"


async def test_the_toast_of_a_slow_dialog_stands_on_its_screen(world: World, on_press: OnHelp) -> None:
    await world.opens_card()
    free = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(turn: Turn) -> None:
        asyncio.run_coroutine_threadsafe(free.wait(), loop).result(10)
        turn.edit("card:1", line("fertig"))
        turn.toast("Das hat gedauert")

    on_press(slow)
    callback_id = world.press("Weiter")
    assert (await world.answered(callback_id))["text"] == ""
    free.set()
    assert (await world.sees("fertig"))["text"] == "Das hat gedauert\n\nfertig"
    await world.settled()
    assert len(world.calls("answerCallbackQuery")) == 1


def _seconds_to_answer(world: World, callback_id: str) -> float:
    press = world.standin.presses.get(callback_id)
    (call,) = [
        call for call in world.calls("answerCallbackQuery") if call.parameters["callback_query_id"] == callback_id
    ]
    assert press is not None
    return call.at - press.at


async def test_a_press_behind_a_slow_turn_of_its_chat_is_answered_in_time(
    world: World, on_help: OnHelp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "RETRY_AFTER", (0.5, 1.0, 0.5))
    await world.opens_card()

    def broken(turn: Turn) -> None:
        raise RuntimeError

    on_help(broken)
    world.say("/hilfe")
    callback_id = world.press("Weiter")
    assert (await world.answered(callback_id))["text"] == ""
    assert _seconds_to_answer(world, callback_id) < 1
    assert world.steps() == ["start"], "its turn has not come yet"
    await world.settled()
    assert world.steps() == ["start", "advance"]


async def test_a_refused_answer_is_no_error(world: World) -> None:
    await world.opens_card()
    world.standin.faults.refuse("answerCallbackQuery", 400, "query is too old and response timeout expired")
    world.press("Weiter")
    await world.sees("2/6")
    await world.settled()
    assert len(world.calls("answerCallbackQuery")) == 1
    assert world.states("outbox") == {"sent": 2}


async def test_a_lost_answer_is_not_given_again(world: World) -> None:
    await world.opens_card()
    world.standin.faults.lose_reply("answerCallbackQuery")
    world.press("Weiter")
    await world.sees("2/6")
    await world.settled()
    assert len(world.calls("answerCallbackQuery")) == 1


async def test_a_press_found_after_a_restart_is_handled_and_not_answered(resting_world: World) -> None:
    world = resting_world
    await world.start()
    await world.opens_card()
    await world.kill()
    callback_id = world.press("Weiter")
    await world.stores_and_dies()
    await world.start()
    await world.sees("2/6")
    await world.settled()
    assert world.standin.answer(callback_id) is None
    assert world.calls("answerCallbackQuery") == []
    await world.stop()


async def test_a_press_delivered_again_after_a_restart_is_not_answered(resting_world: World) -> None:
    """The offset that would have confirmed it was lost with the process."""
    world = resting_world
    await world.start()
    await world.opens_card()
    await world.kill()
    world.press("Weiter")
    updates = await world.stores_and_dies()
    await world.start(polling=False)
    await world.settled()
    await world.bot.intake.accept(updates)
    await until(lambda: not world.bot.answers._open)
    await world.settled()
    assert world.calls("answerCallbackQuery") == []
    assert world.steps() == ["start", "advance"]
    await world.stop()
