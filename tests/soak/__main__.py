"""Prints the counts; exit code 1 with the reasons where something does not hold."""

import argparse
import asyncio
import secrets
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.soak.run import Plan, soak

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
    given = parser.parse_args()
    plan = Plan(given.kills, given.chats, given.seed)
    say(f"seed {plan.seed}: {plan.kills} kills, {plan.chats} chats")
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        limit = plan.drain_within + SECONDS_A_KILL * (plan.kills + 1)
        findings = asyncio.run(asyncio.wait_for(soak(plan, Path(folder), say), limit))
    for name, count in findings.counts.items():
        say(f"{name:40}{count:>9}")
    for fault in findings.faults[:30]:
        say(f"FAILED  {fault}")
    say(f"{len(findings.faults)} faults" if findings.faults else "all holds")
    return 1 if findings.faults else 0


if __name__ == "__main__":
    sys.exit(main())
