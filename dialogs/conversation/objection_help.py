"""Help with an objection (Einwandbehandlung): what to say now, in ten seconds, and what came of it.

The screen is drawn from what its buttons carry. What helped is counted for the team without who; what becomes of the
objection in the conversation is recorded only when the seller says so.
"""

from typing import Final

from dialogs import forms
from dialogs.conversation import card, moves, steps
from dialogs.conversation.help_state import HelpState, read_state, token_from
from dialogs.conversation.notes import draft_screen
from dialogs.conversation.objection_groups import LOOK, PICK, back_row
from dialogs.conversation.objection_help_view import (
    STATE_SIGNS,
    help_view,
    more_view,
    next_answers,
    no_contact_view,
    which_helped_view,
)
from dialogs.conversation.talk import ObjectionState, Talk, Trigger
from dialogs.customers import from_talk
from dialogs.ports.conversations import NoteId, NoteKind
from dialogs.press import Press
from dialogs.turn import Pressed, Turn
from dialogs.view import Button, Row, View
from knowledge.recognition.matches import Label
from knowledge.taxonomy import ObjectionId

ACTIONS: Final = frozenset({"help", "hmor", "hnot", "hwho", "hdid", "hset", "hkep"})

_ABOUT_WHAT_IS_SHOWN: Final = frozenset({"hmor", "hnot", "hwho", "hdid"})

_DRAFT: Final = draft_screen(NoteId(0)).removesuffix("0")
_BAN_NOTES: Final = {
    ObjectionState.OPEN: "objection_help.ban",
    ObjectionState.WITHDRAWN: "objection_help.no_ban",
}
_TEXTS_KEPT_FOR: Final = 3
"""So many open conversations are offered for a text that none is active for."""


def handle(turn: Turn) -> None:
    """A button of a help screen. What it says counts once, however often it is pressed."""
    pressed = moves.press_and_talk(turn)
    if pressed is None:
        return
    press, talk = pressed
    if press.action == "hkep":
        _keep_text(turn, talk)
        return
    read = read_state(press.value)
    if read is None:
        turn.toast(turn.say("turn.unknown_press"))
        return
    state, extra = read
    if not state.is_of(turn.knowledge.objections[state.objection].answers):
        state = state.emptied()
        if press.action in _ABOUT_WHAT_IS_SHOWN:
            turn.toast(turn.say("objection_help.answers_changed"))
            edit_in_place(turn, first_view(turn, talk, state, screen_of(turn)))
            return
    match press.action:
        case "hmor":
            page = int(extra, 36) if extra else 0
            edit_in_place(turn, more_view(turn, talk, state, page, _ways_beside(turn, talk)))
        case "hwho" if len(state.shown) > 1:
            edit_in_place(turn, which_helped_view(turn, talk, state))
        case "hwho":
            _count_helped(turn, talk, state, 0)
        case "hdid":
            _count_helped(turn, talk, state, int(extra) if extra.isdecimal() else 0)
        case "hnot":
            _count_not_fitting(turn, talk, state)
        case "hset" if talk is not None and extra in STATE_SIGNS:
            _set(turn, talk, state, STATE_SIGNS[extra])
        case _:
            edit_in_place(turn, first_view(turn, talk, state, screen_of(turn)))


def fresh(turn: Turn, objection: ObjectionId, also: Label | None = None) -> HelpState:
    """A help screen that nobody has said anything on."""
    return HelpState(objection, token_from(turn.new_code()), also=also)


def first_view(turn: Turn, talk: Talk | None, state: HelpState, screen: str) -> View:
    """The help as it is read first, on this screen; the best answers where none were chosen yet."""
    if not state.shown:
        state = state.showing(next_answers(turn, talk, state), turn.knowledge.objections[state.objection].answers)
    draw = no_contact_view if state.objection is ObjectionId.DO_NOT_CONTACT else help_view
    return draw(turn, talk, state, _ways_on(turn, talk, state, screen))


