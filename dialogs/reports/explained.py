"""'Zahlen erklärt': each figure with its definition, its formula, and the numbers that went in."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from dialogs.reports.words import Words
from dialogs.view import Block, Heading, Hint, Text
from knowledge.figures.definitions import Figure, FigureId, Unit
from knowledge.figures.share import Share
from knowledge.language import writing
from knowledge.language.money import Money
from knowledge.taxonomy import AcquisitionId, FunnelStage, LeadQuality, LossReasonId, PhaseId

LINES_ON_A_PAGE: Final = 12
SAME_ON_A_PAGE: Final = 4
"""Stages, phases or reasons, two lines each, between the name of the figure and what it means."""

Page = tuple[Block | None, ...]


def explained(words: Words, figures: Sequence[Figure[object]]) -> list[Page]:
    """The pages, as many figures on each as can be read; one of several stages or reasons stands together."""
    pages: list[Page] = []
    for id_, same in groupby(_together(figures), key=lambda figure: figure.id):
        of_one_kind = list(same)
        for start in range(0, len(of_one_kind), SAME_ON_A_PAGE):
            blocks = tuple(_figure(words, id_, of_one_kind[start : start + SAME_ON_A_PAGE]))
            if pages and _lines(pages[-1]) + _lines(blocks) <= LINES_ON_A_PAGE:
                pages[-1] = (*pages[-1], None, *blocks)
            else:
                pages.append(blocks)
    return pages


def value_words(words: Words, figure: Figure[object]) -> str:
    """What a figure says, in its unit."""
    match figure.value:
        case Share() as share:
            return words.sure_share(share)
        case Money() as money:
            return writing.money(money, words.language)
        case None:
            return words.say("report.unknown")
        case value if figure.id.unit is Unit.DAYS:
            return words.say("report.days", n=value)
        case value:
            return words.say("report.number", n=value)


def about_words(words: Words, figure: Figure[object]) -> str:
    """The stage, phase, channel, reason or quality that a figure is of; empty where it is of none."""
    about = figure.about
    if about is None:
        return ""
    match figure.id:
        case FigureId.STAGE_CONVERSION:
            return words.knowledge.funnel[FunnelStage(about)].label
        case FigureId.STALL | FigureId.OBJECTION_PHASE:
            return words.knowledge.phases[PhaseId(about)].label
        case FigureId.LOSS_REASON:
            return words.knowledge.loss_reasons[LossReasonId(about)].label
        case FigureId.LEAD_QUALITY | FigureId.LEAD_CONVERSION:
            return words.say(f"report.quality.{LeadQuality(about)}")
        case FigureId.CLOSING_RATE:
            return words.say("report.compared")
        case FigureId.ACQUISITION_COST:
            return words.knowledge.acquisition[AcquisitionId(about)].label
        case _:
            return about


def _together(figures: Sequence[Figure[object]]) -> list[Figure[object]]:
    """Those of one kind one after the other, the kinds in the order in which they come first."""
    order = list(dict.fromkeys(figure.id for figure in figures))
    return sorted(figures, key=lambda figure: order.index(figure.id))


def _lines(page: Page) -> int:
    """As a phone shows it: a formula has a line of its own, a source takes three."""
    return sum(2 if isinstance(block, Text) else 3 if isinstance(block, Hint) else 1 for block in page)


def _figure(words: Words, id_: FigureId, same: Sequence[Figure[object]]) -> Iterator[Block | None]:
    yield Heading(words.say(id_.name_words))
    for figure in same:
        about = about_words(words, figure)
        value = value_words(words, figure)
        formula = words.say(id_.formula_words, **_numbers(figure))
        key = "report.formula_about" if about else "report.formula"
        yield Text(words.say(key, about=about, value=value, formula=formula))
    yield Hint(words.say("report.meant", source=words.say(id_.source_words), unit=words.say(id_.unit.words)))


def _numbers(figure: Figure[object]) -> dict[str, Any]:
    return dict(figure.numbers)
