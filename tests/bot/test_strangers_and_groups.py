"""Who does not belong to the company learns nothing and leaves nothing; in groups the bot keeps still."""

import pytest

from tests.bot.world import MARKUS, OTTO, SABINE, World

REFUSAL = "Dieser Bot gehört einem Vertriebsteam."

THEIRS = ("person", "customer", "conversation", "step", "note", "follow_up", "waiting")
"""Tables that hold what is known about people."""


def known(world: World) -> dict[str, int]:
    """How many rows each of those tables has."""
    return {table: world.rows(f"SELECT count(*) FROM {table}")[0][0] for table in THEIRS}  # noqa: S608 (our own names)


@pytest.mark.parametrize("text", ["/start", "/start nothing", "/gespraech Geheim AG", "zu teuer", "/team", "/quatsch"])
async def test_a_stranger_gets_a_polite_refusal_and_leaves_only_the_key_of_the_message(world: World, text: str) -> None:
    before = known(world)
    world.say(text, OTTO)
    await world.settled()
    (answer,) = world.screens(OTTO)
    assert answer.startswith(REFUSAL) or "Einladung gilt nicht" in answer
    assert known(world) == before
    assert world.rows("SELECT raw, state FROM inbox") == [(None, "done")]
    assert world.rows("SELECT payload, state FROM outbox") == [(None, "sent")]


async def test_a_strangers_press_on_a_forwarded_card_does_nothing(world: World) -> None:
    await world.opens_card()
    world.say("/start", OTTO)
    message = await world.sees(REFUSAL, OTTO)
    callback_id = world.standin.press(OTTO, message["message_id"], "card:1|next:1:1:")
    assert (await world.answered(callback_id))["text"].startswith(REFUSAL)
    await world.settled()
    assert world.steps(SABINE) == ["start"]


async def test_another_members_button_does_nothing_to_a_conversation(world: World) -> None:
    await world.opens_card()
    world.say("/hilfe", MARKUS)
    message = await world.sees("", MARKUS)
    await world.answered(world.standin.press(MARKUS, message["message_id"], "card:1|next:1:1:"))
    await world.settled()
    assert world.steps(SABINE) == ["start"]


async def test_in_a_group_a_command_gets_one_sentence_and_all_else_silence(world: World) -> None:
    before = known(world)
    group = world.standin.make_group(SABINE, "Vertrieb Süd")
    for text in ("Guten Morgen zusammen", "@roter_faden_bot zu teuer"):
        world.standin.say(SABINE, text, chat_id=group)
    for who, text in ((SABINE, "/gespraech Muster GmbH"), (OTTO, "/start@roter_faden_bot")):
        world.standin.say(who, text, chat_id=group)
    await world.settled()
    assert [message["text"] for message in world.from_bot(group)] == [
        "Ich arbeite nur im privaten Chat. Tipp auf meinen Namen und schreib mir dort."
    ] * 2
    assert known(world) == before
    assert world.from_bot(SABINE) == []


async def test_an_edited_message_is_ignored(world: World) -> None:
    sent = world.say("Er parkt im Hof")
    await world.sees("Er parkt im Hof")
    world.standin.change_text(SABINE, sent, "/gespraech Muster GmbH")
    await world.settled()
    assert len(world.from_bot()) == 1
    assert world.rows("SELECT kind, state, raw FROM inbox ORDER BY id") == [
        ("message", "done", None),
        ("edited_message", "done", None),
    ]


async def test_a_removed_members_next_press_is_refused(world: World) -> None:
    await world.opens_card()
    world.say("/team", MARKUS)
    await world.sees("2 Mitglieder", MARKUS)
    for label in ("Entfernen", "Sabine Verkauf", "Ja, entfernen"):
        await world.settled()
        world.press(label, MARKUS)
    await world.settled()
    assert not world.is_member(SABINE)
    answer = await world.answered(world.press("Weiter"))
    assert answer["text"].startswith(REFUSAL)
    await world.settled()
    assert world.states("outbox").get("open") is None
