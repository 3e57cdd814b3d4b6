"""A costing at released rates, and a product saved from it; for transcripts."""

from tests.chat import Chat
from tests.dialogs.cost_sheets import release

RATES = "/bab MGK 60/600; Fertigung I 40/100; VVGK 80/800"
NBSP = "\N{NO-BREAK SPACE}"


def answers(chat: Chat, *typed: str) -> None:
    """Answers one question after the other; '–' leaves one out."""
    for words in typed:
        if words == "–":
            chat.press("Weglassen")
        else:
            chat.types(words)


def costed(manager: Chat) -> None:
    """A product with direct costs of 6,000 and 3,000, 10 % profit, at the released rates."""
    manager.sends("/kalkulation")
    manager.press("Fertigung")
    manager.press("Den Preis")
    answers(manager, "6.000", "3.000", "–", "10", "–", "–", "9.500")


def saved(manager: Chat, name: str = "Etikettierer E200") -> None:
    """The same, kept as a product: list price 13,068, full cost 11,880."""
    release(manager, RATES)
    costed(manager)
    manager.press("Als Produkt speichern")
    manager.types(name)
