"""Coming in: one invitation, one greeting, and at once what is stored and who sees what."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.turns import House
from dialogs.ports.people import Role
from knowledge.language.messages import Language
from tests.chat import Chat
from tests.dialogs.given import A_WEEK, has_worked, invite, member

NO_SUCH_INVITE = "Diese Einladung gilt nicht oder nicht mehr."


def test_a_seller_comes_in_and_reads_what_is_stored_and_who_sees_what(stranger_chat: Chat, engine: Engine) -> None:
    invite(engine, "c0de")
    stranger_chat.sends("/start c0de")
    stranger_chat.sees(
        "Hallo Otto, du gehörst jetzt zu Team Süd.",
        "Gespeichert werden deine Gespräche",
        "Deine Führungskraft sieht Summen des Teams",
        "Nicht: wer es war, Uhrzeiten, Notizen, einzelne Schritte, was du nachschlägst.",
        "/daten",
        buttons=["Los geht's"],
    )
    otto = member(engine, stranger_chat.person_id)
    assert otto is not None
    assert (otto.role, otto.team.name, otto.language, otto.zone) == (
        Role.SELLER, "Team Süd", Language.DE, "Europe/Berlin",
    )  # fmt: skip


def test_a_manager_reads_what_they_will_see_and_can_invite_at_once(stranger_chat: Chat, engine: Engine) -> None:
    invite(engine, "c0de", role=Role.MANAGER)
    stranger_chat.sends("/start c0de")
    stranger_chat.sees("Du siehst Summen des Teams", "Nicht: wer es war", buttons=["Los geht's"])
    stranger_chat.press("Team einladen")
    stranger_chat.sees("Team Süd", "Otto · Führung (du)", buttons=["Verkäufer einladen"])


@pytest.mark.parametrize("role", list(Role))
def test_the_greeting_is_read_on_one_screen_of_the_phone(stranger_chat: Chat, engine: Engine, role: Role) -> None:
    invite(engine, "c0de", role=role)
    stranger_chat.sends("/start c0de")
    assert len(stranger_chat.screen) < 900


def test_the_language_is_that_of_telegram(stranger_chat: Chat, engine: Engine) -> None:
    invite(engine, "c0de")
    stranger_chat.language = Language.EN
    stranger_chat.sends("/start c0de")
    stranger_chat.sees("Hello Otto, you now belong to Team Süd.", "/talk", buttons=["Let's go"])


def test_an_invitation_lets_in_one_person_only(stranger_chat: Chat, engine: Engine, house: House) -> None:
    invite(engine, "c0de")
    stranger_chat.sends("/start c0de")
    late = Chat(engine, house, 1010, name="Lea")
    late.sends("/start c0de")
    late.sees(NO_SUCH_INVITE, "Bitte deine Führungskraft um eine neue.")
    assert member(engine, late.person_id) is None


@pytest.mark.parametrize(("waited", "comes_in"), [(A_WEEK * 0.99, True), (A_WEEK, False)])
def test_an_invitation_holds_for_seven_days(
    stranger_chat: Chat, engine: Engine, waited: timedelta, comes_in: bool
) -> None:
    invite(engine, "c0de")
    stranger_chat.now += waited
    stranger_chat.sends("/start c0de")
    assert (member(engine, stranger_chat.person_id) is not None) is comes_in


@pytest.mark.parametrize("code", ["x", "c0de c0de", "'; drop table invite; --", "ä" * 3000, "<b>", "\N{NULL}"])
def test_a_wrong_code_gets_one_kind_sentence_whatever_it_holds(stranger_chat: Chat, engine: Engine, code: str) -> None:
    invite(engine, "c0de")
    stranger_chat.sends(f"/start {code}")
    assert [message.text for message in stranger_chat.new] == [
        f"{NO_SUCH_INVITE} Bitte deine Führungskraft um eine neue."
    ]


def test_start_greets_a_member_with_where_they_stand_and_the_notice(chat: Chat, engine: Engine) -> None:
    chat.sends("/start")
    chat.sees("Hallo Sabine, du gehörst zu Team Süd.", "Gespeichert werden", "/hilfe", buttons=["Gespräch beginnen"])
    has_worked(engine, chat)
    chat.sends("/start")
    chat.sees("Gerade: Muster GmbH", buttons=["Zum Gespräch"])


def test_a_removed_person_comes_back_with_a_new_invitation(chat: Chat, manager_chat: Chat, engine: Engine) -> None:
    manager_chat.sends("/team")
    manager_chat.press("Entfernen")
    manager_chat.press("Sabine")
    manager_chat.press("Ja, entfernen")
    invite(engine, "again")
    chat.sends("/start again")
    chat.sees("Hallo Sabine, du gehörst jetzt zu Team Süd.")
    assert member(engine, chat.person_id) is not None


# A member with another code


def test_a_member_with_another_code_is_asked_first(chat: Chat, engine: Engine) -> None:
    invite(engine, "nord", team="Team Nord", role=Role.MANAGER)
    chat.sends("/start nord")
    chat.sees(
        "Jetzt: Team Süd, Verkauf",
        "Mit der Einladung: Team Nord, Führung",
        "Deine Gespräche, Kunden und Notizen behältst du.",
        buttons=["Wechseln", "So lassen"],
    )
    sabine = member(engine, chat.person_id)
    assert sabine is not None
    assert (sabine.team.name, sabine.role) == ("Team Süd", Role.SELLER)


def test_changing_takes_team_and_role_and_leaves_settings_alone(chat: Chat, engine: Engine) -> None:
    chat.sends("/einstellungen")
    chat.press("English")
    chat.press("London")
    invite(engine, "nord", team="Team Nord", role=Role.MANAGER)
    chat.sends("/start nord")
    chat.press("Change")
    chat.sees("Hello Sabine, you now belong to Team Nord.", "You see the team's totals")
    sabine = member(engine, chat.person_id)
    assert sabine is not None
    assert (sabine.team.name, sabine.role) == ("Team Nord", Role.MANAGER)
    assert (sabine.language, sabine.zone) == (Language.EN, "Europe/London")


def test_who_stays_keeps_everything_and_the_invitation_is_still_good(
    chat: Chat, stranger_chat: Chat, engine: Engine
) -> None:
    invite(engine, "nord", team="Team Nord")
    chat.sends("/start nord")
    chat.press("So lassen")
    chat.sees("Es bleibt, wie es ist: Du gehörst zu Team Süd.")
    assert chat.buttons == []
    stranger_chat.sends("/start nord")
    stranger_chat.sees("du gehörst jetzt zu Team Nord")


def test_a_code_that_was_used_since_the_question_changes_nothing(
    chat: Chat, stranger_chat: Chat, engine: Engine
) -> None:
    invite(engine, "nord", team="Team Nord")
    chat.sends("/start nord")
    stranger_chat.sends("/start nord")
    chat.press("Wechseln")
    chat.sees(NO_SUCH_INVITE, "Du gehörst weiter zu Team Süd.")
    assert chat.toast.startswith(NO_SUCH_INVITE)
    assert chat.buttons == []


def test_a_code_that_ran_out_since_the_question_changes_nothing(chat: Chat, engine: Engine) -> None:
    invite(engine, "nord", team="Team Nord")
    chat.sends("/start nord")
    chat.later(days=8)
    chat.press("Wechseln")
    chat.sees(NO_SUCH_INVITE)
    sabine = member(engine, chat.person_id)
    assert sabine is not None
    assert sabine.team.name == "Team Süd"


def test_a_second_tap_on_change_does_no_harm(chat: Chat, engine: Engine) -> None:
    invite(engine, "nord", team="Team Nord")
    chat.sends("/start nord")
    change = chat.data_of("Wechseln")
    chat.press("Wechseln")
    chat.press_data(change)
    assert chat.toast == f"{NO_SUCH_INVITE} Du gehörst weiter zu Team Nord."


@pytest.mark.parametrize("proof", ["", "0", "0123456789abcdef01234567"])
def test_a_forged_press_with_the_id_of_an_open_invitation_makes_nobody_a_manager(
    chat: Chat, engine: Engine, proof: str
) -> None:
    invite(engine, "secret", role=Role.MANAGER)
    for invite_id in range(1, 4):
        chat.press_data(f"join|join_ok:{invite_id}::{proof}")
        assert chat.toast.startswith(NO_SUCH_INVITE)
    sabine = member(engine, chat.person_id)
    assert sabine is not None
    assert sabine.role is Role.SELLER


def test_a_code_of_the_same_team_and_role_is_left_for_somebody_else(
    chat: Chat, stranger_chat: Chat, engine: Engine
) -> None:
    invite(engine, "c0de")
    chat.sends("/start c0de")
    chat.sees("Du gehörst schon zu Team Süd (Verkauf).")
    stranger_chat.sends("/start c0de")
    assert member(engine, stranger_chat.person_id) is not None


def test_a_member_who_taps_their_used_link_again_hears_that_nothing_changes(
    stranger_chat: Chat, engine: Engine
) -> None:
    invite(engine, "c0de")
    stranger_chat.sends("/start c0de")
    stranger_chat.sends("/start c0de")
    stranger_chat.sees(f"{NO_SUCH_INVITE} Du gehörst weiter zu Team Süd.")


def test_the_last_manager_is_told_that_the_team_stays_without(manager_chat: Chat, engine: Engine, house: House) -> None:
    invite(engine, "nord", team="Team Nord", role=Role.MANAGER)
    manager_chat.sends("/start nord")
    manager_chat.sees("Team Süd hat dann keine Führungskraft mehr.")

    invite(engine, "second", role=Role.MANAGER)
    Chat(engine, house, 1011, name="Mira").sends("/start second")
    manager_chat.sends("/start nord")
    assert "keine Führungskraft mehr" not in manager_chat.screen