def record(turn: Turn, talk: Talk, objection: ObjectionId, wanted: ObjectionState) -> Talk:
    """What becomes of an objection in this conversation, with the phase in which it came up; a ban also as a note."""
    after = steps.record(turn, talk, Trigger.OBJECTION, id=objection, phase=talk.phase, state=wanted)
    if objection is ObjectionId.DO_NOT_CONTACT:
        from_talk.asked_for_no_contact(turn, after, wanted)
    words = _BAN_NOTES.get(wanted) if objection is ObjectionId.DO_NOT_CONTACT else None
    if words is not None and after is not talk:
        turn.store.notes.add(turn.person.id, talk.id, NoteKind.RECORD, turn.say(words), turn.at)
    turn.toast(turn.say(f"objection.now_{wanted}"))
    return after


def screen_of(turn: Turn) -> str:
    """The screen that the press came from."""
    return turn.event.screen if isinstance(turn.event, Pressed) else ""


def edit_in_place(turn: Turn, view: View) -> None:
    """Draws the screen that was pressed."""
    screen = screen_of(turn)
    if screen:
        turn.edit(screen, view)
    else:
        turn.show(view)


def _count_helped(turn: Turn, talk: Talk | None, state: HelpState, which: int) -> None:
    answers = turn.knowledge.objections[state.objection].answers
    place = state.shown[which] if which < len(state.shown) else len(answers)
    if place < len(answers):
        answer = answers[place]
        team = turn.person.team.id
        turn.store.what_helped.did(team, state.token, state.objection, answer.technique)
        turn.toast(turn.say("objection_help.noted_helped", reading=answer.reading))
    edit_in_place(turn, first_view(turn, talk, state, screen_of(turn)))


def _count_not_fitting(turn: Turn, talk: Talk | None, state: HelpState) -> None:
    answers = turn.knowledge.objections[state.objection].answers
    not_fitting = [answers[place].technique for place in state.shown if place < len(answers)]
    turn.store.what_helped.did_not(turn.person.team.id, state.token, state.objection, not_fitting)
    following = next_answers(turn, talk, state)
    if not following:
        turn.toast(turn.say("objection_help.from_the_start"))
        state = state.emptied()
        following = next_answers(turn, talk, state)
    edit_in_place(turn, first_view(turn, talk, state.showing(following, answers), screen_of(turn)))


def _set(turn: Turn, talk: Talk, state: HelpState, wanted: ObjectionState) -> None:
    after = record(turn, talk, state.objection, wanted)
    edit_in_place(turn, first_view(turn, after, state, screen_of(turn)))
    card.draw(turn, after)


def _keep_text(turn: Turn, talk: Talk | None) -> None:
    """'Als Notiz' under the help: what was typed becomes a note, and the help stays."""
    draft = draft_of(screen_of(turn))
    note = turn.store.notes.get(turn.person.id, draft) if draft else None
    if note is None:
        turn.toast(turn.say("note.draft_gone"))
    elif note.kind is NoteKind.DRAFT and talk is not None:
        turn.store.notes.keep(turn.person.id, note.id, talk.id)
        turn.toast(turn.say("note.kept"))
    else:
        turn.toast(turn.say("note.kept"))


def draft_of(screen: str) -> NoteId | None:
    """The typed text that a screen answers; None for screens that were opened by a button."""
    number = screen.removeprefix(_DRAFT)
    return NoteId(int(number)) if screen.startswith(_DRAFT) and number.isdecimal() else None


def _ways_on(turn: Turn, talk: Talk | None, state: HelpState, screen: str) -> tuple[Row, ...]:
    """Where the first view leads: back to the groups, or to what the text may have been instead."""
    subject = talk.id if talk else 0
    if draft_of(screen) is None:
        raised = talk is not None and state.objection in [known.id for known in talk.objections]
        return (back_row(turn, subject, PICK if raised else LOOK),)
    other = Button(turn.say("objection_help.other"), Press("hels", subject))
    return ((other,), *forms.resume_rows(turn))


def _ways_beside(turn: Turn, talk: Talk | None) -> tuple[Row, ...]:
    """'Als Notiz' under 'mehr', as long as the typed text waits for what becomes of it."""
    draft = draft_of(screen_of(turn))
    note = turn.store.notes.get(turn.person.id, draft) if draft else None
    if note is None or note.kind is not NoteKind.DRAFT:
        return ()
    if talk is not None:
        return ((Button(turn.say("note.keep"), Press("hkep", talk.id)),),)
    listed = turn.store.conversations.open(turn.person.id, _TEXTS_KEPT_FOR)
    return tuple((Button(turn.say("note.keep_for", customer=one.customer), Press("hkep", one.id)),) for one in listed)
