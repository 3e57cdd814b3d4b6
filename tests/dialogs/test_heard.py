"""The whole way from thumbs to help, with the recogniser that the bot runs."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.recognition.matches import Recogniser
from knowledge.recognition.models import BUILT_IN, load, ready_made
from knowledge.taxonomy import ObjectionId, PhaseId, SignalId
from tests.chat import Chat, guessed
from tests.dialogs.heard import first_question
from tests.dialogs.test_moves import starts


@pytest.fixture(scope="session")
def recogniser(tmp_path_factory: pytest.TempPathFactory) -> Recogniser:
    """The model that the set-up has made; one is made now only where there is none at all."""
    ready, _ = ready_made(None, BUILT_IN)
    return ready or load(None, Path(tmp_path_factory.mktemp("models")))


@pytest.fixture
def hearing(chat: Chat, recogniser: Recogniser) -> Chat:
    """A seller's chat in which texts are recognised."""
    return replace(chat, recogniser=recogniser)


@pytest.mark.parametrize(
    ("typed", "objection"),
    [
        ("findet er zu teuer", ObjectionId.PRICE_TOO_HIGH),
        ("das muss ich erst mit meinem chef besprechen", ObjectionId.NOT_DECISION_MAKER),
        ("wir haben schon einen lieferanten und sind zufrieden", ObjectionId.SATISFIED_WITH_SUPPLIER),
        ("rufen sie hier bitte nicht mehr an", ObjectionId.DO_NOT_CONTACT),
    ],
)
def test_a_typed_objection_is_answered_at_once(hearing: Chat, typed: str, objection: ObjectionId) -> None:
    hearing.types(typed)
    hearing.sees(first_question(hearing, objection))


def test_the_same_behind_the_command(hearing: Chat) -> None:
    hearing.sends("/einwand findet er zu teuer")
    hearing.sees(first_question(hearing, ObjectionId.PRICE_TOO_HIGH))


def test_a_question_for_the_date_is_a_signal_and_a_complaint_about_it_an_objection(hearing: Chat) -> None:
    starts(hearing, PhaseId.NEGOTIATION)
    hearing.types("wann könnten sie liefern")
    hearing.sees("Kaufsignal: fragt nach dem Liefertermin", buttons=["Zum Abschluss"])
    assert [seen.id for seen in hearing.talk.signals] == [SignalId.ASKS_DELIVERY_TIME]
    hearing.types("die lieferzeit ist ihm zu lang")
    hearing.sees(first_question(hearing, ObjectionId.DELIVERY_TIME), buttons=["geklärt", "noch offen"])


def test_what_is_nearly_recognised_is_a_guess_above_the_groups(chat: Chat) -> None:
    chat.types("lieferzeit 12 wochen geht garnicht", found=guessed(ObjectionId.DELIVERY_TIME))
    chat.sees("Sicher bin ich nicht", buttons=["Lieferzeit zu lang", "Preis", "Kontakt"])
    chat.press("Lieferzeit zu lang")
    chat.sees(first_question(chat, ObjectionId.DELIVERY_TIME))


@pytest.mark.parametrize("typed", ["Rückruf am Montag", "Parkplatz hinter dem Haus", "danke dir"])
def test_what_is_neither_is_no_guess(hearing: Chat, typed: str) -> None:
    hearing.types(typed)
    hearing.sees("Was war das?", typed)


def test_in_english(english_chat: Chat, recogniser: Recogniser) -> None:
    hearing = replace(english_chat, recogniser=recogniser)
    hearing.types("he says it is too expensive")
    hearing.sees(first_question(hearing, ObjectionId.PRICE_TOO_HIGH), buttons=["more", "this helped"])
