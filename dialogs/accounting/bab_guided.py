"""A BAB question by question: the centres, then for each its overheads and its base. Every answer is kept at once.

The sheet itself remembers what is missing, so that it can be left and taken up again anywhere: /bab → Weiter.
"""

import json
from typing import Any, Final

from dialogs import forms
from dialogs.accounting.bab_views import (
    ROLES,
    change_view,
    content_of,
    result_view,
    role_view,
    screen,
    unfinished_view,
    what_is_wrong,
)
from dialogs.accounting.fields import BaseForm, CentresForm, CostForm, FurtherCentresForm, Size
from dialogs.accounting.words import amount
from dialogs.conversation import side_screens
from dialogs.ports.costs import CostSheet
from dialogs.turn import Turn
from dialogs.view import View
from knowledge.accounting.bab import compute
from knowledge.accounting.exact import number, written
from knowledge.accounting.faults import AccountingError
from knowledge.accounting.json_sheet import read_sheet
from knowledge.accounting.one_line import MOST_CENTRES, main_role_of, usual_base
from knowledge.accounting.sheet import BaseKind, CentreRole
from knowledge.accounting.summary import Summary, summarise

Content = dict[str, Any]
Answer = CentresForm | FurtherCentresForm | CostForm | BaseForm


def begin(turn: Turn) -> None:
    """Asks for the centres of a new sheet."""
    sheet_id = turn.store.cost_sheets.add(turn.person.id, turn.person.team.id, "{}", None, turn.at)
    forms.ask(turn, "bab_centres", 0, ask=turn.say("bab.ask.centres"), of=str(sheet_id))


def add_centres(turn: Turn, sheet: CostSheet) -> None:
    """Asks for further centres."""
    forms.ask(turn, "bab_further", 0, ask=turn.say("bab.ask.further"), of=str(sheet.id))


def keep(turn: Turn, sheet: CostSheet, answer: Answer) -> None:
    """Keeps an answer and goes on with what is missing then."""
    content = content_of(turn, sheet)
    match answer:
        case CentresForm(names=names):
            _add(content, names or tuple(turn.say("bab.usual_centres").split("; ")))
        case FurtherCentresForm(names=further):
            _add(content, further)
        case CostForm(part=part, cost=cost) if centre := _centre(content, part):
            content.setdefault("primary", {})[centre["id"]] = written(cost)
        case BaseForm(part=part, base=base) if centre := _centre(content, part):
            content.setdefault("bases", {})[centre["id"]] = _base(centre, base)
    sheet = _changed(turn, sheet, content)
    if isinstance(answer, CostForm) and (centre := _centre(content, answer.part)) and _needs_base(content, centre):
        _ask_base(turn, sheet, content, int(answer.part))
    else:
        go_on(turn, sheet)


def keep_role(turn: Turn, sheet: CostSheet, value: str) -> None:
    """What a centre is there for, as it was tapped."""
    part, _, role = value.partition("=")
    content = content_of(turn, sheet)
    centre = _centre(content, part)
    if centre is None or role not in ROLES:
        turn.toast(turn.say("turn.unknown_press"))
        return
    centre["role"] = role
    go_on(turn, _changed(turn, sheet, content))


def ask_again(turn: Turn, sheet: CostSheet, part: str) -> None:
    """Asks for the overheads of a centre that were entered, and for its base after that."""
    content = content_of(turn, sheet)
    if _centre(content, part) is None:
        turn.edit(screen(sheet), change_view(turn, sheet))
    else:
        _ask_cost(turn, sheet, content, int(part))


def go_on(turn: Turn, sheet: CostSheet) -> None:
    """Asks for the first thing that is missing; where nothing is, the result."""
    content = content_of(turn, sheet)
    for place, centre in enumerate(content.get("cost_centres", ())):
        if "role" not in centre:
            view = role_view(turn, sheet, place, centre["name"])
            side_screens.answer(turn, screen(sheet), view, turn.say("bab.moved"))
            return
        if centre["id"] not in content.get("primary", {}):
            _ask_cost(turn, sheet, content, place)
            return
        if _needs_base(content, centre) and centre["id"] not in content.get("bases", {}):
            _ask_base(turn, sheet, content, place)
            return
    if not content.get("cost_centres"):
        forms.ask(turn, "bab_centres", 0, ask=turn.say("bab.ask.centres"), of=str(sheet.id))
        return
    _finish(turn, sheet, content)


