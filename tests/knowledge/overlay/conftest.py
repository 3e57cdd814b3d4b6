"""A company's folder, and its files."""

from pathlib import Path
from textwrap import dedent

import pytest

from tests.knowledge.overlay.own_content import Write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A company's folder, empty as yet."""
    (tmp_path / "own" / "de").mkdir(parents=True)
    return tmp_path / "own"


@pytest.fixture
def write(folder: Path) -> Write:
    """Writes a file of the company's folder."""

    def write(name: str, text: str) -> Path:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
        return file

    return write
