"""What the bot knows, as strict models of the files in `knowledge/content/<language>/`.

A file holds one subject; both languages hold the same ids. What is broken is named with file, entry and field.

ContentError
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.language.messages import Language
from knowledge.taxonomy import (
    AcquisitionId,
    AppointmentKind,
    ClosingId,
    FollowUpTaskId,
    LossReasonId,
    ObjectionGroup,
    ObjectionId,
    OutcomeId,
    PhaseId,
    SignalId,
    TargetGroupId,
)

# The one written in C is seven times as fast, and content is read at each start.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

CONTENT_DIR = Path(__file__).parent / "content"


class ContentError(Exception):
    """The content can't be used as it is; the text names file, entry and field, and what is expected."""


class Entry(BaseModel):
    """Base of all content: nothing unknown, nothing changed after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, str_min_length=1)


class Fit(Entry):
    """When an item is shown; an empty list means always."""

    target_groups: tuple[TargetGroupId, ...] = ()
    kinds: tuple[AppointmentKind, ...] = ()

    def fits(self, target_group: TargetGroupId, kind: AppointmentKind) -> bool:
        """Whether the item suits this customer and this kind of appointment."""
        return (not self.target_groups or target_group in self.target_groups) and (not self.kinds or kind in self.kinds)


class CheckItem(Fit):
    """One thing to tick in a phase: what shall be true, and a word or two for the button."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,23}$")
    text: str = Field(max_length=60)
    short: str = Field(max_length=16)


class Sentence(Fit):
    """A sentence to say to the customer (Sie-form in German), short enough for a copy button."""

    text: str = Field(max_length=256)
    items: tuple[str, ...] = ()
    """Checklist items that this sentence helps to get done; it is proposed while one of them is open."""


class Phase(Entry):
    """One phase of the conversation."""

    label: str
    short: str
    goal: str = Field(max_length=110)
    ends_when: str
    listen_for: tuple[str, ...] = Field(min_length=1)
    checklist: tuple[CheckItem, ...] = Field(min_length=5)
    sentences: tuple[Sentence, ...] = Field(min_length=6)


class Objection(Entry):
    """An objection (Einwand) as the list shows it."""

    group: ObjectionGroup
    label: str = Field(max_length=32)
    meaning: str
    typical: str


class Signal(Entry):
    """A buying signal (Kaufsignal): what is seen or heard, and what to do and to say now."""

    label: str = Field(max_length=40)
    do: str
    say: str = Field(max_length=256)


class ClosingTechnique(Entry):
    """A closing technique (Abschlusstechnik) with when it fits and what to say."""

    label: str
    fits_when: str
    signals: tuple[SignalId, ...] = ()
    sentences: tuple[str, ...] = Field(min_length=1)


class FollowUpTask(Entry):
    """One of the ten tasks of the follow-up (Nachbereitung)."""

    label: str = Field(max_length=40)
    how: str
    due_in_days: int = Field(ge=0, le=365)


class Choice(Entry):
    """An id to choose from, with its words."""

    label: str
    hint: str = ""


@dataclass(frozen=True)
class Knowledge:
    """The content of one language. Mappings keep the order of the taxonomy's ids."""

    language: Language
    phases: Mapping[PhaseId, Phase]
    objections: Mapping[ObjectionId, Objection]
    objection_groups: Mapping[ObjectionGroup, Choice]
    signals: Mapping[SignalId, Signal]
    closing: Mapping[ClosingId, ClosingTechnique]
    follow_up: Mapping[FollowUpTaskId, FollowUpTask]
    outcomes: Mapping[OutcomeId, Choice]
    loss_reasons: Mapping[LossReasonId, Choice]
    target_groups: Mapping[TargetGroupId, Choice]
    acquisition: Mapping[AcquisitionId, Choice]
    kinds: Mapping[AppointmentKind, Choice]

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

    @classmethod
    def load(cls, directory: Path = CONTENT_DIR) -> Self:
        """Read and check all files; raises ContentError for the first file that can't be used."""
        catalogue = cls({language: _load_language(directory / language, language) for language in Language})
        catalogue._check_same_items()
        return catalogue

    def __getitem__(self, language: Language) -> Knowledge:
        return self.by_language[language]

    def _check_same_items(self) -> None:
        """Checklist items are ids that steps store: both languages must know the same ones."""
        first, *others = self.by_language.values()
        for other in others:
            for phase_id, phase in first.phases.items():
                ours = [item.id for item in phase.checklist]
                theirs = [item.id for item in other.phases[phase_id].checklist]
                if ours != theirs:
                    raise ContentError(
                        f"phases.yaml, {phase_id}, checklist: {first.language} has {ours}, "
                        f"{other.language} has {theirs}; give both the same ids in the same order"
                    )


_Id = TypeVar("_Id", bound=StrEnum)
_Entry = TypeVar("_Entry", bound=Entry)


def _load_language(directory: Path, language: Language) -> Knowledge:
    choices = directory / "choices.yaml"
    return Knowledge(
        language=language,
        phases=_load(directory / "phases.yaml", PhaseId, Phase),
        objections=_load(directory / "objections.yaml", ObjectionId, Objection),
        objection_groups=_load(choices, ObjectionGroup, Choice, "objection_groups"),
        signals=_load(directory / "signals.yaml", SignalId, Signal),
        closing=_load(directory / "closing.yaml", ClosingId, ClosingTechnique),
        follow_up=_load(directory / "follow_up.yaml", FollowUpTaskId, FollowUpTask),
        outcomes=_load(choices, OutcomeId, Choice, "outcomes"),
        loss_reasons=_load(choices, LossReasonId, Choice, "loss_reasons"),
        target_groups=_load(choices, TargetGroupId, Choice, "target_groups"),
        acquisition=_load(choices, AcquisitionId, Choice, "acquisition"),
        kinds=_load(choices, AppointmentKind, Choice, "kinds"),
    )


def _load(file: Path, ids: type[_Id], model: type[_Entry], section: str | None = None) -> Mapping[_Id, _Entry]:
    """One mapping id → entry of a file; every id of the taxonomy, no other."""
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), _LOADER)  # noqa: S506 (a safe loader)
    except OSError as error:
        raise ContentError(f"{file}: can't be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise ContentError(f"{file}: is no valid YAML: {error}") from error
    if section is not None:
        data = data.get(section) if isinstance(data, dict) else None
    where = f"{file}{f', {section}' if section else ''}"
    if not isinstance(data, dict):
        raise ContentError(f"{where}: expected a mapping from ids to entries")
    try:
        entries = TypeAdapter(dict[ids, model]).validate_python(data)  # type: ignore[valid-type]  # known at run time only
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = " → ".join(str(part) for part in first["loc"])
        raise ContentError(f"{where}, {place}: {first['msg']}") from error
    missing = [str(id_) for id_ in ids if id_ not in entries]
    if missing:
        raise ContentError(f"{where}: no entry for {', '.join(missing)}")
    return {id_: entries[id_] for id_ in ids}
