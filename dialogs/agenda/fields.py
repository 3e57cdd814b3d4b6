"""What is asked about an appointment: when, what about, where, with whom."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final

from pydantic import PlainValidator, ValidationInfo

from dialogs.customers.fields import LONGEST_NAME
from dialogs.form_model import Form, Question, reading_of
from dialogs.ports.days import LONGEST_WORDS
from dialogs.typed_answers import line_up_to
from knowledge.language.dates import DayTime, read_moment
from knowledge.language.errors import ReadingError
from knowledge.taxonomy import AppointmentKind


def _moment(text: str, info: ValidationInfo) -> DayTime:
    """A day with a time; raises ReadingError where one of them is missing or the moment has passed."""
    reading = reading_of(info)
    moment = read_moment(text, reading.language, reading.now)
    if moment.time is None:
        raise ReadingError("agenda.time_missing", day=moment.day)
    if (moment.day, moment.time) < (reading.today, reading.now.time()):
        raise ReadingError("agenda.moment_past", day=moment.day, time=moment.time)
    return moment


Moment = Annotated[DayTime, PlainValidator(_moment)]
Words = Annotated[str, line_up_to(LONGEST_WORDS)]
Name = Annotated[str, line_up_to(LONGEST_NAME)]


class AppointmentForm(Form):
    """A new appointment of a kind that was chosen."""

    keeps_time: ClassVar[bool] = True
    kind: AppointmentKind
    when: Annotated[Moment, Question("agenda.form.when")]
    what: Annotated[Words | None, Question("agenda.form.what", skip="form.leave_out")] = None


class MoveForm(Form):
    """Another moment for an appointment."""

    keeps_time: ClassVar[bool] = True
    of: int
    when: Annotated[Moment, Question("agenda.form.move")]


class PlaceForm(Form):
    """Where an appointment is."""

    of: int
    place: Annotated[Words, Question("agenda.form.place")]


class WithForm(Form):
    """Whom an appointment is with."""

    of: int
    name: Annotated[Name, Question("agenda.form.with")]


AgendaForm = AppointmentForm | MoveForm | PlaceForm | WithForm

AGENDA_FORMS: Final[Mapping[str, type[Form]]] = {
    "appointment": AppointmentForm,
    "appt_move": MoveForm,
    "appt_place": PlaceForm,
    "appt_with": WithForm,
}
"""The names are stored with a waiting question: add freely, rename never."""
