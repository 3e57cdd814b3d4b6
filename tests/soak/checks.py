"""What must hold after the soak, read from the bot's database, the witness in it, and the stand-in's ledger."""

import json
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select, text

from bot.rendering import digest
from bot.storage.schema import inbox
from bot.storage.store import SqlStore
from dialogs.conversation.talk import ConversationId, PersonId, replay
from tests.soak.ledger import FILE, Drawing, Ledger
from tests.soak.sellers import Accepted, Seller


@dataclass(frozen=True, slots=True)
class Posted:
    """A row that the outbox was given. `must_appear`: it is a message of its own that nothing can make needless."""

    id: int
    kind: str
    screen: str
    shows: str
    ended: str

    @property
    def must_appear(self) -> bool:
        return self.kind in ("send", "file") and self.ended == "sent"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything there is to look at once the bot has stopped."""

    engine: Engine
    ledger: Ledger
    accepted: Accepted
    sellers: Sequence[Seller]

    def rows(self, question: str) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(text(question)).mappings())

    def received_at(self) -> dict[int, datetime]:
        """When each update was stored."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(inbox.c.update_id, inbox.c.received_at))
            return {row.update_id: row.received_at for row in rows}


Fault = str
Check = Callable[[Evidence, Counter[str]], Iterator[Fault]]
"""Says what does not hold, and counts what it has looked at."""


def look_at(evidence: Evidence, checks: Sequence[Check] | None = None) -> tuple[list[Fault], Counter[str]]:
    """All faults, and the counts behind them in the order of the checks; those of `CHECKS` unless told otherwise."""
    counts: Counter[str] = Counter()
    wanted = CHECKS if checks is None else checks
    return [f"{check.__name__}: {fault}" for check in wanted for fault in check(evidence, counts)], counts


def every_update_is_handled_once(evidence: Evidence, counts: Counter[str]) -> Iterator[Fault]:
    rows = evidence.rows("SELECT id, update_id, state, reason FROM inbox")
    stored = Counter(row["update_id"] for row in rows)
    counts["updates accepted"] = len(evidence.accepted.ids)
    counts["updates stored"] = len(rows)
    counts["updates done"] = sum(row["state"] == "done" for row in rows)
    lost, foreign = set(evidence.accepted.ids) - set(stored), set(stored) - set(evidence.accepted.ids)
    if lost or foreign:
        yield f"{len(lost)} updates lost, {len(foreign)} that nobody sent: {sorted(lost | foreign)[:5]}"
    if twice := [key for key, times in stored.items() if times > 1]:
        yield f"stored twice: {twice[:5]}"
    yield from (
        f"update {row['update_id']} is {row['state']}: {row['reason']}" for row in rows if row["state"] != "done"
    )
    done = Counter(row["inbox_id"] for row in evidence.rows("SELECT inbox_id FROM witness_done"))
    if wrong := [row["id"] for row in rows if done[row["id"]] != 1]:
        yield f"not marked as done exactly once: inbox rows {wrong[:5]}"


def every_note_is_one_row_in_order(evidence: Evidence, counts: Counter[str]) -> Iterator[Fault]:
    texts: dict[int, list[str]] = defaultdict(list)
    voices: dict[int, list[str]] = defaultdict(list)
    for row in evidence.rows("SELECT owner_id, text, file_id FROM note ORDER BY id"):
        if row["file_id"] is not None:
            voices[row["owner_id"]].append(row["file_id"])
        elif row["text"].startswith(f"Notiz {row['owner_id']}-"):
            texts[row["owner_id"]].append(row["text"])
    for seller in evidence.sellers:
        counts["numbered notes"] += len(seller.notes)
        counts["voice messages"] += len(seller.voices)
        for what, sent, kept in (("notes", seller.notes, texts), ("voices", seller.voices, voices)):
            if kept[seller.id] != sent:
                yield f"{what} of {seller.id}: sent {_differs(sent, kept[seller.id])}"


def every_conversation_is_what_its_steps_lead_to(evidence: Evidence, counts: Counter[str]) -> Iterator[Fault]:
    with evidence.engine.connect().execution_options(reading=True) as connection:
        conversations = SqlStore(connection).conversations
        for row in evidence.rows("SELECT id, owner_id FROM conversation"):
            key = ConversationId(row["id"])
            steps = conversations.steps(key)
            counts["conversations"] += 1
            counts["steps"] += len(steps)
            if [step.seq for step in steps] != list(range(1, len(steps) + 1)):
                yield f"conversation {key}: its steps have gaps"
            if conversations.load(PersonId(row["owner_id"]), key) != replay(key, steps):
                yield f"conversation {key}: its steps lead to another state than the stored one"


def every_reply_is_sent(evidence: Evidence, counts: Counter[str]) -> Iterator[Fault]:
    for row in evidence.rows("SELECT id, chat_id, kind, state, reason FROM outbox"):
        counts[f"replies {row['state']}"] += 1
        if row["state"] not in ("sent", "superseded"):
            yield f"row {row['id']} ({row['kind']} to {row['chat_id']}) is {row['state']}: {row['reason']}"
    for seller in evidence.sellers:
        shown = Counter(note for text in evidence.ledger.texts[seller.id] for note in _notes_in(text, seller.id))
        counts["notes answered twice"] += sum(times > 1 for times in shown.values())
        if unseen := [note for note in seller.notes if note.removeprefix("Notiz ") not in shown]:
            yield f"notes of {seller.id} without a reply in the chat: {unseen[:5]}"


