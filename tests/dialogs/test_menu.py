"""The commands as people type them, as Telegram lists them, and as the bot's own sentences name them."""

import re

import pytest
from sqlalchemy import Engine

from bot.routes import dialog_for
from bot.turns import House
from dialogs import door, menu, onboarding
from dialogs.ports.people import Role
from dialogs.press import Press
from dialogs.turn import Command, Event, Pressed
from knowledge.language.messages import Language, Messages
from tests.conftest import join
from tests.dialogs.given import invite, turn_of


def test_german_and_english_words_lead_to_the_same_command() -> None:
    assert menu.find("gespraech") is menu.find("talk") is not None
    assert menu.find("Einwand") is menu.find("OBJECTION") is not None


def test_a_word_belongs_to_one_command_alone() -> None:
    commands = menu.COMMANDS
    words = [word for command in commands for word in {command.name, command.german}]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("language", list(Language))
def test_telegram_takes_every_line_of_every_menu(messages: Messages, language: Language, role: Role | None) -> None:
    lines = menu.menu_lines(messages, language, role)
    assert 1 <= len(lines) <= 100
    for word, description in lines:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", word)
        assert 1 <= len(description) <= 256


def test_the_menu_speaks_the_language_and_knows_the_role(messages: Messages) -> None:
    german = [word for word, _ in menu.menu_lines(messages, Language.DE, Role.SELLER)]
    english = [word for word, _ in menu.menu_lines(messages, Language.EN, Role.MANAGER)]
    assert "gespraech" in german
    assert "team" not in german
    assert {"talk", "team"} <= set(english)
    assert [word for word, _ in menu.menu_lines(messages, Language.DE, None)] == ["start"]


@pytest.mark.parametrize("language", list(Language))
def test_sentences_name_only_commands_that_work_in_the_word_of_their_language(
    messages: Messages, language: Language
) -> None:
    words = {command.word(language) for command in menu.COMMANDS}
    for key in sorted(messages.keys()):
        values: dict[str, str | int] = dict.fromkeys(messages.placeholders(key), "x")
        if "n" in values:
            values["n"] = 2
        sentence = messages.text(key, language, **{**values, "word": menu.COMMANDS[0].word(language)})
        assert set(re.findall(r"(?<![\w-])/([a-z]+)", sentence)) <= words, key


@pytest.mark.parametrize(
    ("event", "changes"),
    [
        pytest.param(Pressed(Press("set_lang", value="en"), "settings"), True, id="another language"),
        pytest.param(Pressed(Press("team_out", 1002), "team"), True, id="leaving"),
        pytest.param(Pressed(Press("data_erase"), "my_data"), True, id="deleting"),
        pytest.param(Pressed(Press("set_lang", value="de"), "settings"), False, id="the same language"),
        pytest.param(Pressed(Press("set_zone", value="london"), "settings"), False, id="another zone"),
        pytest.param(Pressed(Press("team_out", 1020), "team"), False, id="removing somebody else"),
    ],
)
def test_telegrams_menu_follows_the_language_and_who_is_a_member_and_nothing_else(
    engine: Engine, house: House, event: Event, changes: bool
) -> None:
    join(engine, 1002, "Markus", Role.MANAGER)
    join(engine, 1020, "Mira", Role.MANAGER)
    with engine.begin() as connection:
        turn = turn_of(connection, house, 1002, event)
        door.admit(turn, dialog_for(event))
    assert turn.commands_changed is changes


def test_whoever_joins_gets_the_menu_of_their_role(engine: Engine, house: House) -> None:
    invite(engine, "c0de")
    with engine.begin() as connection:
        turn = turn_of(connection, house, 1002, Command("start", "c0de"))
        door.admit(turn, dialog_for(turn.event))
    assert turn.commands_changed
    assert turn.person.role is Role.SELLER


def test_another_role_brings_another_menu(engine: Engine, house: House) -> None:
    invite(engine, "c0de", role=Role.MANAGER)
    join(engine, 1001, "Sabine")
    with engine.begin() as connection:
        question = turn_of(connection, house, 1001, Command("start", "c0de"))
        found = question.store.people.find_invite("c0de", question.at)
        assert found is not None
        onboarding.handle(question)
        answer = turn_of(connection, house, 1001, Pressed(Press("join_ok", found.id, value=found.proof), "join"))
        onboarding.handle(answer)
    assert (question.commands_changed, answer.commands_changed) == (False, True)
    assert answer.person.role is Role.MANAGER


def test_a_command_typed_with_umlauts_is_the_same_one() -> None:
    assert menu.find("Gespräch") == menu.find("gespraech") is not None
