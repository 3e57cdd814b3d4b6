"""How the help with an objection looks: one question, two answers to what comes back, and all else behind 'mehr'."""

from collections.abc import Mapping, Sequence
from typing import Final

from dialogs.conversation.card_buttons import move_button
from dialogs.conversation.help_state import LAST_PAGE, MOST_ANSWERS, SHOWN_AT_ONCE, HelpState, page_sign
from dialogs.conversation.situation import known_values, situation_of
from dialogs.conversation.talk import ObjectionState, Standing, Talk
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Say, Text, View, rows_of
from knowledge.entries import Answer
from knowledge.ranking import NO_VOTES, Tally, ranked_answers
from knowledge.recognition.matches import Label
from knowledge.taxonomy import Fairness, ObjectionId, PhaseId, SignalId, TechniqueId

OTHERS_ON_A_PAGE: Final = 3
"""Each with its wording and its closing question: eight sentences of a screen can be copied."""

STATE_SIGNS: Final = {"o": ObjectionState.OPEN, "s": ObjectionState.SETTLED, "w": ObjectionState.WITHDRAWN}
SIGN_OF: Final = {state: sign for sign, state in STATE_SIGNS.items()}
"""What becomes of an objection, in one letter: beside two ids a button has no room for the word."""

_STATES_TO_CHOOSE: Final = {
    None: (ObjectionState.SETTLED, ObjectionState.OPEN),
    ObjectionState.OPEN: (ObjectionState.SETTLED, ObjectionState.WITHDRAWN),
    ObjectionState.SETTLED: (ObjectionState.OPEN, ObjectionState.WITHDRAWN),
}


def ranked(turn: Turn, talk: Talk | None, objection: ObjectionId) -> tuple[int, ...]:
    """The places of all answers, best first: what suits this conversation, then what helped in the team."""
    tallies = turn.store.what_helped.tallies(turn.person.team.id, objection)
    return ranked_answers(turn.knowledge.objections[objection].answers, situation_of(talk), tallies)


def next_answers(turn: Turn, talk: Talk | None, state: HelpState) -> tuple[int, ...]:
    """The best answers that have not been on this screen; none after the last."""
    order = [place for place in ranked(turn, talk, state.objection) if place < MOST_ANSWERS]
    return tuple(place for place in order if place not in state.seen)[:SHOWN_AT_ONCE]


def help_view(turn: Turn, talk: Talk | None, state: HelpState, ways: Sequence[Row] = ()) -> View:
    """What is read first: the sentence that shows understanding and asks, and two answers. `ways` lead elsewhere."""
    values = known_values(turn, talk)
    label = turn.knowledge.objections[state.objection].label
    blocks: list[Block | None] = [Heading(label), question_to_ask(turn, state.objection, values)]
    tallies = turn.store.what_helped.tallies(turn.person.team.id, state.objection)
    for answer in _answers(turn, state):
        blocks.append(Say(answer.say.filled(values), _lead(turn, answer)))
        blocks += _figure(turn, tallies.get(answer.technique, NO_VOTES))
    known = _state_of(talk, state.objection)
    if known is not None:
        blocks += [None, Text(turn.say(f"objection.now_{known}"))]
    return View(tuple(blocks), (*_also_row(turn, talk, state), *_rows(turn, talk, state, known), *ways))


