"""The card of a customer: who it is, where it stands, what was last, what is open and promised.

Behind its buttons: what can be changed, the history, contact permission. Drawing reads; what a press changes stands in
`changes`.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.conversation.talk import Standing, Talk
from dialogs.customers import ban, briefing, potential
from dialogs.customers.permission import permission_line, permission_view
from dialogs.customers.stage import stage_by_talks, stage_of
from dialogs.ports.conversations import Note
from dialogs.ports.customers import Customer, Potential
from dialogs.press import Press
from dialogs.read_back import shortened
from dialogs.turn import Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View, rows_of
from knowledge.language.moments import spoken_moment
from knowledge.language.money import Money
from knowledge.taxonomy import AcquisitionId, FunnelStage, LeadQuality, OutcomeId, TargetGroupId

TALKS_ON_A_PAGE: Final = 4
NOTES_SHOWN: Final = 8
BY_THE_TALKS: Final = "auto"

MOST_LINES: Final = 12
"""Of the card; the rest of what is known about the customer stands behind 'Mehr'."""

_PROMISES_AT_A_GLANCE: Final = 1
_LONGEST_LINE: Final = 120
_LONGEST_NOTE: Final = 200
_SOME_OBJECTIONS: Final = 3


def screen_of(customer: Customer) -> str:
    """The name of the customer's screen; all about one customer stands there."""
    return f"customer:{customer.id}"


def view_of(turn: Turn, customer: Customer, part: str = "") -> View:
    """The card, or what one of its buttons opens in place."""
    name, _, page = part.partition(".")
    back = _back_row(turn, customer)
    match name:
        case "edit":
            return _edit_view(turn, customer, back)
        case "stage":
            return _stage_view(turn, customer, back)
        case "abc":
            return _potential_view(turn, customer, back)
        case "who":
            return _choice_view(turn, customer, "who", back)
        case "how":
            return _choice_view(turn, customer, "how", back)
        case "ground":
            return permission_view(turn, customer, back)
        case "talks":
            return _talks_view(turn, customer, int(page) if page.isdecimal() else 0, back)
        case "notes":
            return _notes_view(turn, customer, back)
        case "known":
            return card_view(turn, customer, whole=True)
        case _:
            return card_view(turn, customer)


def card_view(turn: Turn, customer: Customer, *, whole: bool = False) -> View:
    """The card itself; `whole` with all that was written down about the customer, however long it is."""
    talks = briefing.talks_with(turn, customer)
    banned = ban.warning(turn, customer)
    blocks: list[Block | None] = [Heading(_heading(turn, customer)), Text(_standing_line(turn, customer, talks))]
    blocks.append(Text(banned or permission_line(turn, customer)))
    past = briefing.history(turn, customer, talks, briefing.MOST_PROMISES if whole else _PROMISES_AT_A_GLANCE).lines
    below: list[Block | None] = [None, *map(Text, past)] if past else []
    if talks:
        below.append(Hint(_sum_line(turn, talks)))
    else:
        below += [None, Hint(turn.say("customers.card.no_talk"))]
    known = _known_lines(turn, customer)
    room = len(known) if whole else max(MOST_LINES - len(blocks) - len(below), 0)
    blocks += [Hint(words) for words in known[:room]]
    rows = _card_rows(turn, customer, talks)
    if whole:
        rows = (_back_row(turn, customer),)
    elif known[room:]:
        rows = ((_menu(turn, customer, "known"),), *rows)
    return View((*blocks, *below), rows)


def goes_on(talks: Sequence[Talk]) -> bool:
    """Whether a conversation with them has no outcome yet, so that it is taken up again."""
    return any(talk.outcome in (None, OutcomeId.POSTPONED) and talk.standing is not Standing.FINISHED for talk in talks)


# Lines


def _heading(turn: Turn, customer: Customer) -> str:
    marks = [customer.name]
    if customer.target_group is not None:
        marks.append(turn.knowledge.target_groups[customer.target_group].label)
    if customer.potential is not None:
        marks.append(turn.say("customers.potential", potential=str(customer.potential)))
    return " · ".join(marks)


def _standing_line(turn: Turn, customer: Customer, talks: Sequence[Talk]) -> str:
    marks = [turn.knowledge.funnel[stage_of(turn, customer, talks)].label]
    if customer.quality is not None:
        marks.append(turn.say(f"customers.quality.{customer.quality}"))
    if customer.acquisition is not None:
        marks.append(turn.knowledge.acquisition[customer.acquisition].label)
    return " · ".join(marks)


