"""The costing that a person works on: kept with every answer, and worked out with the rates of today."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialogs.accounting.costing_fields import Fields, asked_of, asks, missing
from dialogs.accounting.costing_products import may_open
from dialogs.accounting.costing_views import vat_of
from dialogs.ports.costs import CostingId, CostingInHand, ProductId, ReleasedRates
from dialogs.turn import Turn
from knowledge.accounting.costing import Costed, Costing, calculate
from knowledge.accounting.faults import AccountingError, Caution
from knowledge.accounting.json_costing import Read, read_costing
from knowledge.accounting.vat import VatKind


class WorkedOut(NamedTuple):
    """The lines of a costing, and what must not be overlooked."""

    costed: Costed
    cautions: tuple[Caution, ...]


def rates_of_today(turn: Turn) -> ReleasedRates | None:
    """The overhead rates that the manager has released for the team, if any."""
    return turn.store.cost_sheets.released_rates(turn.person.team.id, turn.today)


def in_hand(turn: Turn, costing_id: int) -> CostingInHand | None:
    """What the person works on; one that began with the team's product only while they see its costs."""
    costing = turn.store.costings.get(turn.person.id, CostingId(costing_id))
    return None if costing and costing.product and not may_open(turn) else costing


def unfinished(turn: Turn) -> CostingInHand | None:
    """The last costing, where it was left before the result."""
    last = turn.store.costings.latest(turn.person.id)
    costing = in_hand(turn, last.id) if last else None
    return costing if costing and missing(costing, rates_of_today(turn)) else None


def new(turn: Turn, fields: Fields, product: ProductId | None = None) -> CostingInHand:
    """A costing with these fields; of a product's, what it left out is not asked for again."""
    costing_id = turn.store.costings.add(turn.person.id, fields, product, turn.at)
    optional = (ask.path for ask in asks(fields, rates_of_today(turn)) if ask.is_optional)
    skipped = frozenset(optional if product else ())
    return changed(turn, CostingInHand(costing_id, fields, product=product), fields, skipped)


def changed(turn: Turn, costing: CostingInHand, fields: Fields, skipped: frozenset[str]) -> CostingInHand:
    """The costing with these fields instead, kept; `skipped` are the questions that were left out."""
    turn.store.costings.change(costing.id, fields, skipped, turn.at)
    return CostingInHand(costing.id, fields, skipped, costing.product)


def work_out(turn: Turn, costing: CostingInHand) -> WorkedOut:
    """Its result. Raises AccountingError where something is missing or does not go together."""
    read = _read(turn, costing.fields, VatKind(costing.fields.get("vat", VatKind.STANDARD)))
    if not isinstance(read.asked, Costing):
        raise TypeError("a costing in hand is no machine")
    costed = calculate(read.asked)
    return WorkedOut(costed, (*costed.cautions, *read.cautions))


def worked_out(turn: Turn, costing: CostingInHand) -> WorkedOut | None:
    """Its result; None where it has none yet."""
    if missing(costing, rates_of_today(turn)) is not None:
        return None
    try:
        return work_out(turn, costing)
    except AccountingError:
        return None


def costing_of(turn: Turn, fields: Mapping[str, Any], vat: VatKind) -> Costing | None:
    """A product's costing with the rates of today; None where it can't be worked out."""
    try:
        asked = _read(turn, fields, vat).asked
    except AccountingError:
        return None
    return asked if isinstance(asked, Costing) else None


def _read(turn: Turn, fields: Mapping[str, Any], vat: VatKind) -> Read:
    return read_costing(asked_of(fields, rates_of_today(turn), vat_of(turn, vat)))
