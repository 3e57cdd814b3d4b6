"""What the stand-in saw of the bot, kept small enough for a long run."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, Final

from bot.playground.calls import Call, Calls
from bot.rendering import digest

FILE: Final = "a file"
"""Stands for what a file shows; it is made anew at each try."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A message that was sent or edited. `shows` is the digest of its text and keyboard."""

    method: str
    message_id: int
    shows: str


class Ledger(Calls):
    """The stand-in's log of calls with what the checks need of all calls since the beginning."""

    def __init__(self) -> None:
        super().__init__(kept=200)
        self.drawn: dict[int, list[Drawing]] = defaultdict(list)
        """What appeared in each chat, in order: all calls that were carried out, whether the bot heard so or not."""
        self.texts: dict[int, list[str]] = defaultdict(list)
        """The texts of the messages sent to each chat."""
        self.answers: dict[str, list[float]] = defaultdict(list)
        """When each press was answered, refused answers among them."""
        self.births: list[float] = []
        """When each life of the bot asked who it is: with its first call."""
        self.polls: list[float] = []
        """When updates were asked for."""
        self.refused: Counter[str] = Counter()
        self.carried_out: Counter[str] = Counter()
        self.replies_lost = 0

    def add(self, call: Call) -> None:
        super().add(call)
        self.replies_lost += call.reply_lost
        match call.method:
            case "getMe":
                self.births.append(call.at)
            case "getUpdates":
                self.polls.append(call.at)
            case "answerCallbackQuery":
                self.answers[str(call.parameters["callback_query_id"])].append(call.at)
        if not call.ok:
            self.refused[f"{call.error_code} {call.description}"] += 1
            return
        self.carried_out[call.method] += 1
        chat_id = call.chat_id
        if chat_id is None or not isinstance(call.result, dict) or "message_id" not in call.result:
            return
        self.drawn[chat_id].append(Drawing(call.method, int(call.result["message_id"]), shows(call)))
        if call.method == "sendMessage":
            self.texts[chat_id].append(str(call.parameters["text"]))


def shows(call: Call) -> str:
    """The digest of what a call draws, the same as that of the outbox row behind it."""
    if call.method == "sendDocument":
        return FILE
    keyboard: Any = call.parameters.get("reply_markup") or {}
    if isinstance(keyboard, str):
        keyboard = json.loads(keyboard)
    return digest({"text": call.parameters["text"], "keyboard": keyboard.get("inline_keyboard", [])})
