"""Strict models of single entries of the content: what an objection, a technique, a lesson consists of.

Sentences to say to the customer are in Sie-form in German and have at most 240 characters with their
placeholders filled: the limit of a copy button is 256. How many answers or sentences there are at least is what the
built-in content promises (a test says so); a company may do with fewer.
"""

import re
from datetime import date
from typing import Annotated, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from knowledge.placeholders import MAX_SAID, Wording, no_braces, one_thought
from knowledge.taxonomy import (
    AcquisitionId,
    AppointmentKind,
    ClosingId,
    Country,
    Fairness,
    FunnelLevel,
    ObjectionGroup,
    ObjectionId,
    OfferKind,
    PhaseId,
    SignalId,
    TargetGroupId,
    TechniqueId,
)

Said = Annotated[str, Field(max_length=MAX_SAID), AfterValidator(one_thought), AfterValidator(no_braces)]
"""A sentence to say in which nothing is filled in."""

Short = Annotated[str, Field(max_length=120)]
"""A line on a phone's screen, or two."""

_CURRENCY: Final = re.compile(r"€|\bEUR|\bEuro\b|\bCHF|\bFr\.|\bFranken\b|[$£]|\bUSD|\bGBP", re.IGNORECASE)


class Entry(BaseModel):
    """Base of all content: nothing unknown, nothing changed after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, str_min_length=1)


class Owned(Entry):
    """An entry that a company may answer for: who keeps it right, and until when it was looked at."""

    owner: str = ""
    review_by: date | None = None


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

    text: Said
    items: tuple[str, ...] = ()
    """Checklist items that this sentence helps to get done; it is proposed while one of them is open."""


class Phase(Owned):
    """One phase of the conversation."""

    label: str
    short: str
    goal: str = Field(max_length=110)
    ends_when: str
    listen_for: tuple[str, ...] = Field(min_length=1)
    checklist: tuple[CheckItem, ...] = Field(min_length=1)
    sentences: tuple[Sentence, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _items_are_told_apart_and_known(self) -> Self:
        known = [item.id for item in self.checklist]
        if twice := [id_ for id_ in known if known.count(id_) > 1]:
            raise ValueError(f"the item {twice[0]} stands twice in checklist; keep one")
        named = [item for sentence in self.sentences for item in sentence.items]
        if unknown := [item for item in named if item not in known]:
            raise ValueError(f"a sentence names the item {unknown[0]}; expected one of checklist: {', '.join(known)}")
        return self


def _suggestible(fairness: Fairness) -> Fairness:
    if fairness is Fairness.MANIPULATIVE:
        raise ValueError("'manipulative' is never suggested; put it into manipulation.yaml, to be fended off")
    return fairness


SuggestedFairness = Annotated[Fairness, AfterValidator(_suggestible)]


class Suggested(Owned):
    """What is proposed to a seller; what needs care says what to mind."""

    fairness: SuggestedFairness
    mind: str = Field(default="", max_length=140)

    @model_validator(mode="after")
    def _care_is_explained(self) -> Self:
        if (self.fairness is Fairness.WITH_CARE) != bool(self.mind):
            raise ValueError("'mind' says what to mind: expected with 'with_care', and only there")
        return self


class Answer(Suggested):
    """One answer to an objection.

    `reading` names in two or three words the case that it answers ('Die Summe', 'Das Ergebnis'); `fits_when` and
    `not_when` go on after 'passt, …' and 'nicht, …'.
    """

    technique: TechniqueId
    reading: str = Field(max_length=28)
    fits_when: str = Field(max_length=120)
    not_when: str = Field(max_length=120)
    say: Wording
    settled: Wording
    """The question that makes sure that the objection is settled by this answer."""
    target_groups: tuple[TargetGroupId, ...] = ()
    kinds: tuple[AppointmentKind, ...] = ()
    acquisition: tuple[AcquisitionId, ...] = ()
    phases: tuple[PhaseId, ...] = ()
    offers: tuple[OfferKind, ...] = ()


class Objection(Owned):
    """An objection (Einwand): what may lie behind it and how to answer it.

    The help shows `understanding` and the first question as one sentence to say, then answers to what comes back.
    """

    group: ObjectionGroup
    label: str = Field(max_length=32)
    meaning: str
    typical: str
    readings: tuple[str, ...] = Field(min_length=1, max_length=5)
    understanding: Wording
    questions: tuple[Wording, ...] = Field(min_length=1, max_length=3)
    answers: tuple[Answer, ...] = Field(min_length=1)


class Signal(Owned):
    """A buying signal (Kaufsignal): what is seen or heard, and what to do and to say now."""

    label: str = Field(max_length=40)
    notice: str = Field(max_length=160)
    do: str
    avoid: str = Field(max_length=120)
    say: Said


class ClosingTechnique(Suggested):
    """A closing technique (Abschlusstechnik) with when it fits and what to say. Empty lists mean: whatever."""

    label: str
    fits_when: str
    not_when: str = Field(max_length=120)
    phases: tuple[PhaseId, ...] = Field(min_length=1)
    signals: tuple[SignalId, ...] = ()
    target_groups: tuple[TargetGroupId, ...] = ()
    offers: tuple[OfferKind, ...] = ()
    sentences: tuple[Wording, ...] = Field(min_length=1)


class Concession(Owned):
    """What to ask for in return for a lower price (Gegenleistung): a price is never lowered for nothing."""

    label: str = Field(max_length=24)
    why: str = Field(max_length=120)
    """What it is worth to the seller's company, so that it is no pretext."""
    say: Wording
    target_groups: tuple[TargetGroupId, ...] = ()
    offers: tuple[OfferKind, ...] = ()

    def fits(self, target_group: TargetGroupId, offer: OfferKind | None) -> bool:
        """Whether it can be asked of this customer for this kind of offer."""
        of_group = not self.target_groups or target_group in self.target_groups
        return of_group and (not self.offers or offer is None or offer in self.offers)


