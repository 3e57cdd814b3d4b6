"""The seller's customers: the list and the search, and a conversation that begins by a name."""

import pytest
from sqlalchemy import Engine

from knowledge.taxonomy import ObjectionId
from tests.chat import Chat, sure, unsure
from tests.dialogs.customers import adds, customer, customers_of
from tests.dialogs.negotiation import negotiates

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


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("8 %", "Welcher Preis steht im Raum"),
        ("Do 10:30 Webcall Huber", "Termin anlegen"),
        ("Ist das auch lieferbar?", "Was war"),
    ],
)
def test_below_the_list_a_price_an_appointment_and_a_question_mean_themselves(
    chat: Chat, typed: str, answer: str
) -> None:
    negotiates(chat)
    chat.sends("/kunden")
    chat.types(typed)
    chat.sees(answer)


def test_a_short_text_that_finds_nobody_is_a_name_or_what_it_may_mean_or_a_note(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/kunden")
    chat.types("ruft zurück", unsure(ObjectionId.LATER))
    chat.sees("Niemand gefunden für „ruft zurück“", buttons=["Neu: ruft zurück", "Später", "Kein Name", "Als Notiz"])
    chat.press("Als Notiz")
    chat.sees("Notiz zu Muster GmbH: ruft zurück")
    chat.types("das passt ihm heute gar nicht")
    chat.sees("Was war das?")


def test_after_a_search_that_found_nobody_other_letters_search_again(chat: Chat, engine: Engine) -> None:
    adds(chat, "Nordwind GmbH")
    chat.sends("/kunden Südwind")
    chat.sees("Niemand gefunden", buttons=["Neu: Südwind", "Alle Kunden"])
    chat.types("Nordw")
    chat.sees("Nordwind GmbH", buttons=["Gespräch beginnen"])
    assert [known.name for known in customers_of(engine, chat)] == ["Nordwind GmbH"]


@pytest.mark.parametrize("typed", ["neu Schäfer AG", "neu: Schäfer AG", "Neuer Kunde Schäfer AG", "new Schäfer AG"])
def test_new_before_a_name_makes_the_customer(chat: Chat, engine: Engine, typed: str) -> None:
    adds(chat, "Muster GmbH")
    chat.sends(f"/kunden {typed}")
    chat.sees("Schäfer AG", "Noch kein Gespräch", buttons=["Gespräch beginnen"])
    assert [known.name for known in customers_of(engine, chat)] == ["Schäfer AG", "Muster GmbH"]


def test_new_alone_asks_for_the_name_and_a_name_that_begins_so_is_one(chat: Chat, engine: Engine) -> None:
    chat.sends("/kunden neu")
    chat.types("Neu Wulmstorf Bau")
    chat.sees("Neu Wulmstorf Bau", "Noch kein Gespräch")
    chat.sends("/kunden neu wulm")
    chat.sees("Neu Wulmstorf Bau", buttons=["Gespräch beginnen"])
    chat.sends("/kunden New York Pizza")
    chat.sees("Niemand gefunden", buttons=["Neu: New York Pizza"])
    assert len(customers_of(engine, chat)) == 1


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


def test_a_name_that_nobody_has_is_no_longer_asked_for_when_a_customer_is_found(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.sends("/kunden Schäfer")
    chat.sees("Niemand gefunden")
    chat.sends("/kunden Muster")
    chat.types("Das ist uns zu teuer")
    chat.sees("Was war das?")
    chat.sends("/kunden")
    assert "Das ist uns zu teuer" not in str(chat.message.buttons)


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
