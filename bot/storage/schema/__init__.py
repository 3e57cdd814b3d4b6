"""The tables, all of them wherever one is used. Times are UTC; money is text of exact decimals.

Changes need an Alembic migration beside them; a test builds the database both ways and finds no difference.
"""

from bot.storage.schema.columns import UtcDateTime, metadata
from bot.storage.schema.conversations import conversation, customer, follow_up, note, step
from bot.storage.schema.costs import cost_sheet, costing, overhead_rate, product, sheet_text
from bot.storage.schema.days import appointment, push, reminder
from bot.storage.schema.people import day_off, invite, person, team, waiting
from bot.storage.schema.team_sums import hardship, helped, spending
from bot.storage.schema.turns import fact, inbox, lane, outbox, screen

__all__ = [
    "UtcDateTime",
    "appointment",
    "conversation",
    "cost_sheet",
    "costing",
    "customer",
    "day_off",
    "fact",
    "follow_up",
    "hardship",
    "helped",
    "inbox",
    "invite",
    "lane",
    "metadata",
    "note",
    "outbox",
    "overhead_rate",
    "person",
    "product",
    "push",
    "reminder",
    "screen",
    "sheet_text",
    "spending",
    "step",
    "team",
    "waiting",
]