def _finish(turn: Turn, sheet: CostSheet, content: Content) -> None:
    """Computes and shows; what does not go together is told, and can be changed."""
    bases = content.setdefault("bases", {})
    for centre in content["cost_centres"]:
        if _on_manufacturing_cost(content, centre):
            bases.setdefault(centre["id"], {"kind": BaseKind.MANUFACTURING_COST_OF_PRODUCTION.value})
    try:
        summary = summarise(compute(read_sheet(_with_currency(turn, content))))
    except AccountingError as error:
        view = unfinished_view(turn, sheet).with_hint(what_is_wrong(turn, error))
    else:
        view = result_view(turn, _changed(turn, sheet, content, summary), summary)
    side_screens.answer(turn, screen(sheet), view, turn.say("bab.moved"))


def _changed(turn: Turn, sheet: CostSheet, content: Content, summary: Summary | None = None) -> CostSheet:
    text = json.dumps(content, ensure_ascii=False)
    turn.store.cost_sheets.change(sheet.id, text, summary, turn.at)
    return CostSheet(sheet.id, sheet.owner, summary, sheet.name)


def _with_currency(turn: Turn, content: Content) -> Content:
    content.setdefault("currency", turn.person.team.currency)
    return content


def _add(content: Content, names: tuple[str, ...]) -> None:
    """New centres with the roles that their names tell; what is there already stays as it is."""
    centres = content.setdefault("cost_centres", [])
    known = {centre["name"].casefold() for centre in centres}
    for name in names:
        if name.casefold() in known or len(centres) >= MOST_CENTRES:
            continue
        centre = {"id": name, "name": name}
        if role := main_role_of(name):
            centre["role"] = role.value
        centres.append(centre)


def _centre(content: Content, part: str) -> dict[str, str] | None:
    centres: list[dict[str, str]] = content.get("cost_centres", [])
    return centres[int(part)] if part.isdecimal() and len(part) < 4 and int(part) < len(centres) else None


_ADDED_UP: Final = (CentreRole.ADMINISTRATION, CentreRole.SALES, CentreRole.ADMINISTRATION_SALES)


def _on_manufacturing_cost(content: Content, centre: dict[str, str]) -> bool:
    """Administration and sales take theirs where material and production are there to add up."""
    roles = {known.get("role") for known in content["cost_centres"]}
    return centre.get("role") in _ADDED_UP and {CentreRole.MATERIAL, CentreRole.PRODUCTION} <= roles


def _needs_base(content: Content, centre: dict[str, str]) -> bool:
    return centre.get("role") != CentreRole.OTHER and not _on_manufacturing_cost(content, centre)


def _base(centre: dict[str, str], base: Size) -> dict[str, str]:
    if base.hours:
        return {"kind": BaseKind.MACHINE_HOURS.value, "hours": written(base.value)}
    kind = usual_base(CentreRole(centre["role"]))
    kind = BaseKind.GIVEN if kind.is_manufacturing_cost else kind
    return {"kind": kind.value, "amount": written(base.value)}


def _ask_cost(turn: Turn, sheet: CostSheet, content: Content, place: int) -> None:
    centres = content["cost_centres"]
    words = turn.say("bab.ask.cost", centre=centres[place]["name"], n=place + 1, of=len(centres))
    forms.ask(turn, "bab_cost", 0, ask=_after_last(turn, content, place, words), of=str(sheet.id), part=str(place))


def _ask_base(turn: Turn, sheet: CostSheet, content: Content, place: int) -> None:
    centre = content["cost_centres"][place]
    cost = amount(number(content["primary"][centre["id"]]), turn.language)
    noted = turn.say("bab.ask.noted_cost", centre=centre["name"], amount=cost)
    base = turn.say(f"bab.ask.base.{usual_base(CentreRole(centre['role']))}", centre=centre["name"])
    forms.ask(turn, "bab_base", 0, ask=f"{noted}\n{base}", of=str(sheet.id), part=str(place))


def _after_last(turn: Turn, content: Content, place: int, words: str) -> str:
    """The question, below what was understood of the centre before."""
    if place == 0:
        return words
    before = content["cost_centres"][place - 1]
    base = content.get("bases", {}).get(before["id"])
    if base is None or BaseKind(base["kind"]).is_manufacturing_cost:
        if before["id"] not in content.get("primary", {}):
            return words
        cost = amount(number(content["primary"][before["id"]]), turn.language)
        return f"{turn.say('bab.ask.noted_cost', centre=before['name'], amount=cost)}\n{words}"
    size = amount(number(base.get("hours") or base["amount"]), turn.language)
    size = turn.say("bab.hours", n=size) if "hours" in base else size
    return f"{turn.say('bab.ask.noted_base', centre=before['name'], size=size)}\n{words}"


def show(turn: Turn, sheet: CostSheet) -> View:
    """The sheet as it stands: finished or not."""
    return result_view(turn, sheet, sheet.summary) if sheet.summary else unfinished_view(turn, sheet)
