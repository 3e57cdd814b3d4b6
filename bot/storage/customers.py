"""Customers of a seller."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from bot.storage.schema import customer
from dialogs.conversation.talk import CustomerId, PersonId
from dialogs.customer_records import Customer, Permission, Potential
from knowledge.taxonomy import AcquisitionId, FunnelStage, LeadQuality, TargetGroupId

_FIELDS: Final = (
    "company", "target_group", "potential", "quality", "acquisition", "stage", "first_contact", "contact", "interests",
    "permission", "permission_at", "satisfaction", "satisfaction_at", "reference_at",
)  # fmt: skip
_READ: Final = {
    "target_group": TargetGroupId,
    "potential": Potential,
    "quality": LeadQuality,
    "acquisition": AcquisitionId,
    "stage": FunnelStage,
    "permission": Permission,
}
# by_name and the lists look at all of a seller's, so these read no more than the name.
_NAMES = select(customer.c.id, customer.c.name, customer.c.alias).where(customer.c.owner_id == bindparam("owner"))
_NAMES_BY_USE = _NAMES.order_by(customer.c.used_at.desc(), customer.c.id.desc())
_CUSTOMER = select(customer.c.id, customer.c.name, customer.c.alias, *(customer.c[field] for field in _FIELDS)).where(
    customer.c.owner_id == bindparam("owner"), customer.c.id == bindparam("key")
)


class SqlCustomers:
    """`dialogs.customer_records.Customers` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[tuple[PersonId, CustomerId], Customer | None] = {}

    def create(self, owner: PersonId, name: str, *, alias: bool, at: datetime) -> Customer:
        statement = insert(customer).values(owner_id=owner, name=name, alias=alias, created_at=at, used_at=at)
        key = self._connection.execute(statement.returning(customer.c.id)).scalar_one()
        return Customer(CustomerId(key), name, alias)

    def get(self, owner: PersonId, customer_id: CustomerId) -> Customer | None:
        if (owner, customer_id) not in self._read:  # a screen names its customer in several places
            row = self._connection.execute(_CUSTOMER, {"owner": owner, "key": customer_id}).one_or_none()
            self._read[owner, customer_id] = _customer(row) if row else None
        return self._read[owner, customer_id]

    def by_name(self, owner: PersonId, name: str) -> Customer | None:
        # Upper and lower case are compared here: SQLite's lower() knows no umlauts.
        wanted = name.casefold()
        rows = self._connection.execute(_NAMES_BY_USE, {"owner": owner})
        return next((_named(row) for row in rows if row.name.casefold() == wanted), None)

    def recent(self, owner: PersonId, limit: int) -> Sequence[Customer]:
        named = _NAMES_BY_USE.where(customer.c.alias.is_(False)).limit(limit)
        rows = self._connection.execute(named, {"owner": owner})
        return [_named(row) for row in rows]

    def count(self, owner: PersonId) -> int:
        return self._connection.execute(
            select(func.count()).select_from(customer).where(customer.c.owner_id == owner)
        ).scalar_one()

    def save(self, owner: PersonId, changed: Customer) -> None:
        values = {field: getattr(changed, field) for field in ("name", "alias", *_FIELDS)}
        which = (customer.c.id == changed.id, customer.c.owner_id == owner)
        self._connection.execute(update(customer).where(*which).values(values))
        self._read.pop((owner, changed.id), None)


def _named(row: Row[*tuple[Any, ...]]) -> Customer:
    return Customer(CustomerId(row.id), row.name, row.alias)


def _customer(row: Row[*tuple[Any, ...]]) -> Customer:
    values = {field: getattr(row, field) for field in _FIELDS}
    known = {field: values[field] and read(values[field]) for field, read in _READ.items()}
    return Customer(CustomerId(row.id), row.name, row.alias, **{**values, **known})
