"""The mail to the customer: what was agreed and what comes next, in Sie-form, with nothing made up."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId, Talk
from dialogs.ports.days import Appointment, AppointmentId
from dialogs.press import Press, write_press
from knowledge.taxonomy import AppointmentKind, FollowUpTaskId
from tests.chat import Chat
from tests.dialogs.costings import saved
from tests.dialogs.negotiation import negotiates, sells
from tests.dialogs.test_following_up import is_postponed, orders, wants_no_contact


def mail(chat: Chat, language: str = "Deutsch") -> str:
    chat.press("Mail an den Kunden")
    chat.press(language)
    return chat.screen


def meets(chat: Chat, talk: Talk, starts_at: datetime) -> None:
    with chat.engine.begin() as connection:
        SqlStore(connection).appointments.add(
            PersonId(chat.person_id),
            Appointment(
                AppointmentId(0), AppointmentKind.VISIT, "Aufbau", starts_at, starts_at + timedelta(hours=1),
                customer_id=talk.customer_id, conversation_id=talk.id,
            ),
        )  # fmt: skip


def test_an_order_is_summed_up(chat: Chat) -> None:
    talk = orders(chat)
    chat.press_data(
        write_press(Press("task", talk.id, value=f"{FollowUpTaskId.ORDER_MONITORING}=2026-11-19"), f"card:{talk.id}")
    )
    meets(chat, talk, datetime(2026, 12, 1, 9, 30, tzinfo=UTC))
    chat.now = datetime(2026, 11, 17, 9, tzinfo=UTC)
    assert mail(chat).replace("\N{NO-BREAK SPACE}", " ") == (
        "Betreff: Ihr Auftrag vom 16. November 2026\n\n"
        "Guten Tag,\n\n"
        "vielen Dank für Ihren Auftrag vom 16. November 2026. Ich fasse zusammen, was wir vereinbart haben.\n\n"
        "Vereinbart:\n– ein Etikettierer\n– Auftragswert: 12.500 € netto\n\n"
        "So geht es weiter:\n– Am 19. November 2026 prüfe ich, wie weit Ihr Auftrag ist.\n"
        "– Unser nächster Termin: 1. Dezember 2026, 10:30\n\n"
        "Habe ich etwas anders verstanden als Sie, sagen Sie mir bitte Bescheid.\n\n"
        "Mit freundlichen Grüßen\nSabine"
    )


def test_the_seller_chooses_english(chat: Chat) -> None:
    orders(chat)
    text = mail(chat, "English")
    assert text.startswith("Subject: Your order of 16 November 2026")
    assert "Order value: €12,500 net" in text
    assert "ein Etikettierer" in text, "the seller's own words stay as they are"


def test_a_postponed_talk_names_what_is_open_and_when_it_goes_on(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    talk = chat.talk
    for objection in ("delivery_time", "price_too_high", "do_not_contact"):
        chat.press_data(write_press(Press("obj_set", talk.id, value=f"{objection}=open"), f"card:{talk.id}"))
    is_postponed(chat, "Freitag")
    text = mail(chat)
    assert "Noch zu klären:\n– Fragen zum Produkt\n– Preis und Konditionen\n\n" in text
    assert "Am 20. November 2026 sprechen wir weiter." in text
    assert "Auftrag" not in text


def test_after_a_no_it_thanks_and_offers_nothing(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Endgültig nein")
    chat.press("Kein Bedarf")
    text = mail(chat)
    assert "Ihre Entscheidung respektiere ich" in text
    assert "Vereinbart" not in text
    assert "So geht es weiter" not in text


def test_a_customer_without_contact_is_warned_of(chat: Chat) -> None:
    talk = orders(chat)
    wants_no_contact(chat, talk)
    chat.press("Mail an den Kunden")
    chat.sees("will keinen Kontakt")


def test_a_talk_that_did_not_take_place_gets_no_mail(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Fand nicht statt")
    assert "Mail an den Kunden" not in chat.card_buttons


def test_who_was_told_a_price_with_vat_reads_that_price(manager_chat: Chat) -> None:
    saved(manager_chat)
    negotiates(manager_chat, group="Privat (B2C)")
    sells(manager_chat, "8 %")
    manager_chat.press("übernehmen")
    assert manager_chat.talk.price_gross
    manager_chat.press("Abschluss")
    manager_chat.press("Auftrag erhalten")
    manager_chat.press("Wie verhandelt")
    manager_chat.press("Stimmt")
    text = mail(manager_chat)
    assert "einschließlich Umsatzsteuer" in text
    assert "netto" not in text


def test_english_sellers_read_english_all_along(english_chat: Chat) -> None:
    english_chat.sends("/talk Miller Ltd")
    english_chat.press("⋯")
    english_chat.press("End")
    english_chat.press("Order received")
    english_chat.types("12,500")
    english_chat.types("two labellers")
    english_chat.press("After the order")
    english_chat.sees("After the order: Miller Ltd", "Ask how satisfied they are · Mon 30 Nov")
    english_chat.now = datetime(2026, 11, 30, 9, tzinfo=UTC)
    english_chat.sends("/followups")
    english_chat.sees("1 today", "1 Miller Ltd · Ask how satisfied they are")
    english_chat.press("1 …")
    english_chat.press("1")
    english_chat.sees("What did the customer say about it?")
    assert any("Call today" in message.text for message in english_chat.phone)


@pytest.mark.parametrize("language", ["Deutsch", "English"])
def test_no_placeholder_is_left_over_and_the_seller_is_never_called_du(chat: Chat, language: str) -> None:
    orders(chat)
    text = mail(chat, language)
    assert not re.search(r"[{}]", text)
    assert not re.search(r"\b(du|dir|dein\w*)\b", text, re.IGNORECASE)
