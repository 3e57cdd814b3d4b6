"""`python run_bot.py recognise` as a process on one core: first answer, time a line, memory; beside the limits.

python -m tests.bench.recognise_process
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Final

import psutil

from knowledge.language.languages import Language
from tests.bot.process import RUN_BOT, environment
from tests.knowledge.recognition.unseen import messy, unseen

STARTS: Final = 5
"""Times that the process is started; the slowest counts."""

LIMITS: Final = {
    "first answer of a new process": (3000.0, "ms"),
    "a line, median": (30.0, "ms"),
    "a line, 99 of 100": (30.0, "ms"),
    "memory of all its processes": (400.0, "MB"),
}


def main() -> None:
    """Prints each figure beside its limit."""
    lines = [
        f"{language if number % 2 else ''}\t{line.text}\n".encode()  # every other one without its language
        for language in Language
        for number, line in enumerate([*unseen(language), *messy(language)])
    ]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        first = max(_run(Path(folder), lines[:1])[0] for _ in range(STARTS))
        _, seconds, memory = _run(Path(folder), lines)
    seconds.sort()
    measured = (first * 1000, seconds[len(seconds) // 2] * 1000, seconds[len(seconds) * 99 // 100] * 1000, memory / 1e6)
    for (name, (limit, unit)), value in zip(LIMITS.items(), measured, strict=True):
        sys.stdout.write(f"{name:44}{unit:4}{value:10.1f}{'limit':>8}{limit:8.0f}\n")
    sys.stdout.flush()


def _run(folder: Path, lines: list[bytes]) -> tuple[float, list[float], int]:
    """Seconds until the first answer, seconds a further line, and the most memory of the process and its children."""
    begun = perf_counter()
    with subprocess.Popen(
        [sys.executable, str(RUN_BOT), "recognise"],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(process.pid, {max(os.sched_getaffinity(0))})
        assert process.stdin is not None
        assert process.stdout is not None
        first, seconds, memory = 0.0, [], 0
        for number, line in enumerate(lines):
            asked = perf_counter()
            process.stdin.write(line)
            process.stdin.flush()
            assert process.stdout.readline().startswith(b'{"matches": [')
            seconds.append(perf_counter() - asked)
            if number == 0:
                first = perf_counter() - begun
            if number % 100 == 0:
                memory = max(memory, _memory(process.pid))
        process.stdin.close()
        process.wait()
    return first, seconds[1:], memory


def _memory(pid: int) -> int:
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(member.memory_info().rss for member in family)


if __name__ == "__main__":
    main()
