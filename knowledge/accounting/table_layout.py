"""A table taken apart into rows of known kinds: cost types first, allocations, then bases and what else a BAB has."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.accounting.grid import Cell, Grid, cell_name
from knowledge.accounting.table_heading import Heading
from knowledge.accounting.table_names import plain
from knowledge.accounting.table_rows import RowKind, allocated_name, continues, kind_of
from knowledge.accounting.table_values import is_nothing


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the heading: its label, and its cells in the columns of the total, the key, and the centres."""

    index: int  # in the grid
    kind: RowKind
    label: str
    place: str  # of the label
    cells: Mapping[int, Cell]
    is_further: bool = False
    """A row that nobody knows, below the cost types."""

    def values(self, heading: Heading) -> list[Cell]:
        """What is not empty, nor a dash, in the columns of the total and the centres."""
        found = (self.cell(column) for column in (heading.total, *(centre.index for centre in heading.centres)))
        return [cell for cell in found if cell and not is_nothing(cell)]

    def cell(self, column: int | None) -> Cell | None:
        """The cell in a column, where there is one."""
        return None if column is None else self.cells.get(column)


def rows_of(grid: Grid, heading: Heading) -> tuple[Row, ...]:
    """All rows that say something, in their order."""
    columns = {heading.total, heading.key, *(centre.index for centre in heading.centres)}
    title = grid.text_at(heading.bottom, heading.labels)
    rows = []
    for index, cells in enumerate(grid.rows[heading.bottom + 1 :], heading.bottom + 1):
        label_cell = grid.at(index, heading.labels)
        label = " ".join(str(label_cell.value).split()) if label_cell else ""
        row = Row(
            index,
            kind_of(label),
            label,
            cell_name(index, heading.labels),
            {cell.column: cell for cell in cells if cell.column in columns},
        )
        is_heading_again = bool(title) and label == title
        if (label and not label.endswith(":") and not is_heading_again) or row.values(heading):
            rows.append(row)
    return tuple(_without_titles(_ordered(list(_with_allocations(rows, heading)), heading), heading))


def _with_allocations(rows: Sequence[Row], heading: Heading) -> Iterator[Row]:
    """A row that is called like a centre, 'Canteen' or 'Kantinenumlage', and takes from it what others get."""
    names = {centre.index: allocated_name(centre.name) or plain(centre.name) for centre in heading.centres}
    for row in rows:
        is_allocation = row.kind is RowKind.COST and _allocates(row, names)
        yield replace(row, kind=RowKind.ALLOCATION) if is_allocation else row


def _allocates(row: Row, names: Mapping[int, str]) -> bool:
    text = plain(row.label)
    is_named_so = text.endswith("umlage")
    below = [column for column, cell in row.cells.items() if column in names and _is_below_zero(cell)]
    if len(below) != 1 and not is_named_so:
        return False
    filled = [column for column, cell in row.cells.items() if column in names and not is_nothing(cell)]
    if is_named_so and filled and any(_is_called(text, name) for name in names.values()):
        return True
    return len(below) == 1 and len(filled) > 1 and _is_called(text, names[below[0]])


def _is_called(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}(?:\b|[a-z]{{0,2}}umlage\b)", text) is not None


def _is_below_zero(cell: Cell) -> bool:
    if isinstance(cell.value, str):
        is_marked = cell.value.startswith(_MINUS_BEFORE) or cell.value.endswith(_MINUS)
        return is_marked and any(map(str.isdigit, cell.value))
    return cell.value.numerator < 0


def _ordered(rows: Sequence[Row], heading: Heading) -> list[Row]:
    """Rows below the cost types that nobody knows are no cost types: they are left out, and that is said.

    A row without a name, or called 'Betrag', below the kinds of bases ('Fertigungslöhne') holds their amounts.
    """
    end = _end_of_costs(rows, heading)
    ordered: list[Row] = []
    for place, row in enumerate(rows):
        if row.kind is RowKind.COST and place > end:
            is_amounts = ordered[-1].kind is RowKind.BASE and continues(row.label)
            row = replace(row, kind=RowKind.BASE) if is_amounts else replace(row, is_further=True)
        ordered.append(row)
    return ordered


def _end_of_costs(rows: Sequence[Row], heading: Heading) -> int:
    """Cost types end at the first allocation, else at the last sum before the bases, else where these begin."""
    kinds = [row.kind for row in rows]
    if RowKind.ALLOCATION in kinds:
        return kinds.index(RowKind.ALLOCATION)
    above = (RowKind.COST, RowKind.SUM)
    first = next((place for place, row in enumerate(rows) if row.kind in above and row.values(heading)), 0)
    bases = next((place for place, kind in enumerate(kinds) if place > first and kind in _BELOW), len(rows))
    sums = [place for place in range(first + 1, bases) if kinds[place] is RowKind.SUM and rows[place].values(heading)]
    return sums[-1] if sums else bases


_MINUS: Final = ("-", "–", "−")
_MINUS_BEFORE: Final = (*_MINUS, "(")
_BELOW: Final = frozenset(
    (RowKind.BASE, RowKind.HOURS, RowKind.COST_OF_PRODUCTION, RowKind.COST_OF_SALES, RowKind.NORMAL_RATE)
)


def _without_titles(rows: Sequence[Row], heading: Heading) -> list[Row]:
    """Without rows that are only words: titles and footnotes, but a cost type without cost stays."""
    named = [row.label for row in rows if row.kind is RowKind.COST and row.values(heading)]
    return [
        row
        for row in rows
        if row.values(heading)
        or row.kind is RowKind.ALLOCATION
        or row.kind is RowKind.BASE
        or (row.kind is RowKind.COST and not row.is_further and row.label not in named)
    ]
