"""Prints the counts; exit code 1 with the reasons where something does not hold."""

import argparse
import asyncio
import secrets
import sys
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Final

from tests.soak import several
from tests.soak.run import Findings, Plan, soak

SECONDS_A_KILL: Final = 30.0
"""No soak takes longer than so many seconds for each kill and the drain; a bot that hangs ends it."""


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--chats", type=int, default=50)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="chance; printed for repetition")
    parser.add_argument("--processes", type=int, default=3, help="on PostgreSQL, after one process on SQLite; 0: none")
    parser.add_argument("--restarts", type=int, default=5, help="how often PostgreSQL is restarted meanwhile")
    given = parser.parse_args()
    plan = Plan(given.kills, given.chats, given.seed)
    say(f"seed {plan.seed}: {plan.kills} kills, {plan.chats} chats")
    faults = _run(lambda folder: soak(plan, folder, say), plan.drain_within + SECONDS_A_KILL * (plan.kills + 1))
    if given.processes:
        shared = several.Plan(
            ends=given.kills, processes=given.processes, chats=given.chats, seed=given.seed, restarts=given.restarts
        )
        say(f"{shared.processes} processes on PostgreSQL")
        limit = shared.drain_within + SECONDS_A_KILL * (shared.ends + shared.restarts + 1)
        faults += _run(lambda folder: several.soak_several(shared, folder, say), limit)
    say(f"{faults} faults" if faults else "all holds")
    return 1 if faults else 0


def _run(soaking: Callable[[Path], Coroutine[Any, Any, Findings]], limit: float) -> int:
    """Runs one soak in a folder of its own, tells what came out, and gives the number of faults."""
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        findings = asyncio.run(asyncio.wait_for(soaking(Path(folder)), limit))
    for name, count in findings.counts.items():
        say(f"{name:40}{count:>9}")
    for fault in findings.faults[:30]:
        say(f"FAILED  {fault}")
    return len(findings.faults)


if __name__ == "__main__":
    sys.exit(main())
