"""Every answer to an objection, page by page, in words that name what the conversation knows."""

import pytest

from dialogs.conversation.card_text import MOST_LINES
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Language
from knowledge.taxonomy import ObjectionId, PhaseId
from tests.chat import Chat, sure
from tests.dialogs.heard import PRICE, first_question
from tests.dialogs.test_moves import starts

# More


def test_more_opens_in_place_and_shows_every_answer(chat: Chat) -> None:
    chat.types("zu teuer", sure(PRICE))
    read = chat.screen
    chat.press("mehr")
    entry = chat.house.catalogue[Language.DE].objections[PRICE]
    chat.sees("Was dahinter liegen kann", *entry.readings, *(question.filled({}) for question in entry.questions[1:]))
    read += chat.screen
    while "weitere Antworten" in chat.message.keyboard[-1][-1]["text"]:
        chat.press("weitere Antworten")
        read += chat.screen
    for answer in entry.answers:
        for words in (answer.say.filled({}), answer.fits_when, answer.not_when, answer.mind, answer.settled.filled({})):
            assert words in read, words
    assert len(chat.phone) == 1
    chat.press("von vorn")
    chat.sees("Was dahinter liegen kann")
    chat.press("weniger")
    chat.sees(first_question(chat, PRICE))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("objection", ObjectionId)
def test_every_help_is_read_at_once_and_every_page_fits_on_a_screen(
    chat: Chat, english_chat: Chat, catalogue: Catalogue, language: Language, objection: ObjectionId
) -> None:
    """The harness holds each screen against Telegram's limits."""
    person = chat if language is Language.DE else english_chat
    person.types("…", sure(objection))
    entry = catalogue[language].objections[objection]
    assert person.screen.startswith(entry.label)
    assert len([line for line in person.screen.splitlines() if line]) <= MOST_LINES
    more, following = ("mehr", "weitere Antworten") if language is Language.DE else ("more", "more answers")
    person.press(more)
    for _ in entry.answers:
        sentences = [line for line in person.screen.splitlines() if "⧉" in line]
        assert len(sentences) == len([line for line in person.screen.splitlines() if "“" in line and "⧉" in line])
        assert {"copy_text"} == {key for button in person.message.keyboard[0] for key in button if key != "text"}
        if following not in str(person.buttons):
            break
        person.press(following)
    assert person.message.keyboard[0]


# What the conversation knows


def test_sentences_name_what_the_conversation_knows(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    chat.press("⋯")
    chat.press("Angebot: noch offen")
    chat.sees("Was bietest du an?")
    chat.types("Etikettierer E200")
    chat.press("⋯")
    chat.sees_card(buttons=["Angebot: Etikettierer E200"])
    chat.press("Nutzen: noch offen")
    chat.types("weniger Stillstand")
    known = {"customer": "Muster GmbH", "product": "Etikettierer E200", "benefit": "weniger Stillstand"}
    named: set[str] = set()
    for objection, entry in chat.house.catalogue[Language.DE].objections.items():
        chat.types("…", sure(objection))
        chat.sees(f"{entry.understanding.filled(known)} {entry.questions[0].filled(known)}")
        read = chat.screen
        chat.press("mehr")
        for _ in entry.answers:
            read += chat.screen
            if "weitere Antworten" not in str(chat.buttons):
                break
            chat.press("weitere Antworten")
        assert all(answer.say.filled(known) in read for answer in entry.answers)
        assert "{" not in read
        named |= {name for name, value in known.items() if value in read}
    assert named == known.keys()


def test_an_alias_is_no_name_to_say(chat: Chat) -> None:
    chat.sends("/gespraech")
    chat.press("ohne Namen")
    for objection in ObjectionId:
        chat.types("…", sure(objection))
        assert "Gespräch 1" not in chat.screen


def test_what_is_sold_is_chosen_and_answers_suit_it(chat: Chat) -> None:
    starts(chat)
    chat.press("⋯")
    chat.press("Was: noch offen")
    chat.press("Dienstleistung")
    assert chat.talk.offer == "service"
    chat.types("…", sure(PRICE))
    service_only = [
        answer
        for answer in chat.house.catalogue[Language.DE].objections[PRICE].answers
        if answer.offers and "service" not in answer.offers
    ]
    assert service_only
    assert all(answer.say.filled({}) not in chat.screen for answer in service_only)
