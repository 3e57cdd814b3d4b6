"""The seller's customers: the list, the search, the card, and what is kept of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.storage.store import SqlStore
from bot.turns import House
from dialogs.conversation.talk import PersonId
from dialogs.customers.ban import warning
from dialogs.customers.briefing import history_lines
from dialogs.customers.card import MOST_LINES
from dialogs.customers.teller import JobTeller
from dialogs.ports.customers import Customer, Permission, Potential
from knowledge.taxonomy import AcquisitionId, FunnelStage, LeadQuality, ObjectionId, TargetGroupId
from tests.chat import Chat, sure


def customers_of(engine: Engine, chat: Chat) -> list[Customer]:
    """All customers of the person, as they are stored."""
    with engine.connect() as connection:
        store = SqlStore(connection)
        return list(store.customers.page(PersonId(chat.person_id), 0, 1000))


def customer(engine: Engine, chat: Chat, name: str) -> Customer:
    """The one of this name."""
    return next(known for known in customers_of(engine, chat) if known.name == name)


def adds(chat: Chat, name: str) -> None:
    """A new customer by the list's button."""
    chat.sends("/kunden")
    chat.press("Neuer Kunde")
    chat.types(name)


def shows(chat: Chat, name: str) -> None:
    """The card of a customer."""
    chat.sends(f"/kunden {name}")


# The list and the search


