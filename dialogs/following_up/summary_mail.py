"""A mail to the customer that sums up what was agreed, ready to copy. It says what is known and nothing else.

The parts of sentences are messages in both languages, in Sie-form; the seller's own words stand in it as they were
typed. It comes as a message of its own, because a copy button holds less than a mail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from dialogs.conversation import moves, side_screens
from dialogs.conversation.card_text import customer_name
from dialogs.conversation.price_room import agreed_net
from dialogs.conversation.situation import words_for
from dialogs.conversation.talk import Standing, Talk, TaskState, Trigger
from dialogs.ports.conversations import NoteKind
from dialogs.ports.customers import Permission
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Block, Button, Hint, Text, View
from knowledge.language import writing
from knowledge.language.messages import Language
from knowledge.language.money import Money
from knowledge.taxonomy import FollowUpTaskId, ObjectionGroup, OutcomeId

ACTIONS: Final = frozenset({"mail"})

_TOLD: Final = (FollowUpTaskId.EMOTIONAL_CONFIRMATION, FollowUpTaskId.ORDER_MONITORING, FollowUpTaskId.ACTION_PLAN)
"""Dated tasks that the customer notices; the others are the seller's own."""

_NO_TALK: Final = frozenset({Trigger.FINISH, Trigger.PAUSE, Trigger.RESUME, Trigger.UNDO})

_OPEN_AFTER_AN_ORDER: Final = frozenset({ObjectionGroup.PRODUCT, ObjectionGroup.TERMS})
"""An order settles doubts about price, need and time, whether somebody ticked them off or not."""

_NO_POINT: Final = ObjectionGroup.CONTACT
"""Who wants no contact gets no mail about it."""

_LONGEST: Final = 300
"""Characters of the seller's words in one place."""


@dataclass(frozen=True, slots=True)
class _Writer:
    """Says messages in the language of the mail."""

    turn: Turn
    language: Language

    def say(self, key: str, **values: Any) -> str:
        return self.turn.messages.text(key, self.language, **values)

    def day(self, day: date) -> str:
        return writing.letter_date(day, self.language)


def handle(turn: Turn) -> None:
    """'Mail an den Kunden': first in which language, then the text."""
    talk = moves.current(turn)
    if talk is None:
        return
    wanted = moves.press_of(turn).value
    if not wanted:
        side_screens.show(turn, _screen(talk), _question(turn, talk), turn.say("after_order.moved_down"))
    elif wanted in set(Language):
        turn.edit(_screen(talk), _question(turn, talk, sent=True))
        turn.show(View(tuple(_as_blocks(mail_text(turn, talk, Language(wanted))))))
    else:
        turn.toast(turn.say("move.stale"))


