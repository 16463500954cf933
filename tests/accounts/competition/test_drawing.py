"""The product chart as drawn: as long as a line is worth, with whose part it is; on the page and on paper."""

import io
from datetime import date
from decimal import Decimal

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.competition.documents import LONGEST, SHORTEST, drawn_chart
from accounts.competition.models import ProductLine
from accounts.competition.rules import Position, parts_of
from accounts.competition.selectors import chart_of
from accounts.competition.services import learn_position
from accounts.competition.terms import Supply
from kam.core.clock import business_date
from tests.factories.accounts import make_unit

OURS, RIVAL, NOBODY = Supply.OURS, Supply.COMPETITOR, Supply.NOBODY


@pytest.mark.parametrize(
    ("position", "parts"),
    [
        (Position(OURS, share_percent=Decimal(35)), (35, 0, 65)),
        (Position(OURS), (100, 0, 0)),
        (Position(RIVAL, "Rival", Decimal(80)), (0, 80, 20)),
        (Position(RIVAL, "Rival"), (0, 100, 0)),
        (Position(NOBODY), (0, 0, 100)),
        (Position(Supply.UNKNOWN), (0, 0, 0)),
        (Position(Supply.NOT_APPLICABLE), (0, 0, 0)),
    ],
)
def test_whose_part_of_a_line_it_is(position, parts):
    assert parts_of(position) == parts


@given(st.sampled_from([OURS, RIVAL]), st.decimals(0, 100, places=2))
def test_the_parts_of_a_supplied_line_are_the_whole(supply, share):
    assert sum(parts_of(Position(supply, share_percent=share))) == 100


@pytest.fixture
def unit(cast):
    found = make_unit("泉州商会", owner=cast.owner)
    told = (
        Position(OURS, "", Decimal(35), None, Decimal(200_000)),
        Position(RIVAL, "天元花园", Decimal(80), date(2027, 6, 21), Decimal(400_000)),
    )
    for line, position in zip(ProductLine.objects.in_force(), told, strict=False):
        learn_position(found, line, position, by=cast.owner, seen=None)
    return found


@pytest.mark.django_db
def test_a_bar_is_as_long_as_its_line_is_worth(unit):
    bars = drawn_chart(chart_of(unit, business_date())).bars
    assert [(bar.width, bar.is_dashed) for bar in bars[:3]] == [
        (LONGEST // 2, False),
        (LONGEST, False),
        (LONGEST, True),
    ]
    ours, theirs = bars[0].parts, bars[1].parts
    assert [(width, tone) for _x, width, tone in ours] == [(92, "ours"), (172, "left")]
    assert [(width, tone) for _x, width, tone in theirs] == [(424, "theirs"), (106, "left")]
    assert ours[0][0] + ours[0][1] == ours[1][0]
    assert bars[1].says == "天元花园 · 80 % · Contract ends on: 2027-06-21 · Value in yuan a year: 400,000.00"
    assert (bars[2].parts, bars[2].says, SHORTEST > 0) == ((), "not known", True)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_it_stands_on_the_page_and_is_printed_on_one_sheet(unit, cast, client_of, language):
    page = client_of(cast.owner).get(f"/accounts/{unit.pk}/products/").content.decode()
    assert page.count('<rect class="all') == ProductLine.objects.in_force().count()
    address = f"/accounts/{unit.pk}/products.pdf"
    assert f'href="{address}?on={business_date()}"' in page
    answer = client_of(cast.owner).get(f"{address}?on=nonsense&language={language}")
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    assert (answer["Content-Type"], len(reader.pages)) == ("application/pdf", 1)
    assert "天元花园" in reader.pages[0].extract_text()
    assert client_of(cast.other_team).get(address).status_code == 404
