"""The picture of a BAB for the phone."""

import io

import pytest
from PIL import Image

from bot.reports.bab_picture import bab_picture
from knowledge.language.languages import Language
from tests.bot.reports.sheets import SHEETS, Json
from tests.bot.sheets.books import MESSAGES
from tests.knowledge.accounting.sheets import MODEL, centres, computed


def picture(json: Json, language: Language = Language.DE) -> Image.Image:
    content = bab_picture(computed(json), MESSAGES, language)
    assert len(content) <= 300_000
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("json", SHEETS.values(), ids=SHEETS)
def test_every_sheet_fits_a_phone_and_telegram(json: Json) -> None:
    drawn = picture(json)
    assert drawn.width == 780  # 390 points at double density
    assert drawn.width + drawn.height <= 10_000
    assert drawn.height / drawn.width <= 20
    assert len(drawn.convert("RGB").getcolors(10_000) or []) > 5


def large(count: int, amount: str = "1234567.89") -> Json:
    """Many centres, many rows, long names with signs that are markup elsewhere."""
    names = {f"Fertigung {place} $x^2$ <b>": "production" for place in range(count)}
    rows = [{"name": f"Kostenart {place} & Söhne", "amounts": dict.fromkeys(names, amount)} for place in range(60)]
    return {"cost_centres": centres(**names), "overheads": rows}


def test_many_columns_stand_in_blocks_and_very_many_turn_into_a_list() -> None:
    few, many, most = picture(large(5)), picture(large(12)), picture(large(200))
    assert most.height < few.height < 4_000
    assert max(many.height, most.height) < 10_000


def test_both_languages_draw_and_the_same_sheet_gives_the_same_picture() -> None:
    german, english = (bab_picture(computed(MODEL), MESSAGES, language) for language in Language)
    assert german != english
    assert german == bab_picture(computed(MODEL), MESSAGES, Language.DE)