def more_view(turn: Turn, talk: Talk | None, state: HelpState, page: int, ways: Sequence[Row] = ()) -> View:
    """All else: first what may lie behind it and when the answers shown fit, then the others, page by page."""
    values = known_values(turn, talk)
    entry = turn.knowledge.objections[state.objection]
    others = [place for place in ranked(turn, talk, state.objection) if place not in state.shown]
    portions = [others[first : first + OTHERS_ON_A_PAGE] for first in range(0, len(others), OTHERS_ON_A_PAGE)]
    portions = portions[:LAST_PAGE]
    page = page if page <= len(portions) else 0
    blocks: list[Block | None] = [Heading(entry.label)]
    if page == 0:
        blocks += [Text(turn.say("objection_help.behind")), *(Text(f"· {reading}") for reading in entry.readings)]
        blocks += [None, Text(turn.say("objection_help.questions"))]
        blocks += [Say(question.filled(values)) for question in entry.questions[1:]]
        for answer in _answers(turn, state):
            blocks += [None, Text(_name_of(turn, answer)), *_when(turn, answer, values)]
    for place in portions[page - 1] if page else ():
        answer = entry.answers[place]
        said = Say(answer.say.filled(values), _lead(turn, answer))
        blocks += [None, Text(technique_name(turn, answer.technique)), said, *_when(turn, answer, values)]
    following = (page + 1) % (len(portions) + 1)
    on = Button(turn.say("objection_help.next_page" if following else "objection_help.first_page"),
                _press("hmor", talk, state, page_sign(following)))  # fmt: skip
    less = Button(turn.say("objection_help.less"), _press("help", talk, state))
    return View(tuple(blocks), ((less, on) if portions else (less,), *ways))


def which_helped_view(turn: Turn, talk: Talk | None, state: HelpState) -> View:
    """Asks with one tap which of the answers on the screen helped."""
    entry = turn.knowledge.objections[state.objection]
    which = [
        Button(entry.answers[place].reading, _press("hdid", talk, state, f"{index}"))
        for index, place in enumerate(state.shown)
        if place < len(entry.answers)
    ]
    back = Button(turn.say("objection_help.back"), _press("help", talk, state))
    return View((Heading(entry.label), Text(turn.say("objection_help.which"))), (*((one,) for one in which), (back,)))


def no_contact_view(turn: Turn, talk: Talk | None, state: HelpState, ways: Sequence[Row] = ()) -> View:
    """Who wants no contact is not argued with: how to end it well, and one tap that writes the ban down."""
    values = known_values(turn, talk)
    blocks: list[Block | None] = [
        Heading(turn.knowledge.objections[state.objection].label),
        Text(turn.say("objection_help.no_contact")),
        question_to_ask(turn, state.objection, values),
        *(Say(answer.say.filled(values), _lead(turn, answer)) for answer in _answers(turn, state)),
    ]
    more = Button(turn.say("objection_help.more"), _press("hmor", talk, state, "0"))
    known = _state_of(talk, state.objection)
    if talk is not None and known is not None:
        noted = known is ObjectionState.OPEN
        blocks += [None, Text(turn.say("objection_help.ban_noted" if noted else f"objection.now_{known}"))]
        end = ((move_button(turn, talk, "end"),),) if noted and _goes_on(talk) else ()
        return View(tuple(blocks), (*end, (more, _set_button(turn, talk, state, ObjectionState.WITHDRAWN)), *ways))
    bans = _ban_rows(turn, talk, state)
    if not bans:
        blocks += [None, Hint(turn.say("objection_help.ban_needs_talk"))]
    return View(tuple(blocks), (*bans, (more,), *ways))


def _goes_on(talk: Talk) -> bool:
    return talk.standing is Standing.OPEN and talk.phase is not PhaseId.FOLLOW_UP


def label_of_reading(turn: Turn, label: Label) -> str:
    """An objection or a buying signal as a button names it."""
    if isinstance(label, SignalId):
        return turn.say("signal.seen", signal=turn.knowledge.signals[label].label)
    return turn.knowledge.objections[label].label


def reading_button(turn: Turn, talk: Talk | None, state: HelpState, words: str = "") -> Button:
    """The button that leads to the help with an objection, on the same screen."""
    return Button(words or label_of_reading(turn, state.objection), _press("help", talk, state))


def signal_button(turn: Turn, talk: Talk | None, signal: SignalId, words: str = "") -> Button:
    """The button that leads to a buying signal, and notes it where a conversation is open."""
    press = Press("sig_set", talk.id if talk else 0, value=f"{signal}=1")
    return Button(words or label_of_reading(turn, signal), press)


def question_to_ask(turn: Turn, objection: ObjectionId, values: Mapping[str, str]) -> Say:
    """The sentence that shows understanding and asks, said in one breath."""
    entry = turn.knowledge.objections[objection]
    return Say(f"{entry.understanding.filled(values)} {entry.questions[0].filled(values)}")


