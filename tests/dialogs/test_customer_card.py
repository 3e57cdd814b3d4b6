"""The customer's card: what is kept of a customer, and what the conversations tell of them."""

from dataclasses import replace

from sqlalchemy import Engine

from bot.storage.store import SqlStore
from bot.turns import House
from dialogs.conversation.talk import PersonId
from dialogs.customers.ban import warning
from dialogs.customers.briefing import history
from dialogs.customers.card import MOST_LINES
from dialogs.customers.teller import JobTeller
from dialogs.ports.customers import Customer, Permission, Potential
from knowledge.taxonomy import AcquisitionId, FunnelStage, LeadQuality, TargetGroupId
from tests.chat import Chat
from tests.dialogs.customers import adds, customer, orders, shows

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
        assert history(teller, known).lines == ("Zuletzt heute: Beziehung", "Einwand offen: Zu teuer")
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
