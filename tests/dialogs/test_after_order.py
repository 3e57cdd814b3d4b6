"""After an order: satisfaction, a referral, check-ins, further needs; planned with it, changed and ended with a tap."""

from datetime import UTC, date, datetime

from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId, Talk
from dialogs.ports.conversations import NoteKind
from dialogs.ports.customers import Customer
from dialogs.ports.days import ReminderKind
from dialogs.press import Press, write_press
from knowledge.taxonomy import FollowUpTaskId, OutcomeId
from tests.chat import Chat
from tests.dialogs.test_following_up import orders, wants_no_contact
from tests.dialogs.test_product_choice import sells

REFERRAL = FollowUpTaskId.REFERRAL_REQUEST


def planned(chat: Chat, talk: Talk) -> dict[str, date]:
    with chat.engine.connect() as connection:
        reminders = SqlStore(connection).reminders.of(PersonId(chat.person_id), talk.id)
    return {reminder.kind: reminder.due_on for reminder in reminders if reminder.done_on is None}


def customer_of(chat: Chat, talk: Talk) -> Customer:
    with chat.engine.connect() as connection:
        customer = SqlStore(connection).customers.get(PersonId(chat.person_id), talk.customer_id)
    assert customer is not None
    return customer


def notes_about(chat: Chat, talk: Talk) -> list[str]:
    with chat.engine.connect() as connection:
        return [note.text for note in SqlStore(connection).notes.about(PersonId(chat.person_id), talk.customer_id, 9)]


def press_task(chat: Chat, talk: Talk, value: str) -> None:
    chat.press_data(write_press(Press("task", talk.id, value=value), f"card:{talk.id}"))


def asks_how_satisfied(chat: Chat) -> Talk:
    """Two weeks after the order the list asks for it."""
    talk = orders(chat)
    chat.now = datetime(2026, 11, 30, 8, tzinfo=UTC)
    chat.sends("/nachfassen")
    chat.press("1 …")
    chat.sees("Muster GmbH", "Zufriedenheit erfragen", buttons=["1", "2", "3", "4", "5", "Erledigt"])
    return talk


def test_an_order_plans_satisfaction_referral_and_a_check_in(chat: Chat) -> None:
    talk = orders(chat)
    assert planned(chat, talk) == {
        "satisfaction": date(2026, 11, 30), "referral": date(2026, 12, 14), "check_in": date(2027, 2, 15),
    }  # fmt: skip  # the ninetieth day is a Sunday


def test_an_order_taken_back_takes_its_plans_along(chat: Chat) -> None:
    talk = orders(chat)
    chat.press("⋯")
    chat.press("Rückgängig")
    assert chat.talk.outcome is None
    assert planned(chat, talk) == {}


def test_each_day_can_be_changed_from_the_card_at_once(chat: Chat) -> None:
    talk = orders(chat)
    chat.press("Nach dem Auftrag")
    chat.sees("Zufriedenheit erfragen · Mo., 30.11.", "Empfehlung erfragen · Mo., 14.12.", "Nachfragen, wie es läuft")
    chat.press("⏰ Empfehlung")
    chat.press("Anderes Datum")
    chat.types("15.1.2027")
    chat.press("Stimmt")
    assert planned(chat, talk)["referral"] == date(2027, 1, 15)


def test_the_task_about_the_referral_takes_the_place_of_the_reminder(chat: Chat) -> None:
    talk = orders(chat)
    press_task(chat, talk, f"{REFERRAL}=2026-12-01")
    assert "referral" not in planned(chat, talk)
    press_task(chat, talk, f"{REFERRAL}=open")
    assert planned(chat, talk)["referral"] == date(2026, 12, 14)
    chat.press("Alle übrigen weglassen")
    assert "referral" in planned(chat, talk), "left out with all the rest is not left out for itself"


def test_who_is_satisfied_is_asked_for_reference_and_referral(chat: Chat) -> None:
    talk = asks_how_satisfied(chat)
    chat.press("4")
    customer = customer_of(chat, talk)
    assert (customer.satisfaction, customer.satisfaction_at) == (4, chat.now)
    assert "satisfaction" not in planned(chat, talk)
    listed = next(message for message in chat.phone if message.screen == "due")
    assert "nichts fällig" in listed.text
    chat.sees("Muster GmbH: 4 von 5", "Was hat der Kunde dazu gesagt?", buttons=["Weglassen"])
    chat.types("Die Linie läuft ruhiger.")
    assert notes_about(chat, talk)[0] == "Zufriedenheit 4 von 5: Die Linie läuft ruhiger."
    chat.press("Ja, darf genannt werden")
    assert customer_of(chat, talk).reference_at == chat.now
    first = chat.now
    answer = next(message for message in chat.phone if message.screen.startswith("sat:"))
    assert "Referenz seit Mo., 30.11." in answer.text
    assert "Betrieb" in answer.text
    chat.later(days=1)
    chat.press_data(write_press(Press("refer", talk.customer_id, value="yes"), f"sat:{talk.customer_id}"))
    assert customer_of(chat, talk).reference_at == first, "the day of the first yes is kept"
    chat.press("Nicht mehr")
    assert customer_of(chat, talk).reference_at is None


