"""Many chats at once for a bot under measurement, and how long each of them waits."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.playground.calls import Call, Calls
from bot.playground.chats import Person
from bot.playground.standin import Standin

DRAWS: Final = ("sendMessage", "editMessageText")
GIVEN_UP_AFTER: Final = 10.0
"""Seconds; a deed that shows nothing in the chat must not end the measurement."""


@dataclass(slots=True)
class Deed:
    """One update on its way: when it was sent, when the first call about it came in, when a message was drawn."""

    sent_at: float
    first_call: float | None = None
    drawn: asyncio.Event = field(default_factory=asyncio.Event)


class Meter(Calls):
    """The stand-in's log of calls as a stop watch. Counts calls by method since `calls_by_method` was cleared."""

    def __init__(self) -> None:
        super().__init__(kept=100)
        self.calls_by_method: dict[str, int] = {}
        self._by_chat: dict[int, Deed] = {}
        self._by_press: dict[str, Deed] = {}

    def expect(self, deed: Deed, chat_id: int, press: str | None) -> None:
        self._by_chat[chat_id] = deed
        if press is not None:
            self._by_press[press] = deed

    def add(self, call: Call) -> None:
        super().add(call)
        self.calls_by_method[call.method] = self.calls_by_method.get(call.method, 0) + 1
        if call.method == "answerCallbackQuery":
            deed = self._by_press.pop(str(call.parameters["callback_query_id"]), None)
        else:
            deed = self._by_chat.get(call.chat_id or 0)
        if deed is None:
            return
        if deed.first_call is None:
            deed.first_call = call.at
        if call.method in DRAWS:
            deed.drawn.set()


class Caller:
    """One chat that waits for its screen before it goes on."""

    def __init__(self, standin: Standin, meter: Meter, person_id: int) -> None:
        self.id = person_id
        self._standin = standin
        self._meter = meter

    async def says(self, text: str) -> Deed:
        deed = Deed(self._standin.clock())
        self._meter.expect(deed, self.id, None)
        self._standin.say(self.id, text)
        return await self._shown(deed)

    async def presses(self, *actions: str) -> Deed:
        """Presses the first button of these actions on the newest card; the one named first that is there."""
        message_id, data = self._button(actions)
        deed = Deed(self._standin.clock())
        self._meter.expect(deed, self.id, self._standin.press(self.id, message_id, data))
        return await self._shown(deed)

    def _button(self, actions: Sequence[str]) -> tuple[int, str]:
        buttons: list[tuple[int, str]] = []
        for message in reversed(self._standin.messages(self.id)):
            rows: list[list[dict[str, Any]]] = message.get("reply_markup", {}).get("inline_keyboard", [])
            buttons = [(message["message_id"], button.get("callback_data", "")) for row in rows for button in row]
            if any(data.startswith("card:") for _, data in buttons):
                break
        for action in actions:
            for message_id, data in buttons:
                if f"|{action}:" in data:
                    return message_id, data
        raise LookupError(f"no card with {actions} in chat {self.id}")

    @staticmethod
    async def _shown(deed: Deed) -> Deed:
        try:
            async with asyncio.timeout(GIVEN_UP_AFTER):
                await deed.drawn.wait()
        except TimeoutError:
            pass
        return deed


Routine = Callable[[Caller, int], Coroutine[Any, Any, Deed]]
"""What a chat does as its nth deed."""


def people(count: int) -> list[Person]:
    """People who have written to the bot before, so that it may write to them."""
    return [Person(5001 + number, f"Caller {number}", started=True) for number in range(count)]


async def all_at_once(callers: Sequence[Caller], routine: Routine, deeds: range) -> list[Deed]:
    """Every chat does its deeds one after the other, all chats at the same time."""

    async def work(caller: Caller) -> list[Deed]:
        return [await routine(caller, number) for number in deeds]

    return [deed for done in await asyncio.gather(*map(work, callers)) for deed in done]


async def steadily(callers: Sequence[Caller], routine: Routine, per_second: float, deeds: range) -> list[Deed]:
    """So many updates a second at random moments, each chat in its turn: what a bot meets on a busy day."""
    chance = random.Random(per_second)
    async with asyncio.TaskGroup() as group:
        tasks = []
        for number in deeds:
            for caller in callers:
                tasks.append(group.create_task(routine(caller, number)))
                await asyncio.sleep(chance.expovariate(per_second))
    return [task.result() for task in tasks]
