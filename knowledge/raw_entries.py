"""Entries between file and model: the fields as they stand there, and which file said which."""

import difflib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from knowledge.content_files import read_yaml
from knowledge.entries import Entry
from knowledge.faults import ContentError, place, plain_words
from knowledge.language.languages import Language
from knowledge.shelves import OWN_ID, SHELVES, Shelf


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry, not yet checked. What a company's file says stands over what the built-in one says."""

    file: Path
    fields: Mapping[str, Any]
    laid_file: Path | None = None
    laid: Container[str] = ()
    """The fields that come from `laid_file`."""
    added_from: Mapping[str, int] = field(default_factory=dict)
    """From which item on a list consists of what was added to it."""

    @property
    def last_file(self) -> Path:
        """The file that had the last word."""
        return self.laid_file or self.file

    def where(self, parts: tuple[str | int, ...]) -> tuple[Path, tuple[str | int, ...]]:
        """The file that a field comes from, and what it is called there."""
        if not parts:
            return self.last_file, parts
        name, *inner = parts
        if name not in self.laid:
            return self.file, parts
        if inner and isinstance(inner[0], int) and inner[0] >= self.added_from.get(str(name), inner[0] + 1):
            parts = (f"{name}_added", inner[0] - self.added_from[str(name)], *inner[1:])
        return self.last_file, parts


RawShelf = dict[str, RawEntry]
RawContent = dict[str, RawShelf]
"""All shelves of one language, by their names."""


class Reader:
    """Reads files once each, and notes what is wrong with them instead of stopping at it."""

    def __init__(self, faults: list[str]) -> None:
        self._faults = faults
        self._read: dict[Path, Any] = {}

    def shelf(self, shelf: Shelf, files: Iterable[Path]) -> RawShelf:
        """The entries of one kind in these files, by id."""
        entries: RawShelf = {}
        for file in files:
            for id_, fields in self._entries(shelf, file).items():
                where = f"{file}, {f'{shelf.section} → ' if shelf.section else ''}{id_}"
                if fault := _fault_of_id(shelf, id_):
                    self._faults.append(f"{where}: {fault}")
                elif id_ in entries:
                    self._faults.append(f"{where}: stands in {entries[id_].file} as well; keep one")
                elif not isinstance(fields, dict):
                    self._faults.append(f"{where}: expected fields with their values below it")
                else:
                    entries[id_] = RawEntry(file, fields)
        return entries

    def _entries(self, shelf: Shelf, file: Path) -> dict[str, Any]:
        if file not in self._read:
            self._read[file] = self._data(file)
        data = self._read[file].get(shelf.section, {}) if shelf.section else self._read[file]
        if isinstance(data, dict):
            return data
        self._faults.append(f"{file}, {shelf.section}: expected ids with their fields below it")
        return {}

    def _data(self, file: Path) -> dict[str, Any]:
        try:
            data = read_yaml(file)
        except ContentError as error:
            self._faults.extend(error.faults)
            return {}
        if data is None:  # nothing but comments
            return {}
        if not isinstance(data, dict):
            self._faults.append(f"{file}: expected ids with their fields below them")
            return {}
        sections = [shelf.section for shelf in SHELVES if shelf.section and shelf.place == file.name]
        unknown = [name for name in data if name not in sections] if sections else []
        self._faults += [f"{file}, {name}: expected one of {', '.join(sections)}" for name in unknown]
        return data


def checked(
    shelf: Shelf, language: Language, raw: RawShelf, off: Container[str], faults: list[str]
) -> dict[Any, Entry]:
    """The entries as models, in the order of the taxonomy's ids, else of the files. Faults are noted."""
    if shelf.ids is not None:
        missing = [str(id_) for id_ in shelf.ids if id_ not in raw and id_ not in off]
        if missing:
            section = f", {shelf.section}" if shelf.section else ""
            faults.append(f"{language}/{shelf.place}{section}: no entry for {', '.join(missing)}")
    entries: dict[Any, Entry] = {}
    for id_ in raw if shelf.ids is None else [id_ for id_ in shelf.ids if id_ in raw]:
        try:
            entries[id_] = shelf.model.model_validate(raw[id_].fields)
        except ValidationError as error:
            faults += _faults_of_entry(shelf, id_, raw[id_], error)
    return entries


def _faults_of_entry(shelf: Shelf, id_: str, raw: RawEntry, error: ValidationError) -> Iterable[str]:
    found = error.errors(include_url=False)
    places = [fault["loc"] for fault in found]
    for fault in found:
        length = len(fault["loc"])
        if fault["type"] == "too_short" and any(len(loc) > length and loc[:length] == fault["loc"] for loc in places):
            continue  # only because its broken items don't count
        file, parts = raw.where(fault["loc"])
        section = (shelf.section,) if shelf.section else ()
        yield f"{file}, {place((*section, id_, *parts))}: {plain_words(fault, shelf.model)}"


_LIKE_ENOUGH: Final = 0.75


def _fault_of_id(shelf: Shelf, id_: str) -> str:
    if shelf.ids is None:
        return "" if OWN_ID.fullmatch(id_) else "expected an id of small letters, digits and _, 40 at most"
    known = [str(known) for known in shelf.ids]
    if id_ in known:
        return ""
    near = difflib.get_close_matches(id_, known, n=1, cutoff=_LIKE_ENOUGH)
    return f"is no id here; did you mean {near[0]}?" if near else f"is no id here; expected one of {', '.join(known)}"
