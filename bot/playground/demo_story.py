"""How a conversation of the demo goes: phase by phase over its appointments, with what came up, to its end.

Whatever the seller does is a press or a text in their chat. Chance decides what comes up; it is seeded by the story,
so the same story is told each time.
"""

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from bot.playground.demo_chat import NotOffered, PastChat
from bot.playground.demo_plan import WEEKS, Script, Story
from dialogs.conversation.card_buttons import PHASE_CODES
from dialogs.conversation.card_questions import MISSING
from dialogs.conversation.follow_up import PICK, REST
from dialogs.conversation.objection_help_view import SIGN_OF
from dialogs.conversation.talk import TRIAL_CLOSE_ITEM, ObjectionState, TaskState
from knowledge.catalogue import Knowledge
from knowledge.taxonomy import FollowUpTaskId, LossReasonId, ObjectionId, OutcomeId, PhaseId, SignalId

WITH_LOOPS: Final = (PhaseId.PRESENTATION, PhaseId.NEGOTIATION)
"""Here a gap may be found, and a buying signal leads to closing at once; they also are worth an appointment."""

_TALKING: Final = tuple(phase for phase in PhaseId if phase is not PhaseId.FOLLOW_UP)
_TRIAL_CLOSE: Final = f"{PHASE_CODES[PhaseId.ANALYSIS]}.{TRIAL_CLOSE_ITEM}=1"
_TICKED: Final = 0.7
"""Some of what was done is not ticked in the heat of the talk."""
_SECONDS_BETWEEN_TURNS: Final = (10, 60)
_NOBODY_IS_PERFECT: Final = 0.15
"""Even thorough sellers leave something out, careless ones do a little."""
ALWAYS_FINISHES: Final = 0.8
"""Who takes this much care has no follow-up lying about."""


