"""Kinds of entries that can be searched, and words that mean the same."""

from enum import StrEnum

from pydantic import Field

from knowledge.entries import Entry


class EntryKind(StrEnum):
    """Kinds of entries. The values stand in buttons beside an entry's id: at most nine letters."""

    LESSON = "lesson"
    OBJECTION = "objection"
    CLOSING = "closing"
    SIGNAL = "signal"
    PHASE = "phase"
    QUESTIONS = "questions"
    BENEFIT = "benefit"
    AMPLIFIER = "amplifier"
    RULE = "rule"
    STAGE = "stage"
    TASK = "task"
    TRICK = "trick"
    PRODUCT = "product"
    REFERENCE = "reference"
    RIVAL = "rival"


class SearchTerms(Entry):
    """Words for the same thing, or, with `kind`, words for all entries of a kind."""

    words: tuple[str, ...] = Field(min_length=2)
    kind: EntryKind | None = None
