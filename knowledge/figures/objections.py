"""Objections (Einwände): in which phase they come up, which ones recur, and what settled them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.figures.definitions import Figure, FigureId
from knowledge.figures.matters import Matter, Raised, Span
from knowledge.figures.share import Share
from knowledge.taxonomy import ObjectionId, PhaseId, TechniqueId


@dataclass(frozen=True, slots=True)
class Recurring:
    """An objection, in how many conversations it was settled of those it came up in, and by what, most often first."""

    objection: ObjectionId
    settled: Share
    techniques: tuple[tuple[TechniqueId, int], ...]

    @property
    def unsettled(self) -> int:
        """In how many conversations it stayed open."""
        return self.settled.cases - self.settled.hits


@dataclass(frozen=True, slots=True)
class InPhase:
    """The objections of a phase: their share of all objections, and each with its number, most often first."""

    phase: PhaseId
    share: Figure[Share]
    objections: tuple[tuple[ObjectionId, int], ...]


def objections_by_phase(matters: Iterable[Matter], span: Span) -> tuple[InPhase, ...]:
    """The objections raised in the span, by phase in the order of the method; phases without one are left out."""
    raised = _raised(matters, span)
    return tuple(
        _in_phase(phase, here, len(raised))
        for phase in PhaseId
        if (here := [one for one in raised if one.phase is phase])
    )


def recurring_objections(matters: Iterable[Matter], span: Span) -> tuple[Recurring, ...]:
    """The objections raised in the span, the most frequent first; equal ones in the order of the taxonomy."""
    of: dict[ObjectionId, list[Raised]] = {}
    for one in _raised(matters, span):
        of.setdefault(one.objection, []).append(one)
    present = sorted((id_ for id_ in ObjectionId if id_ in of), key=lambda id_: -len(of[id_]))
    return tuple(_recurring(id_, of[id_]) for id_ in present)


def _raised(matters: Iterable[Matter], span: Span) -> list[Raised]:
    return [raised for matter in matters for raised in matter.objections if raised.day in span]


def _in_phase(phase: PhaseId, here: list[Raised], everywhere: int) -> InPhase:
    times = Counter(one.objection for one in here)
    numbers = {"raised": len(here), "objections": everywhere}
    counts = sorted(((id_, times[id_]) for id_ in ObjectionId if times[id_]), key=lambda count: -count[1])
    figure = Figure(FigureId.OBJECTION_PHASE, Share(len(here), everywhere), numbers, phase)
    return InPhase(phase, figure, tuple(counts))


def _recurring(id_: ObjectionId, raised: list[Raised]) -> Recurring:
    settled = [one for one in raised if one.settled]
    helped = Counter(technique for one in settled for technique in one.techniques)
    order = sorted((technique for technique in TechniqueId if helped[technique]), key=lambda known: -helped[known])
    techniques = tuple((technique, helped[technique]) for technique in order)
    return Recurring(id_, Share(len(settled), len(raised)), techniques)
