"""Questions: what is typed is read, and read back where it is an amount or a day."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.conversation.fields import CorrectAmountForm
from dialogs.fields import FORMS
from dialogs.form_model import AskedForm, Form, Reading, UnboundForm
from dialogs.press import Press, write_press
from dialogs.read_back import token, typed_from
from knowledge.language.messages import Language, Messages
from knowledge.language.money import Money
from knowledge.taxonomy import OutcomeId, PhaseId
from tests.chat import MONDAY_MORNING, Chat
from tests.dialogs.given import order_asked


@pytest.mark.parametrize("typed", ["12.500", "12,5k", "12500 €", "12 500,00", "ca. 12.500 Euro netto"])
def test_an_amount_is_read_back_before_it_is_kept(chat: Chat, typed: str) -> None:
    order_asked(chat)
    chat.types(typed)
    chat.sees("12.500\N{NO-BREAK SPACE}€ – stimmt das?", buttons=["Stimmt", "Ändern"])
    assert chat.talk.outcome is None
    chat.press("Stimmt")
    won = chat.talk
    assert (won.phase, won.amount, won.currency) == (PhaseId.FOLLOW_UP, Decimal(12500), "EUR")


def test_what_cannot_be_read_gets_one_sentence_with_an_example_and_the_question_stays(chat: Chat) -> None:
    order_asked(chat)
    chat.types("ziemlich viel")
    chat.sees("Zum Beispiel: 12.500", buttons=["Ohne Betrag", "Abbrechen"])
    chat.types("9.990")
    chat.sees("9.990\N{NO-BREAK SPACE}€ – stimmt das?")


def test_yesterday_is_understood_and_refused_as_past(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    for label in ("⋯", "Beenden", "Vertagt"):
        chat.press(label)
    chat.types("gestern")
    chat.sees("So., 15.11.2026 ist schon vorbei.", buttons=["Abbrechen"])


def test_a_question_says_whose_conversation_it_is_about(chat: Chat) -> None:
    order_asked(chat)
    chat.sees("Muster GmbH\nWie hoch ist der Auftrag")
    chat.sends("/gespraech Beispiel AG")
    chat.press("Notiz")
    chat.sees("Beispiel AG\nWas willst du notieren?")


def test_an_amount_typed_in_the_other_language_is_read_back_anew_and_not_lost(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    right = chat.data_of("Stimmt")
    chat.sends("/einstellungen")
    chat.press("English")
    chat.press_data(right)
    assert chat.new[0].text.splitlines()[1] == "€12,500 – is that right?"
    chat.press("Right")
    assert (chat.talk.outcome, chat.talk.amount) == (OutcomeId.WON, Decimal(12500))


def test_typing_another_value_replaces_the_one_that_was_read_back(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    chat.types("13.000")
    chat.sees("13.000\N{NO-BREAK SPACE}€ – stimmt das?")
    chat.press("Stimmt")
    assert chat.talk.amount == 13000


def test_an_old_stimmt_does_not_confirm_a_newer_value(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    old = chat.data_of("Stimmt")
    chat.types("125.000")
    chat.press_data(old)
    assert chat.talk.outcome is None
    chat.sees("125.000\N{NO-BREAK SPACE}€ – stimmt das?")


def test_aendern_asks_again(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    chat.press("Ändern")
    chat.sees("Wie hoch ist der Auftrag")
    chat.types("11.000")
    chat.press("Stimmt")
    assert chat.talk.amount == 11000


def test_two_ways_to_read_an_amount_are_offered_as_buttons(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12,500")
    chat.sees("12.500\N{NO-BREAK SPACE}€", "12,50\N{NO-BREAK SPACE}€")
    chat.press("12,50")
    chat.sees("12,50\N{NO-BREAK SPACE}€ – stimmt das?")


def test_two_ways_to_read_a_day_are_offered_as_buttons(english_chat: Chat) -> None:
    chat = english_chat
    chat.sends("/talk Sample Ltd.")
    chat.press("⋯")
    chat.press("End")
    chat.press("Postponed")
    chat.types("12/3")
    chat.sees("Do you mean", buttons=["3 Dec"])
    chat.press("3 Dec")
    chat.sees("Thu 3 Dec – is that right?")


def test_a_failed_correction_leaves_what_was_read_back(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    chat.types("12.50.0 €")
    chat.sees("Das lese ich nicht als Betrag", "12.500\N{NO-BREAK SPACE}€ – stimmt das?", buttons=["Stimmt"])
    chat.press("Stimmt")
    assert chat.talk.amount == 12500


def test_an_optional_next_field_shares_the_message_with_the_read_back(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    chat.sees("12.500\N{NO-BREAK SPACE}€ – stimmt das?", "was bestellt wurde")
    chat.types("Zwei Anlagen, Typ B")
    assert any("12.500\N{NO-BREAK SPACE}€ · Zwei Anlagen, Typ B" in message.text for message in chat.new)
    assert (chat.talk.amount, chat.talk.outcome) == (Decimal(12500), OutcomeId.WON)


def test_an_order_needs_no_amount(chat: Chat) -> None:
    order_asked(chat)
    chat.press("Ohne Betrag")
    chat.sees("was bestellt wurde", buttons=["Weglassen"])
    chat.press("Weglassen")
    assert (chat.talk.amount, chat.talk.outcome) == (None, OutcomeId.WON)


def test_a_negative_order_is_refused(chat: Chat) -> None:
    order_asked(chat)
    chat.types("-500")
    chat.sees("unter null", "500\N{NO-BREAK SPACE}€")


@pytest.mark.parametrize(
    ("typed", "read"),
    [("morgen", "Di., 17.11."), ("in 2 Wochen", "Mo., 30.11."), ("12.12.", "Sa., 12.12."), ("Freitag", "Fr., 20.11.")],
)
def test_a_day_is_read_back_with_its_weekday(chat: Chat, typed: str, read: str) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Vertagt")
    chat.types(typed)
    chat.sees(f"{read} – stimmt das?")


@pytest.mark.parametrize(("typed", "says"), [("1.3.2020", "schon vorbei"), ("heute", "Heute ist zu früh")])
def test_a_postponement_lies_in_the_future(chat: Chat, typed: str, says: str) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Vertagt")
    chat.types(typed)
    chat.sees(says, "Zum Beispiel")
    assert chat.talk.until is None


def test_morgen_confirmed_after_midnight_is_read_back_anew(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("⋯")
    chat.press("Beenden")
    chat.press("Vertagt")
    chat.later(hours=14, minutes=30)  # 23:30 in Berlin
    chat.press("Vertagt")
    chat.types("morgen")
    chat.sees("Di., 17.11. – stimmt das?")
    chat.later(hours=1)
    chat.press("Stimmt")
    assert chat.talk.until is None
    chat.sees("Mi., 18.11. – stimmt das?")
    chat.press("Stimmt")
    assert chat.talk.until is not None
    assert chat.talk.until.isoformat() == "2026-11-18"


def test_a_double_tap_on_stimmt_does_nothing_more(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    data = chat.data_of("Stimmt")
    chat.press_data(data)
    version = chat.talk.version
    chat.press_data(data)
    assert chat.toast == "Diese Frage ist schon erledigt."
    assert chat.talk.version == version


@pytest.mark.parametrize("typed", ["x" * 81, "   "])
def test_a_name_has_up_to_80_characters(chat: Chat, typed: str) -> None:
    chat.sends("/gespraech")
    chat.types(typed)
    chat.sees("Zum Beispiel: Muster GmbH")
    chat.types("x" * 80)
    chat.sees_card("x" * 80)


def test_every_form_of_every_room_can_be_asked_for() -> None:
    bases: tuple[type[Form], ...] = (Form, AskedForm, UnboundForm)
    forms = {form for base in bases for form in base.__subclasses__()}
    assert set(FORMS.values()) == forms.difference(bases), "none is forgotten, no name stands for two"


def test_each_question_has_its_words_in_both_languages(messages: Messages) -> None:
    for form in FORMS.values():
        for field, question in form.questions().items():
            for language in Language:
                assert messages.text(question.key, language)
                assert not question.skip or messages.text(question.skip, language)
            assert form.may_be_left_out(field) == bool(question.skip)


@given(cents=st.integers(0, 10**14 - 1), language=st.sampled_from(Language))
def test_a_button_names_the_amount_it_reads_back_within_telegrams_limit(cents: int, language: Language) -> None:
    amount = Money(Decimal(cents) / 100, "EUR").rounded()
    value = f"correct_amount={token(amount)}"
    assert len(write_press(Press("form_change", 9_999_999, value=value), "ask")) <= 64
    typed = typed_from(token(amount), language)
    assert typed is not None
    assert CorrectAmountForm.read("amount", typed, Reading(language, MONDAY_MORNING, "EUR")) == amount


def test_a_language_changed_in_between_asks_again_instead_of_keeping_another_amount(chat: Chat) -> None:
    order_asked(chat)
    chat.types("12.500")
    chat.sends("/einstellungen")
    chat.press("English")
    chat.types("Two machines")
    assert chat.talk.outcome is None
    chat.sees("Do you mean €12,500 or €12.50")


def test_an_old_weglassen_does_not_leave_out_what_was_entered(chat: Chat) -> None:
    order_asked(chat)
    old = chat.data_of("Ohne Betrag")
    chat.types("12.500")
    chat.press_data(old)
    chat.press("Stimmt")
    assert chat.talk.amount == 12500
