"""`/abschluss`: three techniques that fit now, each with a sentence; what is open comes first, nothing moves."""

import re

import pytest

from dialogs.conversation.closing_techniques import SHOWN_AT_ONCE
from knowledge.language.messages import Language
from knowledge.ranking import TAKE_UP_OBJECTIONS
from knowledge.taxonomy import ClosingId, ObjectionId, PhaseId, SignalId
from tests.chat import Chat, sure
from tests.dialogs.test_moves import starts


def shown(chat: Chat) -> list[ClosingId]:
    """The techniques on the newest screen, by their labels."""
    closing = chat.house.catalogue[chat.language].closing
    labels = re.findall(r"^[1-3] (.+?): ", chat.screen, re.MULTILINE)
    by_label = {entry.label: id_ for id_, entry in closing.items()}
    return [by_label[label] for label in labels]


def hears(chat: Chat, signal: SignalId) -> None:
    chat.types("…", sure(signal))


def is_open(chat: Chat, objection: ObjectionId) -> None:
    chat.types("…", sure(objection))
    chat.press("noch offen")


def test_three_come_first_and_all_can_be_seen(chat: Chat) -> None:
    starts(chat, PhaseId.CLOSING)
    chat.sends("/abschluss")
    seen = shown(chat)
    assert len(seen) == SHOWN_AT_ONCE
    while "mehr Techniken" in chat.buttons:
        chat.press("mehr Techniken")
        seen += shown(chat)
    assert sorted(seen) == sorted(ClosingId)


def test_nothing_open_is_closed_plainly(chat: Chat) -> None:
    starts(chat, PhaseId.CLOSING)
    chat.press("Techniken")
    chat.sees("Offen: nichts")
    assert shown(chat)[0] is ClosingId.EXPLICIT_AGREEMENT
    assert not set(TAKE_UP_OBJECTIONS) & set(shown(chat))


def test_with_an_open_objection_it_says_so_and_what_clears_it(chat: Chat) -> None:
    starts(chat, PhaseId.CLOSING)
    is_open(chat, ObjectionId.PRICE_TOO_HIGH)
    hears(chat, SignalId.IMAGINES_USE)
    chat.sends("/abschluss")
    entry = chat.house.catalogue[Language.DE].objections[ObjectionId.PRICE_TOO_HIGH]
    chat.sees(
        "Offen: Zu teuer", "Zuerst klären: „", entry.questions[0].filled({}), "Gesehen: spricht schon vom Einsatz"
    )
    assert shown(chat)[0] is ClosingId.CONDITIONAL_CLOSE
    chat.sees("Der bedingte Abschluss: nimmt auf, was noch offen ist")
    chat.press("Zu teuer")
    chat.sees(entry.label, buttons=["geklärt", "mehr"])
    chat.press("geklärt")
    chat.sends("/abschluss")
    chat.sees("Offen: nichts")


def test_with_a_ban_only_the_help_with_it_is_offered(chat: Chat) -> None:
    starts(chat, PhaseId.CLOSING)
    for objection in (ObjectionId.PRICE_TOO_HIGH, ObjectionId.NO_BUDGET):
        is_open(chat, objection)
    chat.types("rufen sie nie wieder an", sure(ObjectionId.DO_NOT_CONTACT))
    chat.press("Kontaktsperre notieren")
    chat.sends("/abschluss")
    chat.sees("Der Kunde will keinen Kontakt.")
    assert chat.buttons == ["Will keinen Kontakt"]
    chat.press("Will keinen Kontakt")
    chat.sees("Die Kontaktsperre steht im Gespräch")


def test_a_signal_brings_its_technique_to_the_top_and_is_the_reason(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    hears(chat, SignalId.IMAGINES_USE)
    chat.sends("/abschluss")
    assert shown(chat)[0] is ClosingId.ASSUMPTIVE_CLOSE
    chat.sees("1 Der Abschluss nebenbei: Der Kunde spricht schon vom Einsatz")
    chat.press("Zum Abschluss")
    chat.sees_card("5/6 Abschluss")


@pytest.mark.parametrize("phase", list(PhaseId)[:5])
def test_what_does_not_fit_the_phase_comes_last(chat: Chat, phase: PhaseId) -> None:
    starts(chat, phase)
    chat.sends("/abschluss")
    closing = chat.house.catalogue[Language.DE].closing
    assert phase in closing[shown(chat)[0]].phases
    if phase is PhaseId.RELATIONSHIP:
        assert shown(chat)[0] is ClosingId.NEXT_STEP_CLOSE
        assert "Zum Abschluss" not in chat.buttons


def test_what_does_not_fit_the_customer_comes_last(chat: Chat) -> None:
    starts(chat, PhaseId.CLOSING)
    chat.press("⋯")
    chat.press("Kunde: B2B")
    chat.press("B2G")
    hears(chat, SignalId.IMAGINES_USE)
    chat.sends("/abschluss")
    assert ClosingId.ASSUMPTIVE_CLOSE not in shown(chat), "a public body decides by the book, not in passing"


def test_one_technique_is_read_in_full_and_left_again(chat: Chat) -> None:
    starts(chat, PhaseId.CLOSING)
    chat.sends("/abschluss")
    chat.press("mehr Techniken")
    second_page = chat.screen
    chat.press("mehr zu 2")
    entry = chat.house.catalogue[Language.DE].closing[_second_of(chat, second_page)]
    chat.sees(entry.label, entry.fits_when, entry.not_when, entry.mind, entry.sentences[-1].otherwise or "„")
    assert len(chat.message.keyboard[0]) == len(entry.sentences)
    chat.press("Zurück")
    chat.sees(second_page)


def _second_of(chat: Chat, screen: str) -> ClosingId:
    found = re.search(r"^2 (.+?): ", screen, re.MULTILINE)
    assert found is not None
    closing = chat.house.catalogue[Language.DE].closing
    return next(id_ for id_, entry in closing.items() if entry.label == found[1])


@pytest.mark.parametrize("technique", ClosingId)
def test_every_technique_fits_on_a_screen(chat: Chat, technique: ClosingId) -> None:
    """The harness holds each screen against Telegram's limits."""
    starts(chat, PhaseId.CLOSING)
    chat.press_data(f"tech:1|tech_more:1::{technique}=0")
    entry = chat.house.catalogue[Language.DE].closing[technique]
    chat.sees(entry.label, buttons=["Zurück"])
    assert next(button["copy_text"]["text"] for button in chat.message.keyboard[0]) in chat.screen


def test_without_a_conversation_all_stand_in_order(chat: Chat) -> None:
    chat.sends("/abschluss")
    assert shown(chat) == list(ClosingId)[:SHOWN_AT_ONCE]
