"""`/bab`: overhead rates (Gemeinkostenzuschlagssätze) from one line, question by question, or from a file.

line → rates; begin → questions → rates; file → rates; rates → working, workbook, change, save → released.
"""

import json
from typing import Any, Final

from dialogs.accounting import bab_guided, bab_saved
from dialogs.accounting.bab_views import (
    START,
    change_view,
    content_of,
    result_view,
    role_view,
    roles_with,
    screen,
    start_view,
    what_is_wrong,
)
from dialogs.accounting.fields import SaveSheetForm
from dialogs.accounting.working_pages import working_view
from dialogs.conversation import side_screens
from dialogs.conversation.moves import press_of
from dialogs.ports.costs import CostSheet, CostSheetId
from dialogs.press import Press
from dialogs.turn import Command, Document, Pressed, Turn
from dialogs.view import Block, Button, Hint, Text, View, line
from knowledge.accounting.bab import compute
from knowledge.accounting.bab_working import working
from knowledge.accounting.faults import AccountingError
from knowledge.accounting.json_sheet import read_sheet
from knowledge.accounting.json_written import sheet_as_json
from knowledge.accounting.one_line import read_line
from knowledge.accounting.summary import Summary, summarise
from knowledge.language.errors import ReadingError

COMMANDS: Final = frozenset({"bab"})
ACTIONS: Final = frozenset(
    {
        "bab_start", "bab_new", "bab_go_on", "bab_change", "bab_add", "bab_ask", "bab_role", "bab_drop", "bab_show",
        "bab_working", "bab_workbook", "bab_file", "bab_save", "bab_saved", "bab_release", "bab_withdraw", "doc_role",
        "bab_period",
    }
)  # fmt: skip

TEMPLATE: Final = "bab_template"
EXAMPLE: Final = "bab_example"
WORKBOOK: Final = "bab_workbook"
PICTURE: Final = "bab_picture"
"""The kinds of files: an empty sheet, one to play with, what a sheet becomes, and how it looks on a telephone."""

LARGEST_IN_CHAT: Final = 1500
"""Amounts of a sheet whose working is computed within a turn (a few milliseconds); a larger one has its workbook."""

FAULTS_SHOWN: Final = 5


def handle(turn: Turn) -> None:
    """`/bab`, `/bab 63.000/525.000`, and the buttons of all its screens."""
    if isinstance(turn.event, Command):
        if turn.event.argument:
            _one_line(turn, turn.event.argument)
        else:
            turn.show(_start(turn), START)
        return
    press = press_of(turn)
    match press.action:
        case "bab_start":
            turn.edit(START, _start(turn))
        case "bab_new":
            bab_guided.begin(turn)
        case "bab_saved":
            bab_saved.show_list(turn)
        case "bab_file":
            _send(turn, press.value)
        case "bab_release" | "bab_withdraw":
            bab_saved.release(turn)
        case _:
            _about_sheet(turn, press)


def take(turn: Turn, document: Document) -> None:
    """A file that was sent: the rates of the sheet in it, or what is wrong with it."""
    if document.sheet is not None:
        _keep(turn, document.sheet.text, document.sheet.summary, document.name)
    elif document.unknown:
        _ask_roles(turn, document)
    elif document.faults:
        turn.show(_faults_view(turn, document))
    else:
        turn.show(line(turn.say(f"document.{document.hindrance}", name=document.name)))


def _ask_roles(turn: Turn, document: Document) -> None:
    """What the headings mean that tell nothing: the file waits, and is read again when all is said."""
    about = {"file_id": document.file_id, "size": document.size, "unknown": list(document.unknown), "roles": {}}
    text = json.dumps(about, ensure_ascii=False)
    sheet_id = turn.store.cost_sheets.add(
        turn.person.id, turn.person.team.id, text, None, turn.at, document.name or "-"
    )
    _ask_role(turn, CostSheet(sheet_id, turn.person.id, name=document.name))


def _ask_role(turn: Turn, sheet: CostSheet) -> None:
    about = content_of(turn, sheet)
    place = len(about["roles"])
    view = role_view(turn, sheet, place, about["unknown"][place], "doc_role")
    if isinstance(turn.event, Pressed):
        turn.edit(screen(sheet), view)
    else:
        turn.show(view, screen(sheet))


def _say_role(turn: Turn, sheet: CostSheet, press: Press) -> None:
    """One heading is explained; after the last one the file has been read again (see `Pressed.document`)."""
    if isinstance(turn.event, Pressed) and turn.event.document is not None:
        turn.store.cost_sheets.discard(sheet.id)
        turn.edit(screen(sheet), line(turn.say("document.read", name=sheet.name)))
        take(turn, turn.event.document)
        return
    about = content_of(turn, sheet)
    roles = roles_with(about, press.value) if "unknown" in about else None
    if roles is None:
        turn.toast(turn.say("turn.unknown_press"))
        return
    text = json.dumps({**about, "roles": roles}, ensure_ascii=False)
    turn.store.cost_sheets.change(sheet.id, text, None, turn.at)
    if len(roles) < len(about["unknown"]):
        _ask_role(turn, sheet)


