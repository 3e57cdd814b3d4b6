"""Pushes without a bot: a look at a moment, and what people then read."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Table, select, update

from bot.jobs import pushes as jobs
from bot.late.drawing import LateScreens, NothingToShow
from bot.storage import outbox, schema
from bot.storage.outbox import Ended
from bot.storage.people import team_by_name
from bot.storage.store import SqlStore
from bot.storage.work import Storage
from bot.turns import House
from dialogs.conversation.talk import CustomerId, PersonId
from dialogs.ports.days import Appointment, AppointmentId
from knowledge.taxonomy import AppointmentKind
from tests.chat import read_html


def at(clock: str, day: str = "2026-11-16", zone: str = "Europe/Berlin", fold: int = 0) -> datetime:
    """The moment of a clock's time on a day in a zone."""
    local = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone), fold=fold)
    return local.astimezone(UTC)


@dataclass
class Watch:
    """Looks at moments; what is pushed is drawn and sent at once."""

    engine: Engine
    storage: Storage
    house: House
    read: list[tuple[int, str]] = field(default_factory=list)
    """(chat, text) of all that was pushed."""
    buttons: list[str] = field(default_factory=list)
    handed_over: list[int] = field(default_factory=list)
    sends: bool = True
    """Whether Telegram can be reached."""

    async def look(self, moment: datetime) -> list[tuple[int, str]]:
        """What this look pushes: (chat, text)."""
        await jobs.look(self.storage, self._hand_over, moment)
        with self.engine.begin() as connection:
            new = self._send(connection, moment)
        self.read += new
        return new

    async def looks(self, start: datetime, end: datetime, every: timedelta = timedelta(minutes=5)) -> list[str]:
        """What many looks push: each with the moment in UTC before it."""
        seen = []
        while start < end:
            seen += [f"{start:%d. %H:%M} {chat} {text.splitlines()[0]}" for chat, text in await self.look(start)]
            start += every
        return seen

    async def _hand_over(self, chats: set[int]) -> None:
        self.handed_over += sorted(chats)

    def _send(self, connection: Connection, moment: datetime) -> list[tuple[int, str]]:
        screens = LateScreens(self.house.catalogue, self.house.messages)
        sent = []
        for parcel in outbox.waiting(connection):
            if not self.sends or not parcel.pushed:
                continue
            try:
                drawn = screens.draw(connection, parcel.payload, moment)
            except NothingToShow:
                outbox.end(connection, parcel.id, Ended.SUPERSEDED, moment)
                continue
            outbox.end(connection, parcel.id, Ended.SENT, moment)
            self.buttons = [button["text"] for row in drawn["keyboard"] for button in row]
            sent.append((parcel.chat_id, read_html(drawn["text"])))
        return sent

    def books(
        self, starts: datetime, who: int = 1001, customer: str = "", *, minutes: int = 30, title: str = "",
        kind: AppointmentKind = AppointmentKind.WEB_CALL, place: str = "", all_day: bool = False,
    ) -> AppointmentId:  # fmt: skip
        """An appointment of somebody."""
        owner = PersonId(who)
        with self.engine.begin() as connection:
            store = SqlStore(connection)
            known: CustomerId | None = None
            if customer:
                found = store.customers.by_name(owner, customer)
                known = (found or store.customers.create(owner, customer, alias=False, at=starts)).id
            return store.appointments.add(
                owner,
                Appointment(
                    AppointmentId(0), kind, title or customer, starts, starts + timedelta(minutes=minutes), place,
                    all_day, known,
                ),
            )  # fmt: skip

    def person(self, who: int = 1001, *, zone: str | None = None, **pushes: Any) -> None:
        """Changes somebody's settings."""
        with self.engine.begin() as connection:
            people = SqlStore(connection).people
            person = people.get(PersonId(who))
            assert person is not None
            changed = replace(person, pushes=replace(person.pushes, **pushes))
            people.save(replace(changed, own_zone=zone) if zone else changed)

    def team(self, name: str = "Team Süd", *, days_off: Sequence[date] = (), **columns: Any) -> int:
        """Changes a team; its id."""
        with self.engine.begin() as connection:
            found = team_by_name(connection, name)
            assert found is not None
            if columns:
                connection.execute(update(schema.team).where(schema.team.c.id == found.id).values(columns))
            for day in days_off:
                SqlStore(connection).people.set_day_off(found.id, day, off=True)
            return found.id

    def run(self, table: Table, *which: Any, **values: Any) -> None:
        """Changes rows beside the bot."""
        with self.engine.begin() as connection:
            connection.execute(update(table).where(*which).values(values))

    def settled(self) -> int:
        """How many pushes were settled, with a message or without."""
        with self.engine.connect() as connection:
            return len(connection.execute(select(schema.push)).all())
