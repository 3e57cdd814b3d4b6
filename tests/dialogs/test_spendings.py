"""Costs of winning customers: in one line or step by step, changed by entering them again."""

from datetime import date
from decimal import Decimal

import pytest

from bot.storage.store import SqlStore
from knowledge.figures.costs import CostEntry, Month
from knowledge.language.errors import ReadingError
from knowledge.language.languages import Language
from knowledge.language.money import Money
from knowledge.language.spending_line import SpendingLine, read_spending
from knowledge.taxonomy import AcquisitionId
from tests.chat import Chat

NOVEMBER = Month(2026, 11)
INBOUND, REFERRAL = AcquisitionId.INBOUND, AcquisitionId.REFERRAL
WORDS = {INBOUND: ["Inbound-Anfrage", "Messe"], AcquisitionId.COLD: ["Kaltakquise"], AcquisitionId.REFERRAL: ["Prämie"]}


def stored(chat: Chat) -> list[CostEntry]:
    with chat.engine.connect() as connection:
        store = SqlStore(connection)
        person = store.people.get(chat.person_id)  # type: ignore[arg-type]
        assert person is not None
        return list(store.spendings.of(person.team.id))


def euros(amount: int | str) -> Money:
    return Money(Decimal(amount), "EUR")


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("november messe 4.800", SpendingLine(NOVEMBER, INBOUND, euros(4800), "messe")),
        ("Messe Nürnberg 12,5k Oktober", SpendingLine(Month(2026, 10), INBOUND, euros(12500), "Messe Nürnberg")),
        ("4.800 € kaltakquise", SpendingLine(None, AcquisitionId.COLD, euros(4800), "kaltakquise")),
        ("dezember prämie 300", SpendingLine(Month(2025, 12), AcquisitionId.REFERRAL, euros(300), "prämie")),
        ("dez 2026 Praemie CHF 300", SpendingLine(Month(2026, 12), REFERRAL, Money(Decimal(300), "CHF"), "Praemie")),
        ("3/2026 inbound-anfrage 99,50", SpendingLine(Month(2026, 3), INBOUND, euros("99.50"), "inbound-anfrage")),
        ("2026-03 irgendwas 10", SpendingLine(Month(2026, 3), None, euros(10), "irgendwas")),
        ("messe", SpendingLine(None, INBOUND, None, "messe")),
    ],
)  # fmt: skip
def test_a_line_says_month_way_and_amount_in_any_order(line: str, read: SpendingLine) -> None:
    assert read_spending(line, Language.DE, date(2026, 11, 16), "EUR", WORDS) == read


def test_an_amount_that_reads_two_ways_is_not_guessed() -> None:
    with pytest.raises(ReadingError, match="ambiguous"):
        read_spending("november messe 4,800", Language.DE, date(2026, 11, 16), "EUR", WORDS)


def test_one_line_is_kept_at_once_and_entering_it_again_replaces_it(manager_chat: Chat) -> None:
    manager_chat.sends("/kosten november messe 4.800")
    manager_chat.sees("Eingetragen: November 2026, Inbound-Anfrage: 4.800", buttons=["Anderer Weg", "Alle Kosten"])
    manager_chat.sends("/kosten november messe 5.000")
    assert stored(manager_chat) == [CostEntry(NOVEMBER, INBOUND, euros(5000))]
    manager_chat.press("Alle Kosten")
    manager_chat.sees("Kosten, um Kunden zu gewinnen", "November 2026", "Inbound-Anfrage: 5.000")


def test_step_by_step_by_buttons(manager_chat: Chat) -> None:
    manager_chat.sends("/kosten")
    manager_chat.sees("Noch nichts eingetragen")
    manager_chat.press("Eintragen")
    manager_chat.press("Oktober 2026")
    manager_chat.press("Empfehlung")
    manager_chat.sees("Oktober 2026 · Empfehlung", "Was hat das gekostet")
    manager_chat.types("300")
    manager_chat.press("Stimmt")
    manager_chat.sees("Eingetragen: Oktober 2026, Empfehlung: 300")
    assert stored(manager_chat) == [CostEntry(Month(2026, 10), AcquisitionId.REFERRAL, euros(300))]


def test_what_the_line_leaves_out_is_asked(manager_chat: Chat) -> None:
    manager_chat.sends("/kosten november irgendwas 4.800")
    manager_chat.sees("November 2026: 4.800", "Auf welchem Weg")
    manager_chat.press("Kaltakquise")
    assert stored(manager_chat) == [CostEntry(NOVEMBER, AcquisitionId.COLD, euros(4800))]
    manager_chat.sends("/kosten messe")
    manager_chat.sees("November 2026 · Inbound-Anfrage")


def test_another_way_takes_the_amount_along_and_a_second_tap_does_no_harm(manager_chat: Chat) -> None:
    manager_chat.sends("/kosten november messe 4.800")
    manager_chat.press("Anderer Weg")
    other = manager_chat.data_of("Warmer Kontakt")
    manager_chat.press("Warmer Kontakt")
    manager_chat.press_data(other)
    assert stored(manager_chat) == [CostEntry(NOVEMBER, AcquisitionId.WARM, euros(4800))]


def test_nought_takes_an_entry_away_and_less_is_refused(manager_chat: Chat) -> None:
    manager_chat.sends("/kosten november messe 4.800")
    manager_chat.sends("/kosten november messe -5")
    manager_chat.sees("Kosten unter null gehen nicht")
    manager_chat.sends("/kosten november messe 0")
    manager_chat.sees("Weggenommen: November 2026")
    assert stored(manager_chat) == []


def test_a_bad_amount_gets_one_sentence_and_an_example(manager_chat: Chat) -> None:
    manager_chat.sends("/kosten november messe 4,800")
    manager_chat.sees("In einer Zeile: /kosten november messe 4.800")
    assert stored(manager_chat) == []


def test_many_months_are_paged(manager_chat: Chat) -> None:
    for month in range(1, 12):
        manager_chat.sends(f"/kosten {month}/2026 messe {month}00")
    manager_chat.sends("/kosten")
    manager_chat.sees("November 2026", buttons=["Frühere"])
    assert "August 2026" not in manager_chat.screen
    manager_chat.press("Frühere")
    manager_chat.sees("August 2026", buttons=["Frühere", "Spätere"])
    assert len(manager_chat.screen.splitlines()) <= 12


def test_in_english_too(manager_chat: Chat) -> None:
    manager_chat.sends("/settings")
    manager_chat.press("English")
    manager_chat.sends("/costs november trade fair 4,800.00")
    manager_chat.sees("Entered: November 2026", "€4,800")


@pytest.mark.parametrize(
    "data", ["costs|spend_way:::2026-99.cold", "costs|spend_to:::x", "costs|spend_month:::", "costs|spend_list:::77"]
)
def test_a_forged_press_leads_back_to_the_list(manager_chat: Chat, data: str) -> None:
    manager_chat.sends("/kosten")
    manager_chat.press_data(data)
    manager_chat.sees("Kosten, um Kunden zu gewinnen")
