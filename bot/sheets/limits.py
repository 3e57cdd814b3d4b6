"""How large a table may be. A BAB of a large house has 1,000 cost types and 200 cost centres."""

from typing import Final

LARGEST_FILE: Final = 5 * 2**20
"""Bytes: 5,000 rows of figures have room in it."""
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 300
MOST_CELLS: Final = 500_000
LARGEST_UNPACKED: Final = 64 * 2**20
"""Bytes of all parts of a workbook together; 200,000 cells take about 8 MB."""
MOST_PARTS: Final = 1_000
