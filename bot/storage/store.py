"""All ports of one transaction, behind the protocols of `dialogs.ports`."""

from sqlalchemy import Connection

from bot.storage.costs import SqlCostings, SqlCostSheets, SqlProducts
from bot.storage.customers import SqlCustomers
from bot.storage.days import SqlAppointments, SqlReminders
from bot.storage.hardship import SqlHardships
from bot.storage.helped import SqlWhatHelped
from bot.storage.people import SqlPeople
from bot.storage.spendings import SqlSpendings
from bot.storage.talks import (
    SqlConversations,
    SqlFollowUps,
    SqlForms,
    SqlNotes,
    SqlScreens,
)
from dialogs.ports.conversations import Conversations, FollowUps, Notes
from dialogs.ports.costs import Costings, CostSheets, Products
from dialogs.ports.customers import Customers
from dialogs.ports.days import Appointments, Reminders
from dialogs.ports.people import People
from dialogs.ports.store import Forms, Screens
from dialogs.ports.team_sums import Hardships, Spendings, WhatHelped


class SqlStore:
    """`dialogs.ports.Store` on a connection."""

    def __init__(self, connection: Connection) -> None:
        self.people: People = SqlPeople(connection)
        self.customers: Customers = SqlCustomers(connection)
        self.conversations: Conversations = SqlConversations(connection)
        self.notes: Notes = SqlNotes(connection)
        self.forms: Forms = SqlForms(connection)
        self.follow_ups: FollowUps = SqlFollowUps(connection)
        self.screens: Screens = SqlScreens(connection)
        self.what_helped: WhatHelped = SqlWhatHelped(connection)
        self.hardships: Hardships = SqlHardships(connection)
        self.cost_sheets: CostSheets = SqlCostSheets(connection)
        self.costings: Costings = SqlCostings(connection)
        self.products: Products = SqlProducts(connection)
        self.appointments: Appointments = SqlAppointments(connection)
        self.reminders: Reminders = SqlReminders(connection)
        self.spendings: Spendings = SqlSpendings(connection)
