"""What the manager's screens have to say, line by line, from figures that were counted anew.

Numbers are written here by hand; the names of phases, objections and reasons are the content's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt
from typing import Any, Final

from knowledge.catalogue import Knowledge
from knowledge.taxonomy import ObjectionId
from tests.month.conversations import A_DAY, BERLIN, STAGES, TALKING, Days, summary_day
from tests.month.recount import Recount, next_working_day, one_of, wilson, within

WEEKDAYS: Final = ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So.")
ON: Final = ("am Montag", "am Dienstag", "am Mittwoch", "am Donnerstag", "am Freitag")
EVERY: Final = ("Montags", "Dienstags", "Mittwochs", "Donnerstags", "Freitags", "Samstags", "Sonntags")
QUALITY: Final = {"hot": "Heiß", "warm": "Warm", "cold": "Kalt"}


class Expected:
    """The screens of a team at the moment of the recount."""

    def __init__(self, recount: Recount, knowledge: Knowledge) -> None:
        self._is = recount
        self._know = knowledge
        self.today = summary_day(recount.until)
        self._order_of_reasons = [str(id_) for id_ in knowledge.loss_reasons]

    def summary(self, day: date) -> list[str]:
        """The daily summary without its suggestion; more than a quiet day is expected."""
        count = self._is
        on = one_of([day])
        lines = [*self._heading(day), self._activity(on)]
        before = count.closing(one_of(day - timedelta(weeks=back) for back in (1, 2, 3, 4)))
        lines += closing(count.closing(on), before, f"{EVERY[day.weekday()]} zuletzt")
        details = []
        stuck = [one for one in count.how_they_stall(day, day) if one[1] + one[2]]
        if stuck:
            details.append(self._stall(*stuck[0]))
        details += self._objections_and_losses(on)
        overdue, today, following = count.due(day)
        due = [f"{overdue} überfällig"] if overdue else []
        read_on = self._read_on(day)
        due += [f"{today} {'heute noch offen' if read_on == day else as_said(day, read_on)}"] if today else []
        due += [f"{following} {as_said(next_working_day(day), read_on)}"] if following else []
        seen_again = ", ohne seither Verschobenes" if day < self.today else ""
        details += [f"Nachfassen{seen_again}: " + ", ".join(due)] if due else []
        return [*lines, "", *details] if details else lines

    def _heading(self, day: date) -> Iterator[str]:
        """The team, the day for its reader, and since when it counts where that is not yesterday."""
        read_on, begins = self._read_on(day), day - timedelta(days=3 if day.weekday() == 0 else 1)
        yield f"Team Süd · {written(read_on)}" + (", bis jetzt" if day == self.today else "")
        since = f"Seit {written(begins)}, 18:00"
        if read_on != day:
            yield f"{since}; zählt zum Bericht von {written(day)}"
        elif day == self.today or day - begins > A_DAY:
            yield since

    def _read_on(self, day: date) -> date:
        return self._is.until.astimezone(BERLIN).date() if day == self.today else day

    def figures(self, day: date) -> Mapping[str, Any]:
        """The figures of the command line's JSON."""
        count, on = self._is, one_of([day])
        before = count.closing(one_of(day - timedelta(weeks=back) for back in (1, 2, 3, 4)))
        stuck = [phase for phase, hits, _ in count.stalls(day, day) if hits]
        overdue, today, following = count.due(day)
        return {
            "conversations": count.conversations(on),
            "orders": count.closing(on)[0],
            "turnover": {currency: float(amount) for currency, amount in count.turnover(on).items()},
            "closing_rate": fraction(*count.closing(on)),
            "closing_rate_before": fraction(*before),
            "stall": stuck[0] if stuck else None,
            "objections": {id_: raised for id_, (raised, _) in count.objections(on).items()},
            "loss_reasons": dict(count.losses(on)),
            "follow_ups": {"overdue": overdue, "today": today, "next": following},
            "next_day": next_working_day(day).isoformat(),
            "suggestion": self.suggestion(day),
        }

    def suggestion(self, day: date) -> Mapping[str, Any] | None:
        """The first rule that holds for the four weeks up to this day, with its numbers."""
        count, four = self._is, timedelta(weeks=4)
        first = day - four + A_DAY
        on, on_before = within(first, day), within(first - four, day - four)
        overdue = count.due(day)[0]
        if overdue >= 5:
            oldest = min(due for due, done in count.all_follow_ups if (done is None or done > day) and due < day)
            return {"rule": "overdue", "overdue": overdue, "oldest": oldest.isoformat()}
        missed, seen = count.missed_signals(on)
        if missed >= 3 and 2 * missed >= seen:
            return {"rule": "missed_signals", "missed": missed, "with_signal": seen}
        phase, stuck, visited = next(iter(count.stalls(first, day)), ("", 0, 0))
        if visited >= 5 and 2 * stuck >= visited:
            return {"rule": f"stall.{phase}", "stuck": stuck, "visited": visited}
        open_ones = [
            (raised - settled, id_, raised)
            for id_, (raised, settled) in self._by_frequency(count.objections(on))
            if raised - settled >= 3 and 2 * (raised - settled) >= raised
        ]
        if open_ones:
            unsettled, id_, raised = max(open_ones, key=lambda one: one[0])
            return {"rule": "objection", "objection": id_, "raised": raised, "unsettled": unsettled}
        losses, lost = count.losses(on), len(count.ended(on, "lost"))
        if losses:
            reason = min(losses, key=lambda id_: (-losses[id_], self._order_of_reasons.index(id_)))
            if losses[reason] >= 3 and 2 * losses[reason] >= lost:
                return {"rule": f"loss.{reason}", "times": losses[reason], "lost": lost}
        undecided, (won, decided) = len(count.ended(on, "no_decision")), count.closing(on)
        if undecided >= 3 and 3 * undecided >= decided:
            return {"rule": "undecided", "undecided": undecided, "decided": decided}
        before = count.closing(on_before)
        if beyond_chance((won, decided), before) < 0:
            return {
                "rule": "closing_rate", "won": won, "decided": decided, "won_before": before[0],
                "decided_before": before[1],
            }  # fmt: skip
        return None

    def week(self, monday: date) -> Mapping[str, list[str]]:
        """The pages of a week by their names on the buttons."""
        sunday = monday + timedelta(days=6)
        heading = f"Team Süd · Woche {written(monday)} bis {written(sunday)}"
        if monday <= self.today <= sunday:
            heading += ", bis jetzt"
        on = within(monday, sunday)
        until = max(monday, min(sunday, self.today))
        return {
            "Überblick": [heading, *self._overview(monday, on, until)],
            "Trichter": [heading, *self._funnel(on)],
            "Einwände": [heading, *self._objections(on)],
            "Geld und Dauer": [heading, *self._money(on, until)],
        }

    def _overview(self, monday: date, on: Days, until: date) -> Iterator[str]:
        count = self._is
        before = within(monday - timedelta(days=7), monday - A_DAY)
        yield self._activity(on)
        yield f"Davor: {self._activity(before)}"
        yield from closing(count.closing(on), count.closing(before), "In der Woche davor")
        yield ""
        for one in [stall for stall in count.how_they_stall(monday, until) if stall[1] + stall[2]][:2]:
            yield self._stall(*one)
        yield from self._objections_and_losses(on)
        done, due = count.kept(on, monday + timedelta(days=6))
        if due:
            seen_again = ", ohne seither Verschobenes" if monday + timedelta(days=6) < self.today else ""
            yield f"Nachgefasst{seen_again}: {share(done, due)}"

    def _funnel(self, on: Days) -> Iterator[str]:
        reached, still_open = self._is.funnel(on)
        yield f"{reached[0]} {'Gespräch' if reached[0] == 1 else 'Gespräche'}, in dieser Zeit eröffnet, Stand jetzt"
        for place, stage in enumerate(STAGES):
            line = f"{self._know.funnel[stage].label} {reached[place]}"  # type: ignore[index]
            if place and reached[place - 1] >= 5:
                line += f" ({percent(reached[place], reached[place - 1])} kamen weiter)"
            yield line
        if reached[0]:
            yield f"Konversion insgesamt: {sure(reached[4], reached[0])}"
        if still_open:
            yield "1 davon ist noch offen." if still_open == 1 else f"{still_open} davon sind noch offen."
        yield ""
        leads = self._is.leads(on)
        if not leads:
            yield "Noch kein Kontakt als heiß, warm oder kalt eingeschätzt."
        graded = [
            f"{QUALITY[of]} {judged}, davon gekauft {share(bought, judged)}" for of, (bought, judged) in leads.items()
        ]
        if graded:
            yield "Wie heute eingeschätzt: " + "; ".join(graded)

    def _objections(self, on: Days) -> Iterator[str]:
        raised = self._is.raised(on)
        if not raised:
            yield "Keine Einwände."
        for phase in (*TALKING, "follow_up"):
            here = [one for one in raised if one[1] == phase]
            if here:
                times = {id_: (sum(one[0] == id_ for one in here), 0) for id_ in {one[0] for one in here}}
                named = self._named(self._know.objections, self._by_frequency(times)[:3])
                yield f"{self._know.phases[phase].label} {len(here)}: {named}"  # type: ignore[index]
        missed, seen = self._is.missed_signals(on)
        if seen:
            yield f"Kaufsignal ohne Abschlussversuch: {share(missed, seen)}"
        yield ""
        yield "Verloren: " + (self._reasons(on, 99) or "nichts")

    def _money(self, on: Days, until: date) -> Iterator[str]:
        cycle = self._is.cycle(on)
        if cycle is None:
            yield "Verkaufszyklus: noch kein Auftrag"
        else:
            days = f"{cycle[0].normalize():f}".replace(".", ",")
            yield f"Verkaufszyklus: {days} {'Tag' if cycle[0] == 1 else 'Tage'}, Median (Aufträge: {cycle[1]})"
        yield "CAC: keine Kosten eingetragen; /kosten"
        young = "; ein ganzes Jahr ist noch nicht beobachtet" if self._is.founded > until - timedelta(days=364) else ""
        for currency, amount in self._is.lifetime(until).items():
            yield f"Kundenwert (CLV): {money(amount, currency)}, mit 3 Jahren gerechnet{young}"

    def _activity(self, on: Days) -> str:
        talks, orders = self._is.conversations(on), self._is.closing(on)[0]
        parts = [
            f"{talks} Gespräch" + ("e" if talks != 1 else ""),
            f"{orders} " + ("Auftrag" if orders == 1 else "Aufträge"),
        ]
        amounts = [money(amount, currency) for currency, amount in self._is.turnover(on).items()]
        parts += [" + ".join(amounts)] if amounts else []
        without = self._is.orders_without_amount(on)
        return ", ".join([*parts, *([f"{without} ohne Betrag"] if without else [])])

    def _stall(self, phase: str, ended: int, lingers: int, visited: int) -> str:
        how = [f"{'endete' if ended == 1 else 'endeten'} {ended} ohne Auftrag"] if ended else []
        how += [f"{'steht' if lingers == 1 else 'stehen'} {lingers} länger als üblich"] if lingers else []
        few = "nur " if visited < 5 else ""
        label = self._know.phases[phase].label  # type: ignore[index]
        return f"Es hakt in: {label} (von {few}{visited} dort {', '.join(how)})"

    def _objections_and_losses(self, on: Days) -> Iterator[str]:
        objections = self._by_frequency(self._is.objections(on))
        if objections:
            yield f"Einwände: {self._named(self._know.objections, objections[:3])}"
        if reasons := self._reasons(on, 3):
            yield f"Verloren: {reasons}"

    def _reasons(self, on: Days, at_most: int) -> str:
        losses = self._is.losses(on)
        often = sorted(losses, key=lambda id_: (-losses[id_], self._order_of_reasons.index(id_)))
        return self._named(self._know.loss_reasons, [(id_, (losses[id_], 0)) for id_ in often[:at_most]])

    def _by_frequency(self, counts: Mapping[str, tuple[int, int]]) -> list[tuple[str, tuple[int, int]]]:
        order = [str(id_) for id_ in ObjectionId]
        return sorted(counts.items(), key=lambda one: (-one[1][0], order.index(one[0])))

    @staticmethod
    def _named(entries: Mapping[Any, Any], counts: Iterable[tuple[str, tuple[int, int]]]) -> str:
        named = [f"{entries[id_].label} {times}" for id_, (times, _) in counts]
        return ("; " if any("," in words for words in named) else ", ").join(named)