def _known_lines(turn: Turn, customer: Customer) -> tuple[str, ...]:
    """What was written down about the customer, as far as it is known; what is needed most comes first."""
    lines = []
    if customer.company:
        lines.append(turn.say("customers.card.company", company=customer.company))
    if customer.contact:
        lines.append(turn.say("customers.card.contact", contact=shortened(customer.contact, _LONGEST_LINE)))
    zone = ZoneInfo(turn.person.zone)
    if customer.satisfaction is not None:
        said = turn.say("customers.card.satisfaction", points=customer.satisfaction)
        if customer.reference_at is not None:
            day = customer.reference_at.astimezone(zone).date()
            said = f"{said} · {turn.say('customers.card.reference', day=day)}"
        lines.append(said)
    elif customer.reference_at is not None:
        lines.append(turn.say("customers.card.reference", day=customer.reference_at.astimezone(zone).date()))
    if customer.interests:
        lines.append(turn.say("customers.card.interests", interests=shortened(customer.interests, _LONGEST_LINE)))
    return tuple(lines)


def _sum_line(turn: Turn, talks: Sequence[Talk]) -> str:
    """'3 Gespräche, 2 Aufträge, 48.200 €', each currency for itself."""
    won = [talk for talk in talks if talk.outcome is OutcomeId.WON]
    sums: dict[str, Decimal] = {}
    for talk in won:
        if talk.amount is not None:
            currency = talk.currency or turn.person.team.currency
            sums[currency] = sums.get(currency, Decimal(0)) + talk.amount
    parts = [turn.say("customers.card.talks", n=len(talks))]
    if won:
        parts.append(turn.say("customers.card.orders", n=len(won)))
    parts += [turn.say("customers.card.amount", amount=Money(amount, currency)) for currency, amount in sums.items()]
    return ", ".join(parts)


# Buttons


def _menu(turn: Turn, customer: Customer, part: str) -> Button:
    return Button(turn.say(f"customers.button.{part}"), Press("cu_menu", customer.id, value=part))


def _card_rows(turn: Turn, customer: Customer, talks: Sequence[Talk]) -> tuple[Row, ...]:
    start = turn.say("customers.button.resume" if goes_on(talks) else "customers.button.start")
    note = Button(turn.say("customers.button.note"), Press("cu_ask", customer.id, value="note"))
    qualities = tuple(
        _chosen(
            turn,
            turn.say(f"customers.quality.{quality}"),
            quality is customer.quality,
            Press("cu_set", customer.id, value=f"quality={quality}"),
        )
        for quality in LeadQuality
    )
    history = (_menu(turn, customer, "talks"),) if talks else ()
    return (
        (Button(start, Press("pick", customer.id)), note),
        qualities,
        (*history, _menu(turn, customer, "notes"), _menu(turn, customer, "ground")),
        (_menu(turn, customer, "stage"), _menu(turn, customer, "abc"), _menu(turn, customer, "edit")),
        (Button(turn.say("customers.button.list"), Press("cu_list")),),
    )


def _chosen(turn: Turn, label: str, holds: bool, press: Press) -> Button:
    return Button(turn.say("settings.chosen", label=label) if holds else label, press)


def _back_row(turn: Turn, customer: Customer) -> Row:
    return (Button(turn.say("customers.button.back"), Press("cu_menu", customer.id)),)


# What the buttons open


def _edit_view(turn: Turn, customer: Customer, back: Row) -> View:
    """Each field with what holds now; typed ones lead to a question, chosen ones to their choices."""
    not_said = turn.say("customers.edit.not_said")
    group = customer.target_group and turn.knowledge.target_groups[customer.target_group].label
    way = customer.acquisition and turn.knowledge.acquisition[customer.acquisition].label
    first = turn.say("customers.edit.day", day=customer.first_contact) if customer.first_contact else not_said
    typed = (
        ("name", customer.name),
        ("company", customer.company),
        ("contact", shortened(customer.contact, 40)),
        ("interests", shortened(customer.interests, 40)),
        ("first", first),
    )
    buttons = [
        Button(turn.say(f"customers.edit.{name}", now=now or not_said), Press("cu_ask", customer.id, value=name))
        for name, now in typed
    ]
    chosen = [
        Button(turn.say(f"customers.edit.{name}", now=now or not_said), Press("cu_menu", customer.id, value=name))
        for name, now in (("who", group), ("how", way))
    ]
    merge = Button(turn.say("customers.button.merge"), Press("cu_merge", customer.id))
    return View(
        (Heading(turn.say("customers.edit.title", customer=customer.name)),),
        (*rows_of([*buttons, *chosen], 1), (merge, *back)),
    )


def _choice_view(turn: Turn, customer: Customer, name: str, back: Row) -> View:
    """Target group, or how the contact came about."""
    if name == "who":
        choices = [(str(id_), turn.knowledge.target_groups[id_].label) for id_ in TargetGroupId]
        now, question = str(customer.target_group), turn.say("customers.choice.who", customer=customer.name)
    else:
        choices = [(str(id_), turn.knowledge.acquisition[id_].label) for id_ in AcquisitionId]
        now, question = str(customer.acquisition), turn.say("customers.choice.how", customer=customer.name)
    buttons = [
        _chosen(turn, label, id_ == now, Press("cu_set", customer.id, value=f"{name}={id_}")) for id_, label in choices
    ]
    return View((Text(question),), (*rows_of(buttons, 2), back))


