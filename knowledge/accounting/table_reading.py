"""Reads a BAB from a table as controllers lay it out: tolerant of layout, strict about values.

    find the heading → rows by their labels → numbers by their columns → cost types, sums, allocations → bases

Ids of the centres are the headings as they are written; every fault bears its cell, all of them are told together.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.accounting.bab import Bab, compute
from knowledge.accounting.consistency import inconsistencies
from knowledge.accounting.faults import Caution, Fault, Findings, Unreadable, WrongFields, shown
from knowledge.accounting.grid import Grid
from knowledge.accounting.sheet import CentreRole, CostCentre, Sheet
from knowledge.accounting.table_bases import BaseReader, Bases
from knowledge.accounting.table_costs import CostReader, Costs
from knowledge.accounting.table_heading import Heading, find_heading, is_number
from knowledge.accounting.table_layout import Row, rows_of
from knowledge.accounting.table_rows import RowKind
from knowledge.accounting.table_values import Values


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet from a table, and what one should know of the reading (numbers that their column decided)."""

    sheet: Sheet
    cautions: tuple[Caution, ...]

    def compute(self) -> Bab:
        """The completed sheet with all cautions. Raises Impossible."""
        bab = compute(self.sheet)
        return replace(bab, cautions=(*self.cautions, *bab.cautions))


class UnknownCentres(WrongFields):
    """The table is right, but some columns have names that tell no role: whoever sent it can say what they are."""

    def __init__(self, headings: Sequence[str], faults: Sequence[Fault]) -> None:
        super().__init__(*faults)
        self.headings = headings


def read_tables(grids: Iterable[Grid], name: str, roles: Mapping[str, CentreRole] | None = None) -> TableSheet:
    """The first of the sheets that holds a BAB; `name` is the file's, `roles` are those of unusual headings.

    Raises Unreadable where none holds one, UnknownCentres where only roles are missing, else WrongFields.
    """
    for grid in grids:
        heading = find_heading(grid)
        if heading is not None:
            return _read(grid, heading, roles or {})
    raise Unreadable(Fault(name, "sheets.fault.no_table"))


def _read(grid: Grid, heading: Heading, roles: Mapping[str, CentreRole]) -> TableSheet:
    findings = Findings()
    values = Values(grid, heading, findings)
    rows = rows_of(grid, heading)
    has_unnamed_column = _unnamed_columns(grid, heading, rows, findings)
    costs = _costs(heading, rows, values, findings)
    unknown: list[Fault] = []
    centres = _centres(heading, roles, {allocation.giver for allocation in costs.allocations}, unknown)
    bases = _bases(heading, rows, centres, costs, values, findings)
    sheet = _sheet(heading, centres, costs, bases, values)
    if not findings and not _has_amounts(sheet):
        findings.add(heading.place, "sheets.fault.no_amounts")
    if not unknown:
        _look_over(sheet, findings, has_unnamed_column=has_unnamed_column)
    elif not findings:
        raise UnknownCentres([str(fault.params["centre"]) for fault in unknown], unknown)
    findings.take(*unknown)
    if findings:
        raise WrongFields(*sorted(findings.faults, key=lambda fault: _by_place(fault.place)))
    further = (
        Caution(row.place, "sheets.warning.row_left_out", {"row": shown(row.label)})
        for row in rows
        if row.is_further and row.index not in costs.unnamed_sums
    )
    return TableSheet(sheet, (*values.cautions, *costs.cautions, *bases.cautions, *further))


def _costs(heading: Heading, rows: Sequence[Row], values: Values, findings: Findings) -> Costs:
    reader = CostReader(heading, values, findings)
    for row in rows:
        if row.kind is RowKind.COST:
            if not reader.is_unnamed_sum(row) and not row.is_further:
                reader.cost_type(row)
        elif row.kind is RowKind.SUM:
            reader.sum(row)
        elif row.kind is RowKind.ALLOCATION:
            reader.allocation(row)
    reader.close()
    return reader.costs


def _centres(
    heading: Heading, roles: Mapping[str, CentreRole], givers: set[str], unknown: list[Fault]
) -> dict[int, CostCentre]:
    """By column. A centre that is allocated is an auxiliary one, whatever its name."""
    centres = {}
    for column in heading.centres:
        role = CentreRole.AUXILIARY if column.name in givers else roles.get(column.name) or column.role
        if role is None:
            unknown.append(Fault(column.place, "sheets.fault.role", {"centre": column.name}))
        centres[column.index] = CostCentre(column.name, column.name, role or CentreRole.OTHER)
    return centres


def _bases(
    heading: Heading,
    rows: Sequence[Row],
    centres: Mapping[int, CostCentre],
    costs: Costs,
    values: Values,
    findings: Findings,
) -> Bases:
    reader = BaseReader(heading, centres, values, findings)
    for row in rows:
        reader.row(row)
    return reader.finish({column: costs.ledger[column] for column in centres})


def _sheet(heading: Heading, centres: Mapping[int, CostCentre], costs: Costs, bases: Bases, values: Values) -> Sheet:
    exponent, currency = values.unit
    headings = {
        f"cost_centres[{place}]{path}": column.place
        for place, column in enumerate(heading.centres)
        for path in ("", ".id")
    }
    whole = dict.fromkeys(("cost_centres", "overheads", "allocations"), heading.place)
    return Sheet(
        centres=tuple(centres.values()),
        cost_types=tuple(costs.cost_types),
        primary=costs.primary,
        method=costs.method,
        allocations=tuple(costs.allocations),
        bases=bases.bases,
        special_direct_costs_production=bases.special,
        stock_increase=bases.increase,
        stock_decrease=bases.decrease,
        normal_rates=bases.normal_rates,
        normal_basis=bases.normal_basis,
        currency=currency or "",
        unit=str(10**exponent) if exponent else "",
        period=heading.period,
        places={**whole, **headings, **costs.places, **bases.places},
    )


def _has_amounts(sheet: Sheet) -> bool:
    rows = any(row.total or any(row.amounts.values()) for row in sheet.cost_types)
    return rows or any(sheet.primary.values())


def _look_over(sheet: Sheet, findings: Findings, *, has_unnamed_column: bool) -> None:
    """What does not go together, but for what follows from cells and headings that are wrong themselves."""
    wrong = set(findings.places())
    faults = [fault for fault in inconsistencies(sheet, roles_are_sure=not wrong) if fault.place not in wrong]
    if has_unnamed_column or any(fault.key == "accounting.sheet_fault.centre_twice" for fault in faults):
        faults = [fault for fault in faults if fault.key != "accounting.sheet_fault.row_sum"]
    findings.take(*faults)


def _by_place(place: str) -> tuple[int, int, str]:
    """From top to bottom and from left to right; what has no cell comes first."""
    if match := _CELL.fullmatch(place):
        return int(match[2]), len(match[1]), match[1]
    return 0, 0, place


def _unnamed_columns(grid: Grid, heading: Heading, rows: Sequence[Row], findings: Findings) -> bool:
    """Numbers beside cost types, in a column that nobody has named, would be lost; whether there are some."""
    named = {heading.labels, heading.total, heading.key, *heading.left_out}
    named.update(centre.index for centre in heading.centres)
    known = len(named)
    for row in rows:
        if row.kind is not RowKind.COST or row.is_further:
            continue
        for cell in grid.rows[row.index]:
            if cell.column not in named and cell.column > heading.labels and is_number(cell):
                findings.add(cell.place, "sheets.fault.no_heading")
                named.add(cell.column)  # told once
    return len(named) > known


_CELL: Final = re.compile(r"([A-Z]+)([0-9]+)")