def mail_text(turn: Turn, talk: Talk, language: Language) -> str:
    """The whole mail, its subject in the first line; paragraphs are parted by empty lines."""
    writer = _Writer(turn, language)
    won = talk.outcome is OutcomeId.WON
    day = writer.day(_day_of_talk(turn, talk))
    paragraphs = [
        writer.say("following_up.mail.subject_order" if won else "following_up.mail.subject", day=day),
        writer.say("following_up.mail.greeting"),
        writer.say(_opening(talk), day=day),
        _section(writer, "following_up.mail.agreed" if won else "following_up.mail.offered", _agreed(writer, talk)),
        _section(writer, "following_up.mail.open", _open_points(writer, talk)),
        _section(writer, "following_up.mail.next", _next_steps(writer, talk)),
        writer.say("following_up.mail.closing_lost" if talk.outcome is OutcomeId.LOST else "following_up.mail.closing"),
        writer.say("following_up.mail.regards", name=turn.person.name),
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _opening(talk: Talk) -> str:
    match talk.outcome:
        case OutcomeId.WON:
            return "following_up.mail.opening_order"
        case OutcomeId.LOST:
            return "following_up.mail.opening_lost"
        case _:
            return "following_up.mail.opening"


def _section(writer: _Writer, title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    return "\n".join([writer.say(title), *(writer.say("following_up.mail.point", text=text) for text in lines)])


def _agreed(writer: _Writer, talk: Talk) -> Sequence[str]:
    """What it is about, and the amount of the order or the price on the table."""
    turn = writer.turn
    if talk.outcome is OutcomeId.LOST:
        return ()
    lines: list[str] = []
    ordered = _latest_note(turn, talk, NoteKind.ORDER) if talk.outcome is OutcomeId.WON else ""
    product = ordered or _product(writer, talk)
    if product:
        lines.append(_one_line(product))
    own = turn.person.team.currency
    ordered_for = Money(talk.amount, talk.currency or own) if talk.amount is not None else None
    if talk.outcome is OutcomeId.WON and ordered_for is not None and not _as_on_the_table(turn, talk, ordered_for):
        lines.append(writer.say("following_up.mail.amount", amount=ordered_for))
    elif talk.price is not None:
        price = Money(talk.price, talk.price_currency or own)
        key = "following_up.mail.price_gross" if talk.price_gross else "following_up.mail.price"
        lines.append(writer.say(key, price=price))
    if talk.cash_discount is not None:
        share = writing.percent(talk.cash_discount, writer.language)
        lines.append(writer.say("following_up.mail.cash_discount", share=share))
    return lines


def _product(writer: _Writer, talk: Talk) -> str:
    """What is offered, as the company calls it in the language of the mail, else as the seller does."""
    listed = writer.turn.catalogue[writer.language].products.get(talk.product or "")
    return listed.name if listed else words_for(writer.turn, talk).get("product", "")


def _as_on_the_table(turn: Turn, talk: Talk, ordered: Money) -> bool:
    """Whether the order is what was on the table with VAT: then the customer is told the price they know."""
    return talk.price_gross and agreed_net(turn, talk) == ordered


def _open_points(writer: _Writer, talk: Talk) -> Sequence[str]:
    """What the customer still misses, in the seller's words, and by topic what has not been settled yet."""
    if talk.outcome is OutcomeId.LOST:
        return ()
    turn = writer.turn
    missing = "" if talk.outcome is OutcomeId.WON else _latest_note(turn, talk, NoteKind.MISSING)
    groups = dict.fromkeys(turn.knowledge.objections[raised.id].group for raised in talk.open_objections)
    told = _OPEN_AFTER_AN_ORDER if talk.outcome is OutcomeId.WON else frozenset(ObjectionGroup) - {_NO_POINT}
    topics = [writer.say(f"following_up.mail.topic.{group}") for group in groups if group in told]
    return [*([_one_line(missing)] if missing else []), *topics]


def _next_steps(writer: _Writer, talk: Talk) -> Sequence[str]:
    """Dated tasks that the customer notices, the day on which the talk goes on, and the next appointment."""
    turn = writer.turn
    if talk.outcome is OutcomeId.LOST:
        return ()
    dated = sorted(
        (kept.due, task)
        for task in _TOLD
        if (kept := talk.task(task)).state is TaskState.DATED and kept.due is not None and kept.due >= turn.today
    )
    lines = [
        writer.say(f"following_up.mail.task.{task}", day=writer.day(day))
        for day, task in dated
        if task is not FollowUpTaskId.ORDER_MONITORING or talk.outcome is OutcomeId.WON
    ]
    if talk.standing is Standing.POSTPONED and talk.until is not None and talk.until >= turn.today:
        lines.append(writer.say("following_up.mail.postponed", day=writer.day(talk.until)))
    appointment = turn.store.appointments.next_with(turn.person.id, talk.customer_id, turn.at)
    if appointment is not None:
        starts = appointment.starts_at.astimezone(ZoneInfo(turn.person.zone))
        day = writer.day(starts.date())
        if appointment.all_day:
            lines.append(writer.say("following_up.mail.appointment_day", day=day))
        else:
            lines.append(writer.say("following_up.mail.appointment", day=day, time=starts.time()))
    return lines


def _day_of_talk(turn: Turn, talk: Talk) -> date:
    """The day of the last move in the talk itself: putting it away, and resuming a held one, are none."""
    moved = [step.at for step in turn.store.conversations.moves(talk.id) if step.trigger not in _NO_TALK]
    return (moved[-1] if moved else talk.started_at).astimezone(ZoneInfo(turn.person.zone)).date()


def _latest_note(turn: Turn, talk: Talk, kind: NoteKind) -> str:
    notes = turn.store.notes.of(talk.id)
    return next((note.text for note in reversed(notes) if note.kind is kind and note.text.strip()), "")


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _as_blocks(text: str) -> list[Block | None]:
    return [Text(line) if line else None for line in text.split("\n")]


def _question(turn: Turn, talk: Talk, *, sent: bool = False) -> View:
    customer = customer_name(turn, talk)
    blocks = [Text(turn.say("following_up.mail.which_language", customer=customer))]
    if sent:
        blocks = [Text(turn.say("following_up.mail.below", customer=customer))]
    buttons = tuple(
        Button(turn.say(f"settings.name_of.{language}"), Press("mail", talk.id, value=language))
        for language in Language
    )
    known = turn.store.customers.get(turn.person.id, talk.customer_id)
    if known is not None and known.permission is Permission.NO_CONTACT:
        blocks.append(Text(turn.say("following_up.no_contact")))
    return View((*blocks, Hint(turn.say("following_up.mail.your_words"))), (buttons,))


def _screen(talk: Talk) -> str:
    return f"mail:{talk.id}"
