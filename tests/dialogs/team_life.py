"""A team of sellers that talks to customers, each over their own chat; for transcripts of what its manager sees."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot.turns import House
from dialogs.ports.people import Role
from tests.chat import MONDAY_MORNING, Chat
from tests.conftest import join

FIRST_SELLER = 2001
MANAGER = 2100


@dataclass
class TeamLife:
    """Sellers by number, their manager, and one clock for all."""

    engine: Engine
    house: House
    sellers: list[Chat] = field(default_factory=list)

    @classmethod
    def of(cls, engine: Engine, house: House, sellers: int = 4) -> "TeamLife":
        """A team of so many sellers."""
        life = cls(engine, house)
        for number in range(sellers):
            join(engine, FIRST_SELLER + number, f"Seller {number}")
            life.sellers.append(Chat(engine, house, FIRST_SELLER + number, name=f"Seller {number}"))
        join(engine, MANAGER, "Markus", Role.MANAGER)
        life.manager = Chat(engine, house, MANAGER, name="Markus")
        life.at(MONDAY_MORNING)
        return life

    manager: Chat = field(init=False)

    def at(self, moment: datetime) -> None:
        """Sets everybody's clock."""
        for chat in (*self.sellers, self.manager):
            chat.now = moment

    def later(self, **span: float) -> None:
        """Lets time pass for everybody."""
        self.at(self.manager.now + timedelta(**span))

    def talks(self, seller: int, customer: str, *moves: str) -> Chat:
        """A seller begins a conversation, skips the trial close and presses these buttons."""
        chat = self.sellers[seller]
        chat.sends(f"/gespraech {customer}")
        if f"Neu: {customer}" in chat.buttons:  # a name like another one's
            chat.press(f"Neu: {customer}")
        for label in moves:
            chat.press(label)
        return chat

    def wins(self, seller: int, customer: str, amount: str | None = None) -> Chat:
        """An order out of the closing, for an amount or without one."""
        chat = self.talks(seller, customer, "Abschluss", "Trotzdem weiter", "Auftrag erhalten")
        if amount is None:
            chat.press("Ohne Betrag")
            chat.press("Weglassen")
        else:
            chat.types(amount)
            chat.press("Stimmt")
        return chat

    def loses(self, seller: int, customer: str, reason: str) -> Chat:
        """A final no with its reason, out of the closing."""
        return self.talks(seller, customer, "Abschluss", "Trotzdem weiter", "Endgültig nein", reason)
