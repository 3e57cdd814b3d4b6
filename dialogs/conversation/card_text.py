"""What stands on the card of a conversation, line by line; it only reads."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final

from dialogs.conversation.talk import TRIAL_CLOSE_ITEM, TRIAL_CLOSE_TICK, Standing, Talk, TaskState, TrialClose, tick
from dialogs.customers import ban
from dialogs.turn import Turn
from dialogs.view import Block, Checklist, Heading, Hint, Say, Text
from knowledge.entries import CheckItem, Phase
from knowledge.language import writing
from knowledge.language.moments import spoken_day
from knowledge.language.money import Money
from knowledge.taxonomy import FollowUpTaskId, ObjectionId, OutcomeId, PhaseId

MOST_LINES: Final = 12
"""More than this is not read while standing; empty lines aside."""

_PHASES: Final = tuple(PhaseId)

_HELPS_WITH: Final[Mapping[FollowUpTaskId, str]] = {
    FollowUpTaskId.EMOTIONAL_CONFIRMATION: "outcome_confirmed",
    FollowUpTaskId.ORDER_MONITORING: "promises_noted",
    FollowUpTaskId.CUSTOMER_DATA: "documented",
    FollowUpTaskId.COMMUNICATION_CONCEPT: "next_contact_dated",
    FollowUpTaskId.ACTION_PLAN: "next_contact_dated",
    FollowUpTaskId.REFERRAL_REQUEST: "referral_asked",
    FollowUpTaskId.SELF_REVIEW: "learned",
}
"""Follow-up tasks for which the customer is spoken to, and the checklist item whose sentences fit."""

_FEWEST_SENTENCES: Final = 2
_MOST_SENTENCES: Final = 3


def customer_name(turn: Turn, talk: Talk) -> str:
    """The customer's name or alias; a plain word where the name has been deleted."""
    customer = turn.store.customers.get(turn.person.id, talk.customer_id)
    return customer.name if customer else turn.say("card.nameless")


def header(turn: Turn, talk: Talk) -> tuple[Block, ...]:
    """Who it is, and how far: two lines that stand on top of every state of the card."""
    knowledge = turn.knowledge
    return (
        Heading(
            turn.say(
                "card.header",
                customer=customer_name(turn, talk),
                kind=knowledge.kinds[talk.kind].label,
                group=knowledge.target_groups[talk.target_group].label,
            )
        ),
        Text(progress(turn, talk)),
    )


def progress(turn: Turn, talk: Talk) -> str:
    """`●●○○○○ 2/6 Analyse`."""
    reached = _PHASES.index(talk.phase) + 1
    dots = "●" * reached + "○" * (len(_PHASES) - reached)
    label = turn.knowledge.phases[talk.phase].short
    return turn.say("card.progress", dots=dots, n=reached, of=len(_PHASES), phase=label)


def working_blocks(turn: Turn, talk: Talk) -> tuple[Block | None, ...]:
    """The card of a phase in which customer and seller talk."""
    phase = turn.knowledge.phases[talk.phase]
    top: list[Block] = [*header(turn, talk), Text(turn.say("card.goal", goal=phase.goal))]
    if talk.return_to is not None:
        back_to = turn.knowledge.phases[talk.return_to].short
        top.append(Hint(turn.say("card.leads_back", phase=back_to)))
    bottom = (Hint(turn.say("card.listen_for", what=_listen_for(phase, talk))), *_what_came_up(turn, talk))
    items = fitting_items(phase, talk)
    room = MOST_LINES - len(top) - len(bottom)
    said = sentences(phase, talk, min(_MOST_SENTENCES, max(_FEWEST_SENTENCES, room - len(items))))
    listing = checklist(turn, talk, items, room - len(said))
    return parted(top, (listing,), [Say(text) for text in said], bottom)


def follow_up_blocks(
    turn: Turn, talk: Talk, tasks: Sequence[Block | None], in_hand: FollowUpTaskId | None
) -> tuple[Block | None, ...]:
    """The card after the outcome: what came of it, the tasks, and what to say for the one in hand."""
    ban = _ban(turn, talk)
    said = [] if ban else [Say(text) for text in _said_for(turn, talk, in_hand)]
    return parted((*header(turn, talk), Text(outcome_line(turn, talk)), *ban), tasks, said)


