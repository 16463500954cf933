"""The product chart: rules, learning who supplies a line, pages, the list of competitors, and the red flag."""

import re
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.charts.rules.flow import Step
from accounts.charts.services import draw_flow
from accounts.charts.terms import StepKind
from accounts.competition.models import Competitor, ProductLine, ProductPosition
from accounts.competition.rules import Position, position_problem, total_white_space, white_space
from accounts.competition.selectors import chart_of
from accounts.competition.services import change_product_line, learn_position
from accounts.competition.terms import Supply
from accounts.red_flags.models import RedFlag
from accounts.red_flags.services import recompute
from accounts.red_flags.terms import FlagKind
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_person, make_unit

OURS, RIVAL, NOBODY = Supply.OURS, Supply.COMPETITOR, Supply.NOBODY
DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("position", "problem"),
    [
        (Position(RIVAL), ("competitor", "competitor")),
        (Position(OURS, "Rival"), ("competitor", "not_competitor")),
        (Position(NOBODY, share_percent=Decimal(1)), ("share_percent", "no_share")),
        (Position(OURS, share_percent=Decimal("100.01")), ("share_percent", "share")),
        (Position(OURS, share_percent=Decimal("-0.01")), ("share_percent", "share")),
        (Position(NOBODY, contract_ends_on=DAY), ("contract_ends_on", "contract")),
        (Position(Supply.NOT_APPLICABLE, value_amount=Decimal(1)), ("value_amount", "no_value")),
        (Position(NOBODY, value_amount=Decimal("-0.01")), ("value_amount", "value")),
        (Position(RIVAL, "Rival", Decimal(100), DAY, Decimal(0)), None),
        (Position(Supply.UNKNOWN, value_amount=Decimal(5)), None),
    ],
)
def test_what_cannot_be(position, problem):
    assert position_problem(position) == problem


amounts = st.decimals(0, 10**9, places=2)
shares = st.decimals(0, 100, places=2)


@given(amounts, shares)
def test_what_we_have_and_what_is_open_is_the_whole(value, share):
    still_open = white_space(Position(OURS, share_percent=share, value_amount=value))
    assert 0 <= still_open <= value
    assert abs(value * share / 100 + still_open - value) <= Decimal("0.005")


@given(st.lists(st.none() | amounts))
def test_the_sum_counts_what_is_known_and_says_what_is_not(values):
    total, is_complete = total_white_space(Position(NOBODY, value_amount=value) for value in values)
    assert total == sum(value for value in values if value is not None)
    assert is_complete == (None not in values)


