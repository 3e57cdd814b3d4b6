"""Know-how (Wissen): small lessons and everything else the bot knows, as shelves to look through and by search.

Looking is nobody's business: nothing of it is stored, neither what was asked nor what was read. The lesson of the day
follows from the day and from what stands open, so that it changes by itself.
"""

from typing import Final

from dialogs import learn_entries
from dialogs.conversation import moves, objections, steps
from dialogs.conversation.talk import ObjectionState, Standing, Talk
from dialogs.learn_entries import ENTRY_SCREEN, entry_view, is_there, label_of, press_to
from dialogs.press import Press
from dialogs.read_back import shortened
from dialogs.turn import Command, Pressed, Turn
from dialogs.view import Block, Button, Heading, Hint, Row, Text, View, line, rows_of
from knowledge.catalogue import Knowledge
from knowledge.search import Hit
from knowledge.search_entries import SOURCES, entries_of
from knowledge.search_terms import EntryKind
from knowledge.taxonomy import Country, ObjectionId

COMMANDS: Final = frozenset({"learn"})
ACTIONS: Final = frozenset({"learn", "shelf", "know"})

SCREEN: Final = "learn"
HITS: Final = 6
NEAREST: Final = 3
ON_A_SHELF: Final = 8
POOL: Final = 7
"""So many lessons take turns day by day, where that many fit: a week without seeing one twice."""
_LATELY: Final = 20
"""Open conversations whose objections say what fits now."""
_TOPICS_IN_A_ROW: Final = 3
_LONGEST_QUERY_SHOWN: Final = 40


def handle(turn: Turn) -> None:
    """The command searches, or shows the lesson of the day; presses look through shelves and open entries."""
    if isinstance(turn.event, Command):
        query = turn.event.argument.strip() if turn.event.name != "start" else ""  # from inline mode
        if query:
            _search(turn, query)
        else:
            turn.show(today_view(turn, 0), SCREEN)
        return
    press = moves.press_of(turn)
    match press.action:
        case "shelf" if press.value in list(EntryKind):
            _show(turn, shelf_view(turn, EntryKind(press.value), press.version))
        case "know":
            name, id_ = press.split()
            if is_there(turn, name, id_):
                view = entry_view(turn, EntryKind(name), id_, page=press.version, origin=press.subject)
                _show_entry(turn, view)
            else:
                turn.toast(turn.say("learn.gone"))
                _show(turn, today_view(turn, 0))
        case _:
            _show(turn, today_view(turn, press.version))


def today_view(turn: Turn, skipped: int) -> View:
    """The lesson of the day in short (`skipped`: how many others come before it), the topics, and how to search."""
    shelves = rows_of([_shelf_button(turn, kind) for kind in _kinds(turn.knowledge)], _TOPICS_IN_A_ROW)
    pool = lesson_pool(turn)
    if not pool:
        return View((Text(turn.say("learn.topics")), Hint(turn.say("learn.try_search"))), shelves)
    id_, why = pool[(turn.today.toordinal() + skipped) % len(pool)]
    lesson = turn.knowledge.lessons[id_]
    first = shortened(lesson.text.split("\n")[0])
    blocks: tuple[Block | None, ...] = (Hint(why), Heading(lesson.title), Text(first), None)
    read = Button(turn.say("learn.read"), press_to(EntryKind.LESSON, id_))
    other = Button(turn.say("learn.another"), Press("learn", version=(skipped + 1) % len(pool)))
    way = (read, other) if len(pool) > 1 else (read,)
    return View((*blocks, Hint(turn.say("learn.try_search"))), (way, *shelves))


def lesson_pool(turn: Turn) -> tuple[tuple[str, str], ...]:
    """(lesson, why it comes) for the days to come: what open objections ask for, then what the phase does, then all.

    The objections of the conversation that is on come before those of other open ones, open ones before settled ones.
    """
    lessons = turn.knowledge.lessons
    pool: dict[str, str] = {}
    talk = steps.active_talk(turn)
    for objection in _asked_lately(turn, talk):
        why = turn.say("learn.why_objection", objection=turn.knowledge.objections[objection].label)
        pool |= {id_: why for id_, lesson in lessons.items() if objection in lesson.objections and id_ not in pool}
    if talk is not None and talk.standing is not Standing.FINISHED:
        why = turn.say("learn.why_phase", phase=turn.knowledge.phases[talk.phase].label)
        pool |= {id_: why for id_, lesson in lessons.items() if talk.phase in lesson.phases and id_ not in pool}
    if len(pool) < POOL:
        pool |= {id_: turn.say("learn.why_today") for id_ in lessons if id_ not in pool}
        return tuple(pool.items())
    return tuple(pool.items())[:POOL]


