"""The catalogue: every id in both languages, and what is broken is named."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.catalogue import CONTENT_DIR, Catalogue, ContentError, Phase
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

CATALOGUE = Catalogue.load()

each_language = pytest.mark.parametrize("language", Language)
each_phase = pytest.mark.parametrize("phase_id", PhaseId)


# What is there


@each_language
def test_every_id_has_its_words(language: Language) -> None:
    knowledge = CATALOGUE[language]
    assert [*knowledge.phases] == [*PhaseId]
    assert [*knowledge.objections] == [*ObjectionId]
    assert [*knowledge.objection_groups] == [*ObjectionGroup]
    assert [*knowledge.signals] == [*SignalId]
    assert [*knowledge.closing] == [*ClosingId]
    assert [*knowledge.follow_up] == [*FollowUpTaskId]
    assert [*knowledge.outcomes] == [*OutcomeId]
    assert [*knowledge.loss_reasons] == [*LossReasonId]
    assert [*knowledge.target_groups] == [*TargetGroupId]
    assert [*knowledge.acquisition] == [*AcquisitionId]
    assert [*knowledge.kinds] == [*AppointmentKind]


@each_language
def test_every_objection_is_in_exactly_one_group_and_no_group_is_empty(language: Language) -> None:
    groups = CATALOGUE[language].objections_by_group
    assert sorted(id_ for ids in groups.values() for id_ in ids) == sorted(ObjectionId)
    assert all(groups[group] for group in ObjectionGroup)


def test_an_objection_is_in_the_same_group_in_both_languages() -> None:
    german, english = (CATALOGUE[language].objections_by_group for language in Language)
    assert german == english


def test_a_closing_technique_fits_to_the_same_signals_in_both_languages() -> None:
    german, english = (
        {id_: technique.signals for id_, technique in CATALOGUE[language].closing.items()} for language in Language
    )
    assert german == english


@each_language
def test_every_signal_has_a_closing_technique_that_fits_to_it(language: Language) -> None:
    fitting = {signal for technique in CATALOGUE[language].closing.values() for signal in technique.signals}
    assert fitting == set(SignalId)


@each_language
def test_a_closing_technique_offers_two_or_three_wordings(language: Language) -> None:
    assert {len(technique.sentences) for technique in CATALOGUE[language].closing.values()} <= {2, 3}


def test_a_follow_up_task_is_due_after_the_same_days_in_both_languages() -> None:
    german, english = (
        {id_: task.due_in_days for id_, task in CATALOGUE[language].follow_up.items()} for language in Language
    )
    assert german == english


# Sentences for what is still open


@each_language
@each_phase
def test_sentences_name_only_items_of_their_phase(language: Language, phase_id: PhaseId) -> None:
    phase = CATALOGUE[language].phases[phase_id]
    named = {item for sentence in phase.sentences for item in sentence.items}
    assert named <= {item.id for item in phase.checklist}


@each_language
@each_phase
def test_every_open_item_has_a_sentence_for_any_customer_and_appointment(language: Language, phase_id: PhaseId) -> None:
    phase = CATALOGUE[language].phases[phase_id]
    always = {
        item
        for sentence in phase.sentences
        if not sentence.target_groups and not sentence.kinds
        for item in sentence.items
    }
    assert always == {item.id for item in phase.checklist}


@each_language
@each_phase
def test_a_phase_has_nine_sentences_and_three_that_depend_on_customer_or_appointment(
    language: Language, phase_id: PhaseId
) -> None:
    sentences = CATALOGUE[language].phases[phase_id].sentences
    assert len(sentences) >= 9
    assert sum(bool(sentence.target_groups or sentence.kinds) for sentence in sentences) >= 3


def first_for(phase: Phase, item: str, target_group: TargetGroupId, kind: AppointmentKind) -> str:
    """The sentence proposed for an open item: the first that fits."""
    return next(s.text for s in phase.sentences if item in s.items and s.fits(target_group, kind))


@each_language
def test_a_public_body_is_asked_about_its_budget_in_its_own_way(language: Language) -> None:
    analysis = CATALOGUE[language].phases[PhaseId.ANALYSIS]
    asked = {group: first_for(analysis, "budget", group, AppointmentKind.VISIT) for group in TargetGroupId}
    assert len({asked[TargetGroupId.B2B], asked[TargetGroupId.B2C], asked[TargetGroupId.B2G]}) == 3
    assert asked[TargetGroupId.B2C] == asked[TargetGroupId.FREELANCE_PROFESSION]  # both are told gross prices


@each_language
def test_a_cold_call_begins_otherwise_than_a_visit(language: Language) -> None:
    relationship = CATALOGUE[language].phases[PhaseId.RELATIONSHIP]
    greetings = {
        first_for(relationship, "greeted", TargetGroupId.B2B, kind)
        for kind in (AppointmentKind.VISIT, AppointmentKind.WEB_CALL, AppointmentKind.COLD_CALL_BLOCK)
    }
    assert len(greetings) == 3


@each_language
@each_phase
def test_what_suits_a_kind_of_customer_stands_before_what_always_suits(language: Language, phase_id: PhaseId) -> None:
    """Else the card, which takes the first that fits, would never come to it."""
    phase = CATALOGUE[language].phases[phase_id]
    chosen = {
        first_for(phase, item.id, group, kind)
        for item in phase.checklist
        for group in TargetGroupId
        for kind in AppointmentKind
    }
    never = [s.text for s in phase.sentences if (s.target_groups or s.kinds) and s.text not in chosen]
    assert not never


@each_language
@each_phase
def test_the_last_sentence_leads_over_when_all_is_ticked(language: Language, phase_id: PhaseId) -> None:
    *others, last = CATALOGUE[language].phases[phase_id].sentences
    assert last.items == ()
    assert all(sentence.items for sentence in others)


@each_phase
def test_both_languages_propose_the_same_at_the_same_place(phase_id: PhaseId) -> None:
    german, english = (
        [
            (sentence.items, sentence.target_groups, sentence.kinds)
            for sentence in CATALOGUE[language].phases[phase_id].sentences
        ]
        for language in Language
    )
    assert german == english


@each_language
def test_the_analysis_ends_with_the_trial_close(language: Language) -> None:
    assert CATALOGUE[language].phases[PhaseId.ANALYSIS].checklist[-1].id == "trial_close"


# What is broken is named


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the shipped content that a test may break."""
    return Path(shutil.copytree(CONTENT_DIR, tmp_path / "content"))


