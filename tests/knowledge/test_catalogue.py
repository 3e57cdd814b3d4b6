"""The catalogue: every id in both languages, and what is broken is named."""

import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from knowledge.catalogue import CONTENT_DIR, Catalogue, ContentError
from knowledge.entries import Answer, ClosingTechnique, Phase
from knowledge.language.messages import Language
from knowledge.placeholders import Wording
from knowledge.shelves import SHELVES, Shelf
from knowledge.taxonomy import (
    AppointmentKind,
    Country,
    Fairness,
    ObjectionGroup,
    ObjectionId,
    OfferKind,
    PhaseId,
    SignalId,
    TargetGroupId,
)
from tests.conftest import built_in

CATALOGUE, _ = built_in()

each_language = pytest.mark.parametrize("language", Language)
each_phase = pytest.mark.parametrize("phase_id", PhaseId)


# What is there


each_shelf = pytest.mark.parametrize(
    "shelf", [shelf for shelf in SHELVES if shelf.built_in], ids=lambda shelf: shelf.name
)
each_objection = pytest.mark.parametrize("objection", ObjectionId)


@each_language
@each_shelf
def test_every_id_has_its_words(language: Language, shelf: Shelf) -> None:
    entries = getattr(CATALOGUE[language], shelf.name)
    assert entries
    if shelf.ids is not None:
        assert [*entries] == [*shelf.ids]


@each_language
def test_every_objection_is_in_exactly_one_group_and_no_group_is_empty(language: Language) -> None:
    groups = CATALOGUE[language].objections_by_group
    assert sorted(id_ for ids in groups.values() for id_ in ids) == sorted(ObjectionId)
    assert all(groups[group] for group in ObjectionGroup)


@each_language
def test_every_signal_has_a_closing_technique_that_fits_to_it(language: Language) -> None:
    fitting = {signal for technique in CATALOGUE[language].closing.values() for signal in technique.signals}
    assert fitting == set(SignalId)


@each_language
@each_objection
def test_an_objection_has_several_readings_questions_and_answers(language: Language, objection: ObjectionId) -> None:
    entry = CATALOGUE[language].objections[objection]
    assert len(entry.readings) >= 3
    assert 2 <= len(entry.questions) <= 3
    assert len(entry.answers) >= 4


@each_language
@each_objection
def test_the_answers_to_an_objection_can_be_told_apart(language: Language, objection: ObjectionId) -> None:
    """What helped is counted by technique, and the buttons that ask for it bear the reading."""
    answers = CATALOGUE[language].objections[objection].answers
    for named in ([answer.technique for answer in answers], [answer.reading for answer in answers]):
        assert sorted({*named}) == sorted(named)


@each_language
@each_objection
def test_two_answers_fit_to_any_customer_and_conversation(language: Language, objection: ObjectionId) -> None:
    answers = CATALOGUE[language].objections[objection].answers
    assert sum(not (a.target_groups or a.kinds or a.acquisition or a.phases or a.offers) for a in answers) >= 2


@each_language
def test_a_closing_technique_offers_three_wordings_or_more(language: Language) -> None:
    few = [id_ for id_, technique in CATALOGUE[language].closing.items() if len(technique.sentences) < 3]
    assert few == []


@each_language
@pytest.mark.parametrize("phase_id", [PhaseId.PRESENTATION, PhaseId.NEGOTIATION, PhaseId.CLOSING])
def test_every_phase_in_which_one_closes_has_techniques_for_goods_and_services(
    language: Language, phase_id: PhaseId
) -> None:
    for offer in OfferKind:
        fitting = [
            technique
            for technique in CATALOGUE[language].closing.values()
            if phase_id in technique.phases and (not technique.offers or offer in technique.offers)
        ]
        assert len(fitting) >= 3


@each_language
def test_the_rest_of_what_one_can_look_up_is_plenty(language: Language) -> None:
    knowledge = CATALOGUE[language]
    assert len(knowledge.lessons) >= 40
    assert len(knowledge.benefits) >= 10
    assert len(knowledge.amplifiers) >= 5
    assert len(knowledge.manipulation) >= 5
    assert min(len(topic.questions) for topic in knowledge.questions.values()) >= 5
    assert min(len(stage.do) for stage in knowledge.funnel.values()) >= 3


# What is fair


@each_language
def test_nothing_manipulative_is_proposed_and_care_is_explained(language: Language) -> None:
    knowledge = CATALOGUE[language]
    proposed: list[Answer | ClosingTechnique] = [*knowledge.closing.values()]
    proposed += [answer for objection in knowledge.objections.values() for answer in objection.answers]
    assert {entry.fairness for entry in proposed} == {Fairness.FAIR, Fairness.WITH_CARE}
    assert all(bool(entry.mind) == (entry.fairness is Fairness.WITH_CARE) for entry in proposed)


