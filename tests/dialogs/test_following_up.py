"""`/nachfassen`: what is due from all three sources in one list, settled, moved or taken up with a tap."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId, Standing, Talk, TaskState
from dialogs.following_up.day_list import press_for, read_press
from dialogs.following_up.due import due_until, end_of_week, no_weekend
from dialogs.ports.customers import Permission, Potential
from dialogs.ports.days import DueItem, DueSource, ReminderKind
from dialogs.press import MAX_BYTES, Press, write_press
from knowledge.taxonomy import FollowUpTaskId, OutcomeId
from tests.chat import Chat

FIRST = FollowUpTaskId.EMOTIONAL_CONFIRMATION


def ends_without_decision(chat: Chat, customer: str = "Muster GmbH") -> Talk:
    """A conversation whose first task is due tomorrow."""
    chat.sends(f"/gespraech {customer}")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Ohne Entscheidung")
    chat.press("Di., 17.11.")
    return chat.talk


def loaded(chat: Chat, talk: Talk) -> Talk:
    with chat.engine.connect() as connection:
        found = SqlStore(connection).conversations.load(PersonId(chat.person_id), talk.id)
    assert found is not None
    return found


def test_nothing_due_is_one_line(chat: Chat) -> None:
    chat.sends("/nachfassen")
    chat.sees("Nachfassen", "Bis So., 22.11. ist nichts fällig.")
    assert chat.buttons == []


def test_a_dated_task_is_listed_and_done_with_one_tap(chat: Chat) -> None:
    talk = ends_without_decision(chat)
    chat.later(days=1)
    chat.sends("/nachfassen")
    chat.sees("1 heute", "1 Muster GmbH · Entscheidung bestätigen", buttons=["1", "1 …"])
    old = chat.data_of("✓ 1")
    chat.press("✓ 1")
    assert loaded(chat, talk).task(FIRST).state is TaskState.DONE
    assert chat.toast == "Erledigt: Muster GmbH · Entscheidung bestätigen"
    chat.sees("ist nichts fällig", buttons=["Wieder offen: Muster GmbH"])
    steps = loaded(chat, talk).seq
    chat.press_data(old)
    assert loaded(chat, talk).seq == steps, "twice counts as once"


def test_what_was_done_by_mistake_is_due_again_on_its_day(chat: Chat) -> None:
    talk = ends_without_decision(chat)
    chat.later(days=3)
    chat.sends("/nachfassen")
    chat.sees("1 überfällig", "Di., 17.11.")
    chat.press("✓ 1")
    chat.press("Wieder offen")
    assert loaded(chat, talk).task(FIRST).due == date(2026, 11, 17)
    chat.sees("1 überfällig")


def orders(chat: Chat, customer: str = "Muster GmbH", amount: str = "12.500") -> Talk:
    """A conversation that ended with an order."""
    chat.sends(f"/gespraech {customer}")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Auftrag erhalten")
    chat.types(amount)
    chat.types("ein Etikettierer")
    assert chat.talk.outcome is OutcomeId.WON
    return chat.talk


def is_postponed(chat: Chat, until: str, customer: str = "Muster GmbH") -> Talk:
    chat.sends(f"/gespraech {customer}")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Vertagt")
    chat.types(until)
    chat.press("Stimmt")
    assert chat.talk.standing is Standing.POSTPONED
    return chat.talk


def wants_no_contact(chat: Chat, talk: Talk) -> None:
    with chat.engine.begin() as connection:
        customers = SqlStore(connection).customers
        customer = customers.get(PersonId(chat.person_id), talk.customer_id)
        assert customer is not None
        customers.save(PersonId(chat.person_id), replace(customer, permission=Permission.NO_CONTACT))


def test_overdue_today_and_the_week_stand_below_each_other_from_all_three_sources(chat: Chat) -> None:
    ends_without_decision(chat, "Alt AG")
    is_postponed(chat, "Mittwoch", "Berg KG")
    orders(chat, "Chor eG")  # satisfaction is asked for on Monday in two weeks
    chat.now = datetime(2026, 11, 18, 8, tzinfo=UTC)
    chat.sends("/nachfassen")
    chat.sees(
        "1 überfällig · 1 heute", "1 Alt AG · Entscheidung bestätigen · Di., 17.11.", "2 Berg KG · Gespräch geht weiter"
    )
    chat.now = datetime(2026, 11, 30, 8, tzinfo=UTC)
    chat.sends("/nachfassen")
    chat.sees("2 überfällig · 1 heute", "3 Chor eG · Zufriedenheit erfragen")


def test_a_postponed_conversation_goes_on_with_one_tap_and_again_changes_nothing(chat: Chat) -> None:
    talk = is_postponed(chat, "Mittwoch")
    chat.later(days=2)
    chat.sends("/nachfassen")
    old = chat.data_of("▶ 1")
    chat.press("▶ 1")
    assert loaded(chat, talk).standing is Standing.OPEN
    chat.sees("Muster GmbH", "Beziehung")
    version = loaded(chat, talk).version
    chat.press_data(old)
    assert loaded(chat, talk).version == version


def test_a_postponement_is_moved_as_a_correction(chat: Chat) -> None:
    talk = is_postponed(chat, "Mittwoch")
    chat.later(days=2)
    chat.sends("/nachfassen")
    chat.press("1 …")
    chat.sees(
        "Muster GmbH", "Gespräch geht weiter", "Fällig: heute", buttons=["morgen", "Mi., 25.11.", "Weitersprechen"]
    )
    chat.press("Mi., 25.11.")
    assert loaded(chat, talk).until == date(2026, 11, 25)
    chat.sees("nichts fällig")


def test_a_move_to_tomorrow_on_friday_leads_to_monday(chat: Chat) -> None:
    talk = ends_without_decision(chat)
    chat.now = datetime(2026, 11, 20, 8, tzinfo=UTC)
    chat.sends("/nachfassen")
    chat.press("1 …")
    chat.sees("Überfällig seit Di., 17.11.", buttons=["Mo., 23.11.", "Fr., 27.11."])
    chat.press("Mo., 23.11.")
    assert loaded(chat, talk).task(FIRST).due == date(2026, 11, 23)
    chat.sees("1 bis nächste Woche")


def test_another_day_is_asked_for_and_a_weekend_becomes_monday(chat: Chat) -> None:
    talk = ends_without_decision(chat)
    chat.sends("/nachfassen")
    chat.press("1 …")
    chat.press("Anderes Datum")
    chat.sees("Muster GmbH · Entscheidung bestätigen", "Bis wann?")
    chat.types("gestern")
    chat.sees("schon vorbei")
    chat.types("28.11.")
    chat.press("Stimmt")
    assert loaded(chat, talk).task(FIRST).due == date(2026, 11, 30)


def test_a_time_said_with_the_day_becomes_a_note(chat: Chat) -> None:
    talk = ends_without_decision(chat)
    chat.sends("/nachfassen")
    chat.press("1 …")
    chat.press("Anderes Datum")
    chat.types("Donnerstag 10:30")
    chat.press("Stimmt")
    with chat.engine.connect() as connection:
        texts = [note.text for note in SqlStore(connection).notes.of(talk.id)]
    assert texts == ["Entscheidung bestätigen: Do., 19.11., 10:30"]


def test_an_old_button_to_move_means_today_at_the_earliest(chat: Chat) -> None:
    talk = ends_without_decision(chat)
    chat.later(days=1)
    chat.sends("/nachfassen")
    chat.press("1 …")
    old = chat.data_of("morgen")
    chat.later(days=9)
    chat.press_data(old)
    assert loaded(chat, talk).task(FIRST).due == date(2026, 11, 26)


def test_more_than_six_stand_on_pages_of_twelve_lines_at_most(chat: Chat) -> None:
    for number in range(8):
        ends_without_decision(chat, f"Kunde {number}")
    chat.later(days=1)
    chat.sends("/nachfassen")
    chat.sees("8 heute", "6 Kunde 5")
    assert len([line for line in chat.screen.splitlines() if line]) <= 12
    chat.press("Spätere")
    chat.sees("1 Kunde 6", "2 Kunde 7", buttons=["Frühere"])
    chat.press("✓ 2")
    chat.sees("7 heute", "1 Kunde 6")


def test_who_wants_no_contact_is_marked_and_warned_of(chat: Chat) -> None:
    talk = ends_without_decision(chat)
    wants_no_contact(chat, talk)
    chat.later(days=1)
    chat.sends("/nachfassen")
    chat.sees("⛔ Muster GmbH", "⛔ will keinen Kontakt")
    chat.press("1 …")
    chat.sees("nicht anrufen, nicht schreiben")


def test_the_card_of_the_conversation_in_hand_follows(chat: Chat) -> None:
    talk = ends_without_decision(chat)
    chat.later(days=1)
    chat.sends("/nachfassen")
    chat.press("✓ 1")
    assert chat.talk.id == talk.id
    chat.sees_card("1 Entscheidung bestätigen ✓")


def test_talk_now_opens_the_card(chat: Chat) -> None:
    ends_without_decision(chat)
    chat.later(days=1)
    chat.sends("/nachfassen")
    chat.press("1 …")
    chat.press("Gespräch öffnen")
    assert "geregelt" in chat.card


def test_buttons_about_what_is_gone_lead_back_to_the_list(chat: Chat) -> None:
    ends_without_decision(chat)
    chat.sends("/nachfassen")
    for action, subject, value in (
        ("due_t", 4711, f"{FIRST}=done"), ("due_t", 1, "send_fax=done"), ("due_r", 4711, "done"), ("due_c", 4711, "go"),
        ("due_t", 1, f"{FIRST}=someday"), ("due_c", 1, "done"),
    ):  # fmt: skip
        chat.press_data(write_press(Press(action, subject, value=value), "due"))
        assert chat.toast
        assert chat.message.screen == "due"


def test_others_due_things_are_not_seen(chat: Chat, english_chat: Chat) -> None:
    ends_without_decision(chat)
    english_chat.later(days=1)
    english_chat.sends("/followups")
    english_chat.sees("Nothing is due until Sun 22 Nov")


def test_the_customers_rating_is_kept_with_a_tap_on_the_card(chat: Chat) -> None:
    talk = orders(chat)
    task = FollowUpTaskId.CUSTOMER_POTENTIAL
    chat.press_data(write_press(Press("task", talk.id, value=f"{task}=pick"), f"card:{talk.id}"))
    chat.sees_card(buttons=["A", "B", "C"])
    chat.press("A")
    assert loaded(chat, talk).task(task).state is TaskState.DONE
    with chat.engine.connect() as connection:
        store = SqlStore(connection)
        customer = store.customers.get(PersonId(chat.person_id), talk.customer_id)
        assert customer is not None
        assert customer.potential is Potential.A
        (check_in,) = [
            one for one in store.reminders.of(PersonId(chat.person_id), talk.id) if one.kind is ReminderKind.CHECK_IN
        ]
    assert check_in.due_on == date(2027, 1, 15), "sixty days, not ninety"


def test_the_rating_can_be_given_from_the_list_too(chat: Chat) -> None:
    talk = orders(chat)
    task = FollowUpTaskId.CUSTOMER_POTENTIAL
    chat.press_data(write_press(Press("task", talk.id, value=f"{task}=2026-11-18"), f"card:{talk.id}"))
    chat.later(days=2)
    chat.sends("/nachfassen")
    chat.press("1 …")
    chat.sees("Potenzial einstufen", buttons=["A", "B", "C", "Erledigt"])
    chat.press("C")
    assert loaded(chat, talk).task(task).state is TaskState.DONE
    assert chat.toast == "Muster GmbH: C-Kunde"


def test_due_until_tells_sums_and_the_first_of_each_group(chat: Chat) -> None:
    ends_without_decision(chat, "Alt AG")
    is_postponed(chat, "Freitag", "Berg KG")
    with chat.engine.connect() as connection:
        store = SqlStore(connection)
        person = store.people.get(PersonId(chat.person_id))
        assert person is not None
        overdue, today, week = due_until(store, person, date(2026, 11, 18))
    assert (len(overdue), len(today), len(week)) == (1, 0, 1)
    assert [item.customer for item in (*overdue, *week)] == ["Alt AG", "Berg KG"]


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_day_is_never_moved_to_a_weekend_nor_back_and_the_week_ends_on_a_sunday_ahead(day: date) -> None:
    moved = no_weekend(day)
    assert moved.weekday() < 5
    assert 0 <= (moved - day).days <= 2
    assert end_of_week(day).isoweekday() == 7
    assert 3 <= (end_of_week(day) - day).days <= 9


@pytest.mark.parametrize("task", list(FollowUpTaskId))
def test_the_longest_button_fits_into_what_telegram_takes(task: FollowUpTaskId) -> None:
    item = DueItem(date(2026, 11, 16), DueSource.TASK, 9_999_999_999, task, "", None, None)
    press = press_for(item, "b-2026-11-16", 999)
    assert len(write_press(press, "due")) <= MAX_BYTES
    assert read_press(press) == (task, "b-2026-11-16", 999)