def _stage_view(turn: Turn, customer: Customer, back: Row) -> View:
    """The stages, what this one means, and the way back to what the conversations say."""
    talks = briefing.talks_with(turn, customer)
    now, said = stage_of(turn, customer, talks), stage_by_talks(turn, talks)
    entry = turn.knowledge.funnel[now]
    buttons = [
        _chosen(
            turn, turn.knowledge.funnel[stage].label, stage is now,
            Press("cu_set", customer.id, value=f"stage={stage}"),
        )
        for stage in FunnelStage
    ]  # fmt: skip
    rows: list[Row] = list(rows_of(buttons, 2))
    blocks: list[Block | None] = [
        Heading(turn.say("customers.stage.title", customer=customer.name, stage=entry.label)),
        Text(entry.customer),
        None,
        *(Text(turn.say("learn.item", what=what)) for what in entry.do),
    ]
    if customer.stage is None:
        blocks += [None, Hint(turn.say("customers.stage.follows"))]
    else:
        blocks += [None, Hint(turn.say("customers.stage.was_set", stage=turn.knowledge.funnel[said].label))]
        follow = Press("cu_set", customer.id, value=f"stage={BY_THE_TALKS}")
        rows.append((Button(turn.say("customers.stage.follow"), follow),))
    return View(tuple(blocks), (*rows, back))


def _potential_view(turn: Turn, customer: Customer, back: Row) -> View:
    """A, B or C with the proposal by turnover; pressing what holds takes it back."""
    proposed = potential.proposal_line(turn, customer.id)
    buttons = [
        _chosen(
            turn, str(known), known is customer.potential,
            Press("cu_set", customer.id, value=f"abc={'none' if known is customer.potential else known.lower()}"),
        )
        for known in Potential
    ]  # fmt: skip
    blocks = (
        Text(turn.say("customers.potential_question", customer=customer.name)),
        Hint(proposed or turn.say("customers.potential_no_proposal")),
    )
    return View(blocks, (tuple(buttons), back))


def _talks_view(turn: Turn, customer: Customer, page: int, back: Row) -> View:
    """The conversations, the one used last first: what came of each, its objections, the open ones first."""
    talks = briefing.talks_with(turn, customer)
    start = page * TALKS_ON_A_PAGE if page * TALKS_ON_A_PAGE < len(talks) else 0
    shown = talks[start : start + TALKS_ON_A_PAGE]
    blocks: list[Block | None] = [Heading(turn.say("customers.talks.title", customer=customer.name))]
    if not talks:
        blocks.append(Text(turn.say("customers.card.no_talk")))
    for talk in shown:
        blocks.append(Text(briefing.talk_line(turn, talk)))
        words = _objection_words(turn, talk)
        if words:
            blocks.append(Hint(words))
    lead = [
        Button(turn.say("customers.talks.open", n=str(start + number)), Press("open", talk.id))
        for number, talk in enumerate(shown, 1)
    ]
    turns_page: list[Button] = []
    if start:
        turns_page.append(_page_button(turn, customer, "customers.button.newer", page - 1))
    if start + TALKS_ON_A_PAGE < len(talks):
        turns_page.append(_page_button(turn, customer, "customers.button.older", page + 1))
    return View(tuple(blocks), (*rows_of(lead, 4), *rows_of(turns_page, 2), back))


def _page_button(turn: Turn, customer: Customer, key: str, page: int) -> Button:
    return Button(turn.say(key), Press("cu_menu", customer.id, value=f"talks.{page}"))


def _objection_words(turn: Turn, talk: Talk) -> str:
    still_open, settled = briefing.all_objections([talk])
    parts = [
        turn.say(key, which=", ".join(turn.knowledge.objections[id_].label for id_ in ids[:_SOME_OBJECTIONS]))
        for key, ids in (("customers.talks.still_open", still_open), ("customers.talks.settled", settled))
        if ids
    ]
    return "; ".join(parts)


def _notes_view(turn: Turn, customer: Customer, back: Row) -> View:
    """The newest notes of the customer and of all conversations with them."""
    notes = turn.store.notes.about(turn.person.id, customer.id, NOTES_SHOWN)
    blocks: list[Block | None] = [Heading(turn.say("note.list", customer=customer.name))]
    blocks += [Text(_note_line(turn, note)) for note in notes]
    if not notes:
        blocks.append(Text(turn.say("note.none")))
    add = Button(turn.say("customers.button.note"), Press("cu_ask", customer.id, value="note"))
    return View(tuple(blocks), ((add, *back),))


def _note_line(turn: Turn, note: Note) -> str:
    zone = ZoneInfo(turn.person.zone)
    when = turn.say(f"note.when.{note.kind}", when=spoken_moment(turn.messages, note.at, turn.language, zone, turn.at))
    if note.file_id is not None:
        words = turn.say("note.voice")
    else:
        words = shortened(note.text, _LONGEST_NOTE) or turn.say("note.emptied")
    return turn.say("customers.note_line", when=when, text=words)
