"""The figures of a month, counted once more from the raw rows: plain SQL and plain Python, nothing of the bot."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from math import sqrt
from pathlib import Path

from tests.month.conversations import DECIDED, TALKING, Conversation, Days, RawStep, summary_day


def next_working_day(day: date) -> date:
    """The day of the next summary."""
    return day + timedelta(days=3 if day.weekday() == 4 else 1)


class Recount:
    """A team as its rows stood at a moment (exclusive)."""

    def __init__(self, database: Path, until: datetime) -> None:
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        stamp = until.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        self.until = until
        rows = connection.execute(
            "SELECT c.id, k.name, k.quality, k.acquisition, k.target_group, k.first_contact, c.customer_id"
            " FROM conversation c JOIN customer k ON k.id = c.customer_id ORDER BY c.id"
        ).fetchall()
        self.all = []
        for row in rows:
            steps = [
                RawStep(seq, summary_day(datetime.fromisoformat(at).replace(tzinfo=UTC)), trigger, to, json.loads(said))
                for seq, at, trigger, to, said in connection.execute(
                    "SELECT seq, at, trigger, target, payload FROM step"
                    " WHERE conversation_id = ? AND at < ? ORDER BY seq",
                    (row["id"], stamp),
                )
            ]
            if steps:
                self.all.append(Conversation(row, steps))
        self.reminders = [
            (date.fromisoformat(due), date.fromisoformat(done) if done else None)
            for due, done in connection.execute("SELECT due_on, done_on FROM reminder WHERE created_at < ?", (stamp,))
        ]
        (founded,) = connection.execute("SELECT created_at FROM team").fetchone()
        self.founded = datetime.fromisoformat(founded).date()
        self.took_place = [one for one in self.all if one.outcome != "cancelled"]
        connection.close()

    def ended(self, on: Days, *outcomes: str) -> list[Conversation]:
        return [one for one in self.all if one.ended and on(one.ended) and one.outcome in outcomes]

    def conversations(self, on: Days) -> int:
        return sum(one.has_moved(on) for one in self.all)

    def turnover(self, on: Days) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = {}
        for one in self.ended(on, "won"):
            if one.amount:
                amount, currency = one.amount
                sums[currency] = sums.get(currency, Decimal(0)) + amount
        return dict(sorted(sums.items()))

    def orders_without_amount(self, on: Days) -> int:
        return sum(one.amount is None for one in self.ended(on, "won"))

    def closing(self, on: Days) -> tuple[int, int]:
        """(won, decided)."""
        return len(self.ended(on, "won")), len(self.ended(on, *DECIDED))

    def losses(self, on: Days) -> Counter[str]:
        return Counter(one.reason for one in self.ended(on, "lost") if one.reason)

    def raised(self, on: Days) -> list[tuple[str, str, date, bool]]:
        return [raised for one in self.all for raised in one.objections if on(raised[2])]

    def objections(self, on: Days) -> dict[str, tuple[int, int]]:
        """(raised, settled) by objection."""
        found = self.raised(on)
        return {
            id_: (sum(one[0] == id_ for one in found), sum(one[0] == id_ and one[3] for one in found))
            for id_ in {one[0] for one in found}
        }

    def due(self, day: date) -> tuple[int, int, int]:
        """(overdue, today, up to the next working day) on the evening of a day."""
        standing = [due for due, done in self.all_follow_ups if done is None or done > day]
        following = next_working_day(day)
        return sum(due < day for due in standing), standing.count(day), sum(day < due <= following for due in standing)

    def kept(self, on: Days, last: date) -> tuple[int, int]:
        due = [one for one in self.all_follow_ups if on(one[0])]
        return sum(done is not None and done <= last for _, done in due), len(due)

    def missed_signals(self, on: Days) -> tuple[int, int]:
        seen = [
            one
            for one in self.took_place
            if any(phase in ("presentation", "negotiation") and on(day) for _, phase, day in one.signals)
        ]
        return sum(one.outcome != "won" and "closing" not in [s[0] for s in one.stays] for one in seen), len(seen)

    def funnel(self, on: Days) -> tuple[list[int], int]:
        """How many came at least to each stage, of those opened on these days; and how many are open."""
        opened = [one for one in self.took_place if on(one.opened)]
        reached = [sum(one.furthest >= stage for one in opened) for stage in range(5)]
        return reached, sum(one.final is None for one in opened)

    def cycle(self, on: Days) -> tuple[Decimal, int] | None:
        """(median of days, orders)."""
        days = []
        for one in self.ended(on, "won"):
            known = one.row["first_contact"]
            first = min(date.fromisoformat(known), one.opened) if known else one.opened
            assert one.ended is not None
            days.append((one.ended - first).days)
        if not days:
            return None
        days.sort()
        half = len(days) // 2
        middle = [days[half]] if len(days) % 2 else days[half - 1 : half + 1]
        return Decimal(sum(middle)) / len(middle), len(days)

    def leads(self, on: Days) -> dict[str, tuple[int, int]]:
        """(bought, judged so) by quality."""
        opened = [one for one in self.took_place if on(one.opened) and one.row["quality"]]
        return {
            quality: (sum(one.outcome == "won" for one in of), len(of))
            for quality in ("hot", "warm", "cold")
            if (of := [one for one in opened if one.row["quality"] == quality])
        }

    def lifetime(self, until: date) -> dict[str, Decimal]:
        """Turnover of 365 days × 3 years ÷ customers, by currency, in cents, half up."""
        year = [one for one in self.ended(lambda day: until - timedelta(days=365) < day <= until, "won") if one.amount]
        found = {}
        for currency in sorted({one.amount[1] for one in year if one.amount}):
            of = [one for one in year if one.amount and one.amount[1] == currency]
            total = sum((one.amount[0] for one in of if one.amount), Decimal(0))
            customers = len({one.row["customer_id"] for one in of})
            cents = int(total * 300 / customers * 2 + 1) // 2
            found[currency] = Decimal(cents) / 100
        return found

    def stalls(self, first: date, last: date) -> list[tuple[str, int, int]]:
        """(phase, stuck, were there), the surest first, those with too few cases last."""
        return [(phase, ended + lingers, cases) for phase, ended, lingers, cases in self.how_they_stall(first, last)]

    def how_they_stall(self, first: date, last: date) -> list[tuple[str, int, int, int]]:
        """(phase, ended there, linger there, were there), in the same order."""
        usual = self._usual(last)
        found = []
        for place, phase in enumerate(TALKING):
            there = [one for one in self.took_place if _was_there(one, phase, first, last)]
            ended = sum(
                one.stays[-1][0] == phase
                and one.outcome in ("lost", "no_decision")
                and one.ended is not None
                and first <= one.ended <= last
                for one in there
            )
            lingers = 0
            for one in there:
                limit = usual(phase, one.group)
                waits = one.waits_until is not None and one.waits_until > last
                if one.is_over(last) or waits or one.on_evening(last) != phase or limit is None:
                    continue
                lingers += one.days_in(phase, last) > limit
            if there:
                sure = wilson(ended + lingers, len(there))[0]
                found.append((len(there) < 5, -sure, place, phase, ended, lingers, len(there)))
        return [one[3:] for one in sorted(found)]

    def _usual(self, day: date) -> Callable[[str, str], int | None]:
        """How long three of four stayed in a phase before they went on, of the group or of all."""
        gone: list[tuple[str, str, int]] = []
        for one in self.took_place:
            if one.outcome == "won" and one.is_over(day):
                phases = {phase for phase, _, _ in one.stays}
            else:
                phases = {phase for phase, since, _ in one.stays if since <= day} - {one.on_evening(day)}
            gone += [(phase, one.group, one.days_in(phase, day)) for phase in phases]

        def limit(phase: str, group: str) -> int | None:
            for of in (
                [days for there, its, days in gone if there == phase and its == group],
                [days for there, _, days in gone if there == phase],
            ):
                if len(of) >= 5:
                    of.sort()
                    return next(value for rank, value in enumerate(of, 1) if rank >= len(of) * 0.75)
            return None

        return limit

    @cached_property
    def all_follow_ups(self) -> list[tuple[date, date | None]]:
        """(due, done) of all tasks, postponements and reminders."""
        return [*(due for one in self.all for due in one.follow_ups), *self.reminders]


def _was_there(one: Conversation, phase: str, first: date, last: date) -> bool:
    return any(stay[0] == phase and stay[1] <= last and (one.left(stay) or last) >= first for stay in one.stays)


def wilson(hits: int, cases: int) -> tuple[float, float]:
    """Wilson's interval, 95 %, in floats."""
    z, share = 1.959963984540054, hits / cases
    middle = share + z * z / (2 * cases)
    reach = z * sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases))
    scale = 1 + z * z / cases
    return (0.0 if hits == 0 else (middle - reach) / scale), (1.0 if hits == cases else (middle + reach) / scale)


def within(first: date, last: date) -> Days:
    """The days from the first to the last."""
    return lambda day: first <= day <= last


def one_of(days: Iterable[date]) -> Days:
    """These days."""
    known = set(days)
    return lambda day: day in known
