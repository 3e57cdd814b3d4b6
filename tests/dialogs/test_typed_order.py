"""'Auftrag über 18,5k' typed before the end: proposed with its amount, written down by the tap alone."""

from decimal import Decimal

import pytest

from knowledge.taxonomy import OutcomeId, PhaseId
from tests.chat import Chat
from tests.dialogs.negotiation import EUR, negotiates


@pytest.mark.parametrize("typed", ["Auftrag über 18,5k", "Auftrag 18.500", "Zuschlag bekommen 18.500 €"])
def test_an_order_that_is_typed_is_proposed_with_its_amount(chat: Chat, typed: str) -> None:
    negotiates(chat)
    before = chat.steps
    chat.types(typed)
    chat.sees("Ist der Auftrag da?", buttons=["Auftrag erhalten: 18.500", "Kein Auftrag", "Als Notiz"])
    assert chat.steps == before
    chat.press("Auftrag erhalten: 18.500")
    chat.sees(f"18.500{EUR} – stimmt das?", "was bestellt wurde")
    assert chat.steps == before
    chat.press("Stimmt")
    assert (chat.talk.outcome, chat.talk.amount) == (OutcomeId.WON, Decimal(18500))


def test_in_closing_too_and_what_was_ordered_can_be_added(chat: Chat) -> None:
    negotiates(chat)
    chat.press("Abschluss")
    chat.types("Auftrag erhalten, 18.500 €!")
    chat.press("Auftrag erhalten: 18.500")
    chat.types("zwei Etikettierer")
    assert (chat.talk.phase, chat.talk.amount) == (PhaseId.FOLLOW_UP, Decimal(18500))


def test_at_the_question_for_the_amount_it_is_no_riddle(chat: Chat) -> None:
    negotiates(chat)
    chat.press("Abschluss")
    chat.press("Auftrag erhalten")
    chat.types("Auftrag über 18,5k")
    chat.press("Auftrag erhalten: 18.500")
    chat.press("Stimmt")
    assert chat.talk.amount == Decimal(18500)


def test_what_can_be_read_in_two_ways_has_two_buttons(chat: Chat) -> None:
    negotiates(chat)
    chat.types("Auftrag über 18,500")
    chat.sees("Ist der Auftrag da?", buttons=["Auftrag erhalten: 18.500", "Auftrag erhalten: 18,50"])


def test_a_mistake_is_one_tap_from_all_else_that_it_may_be(chat: Chat) -> None:
    negotiates(chat)
    chat.types("Auftrag über 18,5k")
    chat.press("Kein Auftrag")
    chat.sees("Was war das?", "Auftrag über 18,5k", buttons=["Preis", "Als Notiz"])
    assert chat.talk.outcome is None


def test_an_old_button_ends_nothing(chat: Chat) -> None:
    negotiates(chat)
    chat.types("Auftrag über 18,5k")
    received = chat.data_of("Auftrag erhalten: 18.500")
    chat.press("Abschluss")
    chat.press_data(received)
    assert chat.toast.startswith("Der Knopf war von vorhin")
    assert chat.talk.phase is PhaseId.CLOSING


def test_the_price_on_the_table_with_vat_is_written_down_net(chat: Chat) -> None:
    negotiates(chat, group="Privat (B2C)")
    chat.types("11.900")
    chat.press("übernehmen")
    chat.types("Auftrag über 11.900")
    chat.sees("Ist der Auftrag da?", buttons=["Auftrag erhalten: 10.000"])


def test_a_price_or_a_discount_still_goes_to_the_price_room(chat: Chat) -> None:
    negotiates(chat)
    chat.types("18.500")
    chat.sees(f"18.500{EUR}", buttons=["übernehmen"])


def test_before_the_negotiation_it_is_a_text_like_any_other(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.types("Auftrag über 18,5k")
    chat.sees("Was war das?")


def test_in_english(english_chat: Chat) -> None:
    english_chat.sends("/talk Sample Ltd")
    english_chat.press("Close")
    english_chat.press("Go on anyway")
    english_chat.types("order for 18.5k")
    english_chat.sees("has the order come in?", buttons=["Order received: 18,500", "Not an order", "As a note"])