def replies_appear_in_order(evidence: Evidence, counts: Counter[str]) -> Iterator[Fault]:
    posted = posted_by_chat(evidence)
    for chat_id in sorted(posted.keys() | evidence.ledger.drawn.keys()):
        drawn = evidence.ledger.drawn[chat_id]
        counts["messages drawn"] += len(drawn)
        try:
            counts["messages drawn again"] += repetitions(posted[chat_id], drawn)
        except OutOfOrder as reason:
            yield f"chat {chat_id}: {reason}"


def every_screen_shows_what_was_drawn_last(evidence: Evidence, counts: Counter[str]) -> Iterator[Fault]:
    last_row: dict[tuple[int, str], Posted] = {}
    for chat_id, rows in posted_by_chat(evidence).items():
        last_row |= {(chat_id, row.screen): row for row in rows if row.screen and row.kind != "retire"}
    for screen in evidence.rows("SELECT chat_id, name, message_id FROM screen WHERE drawn IS NOT NULL"):
        chat_id, name, message_id = screen["chat_id"], screen["name"], screen["message_id"]
        counts["screens compared"] += 1
        stands = [drawing.shows for drawing in evidence.ledger.drawn[chat_id] if drawing.message_id == message_id]
        wanted = last_row[chat_id, name].shows
        if stands[-1:] != [wanted]:
            yield f"chat {chat_id}: {name} does not show what its newest row draws"


def presses_are_answered_at_most_once(evidence: Evidence, counts: Counter[str]) -> Iterator[Fault]:
    for update_id, callback_id in evidence.accepted.presses.items():
        times = evidence.ledger.answers.get(callback_id, [])
        counts["presses"] += 1
        counts["presses answered"] += bool(times)
        if len(times) > 1:
            yield f"press {update_id} was answered {len(times)} times"


def presses_are_never_answered_after_a_restart(evidence: Evidence, _counts: Counter[str]) -> Iterator[Fault]:
    received, births = evidence.received_at(), evidence.ledger.births
    for update_id, callback_id in evidence.accepted.presses.items():
        times = evidence.ledger.answers.get(callback_id, [])
        if times and update_id in received:
            came_in = received[update_id].timestamp()
            if bisect_right(births, came_in) != bisect_right(births, times[0]):
                yield f"press {update_id} was taken in before a restart and answered after it"


OF_ANY_BOT: Sequence[Check] = (
    every_update_is_handled_once,
    every_note_is_one_row_in_order,
    every_conversation_is_what_its_steps_lead_to,
    every_reply_is_sent,
    replies_appear_in_order,
    every_screen_shows_what_was_drawn_last,
    presses_are_answered_at_most_once,
)
CHECKS: Sequence[Check] = (*OF_ANY_BOT, presses_are_never_answered_after_a_restart)


class OutOfOrder(Exception):
    """What appeared in a chat can't come from its rows sent one after the other."""


def repetitions(rows: Sequence[Posted], drawn: Sequence[Drawing]) -> int:
    """How many drawings repeat the one before them, at the least. Raises OutOfOrder.

    Rows with the same words can't be told apart by what is seen, so this asks whether *some* reading of the drawings
    is right: a walk through the rows that never goes back, may stay on one (sent again after a kill or a lost
    reply), and passes by none that must appear.
    """
    reached = {-1: 0}  # the row that the last drawing may have come from → the fewest repetitions on the way there
    for number, drawing in enumerate(drawn):
        following: dict[int, int] = {}
        for place, repeated in reached.items():
            if place >= 0 and rows[place].shows == drawing.shows:
                following[place] = min(repeated + 1, following.get(place, repeated + 1))
            for later in _next_possible(rows, place):
                if rows[later].shows == drawing.shows:
                    following[later] = min(repeated, following.get(later, repeated))
        if not following:
            raise OutOfOrder(f"drawing {number} of {len(drawn)} ({drawing.method}) is not what may come there")
        reached = following
    at_the_end = [repeated for place, repeated in reached.items() if not any(r.must_appear for r in rows[place + 1 :])]
    if not at_the_end:
        raise OutOfOrder("the last rows have not appeared")
    return min(at_the_end)


def _next_possible(rows: Sequence[Posted], place: int) -> Iterator[int]:
    """The rows after this one up to the first that must appear."""
    for later in range(place + 1, len(rows)):
        yield later
        if rows[later].must_appear:
            return


def posted_by_chat(evidence: Evidence) -> Mapping[int, list[Posted]]:
    """The outbox rows of each chat as they were when they were written, with how they ended."""
    posted: dict[int, list[Posted]] = defaultdict(list)
    for row in evidence.rows(
        "SELECT w.*, outbox.state FROM witness_outbox AS w JOIN outbox ON outbox.id = w.id ORDER BY w.id"
    ):
        shows = FILE if row["kind"] == "file" else digest(json.loads(row["payload"]))
        posted[row["chat_id"]].append(Posted(row["id"], row["kind"], row["screen"], shows, row["state"]))
    return posted


def _notes_in(text: str, person_id: int) -> Iterator[str]:
    """The numbers of the notes that a text repeats."""
    for part in text.split("Notiz ")[1:]:
        if part.startswith(f"{person_id}-"):
            yield part[: len(str(person_id)) + 5]


def _differs(sent: Sequence[str], kept: Sequence[str]) -> str:
    pairs = enumerate(zip(sent, kept, strict=False))
    place = next((place for place, (one, other) in pairs if one != other), min(len(sent), len(kept)))
    first = f"{sent[place : place + 2]} / {kept[place : place + 2]}"
    return f"{len(sent)}, kept {len(kept)}, the first difference at {place}: {first}"
