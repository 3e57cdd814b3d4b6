"""'So gerechnet': the working of a result, a few lines a page, each with its formula and the numbers in it."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from dialogs.accounting.words import figure
from dialogs.press import Press
from dialogs.turn import Turn
from dialogs.view import Block, Button, Heading, Hint, Text, View
from knowledge.accounting.faults import shown
from knowledge.accounting.working import Step, Working

STEPS_ON_A_PAGE: Final = 5
"""Two lines each, with the heading twelve at most."""

_LONGEST_FORMULA: Final = 160
_TERM: Final = re.compile(r"( [+-] )?\{(\w+)\}")


def working_view(
    turn: Turn, title: str, working: Working, page: int, to_page: Callable[[int], Press], back: Button
) -> View:
    """One page; a page that is not there shows the last one. What only passes a number on is left out."""
    steps = [step for step in working if not _only_repeats(step)]
    last = max(len(steps) - 1, 0) // STEPS_ON_A_PAGE
    page = min(max(page, 0), last)
    blocks: list[Block | None] = [Heading(title)]
    for step in steps[page * STEPS_ON_A_PAGE : (page + 1) * STEPS_ON_A_PAGE]:
        blocks += _lines(turn, step)
    if last:
        blocks.append(Hint(turn.say("working.page", n=page + 1, of=last + 1)))
    ways = [Button(turn.say("working.earlier"), to_page(page - 1))] if page else []
    ways += [Button(turn.say("working.later"), to_page(page + 1))] if page < last else []
    return View(tuple(blocks), (*((tuple(ways),) if ways else ()), (back,)))


def _lines(turn: Turn, step: Step) -> list[Block]:
    label = turn.say(step.label, **step.params)
    formula = _without_zeros(step).formula(lambda operand: figure(operand, turn.language))
    result = figure(step.result, turn.language)
    if formula == result:
        return [Text(turn.say("working.given", label=label, result=result))]
    words = turn.say("working.step", formula=shown(formula, _LONGEST_FORMULA), result=result)
    return [Text(label), Hint(words)]


def _without_zeros(step: Step) -> Step:
    """A sum without the terms that are 0, its first one aside."""
    terms = _TERM.findall(step.pattern)
    if len(terms) < 2 or "".join(f"{sign}{{{name}}}" for sign, name in terms) != step.pattern:
        return step
    kept = [(sign, name) for place, (sign, name) in enumerate(terms) if not place or step.operands[name].value]
    if not step.operands[kept[0][1]].value and len(kept) > 1 and kept[1][0] == " + ":
        kept = [("", kept[1][1]), *kept[2:]]
    pattern = "".join(f"{sign}{{{name}}}" for sign, name in kept)
    return replace(step, pattern=pattern, operands={name: step.operands[name] for _, name in kept})


def _only_repeats(step: Step) -> bool:
    """A sum of one line that has been shown, and a line that is 0, say nothing."""
    step = _without_zeros(step)
    operands = list(step.operands.values())
    repeats = len(operands) == 1 and operands[0].value == step.result.value and operands[0].source not in ("", step.id)
    return repeats or not step.result.value
