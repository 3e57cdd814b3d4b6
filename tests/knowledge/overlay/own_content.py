"""Entries as a company writes them, and what is wrong with its folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.catalogue import Catalogue
from knowledge.faults import ContentError
from tests.conftest import built_in

BUILT_IN, _ = built_in()

Write = Callable[[str, str], Path]


def faults(folder: Path) -> tuple[str, ...]:
    """Everything that is wrong with the folder, with paths as seen from it."""
    with pytest.raises(ContentError) as broken:
        Catalogue.load(overlay=folder)
    assert str(broken.value) == broken.value.faults[0], "a refused start says the first one"
    return tuple(fault.replace(f"{folder}/", "") for fault in broken.value.faults)


OWN_ANSWER = """\
        - technique: trade
          reading: "Rahmenvertrag"
          fits_when: "wenn der Kunde jedes Jahr bestellt"
          not_when: "wenn es bei einer Bestellung bleibt"
          say: "Mit einem Rahmen über zwei Jahre rechnen wir anders. Wie viel brauchen Sie im Jahr?"
          settled: "Trägt der Rahmenpreis, wenn die Menge so bleibt?"
          fairness: fair
"""

PRODUCT = """\
    e200:
      name: Etikettierer E200
      offer: goods
      properties: [Spendet 40 Etiketten in der Minute]
      benefits: [Am Freitag ist um vier Schluss]
      price: 16.400 €
      owner: Vertrieb
      review_by: 2027-03-31
"""
