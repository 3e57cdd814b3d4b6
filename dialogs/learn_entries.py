"""Single entries of the know-how as screens: what it is, when it fits, what to say, and what it leads to."""

from collections.abc import Sequence
from typing import Final, TypeVar

from dialogs.conversation import steps
from dialogs.conversation.objection_groups import LOOK
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Block, Button, Heading, Hint, Quote, Row, Say, Text, View, rows_of
from knowledge.entries import (
    Amplifier,
    BenefitPair,
    ClosingTechnique,
    CompetitorCard,
    FollowUpTask,
    Lesson,
    Manipulation,
    Phase,
    Product,
    QuestionSet,
    Reference,
    Reminder,
    Signal,
    Stage,
)
from knowledge.search_entries import entries_of, title_of
from knowledge.search_terms import EntryKind
from knowledge.taxonomy import ObjectionId, PhaseId

ENTRY_SCREEN: Final = "know"
QUESTIONS_AT_ONCE: Final = 4
"""With what to listen for below each: more would not be read in one glance."""
SENTENCES: Final = 3

_LINKS_IN_A_ROW: Final = 2

T = TypeVar("T")
Blocks = tuple[Block | None, ...]


def entry_view(turn: Turn, kind: EntryKind, id_: str, *, page: int = 0, origin: int = 0) -> View:
    """The screen of one entry. `origin` is the mark of the lesson whose button led here, 0 for none.

    Raises KeyError where there is no such entry; `is_there` tells.
    """
    entry = entries_of(turn.knowledge, kind)[id_]
    rows: tuple[Row, ...] = ()
    match entry:
        case Lesson():
            blocks, rows = _lesson(turn, entry), _links(turn, id_, entry)
        case ClosingTechnique():
            blocks = _closing(turn, entry, page)
            rows = _more(turn, kind, id_, page, len(entry.sentences), SENTENCES)
        case Signal():
            blocks = (
                Heading(entry.label),
                Text(entry.notice),
                Text(entry.do),
                Hint(turn.say("learn.avoid_now", what=entry.avoid)),
                Say(entry.say),
            )
        case Phase():
            blocks, rows = _phase(turn, entry, page), _phase_rows(turn, PhaseId(id_), entry, page)
        case QuestionSet():
            blocks, rows = (
                _questions(entry, page),
                _more(turn, kind, id_, page, len(entry.questions), QUESTIONS_AT_ONCE),
            )
        case BenefitPair():
            blocks = (
                Heading(entry.property),
                Text(turn.say("learn.rational", benefit=entry.rational)),
                Text(turn.say("learn.irrational", benefit=entry.irrational)),
                Say(entry.say.filled({})),
            )
        case Amplifier():
            blocks = (
                Heading(entry.label),
                Text(entry.how),
                Say(entry.say.filled({})),
                Hint(turn.say("learn.mind", what=entry.mind)),
            )
        case Reminder():
            blocks = _rule(turn, entry)
        case Stage():
            blocks = _stage(turn, entry)
        case FollowUpTask():
            days = entry.due_in_days
            due = turn.say("learn.due", n=days) if days else turn.say("learn.due_at_once")
            blocks = (Heading(entry.label), Text(entry.how), Hint(due))
        case Manipulation():
            blocks = _trick(turn, entry)
        case Product():
            blocks = _product(turn, entry)
        case Reference():
            blocks = _reference(turn, entry)
        case CompetitorCard():
            blocks = _rival(turn, entry)
        case _:
            raise TypeError(f"{kind} has no screen of its own")
    return View(blocks, (*rows, _way_back(turn, kind, origin)))


def is_there(turn: Turn, kind: str, id_: str) -> bool:
    """Whether there is a screen for this entry; a button may be older than the content."""
    return (
        kind in list(EntryKind) and kind != EntryKind.OBJECTION and id_ in entries_of(turn.knowledge, EntryKind(kind))
    )