def shelf_view(turn: Turn, kind: EntryKind, page: int) -> View:
    """All entries of a kind as buttons, some at a time."""
    entries = [Hit(kind, str(id_), "", 0) for id_ in entries_of(turn.knowledge, kind)]
    if kind is EntryKind.RULE:
        entries.sort(key=lambda hit: turn.knowledge.reminders[hit.id].country is not _country(turn))
    last = max(0, (len(entries) - 1) // ON_A_SHELF)
    page = min(max(page, 0), last)
    shown = entries[page * ON_A_SHELF : (page + 1) * ON_A_SHELF]
    turning: Row = tuple(
        Button(turn.say(f"learn.{word}"), Press("shelf", version=to, value=kind))
        for word, to in (("earlier", page - 1), ("later", page + 1))
        if 0 <= to <= last
    )
    rows: list[Row] = [(_entry_button(turn, hit),) for hit in shown]
    rows += [turning] if turning else []
    rows.append((Button(turn.say("learn.all_topics"), Press("learn")),))
    return View((Heading(turn.say(f"learn.shelf.{kind}")), Hint(turn.say(f"learn.about.{kind}"))), tuple(rows))


def _asked_lately(turn: Turn, talk: Talk | None) -> tuple[ObjectionId, ...]:
    """Objections of the conversation that is on, then those of the others that are open; what is unsettled first."""
    others = (opened.talk for opened in turn.store.conversations.open(turn.person.id, _LATELY))
    talks = [talk, *others] if talk is not None else list(others)
    raised = [
        raised for each in talks for raised in sorted(each.objections, key=lambda r: r.state is not ObjectionState.OPEN)
    ]
    return tuple(dict.fromkeys(known.id for known in raised))


def _search(turn: Turn, query: str) -> None:
    hits = found(turn, query)
    if len(hits) == 1:
        _open(turn, hits[0])
        return
    shown = shortened(query, _LONGEST_QUERY_SHOWN)
    topics = Button(turn.say("learn.all_topics"), Press("learn"))
    if hits:
        said: Block = Heading(turn.say("learn.hits", query=shown))
        near = hits
    else:
        said = Text(turn.say("learn.nothing", query=shown))
        near = turn.knowledge.search.nearest(query, NEAREST)
    turn.show(View((said,), (*((_entry_button(turn, hit),) for hit in near), (topics,))), SCREEN)


def found(turn: Turn, query: str) -> tuple[Hit, ...]:
    """Up to six hits; of rules of contact those of the team's country, unless the query names another."""
    return turn.knowledge.search.find(query, HITS, _country(turn))


def _country(turn: Turn) -> Country | None:
    """Where the team sells; None where no rules are known."""
    code = turn.person.team.region[:2].upper()
    return Country(code) if code in list(Country) else None


def _open(turn: Turn, hit: Hit) -> None:
    if hit.kind is EntryKind.OBJECTION:  # its help belongs to the conversation
        turn.event = Pressed(learn_entries.objection_press(turn, ObjectionId(hit.id)))
        objections.handle(turn)
    else:
        turn.show(entry_view(turn, hit.kind, hit.id), ENTRY_SCREEN)


def _entry_button(turn: Turn, hit: Hit) -> Button:
    press = (
        learn_entries.objection_press(turn, ObjectionId(hit.id))
        if hit.kind is EntryKind.OBJECTION
        else press_to(hit.kind, hit.id)
    )
    return Button(label_of(turn, hit.kind, hit.id), press)


def _shelf_button(turn: Turn, kind: EntryKind) -> Button:
    label = turn.say(f"learn.shelf.{kind}")
    if kind is EntryKind.OBJECTION:
        talk = steps.active_talk(turn)
        return Button(label, Press("obj", talk.id if talk else 0, value="look"))
    return Button(label, Press("shelf", value=kind))


def _kinds(knowledge: Knowledge) -> tuple[EntryKind, ...]:
    """Shelves with something on them."""
    return tuple(source.kind for source in SOURCES if entries_of(knowledge, source.kind))


def _show_entry(turn: Turn, view: View) -> None:
    """In place where one entry leads to another; else below the list, which stays to be gone through."""
    _show_below(turn, ENTRY_SCREEN, view, turn.say("learn.entry_moved"))


def _show(turn: Turn, view: View) -> None:
    _show_below(turn, SCREEN, view, turn.say("learn.moved"))


def _show_below(turn: Turn, screen: str, view: View, moved: str) -> None:
    """Draws a screen where it was pressed, or where it stands below that; else it moves down there."""
    pressed_on = turn.event.screen if isinstance(turn.event, Pressed) else ""
    place = turn.store.screens.messages_below(turn.sender.chat_id, screen)
    pressed = turn.store.screens.messages_below(turn.sender.chat_id, pressed_on) if pressed_on else None
    if place is None:
        turn.show(view, screen)
    elif pressed_on == screen or (pressed is not None and place < pressed):
        turn.edit(screen, view)
    else:
        turn.move_down(screen, view, line(moved))
