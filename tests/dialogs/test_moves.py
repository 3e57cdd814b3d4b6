"""A conversation through its phases, its loops and its ends, as a seller taps it."""

import pytest
from sqlalchemy import text

from dialogs.conversation.talk import Standing, TrialClose, Trigger
from dialogs.press import Press, write_press
from knowledge.taxonomy import OutcomeId, PhaseId
from tests.chat import Chat


def starts(chat: Chat, phase: PhaseId = PhaseId.RELATIONSHIP) -> None:
    """A conversation with Muster GmbH that has come to this phase, the trial close skipped on the way."""
    chat.sends("/gespraech Muster GmbH")
    while chat.talk.phase is not phase:
        chat.press("Trotzdem weiter" if chat.talk.asking else "Weiter")


def test_without_trial_close_the_bot_asks_once(chat: Chat) -> None:
    starts(chat, PhaseId.ANALYSIS)
    chat.press("Weiter")
    chat.sees_card("Testabschluss fehlt noch", buttons=["ja, Interesse", "Noch nicht", "Trotzdem weiter"])
    chat.press("Trotzdem weiter")
    chat.sees_card("Präsentation")
    assert chat.steps[-1].payload["trial_close"] == TrialClose.SKIPPED
    chat.press("Zurück")
    chat.press("Weiter")
    chat.sees_card("Präsentation")


def test_a_confirmed_trial_close_ends_the_analysis(chat: Chat) -> None:
    starts(chat, PhaseId.ANALYSIS)
    chat.press("Weiter")
    chat.press("ja, Interesse")
    chat.sees_card("3/6", "Präsentation")
    assert chat.talk.trial_close is TrialClose.INTEREST


def test_a_ticked_trial_close_ends_the_analysis_without_a_question(chat: Chat) -> None:
    starts(chat, PhaseId.ANALYSIS)
    chat.press("Testabschluss")
    chat.sees_card("☑ Testabschluss")
    chat.press("Weiter")
    chat.sees_card("Präsentation")


def test_not_yet_keeps_the_analysis_going(chat: Chat) -> None:
    starts(chat, PhaseId.ANALYSIS)
    chat.press("Weiter")
    asked = chat.card
    chat.press("Noch nicht")
    assert chat.toast == "Notiert: Testabschluss gestellt, noch nicht so weit."
    chat.sees_card("2/6", "Analyse", "☐ Testabschluss gestellt: noch nicht")
    assert chat.talk.trial_close is TrialClose.NOT_YET
    chat.press("Weiter")
    chat.sees_card("Beim Testabschluss hieß es: noch nicht.", buttons=["ja, Interesse", "Trotzdem weiter"])
    assert not set(chat.card.splitlines()[3:]) & set(asked.splitlines()[3:]), "asked again in the same words"


def test_not_yet_to_an_early_close_is_recorded_too(chat: Chat) -> None:
    starts(chat)
    chat.press("Abschluss")
    chat.press("Noch nicht")
    assert chat.toast == "Notiert: Testabschluss gestellt, noch nicht so weit."
    chat.press("Abschluss")
    chat.sees_card("1/6", "hieß es: noch nicht")
    chat.press("Trotzdem weiter")
    chat.sees_card("5/6 Abschluss")


def test_going_back_from_the_question_records_nothing(chat: Chat) -> None:
    starts(chat, PhaseId.ANALYSIS)
    chat.press("Weiter")
    chat.press("Zurück")
    chat.sees_card("2/6", "Analyse", buttons=["Weiter"])
    assert chat.talk.trial_close is TrialClose.OPEN


@pytest.mark.parametrize("found_in", [PhaseId.PRESENTATION, PhaseId.NEGOTIATION, PhaseId.CLOSING])
def test_something_missing_leads_to_the_analysis_and_next_back(chat: Chat, found_in: PhaseId) -> None:
    starts(chat, found_in)
    label = chat.house.catalogue[chat.language].phases[found_in].short
    chat.press("Etwas fehlt")
    chat.sees_card("2/6 Analyse", f"führt zurück: {label}")
    chat.press("Weiter")
    chat.sees_card(label)
    assert chat.talk.phase is found_in
    assert chat.talk.return_to is None


