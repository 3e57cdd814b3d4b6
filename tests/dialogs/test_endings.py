"""How a conversation ends: order, final no with its reason, postponed, without a decision, cancelled."""

from datetime import date
from decimal import Decimal

import pytest

from bot.storage.store import SqlStore
from dialogs.conversation.talk import Standing, Trigger
from dialogs.ports.conversations import Note, NoteKind
from knowledge.taxonomy import LossReasonId, OutcomeId, PhaseId
from tests.chat import Chat


def notes_of(chat: Chat) -> list[Note]:
    with chat.engine.connect() as connection:
        return list(SqlStore(connection).notes.of(chat.talk.id))


def in_closing(chat: Chat) -> None:
    """A conversation in closing, the trial close skipped knowingly."""
    chat.sends("/gespraech Muster GmbH")
    chat.press("Abschluss")
    chat.press("Trotzdem weiter")
    assert chat.talk.phase is PhaseId.CLOSING


def test_an_order_leads_to_the_follow_up_with_amount_and_what(chat: Chat) -> None:
    in_closing(chat)
    chat.press("Auftrag erhalten")
    chat.types("16.400")
    chat.types("Anlage mit Wartung")
    assert chat.talk.phase is PhaseId.FOLLOW_UP
    assert (chat.talk.outcome, chat.talk.amount, chat.talk.currency) == (OutcomeId.WON, Decimal(16400), "EUR")
    assert [(note.kind, note.text) for note in notes_of(chat)] == [(NoteKind.ORDER, "Anlage mit Wartung")]
    assert "Anlage" not in str(chat.steps)
    assert chat.message is chat.card_message
    chat.sees_card("Auftrag erhalten: 16.400\N{NO-BREAK SPACE}€")


def test_an_amount_in_francs_keeps_its_currency(chat: Chat) -> None:
    in_closing(chat)
    chat.press("Auftrag erhalten")
    chat.types("CHF 1'000")
    chat.press("Stimmt")
    assert (chat.talk.amount, chat.talk.currency) == (Decimal(1000), "CHF")


def test_a_final_no_takes_a_reason_and_leads_to_the_follow_up(chat: Chat) -> None:
    in_closing(chat)
    chat.press("Endgültig nein")
    chat.sees_card("Woran lag es?")
    chat.press("Günstigeres Angebot")
    assert chat.talk.phase is PhaseId.FOLLOW_UP
    assert (chat.talk.outcome, chat.talk.loss_reason) == (OutcomeId.LOST, LossReasonId.CHEAPER_OFFER)


def test_another_reason_needs_a_few_words(chat: Chat) -> None:
    in_closing(chat)
    chat.press("Endgültig nein")
    chat.press("Anderer Grund")
    assert chat.steps[-1].trigger is Trigger.ASK_LOSS_REASON
    chat.types("Der Standort wird geschlossen")
    assert (chat.talk.outcome, chat.talk.loss_reason) == (OutcomeId.LOST, LossReasonId.OTHER)
    assert [note.text for note in notes_of(chat) if note.kind is NoteKind.LOSS] == ["Der Standort wird geschlossen"]


def test_postponed_stays_open_with_its_day_in_the_phase_where_it_stopped(chat: Chat) -> None:
    in_closing(chat)
    chat.press("Vertagt")
    chat.types("12.12.")
    chat.press("Stimmt")
    assert (chat.talk.standing, chat.talk.outcome) == (Standing.POSTPONED, OutcomeId.POSTPONED)
    assert (chat.talk.until, chat.talk.phase) == (date(2026, 12, 12), PhaseId.CLOSING)
    chat.sees_card("0 von 10 geregelt")
    chat.press("Fortsetzen")
    assert (chat.talk.standing, chat.talk.outcome, chat.talk.until) == (Standing.OPEN, None, None)


def test_a_time_said_with_the_day_is_kept_as_a_note(chat: Chat) -> None:
    in_closing(chat)
    chat.press("Vertagt")
    chat.types("übermorgen 9 Uhr")
    chat.sees("Mi., 18.11., 09:00 – stimmt das?", "die Uhrzeit kommt als Notiz dazu")
    chat.press("Stimmt")
    assert chat.talk.until == date(2026, 11, 18)
    assert [note.text for note in notes_of(chat)] == ["Mi., 18.11., 09:00"]


@pytest.mark.parametrize(
    ("label", "outcome"),
    [("Ohne Entscheidung", OutcomeId.NO_DECISION), ("Fand nicht statt", OutcomeId.CANCELLED)],
)
def test_beenden_knows_the_ends_that_need_no_words(chat: Chat, label: str, outcome: OutcomeId) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press(label)
    assert (chat.talk.phase, chat.talk.outcome) == (PhaseId.FOLLOW_UP, outcome)


def test_an_old_outcome_button_changes_nothing(chat: Chat) -> None:
    in_closing(chat)
    old = chat.data_of("Auftrag erhalten")
    lost = chat.data_of("Endgültig nein")
    chat.press("Zurück")
    for data in (old, lost):
        chat.press_data(data)
        assert chat.talk.phase is PhaseId.NEGOTIATION
        assert chat.talk.asking is None
        assert "nichts geändert" in chat.toast


def test_an_order_that_comes_after_the_end_changes_nothing(chat: Chat) -> None:
    in_closing(chat)
    chat.press("Auftrag erhalten")
    chat.types("5.000")
    right = chat.data_of("Stimmt")
    chat.press("Endgültig nein")
    chat.press("Kein Bedarf")
    chat.press_data(right)
    assert (chat.talk.outcome, chat.talk.amount) == (OutcomeId.LOST, None)
    assert any("Das passt nicht mehr" in message.text for message in chat.phone)
    chat.types("5.000")
    chat.sees("Was war das?")
    assert "Frage fortsetzen" not in chat.buttons


def test_a_reason_that_todays_code_does_not_know_changes_nothing(chat: Chat) -> None:
    in_closing(chat)
    chat.press("Endgültig nein")
    chat.press_data(chat.data_of("Kein Bedarf").replace("no_need", "bad_mood"))
    assert chat.talk.outcome is None
    assert "nichts geändert" in chat.toast


def test_what_is_typed_after_not_yet_becomes_a_note_and_leads_to_the_negotiation(chat: Chat) -> None:
    in_closing(chat)
    chat.press("Noch nicht")
    chat.types("Die Freigabe vom Einkauf fehlt")
    assert chat.talk.phase is PhaseId.NEGOTIATION
    assert chat.steps[-1].trigger is Trigger.MISSING_IN_OFFER
    assert [(note.kind, note.text) for note in notes_of(chat)] == [(NoteKind.MISSING, "Die Freigabe vom Einkauf fehlt")]
    assert chat.message is chat.card_message


def test_the_ends_read_well_in_english(english_chat: Chat) -> None:
    chat = english_chat
    chat.sends("/talk Sample Ltd.")
    chat.press("Close")
    chat.press("Go on anyway")
    chat.press("Order received")
    chat.types("12,500")
    chat.sees("€12,500 – is that right?")
    chat.press("Right")
    chat.sees_card("€12,500")
