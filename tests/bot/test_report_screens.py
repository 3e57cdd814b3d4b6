"""The manager's evening over the whole bot: drawn when it is sent, changed in place, refused to who may not see it."""

from bot.clock import now
from tests.bot.world import MARKUS, SABINE, World


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


async def test_figures_of_each_seller_are_seen_as_soon_as_everybody_was_sent_the_news(world: World) -> None:
    world.standin.faults.refuse("sendMessage", 429, retry_after=1, chat_id=SABINE)
    world.say("/team", MARKUS)
    await world.sees("Mitglieder", MARKUS)
    for label, then in (("Zusammenfassung", "Jeden Arbeitstag"), ("Zahlen je Verkäufer", "Betriebsrat")):
        world.press(label, MARKUS)
        await world.sees(then, MARKUS)
    world.press("Allen sagen und einschalten", MARKUS)
    await world.sees("Zahlen je Verkäufer: an", MARKUS)
    figures = f"report|rep_sellers::{int(now().timestamp())}:w2026-11-16.0"
    asked = world.standin.messages(MARKUS)[-1]["message_id"]
    world.standin.press(MARKUS, asked, figures)
    await world.sees("Noch nicht alle im Team haben die Nachricht bekommen", MARKUS)
    await world.sees("Führungskräfte sehen ab jetzt auch Zahlen je Verkäufer", SABINE)
    await world.settled()
    world.standin.press(MARKUS, asked, figures)
    await world.sees("Unter vier Verkäufern zeige ich nur Gespräche", MARKUS)
