"""What dialogs get to know of Telegram's messages."""

from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, User

from bot.translation import event_of_message
from dialogs.turn import Command, Event, Typed

SABINE = User(1001, "Sabine", is_bot=False)


def said(text: str) -> Event | None:
    message = Message(1, datetime.now(UTC), Chat(1001, "private"), from_user=SABINE, text=text)  # noqa: TID251 (any time will do)
    return event_of_message(message, "roter_faden_bot")


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("/gespraech", Command("talk")),
        ("/GESPRAECH  Muster GmbH ", Command("talk", "Muster GmbH")),
        ("/hilfe@Roter_Faden_Bot", Command("help")),
        ("/start abc-_1", Command("start", "abc-_1")),
        ("/gespraech\nMuster\nGmbH", Command("talk", "Muster\nGmbH")),
        ("/ teuer", Typed("/ teuer")),
        ("/", Typed("/")),
        ("zu teuer", Typed("zu teuer")),
        ("half \ud83d and \0 nothing", Typed("half ? and  nothing")),
    ],
)
def test_a_text_is_a_command_or_typed(text: str, event: Event) -> None:
    assert said(text) == event


def test_a_command_for_another_bot_is_passed_by() -> None:
    assert said("/hilfe@other_bot") is None
