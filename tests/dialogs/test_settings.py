"""Language and zone: one screen that changes in place."""

import pytest
from sqlalchemy import Engine

from dialogs.settings import ZONES
from knowledge.language.messages import Language
from tests.chat import Chat
from tests.dialogs.given import member


def test_the_screen_says_what_is_set_and_what_the_manager_sees(chat: Chat) -> None:
    chat.sends("/einstellungen")
    chat.sees(
        "Team: Team Süd, Verkauf",
        "Sprache: Deutsch",
        "Zeitzone: Berlin, wie das Team (jetzt 09:00)",
        "Deine Führungskraft sieht Summen des Teams",
        buttons=["Deutsch", "English", "Wie das Team (Berlin)", "Wien", "London"],
    )


def test_the_language_changes_on_the_screen_that_was_pressed(chat: Chat, engine: Engine) -> None:
    chat.sends("/einstellungen")
    messages = len(chat.phone)
    chat.press("English")
    assert chat.toast == "I'll write in English from now on."
    chat.sees("Settings", "Language: English", "Your manager sees the team's totals")
    assert len(chat.phone) == messages
    sabine = member(engine, chat.person_id)
    assert sabine is not None
    assert sabine.language is Language.EN


def test_both_words_of_a_command_work_in_both_languages(chat: Chat, english_chat: Chat) -> None:
    chat.sends("/settings")
    chat.sees("Einstellungen")
    english_chat.sends("/einstellungen")
    english_chat.sees("Settings")


def test_the_zone_changes_and_the_clock_on_the_screen_with_it(chat: Chat) -> None:
    chat.sends("/einstellungen")
    chat.press("London")
    assert chat.toast == "Zeitzone London: bei dir ist es 08:00."
    chat.sees("Zeitzone: London (jetzt 08:00)")
    chat.press("Wie das Team")
    chat.sees("Zeitzone: Berlin, wie das Team (jetzt 09:00)")


def test_what_is_chosen_is_marked_and_nothing_else(chat: Chat) -> None:
    chat.sends("/einstellungen")
    chat.press("Wien")
    marked = [button["text"] for row in chat.message.keyboard for button in row if "✓" in button["text"]]
    assert marked == ["✓ Deutsch", "✓ Wien"]


@pytest.mark.parametrize("value", ["mars", "europe-berlin", "", "fr"])
@pytest.mark.parametrize("action", ["set_zone", "set_lang"])
def test_a_choice_that_is_none_changes_nothing(chat: Chat, engine: Engine, action: str, value: str) -> None:
    chat.sends("/einstellungen")
    before = member(engine, chat.person_id)
    chat.press_data(f"settings|{action}:::{value}")
    assert chat.toast == "Dieser Knopf gilt nicht mehr. Es hat sich nichts geändert."
    assert member(engine, chat.person_id) == before


@pytest.mark.parametrize("city", list(ZONES))
def test_every_zone_on_a_button_is_one_that_can_be_shown(chat: Chat, city: str) -> None:
    chat.sends("/einstellungen")
    chat.press_data(f"settings|set_zone:::{city}")
    chat.sends("/einstellungen")
    chat.sees("jetzt 0")
