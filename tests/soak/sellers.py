"""Sellers at their phones: they press what they see and what they saw long ago, type, speak, and tap twice."""

import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.playground.standin import Standin
from dialogs.press import read_press

NEVER_PRESSED: Final = frozenset({"data_erase"})
"""What would delete the rows that are counted at the end."""
LOOKED_AT: Final = 12
"""So many of the newest messages a seller still presses on."""
ON_THE_CARD: Final = 0.6
"""This share of the presses goes to a conversation's card while one is in sight."""
REMEMBERED: Final = 40

TEXTS: Final = (
    "12.500", "12,5k", "12500 €", "rund 8000", "0", "-3", "morgen", "nächsten Dienstag", "in 2 Wochen", "31.12.",
    "übermorgen 9 Uhr", "31.2.", "Das ist uns zu teuer", "10 % Rabatt", "Meier & Söhne <GmbH>", "?", "ja", "🙂",
    "Die Lieferzeit ist wichtiger als der Preis. " * 20,
)  # fmt: skip
COMMANDS: Final = (
    "/gespraech", "/gespraech Kunde {n}", "/gespraech Kunde {n}", "/talk", "/einwand", "/signal", "/abschluss",
    "/abbrechen", "/hilfe", "/einstellungen", "/daten", "/start", "/team", "/bab", "/nonsense",
)  # fmt: skip


@dataclass
class Accepted:
    """The updates that the stand-in took for the bot, numbered from `first`."""

    first: int
    count: int = 0
    presses: dict[int, str] = field(default_factory=dict)
    """Update → the press's id, under which it is answered."""

    def add(self) -> int:
        self.count += 1
        return self.first + self.count - 1

    @property
    def ids(self) -> range:
        return range(self.first, self.first + self.count)


class Seller:
    """One person with a chat. What chance decides comes from `chance`."""

    def __init__(self, standin: Standin, accepted: Accepted, person_id: int, chance: random.Random) -> None:
        self.id = person_id
        self.notes: list[str] = []
        """The numbered notes, in order; each must become exactly one row."""
        self.voices: list[str] = []
        """The file ids of the voice messages, in order; each must become exactly one row."""
        self._standin = standin
        self._accepted = accepted
        self._chance = chance
        self._seen: deque[tuple[int, str]] = deque(maxlen=REMEMBERED)
        deeds: Sequence[tuple[int, Callable[[], None]]] = (
            (50, self.press),
            (8, self.tap_twice),
            (8, self.press_old),
            (12, self.note),
            (10, self.type_something),
            (6, self.command),
            (5, self.speak),
            (3, self.change_a_text),
        )
        self._deeds = [deed for _, deed in deeds]
        self._weights = [weight for weight, _ in deeds]

    def join(self, code: str) -> None:
        """Comes in with an invite and begins at once."""
        self._say(f"/start {code}")
        self._say("/gespraech Kunde 1")

    def act(self) -> None:
        """Does something."""
        self._chance.choices(self._deeds, self._weights)[0]()

    def press(self) -> None:
        """A button that is on the screen."""
        if button := self._visible():
            self._press(*button)

    def tap_twice(self) -> None:
        """The same button again before anything can have changed."""
        if button := self._visible():
            self._press(*button)
            self._press(*button)

    def press_old(self) -> None:
        """A button that was there once."""
        if self._seen:
            self._press(*self._chance.choice(self._seen))

    def note(self) -> None:
        """A text with a number of its own, after whatever was asked has been left."""
        text = f"Notiz {self.id}-{len(self.notes) + 1:04}"
        self._say("/abbrechen")
        self._say(text)
        self.notes.append(text)

    def type_something(self) -> None:
        self._say(self._chance.choice(TEXTS))

    def command(self) -> None:
        self._say(self._chance.choice(COMMANDS).format(n=self._chance.randint(1, 12)))

    def speak(self) -> None:
        """A voice message; each has an id of its own."""
        message = self._standin.send_file(self.id, b"OggS", "voice.ogg", kind="voice", mime_type="audio/ogg")
        self._accepted.add()
        self.voices.append(str(message["voice"]["file_id"]))

    def change_a_text(self) -> None:
        """An edited message, which the bot looks away from."""
        own = [message for message in self._newest() if message["from"]["id"] == self.id and "text" in message]
        if own:
            message = self._chance.choice(own)
            self._standin.change_text(self.id, message["message_id"], "Notiz, die keine ist")
            self._accepted.add()

    def _newest(self) -> list[dict[str, Any]]:
        return self._standin.messages(self.id)[-LOOKED_AT:]

    def _visible(self) -> tuple[int, str] | None:
        buttons = [
            (message["message_id"], button["callback_data"])
            for message in self._newest()
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
            if "callback_data" in button and not _is_forbidden(button["callback_data"])
        ]
        on_cards = [(message_id, data) for message_id, data in buttons if data.startswith("card:")]
        if on_cards and self._chance.random() < ON_THE_CARD:
            buttons = on_cards
        if not buttons:
            return None
        chosen = self._chance.choice(buttons)
        self._seen.append(chosen)
        return chosen

    def _press(self, message_id: int, data: str) -> None:
        callback_id = self._standin.press(self.id, message_id, data)
        self._accepted.presses[self._accepted.add()] = callback_id

    def _say(self, text: str) -> None:
        self._standin.say(self.id, text)
        self._accepted.add()


def _is_forbidden(data: str) -> bool:
    read = read_press(data)
    return read is not None and read[1].action in NEVER_PRESSED
