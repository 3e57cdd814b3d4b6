"""Once a month: what made selling hard, in one sentence. Counted by theme for teams of four and more, without who.

The sentence is matched to a theme by its words and let go; one tap confirms the theme or takes another. Managers see
counts, and only from four answers on.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from dialogs import forms
from dialogs.conversation.help_state import token_from
from dialogs.customers.teller import Teller
from dialogs.following_up.fields import HardshipForm
from dialogs.ports.people import Person, Role, TeamId
from dialogs.ports.store import Store
from dialogs.press import Press
from dialogs.pushes.offers import ASKED_UNTIL
from dialogs.turn import Pressed, Turn
from dialogs.view import Button, Hint, Row, Text, View, line, rows_of
from knowledge.catalogue import Catalogue, Knowledge
from knowledge.language.messages import Messages
from knowledge.search_words import stem, words_of
from knowledge.taxonomy import HardshipTheme

ACTIONS: Final = frozenset({"hard_ask", "hard_not", "hard"})

FEWEST: Final = 4
"""Sellers of a team in which it is asked, and answers of a month that are shown."""

SCREEN: Final = "hardship"

_SHORTEST_INSIDE: Final = 5
"""Letters of a word that may stand inside a longer one: 'liefer' in 'ersatzteillieferung'."""
_ANSWER: Final = re.compile(r"([a-z]+)=([a-z2-7]{8})\.([0-9]{4}-[0-9]{2})", re.ASCII)


def month_asked(day: date) -> str:
    """The month that the question is about: the one before this day's, as `2026-11`."""
    return f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"


def is_due(store: Store, person: Person, day: date) -> bool:
    """Whether a person may be asked on their day: enough sellers in the team, and nothing said about the month yet."""
    if store.hardships.told_about(person.id) >= month_asked(day):
        return False
    members = store.people.members(person.team.id)
    return sum(member.role is Role.SELLER for member in members) >= FEWEST


def monthly_question(turn: Teller) -> View:
    """The question with what becomes of the answer; ask `is_due` first."""
    return View(
        (Text(turn.say("hardship.question")), Hint(turn.say("hardship.without_who", n=FEWEST))),
        (
            (
                Button(turn.say("hardship.answer"), Press("hard_ask")),
                Button(turn.say("hardship.not_now"), Press("hard_not")),
            ),
        ),
    )


def rows(turn: Turn) -> tuple[Row, ...]:
    """The way to the question under the list of what is due, in the first days of a month."""
    if turn.today.day > ASKED_UNTIL or not is_due(turn.store, turn.person, turn.today):
        return ()
    return ((Button(turn.say("hardship.button"), Press("hard_ask")),),)


def month_counts(store: Store, team_id: TeamId, month: str) -> Mapping[HardshipTheme, int]:
    """For managers: answers by theme, the most frequent first; nothing while there are fewer than four."""
    counts = store.hardships.counts(team_id, month)
    if sum(counts.values()) < FEWEST:
        return {}
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], list(HardshipTheme).index(pair[0]))))


def month_line(store: Store, team_id: TeamId, month: str, knowledge: Knowledge, messages: Messages) -> str:
    """The same as a line of a report: 'Schwer war: Preis 3, Lieferung 2'; empty where nothing may be shown."""
    counts = month_counts(store, team_id, month)
    if not counts:
        return ""
    themes = ", ".join(f"{knowledge.hardships[theme].label} {n}" for theme, n in counts.items())
    return messages.text("hardship.counted", knowledge.language, themes=themes)


def theme_of(text: str, catalogue: Catalogue) -> HardshipTheme:
    """The theme that a sentence has most words of, in whatever language; the first one where two have as many."""
    said = {stem(word) for word in words_of(text)}
    scores = {theme: sum(_is_said(word, said) for word in _words(theme, catalogue)) for theme in HardshipTheme}
    best = max(HardshipTheme, key=lambda theme: scores[theme])
    return best if scores[best] else HardshipTheme.OTHER


def handle(turn: Turn) -> None:
    """The question's buttons, and the themes to confirm or to change."""
    if not isinstance(turn.event, Pressed):
        raise TypeError(f"no button was pressed: {turn.event!r}")
    press = turn.event.press
    if press.action == "hard":
        _count(turn, press.value)
    elif not is_due(turn.store, turn.person, turn.today):
        turn.toast(turn.say("hardship.told"))
    elif press.action == "hard_not":
        turn.store.hardships.tell(turn.person.id, month_asked(turn.today))
        turn.toast(turn.say("hardship.not_counted"))
        if turn.event.screen == "":
            turn.show(line(turn.say("hardship.not_counted")))
    else:
        forms.ask(turn, "hardship", 0, ask=turn.say("hardship.question"), of="0")


def keep(turn: Turn, answer: HardshipForm) -> None:
    """The answered form: a theme is proposed. The words go no further than this."""
    if not is_due(turn.store, turn.person, turn.today):
        turn.show(line(turn.say("hardship.told")))
        return
    month = month_asked(turn.today)
    turn.store.hardships.tell(turn.person.id, month)
    theme = theme_of(answer.text, turn.catalogue)
    turn.show(_themes_view(turn, theme, f"{token_from(turn.new_code())}.{month}", counted=False), SCREEN)


def _count(turn: Turn, value: str) -> None:
    found = _ANSWER.fullmatch(value)
    if found is None or found[1] not in set(HardshipTheme) or found[3] != month_asked(turn.today):
        turn.toast(turn.say("hardship.too_late"))
        return
    theme = HardshipTheme(found[1])
    turn.store.hardships.count(turn.person.team.id, found[2], found[3], theme)
    turn.toast(turn.say("hardship.kept", theme=turn.knowledge.hardships[theme].label))
    turn.edit(SCREEN, _themes_view(turn, theme, f"{found[2]}.{found[3]}", counted=True))


def _themes_view(turn: Turn, theme: HardshipTheme, answer: str, *, counted: bool) -> View:
    """The theme, and one tap for it or for another one."""
    key = "hardship.kept" if counted else "hardship.proposed"
    label = turn.knowledge.hardships[theme].label
    confirm = Button(turn.say("form.right"), _press(theme, answer))
    others = [
        Button(turn.knowledge.hardships[other].label, _press(other, answer))
        for other in HardshipTheme
        if other is not theme
    ]
    return View(
        (Text(turn.say(key, theme=label)), Hint(turn.say("hardship.words_gone"))),
        (*(() if counted else ((confirm,),)), *rows_of(others, 2)),
    )


def _press(theme: HardshipTheme, answer: str) -> Press:
    return Press("hard", value=f"{theme}={answer}")


def _words(theme: HardshipTheme, catalogue: Catalogue) -> frozenset[tuple[str, ...]]:
    """The words of a theme in all languages, each as its stems."""
    return frozenset(
        tuple(stem(part) for part in words_of(word))
        for knowledge in catalogue.by_language.values()
        for word in knowledge.hardships[theme].words
    )


def _is_said(word: tuple[str, ...], said: set[str]) -> bool:
    return all(
        part in said or (len(part) >= _SHORTEST_INSIDE and any(part in other for other in said)) for part in word
    )
