"""The words of the content by who hears or reads them: customers, sellers, and those who choose."""

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from knowledge.catalogue import Knowledge
from knowledge.entries import Choice, Objection
from knowledge.language.messages import Language
from knowledge.placeholders import Wording
from knowledge.shelves import SHELVES
from tests.conftest import built_in

CATALOGUE, _ = built_in()

each_language = pytest.mark.parametrize("language", Language)

COPY_BUTTON = 256
"""Characters that Telegram's copy button takes."""

KNOWN = {
    "customer": "Muster GmbH",
    "product": "Etikettierer E200",
    "price": "16.400 €",
    "benefit": "weniger Stillstand",
}

LONG = {
    "customer": "Süddeutsche Verpackungsmaschinen und Anlagenbau Gesellschaft mbH & Co. KG",
    "product": "Vollautomatische Etikettier- und Prüfanlage E200 mit Rückverfolgung und Fernwartung",
    "price": "1.234.567,89 € netto im ersten Vertragsjahr",
    "benefit": "weniger Stillstand an der zweiten Linie, wenn die Nachtschicht allein ist",
}


def wordings(value: object, place: str = "") -> Iterator[tuple[str, Wording]]:
    """Every sentence with placeholders inside an entry, with its place."""
    if isinstance(value, Wording):
        yield place, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from wordings(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value, start=1):
            yield from wordings(item, f"{place}.{number}")


def all_wordings(knowledge: Knowledge) -> Iterator[tuple[str, Wording]]:
    """Those of all entries."""
    for shelf in SHELVES:
        for id_, entry in getattr(knowledge, shelf.name).items():
            yield from wordings(entry, str(id_))


def said_to_customers(knowledge: Knowledge) -> Iterator[str]:
    """Every sentence that a seller may copy and say, as it stands in the file."""
    for _, wording in all_wordings(knowledge):
        yield from filter(None, (wording.text, wording.otherwise))
    for phase in knowledge.phases.values():
        yield from (sentence.text for sentence in phase.sentences)
    yield from (signal.say for signal in knowledge.signals.values())


def said_in_one_breath(objection: Objection) -> Iterator[str]:
    """The understanding with each question, as the help shows them: with what is known and without."""
    for question in objection.questions:
        for values in ({}, KNOWN):
            yield f"{objection.understanding.filled(values)} {question.filled(values)}"


# fmt: off
_WORDS_TO_SELLERS = {
    "avoid", "customer", "do", "ends_when", "figure", "fits_when", "goal", "hint", "how", "instead", "irrational",
    "listen_for", "looks_like", "meaning", "mind", "mistake", "not_when", "notice", "purpose", "rational", "readings",
    "text", "title", "try_it", "why_it_works",
}
# fmt: on


def read_by_sellers(knowledge: Knowledge) -> Iterator[str]:
    """Goals, hints, how-tos and lessons: what the bot says to the seller. Quoted speech is left out."""
    for shelf in SHELVES:
        for entry in getattr(knowledge, shelf.name).values():
            yield from (re.sub("„[^“]*“|“[^”]*”", "", text) for text in _read_in(entry))


def _read_in(entry: BaseModel) -> Iterator[str]:
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        items = value if isinstance(value, tuple) else (value,)
        for item in items:
            if isinstance(item, str) and name in _WORDS_TO_SELLERS:
                yield item
            elif isinstance(item, BaseModel) and not isinstance(item, Wording) and name != "sentences":
                yield from _read_in(item)


def choices(knowledge: Knowledge) -> Iterator[Choice]:
    """Everything that stands on a button to choose from."""
    yield from knowledge.objection_groups.values()
    yield from knowledge.outcomes.values()
    yield from knowledge.loss_reasons.values()
    yield from knowledge.target_groups.values()
    yield from knowledge.acquisition.values()
    yield from knowledge.kinds.values()
