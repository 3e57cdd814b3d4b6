"""Who is spoken to and how: Sie to the customer, du to the seller, and nothing that good sellers don't say."""

import re

from knowledge.language.messages import Language
from knowledge.taxonomy import ObjectionGroup, ObjectionId, TechniqueId
from tests.knowledge.content_words import CATALOGUE, each_language, read_by_sellers, said_to_customers, wordings

# Who is spoken to


def test_german_customers_are_addressed_with_sie() -> None:
    familiar = re.compile(r"\b(du|dich|dir|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)
    assert [text for text in said_to_customers(CATALOGUE[Language.DE]) if familiar.search(text)] == []


def test_german_sellers_are_never_addressed_with_sie() -> None:
    formal = re.compile(r"\b(Sie|Ihnen|Ihr\w*)\b")
    assert [text for text in read_by_sellers(CATALOGUE[Language.DE]) if formal.search(text)] == []


@each_language
def test_nothing_is_shouted(language: Language) -> None:
    knowledge = CATALOGUE[language]
    words = [*said_to_customers(knowledge), *read_by_sellers(knowledge)]
    assert [text for text in words if "!" in text] == []


@each_language
def test_what_is_said_has_no_brackets_slashes_or_semicolons(language: Language) -> None:
    assert [text for text in said_to_customers(CATALOGUE[language]) if re.search(r"[()\[\]/;]", text)] == []


# What good sellers don't say


CLICHES = {
    Language.DE: (
        r"Tasse Kaffee", r"Kaffee am Tag", r"win.?win", r"Mehrwert(?!steuer)", r"\bbewährt", r"partnerschaftlich",
        r"unverbindlich", r"Zauberstab", r"Skala von", r"auf einer Skala", r"gute Frage", r"guter Punkt",
        r"guter Einwand", r"Das verstehe ich", r"^Verstehe\b", r"kann ich (gut )?(nachvollziehen|verstehen)",
        r"andere Kunden (haben|dachten|sagten)",
        r"ganz ehrlich gesagt", r"maßgeschneidert", r"ganzheitlich", r"Synergie", r"auf Augenhöhe",
        r"Was genau meinen Sie", r"Im Vergleich wozu", r"Widerrufsrecht", r"nur heute", r"letzte Chance", r"\d+ ?%",
    ),
    Language.EN: (
        r"cup of coffee", r"coffee a day", r"win.?win", r"added value", r"\bproven\b", r"magic wand", r"scale of",
        r"scale from", r"great question", r"good question", r"good point", r"I hear you", r"totally fair",
        r"I (totally |completely )?understand\b", r"other customers (felt|have felt)", r"no.?brainer", r"game.?changer",
        r"synerg", r"tailor.?made", r"reach out", r"touch base", r"circle back", r"compared to what",
        r"what exactly do you mean", r"cooling.off", r"today only", r"last chance", r"\d+ ?(%|per cent|percent)",
    ),
}  # fmt: skip


@each_language
def test_no_cliche_and_no_invented_figure_is_said(language: Language) -> None:
    worn = re.compile("|".join(CLICHES[language]), re.IGNORECASE)
    assert [text for text in said_to_customers(CATALOGUE[language]) if worn.search(text)] == []


CHEAP = {
    Language.DE: r"billig|preiswert|Schnäppchen|spottbillig|kostet (ja )?nur|\bnur (\d|{price})|gerade (ein)?mal \d",
    Language.EN: r"\bcheap\b|inexpensive|bargain|costs only|\bonly (\d|{price}|[€£$])|\bjust (\d|{price}|[€£$])",
}

OWN_PRICE_IS_LOW = {
    Language.DE: r"(wir|unser\w*|{price}) \b[^.?]*(sind|ist|bleib\w+) [^.?]*günstig",
    Language.EN: r"(we|our|{price})\b[^.?]*('re|are|is) [^.?]*cheap",
}


@each_language
def test_a_price_objection_is_never_told_that_the_price_is_low(language: Language) -> None:
    low = re.compile(f"{CHEAP[language]}|{OWN_PRICE_IS_LOW[language]}", re.IGNORECASE)
    said = [
        text
        for id_, objection in CATALOGUE[language].objections.items()
        if objection.group is ObjectionGroup.PRICE
        for _, wording in wordings(objection, id_)
        for text in (wording.text, wording.otherwise)
    ]
    assert [text for text in said if low.search(text)] == []


TOTAL = {
    Language.DE: r"{price}|[Gg]esamt|Summe|insgesamt|volle Betrag",
    Language.EN: r"{price}|\btotal|altogether|\bsum\b|(full|whole) amount",
}


@each_language
def test_a_break_down_names_the_total(language: Language) -> None:
    broken_down = [
        answer.say
        for objection in CATALOGUE[language].objections.values()
        for answer in objection.answers
        if answer.technique is TechniqueId.BREAK_DOWN
    ]
    assert broken_down
    total = re.compile(TOTAL[language])
    said = [text for wording in broken_down for text in (wording.text, wording.otherwise) if text]
    assert [text for text in said if not total.search(text)] == []


ENDS_IT_WELL = {
    TechniqueId.OPEN_WITHDRAWAL,
    TechniqueId.SPECIFY,
    TechniqueId.ANTICIPATE,
    TechniqueId.PROOF,
    TechniqueId.DEFER,
    TechniqueId.YES_AND,
    TechniqueId.CONDITIONAL_AGREEMENT,
}

GOES_ON_SELLING = {
    Language.DE: r"Angebot|Preis|Nutzen|Vorteil|Interesse|Bedarf|Muster|Termin|später noch|ein andermal",
    Language.EN: r"\boffer|price|benefit|interested|\bneeds?\b|sample|appointment|another time|later on",
}


@each_language
def test_who_wants_no_contact_hears_no_argument_and_no_question_that_goes_on_selling(language: Language) -> None:
    objection = CATALOGUE[language].objections[ObjectionId.DO_NOT_CONTACT]
    assert {answer.technique for answer in objection.answers} <= ENDS_IT_WELL
    selling = re.compile(GOES_ON_SELLING[language], re.IGNORECASE)
    said = [text for _, wording in wordings(objection) for text in (wording.text, wording.otherwise)]
    assert [text for text in said if selling.search(text)] == []
    answered = [text for answer in objection.answers for _, w in wordings(answer) for text in (w.text, w.otherwise)]
    assert [text for text in answered if "?" in text] == []
