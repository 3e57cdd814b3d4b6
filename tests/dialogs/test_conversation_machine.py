"""A seller who taps anything at any time: old buttons, double taps, odd texts, days of silence, restarts."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine

from bot.storage.store import SqlStore
from bot.turns import House
from dialogs.conversation.talk import ConversationId, PersonId, Standing, Talk, replay
from dialogs.press import Press, read_press
from knowledge.recognition.matches import Recognition
from knowledge.taxonomy import ObjectionId, PhaseId, SignalId
from tests.chat import Chat, Message, sure, unsure
from tests.conftest import join, on_a_copy
from tests.properties import tries

SELLER = 1001

COMMANDS = [
    "/gespraech",
    "/gespraech Muster GmbH",
    "/talk Beispiel AG",
    "/einwand",
    "/einwand findet er zu teuer",
    "/signal",
    "/abschluss",
    "/abbrechen",
    "/bab",
    "/bab MGK 63/525; FGK 42/100; VVGK 79",
    "/kalkulation",
]

TEXTS = [
    "findet er zu teuer", "12,5k", "12.500 €", "1.000", "0", "-3", "morgen", "20.11.", "31.12.2020", "Muster GmbH",
    "8 %", "-500", "18.900", "12,500", "100 h", "Material; Halle 3; Vertrieb",
    "ja", "", "   ", "🙂",
    "<b>fett</b> & so", "'; DROP TABLE step; --", "\u202eumgekehrt", "A" * 4096,
]  # fmt: skip

many = st.integers(0, 10_000)
labels = st.lists(st.sampled_from([*ObjectionId, *SignalId]), max_size=4, unique=True)
recognised = st.builds(lambda found, is_sure: sure(*found[:2]) if is_sure else unsure(*found), labels, st.booleans())


def carried(data: str) -> Press:
    """What a button carries."""
    read = read_press(data)
    assert read is not None, data
    return read[1]


class AnySeller(RuleBasedStateMachine):
    """Presses what is there, and what is there no more."""

    house: House
    lasting_engine: Engine
    template: Path
    met: set[str]
    """Phases, standings and the like that came up in the lives of all sellers."""

    def __init__(self) -> None:
        super().__init__()
        self._database = ExitStack()
        self.engine = self._database.enter_context(on_a_copy(self.lasting_engine, self.template))
        join(self.engine, SELLER, "Sabine")
        self.chat = Chat(self.engine, self.house, SELLER, checks_replay=False)  # the invariant does, of all there are
        self.old: list[str] = []
        self.versions: dict[int, int] = {}

    def teardown(self) -> None:
        self._database.close()

    @initialize(command=st.sampled_from(COMMANDS[1:3]), steps=st.integers(0, 9))
    def begin(self, command: str, steps: int) -> None:
        """A conversation somewhere on its way, up to the end of its follow-up."""
        self.chat.sends(command)
        ways = ("anyway", "next", "lost", "loss", "finish")
        for _ in range(steps):
            self.press(0, lambda press, _: press.action in ways or press.value.startswith("rest="))

    @rule(which=many)
    def press_any_button(self, which: int) -> None:
        self.press(which)

    @rule(which=many)
    def move_the_talk(self, which: int) -> None:
        self.press(which, lambda press, _: press.version > 0)

    @rule(which=many)
    def press_the_newest_screen(self, which: int) -> None:
        newest = self.chat.message.id
        self.press(which, lambda _, message: message.id == newest)

    @rule(which=many)
    def tap_twice(self, which: int) -> None:
        data, message_id = self.press(which)
        if data:
            self.press_old(data, message_id)

    @rule(which=many)
    def press_an_old_button(self, which: int) -> None:
        if self.old:
            self.press_old(self.old[which % len(self.old)])

    @rule(text=st.sampled_from(TEXTS), found=recognised)
    def type_anything(self, text: str, found: Recognition) -> None:
        self.chat.types(text, found)
        assert self.chat.new, "a text without an answer"

    @rule(command=st.sampled_from(COMMANDS))
    def send_a_command(self, command: str) -> None:
        self.chat.sends(command)
        assert self.chat.new, "a command without an answer"

    @rule()
    def speak(self) -> None:
        self.chat.speaks()
        assert self.chat.new, "a voice message without an answer"

    @rule(span=st.sampled_from([timedelta(minutes=5), timedelta(hours=3), timedelta(days=4)]))
    def let_time_pass(self, span: timedelta) -> None:
        self.chat.now += span

    @rule()
    def restart(self) -> None:
        self.chat = self.chat.restarted()

    @invariant()
    def replaying_the_steps_gives_what_is_stored(self) -> None:
        for talk in self.talks():
            assert talk.version >= self.versions.get(talk.id, 0)
            self.versions[talk.id] = talk.version
            self.met |= {talk.phase, talk.standing}

    def press(self, which: int, fits: Callable[[Press, Message], bool] = lambda *_: True) -> tuple[str, int]:
        """A button on the phone that fits, the newest messages first; it leads somewhere that can be seen."""
        visible = [
            (button["callback_data"], message.id, button["text"])
            for message in reversed(self.chat.phone)
            for row in message.keyboard
            for button in row
            if "callback_data" in button and fits(carried(button["callback_data"]), message)
        ]
        if not visible:
            return "", 0
        data, message_id, label = visible[which % len(visible)]
        self.old = [*self.old[-40:], data]
        before = self.on_screen()
        self.chat.press_data(data, message_id)
        assert self.chat.toast or self.on_screen() != before, f"{label!r} ({data}) leads nowhere"
        return data, message_id

    def press_old(self, data: str, message_id: int | None = None) -> None:
        """A button that was drawn for another version moves nothing."""
        press = carried(data)
        before = self.talk(press.subject) if press.version else None
        self.chat.press_data(data, message_id)
        if before is not None and before.version != press.version:
            assert self.talk(press.subject) == before

    def on_screen(self) -> list[tuple[int, str, Any]]:
        return [(message.id, message.text, message.keyboard) for message in self.chat.phone]

    def talk(self, conversation_id: int) -> Talk | None:
        with self.engine.connect() as connection:
            conversations = SqlStore(connection).conversations
            return conversations.load(PersonId(SELLER), ConversationId(conversation_id))

    def talks(self) -> list[Talk]:
        """Every conversation, loaded and replayed; a phase or a trigger that nobody knows would fail here."""
        found: list[Talk] = []
        with self.engine.connect() as connection:
            conversations = SqlStore(connection).conversations
            ids = connection.exec_driver_sql("SELECT id FROM conversation").scalars().all()
            for id_ in map(ConversationId, ids):
                talk = conversations.load(PersonId(SELLER), id_)
                assert talk is not None
                assert replay(id_, conversations.steps(id_)) == talk
                found.append(talk)
        return found


def lives_of(seller: type[AnySeller], house: House, engine: Engine, template: Path, lives: int, taps: int) -> set[str]:
    """So many sellers tap so often, and after each tap all invariants are asserted; gives what came up meanwhile."""
    met: set[str] = set()
    lived = type("Seller", (seller,), {"house": house, "lasting_engine": engine, "template": template, "met": met})
    run_state_machine_as_test(
        lived,
        settings=settings(
            max_examples=tries(lives),
            stateful_step_count=taps,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return met


@pytest.mark.hypothesis
def test_whatever_is_tapped_the_thread_holds(house: House, lasting_engine: Engine, empty_database: Path) -> None:
    """`replaying_the_steps_gives_what_is_stored`, in every phase, paused and not."""
    met = lives_of(AnySeller, house, lasting_engine, empty_database, lives=15, taps=40)
    assert met >= {*PhaseId, Standing.OPEN, Standing.PAUSED}