def test_the_worked_examples_are_true():
    text = (
        (settings.BASE_DIR / "docs/domain/charts.md")
        .read_text(encoding="utf-8")
        .split("## The product chart")[1]
    )
    rows = [
        [c.strip() for c in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")
    ][2:]
    assert len(rows) == 7

    def number(cell):
        return Decimal(cell) if re.fullmatch(r"[0-9.]+", cell) else None

    for supply, value, share, still_open in rows:
        position = Position(Supply(supply), share_percent=number(share), value_amount=number(value))
        shown = white_space(position)
        assert still_open == ("?" if shown is None else f"{shown:.2f}")


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


@pytest.fixture
def line(db):
    return ProductLine.objects.get_or_create(code="dwellings", defaults={"label": "Dwellings"})[0]


def test_every_day_has_its_own_chart(unit, line, cast):
    first = learn_position(
        unit, line, Position(NOBODY), by=cast.owner, seen=None, learned_on=date(2026, 3, 1)
    )
    rival = Position(RIVAL, "湘江世纪城", Decimal(80), date(2026, 12, 31), Decimal(300_000))
    learn_position(unit, line, rival, by=cast.owner, seen=first.pk, learned_on=date(2026, 6, 1))

    def shown(day):
        return next(row.position for row in chart_of(unit, day).rows if row.line == line)

    assert shown(date(2026, 2, 28)) == Position(Supply.UNKNOWN)
    assert shown(date(2026, 5, 31)) == Position(NOBODY)
    assert shown(date(2026, 6, 1)) == rival


def test_the_same_again_writes_nothing_and_one_competitor_has_one_name(unit, line, cast):
    one = learn_position(unit, line, Position(RIVAL, "湘江世紀城"), by=cast.owner, seen=None)
    other = make_unit("株洲商会", owner=cast.owner)
    learn_position(other, line, Position(RIVAL, " 湘江世纪城 "), by=cast.owner, seen=None)
    assert Competitor.objects.count() == 1
    assert learn_position(unit, line, Position(RIVAL, "湘江世紀城"), by=cast.owner, seen=one.pk) == one
    assert ProductPosition.objects.count() == 2


def test_a_later_row_hides_an_earlier_day_only_from_its_own_day_on(unit, line, cast):
    now = learn_position(unit, line, Position(OURS), by=cast.owner, seen=None, learned_on=date(2026, 6, 1))
    learn_position(unit, line, Position(NOBODY), by=cast.owner, seen=now.pk, learned_on=date(2026, 3, 1))
    (row,) = [row for row in chart_of(unit, date(2026, 7, 1)).rows if row.line == line]
    assert row.position == Position(OURS)


def test_what_was_not_seen_is_not_overwritten(unit, line, cast):
    learn_position(unit, line, Position(OURS), by=cast.owner, seen=None)
    with pytest.raises(ConflictError):
        learn_position(unit, line, Position(NOBODY), by=cast.owner, seen=None)
    assert ProductPosition.objects.get().supply == OURS


@pytest.mark.parametrize("name", ["   ", "（）", "。"])
def test_a_competitor_without_a_name_is_refused(unit, line, cast, name):
    with pytest.raises(BusinessError) as refused:
        learn_position(unit, line, Position(RIVAL, name), by=cast.owner, seen=None)
    assert refused.value.field == "competitor"
    assert not ProductPosition.objects.exists()
    assert not Competitor.objects.exists()


def post(client, unit, **values):
    body = {"supply": "nobody", "competitor": "", "learned_on": "2026-06-01", "seen": ""} | values
    return client.post(f"/accounts/{unit.pk}/products/dwellings/", body)


def test_a_line_is_learned_on_its_page_and_shown_in_the_chart(unit, line, cast, client_of):
    client = client_of(cast.owner)
    answer = post(
        client,
        unit,
        supply="competitor",
        competitor="天元花园",
        share_percent="80",
        value_amount="300000",
        contract_ends_on="2027-01-31",
    )
    assert answer.status_code == 302
    page = client.get(f"/accounts/{unit.pk}/products/").content.decode()
    for text in ("天元花园", "300,000", "80"):
        assert text in page
    tab = client.get(f"/accounts/{unit.pk}/tabs/products/").content.decode()
    assert "天元花园" in tab


@pytest.mark.parametrize(
    ("values", "status", "text"),
    [
        ({"supply": "competitor"}, 422, "Say which competitor."),
        ({"competitor": "天元花园"}, 422, "Only a competitor’s line names one."),
        ({"supply": "ours", "share_percent": "101"}, 422, "A share from 0 to 100 per cent."),
        ({"value_amount": "-1"}, 422, "An amount from 0."),
        ({"value_amount": "x"}, 422, "Enter a number."),
        ({"supply": "dance"}, 422, "not one of the available choices"),
        ({"learned_on": "2199-01-01"}, 422, "still to come"),
        ({"seen": "77"}, 409, "learned something else"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_changes_nothing(
    unit, line, cast, client_of, values, status, text
):
    answer = post(client_of(cast.owner), unit, **values)
    assert answer.status_code == status
    assert text in answer.content.decode().replace("&#x27;", "’").replace("'", "’")
    assert not ProductPosition.objects.exists()


def test_the_list_of_competitors_shows_the_own_scope_and_only_what_holds(unit, line, cast, client_of):
    far = make_unit("株洲商会", owner=cast.other_team)
    past = make_unit("长沙商会", owner=cast.owner)
    for place in (unit, far, past):
        learn_position(place, line, Position(RIVAL, "天元花园"), by=cast.director, seen=None)
    old = ProductPosition.objects.get(unit=past)
    learn_position(past, line, Position(OURS), by=cast.director, seen=old.pk)
    mine = client_of(cast.owner).get("/competitors/").content.decode()
    assert "泉州商会" in mine
    assert "株洲商会" not in mine
    assert "长沙商会" not in mine
    assert "株洲商会" in client_of(cast.director).get("/competitors/").content.decode()


def test_the_filter_offers_only_competitors_of_units_one_sees(unit, line, cast, client_of):
    far = make_unit("株洲商会", owner=cast.other_team)
    learn_position(unit, line, Position(RIVAL, "天元花园"), by=cast.director, seen=None)
    learn_position(far, line, Position(RIVAL, "美的城"), by=cast.director, seen=None)
    address = "/competitors/?panel=filter"
    mine = client_of(cast.owner).get(address).content.decode()
    assert "天元花园" in mine
    assert "美的城" not in mine
    assert "美的城" in client_of(cast.director).get(address).content.decode()


def test_the_chart_costs_the_same_for_many_lines(unit, line, cast, client_of):
    client = client_of(cast.owner)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/accounts/{unit.pk}/products/")
        return len(queries)

    learn_position(unit, line, Position(RIVAL, "天元花园"), by=cast.owner, seen=None)
    ask()
    few = ask()
    for n in range(20):
        more = ProductLine.objects.create(code=f"line-{n}", label=f"Line {n}")
        learn_position(unit, more, Position(RIVAL, f"Rival {n}"), by=cast.owner, seen=None)
    assert ask() == few


def test_a_retired_line_leaves_the_chart_but_not_its_past(unit, line, cast):
    learn_position(unit, line, Position(OURS), by=cast.owner, seen=None, learned_on=date(2026, 3, 1))
    change_product_line(line, {"retired_on": date(2026, 5, 1)}, by=cast.director)
    assert line in [row.line for row in chart_of(unit, date(2026, 4, 30)).rows]
    assert line not in [row.line for row in chart_of(unit, date(2026, 5, 1)).rows]


def test_a_contract_of_a_competitor_is_told_before_it_ends(unit, line, cast):
    def standing(day):
        recompute([unit.pk], today=day)
        return list(RedFlag.objects.standing().filter(unit=unit, kind=FlagKind.COMPETITOR_CONTRACT_ENDS))

    rival = Position(RIVAL, "天元花园", contract_ends_on=date(2026, 12, 31))
    row = learn_position(unit, line, rival, by=cast.owner, seen=None, learned_on=DAY)
    assert standing(date(2026, 10, 1)) == []
    (flag,) = standing(date(2026, 10, 2))
    assert (flag.since_on, flag.evidence["ends"]) == (date(2026, 10, 2), "2026-12-31")
    assert standing(date(2026, 12, 31)) == [flag]
    assert standing(date(2027, 1, 1)) == []
    assert standing(date(2026, 12, 31)) == []  # the same facts are not raised again
    longer = Position(RIVAL, "天元花园", contract_ends_on=date(2027, 1, 31))
    learn_position(unit, line, longer, by=cast.owner, seen=row.pk, learned_on=DAY)
    (again,) = standing(date(2026, 12, 31))
    assert again != flag


def test_the_customer_file_prints_map_flow_and_products(unit, line, cast, client_of):
    boss = make_person(unit, "许志远", post="会长")
    draw_flow(
        unit,
        [Step(StepKind.DECIDE, boss.pk), Step(StepKind.SIGN, who="法定代表人")],
        by=cast.owner,
        revision=0,
    )
    rival = Position(RIVAL, "天元花园", Decimal(80), date(2027, 1, 31), Decimal(300_000))
    learn_position(unit, line, rival, by=cast.owner, seen=None)
    answer = client_of(cast.owner).get(f"/accounts/{unit.pk}/file.pdf?language=zh-hans")
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    for value in ("会长", "法定代表人", "天元花园", "2027-01-31", "300,000"):
        assert value in text
    assert text.count("许志远") >= 3  # among the persons, on the map, in the flow