def held_blocks(turn: Turn, talk: Talk, tasks: Sequence[Block | None]) -> tuple[Block | None, ...]:
    """The card of a paused or postponed conversation: where it goes on, and when."""
    phase = turn.knowledge.phases[talk.phase].short
    ban = _ban(turn, talk)
    if talk.standing is Standing.PAUSED:
        return parted((*header(turn, talk), *ban, Text(turn.say("card.paused", phase=phase))))
    return parted(
        (*header(turn, talk), Text(outcome_line(turn, talk)), *ban, Hint(turn.say("card.goes_on", phase=phase))), tasks
    )


def finished_blocks(turn: Turn, talk: Talk) -> tuple[Block | None, ...]:
    """The card of a conversation that is over: the outcome, and what became of the tasks."""
    states = [talk.task(task).state for task in FollowUpTaskId]
    tasks = turn.say(
        "card.finished",
        done=states.count(TaskState.DONE),
        dated=states.count(TaskState.DATED),
        skipped=states.count(TaskState.SKIPPED),
    )
    return (*header(turn, talk), Text(outcome_line(turn, talk)), *_ban(turn, talk), Hint(tasks))


def _ban(turn: Turn, talk: Talk) -> tuple[Block, ...]:
    """Who wants no contact is not called for the sake of a follow-up task; all cards beyond the talk say so."""
    banned = any(raised.id is ObjectionId.DO_NOT_CONTACT for raised in talk.open_objections)
    if banned:
        return (Text(turn.say("card.no_contact")),)
    words = ban.warning(turn, turn.store.customers.get(turn.person.id, talk.customer_id))
    return (Text(words),) if words else ()


def outcome_line(turn: Turn, talk: Talk) -> str:
    """The outcome with its amount, reason or day, as far as they are known."""
    if talk.outcome is None:
        return turn.say("card.no_outcome")
    label = turn.knowledge.outcomes[talk.outcome].label
    detail = _outcome_detail(turn, talk)
    return turn.say("card.outcome", outcome=label, detail=detail) if detail else label


def _outcome_detail(turn: Turn, talk: Talk) -> str:
    match talk.outcome:
        case OutcomeId.WON if talk.amount is not None:
            amount = writing.money(Money(talk.amount, talk.currency or turn.person.team.currency), turn.language)
            return _with_discount(turn, talk, amount)
        case OutcomeId.LOST if talk.loss_reason is not None:
            return turn.knowledge.loss_reasons[talk.loss_reason].label
        case OutcomeId.POSTPONED if talk.until is not None:
            return spoken_day(turn.messages, talk.until, turn.language, turn.today)
        case _:
            return ""


def _with_discount(turn: Turn, talk: Talk, price: str) -> str:
    """A price with the cash discount that was granted on it."""
    if talk.cash_discount is None:
        return price
    share = writing.percent(talk.cash_discount, turn.language)
    return turn.say("card.with_discount", price=price, share=share)


def fitting_items(phase: Phase, talk: Talk) -> tuple[CheckItem, ...]:
    """The phase's checklist for this customer and this kind of appointment."""
    return tuple(item for item in phase.checklist if item.fits(talk.target_group, talk.kind))


def checklist(turn: Turn, talk: Talk, items: Sequence[CheckItem], room: int) -> Checklist:
    """The items in at most `room` lines: where they are more, the done ones share a line, then the last open ones.

    An open trial close keeps a line of its own: it ends the phase.
    """
    if len(items) <= room:
        return Checklist(tuple((_item_text(turn, talk, item), talk.ticked(item.id)) for item in items))
    done = [item for item in items if talk.ticked(item.id)]
    todo = [item for item in items if not talk.ticked(item.id)]
    ends_it = [item for item in todo if tick(talk.phase, item.id) == TRIAL_CLOSE_TICK]
    others = [item for item in todo if item not in ends_it]
    room -= bool(done) + len(ends_it)
    alone = others if len(others) <= room else others[: room - 1]
    together = others[len(alone) :]
    lines = [(_item_text(turn, talk, item), False) for item in alone]
    if done:
        lines.insert(0, (_in_short(done), True))
    if together:
        lines.append((_in_short(together), False))
    lines += [(_item_text(turn, talk, item), False) for item in ends_it]
    return Checklist(tuple(lines))


