"""Tables of moves are checked when they are made, and fire without leaving a trace."""

from dataclasses import dataclass, field
from enum import StrEnum

import pytest

from dialogs.machine import NoSuchMove, Row, Table, TableError


class Light(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass
class Walker:
    in_a_hurry: bool = False
    noted: list[str] = field(default_factory=list)


def in_a_hurry(walker: Walker) -> bool:
    return walker.in_a_hurry


def note(walker: Walker) -> None:
    walker.noted.append("walked")


TABLE = Table(
    Light,
    Light.RED,
    (
        Row("press", Light.RED, Light.GREEN, in_a_hurry, note),
        Row("press", Light.RED, None),
        Row("wait", Light.GREEN, Light.RED),
        Row("run", Light.RED, None, in_a_hurry),
    ),
)


def test_the_first_row_whose_guard_holds_is_taken() -> None:
    walker = Walker(in_a_hurry=True)
    assert TABLE.fire(Light.RED, "press", walker) is Light.GREEN
    assert walker.noted == ["walked"]


def test_the_plain_row_stays_and_runs_no_effect_of_another() -> None:
    walker = Walker()
    assert TABLE.fire(Light.RED, "press", walker) is Light.RED
    assert walker.noted == []


@pytest.mark.parametrize("trigger", ["wait", "run", "fly"])
def test_wrong_refused_and_unknown_triggers_are_one_error(trigger: str) -> None:
    with pytest.raises(NoSuchMove):
        TABLE.fire(Light.RED, trigger, Walker())


def test_an_error_of_a_guard_is_no_wrong_move() -> None:
    def broken(walker: Walker) -> bool:
        raise AttributeError(f"{walker} has no shoes")

    table = Table(Light, Light.RED, (Row("press", Light.RED, Light.GREEN, broken),))
    with pytest.raises(AttributeError, match="no shoes"):
        table.fire(Light.RED, "press", Walker())


def test_a_step_leaves_no_model_behind() -> None:
    for _ in range(3):
        TABLE.fire(Light.GREEN, "wait", Walker())
    assert TABLE.fire(Light.RED, "press", Walker()) is Light.RED


def test_a_state_that_no_row_leads_to_is_named() -> None:
    with pytest.raises(TableError, match="green"):
        Table(Light, Light.RED, (Row("press", Light.RED, Light.RED),))


def test_a_row_behind_the_plain_one_is_named() -> None:
    rows: tuple[Row[Light, Walker], ...] = (
        Row("press", Light.RED, Light.GREEN),
        Row("press", Light.RED, Light.RED, in_a_hurry),
    )
    with pytest.raises(TableError, match="press in red"):
        Table(Light, Light.RED, rows)
