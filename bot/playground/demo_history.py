"""The demo's history in a database: a team of five who have sold for six weeks.

The playground's seller is there; four colleagues join by invitations of its manager. The sellers' days pass side by
side, each seller's own in order.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.playground.demo_chat import AlreadyThere, NotOffered, PastChat, TurnFailed
from bot.playground.demo_plan import WORKING_DAYS, DemoSeller, Script, Story, planned, working_days
from bot.playground.demo_rounds import Rounds
from bot.playground.demo_story import Telling
from bot.playground.standin import MANAGER, SELLER
from bot.storage.people import SqlPeople, mark_blocked
from bot.storage.work import Storage
from bot.turns import House
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import Person, Role, Team
from dialogs.turn import Sender
from knowledge.language.messages import Language

log = structlog.get_logger()

_INVITED_AT: Final = time(8, 0)
_INVITING: Final = 200
_JOINING: Final = 300
_ROUNDS: Final = 400
"""Series of update ids; those of the stories are their numbers."""


@dataclass(frozen=True, slots=True)
class Told:
    """How many conversations are there, and how many of them ended just now before their story did."""

    conversations: int = 0
    broken_off: int = 0


class History:
    """Makes the history up to yesterday. A story with which the dialogs don't go along ends where it stands."""

    def __init__(self, storage: Storage, house: House, team: Team, at: datetime, script: Script | None = None) -> None:
        self._storage = storage
        self._house = house
        self._script = script or Script.load()
        self._zone = ZoneInfo(team.zone)
        self._today = at.astimezone(self._zone).date()
        self._at = at

    async def make(self) -> Told:
        """All stories of those who are in the team. What an earlier run that was broken off has begun stays."""
        stories = planned(self._script, self._today, self._zone)
        lives = []
        for seller in self._script.sellers:
            member = await self._member(seller.id) or await self._joined(seller)
            if member is not None:
                own = [story for story in stories if story.seller is seller]
                lives.append(self._live(self._chat(member.id, member.name, member.language), seller, own))
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(life) for life in lives]
        told = [task.result() for task in tasks]
        return Told(sum(each.conversations for each in told), sum(each.broken_off for each in told))

    async def _live(self, chat: PastChat, seller: DemoSeller, stories: Sequence[Story]) -> Told:
        """A seller's six weeks, appointment by appointment; in the mornings what is due."""
        knowledge = self._house.catalogue[Language.DE]
        visits = [(at, story.number) for story in stories for at in story.appointments]
        rounds = Rounds(chat, seller, self._zone, _ROUNDS + self._script.sellers.index(seller))
        mornings = [(rounds.begins(day), 0) for day in working_days(self._today)]
        telling = {
            story.number: Telling(chat, story, self._script, knowledge, self._zone).unfold() for story in stories
        }
        broken_off = 0
        await chat.enter()
        for at, number in sorted([*visits, *mornings]):
            try:
                if number:
                    chat.now, chat.series = at, number
                    await anext(telling[number], None)
                else:
                    await rounds.make(at.date())
            except AlreadyThere as reason:
                log.info("demo_story_left_out", story=number, reason=str(reason))
            except NotOffered as missing:
                log.error("demo_story_broken_off", story=number, missing=str(missing))
                broken_off += 1
            except TurnFailed:
                log.exception("demo_story_broken_off", story=number)
                broken_off += 1
        return Told(len(stories), broken_off)

    async def _joined(self, seller: DemoSeller) -> Person | None:
        """A colleague brings the manager's invitation; None where nobody can invite, or for a person of the page.

        Nobody holds the colleague's phone. What is pushed to it later would only be refused, so it counts as blocked.
        """
        manager = await self._member(MANAGER.id)
        if seller.id == SELLER.id or manager is None:
            return None
        inviting = self._chat(manager.id, manager.name, manager.language, _INVITING + seller.id % 100)
        joining = self._chat(seller.id, seller.name, manager.language, _JOINING + seller.id % 100)
        await inviting.enter()
        await joining.enter()
        try:
            await inviting.command("team")
            await inviting.press("team_invite", Role.SELLER)
            joining.now += timedelta(minutes=10)
            await joining.command("start", inviting.way_in())
        except (NotOffered, AlreadyThere, TurnFailed) as reason:
            log.error("demo_colleague_left_out", person=seller.id, reason=str(reason))
            return None
        await self._storage.write(lambda connection: mark_blocked(connection, seller.id, self._at))
        return await self._member(seller.id)

    def _chat(self, person_id: int, name: str, language: Language, series: int = 0) -> PastChat:
        """A chat on the morning before the first working day."""
        day_before = working_days(self._today, WORKING_DAYS + 1)[0]
        morning = datetime.combine(day_before, _INVITED_AT, self._zone)
        sender = Sender(PersonId(person_id), person_id, name, language)
        return PastChat(self._storage, self._house, sender, morning, series)

    async def _member(self, person_id: int) -> Person | None:
        return await self._storage.read(lambda connection: SqlPeople(connection).get(PersonId(person_id)))
