"""A conversation as its raw rows tell it, for counting figures a second time: nothing of the bot is used.

Where the bot reads a conversation forward as a small machine, this looks back at finished lists: which moves were
not taken back, what was said last, when it was said first.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

BERLIN: Final = ZoneInfo("Europe/Berlin")
SUMMARY_AT: Final = time(18)
TALKING: Final = ("relationship", "analysis", "presentation", "negotiation", "closing")
STAGES: Final = ("awareness", "interest", "decision", "action", "retention")
STAGE: Final = dict(zip(TALKING, (0, 1, 2, 2, 3), strict=True))
BESIDE: Final = {"tick", "objection", "signal", "task", "details", "correct", "price"}
OVER: Final = ("won", "lost", "no_decision", "cancelled")
DECIDED: Final = OVER[:3]
A_DAY: Final = timedelta(days=1)

Days = Callable[[date], bool]


def summary_day(at: datetime) -> date:
    """The day of the summary that a moment belongs to: after six it is the next day, after Friday Monday."""
    local = at.astimezone(BERLIN)
    day = local.date() + (A_DAY if local.time() >= SUMMARY_AT else timedelta())
    while day.weekday() > 4:
        day += A_DAY
    return day


@dataclass(frozen=True)
class RawStep:
    """A row of the table of steps."""

    seq: int
    day: date
    trigger: str
    to: str
    said: dict[str, Any]


class Conversation:
    """One conversation, from its rows up to a moment."""

    def __init__(self, row: sqlite3.Row, steps: Sequence[RawStep]) -> None:
        self.row = row
        self.steps = steps
        taken_back = {
            other.seq
            for step in steps
            if step.trigger == "undo"
            for other in steps
            if step.said["undone"] <= other.seq < step.seq and other.trigger not in BESIDE
        }
        self.moves = [step for step in steps if step.trigger not in BESIDE | {"undo"} and step.seq not in taken_back]
        self.opened = steps[0].day

    @cached_property
    def stays(self) -> list[tuple[str, date, date | None]]:
        """(phase, since, left on) of each time in a phase of the talk."""
        entered = [(self.moves[0].to, self.moves[0].day)]
        left: list[date] = []
        here = self.moves[0].to
        for move in self.moves[1:]:
            if move.to == here:
                continue
            if here != "follow_up":
                left.append(move.day)
            if move.to != "follow_up":
                entered.append((move.to, move.day))
            here = move.to
        untils: list[date | None] = [*left, None]
        return [(phase, since, untils[place]) for place, (phase, since) in enumerate(entered)]

    @cached_property
    def final(self) -> RawStep | None:
        """The move that ended it, if that stands."""
        last = [move for move in self.moves if "outcome" in move.said]
        return last[-1] if last and last[-1].said["outcome"] in OVER else None

    @property
    def outcome(self) -> str | None:
        return self.final.said["outcome"] if self.final else None

    @cached_property
    def ended(self) -> date | None:
        """The day on which an outcome was first given, with no talk in between."""
        if self.final is None:
            return None
        here, fresh_since = self.moves[0].to, 0
        for move in self.moves:
            if move.seq >= self.final.seq:
                break
            goes_on = move.to not in (here, "follow_up")
            if goes_on or move.said.get("outcome") == "postponed":
                fresh_since = move.seq
            here = move.to
        return next(step.day for step in self.steps if step.seq > fresh_since and step.said.get("outcome") in OVER)

    def _latest(self, key: str) -> Any:
        assert self.final is not None
        later = [step for step in self.steps if step.trigger == "correct" and step.seq > self.final.seq]
        said = [step.said[key] for step in (self.final, *later) if step.said.get(key) is not None]
        return said[-1] if said else None

    @property
    def amount(self) -> tuple[Decimal, str] | None:
        amount = self._latest("amount")
        return None if amount is None else (Decimal(str(amount)), self._latest("currency") or "EUR")

    @property
    def reason(self) -> str | None:
        reason = self._latest("loss_reason")
        return None if reason is None else str(reason)

    @cached_property
    def objections(self) -> list[tuple[str, str, date, bool]]:
        """(which, in which phase, on which day, settled) of each that was not a slip."""
        found = []
        of = [step for step in self.steps if step.trigger == "objection"]
        for id_ in dict.fromkeys(step.said["id"] for step in of):
            mine = [step for step in of if step.said["id"] == id_]
            slips = [step.seq for step in mine if step.said["state"] == "withdrawn"]
            mine = [step for step in mine if step.seq > max(slips, default=0)]
            if mine:
                found.append((id_, mine[0].said["phase"], mine[0].day, mine[-1].said["state"] == "settled"))
        return found

    @cached_property
    def signals(self) -> list[tuple[str, str, date]]:
        """(which, in which phase, on which day)."""
        found = []
        of = [step for step in self.steps if step.trigger == "signal"]
        for key in dict.fromkeys((step.said["id"], step.said["phase"]) for step in of):
            mine = [step for step in of if (step.said["id"], step.said["phase"]) == key]
            gone = [step.seq for step in mine if not step.said["seen"]]
            mine = [step for step in mine if step.seq > max(gone, default=0)]
            if mine:
                found.append((*key, mine[0].day))
        return found

    @cached_property
    def waits_until(self) -> date | None:
        """The day to which it is postponed, if it still is."""
        pauses = [move for move in self.moves if move.trigger == "postpone" or self._ends_a_wait(move)]
        if not pauses or pauses[-1].trigger != "postpone":
            return None
        return self._until(pauses[-1])

    def _ends_a_wait(self, move: RawStep) -> bool:
        return move.trigger == "resume" and "until" in move.said

    def _until(self, postponed: RawStep, before: int = 10**9) -> date:
        corrected = [
            step.said["until"]
            for step in self.steps
            if step.trigger == "correct" and step.said.get("until") and postponed.seq < step.seq < before
        ]
        return date.fromisoformat([postponed.said["until"], *corrected][-1])

    @cached_property
    def follow_ups(self) -> list[tuple[date, date | None]]:
        """(due, done) of dated tasks once it has an outcome, and of postponements."""
        found: list[tuple[date, date | None]] = []
        if self.final is not None or self.waits_until is not None:
            of = [step for step in self.steps if step.trigger == "task"]
            for name in {step.said["task"] for step in of}:
                due: date | None = None
                for step in (one for one in of if one.said["task"] == name):
                    if step.said["state"] == "done" and due is not None:
                        found.append((due, step.day))
                    due = date.fromisoformat(step.said["due"]) if step.said["state"] == "dated" else None
                if due is not None:
                    found.append((due, None))
        for place, move in enumerate(self.moves):
            if move.trigger == "postpone":
                back = next((later for later in self.moves[place:] if self._ends_a_wait(later)), None)
                due = self._until(move, back.seq if back else 10**9)
                found.append((due, back.day if back else None))
        return found

    def _details(self, key: str) -> str | None:
        said = [step.said[key] for step in self.steps if step.said.get(key) and step.trigger in ("start", "details")]
        return said[-1] if said else None

    @property
    def group(self) -> str:
        return self._details("target_group") or self.row["target_group"] or "b2b"

    @property
    def channel(self) -> str:
        return self._details("acquisition") or self.row["acquisition"] or "warm"

    @property
    def furthest(self) -> int:
        return 4 if self.outcome == "won" else max(STAGE[phase] for phase, _, _ in self.stays)

    def has_moved(self, on: Days) -> bool:
        """Whether it counts as a conversation of these days."""
        days = [self.opened, *(since for _, since, _ in self.stays), *(seen[2] for seen in self.signals)]
        days += [raised[2] for raised in self.objections]
        days += [self.ended] if self.ended else []
        return self.outcome != "cancelled" and any(map(on, days))

    # For where it stalls

    def left(self, stay: tuple[str, date, date | None]) -> date | None:
        """When a stay was over; an outcome ends it."""
        if stay[2] is None and self.ended is not None:
            return max(self.ended, stay[1])
        return stay[2]

    def on_evening(self, day: date) -> str:
        begun = [phase for phase, since, _ in self.stays if since <= day]
        return begun[-1] if begun else self.stays[0][0]

    def days_in(self, phase: str, until: date) -> int:
        return sum(
            (min(self.left(stay) or until, until) - stay[1]).days
            for stay in self.stays
            if stay[0] == phase and stay[1] <= until
        )

    def is_over(self, day: date) -> bool:
        return self.ended is not None and self.ended <= day
