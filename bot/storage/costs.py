"""Cost accounting: sheets and their rates, costings in hand, the team's products. Exact numbers are text."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from bot.storage.packing import unpacked
from bot.storage.schema import cost_sheet, costing, overhead_rate, product, sheet_text
from dialogs.conversation.talk import PersonId
from dialogs.ports.costs import (
    CostingId,
    CostingInHand,
    CostSheet,
    CostSheetId,
    Product,
    ProductId,
    ReleasedRates,
)
from dialogs.ports.people import Person, Role, TeamId
from knowledge.accounting.exact import written
from knowledge.accounting.sheet import BaseKind, CentreRole
from knowledge.accounting.summary import OverheadRate, Summary, summary_as_json, summary_from_json
from knowledge.accounting.vat import VatKind
from knowledge.taxonomy import OfferKind

IN_HAND_KEPT: Final = timedelta(days=30)
"""So long a sheet or a costing that nobody has saved waits to be taken up again."""

_OWN_PREFIX: Final = "p."


class SqlCostSheets:
    """`dialogs.ports.CostSheets` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, owner: PersonId, team_id: TeamId, text: str, summary: Summary | None, at: datetime, name: str = ""
    ) -> CostSheetId:
        statement = insert(cost_sheet).values(
            team_id=team_id, owner_id=owner, name=name, summary=_summary(summary), period="", touched_at=at
        )
        key = self._connection.execute(statement.returning(cost_sheet.c.id)).scalar_one()
        self._connection.execute(insert(sheet_text).values(sheet_id=key, text=text))
        return CostSheetId(key)

    def change(self, sheet_id: CostSheetId, text: str, summary: Summary | None, at: datetime) -> None:
        changed = self._connection.execute(
            update(cost_sheet)
            .where(cost_sheet.c.id == sheet_id, cost_sheet.c.version.is_(None))
            .values(summary=_summary(summary), touched_at=at)
        )
        if changed.rowcount:
            self._connection.execute(update(sheet_text).where(sheet_text.c.sheet_id == sheet_id).values(text=text))

    def get(self, person: Person, sheet_id: CostSheetId) -> CostSheet | None:
        row = self._connection.execute(
            select(cost_sheet).where(cost_sheet.c.id == sheet_id, _may_see(person))
        ).one_or_none()
        return _sheet(row) if row else None

    def text(self, sheet_id: CostSheetId) -> str:
        return unpacked(
            self._connection.execute(select(sheet_text.c.text).where(sheet_text.c.sheet_id == sheet_id)).scalar_one()
        )

    def unfinished(self, owner: PersonId) -> CostSheet | None:
        row = self._connection.execute(
            select(cost_sheet)
            .where(cost_sheet.c.owner_id == owner, cost_sheet.c.version.is_(None), cost_sheet.c.summary.is_(None))
            .where(cost_sheet.c.name == "")
            .order_by(cost_sheet.c.touched_at.desc(), cost_sheet.c.id.desc())
            .limit(1)
        ).one_or_none()
        return _sheet(row) if row else None

    def discard(self, sheet_id: CostSheetId) -> None:
        _remove(self._connection, and_(cost_sheet.c.id == sheet_id, cost_sheet.c.version.is_(None)))

    def save(self, sheet_id: CostSheetId, team_id: TeamId, period: str, valid_from: date, at: datetime) -> int:
        row = self._connection.execute(select(cost_sheet).where(cost_sheet.c.id == sheet_id)).one()
        if row.version is not None:
            return int(row.version)
        last = self._connection.execute(
            select(func.max(cost_sheet.c.version)).where(cost_sheet.c.team_id == team_id)
        ).scalar_one_or_none()
        version = (last or 0) + 1
        self._connection.execute(
            update(cost_sheet)
            .where(cost_sheet.c.id == sheet_id)
            .values(team_id=team_id, version=version, period=period, valid_from=valid_from, touched_at=at)
        )
        rates = [
            {
                "sheet_id": sheet_id, "place": place, "centre": rate["centre"], "name": rate["name"],
                "role": rate["role"], "overheads": rate["overheads"], "base": rate["base"], "exact": rate["exact"],
                "per": rate.get("per"),
            }
            for place, rate in enumerate(row.summary["rates"])  # text in both places: nothing to compute here
        ]  # fmt: skip
        if rates:
            self._connection.execute(insert(overhead_rate), rates)
        return version

    def saved(self, person: Person, limit: int) -> Sequence[CostSheet]:
        rows = self._connection.execute(
            select(cost_sheet)
            .where(cost_sheet.c.version.is_not(None), cost_sheet.c.team_id == person.team.id, _may_see(person))
            .order_by(cost_sheet.c.version.desc())
            .limit(limit)
        )
        return [_sheet(row) for row in rows]

    def release(self, sheet_id: CostSheetId, by: PersonId, at: datetime | None) -> None:
        self._connection.execute(
            update(cost_sheet)
            .where(cost_sheet.c.id == sheet_id, cost_sheet.c.version.is_not(None))
            .values(released_at=at, released_by=by if at else None)
        )

    def released_rates(self, team_id: TeamId, on: date) -> ReleasedRates | None:
        row = self._connection.execute(
            select(cost_sheet.c.id, cost_sheet.c.version, cost_sheet.c.period, cost_sheet.c.valid_from)
            .where(
                cost_sheet.c.team_id == team_id, cost_sheet.c.released_at.is_not(None), cost_sheet.c.valid_from <= on
            )
            .order_by(cost_sheet.c.valid_from.desc(), cost_sheet.c.version.desc())
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        rates = self._connection.execute(
            select(overhead_rate).where(overhead_rate.c.sheet_id == row.id).order_by(overhead_rate.c.place)
        )
        return ReleasedRates(
            CostSheetId(row.id), row.version, row.period, row.valid_from, tuple(_rate(rate) for rate in rates)
        )


def _may_see(person: Person) -> Any:
    """Who entered a sheet sees it; managers see what was saved for the team."""
    own = cost_sheet.c.owner_id == person.id
    if person.role is not Role.MANAGER:
        return own
    return or_(own, and_(cost_sheet.c.team_id == person.team.id, cost_sheet.c.version.is_not(None)))


def _sheet(row: Row[*tuple[Any, ...]]) -> CostSheet:
    return CostSheet(
        id=CostSheetId(row.id),
        owner=row.owner_id,
        summary=None if row.summary is None else summary_from_json(row.summary),
        name=row.name,
        version=row.version or 0,
        period=row.period,
        valid_from=row.valid_from,
        released_at=row.released_at,
    )


def _remove(connection: Connection, which: Any) -> None:
    """Sheets with their texts; none that was saved, since those have rates."""
    of_these = select(cost_sheet.c.id).where(which)
    connection.execute(delete(sheet_text).where(sheet_text.c.sheet_id.in_(of_these)))
    connection.execute(delete(cost_sheet).where(which))


def _summary(summary: Summary | None) -> dict[str, Any] | None:
    return None if summary is None else summary_as_json(summary)


def _rate(row: Row[*tuple[Any, ...]]) -> OverheadRate:
    return OverheadRate(
        row.centre, row.name, CentreRole(row.role), Fraction(row.overheads), Fraction(row.base), Fraction(row.exact),
        BaseKind(row.per) if row.per else None,
    )  # fmt: skip


class SqlCostings:
    """`dialogs.ports.Costings` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, owner: PersonId, fields: Mapping[str, Any], product: ProductId | None, at: datetime) -> CostingId:
        statement = insert(costing).values(
            owner_id=owner, fields=dict(fields), skipped=[], product_id=product, touched_at=at
        )
        return CostingId(self._connection.execute(statement.returning(costing.c.id)).scalar_one())

    def get(self, owner: PersonId, costing_id: CostingId) -> CostingInHand | None:
        row = self._connection.execute(
            select(costing).where(costing.c.id == costing_id, costing.c.owner_id == owner)
        ).one_or_none()
        return _costing(row) if row else None

    def latest(self, owner: PersonId) -> CostingInHand | None:
        row = self._connection.execute(
            select(costing)
            .where(costing.c.owner_id == owner)
            .order_by(costing.c.touched_at.desc(), costing.c.id.desc())
            .limit(1)
        ).one_or_none()
        return _costing(row) if row else None

    def change(self, costing_id: CostingId, fields: Mapping[str, Any], skipped: frozenset[str], at: datetime) -> None:
        self._connection.execute(
            update(costing)
            .where(costing.c.id == costing_id)
            .values(fields=dict(fields), skipped=sorted(skipped), touched_at=at)
        )


def _costing(row: Row[*tuple[Any, ...]]) -> CostingInHand:
    began_with = ProductId(row.product_id) if row.product_id else None
    return CostingInHand(CostingId(row.id), row.fields, frozenset(row.skipped), began_with)


class SqlProducts:
    """`dialogs.ports.Products` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, team_id: TeamId) -> Sequence[Product]:
        rows = self._connection.execute(select(product).where(product.c.team_id == team_id))
        # Sorted here: SQLite's order knows no umlauts and no small letters.
        return sorted((_product(row) for row in rows), key=lambda known: known.name.casefold())

    def get(self, team_id: TeamId, product_id: ProductId) -> Product | None:
        row = self._connection.execute(
            select(product).where(product.c.team_id == team_id, _has_id(product_id))
        ).one_or_none()
        return _product(row) if row else None

    def save(self, team_id: TeamId, saved: Product, by: PersonId, at: datetime) -> ProductId:
        values = {
            "name": saved.name,
            "offer": saved.offer,
            "list_price": None if saved.list_price is None else written(saved.list_price),
            "fields": dict(saved.fields),
            "vat": saved.vat,
            "owner_id": by,
            "touched_at": at,
        }
        if saved.id:
            changed = self._connection.execute(
                update(product).where(product.c.team_id == team_id, _has_id(saved.id)).values(values)
            )
            if changed.rowcount:
                return saved.id
        of_content = str(saved.id) if saved.id and not saved.id.startswith(_OWN_PREFIX) else None
        key = self._connection.execute(
            insert(product).values(team_id=team_id, content_id=of_content, **values).returning(product.c.id)
        ).scalar_one()
        return saved.id if of_content else _own_id(key)

    def remove(self, team_id: TeamId, product_id: ProductId) -> None:
        self._connection.execute(delete(product).where(product.c.team_id == team_id, _has_id(product_id)))