def _in_short(items: Sequence[CheckItem]) -> str:
    return ", ".join(item.short for item in items)


def _item_text(turn: Turn, talk: Talk, item: CheckItem) -> str:
    asked = tick(talk.phase, item.id) == TRIAL_CLOSE_TICK and talk.trial_close is TrialClose.NOT_YET
    return turn.say("card.asked_not_yet", item=item.text) if asked else item.text


def sentences(phase: Phase, talk: Talk, most: int) -> tuple[str, ...]:
    """What to say now: for each open item the first sentence that fits, else what leads over to the next phase."""
    fitting = [sentence for sentence in phase.sentences if sentence.fits(talk.target_group, talk.kind)]
    todo = [item.id for item in fitting_items(phase, talk) if not talk.ticked(item.id)]
    first_for_each = [next((s for s in fitting if item in s.items), None) for item in todo]
    leading_over = [s for s in fitting if not s.items]
    others = [s for s in fitting if set(s.items) & set(todo)] if todo else []
    order = [s for s in first_for_each if s is not None] + (others or leading_over) + leading_over
    if not todo:
        order += fitting
    return tuple(dict.fromkeys(sentence.text for sentence in order))[:most]


def trial_close_sentences(turn: Turn, talk: Talk, most: int = 1) -> tuple[str, ...]:
    """How to ask for serious interest (Testabschluss) with this customer."""
    fitting = [
        sentence.text
        for sentence in turn.knowledge.phases[PhaseId.ANALYSIS].sentences
        if TRIAL_CLOSE_ITEM in sentence.items and sentence.fits(talk.target_group, talk.kind)
    ]
    return tuple(fitting[:most])


def _said_for(turn: Turn, talk: Talk, task: FollowUpTaskId | None) -> tuple[str, ...]:
    """The sentence that helps with a follow-up task; none after a talk that did not take place."""
    item = _HELPS_WITH.get(task) if task else None
    if item is None or talk.outcome is OutcomeId.CANCELLED:
        return ()
    fitting = (
        sentence.text
        for sentence in turn.knowledge.phases[PhaseId.FOLLOW_UP].sentences
        if item in sentence.items and sentence.fits(talk.target_group, talk.kind)
    )
    return tuple(islice(fitting, 1))


def _listen_for(phase: Phase, talk: Talk) -> str:
    """One hint at a time; it changes as the phase goes on."""
    done = sum(talk.ticked(item.id) for item in phase.checklist)
    return phase.listen_for[done % len(phase.listen_for)]


def _what_came_up(turn: Turn, talk: Talk) -> tuple[Block, ...]:
    lines: list[Block] = []
    still_open = talk.open_objections
    if still_open:
        which = ", ".join(turn.knowledge.objections[raised.id].label for raised in still_open)
        lines.append(Text(turn.say("card.objections_open", n=len(still_open), which=which)))
    if talk.price is not None:
        price = Money(talk.price, talk.price_currency or turn.person.team.currency)
        key = "card.price_gross" if talk.price_gross else "card.price"
        lines.append(Text(_with_discount(turn, talk, turn.say(key, price=writing.money(price, turn.language)))))
    if talk.phase is PhaseId.CLOSING and talk.signals:
        seen = dict.fromkeys(turn.knowledge.signals[signal.id].label for signal in talk.signals)
        lines.append(Text(turn.say("card.signals_seen", which=", ".join(seen))))
    return tuple(lines)


def parted(*parts: Sequence[Block | None]) -> tuple[Block | None, ...]:
    """The parts with an empty line between them; empty parts are left out."""
    blocks: list[Block | None] = []
    for part in parts:
        if part and blocks:
            blocks.append(None)
        blocks.extend(part)
    return tuple(blocks)
