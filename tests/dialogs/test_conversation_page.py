"""The page about the conversation is drawn from the table, and stays true."""

from pathlib import Path

from dialogs.conversation.diagram import page
from dialogs.conversation.phases import TABLE
from knowledge.taxonomy import PhaseId

PAGE = Path(__file__).parents[2] / "docs" / "conversation.md"


def test_the_page_in_docs_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "draw it anew: python -m dialogs.conversation.diagram > docs/conversation.md"
    )


def test_every_phase_and_every_trigger_of_the_table_is_on_the_page() -> None:
    drawn = page()
    assert all(phase in drawn for phase in PhaseId)
    assert all(f"`{row.trigger}`" in drawn for row in TABLE.rows)
