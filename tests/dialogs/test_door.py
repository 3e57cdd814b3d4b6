"""Who comes in, and what everybody else gets."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine

from bot.storage.people import SqlPeople
from bot.turns import House
from dialogs import door, menu
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import Role
from dialogs.turn import Command, Event, Reply, Show, Typed
from dialogs.view import Text
from knowledge.language.messages import Language
from tests.chat import Chat
from tests.conftest import join
from tests.dialogs.given import invite, member, turn_of

REFUSAL = "Dieser Bot gehört einem Vertriebsteam. Mit einer Einladung deiner Führungskraft kommst du hinein."


@pytest.mark.parametrize("command", ["/start", "/start   ", "/hilfe", "/gespraech Muster GmbH", "/daten", "/nonsense"])
def test_a_stranger_gets_one_sentence_whatever_they_send(stranger_chat: Chat, command: str) -> None:
    stranger_chat.sends(command)
    assert [message.text for message in stranger_chat.new] == [REFUSAL]
    assert stranger_chat.buttons == []


def test_a_stranger_gets_the_same_for_texts_voices_and_files(stranger_chat: Chat) -> None:
    stranger_chat.types("Hallo")
    stranger_chat.speaks()
    stranger_chat.attaches()
    assert [message.text for message in stranger_chat.phone] == [REFUSAL] * 3


def test_a_strangers_press_gets_a_toast_and_nothing_else(stranger_chat: Chat) -> None:
    stranger_chat.press_data("team|team_invite:::manager")
    assert stranger_chat.toast == REFUSAL
    assert stranger_chat.new == []


def test_the_refusal_speaks_the_strangers_language(stranger_chat: Chat) -> None:
    stranger_chat.language = Language.EN
    stranger_chat.types("hello")
    stranger_chat.sees("This bot belongs to a sales team. An invitation from your manager lets you in.")


def test_somebody_who_was_removed_is_a_stranger_at_the_next_press(chat: Chat, engine: Engine) -> None:
    chat.sends("/einstellungen")
    with engine.begin() as connection:
        SqlPeople(connection).remove(PersonId(chat.person_id), chat.now)
    chat.press("English")
    assert chat.toast == REFUSAL
    assert chat.new == []
    chat.sends("/hilfe")
    chat.sees(REFUSAL)


@pytest.mark.parametrize("command", [command for command in menu.COMMANDS if command.roles == menu.MANAGERS])
def test_a_seller_who_tries_a_managers_command_gets_one_kind_sentence(chat: Chat, command: menu.MenuCommand) -> None:
    chat.sends(f"/{command.german}")
    assert [message.text for message in chat.new] == [
        "Das ist für die Führungskraft deines Teams. Was du tun kannst, steht unter /hilfe."
    ]


def test_a_managers_old_buttons_end_with_the_role(manager_chat: Chat, engine: Engine) -> None:
    manager_chat.sends("/team")
    join(engine, manager_chat.person_id, "Markus", Role.SELLER)
    manager_chat.press("Führungskraft einladen")
    assert manager_chat.toast.startswith("Das ist für die Führungskraft")
    manager_chat.sees("Das ist für die Führungskraft")
    assert manager_chat.buttons == []


def test_an_invitation_counts_in_capitals_exactly_as_it_was_made(stranger_chat: Chat, engine: Engine) -> None:
    invite(engine, "AbC_-1")
    stranger_chat.sends("/start abc_-1")
    stranger_chat.sees("Diese Einladung gilt nicht")
    stranger_chat.sends("/start  AbC_-1 ")
    assert member(engine, stranger_chat.person_id) is not None


def test_in_a_group_a_command_gets_one_sentence_and_everything_else_silence(engine: Engine, house: House) -> None:
    said = _said_in_a_group(engine, house, Command("talk", "Muster GmbH"))
    assert [reply.view.blocks for reply in said if isinstance(reply, Show)] == [
        (Text("Ich arbeite nur im privaten Chat. Tipp auf meinen Namen und schreib mir dort."),)
    ]
    assert len(said) == 1
    assert _said_in_a_group(engine, house, Typed("Hallo zusammen")) == []


def _said_in_a_group(engine: Engine, house: House, event: Event) -> Sequence[Reply]:
    with engine.begin() as connection:
        turn = turn_of(connection, house, 1001, event, chat_id=-100200)
        door.group(turn)
        return turn.replies
