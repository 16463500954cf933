"""Outlets from their opening to their closing: ranked by the quarter, at most once, refused without a trace (S-249, S-250, S-053)."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import psycopg2
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from campaigns.inspections.models import Inspection, SeenRow
from campaigns.outlets import services
from campaigns.outlets.models import Outlet, OutletSales, OutletSeller
from campaigns.outlets.selectors import numbers_of, quarter_for, sellers_of
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_person, make_unit
from tests.factories.integrity import make_benefit, make_receiver
from tests.factories.outlets import described, make_inspection, make_outlet, sell

pytestmark = pytest.mark.django_db
QUARTER = (date(2026, 7, 1), date(2026, 9, 30))


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def rows():
    tables = (Outlet, OutletSales, OutletSeller)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


def refusal(code, act, *args, error=BusinessError, **kwargs):
    before = rows()
    with pytest.raises(error) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert (caught.value.code, rows()) == (code, before)


def test_each_quarter_the_last_goes_and_a_new_one_comes(cast, unit):
    good, weak = make_outlet(unit, cast.owner, "河西店"), make_outlet(unit, cast.owner, "河东店")
    new = make_outlet(unit, cast.owner, "新店", opened_on=date(2026, 8, 1))
    sell(good, cast.owner, m06=1, m07=300, m09=100)
    sell(weak, cast.owner, m07=399)
    make_inspection(weak, cast.owner, 1, on=date(2026, 9, 30))
    told = quarter_for(cast.owner, *QUARTER)
    assert [(row.outlet, row.standing.sold, row.is_weakest) for row in told.rows] == [
        (good, 400, False),
        (weak, 399, True),
    ]
    assert (told.rows[1].standing.score, told.new, told.turn.missing) == (Decimal("90.0"), [new], 27)
    services.close_outlet(weak, on=date(2026, 9, 30), reason="上季度末位", by=cast.manager)
    turn = quarter_for(cast.owner, *QUARTER).turn
    assert (turn.closed, turn.opened, turn.open, turn.is_done) == (1, 1, 2, True)
    assert quarter_for(cast.other_team, *QUARTER).rows == []


def test_what_does_not_fit_is_refused_and_nothing_changes(cast, unit):
    outlet = make_outlet(unit, cast.owner)
    tomorrow = business_date() + timedelta(1)
    early = date(2026, 1, 4)
    refusal("taken", make_outlet, unit, cast.owner)
    refusal("future", make_outlet, unit, cast.owner, "明日店", opened_on=tomorrow)
    refusal("order", make_outlet, unit, cast.owner, "早店", image_on=early)
    refusal(
        "stale", services.edit_outlet, outlet, described("x"), by=cast.owner, version=0, error=ConflictError
    )
    refusal("before_opening", services.close_outlet, outlet, on=early, reason="x", by=cast.manager)
    refusal("not_a_month", services.tell_sales, outlet, early, Decimal(1), by=cast.owner)
    refusal("future", services.tell_sales, outlet, date(2099, 1, 1), Decimal(1), by=cast.owner)
    stranger = make_person(make_unit("别家", owner=cast.owner))
    refusal("unit", services.name_seller, outlet, stranger, since=business_date(), by=cast.owner)
    seller = make_person(unit)
    services.name_seller(outlet, seller, since=business_date(), by=cast.owner)
    refusal("twice", services.name_seller, outlet, seller, since=business_date(), by=cast.owner)
    services.close_outlet(outlet, on=business_date(), reason="租约到期", by=cast.manager)
    assert OutletSeller.objects.get().until == business_date()
    closed = {"by": cast.owner, "error": ConflictError}
    refusal("closed", services.edit_outlet, outlet, described("x"), version=2, **closed)
    refusal("closed", services.close_outlet, outlet, on=business_date(), reason="再关", **closed)


def test_the_database_holds_what_must_hold_for_ever(cast, unit):
    outlet = make_outlet(unit, cast.owner)
    inspection = make_inspection(outlet, cast.owner, 1)
    for name, act in (
        ("outlet_closes_with_a_reason", lambda: Outlet.objects.update(closed_on=business_date())),
        ("outlet_days_in_order", lambda: Outlet.objects.update(image_on=date(2020, 1, 1))),
        (
            "outlet_sales_by_month",
            lambda: OutletSales.objects.create(
                outlet=outlet, month=date(2026, 7, 2), amount=1, by=cast.owner
            ),
        ),
        (
            "inspection_once_a_day",
            lambda: Inspection.objects.create(
                number="x", outlet=outlet, version=inspection.version, on=inspection.on, by=cast.owner
            ),
        ),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            act()
    for rows_of in (Inspection.objects.all(), SeenRow.objects.all()):
        with pytest.raises(Exception, match="append-only") as caught, transaction.atomic():
            rows_of.delete() if rows_of.model is SeenRow else rows_of.update(note="x")
        assert isinstance(caught.value.__cause__, psycopg2.Error)


def test_sales_told_again_are_corrected_and_sellers_show_what_they_received(cast, unit):
    outlet = make_outlet(unit, cast.owner, image_on=date(2026, 3, 1))
    sell(outlet, cast.owner, m07=100)
    sell(outlet, cast.owner, m07=120)
    assert [(row.month, row.amount) for row in outlet.sales.all()] == [(date(2026, 7, 1), 120)]
    receiver = make_receiver(unit)
    make_benefit(receiver, cast.owner, on=business_date())
    seller = services.name_seller(outlet, receiver, since=business_date(), by=cast.owner)
    assert sellers_of(outlet, business_date()) == [(seller, Decimal(150))]
    services.end_seller(seller, by=cast.owner)
    services.end_seller(seller, by=cast.owner)
    assert sellers_of(outlet, business_date()) == []
    told = numbers_of(cast.owner, date(2026, 11, 20))
    assert (told.open, told.kept, told.images, told.images_asked) == (1, 30, 1, 10)


def test_an_outlet_in_the_browser(cast, client_of, unit):
    owner, person = client_of(cast.owner), make_person(unit, "周敏")
    told = {"name": "芦淞店𠮷", "kind": "counter", "opened_on": "2026-01-05", "area": "芦淞"}
    address = f"/accounts/{unit.pk}/outlets/new/"
    assert owner.get(address).status_code == 200
    assert (owner.post(address, told | {"name": ""}).status_code, Outlet.objects.count()) == (422, 0)
    assert owner.post(address, told).status_code == 302
    outlet = Outlet.objects.get()
    page = f"/outlets/{outlet.pk}/"
    edited = told | {"image_on": "2026-03-01", "version": outlet.version}
    assert owner.post(f"{page}edit/", edited).status_code == 302
    assert owner.post(f"{page}edit/", edited).status_code == 409
    assert owner.post(f"{page}sales/", {"month": "2026-07", "amount": "46800"}).status_code == 302
    assert owner.post(f"{page}sellers/new/", {"person": person.pk, "since": "2026-02-01"}).status_code == 302
    shown = owner.get(page).content.decode()
    assert all(word in shown for word in ("芦淞店𠮷", "Image store", "46,800.00", "周敏"))
    assert "芦淞店𠮷" in owner.get(f"/accounts/{unit.pk}/tabs/outlets/").content.decode()
    listed = owner.get("/outlets/?state=open&image=true&q=芦淞").content.decode()
    assert all(word in listed for word in ("芦淞店𠮷", "1 of 30 outlets open"))
    quarter = owner.get("/outlets/quarter/?quarter=2026-Q3").content.decode()
    assert all(word in quarter for word in ("芦淞店𠮷", "Still to be opened: 29."))
    assert [owner.get(f"/outlets/quarter/?quarter={q}").status_code for q in ("x", "2099-Q1", "")] == [
        404,
        404,
        200,
    ]
    manager = client_of(cast.manager)
    assert manager.post(f"{page}close/", {"on": "2026-09-30", "reason": ""}).status_code == 422
    assert manager.post(f"{page}close/", {"on": "2026-09-30", "reason": "末位"}).status_code == 302
    outlet.refresh_from_db()
    assert (outlet.closed_on, outlet.close_reason) == (date(2026, 9, 30), "末位")


@pytest.mark.parametrize("path", ["/outlets/", "/outlets/quarter/", "/inspections/"])
def test_pages_ask_the_same_number_of_statements(cast, client_of, unit, path):
    client = client_of(cast.owner)

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    def plant(name):
        make_inspection(make_outlet(unit, cast.owner, name), cast.owner, 1, 2)

    plant("一店")
    count()
    one = count()
    for name in ("二店", "三店", "四店"):
        plant(name)
    assert count() == one


def words_of(answer):
    """Return the words of a paper without its line breaks."""
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_an_outlet_and_the_ranking_of_a_quarter_are_printed_as_far_as_one_sees(cast, unit, client_of):
    place, other = make_outlet(unit, cast.owner, "河西店"), make_outlet(unit, cast.owner, "河东店")
    services.name_seller(place, make_person(unit, "周敏"), since=business_date(), by=cast.owner)
    sell(place, cast.owner, m07=300)
    sell(other, cast.owner, m07=299)
    client = client_of(cast.owner)
    paper = words_of(client.get(f"/outlets/{place.pk}/sheet.pdf?language=zh-hans"))
    assert all(word in paper for word in (place.number, "河西店", "泉州商会", "周敏", "2026-07", "300.00"))
    ranking = words_of(client.get("/outlets/quarter/sheet.pdf?quarter=2026-Q3"))
    assert ranking.index("河西店") < ranking.index("河东店") < ranking.index("Rankedlast")
    hidden = client_of(cast.other_team)
    assert hidden.get(f"/outlets/{place.pk}/sheet.pdf").status_code == 404
    assert "河西店" not in words_of(hidden.get("/outlets/quarter/sheet.pdf?quarter=2026-Q3"))
    assert client.get("/outlets/quarter/sheet.pdf?quarter=2099-Q1").status_code == 404
