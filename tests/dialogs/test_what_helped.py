"""What helped moves up for the whole team, counted once a screen and without who."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.storage.schema import metadata
from bot.storage.store import SqlStore
from dialogs.conversation.help_state import LAST_PAGE
from dialogs.ports.people import TeamId
from knowledge.catalogue import Catalogue
from knowledge.language.messages import Language
from knowledge.ranking import Tally
from knowledge.taxonomy import ObjectionId, TechniqueId
from tests.chat import Chat, sure
from tests.dialogs.heard import answer_texts
from tests.dialogs.test_moves import starts

PRICE = ObjectionId.PRICE_TOO_HIGH


def tallies(chat: Chat) -> dict[TechniqueId, Tally]:
    with chat.engine.connect() as connection:
        return dict(SqlStore(connection).what_helped.tallies(TeamId(1), PRICE))


def technique(chat: Chat, place: int) -> TechniqueId:
    return chat.house.catalogue[Language.DE].objections[PRICE].answers[place].technique


def reading(chat: Chat, place: int) -> str:
    return chat.house.catalogue[Language.DE].objections[PRICE].answers[place].reading


def shown(chat: Chat) -> list[int]:
    """The places (in the content) of the answers on the screen, in their order."""
    at = {place: chat.screen.find(words) for place, words in enumerate(answer_texts(chat, PRICE))}
    return sorted((place for place, where in at.items() if where >= 0), key=lambda place: at[place])


def voted(chat: Chat, place: int, helped: int, not_helped: int) -> None:
    """Colleagues have said so on screens of their own."""
    with chat.engine.begin() as connection:
        store = SqlStore(connection).what_helped
        for number in range(helped):
            store.did(TeamId(1), f"y{place}-{number}", PRICE, technique(chat, place))
        for number in range(not_helped):
            store.did_not(TeamId(1), f"n{place}-{number}", PRICE, [technique(chat, place)])


def asks(chat: Chat) -> list[int]:
    chat.types("zu teuer", sure(PRICE))
    return shown(chat)


def test_one_tap_says_which_answer_helped(chat: Chat) -> None:
    first, second = asks(chat)
    chat.press("hat geholfen")
    chat.sees("Was davon hat geholfen?", buttons=[reading(chat, first), reading(chat, second)])
    chat.press(reading(chat, second))
    assert chat.toast.startswith(f"Notiert: „{reading(chat, second)}“ hat geholfen.")
    assert shown(chat) == [first, second]
    assert tallies(chat) == {technique(chat, second): Tally(1, 1)}


def test_not_fitting_counts_both_and_shows_the_next_two(chat: Chat) -> None:
    first = asks(chat)
    chat.press("passt nicht")
    assert not set(shown(chat)) & set(first)
    assert tallies(chat) == {technique(chat, place): Tally(0, 1) for place in first}


def test_after_the_last_it_starts_again_and_says_so(chat: Chat) -> None:
    first = asks(chat)
    seen = [*first]
    while chat.toast == "":
        chat.press("passt nicht")
        seen += shown(chat)
    assert chat.toast == "Das waren alle Antworten. Jetzt wieder von vorn."
    assert seen[-2:] == first
    assert sorted(seen[:-2]) == list(range(len(answer_texts(chat, PRICE)))), "each came up once"


def test_a_double_tap_counts_once(chat: Chat) -> None:
    first = asks(chat)
    tap = chat.data_of("passt nicht")
    chat.press_data(tap)
    after_one = chat.screen
    chat.press_data(tap)
    assert chat.screen == after_one
    assert tallies(chat) == {technique(chat, place): Tally(0, 1) for place in first}


def test_a_changed_mind_replaces_what_was_said(chat: Chat) -> None:
    first, second = asks(chat)
    for place in (first, second):
        chat.press("hat geholfen")
        chat.press(reading(chat, place))
    assert tallies(chat) == {technique(chat, second): Tally(1, 1)}
    chat.press("passt nicht")
    assert tallies(chat) == {technique(chat, place): Tally(0, 1) for place in (first, second)}


def test_recording_the_objection_does_not_open_a_new_count(chat: Chat) -> None:
    starts(chat)
    first, _ = asks(chat)
    for button in ("geklärt", "noch offen"):
        chat.press("hat geholfen")
        chat.press(reading(chat, first))
        chat.press(button)
    assert tallies(chat) == {technique(chat, first): Tally(1, 1)}


def test_three_votes_do_not_turn_the_order_round(chat: Chat) -> None:
    before = asks(chat)
    voted(chat, 4, helped=3, not_helped=0)
    assert asks(chat) == before


def test_what_helped_often_moves_up_and_says_how_often(chat: Chat, manager_chat: Chat) -> None:
    voted(chat, 4, helped=8, not_helped=3)
    assert asks(chat)[0] == 4
    chat.sees("hat 8 von 11 Mal geholfen")
    assert asks(manager_chat)[0] == 4, "the whole team has it"


@pytest.mark.parametrize(("votes", "is_shown"), [(4, False), (5, True)])
def test_a_figure_is_shown_from_five_votes_on(chat: Chat, votes: int, is_shown: bool) -> None:
    voted(chat, 0, helped=votes, not_helped=0)
    asks(chat)
    assert ("Mal geholfen" in chat.screen) is is_shown


def test_what_never_helps_goes_down(chat: Chat) -> None:
    first, second = asks(chat)
    voted(chat, first, helped=0, not_helped=6)
    assert asks(chat)[0] == second


def test_a_button_counts_what_stood_above_it_though_the_order_has_changed(chat: Chat) -> None:
    first, second = asks(chat)
    voted(chat, 4, helped=20, not_helped=0)
    chat.press("passt nicht")
    assert {technique(chat, place) for place in (first, second)} < tallies(chat).keys()
    assert shown(chat)[0] == 4


def test_nobody_can_tell_who_said_so(chat: Chat) -> None:
    """The token of the screen stands in one table only, once its messages are sent."""
    starts(chat)
    first, _ = asks(chat)
    chat.press("hat geholfen")
    chat.press(reading(chat, first))
    with chat.engine.connect() as connection:
        (token,) = connection.execute(text("SELECT token FROM helped")).scalars()
        for name in metadata.tables.keys() - {"helped"}:
            rows = connection.execute(text(f"SELECT * FROM {name}")).all()  # noqa: S608 (our own tables)
            assert token not in str(rows), name
        steps = str(chat.steps)
    assert str(technique(chat, first)) not in steps


def test_a_restart_in_between_changes_nothing(chat: Chat) -> None:
    first, _ = asks(chat)
    again = chat.restarted()
    again.press("hat geholfen")
    again.restarted().press(reading(chat, first))
    assert tallies(chat) == {technique(chat, first): Tally(1, 1)}


# The company has changed its answers since


def answers_become(chat: Chat, places: list[int]) -> None:
    """The content has only these answers to the price from now on, in this order."""
    german = chat.house.catalogue[Language.DE]
    entry = german.objections[PRICE]
    changed = entry.model_copy(update={"answers": tuple(entry.answers[place] for place in places)})
    german = replace(german, objections={**german.objections, PRICE: changed})
    chat.house = replace(chat.house, catalogue=Catalogue({**chat.house.catalogue.by_language, Language.DE: german}))


@pytest.mark.parametrize("label", ["hat geholfen", "passt nicht", "mehr"])
def test_a_press_on_answers_that_have_changed_counts_nothing_and_shows_the_present_ones(chat: Chat, label: str) -> None:
    asks(chat)
    chat.press("hat geholfen")
    which = chat.data_of(reading(chat, 0))
    chat.press("Zurück")
    answers_become(chat, [3, 2, 1])
    pressed = chat.data_of(label)
    for data in (pressed, which):
        chat.press_data(data)
        assert chat.toast.startswith("Die Antworten sind inzwischen andere.")
        assert len(shown(chat)) == 2
        assert not tallies(chat)
    first, _ = shown(chat)
    chat.press("hat geholfen")
    chat.press(reading(chat, first))
    assert tallies(chat) == {technique(chat, first): Tally(1, 1)}


def test_what_became_of_an_objection_is_recorded_all_the_same(chat: Chat) -> None:
    starts(chat)
    asks(chat)
    answers_become(chat, [3, 2, 1])
    chat.press("noch offen")
    assert [raised.id for raised in chat.talk.objections] == [PRICE]
    assert len(shown(chat)) == 2


def test_however_many_answers_a_company_has_each_page_leads_on(chat: Chat) -> None:
    answers_become(chat, [0] * 200)
    asks(chat)
    chat.press("mehr")
    for _ in range(LAST_PAGE):
        chat.press("weitere Antworten")
    chat.press("von vorn")
    chat.sees("Was dahinter liegen kann")


def test_another_language_has_the_same_answers(chat: Chat) -> None:
    asks(chat)
    vote = chat.data_of("passt nicht")
    chat.sends("/einstellungen")
    chat.press("English")
    chat.press_data(vote)
    assert "inzwischen" not in chat.toast
    assert "changed" not in chat.toast
    assert len(tallies(chat)) == 2
