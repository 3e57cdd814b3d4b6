"""A conversation in the negotiation, with a product and its price; for transcripts."""

from knowledge.taxonomy import PhaseId
from tests.chat import Chat

NBSP = "\N{NO-BREAK SPACE}"
EUR = f"{NBSP}€"


def negotiates(chat: Chat, customer: str = "Muster GmbH", group: str = "") -> None:
    """A conversation in the negotiation."""
    chat.sends(f"/gespraech {customer}")
    if group:
        chat.press("⋯")
        chat.press("Kunde:")
        chat.press(group)
    chat.press("Weiter")
    chat.press("Weiter")
    chat.press("Trotzdem weiter")
    chat.press("Weiter")
    assert chat.talk.phase is PhaseId.NEGOTIATION


def sells(chat: Chat, typed: str = "8 %") -> None:
    """The price is asked for, and the product chosen."""
    chat.types(typed)
    chat.press("Produkt wählen")
    chat.press("Etikettierer E200")
