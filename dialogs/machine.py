"""State machines as tables: rows of trigger, source, target, guard and effect, over `transitions`.

The one module that knows `transitions` and its loose types. A table is checked when it is made; a trigger that fits
no row raises NoSuchMove and leaves everything as it was.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from transitions import EventData, Machine, MachineError

S = TypeVar("S", bound=StrEnum)
C = TypeVar("C")


class NoSuchMove(Exception):
    """What was asked for does not fit where the dialog stands; draw the screen afresh."""


class TableError(Exception):
    """The table is wrong; the text names the row and says what to do."""


@dataclass(frozen=True, slots=True)
class Row(Generic[S, C]):
    """One line of a table. `to` None stays; the first row whose guard holds is taken."""

    trigger: str
    source: S | tuple[S, ...]
    to: S | None
    only_if: Callable[[C], bool] | None = None
    effect: Callable[[C], None] | None = None

    @property
    def sources(self) -> tuple[S, ...]:
        """The states in which the row holds."""
        return self.source if isinstance(self.source, tuple) else (self.source,)


@dataclass(eq=False)
class _Model:
    """Thrown away after one step; `transitions` writes the state and its triggers on it."""

    state: Any


class Table(Generic[S, C]):
    """A checked table and the machine made of it. One instance serves all conversations and threads one at a time."""

    def __init__(self, states: type[S], initial: S, rows: Iterable[Row[S, C]]) -> None:
        self.states = tuple(states)
        self.initial = initial
        self.rows = tuple(rows)
        self._check()
        self._machine = Machine(
            model=None, states=list(states), initial=initial, auto_transitions=False, send_event=True
        )
        for row in self.rows:
            self._machine.add_transition(
                row.trigger,
                list(row.sources),
                row.to,
                conditions=[_guard(row.only_if)] if row.only_if else None,
                before=[_effect(row.effect)] if row.effect else None,
            )

    def fire(self, state: S, trigger: str, context: C) -> S:
        """The state after the trigger; the row's effect has run on the context. Raises NoSuchMove."""
        event = self._machine.events.get(trigger)
        if event is None:
            raise NoSuchMove(f"{trigger} is in no row")
        model = _Model(state)
        self._machine.add_model(model, initial=state)
        try:
            moved = event.trigger(model, context=context)
        except MachineError as error:
            raise NoSuchMove(f"{trigger} in {state}") from error
        finally:
            self._machine.remove_model(model)
        if not moved:
            raise NoSuchMove(f"{trigger} in {state}")
        after: S = model.state
        return after

    def _check(self) -> None:
        reachable = {self.initial} | {row.to for row in self.rows if row.to is not None}
        for state in self.states:
            if state not in reachable:
                raise TableError(f"no row leads to {state}; add one or drop the state")
        plain: dict[tuple[str, S], Row[S, C]] = {}
        for row in self.rows:
            for source in row.sources:
                before = plain.get((row.trigger, source))
                if before is not None:
                    raise TableError(
                        f"{row.trigger} in {source}: a row stands behind the plain one and is never reached"
                    )
                if row.only_if is None:
                    plain[row.trigger, source] = row


def _guard(function: Callable[[C], bool]) -> Callable[[EventData], bool]:
    return lambda event: function(event.kwargs["context"])


def _effect(function: Callable[[C], None]) -> Callable[[EventData], None]:
    return lambda event: function(event.kwargs["context"])
