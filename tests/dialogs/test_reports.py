"""The manager's evening: what a team of sellers did over several days, and every figure of the summary of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from bot.jobs.pushes import find, plan, tell
from bot.late.drawing import LateScreens, NothingToShow, ScreenNotAllowed, payload
from bot.late.reports import DRAWERS
from bot.storage.outbox import OPEN, Ended
from bot.storage.people import SqlPeople
from bot.storage.schema import outbox
from bot.storage.store import SqlStore
from bot.turns import House
from dialogs.conversation.talk import PersonId
from dialogs.pushes.due import PushKind
from tests.chat import Chat, read_html
from tests.conftest import join
from tests.dialogs.team_life import MANAGER, TeamLife

NBSP = "\N{NO-BREAK SPACE}"
FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def life(engine: Engine, house: House) -> TeamLife:
    """A team of four sellers on a Monday morning."""
    return TeamLife.of(engine, house)


def lines(chat: Chat) -> list[str]:
    """What stands on the newest screen, line by line."""
    return chat.screen.replace(NBSP, " ").splitlines()


def four_fridays(life: TeamLife) -> None:
    """Ten decided conversations on the four Fridays before, three of them won."""
    for weeks, endings in ((4, "wll"), (3, "wl"), (2, "ll"), (1, "wll")):
        life.at(FRIDAY - timedelta(weeks=weeks))
        for number, letter in enumerate(endings):
            if letter == "w":
                life.wins(number, f"Früher {weeks} {number}", "1.000")
            else:
                life.loses(number, f"Früher {weeks} {number}", "Kein Budget")


def friday(life: TeamLife) -> None:
    """A day of a team: three orders, two losses, one undecided, one cancelled, objections, things to follow up."""
    life.at(FRIDAY)
    life.wins(0, "Muster GmbH", "12.000")
    life.wins(1, "Huber AG", "8.250,50")
    life.wins(2, "Meier")
    life.loses(3, "Schmidt", "Kein Bedarf")
    life.loses(3, "Kunz", "Günstigeres Angebot")
    life.talks(0, "Lang", "⋯", "Beenden", "Ohne Entscheidung")
    life.talks(1, "Abgesagt", "⋯", "Beenden", "Fand nicht statt")


def test_every_figure_of_a_day(life: TeamLife) -> None:
    four_fridays(life)
    friday(life)
    life.manager.sends("/tagesbericht")
    assert lines(life.manager) == [
        "Team Süd · Fr., 20.11., bis jetzt",
        "Seit Do., 19.11., 18:00",
        "6 Gespräche, 3 Aufträge, 20.250,50 €, 1 ohne Betrag",
        "Abschlussquote 50 % (3 von 6; Spanne 19 bis 81 %)",
        "Freitags zuletzt 30 %",
        "",
        "Es hakt in: Abschlussphase (von 5 dort endeten 2 ohne Auftrag)",
        "Verloren: Günstigeres Angebot 1, Kein Bedarf 1",
        # After an order come the question for satisfaction (14 days) and the referral (28 days).
        "Nachfassen: 2 überfällig, 1 heute noch offen",
        "",
        "Vorschlag: 7 von 12 Gesprächen blieben im Abschluss. Bei jedem fragen, was zum Ja noch fehlt; "
        "Sätze dafür unter /abschluss",
    ]


def drawn(life: TeamLife, kind: str, /, person: int = MANAGER, **values: Any) -> str:
    """A screen that nobody pressed for, as a push has it drawn."""
    with life.engine.connect().execution_options(reading=True) as connection:
        member = SqlPeople(connection).get(PersonId(person))
        assert member is not None
        asked = payload(kind, {"team": member.team.id, **values}, PersonId(person), "")
        screen = LateScreens(life.house.catalogue, life.house.messages).draw(connection, asked, life.manager.now)
    return read_html(screen["text"]).replace(NBSP, " ")


def pushed(life: TeamLife, day: date, at: int = 17) -> str:
    """The summary that is pushed at 18:00 in Berlin, winter time."""
    due = datetime(day.year, day.month, day.day, at, tzinfo=UTC)
    return drawn(life, "summary", day=day.isoformat(), asked_at=due.isoformat())


def test_what_happens_after_the_summary_belongs_to_the_next_one(life: TeamLife) -> None:
    life.at(datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC))
    life.wins(0, "Muster GmbH", "1.000")
    life.at(datetime(2026, 11, 20, 17, 0, tzinfo=UTC))
    life.wins(1, "Huber AG", "2.000")
    life.at(datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
    life.wins(2, "Sonntag OHG", "4.000")
    assert "1 Gespräch, 1 Auftrag, 1.000 €" in pushed(life, date(2026, 11, 20))
    assert "2 Gespräche, 2 Aufträge, 6.000 €" in pushed(life, date(2026, 11, 23))


def corrects_amount(seller: Chat, amount: str) -> None:
    seller.press("⋯")
    seller.press("Betrag ändern")
    seller.types(amount)
    seller.press("Stimmt")


def test_a_summary_that_is_read_late_reads_the_same(life: TeamLife) -> None:
    life.at(FRIDAY)
    life.wins(0, "Muster GmbH", "1.000")
    on_time = pushed(life, FRIDAY.date())
    life.at(FRIDAY + timedelta(hours=12))
    corrects_amount(life.sellers[0], "9.000")
    life.loses(1, "Huber AG", "Kein Bedarf")
    assert pushed(life, FRIDAY.date()) == on_time


def test_a_correction_changes_the_amount_and_not_the_day(life: TeamLife) -> None:
    life.at(FRIDAY)
    life.wins(0, "Muster GmbH", "1.000")
    life.at(FRIDAY + timedelta(days=3))
    corrects_amount(life.sellers[0], "9.000")
    life.manager.sends("/tagesbericht")
    assert "Keine Gespräche." in life.manager.screen
    life.manager.press("Bericht davor")
    assert "1 Gespräch, 1 Auftrag, 9.000 €" in lines(life.manager)


def test_what_was_undone_counts_nowhere(life: TeamLife) -> None:
    life.wins(0, "Muster GmbH", "1.000")
    life.sellers[0].press("⋯")
    life.sellers[0].press("Rückgängig")
    life.manager.sends("/tagesbericht")
    assert "1 Gespräch, 0 Aufträge" in lines(life.manager)
    assert "Abschlussquote" not in life.manager.screen


def test_objections_and_follow_ups_of_the_day(life: TeamLife) -> None:
    for seller in range(3):
        chat = life.talks(seller, f"Kunde {seller}", "Weiter", "Einwand", "Preis", "Zu teuer")
        assert chat.talk.objections
    life.talks(3, "Vertagt KG", "⋯", "Beenden", "Vertagt")
    life.sellers[3].types("morgen")
    life.sellers[3].press("Stimmt")
    life.manager.sends("/tagesbericht")
    assert "Einwände: Zu teuer 3" in lines(life.manager)
    assert "Nachfassen: 1 morgen" in lines(life.manager)
    life.later(days=4)
    life.manager.sends("/tagesbericht")
    assert "Nachfassen: 1 überfällig" in life.manager.screen


def test_overdue_work_is_counted_as_the_sellers_see_it(life: TeamLife) -> None:
    life.wins(0, "Muster GmbH", "1.000")
    life.talks(1, "Vertagt KG", "⋯", "Beenden", "Vertagt")
    life.sellers[1].types("morgen")
    life.sellers[1].press("Stimmt")
    life.later(days=60)
    today = life.manager.now.date()
    with life.engine.connect() as connection:
        store = SqlStore(connection)
        counts = [store.follow_ups.count(PersonId(chat.person_id), today, today) for chat in life.sellers]
    overdue = sum(count.overdue for count in counts)
    assert overdue > 1
    life.manager.sends("/tagesbericht")
    assert f"{overdue} überfällig" in life.manager.screen
    with life.engine.begin() as connection:
        SqlPeople(connection).remove(PersonId(life.sellers[0].person_id), life.manager.now)
        SqlPeople(connection).remove(PersonId(life.sellers[1].person_id), life.manager.now)
    join(life.engine, 2050, "Neu")
    join(life.engine, 2051, "Neuer")
    life.manager.sends("/tagesbericht")
    assert "überfällig" not in life.manager.screen, "nobody follows up what belongs to somebody who has left"


def test_under_four_sellers_there_are_three_sums_and_nothing_else(engine: Engine, house: House) -> None:
    life = TeamLife.of(engine, house, sellers=3)
    friday_of_three(life)
    life.manager.sends("/tagesbericht")
    assert lines(life.manager) == [
        "Team Süd · Fr., 20.11., bis jetzt",
        "Seit Do., 19.11., 18:00",
        "3 Gespräche, 2 Aufträge, 20.000 €",
    ]
    assert {"Woche", "Bericht davor", "Zahlen erklärt"} <= set(life.manager.buttons)
    assert "Ergebnisse" not in life.manager.buttons
    life.manager.press("Zahlen erklärt")
    assert "Abschlussquote" not in life.manager.screen
    life.manager.press("Zum Bericht")
    life.manager.press("Woche")
    life.manager.sees("3 Gespräche", "Unter vier Verkäufern zeige ich nur Gespräche, Aufträge und Betrag.")
    assert not {"Trichter", "Ergebnisse", "Geld und Dauer"} & set(life.manager.buttons)
    outcomes = life.manager.data_of("Zahlen erklärt").replace("rep_why", "rep_list")
    life.manager.press_data(outcomes)
    assert "Huber" not in life.manager.screen


def friday_of_three(life: TeamLife) -> None:
    life.at(FRIDAY)
    life.wins(0, "Muster GmbH", "12.000")
    life.wins(1, "Huber AG", "8.000")
    life.loses(2, "Schmidt", "Kein Bedarf")


def test_a_manager_who_sells_counts_in_the_sums_and_not_among_the_four(engine: Engine, house: House) -> None:
    life = TeamLife.of(engine, house, sellers=3)
    life.manager.sends("/gespraech Eigener Kunde")
    life.manager.press("Weiter")
    life.manager.sends("/tagesbericht")
    assert lines(life.manager)[2:] == ["1 Gespräch, 0 Aufträge"]


def test_a_quiet_day_is_a_line_or_nothing_and_always_a_screen_when_asked_for(life: TeamLife) -> None:
    life.at(FRIDAY)
    assert pushed(life, FRIDAY.date()) == "Team Süd · Fr., 20.11. · Keine Gespräche."
    life.manager.sends("/team")
    for label in ("Zusammenfassung", "Ohne Gespräch nichts senden"):
        life.manager.press(label)
    with pytest.raises(NothingToShow):
        pushed(life, FRIDAY.date())
    life.manager.sends("/tagesbericht")
    life.manager.sees("Fr., 20.11., bis jetzt", "Keine Gespräche.", buttons=["Woche"])


def test_the_list_of_outcomes_names_customers_and_no_sellers(life: TeamLife) -> None:
    friday(life)
    life.manager.sends("/tagesbericht")
    life.manager.press("Ergebnisse")
    assert lines(life.manager) == [
        "Team Süd · seit Do., 19.11., 18:00",
        "Huber AG: Auftrag erhalten, 8.250,50 €",
        "Meier: Auftrag erhalten",
        "Muster GmbH: Auftrag erhalten, 12.000 €",
        "Kunz: Endgültig nein, Günstigeres Angebot",
        "Schmidt: Endgültig nein, Kein Bedarf",
        "Lang: Ohne Entscheidung",
        "Abgesagt: Nicht stattgefunden",
    ]
    assert "Seller" not in life.manager.screen


def test_only_managers_of_the_team_see_it(life: TeamLife) -> None:
    seller = life.sellers[0]
    for command in ("/tagesbericht", "/woche", "/kosten"):
        seller.sends(command)
        seller.sees("Das ist für die Führungskraft deines Teams.")
    for kind in DRAWERS:
        values: dict[str, Any] = {
            "asked_at": FRIDAY.isoformat(),
            "period": "w2026-11-16",
            "page": 0,
            "part": "overview",
        }
        with pytest.raises(ScreenNotAllowed):
            drawn(life, kind, person=seller.person_id, **values)
        with pytest.raises(ScreenNotAllowed):
            drawn(life, kind, **{**values, "team": 4711})


@pytest.mark.parametrize(
    "data",
    ["report|rep_show:::", "report|rep_show::1795165201:d0001-01-01", "report|rep_show::253370764800:d2026-11-20",
     "report|rep_show::99999999999999:d2026-11-20", "report|rep_part:::w2026-99-99.funnel",
     "report|rep_file::1795165201:w2026-11-16.my_data", "report|rep_show::1795165201:x2026-11-20"],
)  # fmt: skip
def test_a_forged_press_opens_nothing(life: TeamLife, data: str) -> None:
    life.manager.sends("/tagesbericht")
    before = life.manager.screen
    life.manager.press_data(data)
    assert life.manager.screen == before
    assert life.manager.files == []
    assert "gilt nicht mehr" in life.manager.toast


def test_the_week_is_held_against_the_week_before_and_explained(life: TeamLife) -> None:
    four_fridays(life)
    friday(life)
    manager = life.manager
    manager.sends("/woche")
    assert lines(manager)[:5] == [
        "Team Süd · Woche Mo., 16.11. bis So., 22.11., bis jetzt",
        "6 Gespräche, 3 Aufträge, 20.250,50 €, 1 ohne Betrag",
        "Davor: 3 Gespräche, 1 Auftrag, 1.000 €",
        "Abschlussquote 50 % (3 von 6; Spanne 19 bis 81 %)",
        "In der Woche davor 1 von 3",
    ]
    manager.press("Trichter")
    manager.sees("Aufmerksamkeit 6", "Bindung 3", "Konversion insgesamt")
    manager.press("Geld und Dauer")
    manager.sees("Verkaufszyklus: 0", "CAC: keine Kosten eingetragen")
    manager.press("Woche davor")
    manager.sees("Woche Mo., 9.11. bis So., 15.11.", buttons=["Woche danach"])
    manager.press("Monat")
    manager.sees("November 2026")
    manager.press("Monat davor")
    manager.press("Überblick")
    manager.sees("Oktober 2026", "5 Gespräche, 2 Aufträge, 2.000" + NBSP + "€")
    manager.press("Zahlen erklärt")
    seen = manager.screen
    while "Nächste Seite" in manager.buttons:
        manager.press("Nächste Seite")
        seen += manager.screen
    for words in ("2 gewonnen ÷ (2 gewonnen + 3 verloren", "Verkaufszyklus", "Kundenwert (CLV)", "Jahre: 3"):
        assert words in seen.replace(NBSP, " ")


def test_costs_entered_tell_what_a_new_customer_costs(life: TeamLife) -> None:
    friday(life)
    manager = life.manager
    manager.sends("/kosten november messe 4.800")
    manager.sees("Eingetragen: November 2026, Inbound-Anfrage: 4.800")
    manager.sends("/woche")
    manager.press("Geld und Dauer")
    assert "CAC: 1.600 € je neuem Kunden (4.800 € ÷ 3)" in lines(manager)


def test_the_evening_reads_well_in_english(life: TeamLife) -> None:
    friday(life)
    life.manager.sends("/einstellungen")
    life.manager.press("English")
    life.manager.sends("/report")
    life.manager.sees("Team Süd · Fri", "6 conversations, 3 orders", "Closing rate 50%", "Lost: ")
    life.manager.sends("/week")
    life.manager.press("Objections")
    life.manager.sees("No objections.")


def test_figures_by_seller_are_told_to_everybody_first_and_seen_by_themselves(life: TeamLife) -> None:
    friday(life)
    manager, seller = life.manager, life.sellers[3]
    manager.sends("/woche")
    assert "Je Verkäufer" not in manager.buttons
    manager.sends("/team")
    for label in ("Zusammenfassung", "Zahlen je Verkäufer"):
        manager.press(label)
    manager.sees("Betriebsrat", "Jeder im Team bekommt vorher eine Nachricht")
    manager.press("Allen sagen und einschalten")
    with life.engine.connect() as connection:
        told = [row.chat_id for row in connection.execute(select(outbox.c.chat_id).where(outbox.c.pushed))]
    assert sorted(told) == [chat.person_id for chat in life.sellers]
    manager.sends("/woche")
    manager.press("Monat")
    manager.press("Je Verkäufer")
    manager.sees("Noch nicht alle im Team haben die Nachricht bekommen", buttons=["Zum Bericht"])
    assert "Seller" not in manager.screen
    everything_is_sent(life)
    manager.press("Zum Bericht")
    manager.press("Je Verkäufer")
    assert lines(manager)[1:4] == ["▪ Markus", "0 Gespräche, 0 Aufträge", "▪ Seller 0"]
    manager.press("Nächste Seite")
    manager.sees("▪ Seller 3\n2 Gespräche, 0 Aufträge\nAbschlussquote 0 von 2")
    seller.sends("/daten")
    seller.sees("je Verkäufer Gespräche, Aufträge, Betrag und Abschlussquote")
    seller.press_data("|rep_mine:::")
    seller.sees("Über dich sieht deine Führungskraft · November 2026", "▪ Seller 3\n2 Gespräche, 0 Aufträge")
    manager.sends("/team")
    for label in ("Zusammenfassung", "Zahlen je Verkäufer", "Ausschalten"):
        manager.press(label)
    manager.sends("/woche")
    assert "Je Verkäufer" not in manager.buttons


def everything_is_sent(life: TeamLife) -> None:
    """What waits for the sellers has arrived."""
    with life.engine.begin() as connection:
        connection.execute(update(outbox).where(outbox.c.state == OPEN).values(state=Ended.SENT, payload=None))


def test_the_greatest_summary_has_fifteen_lines(life: TeamLife) -> None:
    four_fridays(life)
    friday(life)
    for seller in range(3):
        life.talks(seller, f"Kunde mit Einwand {seller}", "Weiter", "Einwand", "Preis", "Zu teuer")
    life.manager.sends("/tagesbericht")
    assert len(lines(life.manager)) <= 15


def test_each_summary_is_pushed_once_and_a_missed_one_made_up_for(life: TeamLife) -> None:
    friday(life)
    due = datetime(2026, 11, 20, 17, 0, 5, tzinfo=UTC)
    told = []
    for moment in (due - timedelta(seconds=10), due, due + timedelta(minutes=1)):
        life.at(moment)
        with life.engine.begin() as connection:
            messages = plan(connection, moment, find(connection, moment), [MANAGER])
            tell(connection, messages, moment)
        offers = [offer for message in messages for offer in message.offers if offer.push.kind is PushKind.SUMMARY]
        told += [drawn(life, "summary", **offer.values) for offer in offers]
    assert [screen.splitlines()[:2] for screen in told] == [
        ["Team Süd · Do., 19.11. · Keine Gespräche."],
        ["Team Süd · Fr., 20.11.", "6 Gespräche, 3 Aufträge, 20.250,50 €, 1 ohne Betrag"],
    ]
