"""Customers of a seller."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, Row, String, bindparam, cast, delete, func, insert, select, update

from bot.storage.schema import appointment, conversation, customer, note, reminder
from dialogs.conversation.talk import CustomerId, PersonId
from dialogs.ports.customers import Belongings, Customer, Permission, Potential
from knowledge.name_search import BREAK, Directory
from knowledge.taxonomy import AcquisitionId, FunnelStage, LeadQuality, OutcomeId, TargetGroupId

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
_HANG_ON_IT: Final = (conversation, note, appointment, reminder)
_NAMES = select(customer.c.id, customer.c.name, customer.c.alias).where(customer.c.owner_id == bindparam("owner"))
_NAMES_BY_USE = _NAMES.order_by(customer.c.used_at.desc(), customer.c.id.desc())
_OWN = select(customer.c.id, customer.c.name, customer.c.alias, *(customer.c[field] for field in _FIELDS)).where(
    customer.c.owner_id == bindparam("owner")
)
_CUSTOMER = _OWN.where(customer.c.id == bindparam("key"))
_PAGE = _OWN.order_by(customer.c.used_at.desc(), customer.c.id.desc())
_SEVERAL = _OWN.where(customer.c.id.in_(bindparam("keys", expanding=True)))

# Made once: to put a statement together takes longer than to run it.
_SAVE = (
    update(customer)
    .where(customer.c.id == bindparam("key"), customer.c.owner_id == bindparam("owner"))
    .values({field: bindparam(f"new_{field}") for field in ("name", "alias", *_FIELDS)})
)
_COUNTS = select(
    *(
        select(func.count())
        .select_from(table)
        .where(table.c.customer_id == bindparam("key"), table.c.owner_id == bindparam("owner"))
        .scalar_subquery()
        for table in _HANG_ON_IT
    )
)
_BOTH = customer.c.id.in_((bindparam("kept"), bindparam("gone")))
_JOIN = (
    *(
        update(table)
        .where(table.c.customer_id == bindparam("gone"), table.c.owner_id == bindparam("owner"))
        .values(customer_id=bindparam("kept"))
        for table in _HANG_ON_IT
    ),
    update(customer)
    .where(customer.c.id == bindparam("kept"), customer.c.owner_id == bindparam("owner"))
    .values(
        used_at=select(func.max(customer.c.used_at)).where(_BOTH).scalar_subquery(),
        created_at=select(func.min(customer.c.created_at)).where(_BOTH).scalar_subquery(),
    ),
    delete(customer).where(customer.c.id == bindparam("gone"), customer.c.owner_id == bindparam("owner")),
)

# One row instead of thousands: reading a row costs more than all that is done with a name afterwards.
_DIRECTORY = select(
    func.aggregate_strings(cast(customer.c.id, String), ","),
    func.aggregate_strings(customer.c.name + BREAK + customer.c.company, "\n"),
).where(customer.c.owner_id == bindparam("owner"))


class SqlCustomers:
    """`dialogs.ports.customers.Customers` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[tuple[PersonId, CustomerId], Customer | None] = {}

    def create(
        self, owner: PersonId, name: str, *, alias: bool, at: datetime, first_contact: date | None = None
    ) -> Customer:
        statement = insert(customer).values(
            owner_id=owner, name=name, alias=alias, created_at=at, used_at=at, first_contact=first_contact
        )
        key = self._connection.execute(statement.returning(customer.c.id)).scalar_one()
        return Customer(CustomerId(key), name, alias, first_contact=first_contact)

    def get(self, owner: PersonId, customer_id: CustomerId) -> Customer | None:
        if (owner, customer_id) not in self._read:  # a screen names its customer in several places
            row = self._connection.execute(_CUSTOMER, {"owner": owner, "key": customer_id}).one_or_none()
            self._read[owner, customer_id] = _customer(row) if row else None
        return self._read[owner, customer_id]

    def by_name(self, owner: PersonId, name: str) -> Customer | None:
        # Upper and lower case are compared by the directory: SQLite's lower() knows no umlauts.
        key = self.directory(owner).exactly(name)
        return self.get(owner, CustomerId(key)) if key is not None else None

    def directory(self, owner: PersonId) -> Directory:
        keys, lines = self._connection.execute(_DIRECTORY, {"owner": owner}).one()
        return Directory(keys.split(","), lines) if keys else Directory((), "")

    def several(self, owner: PersonId, ids: Sequence[CustomerId]) -> Sequence[Customer]:
        rows = self._connection.execute(_SEVERAL, {"owner": owner, "keys": list(ids)})
        found = {row.id: _customer(row) for row in rows}
        return [found[key] for key in ids if key in found]

    def page(self, owner: PersonId, start: int, limit: int) -> Sequence[Customer]:
        rows = self._connection.execute(_PAGE.offset(start).limit(limit), {"owner": owner})
        return [_customer(row) for row in rows]

    def recent(self, owner: PersonId, limit: int) -> Sequence[Customer]:
        named = _NAMES_BY_USE.where(customer.c.alias.is_(False)).limit(limit)
        rows = self._connection.execute(named, {"owner": owner})
        return [_named(row) for row in rows]

    def count(self, owner: PersonId) -> int:
        return self._connection.execute(
            select(func.count()).select_from(customer).where(customer.c.owner_id == owner)
        ).scalar_one()

    def save(self, owner: PersonId, changed: Customer) -> None:
        values = {f"new_{field}": getattr(changed, field) for field in ("name", "alias", *_FIELDS)}
        self._connection.execute(_SAVE, {"key": changed.id, "owner": owner, **values})
        self._read.pop((owner, changed.id), None)

    def turnover(self, owner: PersonId, currency: str, since: datetime) -> Mapping[CustomerId, Decimal]:
        won = conversation.c.state
        rows = self._connection.execute(
            select(conversation.c.customer_id, won["amount"].as_string().label("amount")).where(
                conversation.c.owner_id == owner, conversation.c.outcome == OutcomeId.WON,
                conversation.c.touched_at >= since, won["currency"].as_string() == currency,
            )
        )  # fmt: skip
        sums: dict[CustomerId, Decimal] = {}
        for row in rows:
            key = CustomerId(row.customer_id)
            sums[key] = sums.get(key, Decimal(0)) + Decimal(row.amount or 0)
        return sums

    def belongings(self, owner: PersonId, customer_id: CustomerId) -> Belongings:
        return Belongings(*self._connection.execute(_COUNTS, {"owner": owner, "key": customer_id}).one())

    def join(self, owner: PersonId, kept: Customer, gone: CustomerId) -> None:
        self.save(owner, kept)
        for statement in _JOIN:
            self._connection.execute(statement, {"owner": owner, "kept": kept.id, "gone": gone})
        self._read.pop((owner, gone), None)


def _named(row: Row[*tuple[Any, ...]]) -> Customer:
    return Customer(CustomerId(row.id), row.name, row.alias)


def _customer(row: Row[*tuple[Any, ...]]) -> Customer:
    values = {field: getattr(row, field) for field in _FIELDS}
    known = {field: values[field] and read(values[field]) for field, read in _READ.items()}
    return Customer(CustomerId(row.id), row.name, row.alias, **{**values, **known})
