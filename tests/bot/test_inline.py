"""Inline mode, the whole bot over HTTP: sentences to say, for members alone, and no trace of what was typed."""

import json
from typing import Any

import pytest

from bot.inline import CACHED_FOR
from dialogs.inline_cards import MOST
from knowledge.language.messages import Language
from knowledge.recognition.matches import NOTHING, Match, Recognition
from knowledge.taxonomy import ObjectionId
from tests.bot.world import OTTO, PATIENCE, SABINE, World, hooked

TOO_EXPENSIVE = Match(ObjectionId.PRICE_TOO_HIGH, 0.9)


class Ear:
    """Knows one word, as the recogniser would."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def __call__(self, text: str, _language: Language | None) -> Recognition:
        self.heard.append(text)
        return Recognition((TOO_EXPENSIVE,), (TOO_EXPENSIVE,)) if "happig" in text else NOTHING


@pytest.fixture
def ear(world: World) -> Ear:
    world.bot.inline.recognise = ear = Ear()
    return ear


async def answer_to(world: World, text: str, who: int = SABINE) -> dict[str, Any]:
    """What the bot answers to somebody who types this behind its name."""
    query_id = world.standin.ask_inline(who, text)

    def answer() -> dict[str, Any] | None:
        query = world.standin.inline_queries.get(query_id)
        return query.answer if query else None

    found: dict[str, Any] = await world.standin.until(answer, PATIENCE)
    return found


def stored(world: World) -> list[int]:
    return [world.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("inbox", "outbox", "step", "note", "lane")]  # noqa: S608


async def test_what_the_customer_said_gives_sentences_to_say(world: World, ear: Ear) -> None:
    answer = await answer_to(world, "das ist ganz schön happig")
    first = answer["results"][0]
    assert first["title"] == "Zu teuer"
    entry = world.bot.house.catalogue[Language.DE].objections[ObjectionId.PRICE_TOO_HIGH]
    assert first["content"]["text"] == f"{entry.understanding.filled({})} {entry.questions[0].filled({})}"
    assert (answer["is_personal"], answer["cache_time"]) == (True, CACHED_FOR)
    assert ear.heard == ["das ist ganz schön happig"]


async def test_words_that_are_no_objection_are_searched(world: World, ear: Ear) -> None:
    answer = await answer_to(world, "probeauftrag")
    assert "Der Probeauftrag" in [result["title"] for result in answer["results"]]
    assert answer["button"] is None
    assert len(answer["results"]) <= MOST


async def test_an_empty_query_shows_what_today_is_about(world: World, ear: Ear) -> None:
    answer = await answer_to(world, "")
    assert answer["button"]["text"].startswith("Lektion: ")
    assert len(answer["results"]) <= 3
    assert ear.heard == []


async def test_nothing_found_leads_to_the_topics(world: World, ear: Ear) -> None:
    answer = await answer_to(world, "Xylophonkqz")
    assert answer["results"] == []
    assert answer["button"] == {"text": "Nichts gefunden. Themen ansehen", "start_parameter": "wissen"}
    world.say("/start wissen")
    await world.sees("Zum Lesen heute")


async def test_a_stranger_gets_an_empty_list_and_the_way_to_the_bot(world: World, ear: Ear) -> None:
    answer = await answer_to(world, "das ist happig", OTTO)
    assert answer["results"] == []
    assert answer["button"] == {"text": "Zum Bot", "start_parameter": "wissen"}
    assert ear.heard == [], "what a stranger types is not even looked at"
    world.say("/start wissen", OTTO)
    await world.sees("Dieser Bot gehört einem Vertriebsteam.", OTTO)


async def test_nothing_typed_is_stored_or_logged(world: World, ear: Ear, capfd: pytest.CaptureFixture[str]) -> None:
    before = stored(world)
    for who in (SABINE, OTTO):
        await answer_to(world, "Geheimwort happig", who)
    assert stored(world) == before
    assert "Geheimwort" not in "".join(capfd.readouterr())


async def test_the_answer_speaks_the_persons_language(world: World, ear: Ear) -> None:
    world.run_sql("UPDATE person SET language = 'en'")
    answer = await answer_to(world, "happig")
    assert answer["results"][0]["title"] == "Too expensive"


async def test_a_posted_card_is_nothing_that_the_seller_said(world: World, ear: Ear) -> None:
    query_id = world.standin.ask_inline(SABINE, "happig")
    press = await world.standin.until(
        lambda: getattr(world.standin.inline_queries.get(query_id), "answer", None), PATIENCE
    )
    message = world.standin.post_result(SABINE, query_id, press["results"][0]["id"])
    assert message["text"] == press["results"][0]["content"]["text"]
    await world.settled()
    assert world.from_bot() == []
    assert world.notes() == []


@pytest.mark.parametrize("text", ["x" * 256, "💬" * 128, "<b>&amp;", "\0", "   ", "%s {0}", "/start"])
async def test_any_text_gets_an_answer(world: World, ear: Ear, text: str) -> None:
    assert (await answer_to(world, text))["is_personal"]
    world.say("/hilfe")
    await world.sees("/wissen")


@pytest.mark.parametrize("query", [None, [], {}, {"id": 1}, {"id": "1", "from": None, "query": "a"}, "text"])
async def test_a_query_that_cant_be_read_stops_nothing(world: World, query: Any) -> None:
    await world.bot.intake.accept([{"update_id": 7, "inline_query": query}])
    world.say("/hilfe")
    await world.sees("/wissen")
    assert world.rows("SELECT kind FROM inbox") == [("message",)]


async def test_of_one_person_only_the_newest_query_is_answered(world: World, ear: Ear) -> None:
    raw = {"from": {"id": SABINE, "is_bot": False, "first_name": "Sabine"}, "offset": ""}
    updates = [
        {"update_id": number, "inline_query": {**raw, "id": str(number), "query": "zu teuer"[: number + 1]}}
        for number in range(8)
    ]
    await world.bot.intake.accept(updates)
    await world.standin.until(lambda: world.calls("answerInlineQuery"), PATIENCE)
    assert [call.parameters["inline_query_id"] for call in world.calls("answerInlineQuery")] == ["7"]


async def test_a_webhook_brings_inline_queries_too(resting_world: World) -> None:
    world = resting_world
    async with hooked(world):
        world.bot.inline.recognise = Ear()
        assert (await answer_to(world, "happig"))["results"]
        asked = world.calls("setWebhook")[0].parameters["allowed_updates"]
        assert "inline_query" in (json.loads(asked) if isinstance(asked, str) else asked)


async def test_the_rest_goes_on_in_a_group_as_before(world: World, ear: Ear) -> None:
    group = world.standin.make_group(SABINE, "Vertrieb Süd")
    world.standin.say(SABINE, "@roter_faden_bot zu teuer", chat_id=group)
    await world.settled()
    assert world.from_bot(group) == []
