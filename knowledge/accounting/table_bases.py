"""The rows below the allocation: bases, direct costs, hours, special direct costs, changes of stock, normal rates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from knowledge.accounting.exact import total
from knowledge.accounting.faults import Caution, Findings, shown
from knowledge.accounting.grid import Cell, cell_name
from knowledge.accounting.sheet import NOTHING, Base, BaseKind, CentreRole, CostCentre, NormalBasis
from knowledge.accounting.table_heading import Heading
from knowledge.accounting.table_layout import Row
from knowledge.accounting.table_ledger import nearly
from knowledge.accounting.table_rows import RowKind, base_kind
from knowledge.accounting.table_values import Number, Values, is_nothing


@dataclass
class _Given:
    """What the rows say about the base of one centre."""

    kind: BaseKind | None = None
    amount: Fraction | None = None
    hours: Fraction | None = None
    direct: Fraction | None = None
    place: str = ""

    @property
    def is_own_base(self) -> bool:
        """Whether hours or direct costs are the base, so that no manufacturing cost can be meant."""
        return self.hours is not None or (self.amount is None and self.direct is not None)


@dataclass
class Bases:
    """What was read; sizes are exact, in the sheet's unit."""

    bases: dict[str, Base] = field(default_factory=dict)
    special: Fraction = NOTHING
    increase: Fraction = NOTHING
    decrease: Fraction = NOTHING
    normal_rates: dict[str, Fraction] = field(default_factory=dict)
    normal_basis: NormalBasis = NormalBasis.ACTUAL
    places: dict[str, str] = field(default_factory=dict)
    cautions: list[Caution] = field(default_factory=list)


