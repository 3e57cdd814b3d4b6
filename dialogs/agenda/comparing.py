"""A calendar file beside what is known: what is new, changed and cancelled in it.

An event is known by its id in the calendar (UID), an occurrence of a series by its original start. A newer version wins
over an older one and over what was changed by hand before; the same file again changes nothing. It reads and stores
nothing: a file of thousands is compared before its turn, beside the writer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from dialogs.agenda.planning import USUAL_KIND, Names
from dialogs.conversation.talk import CustomerId
from dialogs.ports.days import (
    LONGEST_WORDS,
    Appointment,
    AppointmentId,
    CalendarChanges,
    CalendarNews,
    KnownVersion,
)
from dialogs.ports.people import Person
from dialogs.ports.store import Store
from knowledge.calendar.events import Cancellation, Occurrence, ReadCalendar
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Messages
from knowledge.taxonomy import AppointmentKind


@dataclass(slots=True)
class _Found:
    """What a file brings beside what is known."""

    new: list[Appointment] = field(default_factory=list)
    changed: list[Appointment] = field(default_factory=list)
    cancelled: dict[AppointmentId, str] = field(default_factory=dict)
    same: int = 0
    older: int = 0


def compared(
    store: Store, person: Person, calendar: ReadCalendar, catalogue: Catalogue, messages: Messages
) -> CalendarNews:
    """Each occurrence against what is known of it; only what has a newer version is looked at closely."""
    found, guess = _Found(), _Guess(store, person, catalogue, messages)
    uids = {one.uid for one in calendar.occurrences} | {gone.uid for gone in calendar.cancellations}
    known: dict[str, dict[str, KnownVersion]] = {}
    for version in store.appointments.versions(person.id, uids | set(calendar.complete)):
        known.setdefault(version.uid, {})[version.occurrence] = version
    newer: dict[AppointmentId, tuple[KnownVersion, Occurrence]] = {}
    seen: dict[str, set[str]] = {}
    for one in calendar.occurrences:
        seen.setdefault(one.uid, set()).add(one.occurrence)
        before = known.get(one.uid, {}).get(one.occurrence)
        if before is None:
            found.new.append(guess.appointment(one))
        elif one.stamp > before.stamp:
            newer[before.id] = before, one
        else:
            found.same += one.stamp == before.stamp
            found.older += one.stamp < before.stamp
    for old in store.appointments.known(person.id, newer):
        before, one = newer[old.id]
        after = guess.brought_up_to_date(old, one)
        if before.cancelled or replace(after, stamp=old.stamp) != old:
            found.changed.append(after)
        else:
            found.same += 1
    for cancellation in calendar.cancellations:
        for before in _meant(cancellation, known.get(cancellation.uid, {})):
            _cancel(found, before, cancellation.stamp)
    _cancel_missing(found, store, person, calendar, known, seen)
    changes = CalendarChanges(found.new, found.changed, found.cancelled)
    counts = len(found.new), len(found.changed), len(found.cancelled)
    return CalendarNews(calendar, changes, *counts, found.same, found.older)


def _cancel_missing(
    found: _Found,
    store: Store,
    person: Person,
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
    for old in store.appointments.known(person.id, missing):
        if calendar.start <= old.starts_at < calendar.end:
            _cancel(found, *missing[old.id])


def _cancel(found: _Found, before: KnownVersion, stamp: str) -> None:
    if before.cancelled:
        found.same += 1
    elif stamp < before.stamp:
        found.older += 1
    else:
        found.cancelled[before.id] = stamp


def _meant(cancellation: Cancellation, known: Mapping[str, KnownVersion]) -> Iterator[KnownVersion]:
    if cancellation.occurrence is None:
        yield from known.values()
    elif cancellation.occurrence in known:
        yield known[cancellation.occurrence]


class _Guess:
    """Turns occurrences into appointments: the kind by the words, the customer by the name; both once for a title."""

    def __init__(self, store: Store, person: Person, catalogue: Catalogue, messages: Messages) -> None:
        self._store = store
        self._person = person
        self._kind_words = catalogue.kind_words
        self._names: Names | None = None
        self._no_title = messages.text("calendar.no_title", person.language)
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
            self._names = self._names or Names.of(self._store, self._person.id)
            customer = self._names.customer_in(one.title)
            self._guessed[key] = kind, customer.id if customer else None
        return self._guessed[key]