@each_language
@each_objection
def test_most_answers_are_fair_without_further_care(language: Language, objection: ObjectionId) -> None:
    answers = CATALOGUE[language].objections[objection].answers
    assert sum(answer.fairness is Fairness.FAIR for answer in answers) > len(answers) / 2


# Rules of contact


@each_language
@pytest.mark.parametrize("country", Country)
@pytest.mark.parametrize("group", TargetGroupId)
def test_every_country_has_a_reminder_for_every_target_group(
    language: Language, country: Country, group: TargetGroupId
) -> None:
    reminders = CATALOGUE[language].reminders.values()
    assert [rule for rule in reminders if rule.country is country and group in rule.target_groups]


@each_language
def test_a_reminder_names_its_law_and_the_day_it_was_checked(language: Language) -> None:
    for id_, rule in CATALOGUE[language].reminders.items():
        assert re.search(r"§|Art\.|Article|Section|\d", rule.law), id_
        assert date(2025, 1, 1) <= rule.checked, id_
        assert rule.review_by is None or rule.review_by > rule.checked, id_


# The same in both languages


def shape(value: object) -> object:
    """What has to be the same in every language: ids, numbers, days, and how many there are; words are free."""
    if isinstance(value, Wording) or (isinstance(value, str) and not isinstance(value, StrEnum)):
        return "words"
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return {name: shape(getattr(value, name)) for name in fields if name not in ("tags", "words", "mind")}
    if isinstance(value, tuple):
        return [shape(item) for item in value]
    return value


@each_shelf
def test_both_languages_hold_the_same(shelf: Shelf) -> None:
    """Techniques, fairness, restrictions, links and order: a seller who changes the language finds things in place."""
    german, english = (
        {id_: shape(entry) for id_, entry in getattr(CATALOGUE[language], shelf.name).items()} for language in Language
    )
    assert [*german] == [*english]
    assert [id_ for id_ in german if german[id_] != english[id_]] == []


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
            "phases.yaml, analysis → goal: is missing",
            id="a field is missing",
        ),
        pytest.param(
            "phases.yaml",
            lambda data: data["closing"]["sentences"][2].update(text="lang " * 60),
            "phases.yaml, closing → sentences → no. 3 → text: at most 240 characters, these are 300",
            id="a sentence is too long for its copy button",
        ),
        pytest.param(
            "phases.yaml",
            lambda data: data["analysis"]["checklist"][0].update(id="Lage prüfen"),
            "phases.yaml, analysis → checklist → no. 1 → id: expected small letters, digits and _",
            id="an item's id is no id",
        ),
        pytest.param(
            "objections/timing.yaml",
            lambda data: data["later"].update(labell="Später"),
            "objections/timing.yaml, later → labell: there is no such field; expected one of owner",
            id="a field is misspelt",
        ),
        pytest.param(
            "objections/timing.yaml",
            lambda data: data["later"].update(group="time"),
            "objections/timing.yaml, later → group: expected one of price, timing",
            id="a group is unknown",
        ),
        pytest.param(
            "objections/timing.yaml",
            lambda data: data.update(too_far_away=deepcopy(data["later"])),
            "objections/timing.yaml, too_far_away: is no id here",
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
            "closing.yaml, trial_order → signals → no. 1: expected one of nods_agreement",
            id="a signal is unknown",
        ),
        pytest.param(
            "follow_up.yaml",
            lambda data: data["action_plan"].update(due_in_days=-1),
            "follow_up.yaml, action_plan → due_in_days: expected 0 or more, here is '-1'",
            id="a day lies in the past",
        ),
        pytest.param(
            "choices.yaml",
            lambda data: data["outcomes"]["won"].update(label=" "),
            "choices.yaml, outcomes → won → label: at least 1 character expected",
            id="a label is empty",
        ),
        pytest.param(
            "choices.yaml",
            lambda data: data.pop("kinds"),
            "choices.yaml, kinds: no entry for visit",
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
    with pytest.raises(ContentError, match=r"en/signals\.yaml, line 3: is no valid YAML: "):
        Catalogue.load(content)


def test_a_missing_file_is_named(content: Path) -> None:
    (content / "de" / "closing.yaml").unlink()
    with pytest.raises(ContentError, match=r"de/closing\.yaml: can't be read"):
        Catalogue.load(content)


def test_checklists_that_differ_between_the_languages_are_refused(content: Path) -> None:
    """Ticks are stored by id: a seller who changes the language must find their own again."""
    rewrite(content / "en" / "phases.yaml", lambda data: data["negotiation"]["checklist"].reverse())
    with pytest.raises(ContentError, match=r"phases\.yaml, negotiation → checklist: de has .* en has"):
        Catalogue.load(content)
