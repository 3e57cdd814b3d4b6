"""A small folder of messages, so that these tests stand on their own."""

from pathlib import Path

import pytest

from knowledge.language.messages import Messages

GERMAN = """
language:
  yesterday: "gestern"
  today: "heute"
  tomorrow: "morgen"
  day_after_tomorrow: "übermorgen"
  moment: "{day}, {time}"
"""
ENGLISH = """
language:
  yesterday: "yesterday"
  today: "today"
  tomorrow: "tomorrow"
  day_after_tomorrow: "the day after tomorrow"
  moment: "{day}, {time}"
"""


@pytest.fixture(scope="session")
def words(tmp_path_factory: pytest.TempPathFactory) -> Messages:
    """The words of near days."""
    folder: Path = tmp_path_factory.mktemp("content")
    for language, text in (("de", GERMAN), ("en", ENGLISH)):
        (folder / language).mkdir()
        (folder / language / "messages.yaml").write_text(text, encoding="utf-8")
    return Messages.load(folder)
