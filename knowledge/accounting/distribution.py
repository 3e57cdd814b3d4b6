"""Distributes the primary overheads over the centres: by vouchers as they are, by keys in proportion.

Source: Haberstock, Kostenrechnung I, the part on cost centres (direkte und indirekte Verteilung).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from knowledge.accounting.exact import total
from knowledge.accounting.faults import Caution, shown
from knowledge.accounting.sheet import CostType, Sheet


@dataclass(frozen=True, slots=True)
class DistributedRow:
    """A cost type with its amount for each centre; a centre that bears nothing may be missing."""

    name: str
    amounts: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Distribution:
    """The rows in their order, and the primary overheads of every centre."""

    rows: tuple[DistributedRow, ...]
    primary: Mapping[str, Fraction]
    cautions: tuple[Caution, ...] = ()

    @property
    def total(self) -> Fraction:
        """All primary overheads."""
        return total(self.primary.values())


def distribute(sheet: Sheet) -> Distribution:
    """The rows and the sums; what was given without cost types (`primary`) is added to the rows."""
    rows = tuple(DistributedRow(row.name, _amounts_of(row)) for row in sheet.cost_types)
    columns: dict[str, list[Fraction]] = {centre.id: [] for centre in sheet.centres}
    for amounts in (*(row.amounts for row in rows), sheet.primary):
        for centre, amount in amounts.items():
            columns[centre].append(amount)
    primary = {centre: total(amounts) for centre, amounts in columns.items()}
    return Distribution(rows, primary, _negative_costs(sheet))


def _amounts_of(row: CostType) -> Mapping[str, Fraction]:
    """Amount of a centre = total × share ÷ sum of the shares."""
    if not row.key:
        return row.amounts
    shares = total(row.key.values())
    if not shares:  # a key of nothing but 0 is taken where there is nothing to distribute
        return dict.fromkeys(row.key, shares)
    price = row.total / shares
    return {centre: price * share for centre, share in row.key.items()}


def _negative_costs(sheet: Sheet) -> tuple[Caution, ...]:
    """Reversed entries do happen; they are taken, and told."""
    places: list[tuple[str, str, Fraction]] = [
        (f"primary.{centre}", "", amount) for centre, amount in sheet.primary.items() if amount < 0
    ]
    if sheet.special_direct_costs_production < 0:
        places.append(("special_direct_costs_production", "", sheet.special_direct_costs_production))
    for place, row in enumerate(sheet.cost_types):
        path = f"overheads[{place}]"
        if row.key and row.total < 0:
            places.append((f"{path}.total", row.name, row.total))
        places += [
            (f"{path}.amounts.{centre}", row.name, amount) for centre, amount in row.amounts.items() if amount < 0
        ]
    return tuple(
        Caution(sheet.place(path, shown(title)), "accounting.warning.negative_cost", {"amount": amount})
        for path, title, amount in places
    )