def label_of(turn: Turn, kind: EntryKind, id_: str) -> str:
    """What stands on the button that leads to an entry; a rule of contact names its country."""
    entry = entries_of(turn.knowledge, kind)[id_]
    title = title_of(entry, kind)
    if isinstance(entry, Reminder):
        return turn.say("learn.rule_label", country=entry.country, title=title)
    return title


def press_to(kind: EntryKind, id_: str, *, page: int = 0, origin: int = 0) -> Press:
    """The press that opens an entry."""
    return Press("know", origin, page, f"{kind}={id_}")


def objection_press(turn: Turn, objection: ObjectionId) -> Press:
    """The press that looks an objection up, in the conversation that is on."""
    talk = steps.active_talk(turn)
    return Press("obj_set", talk.id if talk else 0, value=f"{objection}={LOOK}")


def _lesson(turn: Turn, lesson: Lesson) -> Blocks:
    paragraphs = [line.strip() for line in lesson.text.split("\n") if line.strip()]
    body = [block for paragraph in paragraphs for block in (Text(paragraph), None)]
    return (Heading(lesson.title), None, *body, Text(turn.say("learn.try_it", what=lesson.try_it)))


def _links(turn: Turn, id_: str, lesson: Lesson) -> tuple[Row, ...]:
    """What a lesson names, each a tap away."""
    objections = [
        Button(turn.knowledge.objections[objection].label, objection_press(turn, objection))
        for objection in lesson.objections
    ]
    others: list[tuple[EntryKind, str]] = [(EntryKind.CLOSING, technique) for technique in lesson.closing]
    others += [(EntryKind.SIGNAL, signal) for signal in lesson.signals]
    buttons = [
        Button(label_of(turn, kind, name), press_to(kind, name, origin=_place(turn, id_)))
        for kind, name in others
        if name in entries_of(turn.knowledge, kind)
    ]
    return rows_of([*objections, *buttons], _LINKS_IN_A_ROW)


def _place(turn: Turn, lesson: str) -> int:
    """A lesson as a number that fits beside an id on a button: its place, from 1 on."""
    return list(turn.knowledge.lessons).index(lesson) + 1


def _closing(turn: Turn, technique: ClosingTechnique, page: int) -> Blocks:
    mind: Blocks = (Hint(turn.say("learn.mind", what=technique.mind)),) if technique.mind else ()
    return (
        Heading(technique.label),
        Text(turn.say("learn.fits", when=technique.fits_when)),
        Text(turn.say("learn.not", when=technique.not_when)),
        *mind,
        *(Say(sentence.filled({})) for sentence in _page_of(technique.sentences, page, SENTENCES)),
    )


def _phase(turn: Turn, phase: Phase, page: int) -> Blocks:
    sentences = _page_of(phase.sentences, page, SENTENCES)
    return (
        Heading(phase.label),
        Text(turn.say("card.goal", goal=phase.goal)),
        Hint(turn.say("learn.ends_when", when=phase.ends_when)),
        Text(turn.say("card.listen_for", what=phase.listen_for[page % len(phase.listen_for)])),
        *(Say(sentence.text) for sentence in sentences),
    )


def _phase_rows(turn: Turn, id_: PhaseId, phase: Phase, page: int) -> tuple[Row, ...]:
    """More sentences; the analysis leads to the question bank, which is made for it."""
    rows = _more(turn, EntryKind.PHASE, id_, page, len(phase.sentences), SENTENCES)
    if id_ is not PhaseId.ANALYSIS:
        return rows
    bank = Button(turn.say(f"learn.shelf.{EntryKind.QUESTIONS}"), Press("shelf", value=EntryKind.QUESTIONS))
    return (*rows, (bank,))


def _questions(topic: QuestionSet, page: int) -> Blocks:
    shown = _page_of(topic.questions, page, QUESTIONS_AT_ONCE)
    asked = [block for question in shown for block in (Say(question.text.filled({})), Hint(question.listen_for))]
    return (Heading(topic.label), Text(topic.purpose), None, *asked)


