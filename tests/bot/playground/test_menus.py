"""Command menus by scope and language, descriptions, menu button."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.standin import Standin
from tests.bot.playground.conftest import MARKUS, SABINE, CallApi, refusal


def menu(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"was {name} tut"} for name in names]


async def test_the_narrowest_menu_in_the_persons_language_wins(call: CallApi, standin: Standin) -> None:
    def seen(user_id: int) -> list[str]:
        return [command["command"] for command in standin.commands(user_id)]

    private = {"type": "all_private_chats"}
    chat = {"type": "chat", "chat_id": MARKUS}
    standin.chats.person(MARKUS).language_code = "en"
    steps: list[tuple[dict[str, Any], list[str], list[str]]] = [
        ({"commands": menu("a")}, ["a"], ["a"]),
        ({"commands": menu("b"), "language_code": "de"}, ["b"], ["a"]),
        ({"commands": menu("c"), "scope": private}, ["c"], ["c"]),
        ({"commands": menu("d"), "scope": private, "language_code": "en"}, ["c"], ["d"]),
        ({"commands": menu("e"), "scope": chat}, ["c"], ["e"]),
        ({"commands": menu("f"), "scope": chat, "language_code": "en"}, ["c"], ["f"]),
        ({"commands": [], "scope": chat, "language_code": "en"}, ["c"], ["e"]),
        ({"commands": menu("g"), "scope": {"type": "all_group_chats"}}, ["c"], ["e"]),
    ]
    for step, sabine, markus in steps:
        assert (await call("setMyCommands", **step))["result"] is True
        assert (seen(SABINE), seen(MARKUS)) == (sabine, markus), step
    await call("deleteMyCommands", scope=chat)
    assert seen(MARKUS) == ["d"]
    assert (await call("getMyCommands", scope=private, language_code="en"))["result"] == menu("d")


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"commands": [{"command": "Groß", "description": "a"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x" * 33, "description": "a"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": " "}]}, "command description must be non-empty"),
        ({"commands": [{"command": "a", "description": "x" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": menu("a") * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": menu("a"), "language_code": "german"}, "invalid language code specified"),
        ({"commands": menu("a"), "scope": {"type": "chat", "chat_id": 77}}, "chat not found"),
        ({"commands": menu("a"), "scope": {"type": "moon"}},
         "can't parse BotCommandScope: Unsupported type specified"),
    ],
)  # fmt: skip
async def test_a_wrong_menu_is_refused(call: CallApi, parameters: dict[str, Any], reason: str) -> None:
    assert refusal(await call("setMyCommands", **parameters)) == f"Bad Request: {reason}"


async def test_the_bot_describes_itself_by_language(call: CallApi) -> None:
    await call("setMyDescription", description="Der rote Faden")
    await call("setMyDescription", description="The thread", language_code="en")
    await call("setMyShortDescription", short_description="kurz")
    assert (await call("getMyDescription", language_code="en"))["result"] == {"description": "The thread"}
    assert (await call("getMyDescription", language_code="fr"))["result"] == {"description": "Der rote Faden"}
    assert (await call("getMyShortDescription"))["result"] == {"short_description": "kurz"}
    assert not (await call("setMyShortDescription", short_description="x" * 121))["ok"]


async def test_a_menu_button_of_a_chat_goes_before_the_general_one(call: CallApi) -> None:
    await call("setChatMenuButton", menu_button={"type": "default"})
    await call("setChatMenuButton", chat_id=SABINE, menu_button={"type": "commands"})
    assert (await call("getChatMenuButton", chat_id=SABINE))["result"] == {"type": "commands"}
    assert (await call("getChatMenuButton", chat_id=MARKUS))["result"] == {"type": "default"}
    assert not (await call("setChatMenuButton", menu_button={"type": "pizza"}))["ok"]