def test_the_list_leads_to_a_card_and_the_card_to_a_conversation(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/gespraech Schäfer Logistik AG")
    chat.sends("/kunden")
    chat.sees("2 Kunden", buttons=["Schäfer Logistik AG", "Muster GmbH", "Neuer Kunde"])
    chat.press("Muster GmbH")
    chat.sees("Muster GmbH", "Aufmerksamkeit", "noch kein Grund notiert", buttons=["Gespräch fortsetzen"])
    chat.press("Gespräch fortsetzen")
    chat.sees_card("Muster GmbH", "1/6")


def test_without_customers_the_list_says_how_they_come(chat: Chat) -> None:
    chat.sends("/kunden")
    chat.sees("Mit dem ersten Gespräch kommt er von selbst dazu", buttons=["Neuer Kunde"])


def test_a_few_letters_with_an_error_open_the_one_card(chat: Chat) -> None:
    adds(chat, "Muster GmbH")
    adds(chat, "Schäfer Logistik AG")
    chat.sends("/kunden mustr gmbh")
    chat.sees("Muster GmbH", buttons=["Gespräch beginnen"])
    chat.sends("/kunden schaef")
    chat.sees("Schäfer Logistik AG", buttons=["Gespräch beginnen"])


def test_while_the_list_stands_there_typing_searches_and_more_letters_narrow_it(chat: Chat) -> None:
    for name in ("Muster GmbH", "Mustermann KG", "Huber AG"):
        adds(chat, name)
    chat.sends("/kunden")
    chat.types("must")
    chat.sees("2 Treffer für „must“", buttons=["Mustermann KG", "Muster GmbH", "Alle Kunden"])
    chat.types("mustermann")
    chat.sees("Mustermann KG", buttons=["Gespräch beginnen"])


def test_the_list_does_not_swallow_what_is_typed_after_something_else_was_pressed(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/kunden")
    chat.press("Muster GmbH")
    chat.press("Gespräch fortsetzen")
    chat.types("ist ihm zu teuer", sure(ObjectionId.PRICE_TOO_HIGH))
    chat.sees("Zu teuer")


def test_what_a_customer_said_is_no_search_even_while_the_list_stands_there(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/kunden")
    chat.types("ist ihm zu teuer", sure(ObjectionId.PRICE_TOO_HIGH))
    chat.sees("Zu teuer")


def test_pages_are_turned_in_place(chat: Chat) -> None:
    for number in range(1, 19):
        adds(chat, f"Werk {number}")
    chat.sends("/kunden")
    chat.sees("18 Kunden", "Seite 1 von 3", buttons=["Werk 18", "Werk 11", "Weitere"])
    chat.press("Weitere")
    chat.press("Weitere")
    chat.sees("Seite 3 von 3", buttons=["Werk 2", "Werk 1"])
    assert "Weitere" not in chat.buttons
    assert len(chat.new) == 1
    chat.press("Zurück")
    chat.sees("Seite 2 von 3", buttons=["Werk 10"])


def test_who_is_not_found_is_one_tap_from_being_new(chat: Chat, engine: Engine) -> None:
    chat.sends("/kunden Nordwind GmbH")
    chat.sees("Niemand gefunden für „Nordwind GmbH“", buttons=["Neu: Nordwind GmbH", "Alle Kunden"])
    chat.press("Neu: Nordwind GmbH")
    chat.sees("Nordwind GmbH", "Noch kein Gespräch")
    assert customer(engine, chat, "Nordwind GmbH").first_contact == chat.now.date()
    assert len(customers_of(engine, chat)) == 1


def test_a_second_tap_on_new_makes_no_second_customer(chat: Chat, engine: Engine) -> None:
    chat.sends("/kunden Nordwind")
    again = chat.data_of("Neu: Nordwind")
    chat.press_data(again)
    chat.press_data(again)
    assert len(customers_of(engine, chat)) == 1


def test_a_name_that_is_there_already_shows_its_card(chat: Chat, engine: Engine) -> None:
    adds(chat, "Muster GmbH")
    adds(chat, "MUSTER GmbH")
    chat.sees("Den gibt es schon.", "Muster GmbH")
    assert len(customers_of(engine, chat)) == 1


def test_nobody_sees_the_customers_of_another(chat: Chat, manager_chat: Chat, engine: Engine) -> None:
    adds(chat, "Muster GmbH")
    key = customer(engine, chat, "Muster GmbH").id
    manager_chat.sends("/kunden Muster")
    manager_chat.sees("Niemand gefunden")
    manager_chat.press_data(f"customers|cust:{key}::")
    manager_chat.sees("Diesen Kunden gibt es nicht mehr.")
    manager_chat.press_data(f"customers|cu_set:{key}::ground=consent")
    assert customer(engine, chat, "Muster GmbH").permission is None


# Starting a conversation by a name


def test_a_mistyped_name_is_asked_about_and_nobody_is_taken_silently(chat: Chat, engine: Engine) -> None:
    adds(chat, "Muster GmbH")
    chat.sends("/gespraech Mustre GmbH")
    chat.sees(
        "„Mustre GmbH“ kenne ich noch nicht. Meintest du diesen Kunden?", buttons=["Muster GmbH", "Neu: Mustre GmbH"]
    )
    chat.press("Muster GmbH")
    chat.sees_card("Muster GmbH · Verkaufsgespräch")
    assert len(customers_of(engine, chat)) == 1


def test_a_name_that_only_looks_like_another_is_a_new_customer_with_one_tap(chat: Chat, engine: Engine) -> None:
    adds(chat, "Maier Bau")
    chat.sends("/gespraech Meier Bau")
    chat.press("Neu: Meier Bau")
    chat.sees_card("Meier Bau · Verkaufsgespräch")
    assert {known.name for known in customers_of(engine, chat)} == {"Maier Bau", "Meier Bau"}


def test_a_typed_answer_to_who_is_meant_counts_as_a_name(chat: Chat) -> None:
    adds(chat, "Muster GmbH")
    chat.sends("/gespraech")
    chat.types("Mustr")
    chat.sees("Meintest du diesen Kunden?")
    chat.types("Muster GmbH")
    chat.sees_card("Muster GmbH · Verkaufsgespräch")


def test_an_old_button_for_a_new_name_asks_again(chat: Chat, engine: Engine) -> None:
    adds(chat, "Maier Bau")
    chat.sends("/gespraech Meier Bau")
    new = chat.data_of("Neu: Meier Bau")
    chat.press_data(new)
    chat.press_data(new)
    assert "Mit wem sprichst du?" in chat.new[-1].text
    assert len(customers_of(engine, chat)) == 2


@pytest.mark.parametrize("name", ["Beispiel AG", "Muster Holz AG", "Werk 2"])
def test_names_that_are_somebody_elses_start_at_once(chat: Chat, name: str) -> None:
    adds(chat, "Muster GmbH")
    adds(chat, "Werk 1")
    chat.sends(f"/gespraech {name}")
    chat.sees_card(f"{name} · Verkaufsgespräch")


# What is known stays known


def test_what_is_chosen_in_a_conversation_is_known_of_the_customer_and_begins_the_next(
    chat: Chat, engine: Engine
) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press_data(f"card:1|detail_set:{chat.talk.id}::who=b2g")
    chat.press_data(f"card:1|detail_set:{chat.talk.id}::how=referral")
    known = customer(engine, chat, "Muster GmbH")
    assert (known.target_group, known.acquisition) == (TargetGroupId.B2G, AcquisitionId.REFERRAL)
    shows(chat, "Muster")
    chat.sees("Muster GmbH · Behörde", "Empfehlung")


def test_what_is_known_of_a_customer_is_not_asked_again(chat: Chat) -> None:
    adds(chat, "Muster GmbH")
    chat.press("Ändern")
    chat.press("Zielgruppe: noch offen")
    chat.press("Freie Berufe")
    chat.press("Kontakt kam durch")
    chat.press("Inbound-Anfrage")
    assert "Zielgruppe: Freie Berufe" in chat.buttons
    assert "Kontakt kam durch: Inbound-Anfrage" in chat.buttons
    chat.sends("/gespraech Muster GmbH")
    assert chat.talk.target_group is TargetGroupId.FREELANCE_PROFESSION
    assert chat.talk.acquisition is AcquisitionId.INBOUND


def test_a_change_of_the_customer_holds_in_the_conversation_that_is_on(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    shows(chat, "Muster")
    chat.press("Ändern")
    chat.press("Zielgruppe")
    chat.press("Behörde")
    assert chat.talk.target_group is TargetGroupId.B2G


def test_to_have_bought_does_not_change_how_the_contact_came_about(chat: Chat, engine: Engine) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press_data(f"card:1|detail_set:{chat.talk.id}::how=referral")
    chat.press_data(f"card:1|detail_set:{chat.talk.id}::how=existing_customer")
    assert customer(engine, chat, "Muster GmbH").acquisition is AcquisitionId.REFERRAL


# The card


def test_quality_is_one_tap_and_the_same_tap_changes_nothing_more(chat: Chat, engine: Engine) -> None:
    adds(chat, "Muster GmbH")
    chat.press("heiß")
    chat.sees("heiß")
    hot = chat.data_of("heiß")
    chat.press_data(hot)
    assert customer(engine, chat, "Muster GmbH").quality is LeadQuality.HOT
    chat.sends("/kunden")
    assert any("heiß" in label for label in chat.buttons)


def test_the_stage_follows_the_conversations_and_can_be_set_until_they_move(chat: Chat, engine: Engine) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("Weiter")
    shows(chat, "Muster")
    chat.sees("Interesse")
    chat.press("Stufe")
    chat.sees("Die Stufe folgt den Gesprächen.")
    chat.press("Entscheidung")
    chat.sees("Muster GmbH: Entscheidung", "Von Hand gesetzt", "Nach den Gesprächen: Interesse")
    assert customer(engine, chat, "Muster GmbH").stage is FunnelStage.DECISION
    chat.press("Den Gesprächen folgen")
    chat.sees("Muster GmbH: Interesse", "Die Stufe folgt den Gesprächen.")
    chat.press("Bindung")
    chat.press_data(f"card:{chat.talk.id}|back:{chat.talk.id}:{chat.talk.version}:")
    assert customer(engine, chat, "Muster GmbH").stage is None


def test_an_order_leads_to_retention_and_a_no_leaves_the_stage_where_it_stood(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("Weiter")
    chat.press_data(f"card:1|nodec:{chat.talk.id}:{chat.talk.version}:")
    shows(chat, "Muster")
    chat.sees("Interesse", "Ohne Entscheidung")
    chat.sends("/gespraech Muster GmbH")
    orders(chat, "12.500")
    shows(chat, "Muster")
    chat.sees("Bindung", "2 Gespräche, 1 Auftrag, 12.500")


def test_fields_are_typed_shown_and_emptied(chat: Chat, engine: Engine) -> None:
    adds(chat, "Muster GmbH")
    for button, words in (
        ("Firma", "Muster Holding AG"),
        ("Erreichbar", "0170 123, Frau Klar"),
        ("Interessen", "Segeln, neue Halle"),
    ):
        chat.press("Ändern")
        chat.press(f"{button}: noch offen")
        chat.types(words)
    chat.sees("Firma: Muster Holding AG", "Erreichbar: 0170 123, Frau Klar", "Interessen: Segeln, neue Halle")
    chat.press("Ändern")
    chat.press("Interessen")
    chat.sees("Bisher: Segeln, neue Halle")
    chat.press("Leeren")
    assert customer(engine, chat, "Muster GmbH").interests == ""
    chat.press("Ändern")
    chat.press("Name: Muster GmbH")
    chat.types("Muster AG")
    assert customer(engine, chat, "Muster AG").company == "Muster Holding AG"


def test_the_first_contact_is_a_day_that_has_been(chat: Chat, engine: Engine) -> None:
    adds(chat, "Muster GmbH")
    chat.press("Ändern")
    chat.press("Erster Kontakt")
    chat.types("3.8.")
    chat.press("Stimmt")
    assert str(customer(engine, chat, "Muster GmbH").first_contact) == "2026-08-03"
    chat.press("Ändern")
    chat.press("Erster Kontakt")
    chat.types("24.12.2026")
    chat.sees("kommt erst noch")
    chat.types("24.12.")
    chat.press("Stimmt")
    assert str(customer(engine, chat, "Muster GmbH").first_contact) == "2025-12-24"


def test_a_note_belongs_to_the_customer_also_without_a_conversation(chat: Chat) -> None:
    adds(chat, "Muster GmbH")
    chat.press("Notiz")
    chat.types("Messe im März, will den Drucker sehen")
    chat.press("Notizen")
    chat.sees("Notizen zu Muster GmbH", "Messe im März, will den Drucker sehen")


def test_a_spoken_note_that_was_asked_for_belongs_to_the_customer(chat: Chat) -> None:
    chat.sends("/gespraech Beispiel AG")
    adds(chat, "Muster GmbH")
    chat.press("Notiz")
    chat.speaks()
    chat.sees("Sprachnachricht notiert: Muster GmbH")
    shows(chat, "Muster")
    chat.press("Notizen")
    chat.sees("Notizen zu Muster GmbH", "Sprachnachricht")


def test_a_job_tells_the_same_as_the_card(chat: Chat, engine: Engine, house: House) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press_data(f"obj:1|obj_set:{chat.talk.id}::price_too_high=open")
    with engine.connect() as connection:
        store = SqlStore(connection)
        person = store.people.get(PersonId(chat.person_id))
        assert person is not None
        (known,) = store.customers.page(person.id, 0, 1)
        teller = JobTeller(store, person, house.catalogue, house.messages, chat.now)
        assert history_lines(teller, known) == ("Zuletzt heute: Beziehung", "Einwand offen: Zu teuer")
        assert warning(teller, replace(known, permission=Permission.NO_CONTACT)) == "⛔ Will keinen Kontakt."


def test_the_card_says_what_was_last_what_is_open_and_what_was_promised(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press_data(f"obj:1|obj_set:{chat.talk.id}::price_too_high=open")
    chat.press_data(f"obj:1|obj_set:{chat.talk.id}::delivery_time=open")
    chat.press_data(f"obj:1|obj_set:{chat.talk.id}::delivery_time=settled")
    chat.press_data(f"card:1|nodec:{chat.talk.id}:{chat.talk.version}:")
    chat.press_data(f"card:1|task:{chat.talk.id}::action_plan=2026-11-20")
    shows(chat, "Muster")
    chat.sees("Zuletzt heute: Ohne Entscheidung", "Einwand offen: Zu teuer", "Zugesagt bis Fr., 20.11.: ")
    chat.later(days=7)
    shows(chat, "Muster")
    chat.sees("Überfällig seit Fr., 20.11.: ")
    chat.press("Verlauf")
    chat.sees("Gespräche mit Muster GmbH", "Einwand offen: Zu teuer; geklärt: Lieferzeit")


def test_the_history_has_pages_and_leads_to_each_conversation(chat: Chat) -> None:
    for _ in range(6):
        chat.sends("/gespraech Muster GmbH")
        chat.press_data(f"card:{chat.talk.id}|nodec:{chat.talk.id}:{chat.talk.version}:")
        chat.later(days=1)
    shows(chat, "Muster")
    chat.press("Verlauf")
    chat.press("Ältere")
    assert chat.screen.count("Ohne Entscheidung") == 2
    chat.press("5")
    chat.sees("Muster GmbH", "Ohne Entscheidung")


def test_a_b_c_is_proposed_by_turnover_and_kept_as_tapped(chat: Chat, engine: Engine) -> None:
    for name, amount in (("Eins", 80), ("Zwei", 900), ("Drei", 60), ("Vier", 50)):
        chat.sends(f"/gespraech {name}")
        orders(chat, f"{amount}00")
    shows(chat, "Zwei")
    chat.press("A/B/C")
    chat.sees("sobald fünf deiner Kunden bestellt haben")
    chat.sends("/gespraech Fünf")
    orders(chat, "4000")
    chat.press_data(f"card:{chat.talk.id}|task:{chat.talk.id}::customer_potential=pick")
    chat.sees_card("4.000", "eher C", buttons=["A", "B", "C"])
    shows(chat, "Zwei")
    chat.press("A/B/C")
    chat.sees("90.000", "eher A", buttons=["A", "B", "C"])
    chat.press("A")
    chat.sees("Zwei · A-Kunde")
    assert customer(engine, chat, "Zwei").potential is Potential.A


def test_the_card_is_read_at_a_glance_when_all_is_known(chat: Chat, engine: Engine) -> None:
    chat.sends("/gespraech Muster GmbH")
    for objection in ("price_too_high", "delivery_time"):
        chat.press_data(f"obj:1|obj_set:{chat.talk.id}::{objection}=open")
    chat.press_data(f"card:1|nodec:{chat.talk.id}:{chat.talk.version}:")
    for task in ("action_plan", "customer_data", "self_review", "referral_request"):
        chat.press_data(f"card:1|task:{chat.talk.id}::{task}=2026-11-20")
    with engine.begin() as connection:
        store = SqlStore(connection)
        owner = PersonId(chat.person_id)
        (known,) = store.customers.page(owner, 0, 1)
        store.customers.save(
            owner,
            Customer(
                known.id, known.name, False, "Muster Holding AG", TargetGroupId.B2B, Potential.A, LeadQuality.WARM,
                AcquisitionId.REFERRAL, None, chat.now.date(), "0170 123", "Segeln", Permission.CONSENT, chat.now, 5,
                chat.now, chat.now,
            ),
        )  # fmt: skip
    shows(chat, "Muster")
    assert len(chat.screen.splitlines()) <= MOST_LINES
    chat.sees("0170 123", "Zufriedenheit: 5 von 5", "Referenz seit", "Dazu 3 weitere Zusagen")
    assert "Segeln" not in chat.screen
    chat.press("Mehr")
    chat.sees("Segeln", "0170 123", "Dazu eine weitere Zusage")
    chat.press("Zur Karte")
    chat.sees("Dazu 3 weitere Zusagen")


def test_buttons_of_a_customer_who_is_gone_say_so(chat: Chat) -> None:
    for action in ("cust", "cu_menu", "cu_set", "cu_ask", "cu_merge", "cu_pair", "cu_join", "cu_other"):
        chat.press_data(f"customer:77|{action}:77:5:quality=hot")
        assert "Diesen Kunden gibt es nicht mehr." in (chat.toast or chat.screen)


def test_a_button_of_other_content_changes_nothing(chat: Chat, engine: Engine) -> None:
    adds(chat, "Muster GmbH")
    before = customer(engine, chat, "Muster GmbH")
    for value in ("quality=lukewarm", "stage=nowhere", "who=x", "how=x", "ground=x", "nothing=1", ""):
        chat.press_data(f"customer:{before.id}|cu_set:{before.id}::{value}")
    chat.press_data(f"customer:{before.id}|cu_ask:{before.id}::shoe_size")
    assert customer(engine, chat, "Muster GmbH") == before


# Contact permission


def test_the_rule_of_the_country_and_target_group_stands_there_with_its_source(chat: Chat) -> None:
    adds(chat, "Petra Privat")
    chat.press("Ändern")
    chat.press("Zielgruppe")
    chat.press("Privat (B2C)")
    chat.press("Zur Karte")
    chat.press("Kontakt")
    chat.sees("Werbeanruf bei Verbrauchern", "§ 7 Abs. 2 Nr. 1", "keine Rechtsberatung", buttons=["Einwilligung"])


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


# English


def test_all_of_it_in_english(english_chat: Chat) -> None:
    english_chat.sends("/customers")
    english_chat.press("New customer")
    english_chat.types("Sample Ltd")
    english_chat.sees("Sample Ltd", "Awareness", "no ground noted yet", buttons=["Start a conversation", "hot"])
    for part in ("Stage", "A/B/C", "Contact", "Notes", "Change"):
        english_chat.press(part)
        english_chat.press("To the card")
    english_chat.sends("/talk Sampel Ltd")
    english_chat.sees("Did you mean this customer?", buttons=["Sample Ltd", "New: Sampel Ltd"])


def orders(chat: Chat, amount: str) -> None:
    """The conversation that is on ends with an order of this amount."""
    chat.press_data(f"card:{chat.talk.id}|won:{chat.talk.id}:{chat.talk.version}:")
    chat.types(amount)
    chat.press("Stimmt")


def test_a_name_that_nobody_has_is_no_longer_asked_for_when_a_customer_is_found(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/kunden Schäfer")
    chat.sees("Niemand gefunden")
    chat.sends("/kunden Muster")
    chat.types("Das ist uns zu teuer")
    chat.sees("Was war das?")
    chat.sends("/kunden")
    assert "Das ist uns zu teuer" not in str(chat.message.buttons)


def test_an_appointment_with_who_wants_no_contact_says_so(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/kunden Muster")
    chat.press("Kontakt")
    chat.press("Kein Kontakt")
    chat.sends("/termine Do 10:30 Telefonat Muster GmbH")
    chat.sees("Eingetragen", "Will keinen Kontakt")
