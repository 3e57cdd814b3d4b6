"""What the bot knows: the built-in content, and what a company lays over it, read into strict models.

The files stand in `knowledge/content/<language>/`, one subject each (`knowledge.shelves`); both languages hold the
same ids. What is broken is named with file, entry and field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

from knowledge.calendar.kinds import KindWords
from knowledge.contents import Contents
from knowledge.faults import ContentError, refuse
from knowledge.language.languages import Language
from knowledge.overlay import Laid, lay_over, read_overlay
from knowledge.raw_entries import RawContent, Reader, checked
from knowledge.search import Search
from knowledge.shelves import SHELVES, Shelf
from knowledge.taxonomy import ObjectionGroup, ObjectionId, PhaseId

__all__ = ["CONTENT_DIR", "Catalogue", "ContentError", "Knowledge"]

CONTENT_DIR: Final = Path(__file__).parent / "content"


@dataclass(frozen=True)
class Knowledge(Contents):
    """The content of one language, and what follows from it."""

    @cached_property
    def search(self) -> Search:
        """Search over all of this; built on first use."""
        return Search(self)

    @cached_property
    def objections_by_group(self) -> Mapping[ObjectionGroup, tuple[ObjectionId, ...]]:
        """The ids of each group, in the order of the taxonomy."""
        return {
            group: tuple(id_ for id_, entry in self.objections.items() if entry.group is group)
            for group in ObjectionGroup
        }


@dataclass(frozen=True)
class Catalogue:
    """The content of all languages."""

    by_language: Mapping[Language, Knowledge]
    laid: Laid | None = None
    """What came from a company's own folder."""
    files: Mapping[tuple[Language, str, str], Path] = field(default_factory=dict, repr=False)
    """The file that had the last word about an entry: (language, name of the shelf, id)."""

    @cached_property
    def kind_words(self) -> KindWords:
        """The words for kinds of appointments, of all languages."""
        return KindWords(
            (word, kind)
            for knowledge in self.by_language.values()
            for kind, entry in knowledge.kinds.items()
            for word in entry.words
        )

    @classmethod
    def load(cls, directory: Path = CONTENT_DIR, overlay: Path | None = None) -> Self:
        """Reads and checks all files, with a company's own over the built-in ones; raises ContentError with all faults.

        In a company's folder each fault is found; in broken built-in content first what can't be read, then the rest.
        """
        faults: list[str] = []
        reader = Reader(faults)
        raw: dict[Language, RawContent] = {
            language: {shelf.name: reader.shelf(shelf, _built_in(directory / language, shelf)) for shelf in SHELVES}
            for language in Language
        }
        refuse(faults)
        laid = None
        if overlay is not None:
            raw, laid = lay_over(raw, read_overlay(overlay, faults), overlay, faults)
        by_language = {language: _knowledge(language, raw[language], laid, faults) for language in Language}
        refuse(faults)
        refuse(_faults_of_checklists(by_language, raw))
        files = {
            (language, name, id_): entry.last_file
            for language, shelves in raw.items()
            for name, entries in shelves.items()
            for id_, entry in entries.items()
        }
        return cls(by_language, laid, files)

    def __getitem__(self, language: Language) -> Knowledge:
        return self.by_language[language]


def _built_in(directory: Path, shelf: Shelf) -> list[Path]:
    """The files of a shelf; one that is missing is found when it is read."""
    if not shelf.built_in:
        return []
    return sorted((directory / shelf.place).glob("*.yaml")) if shelf.is_folder else [directory / shelf.place]


def _knowledge(language: Language, raw: RawContent, laid: Laid | None, faults: list[str]) -> Knowledge:
    off = laid.off if laid else {}
    shelves: dict[str, Any] = {
        shelf.name: checked(shelf, language, raw[shelf.name], off.get(shelf.name, ()), faults) for shelf in SHELVES
    }
    return Knowledge(language=language, **shelves)


TRIAL_CLOSE: Final = "trial_close"
"""The item of the analysis that the conversation asks about before it goes on."""


def _faults_of_checklists(by_language: Mapping[Language, Knowledge], raw: Mapping[Language, RawContent]) -> list[str]:
    """Items of checklists are ids that steps store: every language must know the same ones."""
    faults = []
    first, *others = by_language.values()
    for phase_id, phase in first.phases.items():
        file = raw[first.language]["phases"][phase_id].last_file
        ours = [item.id for item in phase.checklist]
        if phase_id is PhaseId.ANALYSIS and TRIAL_CLOSE not in ours:
            faults.append(f"{file}, {phase_id} → checklist: the item {TRIAL_CLOSE} is missing")
        for other in others:
            theirs = [item.id for item in other.phases[phase_id].checklist]
            if ours != theirs:
                faults.append(
                    f"{file}, {phase_id} → checklist: {first.language} has {', '.join(ours)}, {other.language} has "
                    f"{', '.join(theirs)}; give both the same ids in the same order"
                )
    return faults
