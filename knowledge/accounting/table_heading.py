"""Finds where the table of a BAB begins, and what its columns are.

A heading has a column of cost types, mostly a total, and one column a centre; it may take several rows (groups above,
units below), with merged cells. What stands above it is skipped, but for the unit and the period.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.accounting.grid import Cell, Grid, cell_name
from knowledge.accounting.sheet import CentreRole
from knowledge.accounting.table_columns import ColumnKind, Unit, column_kind, is_unit, unit_said
from knowledge.accounting.table_names import role_of
from knowledge.accounting.table_rows import RowKind, kind_of
from knowledge.language.columns import Convention, read_in_column
from knowledge.language.errors import ReadingError
from knowledge.language.quantities import unit_in

DEEPEST: Final = 200
"""Rows in which a heading is looked for."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a cost centre; its name is the heading as it is written."""

    index: int
    name: str
    place: str
    role: CentreRole | None


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table, and what stands above it."""

    bottom: int  # its last row
    labels: int
    total: int | None
    key: int | None
    centres: tuple[Column, ...]
    left_out: frozenset[int]
    unit: Unit | None
    units_differ_at: str  # a place, where the unit is named in two ways
    period: str

    @property
    def place(self) -> str:
        """Its first cell."""
        return cell_name(self.bottom, self.labels)


def find_heading(grid: Grid) -> Heading | None:
    """The first heading that has numbers below it; None where the grid holds no BAB."""
    last = max((row for row, cells in enumerate(grid.rows) if any(map(is_number, cells))), default=-1)
    for row in range(min(len(grid.rows), DEEPEST, last)):
        if _is_heading(grid.rows[row]):
            return _heading(grid, row)
    return None


def is_number(cell: Cell) -> bool:
    """Whether the cell is a number as a file writes it, such as '12,5 %' or '3 h', not a name such as 'Halle 3'."""
    if not isinstance(cell.value, str) or cell.fault:
        return True
    if not any(sign.isdigit() for sign in cell.value):
        return False
    try:
        words = read_in_column(cell.value, Convention.COMMA).words
    except ReadingError:
        return False
    return not words or words in _NUMBER_WORDS


def _is_heading(cells: tuple[Cell, ...]) -> bool:
    texts = [cell.text for cell in cells if cell.text]
    if len(texts) < 2 or any(map(is_number, cells)) or kind_of(texts[0]) in _NEVER_A_HEADING:
        return False
    kinds = [column_kind(text) for text in texts]
    known = sum(role_of(text) is not None for text, kind in zip(texts, kinds, strict=True) if kind is ColumnKind.CENTRE)
    has_total, has_labels = ColumnKind.TOTAL in kinds, ColumnKind.LABELS in kinds
    has_corner = has_labels or (cells[0].column > 0 and len(texts) > 3)
    return known >= 2 or (known == 1 and (has_total or has_labels)) or (has_total and has_corner and len(texts) > 2)


def _heading(grid: Grid, row: int) -> Heading:
    top, bottom = _above(grid, row), _below(grid, row)
    names = dict(_names(grid, top, bottom))
    labels = _label_column(grid, bottom, names)
    kinds = {column: column_kind(name) for column, name in names.items() if column > labels}
    total = _total_column(names, kinds)
    key = next((column for column, kind in kinds.items() if kind is ColumnKind.KEY), None)
    centres = tuple(
        _centre(grid, column, names[column], top, bottom)
        for column, kind in kinds.items()
        if kind is ColumnKind.CENTRE and column != total
    )
    left_out = frozenset(names) - {labels, total, key, *(centre.index for centre in centres)}
    unit, differ = _unit(grid, top, bottom, [labels] if total is None else [total, labels])
    return Heading(bottom, labels, total, key, centres, left_out, unit, differ, _period(grid, bottom))


def _total_column(names: Mapping[int, str], kinds: Mapping[int, ColumnKind]) -> int | None:
    """The column that is called so; else the first one, where its name is that of no centre."""
    for column, kind in kinds.items():
        if kind is ColumnKind.TOTAL:
            return column
    first = next(iter(kinds), None)
    is_unknown = first is not None and kinds[first] is ColumnKind.CENTRE and role_of(names[first]) is None
    return first if is_unknown else None


def _above(grid: Grid, row: int) -> int:
    """The first row of the heading: groups may stand above, 'Hilfskostenstellen' over 'Kantine' and 'Reparatur'."""
    if row == 0:
        return row
    cells = grid.rows[row - 1]
    merged = any(grid.spans.get((row - 1, cell.column + 1)) == (row - 1, cell.column) for cell in cells)
    return row - 1 if cells and (merged or len(cells) > 1) and not any(map(is_number, cells)) else row


def _below(grid: Grid, row: int) -> int:
    """The last row of the heading: names under groups, units under names."""
    first = grid.rows[row][0].column
    while row + 1 < len(grid.rows):
        cells = grid.rows[row + 1]
        is_heading = _is_heading(cells) or all(is_unit(cell.text) for cell in cells)
        is_named = any(cell.column <= first for cell in cells) and not is_heading
        if not cells or is_named or any(map(is_number, cells)):
            break
        row += 1
    return row


def _names(grid: Grid, top: int, bottom: int) -> Iterator[tuple[int, str]]:
    """(column, name): the lowest text of the column that is no unit; 'Fertigung I' where 'I' stands under a group."""
    columns = sorted({column for row in range(top, bottom + 1) for column in _columns(grid, row)})
    for column in columns:
        texts = [text for row in range(top, bottom + 1) if (text := grid.text_at(row, column))]
        named = [text for text in texts if _is_name(text)]
        name = named[-1] if named else texts[-1] if texts else ""
        group = _group(grid, column, top, bottom)[0] if _NUMERAL.fullmatch(name) else ""
        name = f"{group} {name}" if group else name
        if name:
            yield column, " ".join(name.split())


def _columns(grid: Grid, row: int) -> Iterator[int]:
    yield from (cell.column for cell in grid.rows[row])
    yield from (column for (covered, column) in grid.spans if covered == row)


def _group(grid: Grid, column: int, top: int, bottom: int) -> tuple[str, bool]:
    """The text over the name, and whether it is merged over it; without merged cells the nearest to the left."""
    lowest = max((row for row in range(top, bottom + 1) if _is_name(grid.text_at(row, column))), default=top)
    for row in range(lowest - 1, top - 1, -1):
        if text := grid.text_at(row, column):
            return text, True
        if any(covered == row for covered, _ in grid.spans):
            continue
        for left in range(column - 1, -1, -1):
            if text := grid.text_at(row, left):
                return text, False
    return "", False


def _label_column(grid: Grid, bottom: int, names: Mapping[int, str]) -> int:
    """Where it is not called so, the column with the most texts below, left of the total and of the centres."""
    for column, name in names.items():
        if column_kind(name) is ColumnKind.LABELS:
            return column
    first = min(
        (column for column, name in names.items() if column_kind(name) is ColumnKind.TOTAL or role_of(name)), default=1
    )
    below = Counter(cell.column for cells in grid.rows[bottom + 1 :] for cell in cells if cell.text)
    return max(range(max(first, 1)), key=lambda column: below[column])


def _centre(grid: Grid, column: int, name: str, top: int, bottom: int) -> Column:
    rows = [row for row in range(top, bottom + 1) if _is_name(grid.text_at(row, column))]
    text, is_merged = _group(grid, column, top, bottom)
    group = role_of(text)
    role = group if group and group.is_allocated and is_merged else role_of(name) or group
    return Column(column, name, cell_name(rows[-1], column), role)


def _is_name(text: str) -> bool:
    return bool(text) and not is_unit(text)


def _unit(grid: Grid, top: int, bottom: int, first: Iterable[int]) -> tuple[Unit | None, str]:
    """The unit that is named, nearest first, and the place of another that contradicts it."""
    found: Unit | None = None
    for cell, read in _where_units_stand(grid, top, bottom, first):
        try:
            unit = read(cell.text)
        except ReadingError:
            return found, cell.place
        if unit is not None and found is not None and not _agree(found, unit):
            return found, cell.place
        found = found or unit
    return found, ""


def _where_units_stand(
    grid: Grid, top: int, bottom: int, first: Iterable[int]
) -> Iterator[tuple[Cell, Callable[[str], Unit | None]]]:
    """The cells that may name the unit, nearest first, and how it is read there: in the heading, then above it."""
    inside = [cell for row in range(bottom, top - 1, -1) for cell in grid.rows[row]]
    nearest = [cell for column in first for cell in inside if cell.column == column]
    further = [cell for cell in inside if is_unit(cell.text)]
    for cell in (*nearest, *further):
        yield cell, unit_in if column_kind(cell.text) is ColumnKind.TOTAL else unit_said
    yield from ((cell, unit_said) for row in range(top - 1, -1, -1) for cell in grid.rows[row])


def _agree(one: Unit, other: Unit) -> bool:
    """Whether both are the same thousands, and the same currency where both name one."""
    (exponent, currency), (other_exponent, other_currency) = one, other
    return exponent == other_exponent and (not currency or not other_currency or currency == other_currency)


def _period(grid: Grid, bottom: int) -> str:
    """What stands behind 'Zeitraum:' above the table; else the period in a title, as in 'BAB Mai 2013'."""
    for cells in grid.rows[:bottom]:
        for place, cell in enumerate(cells):
            if match := _PERIOD.match(cell.text):
                return match[1].strip() or "".join(following.text for following in cells[place + 1 : place + 2])
    texts = [cell.text for cells in grid.rows[:bottom] for cell in cells if cell.text]
    titled = (
        _STRETCH.search(text, title.end()) or _YEAR.search(text, title.end())
        for text in texts
        if (title := _TITLE.search(text))
    )
    found = next(filter(None, (*titled, *map(_STRETCH.fullmatch, texts))), None)
    return " ".join(found[0].split()) if found else ""


_NUMERAL: Final = re.compile(r"I{1,3}|IV|VI{0,3}|IX|X|[0-9]+|[A-Z]")
_NUMBER_WORDS: Final = (("%",), ("h",), ("std",))
_NEVER_A_HEADING: Final = frozenset(
    (RowKind.BASE, RowKind.ALLOCATION, RowKind.DIRECT, RowKind.HOURS, RowKind.NORMAL_RATE)
)
_TITLE: Final = re.compile(
    r"(?i)\b(?:bab|betriebsabrechnung(?:sbogens?)?|kostenstellen(?:rechnung|blatt)|gemeinkosten"
    r"|cost (?:allocation|distribution)(?: sheet)?|overheads?)\b"
)
_MONTH: Final = (
    r"(?:jan(?:uary?|uar)?|feb(?:ruary?|ruar)?|m(?:ä|ae)rz|mar(?:ch)?|apr(?:il)?|mai|may|jun[ie]?|jul[iy]?"
    r"|aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[zc](?:ember)?)\.?"
)
_STRETCH: Final = re.compile(
    rf"(?i)(?<![\w.])(?:{_MONTH}(?:\s*(?:[-–]|bis|to)\s*{_MONTH})?|(?:[1-4]\.?|I{{1,3}}\.?|IV\.?)\s*(?:quartal|quarter)"
    r"|q[1-4]|[12]\.\s*(?:halbjahr|hj\.?)|h[12]|\d\d?)[\s./-]\s*(?:19|20)\d\d(?![\d.])"
)
"""'Mai 2013', 'Januar bis März 2026', '2. Quartal 2026', 'Q2 2026', '05/2026'; not a day such as 31.05.2026."""
_YEAR: Final = re.compile(r"(?<![\w./-])(?:19|20)\d\d(?:/\d\d(?:\d\d)?)?(?![\d.-])")
_PERIOD: Final = re.compile(r"(?i)^(?:abrechnungs)?(?:zeitraum|periode|period|monat|month)\s*:\s*(.*)$")
