"""What stands in the tables of the team's workbook and CSV: no seller, no time of day, no note, no order of events.

Rows of conversations carry no customer and no amount; outcomes carry the name or alias. Steps are sums by phase.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from bot.reports.team_tables import Column, Kind, Rate, Table, Value
from bot.reports.team_trend import trend
from dialogs.exporting.figures import as_of, figures_of_span
from dialogs.reports.explained import about_words
from dialogs.reports.facts import TeamFacts
from dialogs.reports.words import Words
from knowledge.figures.activity import conversations
from knowledge.figures.definitions import Figure, FigureId
from knowledge.figures.funnel import funnel, stage
from knowledge.figures.losses import loss_reasons
from knowledge.figures.matters import Matter, Raised, Span
from knowledge.figures.share import Share
from knowledge.figures.stalls import PHASES, stalls
from knowledge.language.money import Money
from knowledge.taxonomy import LossReasonId, ObjectionId, OutcomeId, PhaseId

WIDE: Final = 30


class TeamRows:
    """The tables of a span, in the words of one language."""

    def __init__(self, facts: TeamFacts, span: Span, words: Words, steps: Mapping[PhaseId, int]) -> None:
        self._facts = facts
        self._span = span
        self._words = words
        self._steps = steps
        self._know = words.knowledge

    def figures(self) -> Table:
        """Each figure: its value, the cases behind it, how sure it is, the numbers that went in, what it means."""
        columns = (
            self._column("figure", Kind.WORDS, WIDE), self._column("about", Kind.WORDS, 24),
            self._column("value", Kind.AMOUNT, 16), self._column("unit", Kind.WORDS, 12),
            self._column("hits", Kind.COUNT, 10), self._column("cases", Kind.COUNT, 10),
            self._column("low", Kind.SHARE, 10), self._column("high", Kind.SHARE, 10),
            self._column("made_of", Kind.PROSE, 40), self._column("meaning", Kind.PROSE, 56),
        )  # fmt: skip
        rows = [self._figure(figure) for figure in figures_of_span(self._facts, self._span)]
        return Table(self._say("figures"), columns, rows)

    def weeks(self) -> Table:
        """Week by week; without the closing rate where the team is too small for it."""
        columns = [
            self._column("week", Kind.DAY), self._column("conversations", Kind.COUNT),
            self._column("orders", Kind.COUNT),
            Column(self._words.say("export.column.turnover", currency=self._facts.team.currency), Kind.AMOUNT, 18),
        ]  # fmt: skip
        weeks = trend(self._facts, self._span.first, as_of(self._facts, self._span))
        rows: list[list[Value]] = [[week.span.first, week.conversations, week.orders, week.amount] for week in weeks]
        if not self._facts.only_sums:
            columns += [
                self._column("decided", Kind.COUNT), self._column("won", Kind.COUNT),
                self._column("closing_rate", Kind.SHARE),
            ]  # fmt: skip
            for row, week in zip(rows, weeks, strict=True):
                row += [week.closing.cases, week.closing.hits, week.closing.rate]
        return Table(self._say("weeks"), columns, rows)

    def conversations(self) -> Table:
        """The conversations that the figure counts, a row each."""
        columns = (
            self._column("opened", Kind.DAY), self._column("phase", Kind.WORDS, 18),
            self._column("stage", Kind.WORDS, 18), self._column("target_group", Kind.WORDS, 20),
            self._column("acquisition", Kind.WORDS, 20), self._column("quality", Kind.WORDS, 12),
            self._column("objections", Kind.COUNT, 12), self._column("still_open", Kind.COUNT, 12),
            self._column("signals", Kind.COUNT, 12), self._column("outcome", Kind.WORDS, 22),
        )  # fmt: skip
        rows = [self._conversation(matter) for matter in self._facts.matters if self._counts(matter)]
        return Table(self._say("conversations"), columns, sorted(rows, key=_by_what_it_says))

    def phases(self) -> Table:
        """Each phase: who was there, who stuck, and how many steps were taken, as sums."""
        columns = (
            self._column("phase", Kind.WORDS, 20), self._column("conversations", Kind.COUNT),
            self._column("began", Kind.COUNT), self._column("ended", Kind.COUNT, 20),
            self._column("lingering", Kind.COUNT, 20), self._column("objections", Kind.COUNT),
            self._column("steps", Kind.COUNT),
        )  # fmt: skip
        until = Span(self._span.first, as_of(self._facts, self._span))
        stuck = {figure.about: figure for figure in stalls(self._facts.matters, until)}
        raised = Counter(one.phase for one in self._raised())
        rows: list[list[Value]] = []
        for phase in (*PHASES, PhaseId.FOLLOW_UP):
            stall = stuck.get(phase)
            visited, ended, lingering = (stall.count(name) if stall else 0 for name in FigureId.STALL.numbers)
            began = sum(
                stay.phase is phase and stay.since in self._span
                for matter in self._facts.matters
                for stay in matter.stays
            )
            label, steps = self._know.phases[phase].label, self._steps.get(phase, 0)
            rows.append([label, visited, began, ended, lingering, raised[phase], steps])
        return Table(self._say("phases"), columns, rows)

    def outcomes(self) -> Table:
        """How conversations ended, with the customer's name or alias, by day and name."""
        columns = (
            self._column("day", Kind.DAY), self._column("customer", Kind.WORDS, WIDE),
            self._column("outcome", Kind.WORDS, 22), self._column("amount", Kind.AMOUNT, 16),
            self._column("currency", Kind.WORDS, 10), self._column("reason", Kind.WORDS, 28),
            self._column("target_group", Kind.WORDS, 20), self._column("acquisition", Kind.WORDS, 20),
        )  # fmt: skip
        rows: list[list[Value]] = []
        for matter in self._facts.matters:
            ending = matter.ending
            if ending is None or ending.day not in self._span:
                continue
            rows.append(
                [
                    ending.day,
                    self._facts.customers.get(matter.id) or self._words.say("report.nameless"),
                    self._know.outcomes[ending.outcome].label,
                    ending.amount.amount if ending.amount else None,
                    ending.amount.currency if ending.amount else None,
                    self._know.loss_reasons[ending.loss_reason].label if ending.loss_reason else None,
                    self._know.target_groups[matter.target_group].label,
                    self._know.acquisition[matter.acquisition].label,
                ]
            )
        return Table(self._say("outcomes"), columns, sorted(rows, key=_by_what_it_says))

    def losses(self) -> Table:
        """Why customers stayed with no, the most frequent reason first."""
        columns = (
            self._column("reason", Kind.WORDS, WIDE), self._column("times", Kind.COUNT),
            self._column("share", Kind.SHARE),
        )  # fmt: skip
        rows: list[list[Value]] = [
            [self._know.loss_reasons[LossReasonId(str(one.about))].label, one.value.hits, one.value.rate]
            for one in loss_reasons(self._facts.matters, self._span)
        ]
        return Table(self._say("losses"), columns, rows)

    def objections(self) -> Table:
        """Each objection in each phase that it came up in, and whether it was settled."""
        columns = (
            self._column("objection", Kind.WORDS, WIDE), self._column("phase", Kind.WORDS, 20),
            self._column("raised", Kind.COUNT), self._column("settled", Kind.COUNT),
            self._column("still_open", Kind.COUNT),
        )  # fmt: skip
        together: dict[tuple[ObjectionId, PhaseId], list[Raised]] = defaultdict(list)
        for one in self._raised():
            together[one.objection, one.phase].append(one)
        order = list(PhaseId)
        rows: list[list[Value]] = []
        for id_, phase in sorted(together, key=lambda key: (list(ObjectionId).index(key[0]), order.index(key[1]))):
            here = together[id_, phase]
            settled = sum(one.settled for one in here)
            rows.append(
                [
                    self._know.objections[id_].label, self._know.phases[phase].label, len(here), settled,
                    len(here) - settled,
                ]
            )  # fmt: skip
        return Table(self._say("objections"), columns, rows)

    def funnel(self) -> Table:
        """The stages of the conversations opened in the span, as they stand now."""
        columns = (
            self._column("stage", Kind.WORDS, 20), self._column("reached", Kind.COUNT),
            self._column("standing", Kind.COUNT), self._column("conversion", Kind.SHARE, 20),
        )  # fmt: skip
        own = funnel(self._facts.matters, self._span)
        rows: list[list[Value]] = [
            [
                self._know.funnel[count.stage].label, count.reached, count.standing,
                own.steps[place - 1].value.rate if place else None,
            ]
            for place, count in enumerate(own.stages)
        ]  # fmt: skip
        return Table(self._say("funnel"), columns, rows)

    def _figure(self, figure: Figure[object]) -> list[Value]:
        words, value = self._words, figure.value
        shares: list[Value] = [None, None, None, None]
        number: Value = None
        unit = words.say(figure.id.unit.words)
        match value:
            case Share():
                interval = value.interval
                number, unit = None if value.rate is None else Rate(value.rate), words.say("export.share")
                shares = [value.hits, value.cases, *((interval.low, interval.high) if interval else (None, None))]
            case Money():
                number, unit = value.amount, value.currency
            case int() | Decimal():
                number = value
        return [
            words.say(figure.id.name_words),
            about_words(words, figure) or None,
            number,
            unit,
            *shares,
            words.say(figure.id.formula_words, **dict(figure.numbers)),
            words.say(figure.id.source_words),
        ]

    def _conversation(self, matter: Matter) -> list[Value]:
        know = self._know
        return [
            matter.opened,
            know.phases[matter.phase].label,
            know.funnel[stage(matter)].label,
            know.target_groups[matter.target_group].label,
            know.acquisition[matter.acquisition].label,
            self._words.say(f"report.quality.{matter.quality}") if matter.quality else None,
            len(matter.objections),
            sum(not one.settled for one in matter.objections),
            len(matter.signals),
            know.outcomes[matter.outcome].label if matter.outcome else self._waiting(matter),
        ]

    def _waiting(self, matter: Matter) -> str | None:
        return self._know.outcomes[OutcomeId.POSTPONED].label if matter.waits_until else None

    def _counts(self, matter: Matter) -> bool:
        return conversations((matter,), self._span).value == 1

    def _raised(self) -> Iterator[Raised]:
        return (one for matter in self._facts.matters for one in matter.objections if one.day in self._span)

    def _column(self, name: str, kind: Kind, width: int = 16) -> Column:
        return Column(self._words.say(f"export.column.{name}"), kind, width)

    def _say(self, name: str) -> str:
        return self._words.say(f"export.{name}")


def _by_what_it_says(row: Sequence[Value]) -> tuple[str, ...]:
    """By day, then by what can be read: the order in which things were entered would tell who did it."""
    return tuple("" if value is None else str(value) for value in row)
