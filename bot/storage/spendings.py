"""What was spent to win customers, by month and channel."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, delete, select

from bot.storage.schema import spending
from bot.storage.upsert import insert_into
from dialogs.ports.people import TeamId
from knowledge.figures.costs import CostEntry, Month
from knowledge.language.money import Money
from knowledge.taxonomy import AcquisitionId

_CHANNELS: Final = list(AcquisitionId)


class SqlSpendings:
    """`dialogs.ports.Spendings` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, team_id: TeamId) -> Sequence[CostEntry]:
        rows = self._connection.execute(select(spending).where(spending.c.team_id == team_id))
        entries = [
            CostEntry(_month(row.month), AcquisitionId(row.channel), Money(Decimal(row.amount), row.currency))
            for row in rows
            if row.channel in _CHANNELS
        ]
        return sorted(
            entries,
            key=lambda entry: (
                -entry.month.year, -entry.month.number, _CHANNELS.index(entry.channel), entry.amount.currency,
            ),
        )  # fmt: skip

    def put(self, team_id: TeamId, entry: CostEntry) -> None:
        month = f"{entry.month.year:04}-{entry.month.number:02}"
        key = {"team_id": team_id, "month": month, "channel": entry.channel, "currency": entry.amount.currency}
        if not entry.amount.amount:
            self._connection.execute(
                delete(spending).where(*(spending.c[name] == value for name, value in key.items()))
            )
            return
        amount = f"{entry.amount.amount:f}"
        self._connection.execute(
            insert_into(self._connection, spending)
            .values(amount=amount, **key)
            .on_conflict_do_update(index_elements=list(key), set_={"amount": amount})
        )


def _month(written: str) -> Month:
    year, _, number = written.partition("-")
    return Month(int(year), int(number))
