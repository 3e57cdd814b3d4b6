"""Whether one may call: the rule and its source, the ground and its day, and who wants no contact."""

from datetime import timedelta

from sqlalchemy import Engine

from dialogs.customers.card import MOST_LINES
from dialogs.ports.customers import Permission
from tests.chat import Chat
from tests.dialogs.customers import adds, customer


def test_the_rule_of_the_country_and_target_group_stands_there_with_its_source(chat: Chat) -> None:
    adds(chat, "Petra Privat")
    chat.press("Ändern")
    chat.press("Zielgruppe")
    chat.press("Privat (B2C)")
    chat.press("Zur Karte")
    chat.press("Kontakt")
    chat.sees("Werbeanruf bei Verbrauchern", "§ 7 Abs. 2 Nr. 1", "Worauf stützt du", buttons=["Einwilligung"])
    assert chat.screen.lower().count("keine rechtsberatung") == 1
    assert len(chat.screen.splitlines()) <= MOST_LINES


def test_a_ground_takes_no_note_from_the_card(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("Notiz")
    chat.types("Braucht Muster bis KW 8")
    chat.sends("/kunden Muster")
    chat.press("Kontakt")
    chat.press("Einwilligung")
    chat.press("Anfrage")
    chat.press("Zur Karte")
    chat.sees("Notiz: Braucht Muster bis KW 8", "Kontakt: Anfrage")
    assert "notiert: Anfrage" not in chat.screen
    chat.press("Notizen")
    chat.sees("Kontakt notiert: Einwilligung", "Braucht Muster bis KW 8")


def test_the_ground_is_noted_with_its_day_and_earlier_ones_are_kept(chat: Chat, engine: Engine) -> None:
    adds(chat, "Muster GmbH")
    chat.press("Kontakt")
    chat.press("Vermutetes Interesse")
    chat.sees("Kontakt: Vermutetes Interesse, seit Mo., 16.11.")
    chat.later(days=3)
    chat.press("Vermutetes Interesse")
    assert customer(engine, chat, "Muster GmbH").permission_at == chat.now - timedelta(days=3)
    chat.press("Anfrage")
    chat.sees("Der Kunde hat sich gemeldet")
    chat.press("Zur Karte")
    chat.sees("Kontakt: Anfrage, seit Do., 19.11.")
    chat.press("Notizen")
    chat.sees("Kontakt notiert: Anfrage (vorher: Kontakt: Vermutetes Interesse, seit Mo., 16.11.")


def test_no_contact_warns_on_the_card_in_the_list_and_when_a_conversation_begins(chat: Chat) -> None:
    adds(chat, "Muster GmbH")
    chat.press("Kontakt")
    chat.press("Kein Kontakt")
    chat.sees("Will keinen Kontakt", "Keine Werbung, kein Anruf")
    assert "Worauf stützt du" not in chat.screen
    chat.press("Zur Karte")
    chat.sees("Will keinen Kontakt, notiert")
    chat.sends("/kunden")
    assert any("⛔" in button["text"] for row in chat.message.keyboard for button in row)
    chat.sends("/gespraech Muster GmbH")
    assert any("Will keinen Kontakt" in message.text for message in chat.new)
    chat.press("Pause")
    chat.sees_card("Will keinen Kontakt")


def test_the_wish_for_no_contact_in_a_conversation_is_kept_with_the_customer_and_a_slip_is_taken_back(
    chat: Chat, engine: Engine
) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press_data(f"obj:1|obj_set:{chat.talk.id}::do_not_contact=open")
    known = customer(engine, chat, "Muster GmbH")
    assert (known.permission, known.permission_at) == (Permission.NO_CONTACT, chat.now)
    chat.press_data(f"obj:1|obj_set:{chat.talk.id}::do_not_contact=withdrawn")
    assert customer(engine, chat, "Muster GmbH").permission is None


def test_an_appointment_with_who_wants_no_contact_says_so(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/kunden Muster")
    chat.press("Kontakt")
    chat.press("Kein Kontakt")
    chat.sends("/termine Do 10:30 Telefonat Muster GmbH")
    chat.sees("Eingetragen", "Will keinen Kontakt")
