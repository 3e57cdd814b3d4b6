"""What is sold: chosen from the company's products where it has any, typed where not."""

from dataclasses import replace

import pytest

from dialogs.conversation.talk import Trigger
from knowledge.catalogue import Catalogue
from knowledge.entries import Product
from knowledge.language.messages import Language
from knowledge.taxonomy import OfferKind, PhaseId
from tests.chat import Chat
from tests.dialogs.test_moves import starts

LONG_ID = "x" * 40
"""As long as an id may be."""


def sells(chat: Chat, *names: str) -> None:
    """The company has these products and no others; the first has the longest id."""
    products = {
        f"p{number}" if number else LONG_ID: Product(name=name, offer=OfferKind.SERVICE, benefits=("Steht nicht",))
        for number, name in enumerate(names)
    }
    by_language = {
        language: replace(knowledge, products=products)
        for language, knowledge in chat.house.catalogue.by_language.items()
    }
    chat.house = replace(chat.house, catalogue=Catalogue(by_language))


def opens_products(chat: Chat) -> None:
    chat.press("⋯")
    chat.press("Angebot: ")


@pytest.fixture
def selling(chat: Chat) -> Chat:
    starts(chat, PhaseId.ANALYSIS)
    sells(chat, "Etikettierer E200", "Wartung Plus")
    return chat


def test_a_product_of_the_company_is_chosen_with_one_tap(selling: Chat) -> None:
    opens_products(selling)
    selling.press("Etikettierer E200")
    assert selling.toast == "Angebot: Etikettierer E200"
    assert (selling.talk.product, selling.talk.offer) == (LONG_ID, OfferKind.SERVICE)
    assert selling.talk.phase is PhaseId.ANALYSIS
    selling.press("⋯")
    selling.sees_card(buttons=["Angebot: Etikettierer E200", "Was: Dienstleistung"])
    selling.press("Angebot: ")
    selling.sees_card(buttons=["Etikettierer E200", "Wartung Plus", "anderes", "weniger"])


def test_what_is_on_no_list_is_typed_and_takes_the_place_of_the_chosen_one(selling: Chat) -> None:
    opens_products(selling)
    selling.press("Wartung Plus")
    opens_products(selling)
    selling.press("anderes")
    selling.types("Sonderbau mit Presse")
    assert selling.talk.product is None
    selling.press("⋯")
    selling.sees_card(buttons=["Angebot: Sonderbau mit Presse"])
    selling.press("Angebot: ")
    selling.press("Wartung Plus")
    selling.press("⋯")
    selling.sees_card(buttons=["Angebot: Wartung Plus"])


def test_many_products_are_looked_through_page_by_page(chat: Chat) -> None:
    starts(chat)
    sells(chat, *(f"Presse {number}" for number in range(1, 15)))
    opens_products(chat)
    seen = [label for label in chat.card_buttons if label.startswith("Presse")]
    for _ in range(2):
        chat.press("mehr")
        seen += [label for label in chat.card_buttons if label.startswith("Presse")]
    assert seen == [f"Presse {number}" for number in range(1, 15)]
    chat.press("mehr")
    chat.sees_card(buttons=["Presse 1"])


def test_a_product_that_the_company_has_no_more_is_forgotten(selling: Chat) -> None:
    opens_products(selling)
    selling.press("Wartung Plus")
    opens_products(selling)
    gone = selling.data_of("Wartung Plus")
    sells(selling, "Etikettierer E200")
    before = len(selling.steps)
    selling.press_data(gone)
    assert len(selling.steps) == before
    selling.press("⋯")
    selling.sees_card(buttons=["Angebot: noch offen"])


def test_without_products_it_is_typed_at_once(chat: Chat) -> None:
    starts(chat)
    opens_products(chat)
    chat.sees("Was bietest du an?")
    chat.types("Etikettierer E200")
    assert not [step for step in chat.steps if step.trigger is Trigger.DETAILS]


def test_the_same_product_has_its_name_in_each_language(english_chat: Chat) -> None:
    english_chat.sends("/talk Baxter")
    sells(english_chat, "Labeller E200")
    english_chat.press("⋯")
    english_chat.press("Offer: not said yet")
    english_chat.press("Labeller E200")
    assert english_chat.toast == "Offer: Labeller E200"
    assert Language.EN is english_chat.language
