"""Every form that can be asked for, by the name under which a waiting question stores it.

The forms stand in the rooms that ask for them, each in the room's `fields`; what a form is stands in `form_model`.
"""

from collections.abc import Mapping
from typing import Final

from dialogs.accounting.fields import ACCOUNTING_FORMS
from dialogs.agenda.fields import AGENDA_FORMS
from dialogs.conversation.fields import CONVERSATION_FORMS
from dialogs.customers.fields import CUSTOMER_FORMS
from dialogs.exporting.fields import EXPORT_FORMS
from dialogs.following_up.fields import FOLLOW_UP_FORMS
from dialogs.form_model import Form
from dialogs.pushes.fields import PUSH_FORMS
from dialogs.team.fields import TEAM_FORMS

FORMS: Final[Mapping[str, type[Form]]] = {
    **CONVERSATION_FORMS,
    **ACCOUNTING_FORMS,
    **CUSTOMER_FORMS,
    **AGENDA_FORMS,
    **PUSH_FORMS,
    **FOLLOW_UP_FORMS,
    **TEAM_FORMS,
    **EXPORT_FORMS,
}
