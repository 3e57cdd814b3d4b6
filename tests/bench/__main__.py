"""All measurements in one run, so that their ratios hold whatever the machine: `python -m tests.bench`, about 7 min."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, TypeVar

from tests.bench import longest_job, recognise_process, recognition, sheets, summaries, transport, turns
from tests.bench.turns import Measured

T = TypeVar("T")

LONGEST: Final = 120.0
"""Seconds that one measurement may take."""
TRANSPORT_CALLS: Final = 100

LINES: Final[tuple[tuple[str, str, Callable[[Measured], float]], ...]] = (
    ("updates, each chat waiting for its screen", "", lambda m: m.updates),
    ("calls for them", "", lambda m: m.calls),
    ("updates without a message in time", "", lambda m: m.unanswered),
    ("updates a second", "1/s", lambda m: m.updates_per_second),
    ("CPU an update, under full load", "ms", lambda m: m.cpu_per_update),
    ("CPU a call, under full load", "ms", lambda m: m.cpu_per_update * m.updates / m.calls),
    (f"CPU an update, at {turns.STEADY_RATE:.0f} a second", "ms", lambda m: m.steady_cpu_per_update),
    ("update → first call, median, there", "ms", lambda m: m.median_latency),
    ("update → first call, 99 of 100, there", "ms", lambda m: m.worst_latency),
    ("memory (RSS)", "MiB", lambda m: m.memory),
)


def main() -> None:
    """Prints the tables one after the other."""
    ours, echo = _run(turns.durable), _run(turns.echo)
    say(f"{'durable turn beside a bare PTB echo':48}{'durable':>10}{'echo':>10}{'ratio':>8}")
    for name, unit, value in LINES:
        one, other = value(ours), value(echo)
        ratio = f"{one / other:7.2f}×" if other else ""
        say(f"{name:44}{unit:4}{one:10.2f}{other:10.2f}{ratio}")
    say("\nthe durable turn's CPU by part, ms an update")
    cost = _run(turns.cost_by_part)
    for part, milliseconds in sorted(cost.items(), key=lambda entry: -entry[1]):
        say(f"{part:48}{milliseconds:10.3f}{milliseconds / sum(cost.values()):9.0%}")
    say("\nthe transport")
    transport.main(TRANSPORT_CALLS)
    say("\nthe longest jobs of the writer thread")
    longest_job.main()
    say("\nall daily summaries of an evening (`python -m tests.bench.summaries postgres`: 5 million steps)")
    summaries.main("sqlite")
    say("\nsheets of cost accounting")
    sheets.main()
    say("\nways to recognise")
    recognition.main()
    say("\n`run_bot.py recognise`, a process on one core")
    recognise_process.main()


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _run(measurement: Callable[[Path], Awaitable[T]]) -> T:
    async def bounded(folder: Path) -> T:
        async with asyncio.timeout(LONGEST):
            return await measurement(folder)

    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        return asyncio.run(bounded(Path(folder)))


if __name__ == "__main__":
    main()
