"""Cost sheets as they are typed and sent, and the team's rates that a manager releases; for transcripts."""

from datetime import date
from fractions import Fraction

from sqlalchemy import Engine

from bot.document_worker import opened
from bot.documents import _with_answer
from bot.storage.store import SqlStore
from dialogs.ports.people import TeamId
from dialogs.turn import Document
from tests.chat import Chat

MODEL = "/bab MGK 63/525; FGK I 42/100; FGK II 53/200; VVGK 79"

SHEET = """\
BAB Mai;;;;;
Kostenart;Summe;Material;Fertigung I;{heading};VwVt
Hilfslöhne;100;20;30;10;40
Gehälter;50;10;10;10;20
Zuschlagsgrundlage;;300;100;50;
"""


def file(content: str, name: str = "bab.csv", **roles: str) -> Document:
    """A file as the bot has read it when the turn begins."""
    document = Document(name, len(content), "file-1")
    return _with_answer(document, opened(content.encode(), name, roles))


def release(manager: Chat, line: str, period: str = "Mai 2026", valid_from: str | None = None) -> None:
    """A manager makes these rates the team's."""
    manager.sends(line)
    manager.press("Speichern")
    manager.types(period)
    if valid_from is None:
        manager.press("Ab heute")
    else:
        manager.types(valid_from)
        manager.press("Stimmt")
    manager.press("Freigeben")


def released(engine: Engine, on: date) -> dict[str, Fraction]:
    """The team's rates on a day."""
    with engine.connect() as connection:
        rates = SqlStore(connection).cost_sheets.released_rates(TeamId(1), on)
    return {rate.name: rate.exact for rate in rates.rates} if rates else {}