def _answers(turn: Turn, state: HelpState) -> list[Answer]:
    """The answers on the screen; an old button may name one that the content has no more."""
    answers = turn.knowledge.objections[state.objection].answers
    return [answers[place] for place in state.shown if place < len(answers)]


def _lead(turn: Turn, answer: Answer) -> str:
    care = answer.fairness is Fairness.WITH_CARE
    return turn.say("objection_help.reading_with_care" if care else "objection_help.reading", reading=answer.reading)


def _figure(turn: Turn, tally: Tally) -> tuple[Block, ...]:
    if not tally.says_something:
        return ()
    return (Hint(turn.say("objection_help.helped", helped=tally.helped, n=tally.votes)),)


def _name_of(turn: Turn, answer: Answer) -> str:
    """An answer whose sentence the screen before has shown."""
    technique = technique_name(turn, answer.technique)
    return turn.say("objection_help.shown", reading=answer.reading, technique=technique)


def _when(turn: Turn, answer: Answer, values: Mapping[str, str]) -> tuple[Block, ...]:
    """What to mind, when it fits and when not, and the question that makes sure."""
    mind = (Hint(turn.say("objection_help.mind", mind=answer.mind)),) if answer.mind else ()
    return (
        *mind,
        Text(turn.say("objection_help.fits", when=answer.fits_when)),
        Text(turn.say("objection_help.fits_not", when=answer.not_when)),
        Say(answer.settled.filled(values), turn.say("objection_help.settled")),
    )


def technique_name(turn: Turn, technique: TechniqueId) -> str:
    """The technique in a word, such as 'Gegenleistung'."""
    return turn.say(f"technique.{technique}")


def _state_of(talk: Talk | None, objection: ObjectionId) -> ObjectionState | None:
    return next((raised.state for raised in talk.objections if raised.id is objection), None) if talk else None


def _also_row(turn: Turn, talk: Talk | None, state: HelpState) -> tuple[Row, ...]:
    if state.also is None:
        return ()
    words = turn.say("objection_help.also", what=label_of_reading(turn, state.also))
    if isinstance(state.also, SignalId):
        return ((signal_button(turn, talk, state.also, words),),)
    return ((reading_button(turn, talk, HelpState(state.also, state.token, also=state.objection), words),),)


def _rows(turn: Turn, talk: Talk | None, state: HelpState, known: ObjectionState | None) -> tuple[Row, ...]:
    buttons = (
        Button(turn.say("objection_help.more"), _press("hmor", talk, state, "0")),
        Button(turn.say("objection_help.not_fitting"), _press("hnot", talk, state)),
        Button(turn.say("objection_help.did_help"), _press("hwho", talk, state)),
    )
    if talk is None:
        return (buttons,)
    return (buttons, tuple(_set_button(turn, talk, state, wanted) for wanted in _STATES_TO_CHOOSE[known]))


def _set_button(turn: Turn, talk: Talk, state: HelpState, wanted: ObjectionState) -> Button:
    return Button(turn.say(f"objection.{wanted}"), _press("hset", talk, state, SIGN_OF[wanted]))


def _ban_rows(turn: Turn, talk: Talk | None, state: HelpState) -> tuple[Row, ...]:
    """For the conversation at hand; without one for those used last."""
    if talk is not None:
        return (
            (Button(turn.say("objection_help.note_ban"), _press("hset", talk, state, SIGN_OF[ObjectionState.OPEN])),),
        )
    listed = turn.store.conversations.open(turn.person.id, OTHERS_ON_A_PAGE)
    buttons = [
        Button(
            turn.say("objection_help.note_ban_for", customer=one.customer),
            _press("hset", one.talk, state, SIGN_OF[ObjectionState.OPEN]),
        )
        for one in listed
    ]
    return rows_of(buttons, 1)


def _press(action: str, talk: Talk | None, state: HelpState, extra: str = "") -> Press:
    return Press(action, talk.id if talk else 0, value=state.written(extra))