def test_who_is_unhappy_is_called_and_asked_for_nothing(chat: Chat) -> None:
    asks_how_satisfied(chat)
    chat.press("2")
    answer = next(message for message in chat.phone if message.screen.startswith("sat:"))
    assert "Heute anrufen" in answer.text
    assert answer.buttons == []


def test_the_same_number_twice_counts_once_and_another_one_replaces_it(chat: Chat) -> None:
    talk = asks_how_satisfied(chat)
    old = chat.data_of("5")
    chat.press("5")
    chat.press("Weglassen")
    first = customer_of(chat, talk).satisfaction_at
    chat.later(minutes=5)
    messages = len(chat.phone)
    chat.press_data(old)
    assert customer_of(chat, talk).satisfaction_at == first
    assert len(chat.phone) == messages, "the sentence is not asked for again"
    chat.press_data(old.replace(":5", ":3"))
    assert customer_of(chat, talk).satisfaction == 3


def test_a_check_in_follows_a_check_in_until_it_is_taken_back(chat: Chat) -> None:
    talk = orders(chat)
    chat.now = datetime(2027, 2, 15, 8, tzinfo=UTC)
    chat.sends("/nachfassen")
    chat.sees("3 Muster GmbH · Nachfragen, wie es läuft")
    old = chat.data_of("✓ 3")
    chat.press("✓ 3")
    chat.press_data(old)
    assert planned(chat, talk)["check_in"] == date(2027, 5, 17)
    with chat.engine.connect() as connection:
        reminders = SqlStore(connection).reminders.of(PersonId(chat.person_id), talk.id)
    assert sum(reminder.kind is ReminderKind.CHECK_IN for reminder in reminders) == 2, "twice counts as once"


def test_taken_back_a_check_in_is_due_again_and_the_next_one_is_not_planned(chat: Chat) -> None:
    talk = orders(chat)
    chat.now = datetime(2027, 2, 15, 8, tzinfo=UTC)
    chat.sends("/nachfassen")
    chat.press("✓ 3")
    chat.press("Wieder offen")
    assert planned(chat, talk)["check_in"] == date(2027, 2, 15)
    with chat.engine.connect() as connection:
        reminders = SqlStore(connection).reminders.of(PersonId(chat.person_id), talk.id)
    assert sum(reminder.kind is ReminderKind.CHECK_IN for reminder in reminders) == 1


def test_a_second_order_of_a_customer_moves_the_one_check_in(chat: Chat) -> None:
    first = orders(chat)
    chat.later(days=30)
    second = orders(chat)
    assert second.id != first.id
    assert planned(chat, first)["check_in"] == date(2027, 3, 16)
    assert "check_in" not in planned(chat, second)


def test_nothing_is_planned_without_an_order(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Endgültig nein")
    chat.press("Kein Bedarf")
    assert chat.talk.outcome is OutcomeId.LOST
    assert planned(chat, chat.talk) == {}
    assert "Nach dem Auftrag" not in chat.card_buttons


def notes_down(chat: Chat, talk: Talk, words: str) -> None:
    with chat.engine.begin() as connection:
        SqlStore(connection).notes.add(PersonId(chat.person_id), talk.id, NoteKind.NOTE, words, chat.now)


def test_a_note_that_names_another_product_becomes_a_hint_and_a_reminder_if_wanted(chat: Chat) -> None:
    sells(chat, "Etikettierer E200", "Wartung Plus", "Wartung Basis", "Schrumpftunnel")
    talk = orders(chat)
    notes_down(chat, talk, "fragt nebenbei nach einem Schrumpftunnel für die zweite Linie")
    notes_down(chat, talk, "Wartung ist Thema der Technik")
    chat.press("Nach dem Auftrag")
    chat.sees("Aus deinen Notizen:", "16.11. „fragt nebenbei", "→ Schrumpftunnel", buttons=["Zusatzbedarf vormerken"])
    assert "→ Wartung" not in chat.screen, "a word that two products bear names neither"
    chat.press("Zusatzbedarf vormerken")
    assert planned(chat, talk)["cross_selling"] == date(2026, 11, 30)
    assert "Zusatzbedarf vormerken" not in chat.buttons
    chat.now = datetime(2026, 11, 30, 8, tzinfo=UTC)
    chat.sends("/nachfassen")
    chat.press("2 …")
    chat.sees("Zusatzbedarf ansprechen", "→ Schrumpftunnel")


def test_without_products_of_the_company_nothing_is_hinted_at(chat: Chat) -> None:
    talk = orders(chat)
    notes_down(chat, talk, "fragt nach einem Schrumpftunnel")
    chat.press("Nach dem Auftrag")
    assert "Aus deinen Notizen" not in chat.screen


def test_who_wants_no_contact_is_not_planned_for(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    wants_no_contact(chat, chat.talk)
    assert planned(chat, orders(chat)) == {}


def test_plans_stay_single_however_an_order_is_won_and_taken_back(chat: Chat) -> None:
    talk = orders(chat)
    for _ in range(2):
        chat.press("⋯")
        chat.press("Rückgängig")
        chat.press("Auftrag erhalten")
        chat.types("9.000")
        chat.press("Stimmt")
    with chat.engine.connect() as connection:
        kinds = sorted(one.kind for one in SqlStore(connection).reminders.of(PersonId(chat.person_id), talk.id))
    assert kinds == ["check_in", "referral", "satisfaction"]