def rewrite(file: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the data of one content file in place."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "change", "named"),
    [
        pytest.param(
            "phases.yaml",
            lambda data: data["analysis"].pop("goal"),
            "phases.yaml, analysis → goal: Field required",
            id="a field is missing",
        ),
        pytest.param(
            "phases.yaml",
            lambda data: data["closing"]["sentences"][2].update(text="lang " * 60),
            "phases.yaml, closing → sentences → 2 → text: String should have at most 256 characters",
            id="a sentence is too long for its copy button",
        ),
        pytest.param(
            "phases.yaml",
            lambda data: data["analysis"]["checklist"][0].update(id="Lage prüfen"),
            "phases.yaml, analysis → checklist → 0 → id: String should match pattern",
            id="an item's id is no id",
        ),
        pytest.param(
            "objections.yaml",
            lambda data: data["later"].update(labell="Später"),
            "objections.yaml, later → labell: Extra inputs are not permitted",
            id="a field is misspelt",
        ),
        pytest.param(
            "objections.yaml",
            lambda data: data["later"].update(group="time"),
            "objections.yaml, later → group: Input should be 'price', 'timing'",
            id="a group is unknown",
        ),
        pytest.param(
            "objections.yaml",
            lambda data: data.update(too_far_away=data["later"]),
            "objections.yaml, too_far_away",
            id="an entry is unknown",
        ),
        pytest.param(
            "signals.yaml",
            lambda data: data.pop("smiles"),
            "signals.yaml: no entry for smiles",
            id="an entry is missing",
        ),
        pytest.param(
            "closing.yaml",
            lambda data: data["trial_order"].update(signals=["winks"]),
            "closing.yaml, trial_order → signals → 0: Input should be",
            id="a signal is unknown",
        ),
        pytest.param(
            "follow_up.yaml",
            lambda data: data["action_plan"].update(due_in_days=-1),
            "follow_up.yaml, action_plan → due_in_days: Input should be greater than or equal to 0",
            id="a day lies in the past",
        ),
        pytest.param(
            "choices.yaml",
            lambda data: data["outcomes"]["won"].update(label=" "),
            "choices.yaml, outcomes, won → label: String should have at least 1 character",
            id="a label is empty",
        ),
        pytest.param(
            "choices.yaml",
            lambda data: data.pop("kinds"),
            "choices.yaml, kinds: expected a mapping",
            id="a section is missing",
        ),
    ],
)
def test_a_broken_entry_is_named_with_file_entry_and_field(
    content: Path, file: str, change: Callable[[dict[str, Any]], object], named: str
) -> None:
    rewrite(content / "de" / file, change)
    with pytest.raises(ContentError) as broken:
        Catalogue.load(content)
    assert f"de/{named}" in str(broken.value)


def test_a_file_that_is_no_yaml_is_named_with_its_line(content: Path) -> None:
    (content / "en" / "signals.yaml").write_text("smiles:\n  label: [smiles\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"en/signals\.yaml: is no valid YAML: (.|\n)*line 3"):
        Catalogue.load(content)


def test_a_missing_file_is_named(content: Path) -> None:
    (content / "de" / "closing.yaml").unlink()
    with pytest.raises(ContentError, match=r"de/closing\.yaml: can't be read"):
        Catalogue.load(content)


def test_checklists_that_differ_between_the_languages_are_refused(content: Path) -> None:
    """Ticks are stored by id: a seller who changes the language must find their own again."""
    rewrite(content / "en" / "phases.yaml", lambda data: data["negotiation"]["checklist"].reverse())
    with pytest.raises(ContentError, match=r"phases\.yaml, negotiation, checklist: de has .* en has"):
        Catalogue.load(content)
