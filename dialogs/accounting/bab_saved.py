"""Saved BABs: a version with its period and the day from which it holds; a manager releases one as the team's rates.

Whoever entered a sheet may save it for the team. Sellers see the released rates, not the sheets that they come from.
"""

from dialogs import forms
from dialogs.accounting.bab_views import SAVED_SHOWN, START, result_view, saved_view, screen
from dialogs.accounting.fields import SaveSheetForm
from dialogs.conversation.moves import press_of
from dialogs.door import managers_only
from dialogs.ports.costs import LONGEST_PERIOD, CostSheet, CostSheetId
from dialogs.ports.people import Role
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Button, Text, View
from knowledge.language import writing


def ask_to_save(turn: Turn, sheet: CostSheet) -> None:
    """What shall it be called, and from when on does it hold?"""
    if sheet.summary is None or sheet.version:
        turn.toast(turn.say("bab.saved_before"))
        return
    sight = "bab.save_as_manager" if turn.person.role is Role.MANAGER else "bab.save_as_seller"
    proposed = sheet.summary.period
    offered = 0 < len(proposed) <= LONGEST_PERIOD
    rows = ((Button(proposed, Press("bab_period", sheet.id)),),) if offered else ()
    forms.ask(turn, "save_sheet", 0, rows=rows, ask=turn.say(sight), of=str(sheet.id))


def take_period(turn: Turn, sheet: CostSheet) -> None:
    """The period that was read in the file is what it shall be called."""
    waiting = forms.taking(turn)
    asked = waiting is not None and (waiting.form, waiting.field) == ("save_sheet", "period")
    if waiting is None or not asked or waiting.values.get("of") != str(sheet.id) or sheet.summary is None:
        turn.toast(turn.say("form.no_longer"))
        return
    forms.enter(turn, waiting, sheet.summary.period)


def keep(turn: Turn, sheet: CostSheet, answer: SaveSheetForm) -> None:
    """Saves it as the team's next version; the managers get a message with a button to it."""
    if sheet.summary is None:
        turn.show(View((Text(turn.say("bab.gone")),)))
        return
    valid_from = answer.valid_from.day if answer.valid_from else turn.today
    turn.store.cost_sheets.save(sheet.id, turn.person.team.id, answer.period, valid_from, turn.at)
    kept = _draw(turn, sheet.id)
    if turn.person.role is not Role.MANAGER:
        _tell_managers(turn, kept)


def show_list(turn: Turn) -> None:
    """The saved sheets that this person may see."""
    turn.edit(START, saved_view(turn, turn.store.cost_sheets.saved(turn.person, SAVED_SHOWN)))


@managers_only
def release(turn: Turn) -> None:
    """Makes the rates of the pressed sheet the team's, or takes that back. Each says what shall hold."""
    press = press_of(turn)
    sheets, sheet_id = turn.store.cost_sheets, CostSheetId(press.subject)
    sheet = sheets.get(turn.person, sheet_id)
    if sheet is None or sheet.valid_from is None:
        turn.toast(turn.say("bab.gone"))
        return
    released = press.action == "bab_release"
    if released != sheet.is_released:
        sheets.release(sheet_id, turn.person.id, turn.at if released else None)
    day = writing.day(sheet.valid_from, turn.language, turn.today)
    turn.toast(turn.say("bab.now_released" if released else "bab.now_withdrawn", day=day))
    _draw(turn, sheet_id, in_place=True)


def _draw(turn: Turn, sheet_id: CostSheetId, *, in_place: bool = False) -> CostSheet:
    sheet = turn.store.cost_sheets.get(turn.person, sheet_id)
    if sheet is None or sheet.summary is None:
        raise LookupError("a saved sheet is not there")
    view = result_view(turn, sheet, sheet.summary)
    if in_place:
        turn.edit(screen(sheet), view)
    else:
        turn.show(view, screen(sheet))
    return sheet


def _tell_managers(turn: Turn, sheet: CostSheet) -> None:
    for member in turn.store.people.members(turn.person.team.id):
        if member.role is Role.MANAGER:
            words = turn.messages.text("bab.waits", member.language, n=sheet.version, period=sheet.period)
            button = Button(turn.messages.text("bab.button.look", member.language), Press("bab_show", sheet.id))
            turn.notify(member.id, View((Text(words),), ((button,),)))
