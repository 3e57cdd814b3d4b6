"""The card is read in three seconds: few lines, what is open, what to say, and the buttons that fit."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from sqlalchemy import Engine

from bot.rendering import render
from bot.turns import House
from dialogs.conversation.card import card_view, menu_view, screen
from dialogs.conversation.card_buttons import PHASE_CODES
from dialogs.conversation.card_text import MOST_LINES, sentences
from dialogs.conversation.phases import TALKING
from dialogs.conversation.talk import (
    Asking,
    ConversationId,
    CustomerId,
    ObjectionState,
    RaisedObjection,
    SeenSignal,
    Standing,
    Talk,
    Task,
    TaskState,
    TrialClose,
    tick,
)
from dialogs.turn import Command, Turn
from dialogs.view import Checklist, Say, View
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Language
from knowledge.taxonomy import (
    AppointmentKind,
    FollowUpTaskId,
    ObjectionId,
    OutcomeId,
    PhaseId,
    SignalId,
    TargetGroupId,
)
from tests.chat import MONDAY_MORNING, Chat, check_limits, read_html
from tests.dialogs.given import turn_of

LARGE = ConversationId(9_999_999)
"""An id as a busy company reaches it in years: its buttons must fit into 64 bytes."""

EVERY_TASK_DONE = dict.fromkeys(FollowUpTaskId, Task(state=TaskState.DONE))


@pytest.fixture
def turn(chat: Chat, engine: Engine, house: House) -> Iterator[Turn]:
    with engine.connect() as connection:
        yield turn_of(connection, house, chat.person_id, Command("talk"))


def talk_in(phase: PhaseId, **state: object) -> Talk:
    fields: dict[str, object] = {
        "id": LARGE,
        "version": 1234,
        "started_at": MONDAY_MORNING,
        "touched_at": MONDAY_MORNING,
        "customer_id": CustomerId(1),
        "phase": phase,
        **state,
    }
    return Talk.model_validate(fields)


def in_language(turn: Turn, language: Language) -> Turn:
    return replace(turn, member=replace(turn.person, language=language))


def lines(view: View) -> int:
    """Lines that are not empty."""
    return sum(len(block.items) if isinstance(block, Checklist) else block is not None for block in view.blocks)


def labels(view: View) -> list[str]:
    return [button.label for row in view.rows for button in row]


def said(view: View) -> list[str]:
    return [block.text for block in view.blocks if isinstance(block, Say)]


def every_standing() -> Iterator[Talk]:
    """The conversation wherever it can be."""
    raised = (
        RaisedObjection(id=ObjectionId.PRICE_TOO_HIGH, phase=PhaseId.ANALYSIS),
        RaisedObjection(id=ObjectionId.NO_TIME, phase=PhaseId.ANALYSIS, state=ObjectionState.SETTLED),
    )
    seen = (SeenSignal(id=SignalId.NODS_AGREEMENT, phase=PhaseId.PRESENTATION),)
    for phase, asking in product(TALKING, (None, *Asking)):
        yield talk_in(phase, asking=asking, objections=raised, signals=seen)
    for phase in TALKING:
        yield talk_in(phase, standing=Standing.PAUSED)
        yield talk_in(phase, standing=Standing.POSTPONED, outcome=OutcomeId.POSTPONED, until="2026-11-20")
    for outcome in OutcomeId:
        yield talk_in(PhaseId.FOLLOW_UP, outcome=outcome, amount="12500", loss_reason="no_budget")
        yield talk_in(PhaseId.FOLLOW_UP, outcome=outcome, standing=Standing.FINISHED, tasks=EVERY_TASK_DONE)


@pytest.mark.parametrize("language", Language)
def test_every_card_keeps_to_telegrams_limits_and_fits_a_phone(turn: Turn, language: Language) -> None:
    turn = in_language(turn, language)
    for talk in every_standing():
        for view in (card_view(turn, talk), menu_view(turn, talk)):
            payload = render(view, language, screen(talk))
            check_limits(read_html(payload["text"]), payload["keyboard"])
            assert all(len(row) <= 3 for row in view.rows if not row[0].label[0].isdigit()), view.rows


@pytest.mark.parametrize("phase", TALKING)
@pytest.mark.parametrize("ticks", range(8))
@pytest.mark.parametrize("objections", range(3))
def test_a_card_has_at_most_twelve_lines_and_two_or_three_sentences(
    turn: Turn, phase: PhaseId, ticks: int, objections: int
) -> None:
    items = [item.id for item in turn.knowledge.phases[phase].checklist][:ticks]
    talk = talk_in(
        phase,
        ticks=frozenset(tick(phase, item) for item in items),
        objections=tuple(RaisedObjection(id=id_, phase=phase) for id_ in list(ObjectionId)[:objections]),
        signals=(SeenSignal(id=SignalId.SMILES, phase=phase),),
    )
    view = card_view(turn, talk)
    assert lines(view) <= MOST_LINES
    assert 2 <= len(said(view)) <= 3


def test_the_header_says_who_and_how_far(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("Weiter")
    assert chat.card.splitlines()[:2] == ["Muster GmbH · Verkaufsgespräch · B2B", "●●○○○○ 2/6 Analyse"]
    chat.sees_card("Ziel: wissen", "Achte auf:")


@pytest.mark.parametrize(
    ("phase", "there", "not_there"),
    [
        (PhaseId.RELATIONSHIP, {"🤝 Abschluss", "⏸ Pause", "▶ Weiter"}, {"◀ Zurück", "🔎 Etwas fehlt"}),
        (PhaseId.ANALYSIS, {"◀ Zurück", "▶ Weiter"}, {"🔎 Etwas fehlt"}),
        (PhaseId.PRESENTATION, {"🔎 Etwas fehlt", "🤝 Abschluss", "▶ Weiter"}, {"Auftrag erhalten"}),
        (PhaseId.NEGOTIATION, {"🔎 Etwas fehlt", "🤝 Abschluss", "▶ Weiter"}, {"Noch nicht"}),
        (PhaseId.CLOSING, {"Auftrag erhalten", "Noch nicht", "Endgültig nein", "Vertagt"}, {"▶ Weiter"}),
    ],
)
def test_the_buttons_fit_the_phase(turn: Turn, phase: PhaseId, there: set[str], not_there: set[str]) -> None:
    shown = set(labels(card_view(turn, talk_in(phase))))
    assert shown >= there | {"💬 Einwand", "🟢 Kaufsignal", "📝 Notiz", "⋯"}
    assert not shown & not_there


def test_only_what_is_open_can_be_ticked_on_the_card(turn: Turn) -> None:
    talk = talk_in(PhaseId.ANALYSIS, ticks=frozenset({tick(PhaseId.ANALYSIS, "budget")}))
    shown = labels(card_view(turn, talk))
    assert "☐ Entscheider" in shown
    assert not any("Budget" in label for label in shown)
    assert "☑ Budget" in labels(menu_view(turn, talk))


def test_sentences_help_with_what_is_still_open(turn: Turn) -> None:
    phase = turn.knowledge.phases[PhaseId.ANALYSIS]
    others = [item.id for item in phase.checklist if item.id != "budget"]
    talk = talk_in(
        PhaseId.ANALYSIS,
        ticks=frozenset(tick(PhaseId.ANALYSIS, item) for item in others),
        trial_close=TrialClose.INTEREST,
    )
    about_budget = {sentence.text for sentence in phase.sentences if "budget" in sentence.items}
    assert said(card_view(turn, talk))[0] in about_budget


def test_when_all_is_ticked_a_sentence_leads_over(turn: Turn) -> None:
    phase = turn.knowledge.phases[PhaseId.RELATIONSHIP]
    ticks = frozenset(tick(PhaseId.RELATIONSHIP, item.id) for item in phase.checklist)
    leading_over = [sentence.text for sentence in phase.sentences if not sentence.items]
    assert said(card_view(turn, talk_in(PhaseId.RELATIONSHIP, ticks=ticks)))[0] in leading_over


def test_sentences_depend_on_customer_and_appointment(turn: Turn) -> None:
    by_visit = said(card_view(turn, talk_in(PhaseId.RELATIONSHIP, kind=AppointmentKind.VISIT)))
    by_phone = said(card_view(turn, talk_in(PhaseId.RELATIONSHIP, kind=AppointmentKind.PHONE_CALL)))
    for_the_state = said(card_view(turn, talk_in(PhaseId.ANALYSIS, target_group=TargetGroupId.B2G)))
    for_a_firm = said(card_view(turn, talk_in(PhaseId.ANALYSIS, target_group=TargetGroupId.B2B)))
    assert by_visit != by_phone
    assert for_the_state != for_a_firm


@pytest.mark.parametrize("language", Language)
def test_two_sentences_are_found_for_every_customer_and_appointment(catalogue: Catalogue, language: Language) -> None:
    for phase, group, kind in product(TALKING, TargetGroupId, AppointmentKind):
        talk = talk_in(phase, target_group=group, kind=kind)
        found = sentences(catalogue[language].phases[phase], talk, 3)
        assert len(found) == len(set(found)) >= 2, (phase, group, kind)


def test_the_trial_close_that_brought_no_yes_says_so(turn: Turn) -> None:
    others = frozenset(tick(PhaseId.ANALYSIS, item.id) for item in turn.knowledge.phases[PhaseId.ANALYSIS].checklist)
    talk = talk_in(PhaseId.ANALYSIS, trial_close=TrialClose.NOT_YET, ticks=others)
    checklist = next(block for block in card_view(turn, talk).blocks if isinstance(block, Checklist))
    assert ("Testabschluss gestellt: noch nicht", False) in checklist.items


def test_the_follow_up_proposes_what_to_say_for_the_task_in_hand(turn: Turn) -> None:
    settled = {**EVERY_TASK_DONE, FollowUpTaskId.REFERRAL_REQUEST: Task()}
    won = talk_in(PhaseId.FOLLOW_UP, outcome=OutcomeId.WON, tasks=settled)
    phase = turn.knowledge.phases[PhaseId.FOLLOW_UP]
    asking_for_it = {sentence.text for sentence in phase.sentences if "referral_asked" in sentence.items}
    assert set(said(card_view(turn, won))) <= asking_for_it
    assert said(card_view(turn, won))
    cancelled = won.model_copy(update={"outcome": OutcomeId.CANCELLED})
    assert said(card_view(turn, cancelled)) == []


def test_drawing_changes_nothing(turn: Turn) -> None:
    for talk in every_standing():
        before = talk.model_dump()
        assert card_view(turn, talk) == card_view(turn, talk)
        assert talk.model_dump() == before
    assert turn.replies == []


def test_a_customer_whose_name_was_deleted_keeps_a_card(turn: Turn) -> None:
    heading = card_view(turn, talk_in(PhaseId.ANALYSIS, customer_id=CustomerId(404))).blocks[0]
    assert heading is not None
    assert "Gespräch · Verkaufsgespräch · B2B" in str(heading)


def test_phases_have_different_short_names_on_buttons() -> None:
    assert len(set(PHASE_CODES.values())) == len(PhaseId)


def test_a_state_that_todays_code_does_not_know_leads_to_a_kind_line(chat: Chat, engine: Engine) -> None:
    chat.sends("/gespraech Muster GmbH")
    old = chat.data_of("Weiter")
    with engine.begin() as connection:
        connection.exec_driver_sql("""UPDATE conversation SET state = json_set(state, '$.phase', 'levitation')""")
    chat.press_data(old)
    assert "nicht mehr da" in chat.toast
    chat.sends("/gespraech Beispiel AG")
    chat.sees_card("Beispiel AG")


def test_what_the_card_has_no_room_to_tick_stands_behind_the_dots(chat: Chat) -> None:
    chat.sends("/gespraech Muster GmbH")
    chat.press("Weiter")
    chat.sees_card(buttons=["Entscheider", "Testabschluss"])
    assert "Budget" not in chat.card_buttons
    chat.press("⋯")
    chat.press("Budget")
    chat.sees_card("☑ Budget")
    chat.press("Lage")
    chat.sees_card("☑ Lage, Budget")