class FollowUpTask(Owned):
    """One of the ten tasks of the follow-up (Nachbereitung)."""

    label: str = Field(max_length=40)
    how: str
    due_in_days: int = Field(ge=0, le=365)


class Choice(Owned):
    """An id to choose from, with its words."""

    label: str
    hint: str = ""


class Kind(Choice):
    """A kind of appointment, and the words by which one recognises it in a line or in a calendar."""

    words: tuple[Short, ...] = ()


class Hardship(Owned):
    """A theme of what makes selling hard, and the words by which a sentence is told to be about it."""

    label: str = Field(max_length=24)
    words: tuple[str, ...] = ()


class Question(Owned):
    """A question of the question bank, and what to listen for in the answer."""

    text: Wording
    listen_for: str = Field(max_length=120)


class QuestionSet(Owned):
    """The questions on one topic."""

    label: str = Field(max_length=32)
    purpose: str = Field(max_length=160)
    questions: tuple[Question, ...] = Field(min_length=1)


class BenefitPair(Owned):
    """A property with a rational and an irrational benefit (Eigenschaft → Nutzen), and how it sounds when said."""

    property: str = Field(max_length=80)
    rational: str = Field(max_length=140)
    irrational: str = Field(max_length=140)
    say: Wording
    offers: tuple[OfferKind, ...] = ()


class Amplifier(Owned):
    """A way to make a benefit felt (Nutzenverstärker)."""

    label: str = Field(max_length=40)
    how: str = Field(max_length=240)
    say: Wording
    mind: str = Field(max_length=140)


class Stage(Owned):
    """A stage of the funnel: where the customer stands, what to do, what goes wrong, which figure tells."""

    label: str = Field(max_length=32)
    level: FunnelLevel
    customer: str = Field(max_length=160)
    do: tuple[str, ...] = Field(min_length=1)
    mistake: str = Field(max_length=160)
    figure: str = Field(max_length=160)


class Reminder(Owned):
    """A rule of contact in one country, with its source. It reminds, it is no legal advice."""

    country: Country
    target_groups: tuple[TargetGroupId, ...] = Field(min_length=1)
    acquisition: tuple[AcquisitionId, ...] = ()
    title: str = Field(max_length=48)
    text: str = Field(max_length=320)
    law: str = Field(max_length=80)
    checked: date


class Lesson(Owned):
    """A piece of know-how of two minutes or less: read in one go, tried in the next talk."""

    title: str = Field(max_length=60)
    tags: tuple[str, ...] = Field(min_length=2, max_length=8)
    text: str = Field(min_length=300, max_length=1600)
    try_it: str = Field(max_length=200)
    phases: tuple[PhaseId, ...] = ()
    objections: tuple[ObjectionId, ...] = ()
    closing: tuple[ClosingId, ...] = ()
    signals: tuple[SignalId, ...] = ()


class Manipulation(Owned):
    """A manipulative technique: how to recognise it, why it works, how to fend it off, what is fair instead."""

    label: str = Field(max_length=40)
    looks_like: str = Field(max_length=240)
    why_it_works: str = Field(max_length=200)
    fend_off: Wording
    instead: str = Field(max_length=200)


# What only a company knows


class Product(Owned):
    """What the company sells. Its id is the same wherever the product is meant."""

    name: str = Field(max_length=60)
    offer: OfferKind
    properties: tuple[Short, ...] = ()
    benefits: tuple[Short, ...] = Field(min_length=1)
    price: str = Field(default="", max_length=32)
    """As it is said, with its currency: '16.400 €', 'ab 89 € im Monat'. Empty: it depends."""

    @field_validator("price")
    @classmethod
    def _price_names_its_currency(cls, price: str) -> str:
        if price and not (any(letter.isdigit() for letter in price) and _CURRENCY.search(price)):
            raise ValueError("expected an amount with its currency, such as 16.400 € or CHF 950")
        return price


class Reference(Owned):
    """A customer who was helped (Referenz). Only true cases, and the name only where the customer agreed to it."""

    customer: str = Field(max_length=60)
    """The name, or a description where it may not be said: 'ein Metzger mit drei Filialen'."""
    may_be_named: bool
    trade: str = Field(max_length=60)
    size: str = Field(max_length=60)
    solved: str = Field(max_length=200)
    result: str = Field(max_length=200)
    """What it brought, in the customer's own words."""
    until: date | None = None
    """The last day on which the customer wants to be spoken of; None: until further notice."""


class CompetitorCard(Owned):
    """A competitor: what is true of it, a fair question, and what is not said. Nobody is run down."""

    name: str = Field(max_length=60)
    strong_at: tuple[Short, ...] = Field(min_length=1)
    weak_at: tuple[Short, ...] = Field(min_length=1)
    ask: Wording
    avoid: str = Field(max_length=200)