class BaseReader:
    """Reads the rows of one table, then says the base of every centre."""

    def __init__(self, heading: Heading, centres: Mapping[int, CostCentre], values: Values, findings: Findings) -> None:
        self._heading = heading
        self._centres = centres
        self._values = values
        self._findings = findings
        self._given: dict[int, _Given] = {}
        self._normal: list[tuple[Cell, bool]] = []
        self._has_bases = False
        self._row: Row | None = None
        self.read = Bases()

    def row(self, row: Row) -> None:
        """One row."""
        match row.kind:
            case RowKind.BASE | RowKind.HOURS | RowKind.COST_OF_PRODUCTION | RowKind.COST_OF_SALES:
                self._base_row(row)
            case RowKind.DIRECT:
                self._direct_row(row)
            case RowKind.SPECIAL:
                self.read.special += self._sum(row, "special_direct_costs_production")
            case RowKind.STOCK_INCREASE:
                self.read.increase += self._size(row, "stock.increase")
            case RowKind.STOCK_DECREASE:
                self.read.decrease += self._size(row, "stock.decrease")
            case RowKind.STOCK_UNCLEAR:
                self._findings.add(row.place, "sheets.fault.stock_unclear", row=shown(row.label))
            case RowKind.SPECIAL_UNCLEAR:
                self._findings.add(row.place, "sheets.fault.special_unclear", row=shown(row.label))
            case RowKind.NORMAL_COST:
                self.read.normal_basis = NormalBasis.NORMAL
            case RowKind.NORMAL_RATE:
                cells = (row.cell(column) for column in self._centres)
                self._normal += [(cell, "%" in row.label) for cell in cells if cell and not is_nothing(cell)]

    def finish(self, after: Mapping[int, Fraction | None]) -> Bases:
        """The bases, once it is known what the centres bear: a number under administration may be a computed one."""
        for column, centre in self._centres.items():
            given = self._given.get(column, _Given())
            if base := self._base(centre, given):
                self.read.bases[centre.id] = base
                self._note(centre, given)
        self._administration(after)
        for cell, is_percent in self._normal:
            self._normal_rate(cell, is_percent)
        return self.read

    def _base_row(self, row: Row) -> None:
        if row.kind is RowKind.BASE:
            self._row = self._row or row
        for column, centre in self._centres.items():
            cell = row.cell(column)
            if cell is None or is_nothing(cell):
                continue
            if row.kind in _COMPUTED and centre.role not in _ON_MANUFACTURING_COST:
                continue  # a part of the manufacturing cost, not a base
            if self._is_allocated(cell, centre):
                continue
            self._has_bases = True
            given = self._given.setdefault(column, _Given())
            if cell.text and not any(sign.isdigit() for sign in cell.text):
                self._in_words(cell, given, row)
            elif (number := self._values.number(cell)) is not None:
                self._in_numbers(cell, number, given, row)

    def _is_allocated(self, cell: Cell, centre: CostCentre) -> bool:
        """A centre that is allocated has no rate: an amount there is in the wrong column."""
        if not centre.role.is_allocated:
            return False
        if cell.value != 0:
            self._values.refuse(cell, "sheets.fault.base_of_auxiliary", centre=shown(centre.name))
        return True

    def _in_words(self, cell: Cell, given: _Given, row: Row) -> None:
        """'Fertigungslöhne', 'HKU': the kind alone; the number stands in another row."""
        kind = base_kind(cell.text, row.label)
        if kind is None:
            self._values.refuse(cell, "sheets.fault.base", here=shown(cell.text))
            return
        given.kind = kind
        given.place = given.place or cell.place

    def _in_numbers(self, cell: Cell, number: Number, given: _Given, row: Row) -> None:
        """'525', '100 Löhne', '175 h'; what is not said beside the number, another row or the label may say."""
        said = base_kind(" ".join(number.words), row.label) if number.words else None
        if number.words and (said is None or number.is_percent):
            self._values.refuse(cell, "sheets.fault.base", here=shown(cell.value))
            return
        kind = said or given.kind or base_kind(row.label)
        is_hours = kind is not None and kind.is_hours
        value = number.value if is_hours else self._values.in_unit(cell, number)
        size = self._values.size(cell, lambda _: value)
        already = given.hours if is_hours else given.amount
        if size is None:
            return
        if already is not None and not nearly(already, size):
            self._values.refuse(cell, "sheets.fault.base_twice", here=size, there=already, other=given.place)
            return
        if is_hours:
            given.hours = size
        else:
            given.amount = size
        if row.kind is not RowKind.HOURS or given.amount is None:
            given.kind = kind
        given.place = cell.place

    def _direct_row(self, row: Row) -> None:
        """Direct costs: under their centres, or only in the total where one centre can be meant."""
        kind = base_kind(row.label)
        cells = [cell for column in self._centres if (cell := row.cell(column)) and not is_nothing(cell)]
        if not cells:
            role = _ROLES.get(kind) if kind else None
            meant = [column for column, centre in self._centres.items() if centre.role is role]
            total_cell = row.cell(self._heading.total)
            if total_cell is None or is_nothing(total_cell):
                return
            if len(meant) != 1:
                self.read.cautions.append(Caution(row.place, "sheets.warning.row_left_out", {"row": shown(row.label)}))
                return
            self._direct(total_cell, meant[0])
            return
        for cell in cells:
            self._direct(cell, cell.column)

    def _direct(self, cell: Cell, column: int) -> None:
        amount = self._values.size(cell, self._values.amount)
        if amount is None or (not amount and not self._centres[column].role.is_manufacturing):
            return
        if self._is_allocated(cell, self._centres[column]):
            return
        given = self._given.setdefault(column, _Given())
        if given.direct is not None and not nearly(given.direct, amount):
            self._values.refuse(cell, "sheets.fault.base_twice", here=amount, there=given.direct, other=given.place)
            return
        given.direct = amount
        given.place = given.place or cell.place
        self._has_bases = True

    def _base(self, centre: CostCentre, given: _Given) -> Base | None:
        """The base of a centre where its number is given."""
        kind = given.kind
        if given.hours is not None and given.amount is None:
            return Base(kind if kind and kind.is_hours else BaseKind.MACHINE_HOURS, given.hours, given.direct)
        size = given.direct if given.amount is None else given.amount
        if size is None or (kind and (kind.is_manufacturing_cost or kind.is_hours)):
            return None
        if given.direct is not None and not nearly(size, given.direct):
            return Base(BaseKind.GIVEN, size, given.direct)
        return Base(kind or _KINDS.get(centre.role, BaseKind.GIVEN), size)

    def _administration(self, after: Mapping[int, Fraction | None]) -> None:
        """Bases of administration and sales: the manufacturing cost, as computed, or another number as it is given."""
        if not self._has_bases:
            return
        cost = self._manufacturing_cost(after)
        for column, centre in self._centres.items():
            given = self._given.get(column, _Given())
            if centre.role not in _ON_MANUFACTURING_COST or given.is_own_base:
                continue
            kind, size = self._cost_meant(given, cost), given.amount
            expected = cost.get(kind or BaseKind.MANUFACTURING_COST_OF_PRODUCTION)
            if kind and (size is None or expected is None or nearly(size, expected)):
                base = Base(kind)
                self._needs_manufacturing_cost()
            elif size is not None:
                base = Base(BaseKind.GIVEN, size)
                if expected is not None:
                    params = {"here": size, "expected": expected}
                    self.read.cautions.append(Caution(given.place, "sheets.warning.other_base", params))
            else:
                continue
            self.read.bases[centre.id] = base
            self._note(centre, given)

    def _cost_meant(self, given: _Given, cost: Mapping[BaseKind, Fraction]) -> BaseKind | None:
        """Which manufacturing cost is the base: the one named, the one that the number is, else that of production."""
        if given.amount is not None:
            is_named = given.kind is not None and given.kind.is_manufacturing_cost
            return given.kind if is_named else _kind_of_cost(given.amount, cost)
        if given.kind is not None:
            return given.kind
        has_manufacturing = any(
            centre.role.is_manufacturing and centre.id in self.read.bases for centre in self._centres.values()
        )
        return BaseKind.MANUFACTURING_COST_OF_PRODUCTION if has_manufacturing else None

    def _manufacturing_cost(self, after: Mapping[int, Fraction | None]) -> dict[BaseKind, Fraction]:
        """Of production and of sales, where all that is in it is known."""
        terms = []
        for column, centre in self._centres.items():
            if not centre.role.is_manufacturing:
                continue
            base, overheads = self.read.bases.get(centre.id), after[column]
            if base is None or overheads is None:
                return {}
            terms += [base.direct, overheads]
        if not terms:
            return {}
        of_production = total(terms) + self.read.special
        return {
            BaseKind.MANUFACTURING_COST_OF_PRODUCTION: of_production,
            BaseKind.MANUFACTURING_COST_OF_SALES: of_production - self.read.increase + self.read.decrease,
        }

    def _needs_manufacturing_cost(self) -> None:
        """Names the cells of the material and production centres whose bases are missing."""
        for column, centre in self._centres.items():
            if centre.role.is_manufacturing and centre.id not in self.read.bases and not self._values.has_wrong:
                place = cell_name(self._row.index, column) if self._row else self._heading_place(centre)
                self._findings.add(place, "sheets.fault.base_missing", centre=shown(centre.name))

    def _normal_rate(self, cell: Cell, is_percent: bool) -> None:
        centre = self._centres[cell.column]
        base = self.read.bases.get(centre.id)
        if base and base.kind.is_hours:
            number = self._values.number(cell)
            rate = self._values.size(cell, lambda _: number.value if number else None)
        else:
            rate = self._values.size(cell, lambda it: self._values.share(it, is_percent))
        if rate is not None:
            self.read.normal_rates[centre.id] = rate
            self.read.places[f"normal_rates.{centre.id}"] = cell.place

    def _sum(self, row: Row, path: str) -> Fraction:
        """What stands in the total, else what the centres' cells add up to."""
        cells = [cell for column in self._centres if (cell := row.cell(column))]
        total_cell = row.cell(self._heading.total)
        parts = [value for cell in cells if (value := self._values.amount(cell)) is not None]
        given = self._values.amount(total_cell)
        if total_cell and given is not None and parts and not nearly(given, total(parts)):
            self._findings.add(total_cell.place, "sheets.fault.sum", here=given, expected=total(parts))
        first = next((cell.place for cell in (total_cell, *cells) if cell), row.place)
        self.read.places[path] = first
        return total(parts) if given is None else given

    def _size(self, row: Row, path: str) -> Fraction:
        amount = self._sum(row, path)
        if amount < 0:
            self._findings.add(self.read.places[path], "sheets.fault.stock_negative", here=amount)
        return amount

    def _note(self, centre: CostCentre, given: _Given) -> None:
        place = given.place or self._heading_place(centre)
        for path in ("", ".amount", ".hours"):
            self.read.places[f"bases.{centre.id}{path}"] = place

    def _heading_place(self, centre: CostCentre) -> str:
        return next(column.place for column in self._heading.centres if column.name == centre.id)


def _kind_of_cost(size: Fraction, cost: Mapping[BaseKind, Fraction]) -> BaseKind | None:
    """Which manufacturing cost a number is."""
    return next((kind for kind, amount in cost.items() if nearly(size, amount)), None)


_COMPUTED = (RowKind.COST_OF_PRODUCTION, RowKind.COST_OF_SALES)
_ROLES = {BaseKind.DIRECT_MATERIAL: CentreRole.MATERIAL, BaseKind.WAGES: CentreRole.PRODUCTION}
_KINDS = {role: kind for kind, role in _ROLES.items()}
_ON_MANUFACTURING_COST = (CentreRole.ADMINISTRATION, CentreRole.SALES, CentreRole.ADMINISTRATION_SALES)
