"""From words to an appointment: which kind, how long, with whom, and what it gets in the way of."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.conversation.talk import PersonId
from dialogs.form_model import tidy_name
from dialogs.ports.customers import Customer
from dialogs.ports.days import LONGEST_WORDS, USUAL_LENGTH, Appointment, AppointmentId
from dialogs.ports.store import Store
from dialogs.turn import Turn
from knowledge.calendar.events import sequence_of, stamp_of
from knowledge.calendar.typed import read_appointment
from knowledge.language.date_words import plain
from knowledge.taxonomy import AppointmentKind

OWN_UID: Final = "@roter-faden"
"""How the ids end of appointments that were made here: calendars know them by it again."""

USUAL_KIND: Final = AppointmentKind.SALES_TALK
"""What an appointment is when no word tells."""

CUSTOMERS_LOOKED_AT: Final = 1000
"""So many customers, those used last, are looked through for a name."""

_UNSAID: Final = frozenset(
    {
        "gmbh", "ag", "kg", "co", "ohg", "ug", "se", "mbh", "ek", "gbr", "ltd", "inc", "llc", "corp", "company",
        "firma", "herr", "frau", "herrn", "mr", "mrs", "ms", "dr", "prof", "und", "and", "the", "der", "die", "das",
        "mit", "with", "bei", "at", "von", "of",
    }
)  # fmt: skip
"""Words of a name by which nobody is recognised."""

_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Planned:
    """An appointment that does not stand in the agenda yet. `names_day`: the day was said, not only the time."""

    appointment: Appointment
    names_day: bool


def read(turn: Turn, text: str, now: datetime) -> Planned:
    """The appointment in a line, as it was meant at the moment `now` (the person's time).

    Raises ReadingError where there is no time in it, or an impossible one.
    """
    typed = read_appointment(text, turn.language, now)
    title = tidy_name(typed.words)[:LONGEST_WORDS]
    kind = turn.catalogue.kind_words.kind_in(title) or USUAL_KIND
    starts_at = typed.moment.at(ZoneInfo(turn.person.zone))
    return Planned(
        Appointment(
            id=AppointmentId(0),
            kind=kind,
            title=title or turn.knowledge.kinds[kind].label,
            starts_at=starts_at,
            ends_at=starts_at + (typed.length or USUAL_LENGTH[kind]),
            customer_id=customer.id if (customer := Names.of(turn.store, turn.person.id).customer_in(title)) else None,
        ),
        typed.names_day,
    )


def add(turn: Turn, planned: Appointment) -> Appointment:
    """Stores it under an id that calendars keep; the same one that stands there already is given back instead."""
    same = next(
        (known for known in touching(turn, planned) if _says_the_same(known, planned)),
        None,
    )
    if same is not None:
        return same
    new = replace(planned, uid=f"{turn.new_code()}{OWN_UID}", stamp=stamp_of(0, turn.at))
    return replace(new, id=turn.store.appointments.add(turn.person.id, new))


def change(turn: Turn, changed: Appointment) -> Appointment:
    """Stores what was changed by hand. One that was made here gets a new version, so that calendars follow."""
    if changed.uid is not None and changed.uid.endswith(OWN_UID):
        changed = replace(changed, stamp=stamp_of(sequence_of(changed.stamp) + 1, turn.at))
    turn.store.appointments.save(turn.person.id, changed)
    return changed


def moved(appointment: Appointment, starts_at: datetime) -> Appointment:
    """The same one at another time, as long as before."""
    length = appointment.ends_at - appointment.starts_at
    return replace(appointment, starts_at=starts_at, ends_at=starts_at + length, all_day=False)


def says_with_whom(title: str, name: str) -> bool:
    """Whether the words of an appointment have the customer's name in them, but for the legal form."""
    words = set(_WORD.findall(title.casefold()))
    said = set(_WORD.findall(name.casefold())) - _UNSAID
    return said <= words if said else name.casefold() in title.casefold()


def overlapping(turn: Turn, appointment: Appointment) -> Sequence[Appointment]:
    """Others at the same time; what lasts all day gets in nobody's way."""
    if appointment.all_day:
        return ()
    return [other for other in touching(turn, appointment) if other.id != appointment.id and not other.all_day]


def touching(turn: Turn, appointment: Appointment) -> Sequence[Appointment]:
    """All appointments that share time with this one, itself among them."""
    return turn.store.appointments.between(turn.person.id, appointment.starts_at, appointment.ends_at)


def _says_the_same(known: Appointment, planned: Appointment) -> bool:
    return (known.starts_at, known.title.casefold()) == (planned.starts_at, planned.title.casefold())


class Names:
    """A seller's customers by the words of their names."""

    def __init__(self, customers: Iterable[Customer]) -> None:
        self._by_word: dict[str, list[tuple[frozenset[str], Customer]]] = {}
        for customer in customers:
            words = _telling_words(customer.name)
            for word in {*words[:1], *words[-1:]}:
                self._by_word.setdefault(word, []).append((frozenset(words), customer))

    @classmethod
    def of(cls, store: Store, person_id: PersonId) -> "Names":
        """Those of the person that were used last."""
        return cls(store.customers.recent(person_id, CUSTOMERS_LOOKED_AT))

    def customer_in(self, text: str) -> Customer | None:
        """The customer whose name stands in the text, whole or by its first or last word; else None.

        The longest whole name counts. Several that share the word are none.
        """
        said = frozenset(_telling_words(text))
        named = {customer.id: (words, customer) for word in said for words, customer in self._by_word.get(word, ())}
        whole = sorted((found for found in named.values() if found[0] <= said), key=lambda found: -len(found[0]))
        if whole and (len(whole) == 1 or len(whole[0][0]) > len(whole[1][0])):
            return whole[0][1]
        if whole or len(named) != 1:
            return None
        ((_, customer),) = named.values()
        return customer


def _telling_words(text: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(plain(text)) if len(word) > 1 and word not in _UNSAID)
