"""Pushes: every few seconds a look who is to be told something, from PTB's JobQueue.

A look reads beside the writer: by index, who may be told something, then for a few people at a time what exactly. What
is due is written in small portions (a row in `push` and the message in the outbox in one transaction) and handed over
to delivery after the commit. The rows in `push` decide who sends where several processes look at the same time; a look
that is interrupted or missed is made up for by the next one.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypeVar

import structlog
from sqlalchemy import Connection
from telegram.ext import JobQueue

from bot.clock import now
from bot.jobs.kinds import KINDS, Kind, Offer
from bot.late import drawing
from bot.late.pushed import TOGETHER
from bot.storage import lanes, outbox, pushes
from bot.storage.outbox import Kind as OutboxKind
from bot.storage.people import members_by_id
from bot.storage.work import Storage
from dialogs.conversation.talk import PersonId
from dialogs.ports.people import Person
from dialogs.pushes.due import Facts, Key, due

log = structlog.get_logger()

EVERY: Final = timedelta(seconds=20)
FIRST: Final = timedelta(seconds=5)
READ_AT_ONCE: Final = 200
"""People of whom the facts are read in one go."""
WRITE_AT_ONCE: Final = 5
"""Messages in one transaction: nothing may keep the writer longer than 10 ms."""

T = TypeVar("T")
HandOver = Callable[[set[int]], Awaitable[None]]
"""Has the messages sent that wait for these chats."""


@dataclass(frozen=True, slots=True)
class PushMessage:
    """What is pushed to one person in one message, in its order; those that say nothing are settled beside it."""

    person: Person
    offers: tuple[Offer, ...]


def schedule_pushes(queue: JobQueue[Any] | None, storage: Storage, hand_over: HandOver) -> None:
    """Looks from now on every few seconds."""
    if queue is None:
        raise RuntimeError("the application has no job queue; install python-telegram-bot[job-queue]")

    async def run(_context: Any) -> None:
        try:
            await look(storage, hand_over, now())
        except Exception:
            log.exception("pushes_failed")

    # A look that takes longer than the time between two is no fault: the next one comes after it.
    queue.run_repeating(run, EVERY, first=FIRST, name="pushes", job_kwargs={"misfire_grace_time": None})


async def look(storage: Storage, hand_over: HandOver, moment: datetime, kinds: Sequence[Kind] = KINDS) -> int:
    """Pushes what is due at this moment; how many messages that is."""
    drawn = [kind for kind in kinds if kind.kind in drawing.DRAWERS]
    candidates = await storage.read(lambda connection: find(connection, moment, drawn))
    people = sorted(set().union(*candidates.values()))
    told = 0
    for some in _portions(people, READ_AT_ONCE):
        messages = await storage.read(partial(plan, moment=moment, candidates=candidates, people=some))
        for few in _portions(messages, WRITE_AT_ONCE):
            chats = await storage.write(partial(tell, messages=few, moment=moment))
            if chats:
                told += len(chats)
                await hand_over(chats)
    if told:
        log.info("pushed", messages=told)
    return told


def find(connection: Connection, moment: datetime, kinds: Sequence[Kind] = KINDS) -> dict[Kind, set[int]]:
    """Who may be told something of which kind."""
    clocks = pushes.clocks(connection, moment)
    return {kind: kind.candidates(connection, moment, clocks) for kind in kinds}


def plan(
    connection: Connection, moment: datetime, candidates: Mapping[Kind, set[int]], people: Sequence[int]
) -> list[PushMessage]:
    """What these people are told now."""
    members = members_by_id(connection, people)
    offers: dict[PersonId, dict[Key, Offer]] = {}
    for kind, found in candidates.items():
        asked = {key: person for key, person in members.items() if key in found}
        if asked:
            for offer in kind.offers(connection, moment, asked):
                offers.setdefault(offer.recipient, {})[offer.push.key] = offer
    told = pushes.told(connection, list(offers), moment)
    talked = pushes.talked_at(connection, list(offers))
    messages = []
    for key, offered in offers.items():
        facts = Facts([offer.push for offer in offered.values()], frozenset(told.get(key, ())), talked.get(key))
        decided = due(members[key], moment, facts)
        if decided:
            messages.append(PushMessage(members[key], tuple(offered[push.key] for push in decided)))
    return messages


def tell(connection: Connection, messages: Sequence[PushMessage], moment: datetime) -> set[int]:
    """Writes down what is told, and the messages; gives the chats for which there is one.

    What another process was quicker with is left out.
    """
    chats: set[int] = set()
    for message in messages:
        person = message.person
        ours = [offer for offer in message.offers if pushes.settle(connection, person.id, offer.push, moment)]
        parts = [
            {"kind": offer.push.kind, "values": dict(offer.values), "until": offer.push.until.isoformat()}
            for offer in ours
            if offer.push.says
        ]
        if parts:
            payload = drawing.payload(TOGETHER, {"parts": parts}, person.id, "")
            lanes.add_message(connection, person.chat_id)
            outbox.add(connection, person.chat_id, OutboxKind.SEND, "", payload, moment, pushed=True)
            chats.add(person.chat_id)
    return chats


def _portions(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
