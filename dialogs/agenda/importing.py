"""A calendar file that was sent: what is new, changed and cancelled in it comes into the agenda, once.

An event is known by its id in the calendar (UID), an occurrence of a series by its original start. A newer version wins
over an older one and over what was changed by hand before; the same file again changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dialogs.agenda.planning import USUAL_KIND, Names
from dialogs.agenda.views import week_view_button
from dialogs.conversation.talk import CustomerId
from dialogs.day_records import LONGEST_WORDS, Appointment, AppointmentId, KnownVersion
from dialogs.turn import Document, Turn
from dialogs.view import Block, Heading, Hint, Text, View, line
from knowledge.calendar.content_lines import FILE_ENDINGS
from knowledge.calendar.events import Cancellation, LeftOut, Occurrence, ReadCalendar
from knowledge.taxonomy import AppointmentKind

_HINDRANCES: Final = frozenset({"too_large", "too_slow", "not_fetched"})


def is_calendar(document: Document) -> bool:
    """Whether the file is a calendar, by its content, else by its name."""
    named_so = document.name.lower().endswith(FILE_ENDINGS)
    return document.calendar is not None or document.hindrance == "no_calendar" or (
        named_so and document.hindrance in _HINDRANCES
    )  # fmt: skip


def take(turn: Turn, document: Document) -> None:
    """Takes over what the file brings, and says in one screen what was done."""
    if document.calendar is None:
        turn.show(line(turn.say(f"calendar.{document.hindrance}", name=document.name)))
        return
    changes = _compared(turn, document.calendar)
    turn.store.appointments.take_over(turn.person.id, changes.new, changes.changed, changes.cancelled, turn.at)
    turn.show(_done_view(turn, document, document.calendar, changes))


@dataclass(slots=True)
class _Changes:
    """What a file brings beside what is known."""

    new: list[Appointment] = field(default_factory=list)
    changed: list[Appointment] = field(default_factory=list)
    cancelled: dict[AppointmentId, str] = field(default_factory=dict)
    same: int = 0
    older: int = 0


def _compared(turn: Turn, calendar: ReadCalendar) -> _Changes:
    """Each occurrence against what is known of it; only what has a newer version is looked at closely."""
    changes, guess = _Changes(), _Guess(turn)
    uids = {one.uid for one in calendar.occurrences} | {gone.uid for gone in calendar.cancellations}
    known: dict[str, dict[str, KnownVersion]] = {}
    for version in turn.store.appointments.versions(turn.person.id, uids | set(calendar.complete)):
        known.setdefault(version.uid, {})[version.occurrence] = version
    newer: dict[AppointmentId, tuple[KnownVersion, Occurrence]] = {}
    seen: dict[str, set[str]] = {}
    for one in calendar.occurrences:
        seen.setdefault(one.uid, set()).add(one.occurrence)
        before = known.get(one.uid, {}).get(one.occurrence)
        if before is None:
            changes.new.append(guess.appointment(one))
        elif one.stamp > before.stamp:
            newer[before.id] = before, one
        else:
            changes.same += one.stamp == before.stamp
            changes.older += one.stamp < before.stamp
    for old in turn.store.appointments.known(turn.person.id, newer):
        before, one = newer[old.id]
        after = guess.brought_up_to_date(old, one)
        if before.cancelled or replace(after, stamp=old.stamp) != old:
            changes.changed.append(after)
        else:
            changes.same += 1
    for cancellation in calendar.cancellations:
        for before in _meant(cancellation, known.get(cancellation.uid, {})):
            _cancel(changes, before, cancellation.stamp)
    _cancel_missing(turn, changes, calendar, known, seen)
    return changes


def _cancel_missing(
    turn: Turn,
    changes: _Changes,
    calendar: ReadCalendar,
    known: Mapping[str, Mapping[str, KnownVersion]],
    seen: Mapping[str, set[str]],
) -> None:
    """What a series had before and has no more in the span that was read."""
    missing = {
        before.id: (before, stamp)
        for uid, stamp in calendar.complete.items()
        for occurrence, before in known.get(uid, {}).items()
        if occurrence not in seen.get(uid, ()) and not before.cancelled
    }
    for old in turn.store.appointments.known(turn.person.id, missing):
        if calendar.start <= old.starts_at < calendar.end:
            _cancel(changes, *missing[old.id])


def _cancel(changes: _Changes, before: KnownVersion, stamp: str) -> None:
    if before.cancelled:
        changes.same += 1
    elif stamp < before.stamp:
        changes.older += 1
    else:
        changes.cancelled[before.id] = stamp


def _meant(cancellation: Cancellation, known: Mapping[str, KnownVersion]) -> Iterator[KnownVersion]:
    if cancellation.occurrence is None:
        yield from known.values()
    elif cancellation.occurrence in known:
        yield known[cancellation.occurrence]


class _Guess:
    """Turns occurrences into appointments: the kind by the words, the customer by the name; both once for a title."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._kind_words = turn.catalogue.kind_words
        self._names: Names | None = None
        self._no_title = turn.say("calendar.no_title")
        self._guessed: dict[tuple[str, str, str], tuple[AppointmentKind, CustomerId | None]] = {}

    def appointment(self, one: Occurrence) -> Appointment:
        """A new one."""
        kind, customer_id = self._guess(one)
        return Appointment(
            AppointmentId(0), kind, one.title or self._no_title, one.starts_at, one.ends_at, self._place(one),
            one.all_day, customer_id, None, one.uid, one.occurrence, one.stamp,
        )  # fmt: skip

    def brought_up_to_date(self, old: Appointment, one: Occurrence) -> Appointment:
        """A known one as the calendar has it now; kind and customer stay, because they may have been set by hand."""
        return replace(
            old, title=one.title or self._no_title, starts_at=one.starts_at, ends_at=one.ends_at,
            place=self._place(one), all_day=one.all_day, stamp=one.stamp,
        )  # fmt: skip

    def _place(self, one: Occurrence) -> str:
        """Where it is; without a place the link, where it is a meeting's."""
        if one.place or len(one.link) > LONGEST_WORDS:
            return one.place
        is_meeting = self._kind_words.kind_in(one.link) is AppointmentKind.WEB_CALL
        return one.link if is_meeting else ""

    def _guess(self, one: Occurrence) -> tuple[AppointmentKind, CustomerId | None]:
        key = (one.title, one.place, one.link)
        if key not in self._guessed:
            kind = self._kind_words.kind_in(" | ".join(key)) or USUAL_KIND
            self._names = self._names or Names.of(self._turn)
            customer = self._names.customer_in(one.title)
            self._guessed[key] = kind, customer.id if customer else None
        return self._guessed[key]