def closing(now: Sequence[int], before: Sequence[int], when: str) -> Iterator[str]:
    """The lines about the closing rate: (won, decided) now and before."""
    if not now[1]:
        return
    yield f"Abschlussquote {sure(*now)}"
    if before[1]:
        more = ": mehr als Zufall" if beyond_chance(now, before) else ""
        yield f"{when} {percent(*before) if before[1] >= 5 else f'{before[0]} von {before[1]}'}{more}"


def beyond_chance(now: Sequence[int], before: Sequence[int]) -> int:
    """-1 where the share fell by more than chance explains (Newcombe's method 10), 1 where it rose, else 0."""
    if now[1] < 5 or before[1] < 5:
        return 0
    (low, high), (its_low, its_high) = wilson(*now), wilson(*before)
    share_now, share_before = now[0] / now[1], before[0] / before[1]
    down = sqrt((share_now - low) ** 2 + (its_high - share_before) ** 2)
    up = sqrt((high - share_now) ** 2 + (share_before - its_low) ** 2)
    difference = share_now - share_before
    return -1 if difference + up < 0 else 1 if difference - down > 0 else 0


def share(hits: int, cases: int) -> str:
    counted = f"{hits} von {cases}"
    return counted if cases < 5 else f"{percent(hits, cases)} ({counted})"


def sure(hits: int, cases: int) -> str:
    if cases < 5:
        return f"{hits} von {cases}"
    low, high = (half_up(Decimal(end) * 100) for end in wilson(hits, cases))
    return f"{percent(hits, cases)} ({hits} von {cases}; Spanne {low} bis {high} %)"


def percent(hits: int, cases: int) -> str:
    return f"{half_up(Decimal(hits * 100) / cases)} %"


def fraction(hits: int, cases: int) -> float | None:
    return None if cases < 5 else round(hits / cases, 4)


def half_up(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1), ROUND_HALF_UP)


def money(amount: Decimal, currency: str) -> str:
    whole, cents = divmod(int(amount * 100), 100)
    mark = "’" if currency == "CHF" else "."
    digits = f"{whole:,}".replace(",", mark)
    if cents:
        digits += ("." if currency == "CHF" else ",") + f"{cents:02}"
    return f"CHF {digits}" if currency == "CHF" else f"{digits} €"


def as_said(day: date, today: date) -> str:
    return "morgen" if day - today == A_DAY else ON[day.weekday()]


def written(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]}, {day.day}.{day.month}."
