"""The colours of workbooks and pictures, as web colours."""

from typing import Final

INK: Final = "#1F3A5F"
"""Titles, headings and what a table comes to."""
TEXT: Final = "#1F2933"
"""All other words and figures."""
NOTE_TEXT: Final = "#5B6875"
"""What is said beside them."""
RULE: Final = "#C3CCD6"
PALE: Final = "#EEF2F6"
"""The ground of headings and sums."""