def test_a_gap_survives_a_step_back_to_the_relationship(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    chat.press("Etwas fehlt")
    chat.press("Zurück")
    chat.press("Weiter")
    chat.press("Weiter")
    assert chat.talk.phase is PhaseId.NEGOTIATION


@pytest.mark.parametrize("phase", [PhaseId.PRESENTATION, PhaseId.NEGOTIATION])
def test_close_jumps_from_presentation_and_negotiation(chat: Chat, phase: PhaseId) -> None:
    starts(chat, phase)
    chat.press("Abschluss")
    chat.sees_card("5/6 Abschluss", buttons=["Auftrag erhalten", "Noch nicht", "Endgültig nein", "Vertagt"])


@pytest.mark.parametrize("phase", [PhaseId.RELATIONSHIP, PhaseId.ANALYSIS])
def test_an_early_close_asks_as_next_does(chat: Chat, phase: PhaseId) -> None:
    starts(chat, phase)
    chat.press("Abschluss")
    chat.sees_card("Testabschluss fehlt noch")
    chat.press("ja, Interesse")
    chat.sees_card("5/6 Abschluss")


def test_the_command_close_moves_nothing(chat: Chat) -> None:
    starts(chat, PhaseId.PRESENTATION)
    before = chat.talk
    chat.sends("/abschluss")
    assert chat.talk == before


@pytest.mark.parametrize(
    ("what", "phase"),
    [
        ("Preis", PhaseId.NEGOTIATION),
        ("Entscheider", PhaseId.NEGOTIATION),
        ("Informationen", PhaseId.ANALYSIS),
        ("Bedarf unklar", PhaseId.ANALYSIS),
    ],
)
def test_no_in_closing_means_not_yet(chat: Chat, what: str, phase: PhaseId) -> None:
    starts(chat, PhaseId.CLOSING)
    chat.press("Noch nicht")
    chat.sees_card("Was fehlt dem Kunden?")
    chat.press(what)
    assert chat.talk.phase is phase
    assert chat.talk.outcome is None


def test_what_was_missing_in_the_analysis_leads_back_to_closing(chat: Chat) -> None:
    starts(chat, PhaseId.CLOSING)
    chat.press("Noch nicht")
    chat.press("Informationen")
    chat.press("Weiter")
    assert chat.talk.phase is PhaseId.CLOSING


def test_a_final_no_takes_a_reason_and_leads_to_follow_up(chat: Chat) -> None:
    starts(chat, PhaseId.CLOSING)
    chat.press("Endgültig nein")
    chat.sees_card("Woran lag es?", buttons=["Kein Budget", "Zurück"])
    chat.press("Kein Budget")
    chat.sees_card("6/6 Nachbereitung", "Endgültig nein: Kein Budget")


def test_end_asks_how_it_ended(chat: Chat) -> None:
    starts(chat, PhaseId.ANALYSIS)
    opens_menu(chat)
    chat.press("Beenden")
    chat.sees_card(
        "Wie ist das Gespräch ausgegangen?",
        buttons=["Auftrag erhalten", "Endgültig nein", "Vertagt", "Ohne Entscheidung", "Fand nicht statt"],
    )
    chat.press("Fand nicht statt")
    chat.sees_card("6/6 Nachbereitung")
    assert chat.talk.outcome is OutcomeId.CANCELLED


def test_a_paused_conversation_shrinks_and_goes_on_where_it_stopped(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    chat.press("Pause")
    chat.sees_card("Pausiert in: Verhandlung", buttons=["Fortsetzen"])
    assert "Weiter" not in chat.card_buttons
    chat.later(days=3)
    chat.press("Fortsetzen")
    chat.sees_card("4/6 Verhandlung", buttons=["Weiter"])


def test_an_old_button_changes_nothing(chat: Chat) -> None:
    starts(chat)
    old = chat.data_of("Weiter")
    chat.press("Weiter")
    before = chat.talk
    chat.press_data(old)
    assert chat.talk == before
    assert "von vorhin" in chat.toast
    chat.sees_card("2/6 Analyse")


def test_a_tick_counts_whatever_the_version(chat: Chat) -> None:
    starts(chat)
    old = chat.data_of("Begrüßung")
    chat.press("Weiter")
    chat.press_data(old)
    assert chat.talk.ticked("greeted", PhaseId.RELATIONSHIP)
    assert chat.talk.phase is PhaseId.ANALYSIS


def test_a_double_tap_on_a_tick_writes_one_step(chat: Chat) -> None:
    starts(chat)
    tick = chat.data_of("Begrüßung")
    chat.press_data(tick)
    steps = chat.steps
    chat.press_data(tick)
    assert chat.steps == steps


def test_a_tick_can_be_taken_back(chat: Chat) -> None:
    starts(chat)
    chat.press("Begrüßung")
    chat.sees_card("☑ Begrüßt und vorgestellt")
    opens_menu(chat)
    chat.press("Begrüßung")
    chat.sees_card("☐ Begrüßt und vorgestellt")


def test_undo_takes_the_last_move_back(chat: Chat) -> None:
    starts(chat, PhaseId.PRESENTATION)
    chat.press("Weiter")
    opens_menu(chat)
    chat.press("Rückgängig")
    assert chat.toast == "Zurückgenommen."
    chat.sees_card("3/6 Präsentation")
    assert chat.steps[-1].trigger is Trigger.UNDO


def test_at_the_beginning_there_is_nothing_to_undo(chat: Chat) -> None:
    starts(chat)
    opens_menu(chat)
    assert "Rückgängig" not in chat.card_buttons


def test_next_in_follow_up_says_how_many_tasks_are_open(chat: Chat) -> None:
    starts(chat)
    ends_without_decision(chat)
    chat.press("Weiter")
    assert "10 Aufgaben" in chat.toast
    assert chat.talk.standing is Standing.OPEN


def test_a_finished_conversation_can_be_taken_up_again(chat: Chat) -> None:
    starts(chat)
    ends_without_decision(chat)
    chat.press("Alle übrigen weglassen")
    chat.press("Weiter")
    card = chat.phone[-1]
    assert "10 weggelassen" in card.text
    assert "Rückgängig" in card.buttons
    chat.press("Rückgängig")
    chat.sees_card("6/6 Nachbereitung", buttons=["Weiter"])


def test_details_are_changed_on_the_card(chat: Chat) -> None:
    starts(chat)
    opens_menu(chat)
    chat.press("Kunde: B2B")
    chat.press("Behörde")
    chat.sees_card("Behörde")
    assert chat.talk.target_group == "b2g"
    opens_menu(chat)
    chat.press("Termin:")
    chat.press("Webcall")
    chat.sees_card("Webcall")


def test_a_card_of_another_open_conversation_becomes_the_active_one(chat: Chat) -> None:
    starts(chat)
    first = chat.talk.id
    tick = chat.data_of("Begrüßung")
    chat.sends("/gespraech Beispiel AG")
    assert chat.talk.id != first
    chat.press_data(tick)
    assert chat.talk.id == first


@pytest.mark.parametrize(
    "data",
    [
        "card:1|tick:1::ana.nonsense=1",
        "card:1|detail_set:1::who=nobody",
        "card:1|missing:1:1:nothing",
        "card:1|tick:1::",
    ],
)
def test_a_button_of_another_time_leads_to_a_fresh_card(chat: Chat, data: str) -> None:
    starts(chat)
    before = chat.talk
    chat.press_data(data)
    assert chat.talk == before
    assert chat.toast


def test_a_conversation_that_is_gone_says_so(chat: Chat) -> None:
    starts(chat)
    chat.press_data("card:99|next:99:1:")
    assert "nicht mehr da" in chat.toast


def test_the_conversation_goes_on_after_a_restart(chat: Chat) -> None:
    starts(chat, PhaseId.ANALYSIS)
    chat.press("Weiter")
    again = chat.restarted()
    again.press("Trotzdem weiter")
    again.sees_card("3/6 Präsentation")


def opens_menu(chat: Chat) -> None:
    """Presses '⋯', which is a label without words."""
    labels = [button for row in chat.card_message.keyboard for button in row if button["text"] == "⋯"]
    chat.press_data(labels[0]["callback_data"])


def ends_without_decision(chat: Chat) -> None:
    opens_menu(chat)
    chat.press("Beenden")
    chat.press("Ohne Entscheidung")


def test_a_step_that_todays_code_does_not_know_leaves_a_safe_card(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("Weiter")
    undo = write_press(Press("undo", chat.talk.id, chat.talk.version), f"card:{chat.talk.id}")
    with chat.engine.begin() as connection:
        connection.execute(text("UPDATE step SET trigger = 'teleport' WHERE seq = 2"))
    chat.checks_replay = False
    chat.press_data(undo)
    assert "hat nichts geändert" in chat.toast
    chat.sees_card("2/6 Analyse", buttons=["Weiter"])


def test_notes_can_be_read_before_a_paused_conversation_goes_on(chat: Chat) -> None:
    starts(chat)
    chat.speaks("file-1")
    chat.press("Pause")
    chat.press("⋯")
    chat.press("Notizen")
    chat.sees("Notizen zu Muster GmbH", "Sprachnachricht")
    assert chat.talk.standing is Standing.PAUSED
