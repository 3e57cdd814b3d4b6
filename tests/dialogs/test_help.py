"""Help: what is on now, what can be done, and what a command that is none gets."""

import pytest
from sqlalchemy import Engine

from dialogs import menu
from dialogs.conversation.talk import Standing
from dialogs.ports.people import Role
from tests.chat import Chat
from tests.dialogs.given import has_worked, rests


def test_a_seller_sees_every_command_that_works_and_no_other(chat: Chat) -> None:
    chat.sends("/hilfe")
    chat.sees(*(f"/{command.german}" for command in menu.commands_for(Role.SELLER)[:-2]))
    assert "/team" not in chat.screen
    assert "Führen" not in chat.buttons


def test_a_manager_sees_the_team_too(manager_chat: Chat) -> None:
    manager_chat.sends("/hilfe")
    manager_chat.sees("Führen: /", "/team", "Verkaufen: /gespraech /einwand", buttons=["Verkaufen", "Führen"])


def test_english_help_names_english_words(english_chat: Chat) -> None:
    english_chat.sends("/hilfe")
    english_chat.sees("Selling: /talk /objection", "/mydata", buttons=["For you", "Start a conversation"])
    assert "/gespraech" not in english_chat.screen


def test_a_group_says_what_each_of_its_commands_does_and_leads_back(chat: Chat) -> None:
    chat.sends("/hilfe")
    all_commands = chat.screen
    chat.press("Für dich")
    chat.sees("/einstellungen: Sprache, Zeitzone, Erinnerungen", "/daten: ")
    assert "/gespraech" not in chat.screen
    chat.press("Alle Befehle")
    assert chat.screen == all_commands
    assert len(chat.phone) == 1


@pytest.mark.parametrize("group", ["team", "nonsense", ""])
def test_a_group_that_is_not_for_this_role_opens_nothing(chat: Chat, group: str) -> None:
    chat.sends("/hilfe")
    all_commands = chat.screen
    chat.press_data(f"help|commands:::{group}")
    assert chat.screen == all_commands


def test_the_help_is_read_in_a_glance(manager_chat: Chat, engine: Engine) -> None:
    has_worked(engine, manager_chat)
    manager_chat.sends("/hilfe")
    manager_chat.sees("Rechnen: /bab /kalkulation", "Führen: /tagesbericht")
    assert len([line for line in manager_chat.screen.splitlines() if line]) <= 9
    for group in menu.Group:
        named = [command for command in menu.commands_for(Role.MANAGER) if command.group is group]
        assert 1 <= len(named) <= 6, "a group is read at once"


def test_in_a_conversation_the_first_line_says_what_is_on(chat: Chat, engine: Engine) -> None:
    has_worked(engine, chat)
    chat.sends("/hilfe")
    first = chat.screen.splitlines()[0]
    assert first.startswith("Gerade: Muster GmbH, ")
    assert first.endswith("(1/6)")
    assert "Zum Gespräch" in chat.buttons


@pytest.mark.parametrize(
    ("standing", "first"),
    [
        (Standing.PAUSED, "Pausiert: Muster GmbH"),
        (Standing.POSTPONED, "Vertagt: Muster GmbH"),
        (Standing.FINISHED, "Was"),
    ],
)
def test_a_conversation_that_rests_is_named_as_such(chat: Chat, engine: Engine, standing: Standing, first: str) -> None:
    has_worked(engine, chat)
    rests(engine, chat, standing)
    chat.sends("/hilfe")
    assert chat.screen.startswith(first)


@pytest.mark.parametrize("command", ["/quatsch", "/gespr", f"/{'x' * 300}", "/<b>", "/"])
def test_an_unknown_command_gets_one_sentence_and_the_way_to_the_help(chat: Chat, command: str) -> None:
    chat.sends(command)
    assert len(chat.new) == 1
    chat.sees("kenne ich nicht. Was es gibt, steht unter /hilfe.")
    assert len(chat.screen) < 120


def test_a_button_of_a_part_that_is_no_more_gets_a_toast(chat: Chat) -> None:
    chat.press_data("|long_gone:7::")
    assert chat.toast == "Dieser Knopf gilt nicht mehr. Es hat sich nichts geändert."
