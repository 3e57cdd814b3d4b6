"""Sentences to say as cards for inline mode, which a tap posts into any chat.

What is posted may reach a customer, by mistake or on purpose. So a card posts nothing but a sentence that is said to
customers anyway, as it reads when nothing is known: no label, no reading of what lies behind, no technique, no figures,
and nothing of an open conversation. Lessons, rules and follow-up tasks speak to sellers and are no cards; nor is what
needs care, because the advice that goes with it would not go along.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from knowledge.catalogue import Knowledge
from knowledge.entries import (
    Amplifier,
    Answer,
    BenefitPair,
    ClosingTechnique,
    Lesson,
    Objection,
    Phase,
    QuestionSet,
    Signal,
)
from knowledge.placeholders import Wording
from knowledge.recognition.matches import Recognition
from knowledge.search_entries import entries_of, title_of
from knowledge.search_terms import EntryKind
from knowledge.taxonomy import Fairness

MOST: Final = 20
"""Cards that an answer holds; nobody scrolls further while typing."""
OF_THE_FIRST: Final = 4
OF_OTHERS: Final = 2
READINGS: Final = 3
HITS: Final = 8
TODAY: Final = 3

Named = tuple[EntryKind, str]


@dataclass(frozen=True, slots=True)
class Card:
    """What the seller sees in the list (`title`), and the sentence that is posted. The id has at most 64 bytes."""

    id: str
    title: str
    sentence: str


def cards(knowledge: Knowledge, text: str, recognised: Recognition) -> tuple[Card, ...]:
    """The cards for what somebody typed: what was recognised comes first, then what is found by its words."""
    meant: list[Named] = [
        (EntryKind(match.kind), str(match.id)) for match in (*recognised.answers, *recognised.matches[:READINGS])
    ]
    searched = [(hit.kind, hit.id) for hit in knowledge.search.find(text, HITS)]
    return _of(knowledge, [*meant, *searched])


def cards_about(knowledge: Knowledge, lesson: Lesson) -> tuple[Card, ...]:
    """A card for each of the first things that a lesson is about."""
    named: list[Named] = [(EntryKind.OBJECTION, id_) for id_ in lesson.objections]
    named += [(EntryKind.CLOSING, id_) for id_ in lesson.closing]
    named += [(EntryKind.SIGNAL, id_) for id_ in lesson.signals]
    named += [(EntryKind.PHASE, id_) for id_ in lesson.phases]
    return tuple(card for kind, id_ in named[:TODAY] for card in islice(_cards_of(knowledge, kind, id_), 1))


def lesson_of_the_day(knowledge: Knowledge, day: date) -> Lesson | None:
    """The one whose turn it is for everybody; None where there are no lessons."""
    lessons = list(knowledge.lessons.values())
    return lessons[day.toordinal() % len(lessons)] if lessons else None


def _of(knowledge: Knowledge, named: list[Named]) -> tuple[Card, ...]:
    """The first entry gives more cards than the others; none comes twice."""
    found: dict[str, Card] = {}
    for place, (kind, id_) in enumerate(dict.fromkeys(named)):
        for card in islice(_cards_of(knowledge, kind, id_), OF_OTHERS if place else OF_THE_FIRST):
            found.setdefault(card.sentence, card)
    return tuple(islice(found.values(), MOST))


def _cards_of(knowledge: Knowledge, kind: EntryKind, id_: str) -> Iterator[Card]:
    """What one entry has to say to a customer, the best first."""
    entry = entries_of(knowledge, kind).get(id_)
    if entry is None or getattr(entry, "fairness", Fairness.FAIR) is not Fairness.FAIR:
        return
    title = title_of(entry, kind)
    for number, (about, sentence) in enumerate(_sentences(entry)):
        yield Card(f"{kind}.{id_}.{number}", f"{title} · {about}" if about else title, sentence)


def _sentences(entry: object) -> Iterator[tuple[str, str]]:
    """(what it answers or '', sentence)."""
    match entry:
        case Objection(understanding=understanding, questions=questions, answers=answers):
            yield "", f"{_said(understanding)} {_said(questions[0])}"
            for answer in sorted(answers, key=_is_restricted):
                if answer.fairness is Fairness.FAIR:
                    yield answer.reading, _said(answer.say)
        case ClosingTechnique(sentences=wordings):
            yield from (("", _said(wording)) for wording in wordings)
        case Signal(say=sentence):
            yield "", sentence
        case Phase(sentences=sentences):
            yield from (("", sentence.text) for sentence in sentences)
        case QuestionSet(questions=questions):
            yield from (("", _said(question.text)) for question in questions)
        case BenefitPair(say=wording) | Amplifier(say=wording):
            yield "", _said(wording)
        case _:
            return


def _is_restricted(answer: Answer) -> bool:
    """Whether it suits some conversations only; which one this is about nobody knows here."""
    return any((answer.target_groups, answer.kinds, answer.acquisition, answer.phases, answer.offers))


def _said(wording: Wording) -> str:
    """As it reads when nothing is known: nothing of a conversation leaves it this way."""
    return wording.filled({})