def _done_view(turn: Turn, document: Document, calendar: ReadCalendar, changes: _Changes) -> View:
    """So many new, changed, cancelled, left out and why, and where they stand."""
    if not calendar.occurrences and not calendar.cancellations and not calendar.left_out:
        return line(turn.say("calendar.empty", name=document.name))
    done = [
        turn.say(f"calendar.{what}", n=count)
        for what, count in (
            ("new", len(changes.new)),
            ("changed", len(changes.changed)),
            ("cancelled", len(changes.cancelled)),
        )
        if count
    ]
    blocks: list[Block | None] = [Heading(turn.say("calendar.taken", name=document.name))]
    blocks += [Text(words) for words in done or [turn.say("calendar.nothing_new")]]
    if changes.same and done:
        blocks.append(Text(turn.say("calendar.same", n=changes.same)))
    if changes.older:
        blocks.append(Text(turn.say("calendar.older", n=changes.older)))
    blocks += [Hint(words) for words in _left_out(turn, calendar)]
    return View(tuple(blocks), ((week_view_button(turn),),))


def _left_out(turn: Turn, calendar: ReadCalendar) -> Sequence[str]:
    return [
        turn.say(f"calendar.left_out.{reason}", n=calendar.left_out[reason])
        for reason in LeftOut
        if calendar.left_out.get(reason)
    ]
