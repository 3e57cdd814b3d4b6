"""Quiet hours and conversations in use hold back what is pushed; it comes afterwards, in one message, or not at all."""

from datetime import time, timedelta

import pytest

from bot.storage import schema
from tests.bot.jobs.watch import Watch, at
from tests.chat import Chat

MINUTE = timedelta(minutes=1)
TUESDAY = "2026-11-17"


async def test_a_conversation_in_use_holds_a_briefing_back_until_it_rests(watch: Watch, chat: Chat) -> None:
    watch.books(at("10:30"), customer="Schäfer GmbH")
    chat.now = at("10:10")
    chat.sends("/gespraech Muster GmbH")
    assert await watch.looks(at("10:15"), at("10:30"), MINUTE) == []
    assert watch.settled() == 0


@pytest.mark.parametrize("label", ["Kaufsignal", "Einwand", "⋯", "Notiz"])
async def test_looking_something_up_in_it_is_use_as_well(watch: Watch, chat: Chat, label: str) -> None:
    """Nothing is recorded by these, so the conversation's own time does not tell."""
    watch.books(at("10:30"), customer="Schäfer GmbH")
    chat.now = at("09:00")
    chat.sends("/gespraech Muster GmbH")
    chat.now = at("10:12")
    chat.press(label)
    assert await watch.look(at("10:20")) == []


async def test_what_waited_comes_in_one_message_when_the_conversation_rests(watch: Watch, chat: Chat) -> None:
    watch.books(at("10:30"), customer="Schäfer GmbH")
    watch.books(at("10:35"), customer="Otto KG")
    watch.person(briefing=timedelta(minutes=60))
    chat.now = at("09:20")
    chat.sends("/gespraech Muster GmbH")
    assert await watch.looks(at("09:20"), at("09:40"), MINUTE) == []
    ((_, text),) = await watch.look(at("09:40"))
    assert "10:30 Webcall: Schäfer GmbH" in text
    assert "10:35 Webcall: Otto KG" in text
    assert await watch.looks(at("09:41"), at("11:00"), MINUTE) == []


async def test_a_conversation_that_is_open_but_idle_holds_nothing_back(watch: Watch, chat: Chat) -> None:
    chat.now = at("09:20")
    chat.sends("/gespraech Muster GmbH")
    watch.books(at("10:00"), customer="Schäfer GmbH")
    assert len(await watch.look(at("09:45"))) == 1


async def test_other_commands_are_no_use_of_an_idle_conversation(watch: Watch, chat: Chat) -> None:
    chat.now = at("09:00")
    chat.sends("/gespraech Muster GmbH")
    chat.now = at("09:44")
    chat.sends("/einstellungen")
    watch.books(at("10:00"), customer="Schäfer GmbH")
    assert len(await watch.look(at("09:45"))) == 1


async def test_a_paused_conversation_lets_everything_through_at_once(watch: Watch, chat: Chat) -> None:
    watch.books(at("10:00"), customer="Schäfer GmbH")
    chat.now = at("09:44")
    chat.sends("/gespraech Muster GmbH")
    assert await watch.look(at("09:45")) == []
    chat.press("Pause")
    assert len(await watch.look(at("09:46"))) == 1


async def test_typing_without_a_conversation_holds_nothing_back(watch: Watch, chat: Chat) -> None:
    chat.now = at("09:44")
    chat.types("findet er zu teuer")
    watch.books(at("10:00"), customer="Schäfer GmbH")
    assert len(await watch.look(at("09:45"))) == 1


async def test_one_sellers_conversation_does_not_hold_back_anothers_briefing(
    watch: Watch, chat: Chat, english_chat: Chat
) -> None:
    english_chat.now = at("09:00")
    english_chat.sends("/talk Miller Ltd")
    chat.now = at("09:00")
    chat.sends("/gespraech Muster GmbH")
    chat.now = at("09:44")
    chat.press("Kaufsignal")
    watch.books(at("10:00"), customer="Schäfer GmbH")
    watch.books(at("10:00"), 1003, customer="Miller Ltd")
    assert [to for to, _ in await watch.look(at("09:45"))] == [1003]


async def test_in_quiet_hours_nothing_comes_and_in_the_morning_what_still_counts(watch: Watch, chat: Chat) -> None:
    watch.books(at("21:00"), customer="Spät GmbH")
    watch.books(at("07:10", TUESDAY), customer="Früh GmbH")
    watch.person(morning=time(6))
    assert await watch.looks(at("20:00"), at("07:00", TUESDAY)) == []
    ((_, text),) = await watch.look(at("07:00", TUESDAY))
    assert "Spät GmbH" not in text
    assert text.index("07:10 Webcall: Früh GmbH") < text.index("Heute, Di., 17.11.")


@pytest.mark.parametrize(
    ("start", "end", "comes"),
    [(time(20), time(7), True), (time(9, 30), time(10), False), (time(9), time(9, 45), True),
     (time(0), time(0), True), (time(8), time(8), True), (time(9, 46), time(9, 45), True)],
)  # fmt: skip
async def test_quiet_hours_are_the_persons_choice(
    watch: Watch, chat: Chat, start: time, end: time, comes: bool
) -> None:
    watch.person(quiet_from=start, quiet_until=end)
    watch.books(at("10:00"), customer="Schäfer GmbH")
    assert len(await watch.look(at("09:45"))) == comes


async def test_quiet_hours_are_those_of_the_persons_zone(watch: Watch, chat: Chat) -> None:
    watch.person(zone="America/New_York")
    watch.books(at("10:00"), customer="Schäfer GmbH")  # four in the morning there
    assert await watch.looks(at("09:40"), at("10:30")) == []


async def test_a_use_before_the_clock_went_back_holds_nothing_back(watch: Watch, chat: Chat) -> None:
    chat.now = at("09:44")
    chat.sends("/gespraech Muster GmbH")
    watch.run(schema.lane, talked_at=at("10:44"))
    watch.run(schema.conversation, touched_at=at("10:44"))
    watch.books(at("10:00"), customer="Schäfer GmbH")
    assert len(await watch.look(at("09:45"))) == 1
