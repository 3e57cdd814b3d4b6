"""The page about the conversation in docs/, drawn from the table of moves: `python -m dialogs.conversation.diagram`.

Guards and effects are described by the first line of their docstrings, so the page says what the code says.
"""

import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

from dialogs.conversation.phases import TABLE, TALKING, Move
from dialogs.conversation.talk import RECORDS, Standing, Trigger
from dialogs.machine import Row
from knowledge.taxonomy import PhaseId

_HEAD: Final = """\
# The conversation

Six phases, forward when the work is done, back where something was missed. This page is drawn from the table in
`dialogs/conversation/phases.py`; `python -m dialogs.conversation.diagram > docs/conversation.md` draws it anew, and a
test fails when it is stale.

Every move is a step that is stored and never changed; replaying the steps gives the state. A move's button carries
the version of the conversation that it was drawn with, so an old button or a double tap changes nothing. `talking`
is every phase before the outcome.

"""

_HELD: Final = """\
## Holding and undoing

A conversation is {standings}. A paused or postponed one only takes `resume` and goes on in the phase where it
stopped; a finished one takes no move. `undo` is always possible: it takes back the newest move that changed the
phase, the standing, the outcome or the trial close, and the questions that the card asked since then. It is a step of
its own.

## Beside the phases

{records} are records: they say what shall hold, count whatever the version, and move nothing. They stay true when
the move before them is undone.
"""


def page() -> str:
    """The whole page in Markdown."""
    moving = [row for row in TABLE.rows if row.to is not None]
    staying = [row for row in TABLE.rows if row.to is None]
    standings = ", ".join(f"`{standing}`" for standing in Standing)
    records = ", ".join(f"`{trigger}`" for trigger in Trigger if trigger in RECORDS)
    return (
        _HEAD
        + "```mermaid\n"
        + "\n".join(_diagram(moving))
        + "\n```\n\n## Moves from phase to phase\n\n"
        + "\n".join(_lines(moving))
        + "\n\n## Moves that stay in the phase\n\n"
        + "\n".join(_lines(staying))
        + "\n\n"
        + _HELD.format(standings=standings, records=records)
    )


def _diagram(rows: list[Row[PhaseId, Move]]) -> Iterator[str]:
    """Edges between the same two phases are one; what holds in all phases before the outcome leaves their frame."""
    edges: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        sources = ("talking",) if row.sources == TALKING else tuple(map(str, row.sources))
        for source in sources:
            labels = edges.setdefault((source, str(row.to)), [])
            if row.trigger not in labels:
                labels.append(row.trigger)
    yield "stateDiagram-v2"
    yield "    state talking {"
    yield f"        [*] --> {TABLE.initial}"
    outside: list[str] = []
    for (source, to), labels in edges.items():
        line = f"{source} --> {to}: {' / '.join(labels)}"
        if to in TALKING:
            yield f"        {line}"
        else:
            outside.append(f"    {line}")
    yield "    }"
    yield from outside
    yield f"    {PhaseId.FOLLOW_UP} --> [*]: {Trigger.FINISH}"


def _lines(rows: list[Row[PhaseId, Move]]) -> Iterator[str]:
    yield "| trigger | from | to | only if | then |"
    yield "|---|---|---|---|---|"
    for row in rows:
        source = "talking" if row.sources == TALKING else ", ".join(row.sources)
        yield f"| `{row.trigger}` | {source} | {row.to or ''} | {_said(row.only_if)} | {_said(row.effect)} |"


def _said(function: Callable[..., Any] | None) -> str:
    """What a guard or an effect says of itself."""
    return (function.__doc__ or "").partition("\n")[0] if function else ""


if __name__ == "__main__":
    sys.stdout.write(page())
