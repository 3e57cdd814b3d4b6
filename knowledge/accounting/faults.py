"""What is wrong with figures: each fault bears its place, and all faults of a sheet are told together.

AccountingError     the person's input; it never stands for a mistake of ours
├── Unreadable      the file can't be read, or is no JSON at all
├── WrongFields     a field or a cell is not what is expected there
└── Impossible      every field is well formed, but together they have no result (a base of 0, a closed circle)
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from knowledge.accounting.exact import as_decimal
from knowledge.accounting.exact import written as written_exactly
from knowledge.language import writing
from knowledge.language.languages import Language
from knowledge.language.messages import Messages

LONGEST_LINE: Final = 300
"""Characters of the line that names all faults."""

LONGEST_PLACE: Final = 100

FaultParam = str | int | Fraction


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where (`bases.mat.amount`, `C7`), the key of the sentence, and its parameters."""

    place: str
    key: str
    params: Mapping[str, FaultParam] = field(default_factory=dict)

    def sentence(self, messages: Messages, language: Language) -> str:
        """`bases.mat.amount: …`, with numbers as the language writes them."""
        params = {
            name: _exact(value, language) if isinstance(value, Fraction) else value
            for name, value in self.params.items()
        }
        return f"{self.shown_place}: {messages.text(self.key, language, **params)}"

    @property
    def shown_place(self) -> str:
        """The place, cut where somebody gave a centre a name as long as a letter."""
        return shown(self.place, LONGEST_PLACE)


class Caution(Fault):
    """Something that is computed all the same, and that one should know: a warning, by its `code`."""

    @property
    def code(self) -> str:
        """The last part of the key: `negative_cost`."""
        return self.key.rpartition(".")[2]


class AccountingError(Exception):
    """The figures can't be used as they are. Never without a fault."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(f"{fault.place}: {fault.key}" for fault in self.faults)

    def line(self, messages: Messages, language: Language) -> str:
        """All faults in one line of at most 300 characters, then 'und k weitere'.

        As many as fit are said in full, the others by their places; where these do not fit either, only the first is
        said in full, and of the others as many places as do fit.
        """

        def more(count: int) -> str:
            return messages.text("accounting.fault_more", language, n=count)

        sentences = [fault.sentence(messages, language) for fault in self.faults]
        places = [fault.shown_place for fault in self.faults]
        for full in range(len(sentences), 0, -1):
            others = [", ".join(dict.fromkeys(places[full:]))] if places[full:] else []
            line = "; ".join([*sentences[:full], *others])
            if len(line) <= LONGEST_LINE:
                return line
        first = shown(sentences[0], LONGEST_LINE - len(more(len(sentences))) - 1)
        return _with_places(first, places[1:], more)


class Unreadable(AccountingError):
    """The file can't be read, or what is in it is not of its kind."""


class WrongFields(AccountingError):
    """Fields or cells are not what is expected there."""


class Impossible(AccountingError):
    """Every field is well formed, but together they have no result."""


class Findings:
    """Collects faults, so that a sheet is refused once, with all that is wrong with it."""

    def __init__(self) -> None:
        self._faults: dict[tuple[str, str], Fault] = {}  # each place is told once for each reason

    def __bool__(self) -> bool:
        return bool(self._faults)

    def add(self, place: str, key: str, **params: FaultParam) -> None:
        """Notes that something is wrong at this place."""
        self.take(Fault(place, key, params))

    @contextmanager
    def noting(self) -> Iterator[None]:
        """What the block refuses is noted, and the rest goes on."""
        try:
            yield
        except AccountingError as error:
            self.take(*error.faults)

    def refuse(self, kind: type[AccountingError] = WrongFields) -> None:
        """Raises what was collected, if anything was."""
        if self._faults:
            raise kind(*self._faults.values())

    def take(self, *faults: Fault) -> None:
        """Notes faults that were found elsewhere."""
        self._faults.update({(fault.place, fault.key): fault for fault in faults})

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was noted, in its order."""
        return tuple(self._faults.values())

    def places(self) -> tuple[str, ...]:
        """Where something is wrong."""
        return tuple(fault.place for fault in self._faults.values())


def shown(text: object, longest: int = 40) -> str:
    """What somebody wrote, in one line without what can't be printed, cut with '…'."""
    line = "".join(sign if sign.isprintable() else "�" for sign in " ".join(str(text).split()))
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _with_places(first: str, places: Sequence[str], more: Callable[[int], str]) -> str:
    """The first sentence, then as many of the other places as fit, then how many are left."""
    line, named = first, 0
    for place in dict.fromkeys(places):
        longer = f"{line}{'; ' if named == 0 else ', '}{place}"
        left = len(places) - named - 1
        if len(longer) + (len(more(left)) + 1 if left else 0) > LONGEST_LINE:
            break
        line, named = longer, named + 1
    left = len(places) - named
    return f"{line} {more(left)}" if left else line


def _exact(value: Fraction, language: Language) -> str:
    decimal = as_decimal(value)
    return written_exactly(value) if decimal is None else writing.number(decimal, language)
