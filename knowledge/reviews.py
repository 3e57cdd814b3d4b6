"""Whose turn it is to look at content again: entries whose review day has passed, and references that expired."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel

from knowledge.catalogue import Catalogue
from knowledge.entries import Owned, Reference
from knowledge.faults import place
from knowledge.shelves import SHELVES


@dataclass(frozen=True, slots=True)
class Overdue:
    """An entry, or one of its answers, that should have been looked at by a day that lies in the past."""

    file: Path
    entry: str
    """`price_too_high`, or `price_too_high → answers → no. 3`."""
    owner: str
    due: date


def overdue(catalogue: Catalogue, today: date) -> list[Overdue]:
    """All of them, the longest overdue first. What both languages share is named once."""
    found: dict[Overdue, None] = {}
    for language, knowledge in catalogue.by_language.items():
        for shelf in SHELVES:
            for id_, entry in getattr(knowledge, shelf.name).items():
                file = catalogue.files[language, shelf.name, str(id_)]
                for parts, owned in _owned(entry, (str(id_),)):
                    days = [owned.review_by, owned.until if isinstance(owned, Reference) else None]
                    passed = [day for day in days if day is not None and day < today]
                    found |= {Overdue(file, place(parts), owned.owner, day): None for day in passed}
    return sorted(found, key=lambda late: late.due)


def _owned(value: object, parts: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Owned]]:
    """The entry itself and those inside it, each with its place."""
    if isinstance(value, Owned):
        yield parts, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _owned(getattr(value, name), (*parts, name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _owned(item, (*parts, number))
