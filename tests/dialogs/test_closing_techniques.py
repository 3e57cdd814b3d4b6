"""`/abschluss`: three techniques that fit now, with a sentence each; looking moves nothing."""

from dialogs.conversation.closing_techniques import SHOWN_AT_ONCE
from knowledge.taxonomy import ClosingId, PhaseId
from tests.chat import Chat
from tests.dialogs.test_moves import starts


def shown(chat: Chat) -> list[ClosingId]:
    """The techniques on the newest screen, by their labels."""
    closing = chat.house.catalogue[chat.language].closing
    lines = [line for line in chat.screen.splitlines() if ": passt, " in line]
    labels = [line.split(" ", 1)[1].split(": passt, ")[0] for line in lines]
    by_label = {entry.label: id_ for id_, entry in closing.items()}
    return [by_label[label] for label in labels]


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
    assert shown(chat)[0] is ClosingId.SUMMARY_CLOSE


def test_an_open_objection_is_taken_up_first(chat: Chat) -> None:
    starts(chat, PhaseId.CLOSING)
    chat.press_data("card:1|obj_set:1::price_too_high=open")
    chat.press_data("card:1|sig_set:1::imagines_use=1")
    chat.sends("/abschluss")
    chat.sees("Offen: Zu teuer", "Gesehen: spricht schon vom Einsatz")
    assert shown(chat)[0] is ClosingId.CONDITIONAL_CLOSE


def test_a_signal_brings_its_technique_to_the_top(chat: Chat) -> None:
    starts(chat, PhaseId.NEGOTIATION)
    chat.press_data("card:1|sig_set:1::imagines_use=1")
    chat.sends("/abschluss")
    assert shown(chat)[0] is ClosingId.ASSUMPTIVE_CLOSE
    chat.press("Zum Abschluss")
    chat.sees_card("5/6 Abschluss")


def test_before_the_offer_only_the_next_step_is_closed(chat: Chat) -> None:
    starts(chat)
    chat.sends("/abschluss")
    assert shown(chat)[0] is ClosingId.NEXT_STEP_CLOSE
    assert "Zum Abschluss" not in chat.buttons


def test_without_a_conversation_all_stand_in_order(chat: Chat) -> None:
    chat.sends("/abschluss")
    assert shown(chat) == list(ClosingId)[:SHOWN_AT_ONCE]
