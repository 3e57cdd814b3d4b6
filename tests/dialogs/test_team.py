"""The team in its manager's hands: who belongs to it, who is invited, who is removed."""

import re

import pytest
from sqlalchemy import Engine

from bot.turns import House
from dialogs.ports.people import Role
from dialogs.team.members import MEMBERS_ON_A_PAGE
from dialogs.turn import Links
from tests.chat import Chat
from tests.conftest import join
from tests.dialogs.given import invite, member


def code_on(chat: Chat) -> str:
    """The code of the invitation on the screen, as whoever gets the message reads it."""
    found = re.search(r"start[= ]([A-Za-z0-9_-]+)", chat.screen)
    assert found, chat.screen
    return found[1]


def test_the_manager_sees_the_members_with_their_roles(chat: Chat, manager_chat: Chat) -> None:
    manager_chat.sends("/team")
    manager_chat.sees(
        "Team Süd", "2 Mitglieder", "Sabine · Verkauf", "Markus · Führung (du)",
        buttons=["Verkäufer einladen", "Führungskraft einladen", "Entfernen", "Wer sieht was"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("button", "role"), [("Verkäufer einladen", Role.SELLER), ("Führungskraft einladen", Role.MANAGER)]
)
def test_a_link_is_passed_on_and_lets_somebody_in_with_its_role(
    manager_chat: Chat, stranger_chat: Chat, engine: Engine, button: str, role: Role
) -> None:
    manager_chat.sends("/team")
    manager_chat.press(button)
    manager_chat.sees("Einladung zu Team Süd", "https://t.me/roter_faden_bot?start=", "bis Mo., 23.11., 09:00.")
    assert manager_chat.toast == "Leite diese Nachricht weiter oder tippe auf Kopieren."
    stranger_chat.sends(f"/start {code_on(manager_chat)}")
    otto = member(engine, stranger_chat.person_id)
    assert otto is not None
    assert (otto.role, otto.team.name) == (role, "Team Süd")


def test_the_copy_button_holds_the_link_alone(manager_chat: Chat) -> None:
    manager_chat.sends("/team")
    manager_chat.press("Verkäufer einladen")
    ((button,),) = manager_chat.message.keyboard
    assert button["copy_text"]["text"] == f"https://t.me/roter_faden_bot?start={code_on(manager_chat)}"


def test_before_the_bot_has_a_name_the_command_is_passed_on(
    manager_chat: Chat, stranger_chat: Chat, house: House, engine: Engine
) -> None:
    manager_chat.house = House(house.owner, house.catalogue, house.messages, Links)
    manager_chat.sends("/team")
    manager_chat.press("Verkäufer einladen")
    command = manager_chat.message.keyboard[0][0]["copy_text"]["text"]
    manager_chat.sees(command)
    stranger_chat.sends(command)
    assert member(engine, stranger_chat.person_id) is not None


def test_two_invitations_have_two_codes(manager_chat: Chat) -> None:
    manager_chat.sends("/team")
    manager_chat.press("Verkäufer einladen")
    first = code_on(manager_chat)
    manager_chat.press("Verkäufer einladen")
    assert code_on(manager_chat) != first


def test_removing_asks_first_and_is_silent_to_the_removed(chat: Chat, manager_chat: Chat, engine: Engine) -> None:
    chat.sends("/einstellungen")
    manager_chat.sends("/team")
    manager_chat.press("Entfernen")
    manager_chat.press("Sabine")
    manager_chat.sees("Sabine aus Team Süd entfernen?", buttons=["Ja, entfernen", "Behalten"])
    assert member(engine, chat.person_id) is not None

    manager_chat.press("Ja, entfernen")
    assert manager_chat.toast == "Sabine gehört nicht mehr dazu."
    manager_chat.sees("1 Mitglied\n", "Markus · Führung (du)")
    assert "Sabine" not in manager_chat.screen
    assert member(engine, chat.person_id) is None

    chat.press("English")
    assert chat.toast.startswith("Dieser Bot gehört einem Vertriebsteam.")


def test_who_keeps_a_member_is_back_at_the_list(chat: Chat, manager_chat: Chat, engine: Engine) -> None:
    manager_chat.sends("/team")
    manager_chat.press("Entfernen")
    manager_chat.press("Sabine")
    manager_chat.press("Behalten")
    manager_chat.sees("Sabine · Verkauf")
    assert member(engine, chat.person_id) is not None


def test_all_of_it_happens_on_one_screen(chat: Chat, manager_chat: Chat) -> None:
    manager_chat.sends("/team")
    for label in ("Wer sieht was", "Zurück", "Entfernen", "Sabine", "Ja, entfernen"):
        manager_chat.press(label)
    assert len(manager_chat.phone) == 1


def test_the_team_appears_below_when_its_button_stands_on_another_screen(stranger_chat: Chat, engine: Engine) -> None:
    invite(engine, "c0de", role=Role.MANAGER)
    stranger_chat.sends("/start c0de")
    stranger_chat.sends("/team")
    stranger_chat.sends("/einstellungen")
    stranger_chat.press("Team einladen")
    stranger_chat.sees("Otto · Führung (du)")


def test_the_only_manager_stays_until_there_is_a_second_one(manager_chat: Chat, engine: Engine) -> None:
    manager_chat.sends("/team")
    manager_chat.press("Entfernen")
    manager_chat.press("Markus")
    manager_chat.sees("Du bist die einzige Führungskraft von Team Süd. Lade zuerst eine zweite ein.")
    manager_chat.press_data(f"team|team_out:{manager_chat.person_id}::")
    assert manager_chat.toast == "Du bist die einzige Führungskraft von Team Süd. Lade zuerst eine zweite ein."
    assert member(engine, manager_chat.person_id) is not None


def test_one_of_two_managers_may_leave(manager_chat: Chat, engine: Engine) -> None:
    join(engine, 1020, "Mira", Role.MANAGER)
    manager_chat.sends("/team")
    manager_chat.press("Entfernen")
    manager_chat.press("Markus")
    manager_chat.sees("Zurück kommst du nur mit einer Einladung")
    manager_chat.press("Ja, entfernen")
    manager_chat.sees("Du gehörst nicht mehr zu Team Süd.")
    assert manager_chat.buttons == []
    manager_chat.sends("/team")
    manager_chat.sees("Dieser Bot gehört einem Vertriebsteam.")


def test_an_old_question_about_somebody_who_left_does_no_harm(chat: Chat, manager_chat: Chat) -> None:
    manager_chat.sends("/team")
    manager_chat.press("Entfernen")
    manager_chat.press("Sabine")
    old = manager_chat.data_of("Ja, entfernen")
    manager_chat.press("Ja, entfernen")
    manager_chat.press_data(old)
    assert manager_chat.toast == "Gehört nicht mehr zu Team Süd."
    manager_chat.sees("1 Mitglied\n")


def test_a_forged_press_reaches_nobody_in_another_team(manager_chat: Chat, engine: Engine, house: House) -> None:
    invite(engine, "nord", team="Team Nord")
    Chat(engine, house, 1030, name="Nora").sends("/start nord")
    manager_chat.sends("/team")
    manager_chat.press_data("team|team_out:1030::")
    assert manager_chat.toast == "Gehört nicht mehr zu Team Süd."
    assert member(engine, 1030) is not None


@pytest.mark.parametrize(
    "data", ["team|team_invite:::owner", "team|team_show:::99", "team|team_pick:::-1", "team|team_ask:::"]
)
def test_a_press_that_fits_nothing_leads_back_to_the_team(manager_chat: Chat, data: str) -> None:
    manager_chat.sends("/team")
    manager_chat.press_data(data)
    manager_chat.sees("Markus · Führung (du)") if "pick" not in data else manager_chat.sees("Wen entfernen?")


def test_a_large_team_is_paged_and_everybody_can_be_reached(manager_chat: Chat, engine: Engine) -> None:
    names = [f"Person {number:02}" for number in range(2 * MEMBERS_ON_A_PAGE)]
    for number, name in enumerate(names):
        join(engine, 2000 + number, name)
    manager_chat.sends("/team")
    seen = manager_chat.screen
    for _ in range(2):
        manager_chat.press("Weitere")
        seen += manager_chat.screen
    assert [name for name in names if name not in seen] == []
    assert "Weitere" not in " ".join(manager_chat.buttons)
    manager_chat.press("Frühere")
    manager_chat.sees("17 Mitglieder", buttons=["Frühere", "Weitere"])
    manager_chat.press("Entfernen")
    manager_chat.press("Weitere")
    manager_chat.press("Person 09")
    manager_chat.sees("Person 09 aus Team Süd entfernen?")


def test_the_manager_reads_what_they_see_and_what_not(manager_chat: Chat) -> None:
    manager_chat.sends("/team")
    manager_chat.press("Wer sieht was")
    manager_chat.sees("Du siehst Summen des Teams", "weniger als vier Verkäufern", buttons=["Zurück"])


def test_a_manager_who_reads_english_sees_an_english_team(manager_chat: Chat) -> None:
    manager_chat.sends("/settings")
    manager_chat.press("English")
    manager_chat.sends("/team")
    manager_chat.sees("1 member", "Markus · manager (you)", buttons=["Invite a seller", "Remove"])


def test_the_open_invitations_of_a_removed_manager_end(manager_chat: Chat, stranger_chat: Chat, engine: Engine) -> None:
    join(engine, 1004, "Mia", Role.MANAGER)
    mia = Chat(engine, manager_chat.house, 1004, name="Mia")
    mia.sends("/team")
    mia.press("Führungskraft einladen")
    code = code_on(mia)
    manager_chat.sends("/team")
    manager_chat.press("Entfernen")
    manager_chat.press("Mia")
    manager_chat.press("Ja, entfernen")
    stranger_chat.sends(f"/start {code}")
    stranger_chat.sees("Einladung")
    assert member(engine, stranger_chat.person_id) is None
