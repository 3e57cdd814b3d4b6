"""`/wissen`: a lesson that fits, topics to look through, and search; nothing of it leaves a trace."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, text

from dialogs.inline_cards import cards, cards_about, lesson_of_the_day
from dialogs.learn import HITS, ON_A_SHELF, POOL
from knowledge.catalogue import Catalogue, Knowledge
from knowledge.entries import CompetitorCard, Lesson, Product, Reference
from knowledge.language.messages import Language
from knowledge.placeholders import Wording
from knowledge.recognition.matches import NOTHING, Match, Recognition
from knowledge.search_entries import entries_of, searchable, title_of
from knowledge.search_terms import EntryKind
from knowledge.search_words import words_of
from knowledge.taxonomy import Fairness, ObjectionId, OfferKind, PhaseId, SignalId
from tests.chat import Chat, plain
from tests.dialogs.test_moves import starts

TABLES = ("step", "note", "follow_up", "waiting", "customer", "conversation")


def rows(engine: Engine) -> dict[str, int]:
    """How much is stored about people."""
    with engine.connect() as connection:
        return {table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in TABLES}  # noqa: S608


def lessons(chat: Chat) -> dict[str, Lesson]:
    return dict(chat.house.catalogue[chat.language].lessons)


def todays(chat: Chat) -> Lesson:
    """The lesson on the newest screen, by its title."""
    (found,) = [lesson for lesson in lessons(chat).values() if lesson.title in chat.screen.splitlines()]
    return found


def test_without_a_topic_there_is_a_lesson_and_all_topics(chat: Chat) -> None:
    chat.sends("/wissen")
    assert todays(chat).title in chat.screen
    chat.sees("Zum Lesen heute", "/wissen Rabatt", buttons=["Ganz lesen", "Lektionen", "Einwände", "Fragen", "Regeln"])
    assert len(chat.screen.splitlines()) <= 12


def test_a_lesson_is_read_and_leads_on(chat: Chat) -> None:
    chat.sends("/wissen")
    lesson = todays(chat)
    chat.press("Ganz lesen")
    chat.sees(lesson.title, lesson.try_it, "Probier es aus: ")
    for paragraph in filter(None, lesson.text.split("\n")):
        chat.sees(paragraph.strip())
    objections = chat.house.catalogue[Language.DE].objections
    for objection in lesson.objections:
        assert plain(objections[objection].label) in chat.buttons


def test_every_day_brings_another_lesson_for_a_week(chat: Chat) -> None:
    seen = []
    for _ in range(POOL):
        chat.sends("/wissen")
        seen.append(todays(chat).title)
        chat.later(days=1)
    assert len(set(seen)) == POOL


def test_the_same_day_brings_the_same_lesson_and_another_on_request(chat: Chat) -> None:
    chat.sends("/wissen")
    first = todays(chat)
    chat.later(hours=3)
    chat.sends("/wissen")
    assert todays(chat) == first
    chat.press("Eine andere")
    assert todays(chat) != first


def test_an_open_objection_brings_its_lesson_first(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    chat.press_data("card:1|obj_set:1::price_too_high=open")
    for _ in range(POOL):
        chat.sends("/wissen")
        lesson = todays(chat)
        if ObjectionId.PRICE_TOO_HIGH in lesson.objections:
            chat.sees("Passt zu deinem Einwand: Zu teuer")
            return
        chat.later(days=1)
    raise AssertionError("no lesson on the open objection in a week")


def test_in_a_conversation_the_phase_brings_its_lessons(chat: Chat) -> None:
    starts(chat, PhaseId.ANALYSIS)
    chat.sends("/wissen")
    chat.sees("Passt zur Phase: Analysephase")
    assert PhaseId.ANALYSIS in todays(chat).phases


def test_a_topic_gives_up_to_six_hits_as_buttons(chat: Chat) -> None:
    chat.sends("/wissen Rabatt")
    chat.sees("Zu „Rabatt“", buttons=["Rabatt gewünscht", "Alle Themen"])
    assert 2 <= len(chat.buttons) - 1 <= HITS


def test_one_hit_opens_at_once(chat: Chat) -> None:
    knowledge = chat.house.catalogue[Language.DE]
    alone = next((kind, id_, word) for kind, id_, word in _words_of_one(knowledge) if kind is not EntryKind.OBJECTION)
    chat.sends(f"/wissen {alone[2]}")
    chat.sees(title_of(entries_of(knowledge, alone[0])[alone[1]], alone[0]))
    assert "Zu „" not in chat.screen


def _words_of_one(knowledge: Knowledge) -> Iterator[tuple[EntryKind, str, str]]:
    """Words that find one entry and no other."""
    for entry in searchable(knowledge):
        for word in words_of(entry.body):
            hits = knowledge.search.find(word) if len(word) > 8 else ()
            if len(hits) == 1:
                yield hits[0].kind, hits[0].id, word


def test_a_hit_on_an_objection_leads_to_its_help(chat: Chat) -> None:
    chat.sends("/wissen Rabatt")
    chat.press("Rabatt gewünscht")
    chat.sees("Rabatt gewünscht")
    assert chat.message.screen.startswith("obj")


def test_hits_stay_on_the_list_and_open_below_it(chat: Chat) -> None:
    chat.sends("/wissen Empfehlung")
    first, second = [label for label in chat.buttons if label != "Alle Themen"][:2]
    chat.press(first)
    chat.press(second)
    assert [message.screen for message in chat.phone] == ["learn", "know"]
    chat.sees(second)
    chat.sends("/wissen Trichter")
    chat.press(chat.buttons[0])
    assert [message.screen for message in chat.phone] == ["learn", "", "learn", "know"]


def test_nothing_found_is_said_kindly_with_what_comes_nearest(chat: Chat) -> None:
    chat.sends("/wissen Xylophonkqz")
    chat.sees("Zu „Xylophonkqz“ steht hier noch nichts. Am nächsten kommen:")
    assert len(chat.buttons) == 4
    chat.press(chat.buttons[0])
    assert len(chat.new) == 1


def test_a_long_question_is_repeated_in_short(chat: Chat) -> None:
    chat.sends("/wissen " + "Xylophonkqz " * 60)
    assert len(chat.screen.splitlines()[0]) < 100


def test_of_rules_those_of_the_own_country_are_found(chat: Chat) -> None:
    chat.sends("/wissen Kaltanruf")
    others = [label for label in chat.buttons if label.startswith(("AT:", "CH:"))]
    assert others == []


@pytest.mark.parametrize("kind", [kind for kind in EntryKind if kind is not EntryKind.OBJECTION])
@pytest.mark.parametrize("language", list(Language))
def test_every_entry_of_every_shelf_has_its_screen(
    chat: Chat, english_chat: Chat, kind: EntryKind, language: Language
) -> None:
    reader = chat if language is Language.DE else english_chat
    knowledge = reader.house.catalogue[language]
    for id_, entry in entries_of(knowledge, kind).items():
        reader.press_data(f"learn|know:::{kind}={id_}")
        reader.sees(title_of(entry, kind))
        assert not re.search(r"[{}!]", reader.screen), reader.screen
        if kind is not EntryKind.LESSON:
            assert len(reader.screen.splitlines()) <= 14, reader.screen
        reader.phone.clear()


def test_a_shelf_is_looked_through_page_by_page(chat: Chat) -> None:
    titles = {plain(lesson.title) for lesson in lessons(chat).values()}
    chat.sends("/wissen")
    chat.press("Lektionen")
    seen: set[str] = set()
    while True:
        shown = [label for label in chat.buttons if label in titles]
        assert len(shown) <= ON_A_SHELF
        seen |= set(shown)
        if "Weitere" not in chat.buttons:
            break
        chat.press("Weitere")
    assert seen == titles
    chat.press("Alle Themen")
    chat.sees("Zum Lesen heute")
    assert len(chat.phone) == 1


def test_the_list_comes_down_to_whoever_stands_at_an_entry(chat: Chat) -> None:
    chat.sends("/wissen")
    chat.press("Ganz lesen")
    chat.press("Lektionen")
    assert [message.screen for message in chat.phone] == ["", "know", "learn"]
    chat.press(chat.buttons[1])
    assert [message.screen for message in chat.phone] == ["", "", "learn", "know"]


def test_the_rules_of_the_own_country_come_first(chat: Chat) -> None:
    chat.sends("/wissen")
    chat.press("Regeln")
    assert chat.buttons[0].startswith("DE:")
    chat.press(chat.buttons[0])
    chat.sees("Deutschland", "geprüft", "Keine Rechtsberatung.")


def test_questions_come_a_few_at_a_time(chat: Chat) -> None:
    chat.sends("/wissen")
    chat.press("Fragen")
    chat.press("Budget")
    first = chat.screen
    chat.press("mehr")
    assert chat.screen != first
    chat.press("von vorn")
    assert chat.screen == first


def test_a_lesson_leads_to_a_technique_and_back(chat: Chat) -> None:
    id_, lesson = next((id_, lesson) for id_, lesson in lessons(chat).items() if lesson.closing)
    chat.press_data(f"learn|know:::lesson={id_}")
    chat.press(chat.house.catalogue[Language.DE].closing[lesson.closing[0]].label)
    chat.sees("Passt, wenn")
    chat.press("Zur Lektion")
    chat.sees(lesson.title)


@pytest.mark.parametrize(
    "value", ["lesson=long_gone", "nothing=here", "", "objection=price_too_high", "lesson", "closing=" + "x" * 40]
)
def test_a_button_older_than_the_content_does_no_harm(chat: Chat, value: str) -> None:
    chat.press_data(f"know|know:::{value}")
    assert chat.toast == "Diesen Eintrag gibt es nicht mehr. Hier ist, was es gibt."
    chat.sees("/wissen Rabatt", buttons=["Lektionen"])


@pytest.mark.parametrize("action", ["learn", "shelf", "know"])
@pytest.mark.parametrize("number", [-9, 1, 3, 10**6])
def test_no_number_on_an_old_button_breaks_anything(chat: Chat, action: str, number: int) -> None:
    values = {
        "learn": [""],
        "shelf": [*EntryKind, "x"],
        "know": [
            f"{kind}={next(iter(entries), '')}"
            for kind in EntryKind
            if (entries := entries_of(chat.house.catalogue[Language.DE], kind))
        ],
    }
    for value in values[action]:
        chat.press_data(f"learn|{action}:{number}:{number}:{value}")
        assert chat.new


def test_looking_leaves_nothing_behind(chat: Chat, engine: Engine) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    before, steps = rows(engine), list(chat.steps)
    for command in ("/wissen", "/wissen Rabatt", "/wissen Xylophonkqz"):
        chat.sends(command)
    chat.sends("/wissen")
    for label in ("Ganz lesen", "Lektionen", "Alle Themen", "Fragen"):
        chat.press(label)
    assert rows(engine) == before
    assert list(chat.steps) == steps


def test_whoever_comes_from_inline_mode_sees_the_topics(chat: Chat, stranger_chat: Chat) -> None:
    chat.sends("/start wissen")
    chat.sees("Zum Lesen heute", buttons=["Lektionen"])
    stranger_chat.sends("/start wissen")
    stranger_chat.sees("Dieser Bot gehört einem Vertriebsteam.")


def test_english_speaks_english(english_chat: Chat) -> None:
    english_chat.sends("/learn discount")
    english_chat.sees("On “discount”", buttons=["Wants a discount", "All topics"])


def test_what_only_the_company_knows_has_its_shelves_too(chat: Chat) -> None:
    german = chat.house.catalogue[Language.DE]
    company = replace(
        german,
        products={
            "e200": Product(
                name="Etikettierer E200", offer=OfferKind.GOODS, benefits=("Steht nicht",), price="16.400 €"
            )
        },
        references={
            "metzger": Reference(
                customer="Metzgerei Kraus", may_be_named=False, trade="Fleischerei", size="12 Leute",
                solved="Etiketten von Hand", result="Die Samstage sind wieder ruhig.",
            )
        },
        competitors={
            "acme": CompetitorCard(
                name="Acme", strong_at=("Preis",), weak_at=("Service",), ask=Wording(text="Wer kommt, wenn sie steht?"),
                avoid="dass sie schlecht sind",
            )
        },
    )  # fmt: skip
    chat.house = replace(chat.house, catalogue=Catalogue({**chat.house.catalogue.by_language, Language.DE: company}))
    chat.sends("/wissen etikettirer")
    chat.sees("Etikettierer E200", "16.400 €")
    chat.sends("/wissen")
    chat.press("Referenzen")
    chat.press("Metzgerei Kraus")
    chat.sees("Nur ohne Namen nennen.", "Die Samstage sind wieder ruhig.")
    chat.sends("/wissen acme")
    chat.sees("Stark bei:", "Wer kommt, wenn sie steht?", "Nicht sagen:")


# Cards for inline mode

each_language = pytest.mark.parametrize("language", list(Language))


def recognised(*ids: ObjectionId | SignalId) -> Recognition:
    matches = tuple(Match(id_, 0.9) for id_ in ids)
    return Recognition(matches, matches[:1])


@each_language
def test_what_was_recognised_comes_first_and_nothing_twice(catalogue: Catalogue, language: Language) -> None:
    found = cards(catalogue[language], "zu teuer", recognised(ObjectionId.NO_BUDGET, SignalId.ASKS_PRICE))
    kinds = [card.id.split(".")[:2] for card in found]
    assert kinds[0] == ["objection", "no_budget"]
    assert ["signal", "asks_price"] in kinds
    assert len({card.id for card in found}) == len({card.sentence for card in found}) == len(found)


@each_language
def test_a_card_posts_only_what_is_said_to_customers(catalogue: Catalogue, language: Language) -> None:
    knowledge = catalogue[language]
    sellers_words = _words_for_sellers(catalogue, language)
    for query in ("zu teuer", "rabatt", "price", "abschluss", "close", "fragen", "nutzen", "benefit", "ja", "recht"):
        for card in cards(knowledge, query, NOTHING):
            assert 0 < len(card.sentence) <= 260
            assert len(card.id.encode()) <= 64
            assert not re.search(r"[{}]", card.sentence)
            assert card.sentence not in sellers_words


def _words_for_sellers(catalogue: Catalogue, language: Language) -> set[str]:
    knowledge = catalogue[language]
    words = {reading for entry in knowledge.objections.values() for reading in entry.readings}
    words |= {entry.meaning for entry in knowledge.objections.values()}
    words |= {entry.do for entry in knowledge.signals.values()}
    return words | {lesson.text for lesson in knowledge.lessons.values()}


@each_language
def test_what_needs_care_is_no_card(catalogue: Catalogue, language: Language) -> None:
    knowledge = catalogue[language]
    careful = {
        answer.say.filled({})
        for entry in knowledge.objections.values()
        for answer in entry.answers
        if answer.fairness is not Fairness.FAIR
    }
    assert careful
    shown = {
        card.sentence
        for id_ in ObjectionId
        for card in cards(knowledge, knowledge.objections[id_].label, recognised(id_))
    }
    assert not shown & careful


@each_language
def test_the_lesson_of_the_day_gives_cards_too(catalogue: Catalogue, language: Language) -> None:
    knowledge = catalogue[language]
    days = [date(2026, 11, 16) + timedelta(days=days) for days in range(len(knowledge.lessons))]
    of_days = [lesson_of_the_day(knowledge, day) for day in days]
    assert len({lesson.title for lesson in of_days if lesson}) == len(knowledge.lessons)
    assert all(len(cards_about(knowledge, lesson)) <= 3 for lesson in of_days if lesson)
