"""A month of a team, lived over the real dialogs: what each seller presses and types is drawn with a seed.

Nothing is written but by turns. A seller presses only what stands on the screen, mostly what leads on, sometimes
back; answers what is asked; and comes back to old conversations on later days.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.press import Press, read_press
from tests.chat import Chat, Message
from tests.dialogs.team_life import TeamLife

TEAM_ZONE: Final = ZoneInfo("Europe/Berlin")
FIRST_DAY: Final = date(2025, 10, 13)
"""A Monday; the clocks go back on 26 October. Long past: the command line asks its own clock what has happened."""
LAST_DAY: Final = date(2025, 11, 14)
SELLERS: Final = 12
ABROAD: Final = (9, 10, 11)
"""These sellers live in London, an hour behind their team."""

MANAGER_ASKS: Final = time(17, 40)
WORKING_HOURS: Final = (9, 19)
"""Some of what happens comes after the summary at six."""

# What a seller presses in each phase, with what weight; a button that is not there can't be drawn.
ON_THE_CARD: Final[Mapping[str, float]] = {
    "next": 9, "close": 2.5, "gap": 1.2, "back": 0.8, "trial_yes": 4, "trial_not": 1, "anyway": 4, "tick": 2,
    "obj": 2.6, "sig": 1.6, "won": 6, "not_yet": 1.2, "lost": 5, "postpone": 2.5, "pause": 0.4, "resume": 9,
    "missing": 4, "loss": 9, "nodec": 3, "cancelled": 1.5, "more": 2.4, "task": 6, "finish": 3,
}  # fmt: skip
BEHIND_MORE: Final[Mapping[str, float]] = {
    "undo": 5, "end": 2.4, "correct": 3, "detail": 3, "tick": 0.5, "less": 1,
}  # fmt: skip
AMOUNTS: Final = ("1.200", "3.450,50", "8.900", "12,5k", "16.400", "27.999,99", "CHF 5'400")
DATES: Final = ("morgen", "übermorgen", "in 4 Tagen", "in 6 Tagen", "in 9 Tagen", "nächsten Dienstag")


@dataclass
class Month:
    """The team's life so far, and the dice."""

    life: TeamLife
    dice: Random
    day: date = FIRST_DAY
    names: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))
    open_names: dict[int, list[str]] = field(default_factory=dict)
    pressed: dict[str, int] = field(default_factory=dict)

    def lives_on(self, until: date, visits_a_day: int, asks: Callable[[datetime], None]) -> None:
        """The days up to this one, that one not included; nobody works on Sundays, few on Saturdays.

        `asks` is called with the moment when the manager's hand goes to the phone, before the summary is due.
        """
        while self.day < until:
            visits = (visits_a_day,) * 5 + (visits_a_day // 6, 0)
            moments = sorted(self._moment() for _ in range(visits[self.day.weekday()]))
            asked_at = datetime.combine(self.day, MANAGER_ASKS, TEAM_ZONE).astimezone(UTC)
            for moment in (one for one in moments if one < asked_at):
                self._visits(moment)
            self.life.at(asked_at)
            asks(asked_at)
            for moment in (one for one in moments if one >= asked_at):
                self._visits(moment)
            self.day += timedelta(days=1)

    def _visits(self, moment: datetime) -> None:
        self.life.at(moment)
        self._visit(self.dice.randrange(len(self.life.sellers)))

    def _moment(self) -> datetime:
        hour = self.dice.randrange(*WORKING_HOURS)
        clock = time(hour, self.dice.randrange(60), self.dice.randrange(60))
        return datetime.combine(self.day, clock, TEAM_ZONE).astimezone(UTC)

    def _visit(self, seller: int) -> None:
        """One sitting of a seller with a customer: a new conversation, an open one, or what is due."""
        chat = self.life.sellers[seller]
        known = self.open_names.setdefault(seller, [])
        die = self.dice.random()
        if die < 0.12:
            self._follow_up(chat)
            return
        if known and die < 0.2:
            chat.sends(f"/kunden {self.dice.choice(known)}")
            self._any_of(chat, {"cu_set": 1})
            return
        if known and die < 0.66:
            chat.sends(f"/gespraech {self.dice.choice(known[-6:])}")
        else:
            name = f"{self.dice.choice(_SYLLABLES)}{self.dice.choice(_ENDINGS)} {next(self.names)}"
            known.append(name)
            chat.sends(f"/gespraech {name}")
            self._press_labelled(chat, f"Neu: {name}")
        for _ in range(self.dice.randint(2, 8)):
            self.life.later(seconds=self.dice.randint(5, 90))
            if not self._one_press(chat):
                return

    def _one_press(self, chat: Chat) -> bool:
        """Presses something on the newest card and answers what that asks; False where there is no card."""
        card = next((message for message in reversed(chat.phone) if message.screen.startswith("card:")), None)
        if card is None:
            return False
        found = self._draw(card, ON_THE_CARD)
        if found is None:
            return False
        self._press(chat, *found)
        match found[1].action:
            case "obj":
                self._objection(chat)
            case "sig":
                self._any_of(chat, {"sig_set": 1})
            case "more":
                behind = next((message for message in chat.new if message.screen == card.screen), None)
                if behind is not None:
                    self._behind_more(chat, behind)
        self._answer(chat)
        return True

    def _behind_more(self, chat: Chat, card: Message) -> None:
        found = self._draw(card, BEHIND_MORE)
        if found is not None:
            self._press(chat, *found)
            match found[1].action:
                case "correct":
                    self._any_of(chat, {"correct": 1})
                case "detail":
                    self._any_of(chat, {"detail_set": 1})

    def _objection(self, chat: Chat) -> None:
        self._any_of(chat, {"obj_group": 3, "obj_set": 2, "pick": 1})
        self._any_of(chat, {"obj_set": 3, "pick": 1})
        if self.dice.random() < 0.5:
            self._any_of(chat, {"obj_set": 3})

    def _follow_up(self, chat: Chat) -> None:
        chat.sends("/nachfassen")
        for _ in range(2):
            self._any_of(chat, {"due_t": 1, "due_c": 1, "due_r": 1})

    def _answer(self, chat: Chat) -> None:
        """Types what a question asks for, and says that it was read rightly."""
        for _ in range(3):
            asked = next((message for message in reversed(chat.phone) if message.screen == "ask"), None)
            if asked is None or asked not in chat.new:
                return
            if self._any_in(chat, asked, {"form_ok": 1}):
                continue
            form = next((press.value for press in _presses(asked).values() if press.action == "form_leave"), "")
            if form in ("order", "correct_amount") and not (form == "order" and self.dice.random() < 0.15):
                chat.types(self.dice.choice(AMOUNTS))
            elif form in ("postpone", "correct_date", "task_date"):
                chat.types(self.dice.choice(DATES))
            elif form in ("loss_text", "correct_loss_text"):
                chat.types("Standort wird geschlossen")
            elif not self._any_in(chat, asked, {"form_skip": 1}):
                self._any_in(chat, asked, {"form_leave": 1})

    # Pressing what stands there

    def _any_of(self, chat: Chat, weights: Mapping[str, float]) -> bool:
        """One of these on what the last turn has drawn."""
        return any(self._any_in(chat, message, weights) for message in reversed(chat.new))

    def _any_in(self, chat: Chat, message: Message, weights: Mapping[str, float]) -> bool:
        found = self._draw(message, weights)
        if found is not None:
            self._press(chat, *found)
        return found is not None

    def _draw(self, message: Message, weights: Mapping[str, float]) -> tuple[Message, Press, str] | None:
        there = [(data, press) for data, press in _presses(message).items() if press.action in weights]
        actions = sorted({press.action for _, press in there})
        if not actions:
            return None
        (action,) = self.dice.choices(actions, [weights[action] for action in actions])
        data, press = self.dice.choice([one for one in there if one[1].action == action])
        return message, press, data

    def _press(self, chat: Chat, message: Message, press: Press, data: str) -> None:
        self.pressed[press.action] = self.pressed.get(press.action, 0) + 1
        chat.press_data(data, message.id)

    @staticmethod
    def _press_labelled(chat: Chat, label: str) -> None:
        if label in chat.buttons:
            chat.press(label)


_SYLLABLES: Final = ("Acker", "Berg", "Distel", "Eichen", "Furt", "Hafen", "Linden")
_ENDINGS: Final = ("bau", "druck", "glas", "guss", "haus", "holz", "mann", "stahl", "tech", "werk", "wolle")


def _presses(message: Message) -> dict[str, Press]:
    """What the buttons of a message carry, as they stand there."""
    found = {}
    for row in message.keyboard:
        for button in row:
            read = read_press(button.get("callback_data", ""))
            if read is not None:
                found[button["callback_data"]] = read[1]
    return found


def settle_abroad(life: TeamLife) -> None:
    """Some sellers set another zone, as they do it in the chat."""
    for seller in ABROAD:
        chat = life.sellers[seller]
        chat.sends("/einstellungen")
        chat.press("London")
