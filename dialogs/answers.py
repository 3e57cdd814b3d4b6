"""What happens with the answers to questions: the buttons under them, `/abbrechen`, and the end of every form."""

from typing import Final

from dialogs import forms
from dialogs.accounting import bab, costing
from dialogs.accounting.fields import (
    BaseForm,
    CentresForm,
    CostForm,
    FigureForm,
    FurtherCentresForm,
    OptionalFigureForm,
    OptionalShareForm,
    ProductNameForm,
    SaveSheetForm,
    ShareForm,
    TablePriceForm,
)
from dialogs.after_order import satisfaction
from dialogs.agenda import appointment
from dialogs.agenda.fields import AppointmentForm, MoveForm, PlaceForm, WithForm
from dialogs.conversation import card, correcting, details, ending, notes, opening, price_room, steps, tasks
from dialogs.conversation.fields import (
    BenefitForm,
    CorrectAmountForm,
    CorrectDateForm,
    CorrectLossTextForm,
    CustomerForm,
    LossTextForm,
    NoteForm,
    OrderForm,
    PostponeForm,
    ProductForm,
    TaskDateForm,
)
from dialogs.conversation.talk import ConversationId, Talk, Trigger
from dialogs.customers import changes, listing, merge
from dialogs.customers.fields import (
    CustomerCompanyForm,
    CustomerDayForm,
    CustomerMeantForm,
    CustomerNameForm,
    CustomerNewForm,
    CustomerNoteForm,
    CustomerOtherForm,
    CustomerSearchForm,
    CustomerTextForm,
)
from dialogs.exporting import screens as exporting
from dialogs.exporting.fields import ExportSpanForm
from dialogs.following_up import hardship, settling
from dialogs.following_up.fields import DueDayForm, HardshipForm, SatisfactionForm
from dialogs.form_model import AskedForm, Form
from dialogs.machine import NoSuchMove
from dialogs.ports.store import Waiting
from dialogs.press import Press
from dialogs.pushes import times as push_times
from dialogs.pushes.fields import MorningForm, QuietForm
from dialogs.team import evening, spendings
from dialogs.team.fields import DaysOffForm, SpendingForm, SummaryTimeForm
from dialogs.turn import Pressed, Turn
from dialogs.view import Text, View
from knowledge.taxonomy import PhaseId

COMMANDS: Final = frozenset({"cancel"})
ACTIONS: Final = frozenset({"form_ok", "form_change", "form_pick", "form_skip", "form_resume", "form_leave"})


def handle(turn: Turn) -> None:
    """A button under a question, or the command that leaves it."""
    if isinstance(turn.event, Pressed):
        _pressed(turn, turn.event.press)
    else:
        _cancel(turn)


def answer(turn: Turn, waiting: Waiting, text: str) -> None:
    """A typed text for the waiting question."""
    _finish(turn, waiting, forms.enter(turn, waiting, text))


def _pressed(turn: Turn, press: Press) -> None:
    waiting = forms.waiting_for(turn, press)
    if waiting is None:
        _say_no_question(turn, press)
        return
    wanted = press.split()[1]
    match press.action:
        case "form_ok":
            _finish(turn, waiting, forms.confirm(turn, waiting, wanted))
        case "form_skip":
            _finish(turn, waiting, forms.skip(turn, waiting))
        case "form_change":
            forms.change(turn, waiting, wanted)
        case "form_pick":
            forms.pick(turn, waiting, wanted)
        case "form_resume":
            forms.resume(turn, waiting)
        case _:
            _leave(turn, waiting)


def _finish(turn: Turn, waiting: Waiting, filled: Form | None) -> None:
    """The end of a form whose fields are all there; what does not fit the conversation any more changes nothing."""
    if filled is None:
        return
    if isinstance(filled, CustomerForm):
        forms.done(turn)
        opening.begin(turn, filled.name)
        return
    if isinstance(filled, CustomerSearchForm):
        forms.done(turn)
        listing.keep_search(turn, filled)
        return
    if isinstance(filled, AppointmentForm | MoveForm | PlaceForm | WithForm):
        forms.done(turn)
        appointment.keep(turn, filled)
        forms.go_back(turn, waiting)
        return
    if isinstance(filled, AskedForm):
        forms.done(turn)
        _keep_asked(turn, filled)
        forms.go_back(turn, waiting)
        return
    talk = _talk_of(turn, waiting.subject)
    if talk is None:
        forms.done(turn)
        _show_instead(turn, View((Text(turn.say("form.conversation_gone")),)))
        return
    try:
        _keep(turn, talk, filled)
    except NoSuchMove:
        _say_moved_on(turn, talk)
        return
    forms.done(turn)
    forms.go_back(turn, waiting)


