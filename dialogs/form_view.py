"""How a question of a form looks: the question, its answer read back, and what is said of a text that is none."""

from dialogs.conversation.card_text import customer_name
from dialogs.conversation.talk import ConversationId
from dialogs.fields import FORMS
from dialogs.form_progress import entered_value, following_field, mark_of
from dialogs.ports.store import Waiting
from dialogs.press import Press
from dialogs.read_back import shortened, token, written
from dialogs.turn import Turn
from dialogs.view import Block, Button, Hint, Row, Text, View
from knowledge.language.dates import DayTime
from knowledge.language.errors import ReadingError
from knowledge.taxonomy import FollowUpTaskId


def question_view(turn: Turn, waiting: Waiting, rows: tuple[Row, ...] = ()) -> View:
    """The question of a field, or its answer read back together with a next question that may be left out."""
    leave_it = Button(turn.say("form.leave"), Press("form_leave", waiting.subject, value=waiting.form))
    questions = FORMS[waiting.form].questions()
    value = entered_value(turn, waiting)
    if value is None:
        question = questions[waiting.field]
        skip = Press("form_skip", waiting.subject, value=f"{waiting.form}.{waiting.field}={mark_of(waiting)}")
        skip_it = (Button(turn.say(question.skip), skip),) if question.skip else ()
        return View((*_about(turn, waiting), Text(turn.say(question.key))), (*rows, (*skip_it, leave_it)))
    following = following_field(waiting)
    blocks: list[Block] = [*_about(turn, waiting)]
    blocks.append(Text(turn.say("form.read_back", value=written(turn, value) or shortened(str(value)))))
    if isinstance(value, DayTime) and value.time is not None and not FORMS[waiting.form].keeps_time:
        blocks.append(Hint(turn.say("form.time_as_note")))
    if following is not None:
        blocks.append(Text(turn.say(questions[following].key)))
    right = Button(turn.say("form.right"), _press_with("form_ok", waiting, value))
    change_it = Button(turn.say("form.change"), _press_with("form_change", waiting, value))
    return View(tuple(blocks), (*rows, (right, change_it, leave_it)))


def complaint_view(turn: Turn, waiting: Waiting, error: ReadingError) -> View:
    """One sentence about the text, above the question's buttons; two ways to read it are there to choose."""
    picks = tuple(
        Button(written(turn, value) or "", _press_with("form_pick", waiting, value))
        for value in (error.params.get("first"), error.params.get("second"))
        if written(turn, value) is not None
    )
    question = question_view(turn, waiting)
    still_open: tuple[Block | None, ...] = ()
    if waiting.field in waiting.values:
        still_open = (None, *question.blocks)
    elif "ask" in waiting.values:  # the sentence has an example of its own
        still_open = (None, *_about(turn, waiting))
    blocks = (Text(turn.say(error.key, **error.params)), *still_open)
    return View(blocks, ((picks,) if picks else ()) + question.rows)


def _about(turn: Turn, waiting: Waiting) -> tuple[Block, ...]:
    """Whose conversation, and which task, the question is about: several may be open, and a question may wait long.

    A question about something else brings its own words.
    """
    if waiting.values.get("ask"):
        return tuple(Text(words) for words in waiting.values["ask"].split("\n"))
    talk = turn.store.conversations.load(turn.person.id, ConversationId(waiting.subject)) if waiting.subject else None
    if talk is None:
        return ()
    customer, task = customer_name(turn, talk), waiting.values.get("task")
    if task not in set(FollowUpTaskId):
        return (Hint(customer),)
    label = turn.knowledge.follow_up[FollowUpTaskId(task)].label
    return (Hint(turn.say("form.about_task", customer=customer, task=label)),)


def _press_with(action: str, waiting: Waiting, value: object) -> Press:
    return Press(action, waiting.subject, value=f"{waiting.form}={token(value)}")
