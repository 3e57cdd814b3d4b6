"""The pace: five messages to a chat at once, then one a second; what is pushed leaves half of the rate to answers."""

import asyncio
import itertools

import pytest

from bot import pace
from bot.pace import BURST, ChatPace, PushGate
from tests.bot.world import SABINE, World, until


class HandSetClock:
    """`bot.clock.monotonic`, moved by hand; it counts how often it was asked."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.asked = 0

    def __call__(self) -> float:
        self.asked += 1
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> HandSetClock:
    clock = HandSetClock()
    monkeypatch.setattr(pace, "monotonic", clock)
    return clock


def test_a_chat_gets_five_at_once_and_then_one_a_second(clock: HandSetClock) -> None:
    chat = ChatPace()
    waits = []
    for _ in range(8):
        while seconds := chat.take():
            clock.now += seconds
        waits.append(clock.now - 1000)
    assert waits == [0, 0, 0, 0, 0, 1, 2, 3]
    assert BURST == 5
    clock.now += 60
    assert chat.is_rested
    assert [chat.take() for _ in range(6)] == [0, 0, 0, 0, 0, 1]


def test_a_pause_lasts_as_long_as_telegram_says(clock: HandSetClock) -> None:
    chat = ChatPace()
    chat.pause(30)
    assert chat.take() == 30
    chat.pause(10)  # a shorter one does not end the longer
    clock.now += 29
    assert chat.take() == 1
    assert not chat.is_rested
    clock.now += 1
    assert chat.take() == 0


async def test_delivery_keeps_to_the_pace(world: World) -> None:
    for number in range(6):
        world.say(f"Notiz {number}")
    await world.settled()
    at = [call.at for call in world.calls("sendMessage", who=SABINE)]
    assert at[5] - at[0] > 0.5, "the sixth about a second after the first, however quick the machine is"


async def test_pushed_messages_take_half_of_the_rate_while_answers_wait(clock: HandSetClock) -> None:
    gate = PushGate(messages_per_second=8)
    gate.answers_waiting = 1
    passed = 0

    async def push_many() -> None:
        nonlocal passed
        for _ in itertools.repeat(None, 6):
            await gate.pass_through()
            passed += 1

    pushing = asyncio.create_task(push_many())
    await until(lambda: passed == 4)
    asked = clock.asked
    await until(lambda: clock.asked >= asked + 3)
    assert passed == 4, "the gate has looked again, and a second has not passed"
    clock.now += 1.1
    await until(lambda: passed == 6)
    await pushing


async def test_pushed_messages_have_the_whole_rate_when_nobody_waits(clock: HandSetClock) -> None:
    gate = PushGate(messages_per_second=2)
    for _ in range(5):
        await gate.pass_through()
    assert gate.answers_waiting == 0
