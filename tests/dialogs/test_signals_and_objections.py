"""Objections and buying signals in every phase: noted with one tap, and the place is kept."""

import pytest

from dialogs.conversation.phases import TALKING
from dialogs.conversation.talk import ObjectionState, TrialClose
from dialogs.press import MAX_BYTES
from knowledge.taxonomy import ObjectionId, PhaseId, SignalId
from tests.chat import Chat
from tests.dialogs.test_moves import ends_without_decision, starts


@pytest.mark.parametrize("phase", TALKING)
def test_an_objection_is_recorded_in_every_phase_without_losing_the_place(chat: Chat, phase: PhaseId) -> None:
    starts(chat, phase)
    version = chat.talk.version
    chat.press("Einwand")
    chat.press("Preis")
    chat.press("Zu teuer")
    chat.sees("Zu teuer", "Steht als offen", buttons=["geklärt"])
    chat.sees_card("1 Einwand offen: Zu teuer")
    assert (chat.talk.phase, chat.talk.version) == (phase, version)
    assert [(raised.id, raised.phase) for raised in chat.talk.objections] == [(ObjectionId.PRICE_TOO_HIGH, phase)]


def test_an_objection_can_be_noted_after_the_outcome(chat: Chat) -> None:
    starts(chat)
    ends_without_decision(chat)
    chat.press("Einwand")
    chat.press("Zeit")
    chat.press("Muss überlegen")
    assert chat.talk.objections[0].phase is PhaseId.FOLLOW_UP


def test_an_open_objection_is_settled_and_opened_again(chat: Chat) -> None:
    starts(chat)
    raises_price(chat)
    chat.press("geklärt")
    chat.sees("Geklärt.", buttons=["noch offen"])
    assert "Einwand offen" not in chat.card
    chat.press("noch offen")
    chat.sees_card("1 Einwand offen")


def test_the_list_shows_what_was_raised_and_settles_it_with_one_tap(chat: Chat) -> None:
    starts(chat)
    raises_price(chat)
    chat.press("Einwand")
    chat.sees("Offen: Zu teuer", buttons=["Zu teuer: geklärt"])
    chat.press("Zu teuer: geklärt")
    assert chat.talk.objections[0].state is ObjectionState.SETTLED


def test_settling_fits_on_a_button_in_the_company_of_ten_digits(chat: Chat) -> None:
    starts(chat)
    longest = max(ObjectionId, key=len)
    chat.press_data(f"card:1|obj_set:1::{longest}={ObjectionState.OPEN}")
    chat.press("Einwand")
    data = chat.data_of("geklärt")
    assert len(data.replace("obj:1", "obj:9999999999").replace("obj_set:1", "obj_set:9999999999")) <= MAX_BYTES


def test_a_slip_is_taken_back_without_a_trace_on_the_card(chat: Chat) -> None:
    starts(chat)
    raises_price(chat)
    chat.press("Versehen")
    assert chat.talk.objections == ()
    assert "Einwand offen" not in chat.card


def test_two_open_objections_are_counted(chat: Chat) -> None:
    starts(chat)
    raises_price(chat)
    chat.press("Alle Gruppen")
    chat.press("Preis")
    chat.press("Kein Budget")
    chat.sees_card("2 Einwände offen: Zu teuer, Kein Budget")


def test_looking_up_by_command_records_nothing_until_the_seller_says_so(chat: Chat) -> None:
    starts(chat)
    chat.sends("/einwand")
    chat.press("Preis")
    chat.press("Zu teuer")
    assert not chat.talk.objections
    chat.sees("Zu teuer", buttons=["geklärt", "noch offen"])
    chat.press("noch offen")
    assert [raised.state for raised in chat.talk.objections] == [ObjectionState.OPEN]


def test_without_a_conversation_the_list_is_a_mere_look(chat: Chat) -> None:
    chat.sends("/einwand")
    chat.press("Preis")
    chat.press("Zu teuer")
    chat.sees("Zu teuer", buttons=["Alle Gruppen"])
    assert "noch offen" not in chat.buttons
    chat.press("Alle Gruppen")
    chat.sees("Worum geht es?")


def test_a_text_behind_the_command_is_quoted_and_kept(chat: Chat) -> None:
    starts(chat)
    chat.sends("/einwand findet er <zu> teuer")
    chat.sees("findet er <zu> teuer", buttons=["Preis", "Als Notiz"])


