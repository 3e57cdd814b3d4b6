"""The rows above the bases: cost types, sums, allocations, read from top to bottom with running sums."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from knowledge.accounting.exact import total
from knowledge.accounting.faults import Caution, FaultParam, Findings, shown
from knowledge.accounting.grid import Cell
from knowledge.accounting.sheet import NOTHING, Allocation, CostType, Method
from knowledge.accounting.table_heading import Column, Heading
from knowledge.accounting.table_keys import key_of
from knowledge.accounting.table_layout import Row
from knowledge.accounting.table_ledger import Ledger, nearly
from knowledge.accounting.table_names import plain
from knowledge.accounting.table_rows import allocated_name, unit_of
from knowledge.accounting.table_values import Values, is_nothing

ALL: Final = 100
"""Per cent that the shares of a whole are."""


@dataclass
class Costs:
    """What was read so far; `places` by paths as in JSON."""

    ledger: Ledger
    cost_types: list[CostType] = field(default_factory=list)
    primary: dict[str, Fraction] = field(default_factory=dict)
    allocations: list[Allocation] = field(default_factory=list)
    closing: dict[str, Cell] = field(default_factory=dict)
    """The negative cell of each centre that was closed."""
    method: Method = Method.STEP_DOWN
    places: dict[str, str] = field(default_factory=dict)
    cautions: list[Caution] = field(default_factory=list)
    unnamed_sums: set[int] = field(default_factory=set)
    """Rows without a name that hold what has been added up so far."""


class CostReader:
    """Reads the rows of one table in their order."""

    def __init__(self, heading: Heading, values: Values, findings: Findings) -> None:
        self._heading = heading
        self._values = values
        self._findings = findings
        self._names = {centre.index: centre.name for centre in heading.centres}
        columns = [*self._names] if heading.total is None else [heading.total, *self._names]
        self.costs = Costs(Ledger(columns))

    def cost_type(self, row: Row) -> None:
        """A row of amounts by centre, or with a key; a row without a name is called by its place."""
        total_cell = row.cell(self._heading.total)
        given = self._values.amount(total_cell)
        shares = self._in_percent(row) if given else {}
        is_shared = total(shares.values()) == ALL
        amounts, is_whole = ({}, True) if is_shared else self._amounts(row)
        if self._values.any_wrong([total_cell]) or not is_whole:
            self.costs.ledger.add({**amounts, **({} if given is None else self._in_total(given))})
            self.costs.ledger.spoil([column for column, cell in row.cells.items() if self._values.any_wrong([cell])])
            return
        key = shares if is_shared else self._key(row, given, amounts)
        if key is None:  # wrong
            self.costs.ledger.spoil(row.cells)
            return
        if key:
            parts, whole = given or NOTHING, total(key.values())
            amounts = {column: parts * share / whole for column, share in key.items()}
        added = total(amounts.values())
        row_total = added if given is None or (amounts and nearly(given, added)) else given
        if amounts and row_total != added:  # told below, at the row: what the sum of the totals is, nobody knows then
            self.costs.ledger.spoil(self._in_total(row_total))
        self._append_cost_type(row, row_total, amounts, key)
        self.costs.ledger.add({**amounts, **self._in_total(row_total)})

    def sum(self, row: Row) -> None:
        """A sum row is checked; where nothing was counted before, it is what is known of the overheads."""
        if self.costs.ledger.is_empty:
            self._primary(row)
            return
        cells = [cell for column in (self._heading.total, *self._names) if (cell := row.cell(column))]
        values = {cell.column: value for cell in cells if (value := self._values.amount(cell)) is not None}
        for column, expected in self.costs.ledger.differences(values).items():
            self._findings.add(row.cells[column].place, "sheets.fault.sum", here=values[column], expected=expected)
        self.costs.ledger.close()

    def is_unnamed_sum(self, row: Row) -> bool:
        """Whether a row without a name holds the sums of all columns: it is noted, and the next subtotal begins."""
        if row.label or self.costs.ledger.is_empty:
            return False
        cells = [cell for column in (self._heading.total, *self._names) if (cell := row.cell(column))]
        values = {cell.column: value for cell in cells if (value := self._values.amount(cell)) is not None}
        if self._values.any_wrong(cells) or not any(values.values()) or self.costs.ledger.differences(values):
            return False
        self.costs.ledger.close()
        self.costs.unnamed_sums.add(row.index)
        return True

    def allocation(self, row: Row) -> None:
        """A centre is closed: its cell is negative, those of the receivers are not; a credit is the reverse."""
        in_percent = self._in_percent(row)
        amounts, is_whole = (in_percent, True) if in_percent else self._amounts(row)
        if not is_whole:
            self.costs.ledger.spoil(self._names)
            return
        giver = self._giver(row, amounts)
        if giver is None:
            self.costs.ledger.spoil(self._names)
            return
        given = -amounts.pop(giver.index, NOTHING)
        cost = self.costs.ledger[giver.index]
        is_credit = cost is not None and cost < 0 and given < 0 and all(amount <= 0 for amount in amounts.values())
        if not is_credit and (given < 0 or any(amount < 0 for amount in amounts.values())):
            self._wrong_sign(row, giver, given, amounts)
        elif given:
            self._passed_on(row, giver, given, amounts)
        else:
            self._by_quantities(row, giver, amounts, are_shares=bool(in_percent))

    def close(self) -> None:
        """After the last row: every closed centre has passed on all that it bears."""
        for name, cell in self.costs.closing.items():
            left, given = self.costs.ledger[cell.column], self._values.amount(cell)
            if left is None or given is None or self.costs.ledger.is_balanced(cell.column):
                continue
            self._findings.add(cell.place, "sheets.fault.allocated_cost", centre=name, given=-given, cost=left - given)

    def _amounts(self, row: Row) -> tuple[dict[int, Fraction], bool]:
        """(amounts by column, whether all could be read); what is empty is missing."""
        amounts = {}
        for column in self._names:
            value = self._values.amount(row.cell(column))
            if value is not None:
                amounts[column] = value
        return amounts, not self._values.any_wrong(row.cell(column) for column in self._names)

    def _in_percent(self, row: Row) -> dict[int, Fraction]:
        """By column, where all that is not empty is in per cent: shares of what is passed on."""
        shares = {}
        for column in self._names:
            cell = row.cell(column)
            if cell is None or is_nothing(cell):
                continue
            number = self._values.number(cell) if cell.text.endswith("%") or cell.unit == "%" else None
            if number is None:
                return {}
            shares[column] = number.value
        return shares

    def _in_total(self, amount: Fraction) -> dict[int, Fraction]:
        return {} if self._heading.total is None else {self._heading.total: amount}

    def _note(self, path: str, row: Row, parent: str) -> None:
        self.costs.places |= {
            f"{parent}.{self._names[column]}": cell.place for column, cell in row.cells.items() if column in self._names
        }
        self.costs.places[path] = row.place

    def _primary(self, row: Row) -> None:
        amounts, is_whole = self._amounts(row)
        given = self._values.amount(row.cell(self._heading.total))
        if not is_whole:
            self.costs.ledger.spoil(self._names)
            return
        added = total(amounts.values())
        total_cell = row.cell(self._heading.total)
        if total_cell and given is not None and not nearly(given, added):
            self._findings.add(total_cell.place, "sheets.fault.sum", here=given, expected=added)
        self.costs.primary = {self._names[column]: amount for column, amount in amounts.items()}
        self._note("primary", row, "primary")
        self.costs.ledger.add({**amounts, **self._in_total(added)})
        self.costs.ledger.close()

    def _key(self, row: Row, given: Fraction | None, amounts: Mapping[int, Fraction]) -> dict[int, Fraction] | None:
        """The shares of a row without amounts, or of one whose amounts are just these; None where they are wrong."""
        cell = row.cell(self._heading.key)
        if cell is None or is_nothing(cell) or (not given and not amounts):
            return {}
        key = key_of(cell, self._names)
        if key is None:
            if amounts:
                return {}
            self._values.refuse(cell, "sheets.fault.key", count=len(self._names), here=shown(cell.value))
            return None
        sum_ = total(key.values())
        if not amounts:
            return key if sum_ else {}
        parts = given or NOTHING
        same = sum_ and all(nearly(amounts.get(column, NOTHING), parts * share / sum_) for column, share in key.items())
        return key if same else {}

    def _giver(self, row: Row, amounts: Mapping[int, Fraction]) -> Column | None:
        """The centre that the label names, else the one with the negative cell."""
        named = _named(allocated_name(row.label), self._heading.centres)
        negative = [centre for centre in self._heading.centres if amounts.get(centre.index, NOTHING) < 0]
        if len(named) > 1:
            named = [centre for centre in named if centre in negative] or named
        if len(named) != 1:
            named = negative
        if len(named) == 1:
            return named[0]
        self._findings.add(row.place, "sheets.fault.allocated_centre", row=shown(row.label))
        return None

    def _wrong_sign(self, row: Row, giver: Column, given: Fraction, receivers: Mapping[int, Fraction]) -> None:
        if given < 0:
            self._findings.add(row.cells[giver.index].place, "sheets.fault.giver_positive", centre=giver.name)
        for column, amount in receivers.items():
            if amount < 0:
                self._findings.add(row.cells[column].place, "sheets.fault.receiver_negative", centre=giver.name)
        self.costs.ledger.spoil(self._names)

    def _passed_on(self, row: Row, giver: Column, given: Fraction, receivers: Mapping[int, Fraction]) -> None:
        """Amounts. What the row's total says is missing in the row goes to centres outside the sheet."""
        received = total(receivers.values())
        total_cell = row.cell(self._heading.total)
        in_total = self._values.amount(total_cell)
        outside = bool(in_total) and in_total is not None and nearly(in_total, received - given)
        if not outside and not nearly(received, given):
            self._findings.add(
                row.cells[giver.index].place, "sheets.fault.allocated_sum", given=given, received=received
            )
        closed = {allocation.giver for allocation in self.costs.allocations}
        if any(self._names[column] in closed and amount for column, amount in receivers.items()):
            self.costs.method = Method.SIMULTANEOUS
        shares = {column: abs(amount) for column, amount in receivers.items()}
        self._append(row, giver, shares, abs(given) if outside and receivers else None)
        self.costs.closing[giver.name] = row.cells[giver.index]
        self.costs.ledger.add({**receivers, giver.index: -given, **self._in_total(received - given)})

    def _by_quantities(self, row: Row, giver: Column, receivers: Mapping[int, Fraction], *, are_shares: bool) -> None:
        """The closed centre's cell is empty: the numbers are reference quantities, or a key says them."""
        if not receivers and (cell := row.cell(self._heading.key)) and not is_nothing(cell):
            others = [column for column in self._names if column != giver.index]
            key = key_of(cell, others) or key_of(cell, self._names)
            if key is None:
                self._values.refuse(cell, "sheets.fault.key", count=len(self._names), here=shown(cell.value))
                self.costs.ledger.spoil(self._names)
                return
            receivers = key
        closed = {allocation.giver for allocation in self.costs.allocations} | {giver.name}
        open_ = {column: share for column, share in receivers.items() if self._names[column] not in closed}
        sum_, cost = total(open_.values()), self.costs.ledger[giver.index]
        if cost is None:
            self.costs.ledger.spoil(self._names)
        elif sum_:
            if not are_shares and not nearly(sum_, cost):
                params: dict[str, FaultParam] = {"centre": giver.name, "quantities": sum_, "cost": cost}
                self.costs.cautions.append(Caution(row.place, "sheets.warning.quantities", params))
            self.costs.ledger.add({column: cost * share / sum_ for column, share in open_.items()})
            self.costs.ledger.add({giver.index: -cost})
        self._append(row, giver, receivers, None)

    def _append_cost_type(
        self, row: Row, row_total: Fraction, amounts: Mapping[int, Fraction], key: Mapping[int, Fraction]
    ) -> None:
        """By its key where it has one, else by its amounts."""
        path = f"overheads[{len(self.costs.cost_types)}]"
        by_name = {self._names[column]: number for column, number in (key or amounts).items()}
        name = row.label or f"({row.place})"
        cost_type = CostType(name, row_total, key=by_name) if key else CostType(name, row_total, by_name)
        self.costs.cost_types.append(cost_type)
        self._note(path, row, f"{path}.amounts")
        total_cell = row.cell(self._heading.total)
        self.costs.places[f"{path}.name"] = row.place
        self.costs.places[f"{path}.total"] = total_cell.place if total_cell else row.place

    def _append(self, row: Row, giver: Column, receivers: Mapping[int, Fraction], output: Fraction | None) -> None:
        path = f"allocations[{len(self.costs.allocations)}]"
        to = {self._names[column]: amount for column, amount in receivers.items()}
        self.costs.allocations.append(Allocation(giver.name, to, unit_of(row.label), output))
        self._note(path, row, f"{path}.to")
        giver_cell = row.cell(giver.index)
        self.costs.places[f"{path}.from"] = self.costs.places[f"{path}.output"] = (
            giver_cell.place if giver_cell else row.place
        )


def _named(name: str, centres: tuple[Column, ...]) -> list[Column]:
    """The centres that a name may mean: the same name, else one that is part of the other."""
    if not name:
        return []
    names = {centre: allocated_name(centre.name) or plain(centre.name) for centre in centres}
    same = [centre for centre in centres if names[centre] == name]
    return same or [centre for centre in centres if names[centre] in name or name in names[centre]]
