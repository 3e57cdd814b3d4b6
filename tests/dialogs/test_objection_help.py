"""A seller types what the customer said and has the right help at once; sure, unsure or nothing found."""

import pytest

from dialogs.conversation.talk import ObjectionState
from dialogs.ports.conversations import NoteKind
from knowledge.language.messages import Language
from knowledge.taxonomy import ObjectionId, PhaseId, SignalId
from tests.chat import Chat, sure, unsure
from tests.dialogs.heard import BUDGET, PRICE, answer_texts, draft, first_question, notes
from tests.dialogs.test_moves import starts

# Sure


def test_what_is_recognised_for_sure_is_answered_at_once(chat: Chat) -> None:
    chat.types("findet er zu teuer", sure(PRICE))
    chat.sees("Zu teuer", first_question(chat, PRICE), buttons=["mehr", "passt nicht", "hat geholfen", "etwas anderes"])
    assert [text in chat.screen for text in answer_texts(chat, PRICE)].count(True) == 2
    assert [button["text"] for button in chat.message.keyboard[0]] == ["⧉ 1", "⧉ 2", "⧉ 3"]
    assert draft(chat) == (NoteKind.DRAFT, "findet er zu teuer")


def test_each_answer_says_what_it_answers(chat: Chat) -> None:
    chat.types("zu teuer", sure(PRICE))
    answers = chat.house.catalogue[Language.DE].objections[PRICE].answers
    shown = [answer for answer in answers if answer.say.filled({}) in chat.screen]
    assert len(shown) == 2
    chat.sees(*(f"{answer.reading}: „{answer.say.filled({})}“" for answer in shown))


@pytest.mark.parametrize("word", ["einwand", "objection"])
def test_a_text_behind_the_command_leads_to_the_same_help(chat: Chat, word: str) -> None:
    chat.types("findet er zu teuer", sure(PRICE))
    typed = chat.screen
    chat.sends(f"/{word} findet er zu teuer", sure(PRICE))
    chat.sees(typed, buttons=["mehr", "hat geholfen"])


def test_after_the_cards_button_one_may_simply_type(chat: Chat) -> None:
    starts(chat, PhaseId.PRESENTATION)
    chat.press("Einwand")
    chat.sees("schreiben, was der Kunde gesagt hat", buttons=["Preis"])
    chat.types("findet er zu teuer", sure(PRICE))
    chat.sees("Zu teuer", buttons=["geklärt", "noch offen"])
    assert chat.talk.objections == ()


def test_picking_one_from_the_list_opens_the_same_help(chat: Chat) -> None:
    chat.sends("/einwand")
    chat.press("Preis")
    chat.press("Zu teuer")
    chat.sees(first_question(chat, PRICE), buttons=["mehr", "passt nicht", "hat geholfen", "Alle Gruppen"])


def test_two_objections_in_one_line_are_one_tap_apart(chat: Chat) -> None:
    starts(chat)
    chat.types("zu teuer und kein budget", sure(PRICE, BUDGET))
    chat.sees("Zu teuer", first_question(chat, PRICE), buttons=["Auch gehört: Kein Budget"])
    chat.press("Auch gehört: Kein Budget")
    chat.sees("Kein Budget", first_question(chat, BUDGET), buttons=["Auch gehört: Zu teuer"])
    chat.press("noch offen")
    chat.press("Auch gehört: Zu teuer")
    chat.sees(first_question(chat, PRICE), buttons=["geklärt", "noch offen"])
    assert [raised.id for raised in chat.talk.objections] == [BUDGET]


