"""Materials beside the bill: asked for by report, decided with the budget's warning, then a line of the bill of its own."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from campaigns.budgets import services as budgets
from campaigns.budgets.models import Budget, Movement
from campaigns.campaigns.services import close_campaign
from campaigns.materials import supplements
from campaigns.materials.models import Material, Supplement
from campaigns.materials.permissions import can_ask_supplement, can_edit_supplement
from campaigns.materials.selectors import load_of, loads_of_bill
from campaigns.materials.services import add_material
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for, snapshot_of
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from tests.factories.budgets import line_of, make_budget, make_draft
from tests.factories.campaigns import make_campaign
from tests.factories.gifts import decide_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    load_default_routes()
    return make_campaign()


def told(**changes):
    base = dict.fromkeys(supplements.FIELDS) | {"name": "贵重礼品", "quantity": 30, "measure": "份"}
    return base | {"department": "尚格", "reason": "新增走访"} | changes


def test_s125_a_report_over_a_line_warns_and_becomes_a_line_of_the_bill(cast, campaign):
    line = line_of(make_budget(cast.manager), "精品礼品")
    add_material(campaign, {"name": "贵重礼品", "quantity": 30}, by=None)
    row = supplements.ask_supplement(campaign, told(price_amount=Decimal(200), line=line), by=cast.owner)
    request = request_for(supplements.SUBJECT, row)
    assert [stage.positions[0] for stage in request.rounds.get().stages.all()] == [
        "manager",
        "director",
        "finance",
    ]
    card = snapshot_of(request)
    assert card["flags"] == ["住宅预算 · 精品礼品 has 5,000.00 free; this needs 6,000.00: 1,000.00 more."]
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="太多")
    row.refresh_from_db()
    assert can_edit_supplement(cast.owner, row)
    row = supplements.ask_again(
        row, told(quantity=10, price_amount=Decimal(200), line=line), by=cast.owner, version=row.version
    )
    decide_all(supplements.SUBJECT, row)
    assert (row.state, row.material.name, row.material.quantity) == (
        "approved",
        f"贵重礼品（{row.number}）",
        10,
    )
    (shown,) = loads_of_bill(Material.objects.select_related("line__budget"))
    assert (shown.load.planned, shown.load.over) == (2_000, 0)
    with pytest.raises(IntegrityError, match="supplement_approved_is_in_the_bill"), transaction.atomic():
        Supplement.objects.filter(pk=row.pk).update(material=None)


def test_what_a_campaign_closed_meanwhile_would_get_is_refused_when_it_is_approved(cast, campaign):
    line = line_of(make_budget(cast.manager), "精品礼品")
    Budget.objects.update(campaign=campaign)
    row = supplements.ask_supplement(campaign, told(), by=cast.owner)
    more, moved = (
        budgets.ask_change(budgets.Report(line, Decimal(5), "超出", other), by=cast.owner)
        for other in (None, line_of(line.budget))
    )
    later = budgets.submit_budget(make_draft(cast.manager, name="追加"), by=cast.manager)
    Budget.objects.filter(pk=later.pk).update(campaign=campaign)
    close_campaign(campaign, by=cast.manager, version=campaign.version)
    before = Movement.objects.count()
    for subject, obj in ((supplements.SUBJECT, row), ("budget_supplement", more), ("budget", later)):
        with pytest.raises(BusinessError, match="was closed: nothing is added"), transaction.atomic():
            decide_all(subject, obj)
        assert request_for(subject, obj).state == "pending"
    assert (Material.objects.count(), Movement.objects.count()) == (0, before)
    with pytest.raises(BusinessError) as caught:
        supplements.ask_supplement(campaign, told(), by=cast.owner)
    assert (caught.value.code, Supplement.objects.count()) == ("campaign_closed", 1)
    with pytest.raises(BusinessError) as caught:
        budgets.ask_change(budgets.Report(line, Decimal(5), "超出"), by=cast.owner)
    assert caught.value.code == "campaign_closed"
    decide_all("budget_supplement", moved)
    assert (moved.state, Movement.objects.count()) == (
        "approved",
        before + 2,
    )  # the last bills are still paid


def test_without_money_the_line_decides_alone_and_what_is_refused_adds_nothing(cast, campaign):
    row = supplements.ask_supplement(campaign, told(), by=cast.owner)
    request = request_for(supplements.SUBJECT, row)
    assert [stage.positions[0] for stage in request.rounds.get().stages.all()] == ["manager", "director"]
    assert load_of(row) is None
    approvals.reject(request, by=cast.manager, version=request.version, reason="够用")
    row.refresh_from_db()
    assert (row.state, Material.objects.count()) == ("rejected", 0)
    yesterday = business_date() - timedelta(1)
    with pytest.raises(BusinessError) as caught:
        supplements.ask_supplement(campaign, told(due_on=yesterday), by=cast.owner)
    assert (caught.value.code, Supplement.objects.count()) == ("past", 1)
    with pytest.raises(BusinessError) as caught:
        supplements.ask_again(row, told(), by=cast.owner, version=99)
    assert caught.value.code == "stale"
    assert (can_ask_supplement(cast.owner, campaign), can_ask_supplement(cast.finance, campaign)) == (
        True,
        False,
    )


def test_a_report_in_the_browser(cast, client_of, campaign):
    owner = client_of(cast.owner)
    body = {"name": "折页", "quantity": "500", "measure": "份", "price_amount": "2", "reason": "巡展增加𠮷"}
    address = owner.post(f"/campaigns/{campaign.pk}/supplements/new/", body)["Location"]
    row = decide_all(supplements.SUBJECT, Supplement.objects.get())
    assert "巡展增加𠮷" in owner.get(address).content.decode()
    page = owner.get(f"/campaigns/{campaign.pk}/").content.decode()
    assert row.number in page
    paper = pypdf.PdfReader(BytesIO(owner.get(f"{address}report.pdf").content)).pages[0].extract_text()
    assert [word for word in (row.number, "折页", "1,000.00", "巡展增加𠮷") if word not in paper] == []

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert owner.get("/materials/supplements/").status_code == 200
        return len(seen)

    count()
    one = count()
    supplements.ask_supplement(campaign, told(), by=cast.owner)
    supplements.ask_supplement(campaign, told(), by=cast.owner)
    assert count() == one
