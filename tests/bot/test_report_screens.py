"""The manager's evening over the whole bot: drawn when it is sent, changed in place, refused to who may not see it."""

from tests.bot.world import MARKUS, World


async def test_the_summary_comes_and_its_buttons_change_it_in_place(world: World) -> None:
    await world.opens_card("Muster GmbH")
    world.say("/tagesbericht", MARKUS)
    summary = await world.sees("1 Gespräch, 0 Aufträge", MARKUS)
    world.press("Woche", MARKUS)
    week = await world.sees("Unter vier Verkäufern zeige ich nur", MARKUS)
    assert week["message_id"] == summary["message_id"]
    world.press("Zahlen erklärt", MARKUS)
    await world.sees("1 neu eröffnet + 0 weitergeführt", MARKUS)
    await world.settled()
    assert world.rows("SELECT DISTINCT payload FROM outbox WHERE chat_id = ?", MARKUS) == [(None,)]


async def test_who_leads_the_team_no_more_when_it_is_drawn_sees_nothing(world: World) -> None:
    world.standin.faults.refuse("sendMessage", 502, "Bad Gateway", chat_id=MARKUS)
    world.say("/tagesbericht", MARKUS)
    await world.standin.until(lambda: world.calls("sendMessage", who=MARKUS))
    world.run_sql("UPDATE person SET role = 'seller' WHERE name = 'Markus'")
    await world.settled()
    assert world.rows("SELECT state, reason FROM outbox") == [("aside", "the right to see it is gone")]
    assert world.screens(MARKUS) == []
