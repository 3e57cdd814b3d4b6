"""What a seller does with customers, and what is stored of them; for transcripts."""

from sqlalchemy import Engine

from bot.storage.store import SqlStore
from dialogs.conversation.talk import PersonId
from dialogs.ports.customers import Customer
from tests.chat import Chat


def customers_of(engine: Engine, chat: Chat) -> list[Customer]:
    """All customers of the person, as they are stored."""
    with engine.connect() as connection:
        store = SqlStore(connection)
        return list(store.customers.page(PersonId(chat.person_id), 0, 1000))


def customer(engine: Engine, chat: Chat, name: str) -> Customer:
    """The one of this name."""
    return next(known for known in customers_of(engine, chat) if known.name == name)


def adds(chat: Chat, name: str) -> None:
    """A new customer by the list's button."""
    chat.sends("/kunden")
    chat.press("Neuer Kunde")
    chat.types(name)


def shows(chat: Chat, name: str) -> None:
    """The card of a customer."""
    chat.sends(f"/kunden {name}")


def orders(chat: Chat, amount: str) -> None:
    """The conversation that is on ends with an order of this amount."""
    chat.press_data(f"card:{chat.talk.id}|won:{chat.talk.id}:{chat.talk.version}:")
    chat.types(amount)
    chat.press("Stimmt")
