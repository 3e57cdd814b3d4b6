"""A company's own content, laid over the built-in one: added, changed or switched off by id.

The folder has the same files below `de/` and `en/`, any of them; an entry of a known id gives only the fields that
shall change. `off: true` switches an entry off, `answers_added` adds to a list, `answers_off` takes single answers
out of it.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from knowledge.language.languages import Language
from knowledge.own_folder import files_of
from knowledge.raw_entries import RawContent, RawEntry, RawShelf, Reader
from knowledge.shelves import SHELVES, Shelf

Ids = Mapping[str, tuple[str, ...]]
"""Ids by the name of their shelf."""


@dataclass(frozen=True, slots=True)
class Laid:
    """What a company's folder did to the content."""

    folder: Path
    added: Ids
    changed: Ids
    off: Ids


def read_overlay(folder: Path, faults: list[str]) -> dict[Language, RawContent]:
    """What stands in the folder, in each language; faults are noted."""
    reader = Reader(faults)
    files = dict(files_of(folder, faults))
    return {
        language: {shelf.name: reader.shelf(shelf, files.get((language, shelf.place), ())) for shelf in SHELVES}
        for language in Language
    }


def lay_over(
    below: Mapping[Language, RawContent], above: Mapping[Language, RawContent], folder: Path, faults: list[str]
) -> tuple[dict[Language, RawContent], Laid]:
    """The built-in content with the folder's over it, and what came of it."""
    merged: dict[Language, RawContent] = {language: {} for language in Language}
    added: dict[str, tuple[str, ...]] = {}
    changed: dict[str, tuple[str, ...]] = {}
    off: dict[str, tuple[str, ...]] = {}
    for shelf in SHELVES:
        name = shelf.name
        known = {id_ for language in Language for id_ in below[language][name]}
        given = _with_words(above, name)
        off[name] = _switched_off(shelf, above, known | given.keys(), faults)
        added[name] = tuple(id_ for id_ in given if id_ not in known and id_ not in off[name])
        changed[name] = tuple(id_ for id_ in given if id_ in known and id_ not in off[name])
        laid = {
            language: _shelf_over(shelf, below[language][name], above[language][name], faults) for language in Language
        }
        for language in Language:
            borrowed = {id_: raw for other in Language for id_, raw in laid[other].items() if id_ not in laid[language]}
            entries = laid[language] | borrowed  # an entry in the other language is better than none
            merged[language][name] = {id_: raw for id_, raw in entries.items() if id_ not in off[name]}
    return merged, Laid(folder, _filled(added), _filled(changed), _filled(off))


def _with_words(content: Mapping[Language, RawContent], name: str) -> dict[str, None]:
    """The ids of which the folder says more than that they are off or on."""
    return {
        id_: None for language in Language for id_, raw in content[language][name].items() if raw.fields.keys() - {_OFF}
    }


def _filled(ids: Ids) -> Ids:
    return {name: named for name, named in ids.items() if named}


# One entry over another


def _shelf_over(shelf: Shelf, below: RawShelf, above: RawShelf, faults: list[str]) -> RawShelf:
    laid = dict(below)
    for id_, raw in above.items():
        if raw.fields.keys() - {_OFF}:
            laid[id_] = _over(shelf, id_, below.get(id_), raw, faults)
    return laid


def _over(shelf: Shelf, id_: str, below: RawEntry | None, above: RawEntry, faults: list[str]) -> RawEntry:
    """The fields that the upper entry gives replace those of the lower one; lists may be added to."""
    given = {name: value for name, value in above.fields.items() if name != _OFF}
    fields: dict[str, Any] = dict(below.fields) if below else {}
    added_from: dict[str, int] = {}
    for name in shelf.lists:
        where = f"{above.file}, {id_} → {name}"
        items = given.get(name, fields.get(name))
        if shelf.item_id and (out := given.pop(f"{name}{_TAKEN_OUT}", None)) is not None:
            items = given[name] = _taken_out(items, out, shelf.item_id, f"{where}{_TAKEN_OUT}", faults)
        added = given.pop(f"{name}{_ADDED}", None)
        if added is not None and not isinstance(added, list):
            faults.append(f"{where}{_ADDED}: expected a list")
        elif added is not None and isinstance(items, list):
            added_from[name] = len(items)
            given[name] = [*items, *added]
    if below is None:
        return replace(above, fields=given)
    return RawEntry(below.file, {**fields, **given}, above.file, given.keys(), added_from)


_OFF: Final = "off"
_ADDED: Final = "_added"
_TAKEN_OUT: Final = "_off"


def _taken_out(items: Any, out: Any, item_id: str, where: str, faults: list[str]) -> Any:
    """A list without the items that are named; each name has to be one of its items'."""
    if not isinstance(items, list):
        return items
    known = [str(item.get(item_id)) for item in items if isinstance(item, dict)]
    if not isinstance(out, list) or any(name not in known for name in out):
        faults.append(f"{where}: expected a list of what is there: {', '.join(known)}")
        return items
    return [item for item in items if not (isinstance(item, dict) and item.get(item_id) in out)]


# Switched off


_TRUTHS: Final = {"true": True, "yes": True, "false": False, "no": False}


def _switched_off(
    shelf: Shelf, above: Mapping[Language, RawContent], known: Container[str], faults: list[str]
) -> tuple[str, ...]:
    """The ids that one language or the other switches off; it holds for both. `known` are those that there are."""
    off: dict[str, None] = {}
    for language in Language:
        for id_, raw in above[language][shelf.name].items():
            if _OFF not in raw.fields:
                continue
            where, said = f"{raw.file}, {id_} → {_OFF}", _TRUTHS.get(str(raw.fields[_OFF]).lower())
            if said is None:
                faults.append(f"{where}: expected true or false")
            elif said and not shelf.may_be_off(id_):
                single = next((f"; take single ones out with {name}_off" for name in shelf.lists if shelf.item_id), "")
                faults.append(f"{where}: the bot can't do without this entry{single}")
            elif said:
                off[id_] = None
                if id_ not in known:
                    faults.append(f"{where}: there is no such entry to switch off")
    return tuple(off)
