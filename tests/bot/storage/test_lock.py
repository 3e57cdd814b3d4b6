"""One process at a time works on a SQLite database, and a killed one blocks nobody."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.storage.lock import AlreadyRunning, only_one

HOLDS_THE_LOCK = """
import sys
from pathlib import Path
from bot.storage.lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_one_is_told_so_and_the_first_goes_on(tmp_path: Path) -> None:
    with only_one(tmp_path):
        for _ in range(2):
            with pytest.raises(AlreadyRunning, match="set another DATA_DIR"), only_one(tmp_path):
                pass
    with only_one(tmp_path):
        pass


def test_two_folders_are_two_databases(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with only_one(tmp_path), only_one(other):
        assert (other / "running.lock").exists()


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDS_THE_LOCK, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning), only_one(tmp_path):
            pass
        process.kill()
        assert process.wait(10) == -signal.SIGKILL
    with only_one(tmp_path):
        pass