def _faults_view(turn: Turn, document: Document) -> View:
    """Each wrong cell on a line, and what is expected there; the template shows how it may look."""
    template = ((Button(turn.say("bab.button.template"), Press("bab_file", value="template")),),)
    sentences = [fault.sentence(turn.messages, turn.language) for fault in document.faults]
    if [fault.place for fault in document.faults] == [document.name]:  # the file as a whole, no cell of it
        return View((Text(sentences[0]),), template)
    more = len(sentences) - FAULTS_SHOWN
    blocks: list[Block] = [Text(turn.say("document.faults", name=document.name, n=len(sentences)))]
    blocks += [Text(f"· {words}") for words in sentences[:FAULTS_SHOWN]]
    if more > 0:
        blocks.append(Hint(turn.say("accounting.fault_more", n=more)))
    blocks.append(Hint(turn.say("document.send_again")))
    return View(tuple(blocks), template)


def keep(turn: Turn, answer: bab_guided.Answer | SaveSheetForm) -> None:
    """An answered question about a sheet."""
    sheet = turn.store.cost_sheets.get(turn.person, CostSheetId(answer.of))
    if sheet is None or sheet.version:
        turn.show(line(turn.say("bab.gone")))
    elif isinstance(answer, SaveSheetForm):
        bab_saved.keep(turn, sheet, answer)
    else:
        bab_guided.keep(turn, sheet, answer)


def _start(turn: Turn) -> View:
    sheets = turn.store.cost_sheets
    return start_view(turn, sheets.released_rates(turn.person.team.id, turn.today), sheets.unfinished(turn.person.id))


def _one_line(turn: Turn, text: str) -> None:
    """The result at once, or one sentence about the part that is not clear."""
    try:
        sheet = read_line(text, turn.language, turn.say("bab.unnamed"))
        summary = summarise(compute(sheet))
    except ReadingError as error:
        turn.show(line(turn.say(error.key, **error.params)))
    except AccountingError as error:
        turn.show(line(what_is_wrong(turn, error)))
    else:
        _keep(turn, json.dumps(sheet_as_json(sheet), ensure_ascii=False), summary)


def _keep(turn: Turn, text: str, summary: Summary, name: str = "") -> None:
    sheet_id = turn.store.cost_sheets.add(turn.person.id, turn.person.team.id, text, summary, turn.at, name)
    sheet = CostSheet(sheet_id, turn.person.id, summary, name)
    turn.show(result_view(turn, sheet, summary), screen(sheet))


def _send(turn: Turn, kind: str) -> None:
    wanted = {"template": TEMPLATE, "example": EXAMPLE}.get(kind)
    if wanted is not None:
        turn.send_file(wanted)
    turn.toast(turn.say("turn.unknown_press" if wanted is None else "bab.file_comes"))


def _about_sheet(turn: Turn, press: Press) -> None:
    sheet = turn.store.cost_sheets.get(turn.person, CostSheetId(press.subject))
    if sheet is None:
        turn.toast(turn.say("bab.gone"))
        return
    match press.action:
        case "bab_working":
            _show_working(turn, sheet, int(press.value) if press.value.isdecimal() else 0)
        case "bab_workbook":
            _send_workbook(turn, sheet)
        case "bab_save":
            bab_saved.ask_to_save(turn, sheet)
        case "bab_period":
            bab_saved.take_period(turn, sheet)
        case "doc_role" if sheet.summary is None:
            _say_role(turn, sheet, press)
        case "bab_show":
            side_screens.show(turn, screen(sheet), bab_guided.show(turn, sheet), turn.say("bab.moved"))
        case _ if sheet.may_change:
            _change(turn, sheet, press)
        case _:
            turn.toast(turn.say("bab.saved_before"))


def _change(turn: Turn, sheet: CostSheet, press: Press) -> None:
    match press.action:
        case "bab_go_on":
            bab_guided.go_on(turn, sheet)
        case "bab_change":
            turn.edit(screen(sheet), change_view(turn, sheet))
        case "bab_add":
            bab_guided.add_centres(turn, sheet)
        case "bab_ask":
            bab_guided.ask_again(turn, sheet, press.value)
        case "bab_role":
            bab_guided.keep_role(turn, sheet, press.value)
        case _:
            turn.store.cost_sheets.discard(sheet.id)
            turn.edit(screen(sheet), line(turn.say("bab.dropped")))


def _show_working(turn: Turn, sheet: CostSheet, page: int) -> None:
    if sheet.summary is None or sheet.summary.cells > LARGEST_IN_CHAT:
        _send_workbook(turn, sheet)
        return
    view = working_view(
        turn,
        turn.say("bab.working"),
        working(compute(read_sheet(content_of(turn, sheet)))),
        page,
        lambda wanted: Press("bab_working", sheet.id, value=str(wanted)),
        Button(turn.say("bab.button.show"), Press("bab_show", sheet.id)),
    )
    turn.edit(screen(sheet), view)


def _send_workbook(turn: Turn, sheet: CostSheet) -> None:
    """What can still change goes along; a large sheet is read again when the workbook is made."""
    values: dict[str, Any] = {"sheet": sheet.id}
    if sheet.may_change:
        values["text"] = turn.store.cost_sheets.text(sheet.id)
    turn.send_file(WORKBOOK, **values)
    turn.send_file(PICTURE, **values)
    turn.toast(turn.say("bab.file_comes"))
