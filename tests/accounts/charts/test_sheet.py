"""The map on paper."""

from datetime import date

import pypdfium2
import pytest

from accounts.persons.terms import BuyerRole
from tests.factories.accounts import make_person, make_role, make_unit


def text_of(pdf):
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_the_sheet_holds_everybody_and_every_change(cast, client_of, language):
    unit = make_unit("泉州商会", owner=cast.owner)
    make_role(make_person(unit, "许志远", post="会长"), BuyerRole.DECISION_MAKER)
    make_person(unit, "蔡𠮷斌", post="主任", added_on=date(2026, 6, 5))
    answer = client_of(cast.owner).get(
        f"/accounts/{unit.pk}/map.pdf?on=2026-06-30&against=quarter&language={language}"
    )
    assert answer["Content-Type"] == "application/pdf"
    text = text_of(answer.content)
    for value in ("许志远", "会长", "蔡𠮷斌", "主任"):
        assert value in text
    assert text.count("蔡𠮷斌") == 2  # on the card, and among what changed