class Telling:
    """One story, told in the seller's chat. `unfold` runs to the end of an appointment each time it is resumed."""

    def __init__(self, chat: PastChat, story: Story, script: Script, knowledge: Knowledge, zone: ZoneInfo) -> None:
        self._chat = chat
        self._story = story
        self._tale = story.tale
        self._script = script
        self._groups = {entry: group for group, entries in knowledge.objections_by_group.items() for entry in entries}
        self._zone = zone
        self._random = Random(story.number)
        self._care = _NOBODY_IS_PERFECT + story.seller.care * (1 - 2 * _NOBODY_IS_PERFECT)
        self._appointment = 0
        self._talk = 0
        self._unsettled: list[ObjectionId] = []
        self._came_up: set[ObjectionId] = set()
        self._gap_found = False

    async def unfold(self) -> AsyncGenerator[None, None]:
        """Tells on to the next appointment. Raises AlreadyThere at the start, NotOffered where no dialog goes along."""
        self._talk = await self._chat.begin(self._tale.customer)
        await self._set_details()
        phase = PhaseId.RELATIONSHIP
        await self._work(phase)
        while phase is not self._tale.phase:
            phase = await self._go_on(phase)
            if phase in WITH_LOOPS and self._has_another_appointment and self._chance(0.6):
                rests = await self._leave_for_now()
                yield
                self._appointment += 1
                if rests:
                    await self._press("resume")
            await self._work(phase)
        if self._tale.ends is None:
            return
        await self._end(self._tale.ends)
        if self._tale.ends is OutcomeId.POSTPONED:
            return
        if self._has_another_appointment:
            yield
            self._appointment += 1
        await self._follow_up()

    # the phases

    async def _work(self, phase: PhaseId) -> None:
        """What is done in a phase before it is left."""
        await self._tick(phase)
        if self._chance(0.2):
            await self._object(self._random.choice(self._script.objections[phase]))
        if self._chance(0.2):
            await self._note(self._random.choice(self._script.notes))
        if phase in WITH_LOOPS and not self._gap_found and self._chance(0.25 * self._care):
            await self._close_a_gap()
        if phase is PhaseId.NEGOTIATION:
            await self._object(self._random.choice(self._script.objections[phase]))
        if phase is PhaseId.CLOSING and self._tale.ends is OutcomeId.WON and self._chance(0.35):
            await self._hear_not_yet()
        await self._settle()

    async def _go_on(self, phase: PhaseId) -> PhaseId:
        """Leaves a phase; a buying signal leads to closing, if the story ends there."""
        following = _TALKING[_TALKING.index(phase) + 1]
        if phase is PhaseId.ANALYSIS:
            await self._leave_analysis()
        elif phase in WITH_LOOPS and self._tale.phase is PhaseId.CLOSING and self._chance(self._care / 2):
            await self._press("sig", "")
            await self._press("sig_set", f"{self._random.choice(list(SignalId))}=1")
            await self._press("close")
            return PhaseId.CLOSING
        else:
            await self._press("next")
        return following

    async def _leave_analysis(self) -> None:
        """With the trial close, or asked about it."""
        if self._chance(self._care):
            await self._press("tick", _TRIAL_CLOSE)
        await self._press("next")
        if not self._offers("trial_yes"):
            return
        if self._chance(0.5):
            await self._press("trial_yes")
            return
        if self._chance(0.5):
            await self._press("trial_not")
            await self._press("next")
        await self._press("anyway")

    async def _tick(self, phase: PhaseId) -> None:
        for value in self._offers("tick"):
            if value.startswith(PHASE_CODES[phase]) and value != _TRIAL_CLOSE and self._chance(self._care * _TICKED):
                await self._press("tick", value)

    async def _close_a_gap(self) -> None:
        """Something was missed: back to the analysis, and from there to where it was noticed."""
        self._gap_found = True
        await self._press("gap")
        await self._tick(PhaseId.ANALYSIS)
        await self._press("next")

    async def _hear_not_yet(self) -> None:
        """A no in closing means 'not yet': what is missing is found, and the order is asked for again."""
        await self._press("not_yet")
        if self._chance(0.5):
            await self._type(self._random.choice(self._script.missing))
        else:
            await self._press("missing", self._random.choice(list(MISSING)))
        await self._press("next")

    # what comes up

    async def _object(self, objection: ObjectionId) -> None:
        if objection in self._came_up:
            return
        self._came_up.add(objection)
        self._unsettled.append(objection)
        await self._press("obj", "")
        await self._press("obj_group", f"{self._groups[objection]}=pick")
        await self._press("obj_set", f"{objection}={ObjectionState.OPEN}")

    async def _settle(self) -> None:
        """The objections that a seller does not let stand."""
        for objection in list(self._unsettled):
            if self._chance(self._care):
                self._unsettled.remove(objection)
                settled = f"{objection}={SIGN_OF[ObjectionState.SETTLED]}"
                if settled not in self._offers("obj_set"):
                    await self._press("obj", "")
                await self._press("obj_set", settled)

    async def _note(self, text: str) -> None:
        await self._press("note")
        await self._type(text)

    async def _set_details(self) -> None:
        tale = self._tale
        for name, wanted in (("who", tale.group), ("kind", tale.kind), ("how", tale.how)):
            if wanted is not None:
                await self._press("more")
                await self._press("detail", name)
                await self._press("detail_set", f"{name}={wanted}")

    # between appointments

    @property
    def _has_another_appointment(self) -> bool:
        return self._appointment + 1 < len(self._story.appointments)

    async def _leave_for_now(self) -> bool:
        """Until the next appointment it is paused, postponed to that day, or simply left. True where it rests."""
        way = self._random.random()
        if way < 0.3:
            await self._press("pause")
        elif way < 0.45:
            await self._postpone_to(self._story.appointments[self._appointment + 1])
        return way < 0.45

    async def _postpone_to(self, moment: datetime) -> None:
        await self._ask_how_it_ended("postpone")
        await self._press("postpone")
        await self._type(self._day(moment))
        await self._press("form_ok")

    # the end

    async def _end(self, outcome: OutcomeId) -> None:
        match outcome:
            case OutcomeId.POSTPONED:
                weeks_on = timedelta(weeks=WEEKS + self._random.randint(1, 2))  # a working day that is still to come
                await self._postpone_to(self._chat.now + weeks_on)
            case OutcomeId.WON:
                await self._ask_how_it_ended("won")
                await self._press("won")
                await self._type(self._as_typed(self._tale.amount or 0))
                await self._type(self._tale.about or "")
            case OutcomeId.LOST:
                await self._lose(self._tale.reason or LossReasonId.OTHER)
            case OutcomeId.NO_DECISION:
                await self._ask_how_it_ended("nodec")
                await self._press("nodec")
            case OutcomeId.CANCELLED:
                await self._ask_how_it_ended("cancelled")
                await self._press("cancelled")

    async def _lose(self, reason: LossReasonId) -> None:
        await self._object(self._script.behind[reason])
        await self._ask_how_it_ended("lost")
        await self._press("lost")
        await self._press("loss", reason)
        if self._tale.words is not None:
            await self._type(self._tale.words)

    async def _ask_how_it_ended(self, action: str) -> None:
        """In closing most outcomes stand on the card; else they are asked for behind '⋯'."""
        if not self._offers(action):
            await self._press("more")
            await self._press("end")

    def _as_typed(self, amount: int) -> str:
        """An amount as people type it; read alike in both languages."""
        if amount % 1000 == 0 and self._chance(0.5):
            return f"{amount // 1000}k"
        return str(amount)

    async def _follow_up(self) -> None:
        """Task by task: done, dated, left out. Who does not finish stops somewhere and leaves the rest open."""
        finishes = self._story.seller.care >= ALWAYS_FINISHES or self._chance(self._care)
        rest = f"{REST}={TaskState.SKIPPED}"
        for task in FollowUpTaskId:
            if not finishes and self._chance(0.2):
                return
            if finishes and rest in self._offers("task") and self._chance(0.2):
                await self._press("task", rest)
                break
            await self._settle_task(task)
        if finishes:
            await self._press("finish")

    async def _settle_task(self, task: FollowUpTaskId) -> None:
        done, left_out = f"{task}={TaskState.DONE}", f"{task}={TaskState.SKIPPED}"
        by_default = next(way for way in self._ways(task) if way not in (done, left_out))
        way = self._random.random()
        if way < 0.3 + 0.3 * self._care:
            await self._press("task", done)
        elif way < 0.8:
            await self._press("task", by_default)
        elif way < 0.88:
            await self._press("task_date", task)
            await self._type(self._day(self._chat.now + timedelta(weeks=self._random.randint(1, 3))))
            await self._press("form_ok")
        else:
            await self._press("task", left_out)

    def _ways(self, task: FollowUpTaskId) -> list[str]:
        """What one tap can make of the task in hand. Raises NotOffered where it is not in hand."""
        ways = [value for value in self._offers("task") if value.startswith(f"{task}=") and not value.endswith(PICK)]
        if len(ways) < 3:
            raise NotOffered(f"task:{self._talk}:{task}")
        return ways

    # in the chat

    async def _press(self, action: str, value: str | None = None) -> None:
        self._pass_time()
        await self._chat.press(action, value, about=self._talk)

    async def _type(self, text: str) -> None:
        self._pass_time()
        await self._chat.type(text)

    def _day(self, moment: datetime) -> str:
        """A day as it is typed; read alike in both languages."""
        return moment.astimezone(self._zone).date().isoformat()

    def _offers(self, action: str) -> list[str]:
        return self._chat.offers(action, about=self._talk)

    def _pass_time(self) -> None:
        self._chat.now += timedelta(seconds=self._random.randint(*_SECONDS_BETWEEN_TURNS))

    def _chance(self, share: float) -> bool:
        return self._random.random() < share