@pytest.mark.parametrize("phase", [PhaseId.PRESENTATION, PhaseId.NEGOTIATION])
def test_a_signal_offers_the_jump_to_closing(chat: Chat, phase: PhaseId) -> None:
    starts(chat, phase)
    chat.press("Kaufsignal")
    chat.press("fragt nach dem Liefertermin")
    chat.sees("Kaufsignal: fragt nach dem Liefertermin", buttons=["Zum Abschluss", "notiert, weiter hier"])
    assert chat.talk.phase is phase
    chat.press("Zum Abschluss")
    chat.sees_card("5/6 Abschluss", "Gesehen: fragt nach dem Liefertermin")


def test_before_the_jump_to_closing_it_says_what_is_still_open(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    raises_price(chat)
    chat.press("Kaufsignal")
    chat.press("fragt nach dem Liefertermin")
    chat.sees("Kaufsignal: fragt nach dem Liefertermin", "1 Einwand offen: Zu teuer", buttons=["Zum Abschluss"])
    chat.press("Zum Abschluss")
    chat.sees_card("1 Einwand offen: Zu teuer")


def test_each_signal_says_how_to_notice_it_and_what_to_leave(chat: Chat) -> None:
    for signal, entry in chat.house.catalogue[chat.language].signals.items():
        chat.sends("/signal")
        chat.press_data(f"sig|sig_set:::{signal}=1")
        chat.sees(entry.label, entry.notice, entry.do, entry.avoid, entry.say)


def test_a_signal_can_be_noted_and_the_talk_goes_on(chat: Chat) -> None:
    starts(chat, PhaseId.PRESENTATION)
    chat.press("Kaufsignal")
    chat.press("nickt mehrmals")
    chat.press("weiter hier")
    chat.sees("Weiter auf der Karte.")
    chat.sees_card("3/6 Präsentation")
    assert [signal.id for signal in chat.talk.signals] == [SignalId.NODS_AGREEMENT]


@pytest.mark.parametrize("phase", [PhaseId.RELATIONSHIP, PhaseId.ANALYSIS])
def test_an_early_signal_proposes_the_trial_close(chat: Chat, phase: PhaseId) -> None:
    starts(chat, phase)
    chat.press("Kaufsignal")
    chat.press("nickt mehrmals")
    chat.sees("Testabschluss", buttons=["Testabschluss: ja, Interesse"])
    assert "Zum Abschluss" not in chat.buttons
    chat.press("Testabschluss: ja, Interesse")
    assert chat.toast == ("" if phase is PhaseId.ANALYSIS else "Notiert: Testabschluss gestellt, ja, Interesse.")
    assert chat.talk.trial_close is TrialClose.INTEREST
    assert chat.talk.phase is phase


def test_the_same_signal_counts_once_in_a_phase(chat: Chat) -> None:
    starts(chat, PhaseId.PRESENTATION)
    chat.press("Kaufsignal")
    nods = chat.data_of("nickt mehrmals")
    chat.press_data(nods)
    steps = chat.steps
    chat.press_data(nods)
    assert chat.steps == steps


def test_a_signal_tapped_by_mistake_is_taken_back(chat: Chat) -> None:
    starts(chat, PhaseId.PRESENTATION)
    chat.press("Kaufsignal")
    chat.press("nickt mehrmals")
    chat.press("Versehen")
    assert chat.talk.signals == ()


def test_without_a_conversation_signals_are_to_watch_for(chat: Chat) -> None:
    chat.sends("/signal")
    chat.sees("Darauf achten")
    chat.press("fragt nach dem Preis")
    chat.sees("Kaufsignal: fragt nach dem Preis", buttons=["Alle Kaufsignale"])
    chat.press("Alle Kaufsignale")
    chat.sees("Darauf achten")


def test_old_signal_buttons_do_not_jump(chat: Chat) -> None:
    starts(chat, PhaseId.PRESENTATION)
    chat.press("Kaufsignal")
    chat.press("nickt mehrmals")
    jump = chat.data_of("Zum Abschluss")
    chat.press("Weiter")
    chat.press_data(jump)
    assert chat.talk.phase is PhaseId.NEGOTIATION
    assert "von vorhin" in chat.toast


def raises_price(chat: Chat) -> None:
    chat.press("Einwand")
    chat.press("Preis")
    chat.press("Zu teuer")