def test_an_objection_is_dealt_with_before_the_signal_beside_it(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    chat.types("zu teuer, aber wann könnt ihr liefern", sure(SignalId.ASKS_DELIVERY_TIME, PRICE))
    chat.sees("Zu teuer", buttons=["Auch gehört: Kaufsignal: fragt nach dem Liefertermin"])
    assert not chat.talk.signals
    chat.press("Auch gehört")
    chat.sees("Kaufsignal: fragt nach dem Liefertermin", buttons=["Zum Abschluss"])
    assert [seen.id for seen in chat.talk.signals] == [SignalId.ASKS_DELIVERY_TIME]


def test_a_question_that_cannot_read_the_text_makes_way_and_stays(chat: Chat) -> None:
    starts(chat, PhaseId.CLOSING)
    chat.press("Auftrag erhalten")
    chat.sees("Wie hoch ist der Auftrag")
    chat.types("findet er plötzlich zu teuer", sure(PRICE))
    chat.sees(first_question(chat, PRICE))
    chat.types("12.500")
    chat.sees("12.500", "stimmt das?")


def test_a_question_takes_what_it_can_read(chat: Chat) -> None:
    starts(chat)
    chat.press("Notiz")
    chat.types("findet er zu teuer", sure(PRICE))
    assert notes(chat) == ["findet er zu teuer"]


# What became of it


@pytest.mark.parametrize("phase", [PhaseId.RELATIONSHIP, PhaseId.NEGOTIATION])
def test_settled_or_still_open_records_it_with_its_phase(chat: Chat, phase: PhaseId) -> None:
    starts(chat, phase)
    version = chat.talk.version
    chat.types("zu teuer", sure(PRICE))
    assert not chat.talk.objections, "a look-up is nobody's business"
    chat.press("noch offen")
    chat.sees("Steht als offen im Gespräch.", first_question(chat, PRICE), buttons=["geklärt", "Versehen"])
    chat.sees_card("1 Einwand offen: Zu teuer")
    chat.press("geklärt")
    (raised,) = chat.talk.objections
    assert (raised.id, raised.phase, raised.state) == (PRICE, phase, ObjectionState.SETTLED)
    assert (chat.talk.phase, chat.talk.version) == (phase, version)


def test_without_a_conversation_nothing_can_be_recorded(chat: Chat) -> None:
    chat.types("zu teuer", sure(PRICE))
    assert not {"geklärt", "noch offen"} & set(chat.buttons)


def test_the_text_can_still_become_a_note_and_the_help_stays(chat: Chat) -> None:
    starts(chat)
    chat.types("findet er zu teuer", sure(PRICE))
    chat.press("mehr")
    chat.press("Als Notiz")
    assert chat.toast == "Als Notiz behalten."
    assert notes(chat) == ["findet er zu teuer"]
    chat.press("Als Notiz")
    assert notes(chat) == ["findet er zu teuer"]
    chat.press("weniger")
    chat.sees(first_question(chat, PRICE))
    chat.press("mehr")
    assert "Als Notiz" not in chat.buttons


def test_without_an_active_conversation_the_note_asks_for_which(chat: Chat) -> None:
    starts(chat)
    chat.press("⋯")
    for label in ("Beenden", "Fand nicht statt", "Alle übrigen weglassen", "Weiter"):
        chat.press(label)
    chat.sends("/gespraech Beispiel AG")
    chat.press("Pause")
    chat.sends("/gespraech Dritte GmbH")
    for label in ("⋯", "Beenden", "Fand nicht statt", "Alle übrigen weglassen", "Weiter"):
        chat.press(label)
    chat.types("zu teuer", sure(PRICE))
    chat.press("mehr")
    chat.press("Als Notiz: Beispiel AG")
    assert draft(chat)[0] is NoteKind.NOTE


# Unsure, nothing


def test_unsure_asks_which_of_three(chat: Chat) -> None:
    starts(chat)
    chat.types("jetzt nicht", unsure(ObjectionId.NO_TIME, ObjectionId.LATER, SignalId.ASKS_PRICE, ObjectionId.NO_NEED))
    chat.sees(
        "Meint der Kunde eher …",
        buttons=["Keine Zeit", "Später, nicht jetzt", "Kaufsignal: fragt nach dem Preis", "etwas anderes", "Als Notiz"],
    )
    assert not any("Kein Bedarf" in label for label in chat.buttons)
    chat.press("Keine Zeit")
    chat.sees(first_question(chat, ObjectionId.NO_TIME), buttons=["mehr", "noch offen"])
    assert len(chat.phone) == 2, "the card and this one"


def test_something_else_leads_to_the_groups_and_keeps_the_text(chat: Chat) -> None:
    starts(chat)
    chat.types("jetzt nicht", unsure(ObjectionId.NO_TIME))
    chat.press("etwas anderes")
    chat.sees("Was war das?", "jetzt nicht", buttons=["Preis", "Zeit", "Als Notiz"])
    chat.press("Als Notiz")
    assert notes(chat) == ["jetzt nicht"]


def test_a_wrong_guess_is_left_with_one_tap(chat: Chat) -> None:
    starts(chat)
    chat.types("das zieht uns die Schuhe aus", sure(PRICE))
    chat.press("etwas anderes")
    chat.sees("Was war das?", "das zieht uns die Schuhe aus", buttons=["Preis", "Als Notiz"])


def test_nothing_recognised_is_no_guess(chat: Chat) -> None:
    starts(chat)
    chat.types("Termin war nett")
    chat.sees("Was war das?", "Termin war nett", buttons=["Preis", "Als Notiz"])


# Signals


def test_a_recognised_signal_is_noted_and_offers_the_jump(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    chat.types("fragt wann wir liefern", sure(SignalId.ASKS_DELIVERY_TIME))
    entry = chat.house.catalogue[Language.DE].signals[SignalId.ASKS_DELIVERY_TIME]
    chat.sees(entry.label, entry.do, entry.say, buttons=["Zum Abschluss", "Versehen", "Als Notiz"])
    assert entry.notice not in chat.screen, "it was noticed already"
    assert [seen.id for seen in chat.talk.signals] == [SignalId.ASKS_DELIVERY_TIME]
    chat.press("Zum Abschluss")
    assert chat.talk.phase is PhaseId.CLOSING


def test_a_signal_taken_for_one_by_mistake_is_taken_back(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    chat.types("fragt wann wir liefern", sure(SignalId.ASKS_DELIVERY_TIME))
    chat.press("Versehen")
    assert chat.talk.signals == ()


@pytest.mark.parametrize("paused", [False, True])
def test_without_a_conversation_that_goes_on_a_signal_is_only_shown(chat: Chat, paused: bool) -> None:
    if paused:
        starts(chat, PhaseId.NEGOTIATION)
        chat.press("Pause")
    chat.types("er nickt", sure(SignalId.NODS_AGREEMENT))
    entry = chat.house.catalogue[Language.DE].signals[SignalId.NODS_AGREEMENT]
    chat.sees("Kaufsignal: nickt mehrmals", entry.do, entry.say, buttons=["Alle Kaufsignale"])
    assert entry.avoid not in chat.screen, "what was typed is read in a moment of need"
    assert not paused or chat.talk.signals == ()