def _keep_asked(turn: Turn, filled: AskedForm) -> None:
    """Answers that are no step of one conversation: each goes to the room that asked for it."""
    match filled:
        case CentresForm() | FurtherCentresForm() | CostForm() | BaseForm() | SaveSheetForm():
            bab.keep(turn, filled)
        case FigureForm() | OptionalFigureForm() | ShareForm() | OptionalShareForm():
            costing.keep(turn, filled)
        case ProductNameForm():
            costing.keep_name(turn, filled)
        case TablePriceForm():
            price_room.keep_price(turn, filled)
        case CustomerMeantForm():
            opening.begin(turn, filled.name)
        case CustomerNewForm():
            listing.keep_new(turn, filled)
        case CustomerOtherForm():
            merge.keep_other(turn, filled)
        case CustomerNameForm() | CustomerCompanyForm() | CustomerTextForm() | CustomerDayForm() | CustomerNoteForm():
            changes.keep(turn, filled)
        case DueDayForm():
            settling.keep_day(turn, filled)
        case SatisfactionForm():
            satisfaction.keep_sentence(turn, filled)
        case HardshipForm():
            hardship.keep(turn, filled)
        case MorningForm() | QuietForm():
            push_times.keep(turn, filled)
        case ExportSpanForm():
            exporting.keep(turn, filled)
        case SpendingForm():
            spendings.keep(turn, filled)
        case SummaryTimeForm() | DaysOffForm():
            evening.keep(turn, filled)
        case _:
            raise TypeError(f"no end for {type(filled).__name__}; add it here")


def _keep(turn: Turn, talk: Talk, filled: Form) -> None:
    match filled:
        case OrderForm():
            ending.keep_order(turn, talk, filled)
        case PostponeForm():
            ending.keep_date(turn, talk, filled)
        case LossTextForm():
            ending.keep_loss_text(turn, talk, filled)
        case NoteForm():
            notes.keep(turn, talk, filled)
        case ProductForm() | BenefitForm():
            details.keep_words(turn, talk, filled)
        case TaskDateForm():
            tasks.keep_day(turn, talk, filled)
        case CorrectAmountForm():
            correcting.keep_amount(turn, talk, filled)
        case CorrectLossTextForm():
            correcting.keep_loss_text(turn, talk, filled)
        case CorrectDateForm():
            correcting.keep_date(turn, talk, filled)
        case _:
            raise TypeError(f"no end for {type(filled).__name__}; add it here")


def _say_moved_on(turn: Turn, talk: Talk) -> None:
    """The conversation has ended, or rests: then the question waits with what was entered until it goes on."""
    if talk.phase is PhaseId.FOLLOW_UP or not forms.leave(turn):
        forms.done(turn)
        _show_instead(turn, View((Text(turn.say("form.moved_on")),)))
    else:
        _show_instead(turn, View((Text(turn.say("form.rests")),), forms.resume_rows(turn)))
    card.draw(turn, talk)


def _leave(turn: Turn, waiting: Waiting) -> None:
    kept = forms.leave(turn)
    _show_instead(turn, _left_view(turn, kept))
    talk = _talk_of(turn, waiting.subject) or steps.active_talk(turn)
    if talk is not None:
        card.draw(turn, talk)


def _cancel(turn: Turn) -> None:
    """Leaves what is asked: the waiting question, and what the card asks in place."""
    waiting = forms.taking(turn)
    talk = _talk_of(turn, waiting.subject) if waiting else None
    talk = talk or steps.active_talk(turn)
    kept = forms.leave(turn) if waiting else False
    asked_in_place = talk is not None and talk.asking is not None
    if talk is not None and asked_in_place:
        talk = steps.move(turn, talk, Trigger.STAY)
    if waiting is not None or asked_in_place:
        turn.show(_left_view(turn, kept))
    else:
        rows = forms.resume_rows(turn)
        turn.show(View((Text(turn.say("form.one_waits" if rows else "form.none_open")),), rows))
    if talk is not None:
        card.draw_at_bottom(turn, talk)


def _left_view(turn: Turn, kept: bool) -> View:
    words = turn.say("form.left_with_entries" if kept else "form.left")
    return View((Text(words),), forms.resume_rows(turn))


def _say_no_question(turn: Turn, press: Press) -> None:
    turn.toast(turn.say("form.no_longer"))
    talk = _talk_of(turn, press.subject)
    if talk is not None:
        card.draw(turn, talk)


def _show_instead(turn: Turn, view: View) -> None:
    """In place of the question after a press, else as an answer below the text."""
    if isinstance(turn.event, Pressed):
        turn.edit(forms.SCREEN, view)
    else:
        turn.show(view)


def _talk_of(turn: Turn, subject: int) -> Talk | None:
    return turn.store.conversations.load(turn.person.id, ConversationId(subject)) if subject else None
