"""What can be found: every kind of entry as title, tags and text. A new kind is one row of `SOURCES`.

Words that mean the same (`search.yaml`) lead to each other: an entry that is named by one of them carries the
others as well, so that endings and typing errors are forgiven in all of them alike.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel

from knowledge.contents import Contents
from knowledge.placeholders import Wording
from knowledge.search_terms import EntryKind, SearchTerms
from knowledge.search_words import stem, words_of
from knowledge.taxonomy import Country


@dataclass(frozen=True, slots=True)
class Source:
    """Where the entries of a kind stand in `Contents`, the field that names them, and those that say most of them."""

    kind: EntryKind
    attribute: str
    title: str = "label"
    lead: tuple[str, ...] = ()
    tags: str = ""


# fmt: off
SOURCES: Final = (
    Source(EntryKind.OBJECTION, "objections",   lead=("meaning", "typical")),
    Source(EntryKind.LESSON,    "lessons",      title="title", lead=("try_it",), tags="tags"),
    Source(EntryKind.CLOSING,   "closing",      lead=("fits_when",)),
    Source(EntryKind.SIGNAL,    "signals",      lead=("notice",)),
    Source(EntryKind.PHASE,     "phases",       lead=("short", "goal")),
    Source(EntryKind.QUESTIONS, "questions",    lead=("purpose",)),
    Source(EntryKind.BENEFIT,   "benefits",     title="property", lead=("rational", "irrational")),
    Source(EntryKind.AMPLIFIER, "amplifiers",   lead=("how",)),
    Source(EntryKind.RULE,      "reminders",    title="title", lead=("law",)),
    Source(EntryKind.STAGE,     "funnel",       lead=("customer",)),
    Source(EntryKind.TASK,      "follow_up",    lead=("how",)),
    Source(EntryKind.TRICK,     "manipulation", lead=("looks_like",)),
    Source(EntryKind.PRODUCT,   "products",     title="name", lead=("benefits",)),
    Source(EntryKind.REFERENCE, "references",   title="customer", lead=("trade", "size")),
    Source(EntryKind.RIVAL,     "competitors",  title="name", lead=("strong_at", "weak_at")),
)
# fmt: on
"""In the order in which equal hits are shown."""

_NO_TEXT: Final = frozenset({"owner", "id", "items"})
"""Fields that hold ids or names of keepers, which nobody searches for."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """The words of one entry, by how much they say about it."""

    kind: EntryKind
    id: str
    title: str
    tags: str
    also: str
    """Other words for what title and tags say, words for the kind, and the id, which is the field's English term."""
    lead: str
    """Its first sentences, and the labels of entries that it names."""
    body: str
    country: Country | None = None
    """Where it holds; None: everywhere."""


def searchable(contents: Contents) -> Iterator[Searchable]:
    """Every entry of a language."""
    labels = _labels(contents)
    others = _others(contents.search_terms.values())
    for source in SOURCES:
        of_kind = [word for term in contents.search_terms.values() if term.kind is source.kind for word in term.words]
        for id_, entry in entries_of(contents, source.kind).items():
            texts = {
                name: list(_texts(getattr(entry, name))) for name in type(entry).model_fields if name not in _NO_TEXT
            }
            (title,), tags = texts.pop(source.title), texts.pop(source.tags, [])
            lead = [text for name in source.lead for text in texts.pop(name)]
            lead += [labels[named] for name in texts for named in _ids(getattr(entry, name)) if named in labels]
            names = {stem(word) for text in (title, *tags) for word in words_of(text)}
            also = {word for name in names & others.keys() for word in others[name]}
            yield Searchable(
                kind=source.kind,
                id=str(id_),
                title=title,
                tags=" ".join(tags),
                also=" ".join((*sorted(also), *of_kind, *str(id_).split("_"))),
                lead=" ".join(lead),
                body=" ".join(text for rest in texts.values() for text in rest),
                country=getattr(entry, "country", None),
            )


def _others(terms: Iterable[SearchTerms]) -> dict[str, set[str]]:
    """By the stem of a word: all that mean the same."""
    others: dict[str, set[str]] = {}
    for term in terms:
        if term.kind is None:
            for word in term.words:
                for part in words_of(word):
                    others.setdefault(stem(part), set()).update(term.words)
    return others


def entries_of(contents: Contents, kind: EntryKind) -> Mapping[Any, Any]:
    """The entries of a kind by id, in their order."""
    entries: Mapping[Any, Any] = getattr(contents, _BY_KIND[kind].attribute)
    return entries


def title_of(entry: BaseModel, kind: EntryKind) -> str:
    """What an entry of this kind is called."""
    return str(getattr(entry, _BY_KIND[kind].title))


_BY_KIND: Final = {source.kind: source for source in SOURCES}


def _labels(contents: Contents) -> dict[StrEnum, str]:
    """The words for ids, such as 'Kaltakquise' for a way of contact."""
    named: tuple[Mapping[Any, Any], ...] = (
        contents.objections, contents.objection_groups, contents.closing, contents.signals, contents.phases,
        contents.target_groups, contents.acquisition, contents.kinds,
    )  # fmt: skip
    countries = {country: contents.language.locale.territories[country] for country in Country}
    return countries | {id_: entry.label for entries in named for id_, entry in entries.items()}


def _ids(value: object) -> Iterator[StrEnum]:
    """The ids in one field, not those further inside."""
    if isinstance(value, StrEnum):
        yield value
    elif isinstance(value, tuple):
        yield from (item for item in value if isinstance(item, StrEnum))


def _texts(value: object) -> Iterator[str]:
    """All words that a person reads in a field; sentences to say as they are when nothing is known."""
    if isinstance(value, StrEnum):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, Wording):
        yield value.filled({})
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in _NO_TEXT:
                yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