def _rule(turn: Turn, rule: Reminder) -> Blocks:
    groups = ", ".join(turn.knowledge.target_groups[group].label for group in rule.target_groups)
    country = turn.say(f"learn.country.{rule.country.lower()}")
    return (
        Heading(turn.say("learn.rule_label", country=country, title=rule.title)),
        Hint(turn.say("learn.holds_for", groups=groups)),
        Text(rule.text),
        Hint(turn.say("learn.source", law=rule.law, day=rule.checked)),
    )


def _stage(turn: Turn, stage: Stage) -> Blocks:
    return (
        Heading(stage.label),
        Text(stage.customer),
        *_items(turn, stage.do),
        Hint(turn.say("learn.mistake", what=stage.mistake)),
        Text(turn.say("learn.figure", what=stage.figure)),
    )


def _trick(turn: Turn, trick: Manipulation) -> Blocks:
    return (
        Heading(trick.label),
        Text(turn.say("learn.looks_like", what=trick.looks_like)),
        Hint(turn.say("learn.works", why=trick.why_it_works)),
        Say(trick.fend_off.filled({}), lead=turn.say("learn.fend_off")),
        Text(turn.say("learn.instead", what=trick.instead)),
    )


def _product(turn: Turn, product: Product) -> Blocks:
    price: Blocks = (Text(turn.say("learn.price", price=product.price)),) if product.price else ()
    properties: Blocks = (Hint(", ".join(product.properties)),) if product.properties else ()
    return (Heading(product.name), *price, *_items(turn, product.benefits), *properties)


def _reference(turn: Turn, reference: Reference) -> Blocks:
    """Where the customer may not be named, or not any more, this stands before all else."""
    if reference.until is not None and reference.until < turn.today:
        may = turn.say("learn.reference_over", day=reference.until)
    else:
        may = turn.say("learn.may_be_named" if reference.may_be_named else "learn.not_by_name")
    return (
        Heading(reference.customer),
        Hint(may),
        Text(turn.say("learn.about_customer", trade=reference.trade, size=reference.size)),
        Text(reference.solved),
        Quote(reference.result),
    )


def _rival(turn: Turn, rival: CompetitorCard) -> Blocks:
    return (
        Heading(rival.name),
        Text(turn.say("learn.strong_at")),
        *_items(turn, rival.strong_at),
        Text(turn.say("learn.weak_at")),
        *_items(turn, rival.weak_at),
        Say(rival.ask.filled({})),
        Hint(turn.say("learn.avoid", what=rival.avoid)),
    )


def _items(turn: Turn, lines: Sequence[str]) -> Blocks:
    return tuple(Text(turn.say("learn.item", what=line)) for line in lines)


def _page_of(items: Sequence[T], page: int, size: int) -> Sequence[T]:
    """The items of a page; of one that is none, the first."""
    start = page * size if 0 <= page * size < len(items) else 0
    return items[start : start + size]


def _more(turn: Turn, kind: EntryKind, id_: str, page: int, total: int, size: int) -> tuple[Row, ...]:
    """The way to the next ones, and from the last back to the first."""
    pages = -(-total // size)
    if pages < 2:
        return ()
    following = page + 1 if page + 1 < pages else 0
    label = turn.say("learn.more" if following else "learn.again")
    return ((Button(label, press_to(kind, id_, page=following)),),)


def _way_back(turn: Turn, kind: EntryKind, origin: int) -> Row:
    """To the lesson that one came from, else to the entries of the same kind; and to all topics."""
    topics = Button(turn.say("learn.all_topics"), Press("learn"))
    lessons = list(turn.knowledge.lessons)
    if 0 < origin <= len(lessons):
        return (Button(turn.say("learn.back"), press_to(EntryKind.LESSON, lessons[origin - 1])), topics)
    return (Button(turn.say(f"learn.shelf.{kind}"), Press("shelf", value=kind)), topics)