def _has_id(product_id: ProductId) -> Any:
    number = product_id.removeprefix(_OWN_PREFIX)
    if product_id.startswith(_OWN_PREFIX) and number.isdigit():
        return and_(product.c.id == int(number), product.c.content_id.is_(None))
    return product.c.content_id == product_id


def _own_id(key: int) -> ProductId:
    return ProductId(f"{_OWN_PREFIX}{key}")


def _product(row: Row[*tuple[Any, ...]]) -> Product:
    return Product(
        id=ProductId(row.content_id) if row.content_id else _own_id(row.id),
        name=row.name,
        offer=OfferKind(row.offer),
        list_price=None if row.list_price is None else Fraction(row.list_price),
        fields=row.fields,
        vat=VatKind(row.vat),
    )


def erase_costs(connection: Connection, person_id: PersonId) -> None:
    """What a person had in hand goes; what they saved for the team stays without their name."""
    run = connection.execute
    run(delete(costing).where(costing.c.owner_id == person_id))
    _remove(connection, and_(cost_sheet.c.owner_id == person_id, cost_sheet.c.version.is_(None)))
    run(update(cost_sheet).where(cost_sheet.c.owner_id == person_id).values(owner_id=None))
    run(update(cost_sheet).where(cost_sheet.c.released_by == person_id).values(released_by=None))
    run(update(product).where(product.c.owner_id == person_id).values(owner_id=None))


def tidy_costs(connection: Connection, now: datetime) -> None:
    """Removes what has been in hand for long and was never saved."""
    old = now - IN_HAND_KEPT
    connection.execute(delete(costing).where(costing.c.touched_at < old))
    _remove(connection, and_(cost_sheet.c.version.is_(None), cost_sheet.c.touched_at < old))
