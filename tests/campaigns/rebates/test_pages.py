"""Rebates in the browser: why, asked for, approved, checked, paid, a second attempt refused; list, files, rule change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.deals.services import cancel_deal
from campaigns.rebates.models import Rebate, RebatePayment, RebateVersion, Recovery
from campaigns.rebates.permissions import can_void
from campaigns.rebates.services import pay
from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.rule_changes.models import RuleChange
from kam.core.clock import business_date
from tests.factories.rebates import make_checked, make_closed, make_payable, make_place, make_rebate

pytestmark = pytest.mark.django_db
DOCUMENTS = {
    "compliance_reason": "推荐奖励",
    "basis_document": "协议 7 号",
    "employer_document": "告知函 3 号",
}


@pytest.fixture
def place(cast):
    return make_place(cast)


def test_from_the_deal_to_the_receipt_and_a_second_attempt(place, cast, client_of):
    unit, campaign, _person = place
    deal = make_closed(unit, campaign, cast)
    client, finance = client_of(cast.owner), client_of(cast.finance)
    assert f"/deals/{deal.pk}/rebate/" in client.get(deal.get_absolute_url()).content.decode()
    why = client.get(f"/deals/{deal.pk}/rebate/").content.decode()
    assert ("This deal earns a rebate" in why, "1,000.00" in why, "Ask for the rebate" in why) == (
        True,
        True,
        True,
    )
    assert finance.get(f"/deals/{deal.pk}/rebate/").status_code == 403
    url = f"/deals/{deal.pk}/rebate/claim/"
    refused = client.post(url, {"mode": "cash"})
    assert (refused.status_code, Rebate.objects.count()) == (422, 0)
    assert "compliance approval" in refused.content.decode()
    assert client.post(url, {"mode": "cash"} | DOCUMENTS).status_code == 302
    again = client.post(url, {"mode": "cash"} | DOCUMENTS)
    assert (again.status_code, Rebate.objects.count()) == (409, 1)
    request = Request.objects.get()
    assert "Received this year" in client_of(cast.director).get(f"/approvals/{request.pk}/").content.decode()
    for who in (cast.director, cast.gm, cast.finance):
        request.refresh_from_db()
        approvals.approve(request, by=who, version=request.version)
    rebate = Rebate.objects.get()
    page = rebate.get_absolute_url()
    assert finance.get(f"{page}pdf/").status_code == 422
    papers = {"version": rebate.version, "identity": "430202198003150418", "permit": "QZSH-0712"}
    missing = finance.post(f"{page}check/", papers)
    assert (missing.status_code, "member of the department" in missing.content.decode()) == (422, True)
    assert finance.post(f"{page}check/", papers | {"escort": cast.owner.pk}).status_code == 302
    version = Rebate.objects.get().version
    assert finance.post(f"{page}pay/", {"version": version, "tax": "200"}).status_code == 302
    second = finance.post(f"{page}pay/", {"version": version, "tax": "200"})
    assert (second.status_code, "It is not paid twice" in second.content.decode()) == (409, True)
    assert RebatePayment.objects.count() == 1
    shown = finance.get(page).content.decode()
    assert ("•••• 0418" in shown, "430202198003150418" in shown, "800.00" in shown) == (True, False, True)
    assert finance.get(f"{page}pdf/").content.startswith(b"%PDF")
    tab = client.get(f"/accounts/{unit.pk}/tabs/rebates/").content.decode()
    assert (rebate.number in tab, "1,000.00" in client.get(campaign.get_absolute_url()).content.decode()) == (
        True,
        True,
    )


def test_finance_pays_what_is_ticked_and_a_recovery_waits_on_the_list(place, cast, client_of):
    unit, campaign, _person = place
    deals = [make_closed(unit, campaign, cast, name) for name in "甲乙"]
    checked, payable = make_checked(deals[0], cast), make_payable(deals[1], cast)
    finance = client_of(cast.finance)
    page = finance.post("/rebates/pay/", {"row": [checked.pk, payable.pk]}).content.decode()
    assert ("The documents are checked first" in page, RebatePayment.objects.count()) == (True, 1)
    assert client_of(cast.owner).post("/rebates/pay/", {"row": [payable.pk]}).status_code == 403
    deals[0].refresh_from_db()
    cancel_deal(deals[0], reason="退房", by=cast.director, version=deals[0].version)
    assert "to be recovered" in finance.get("/rebates/").content.decode()
    recovery = Recovery.objects.get()
    url = f"/rebates/recoveries/{recovery.pk}/"
    body = {"version": recovery.version, "what": "waived", "note": "已退回"}
    assert finance.post(url, body).status_code == 422
    assert finance.post(url, body | {"what": "recovered"}).status_code == 302
    assert (Recovery.objects.get().state, finance.get(url).status_code) == ("recovered", 403)
    totals = finance.get("/rebates/totals/").content.decode()
    assert ("蔡文斌" in totals, "1,000.00" in totals) == (True, True)


def test_the_director_takes_back_what_is_not_paid(place, cast, client_of):
    unit, campaign, _person = place
    rebate = make_payable(make_closed(unit, campaign, cast), cast)
    assert [can_void(user, rebate) for user in (cast.director, cast.manager)] == [True, False]
    url = f"/rebates/{rebate.pk}/void/"
    assert client_of(cast.manager).get(url).status_code == 403
    client = client_of(cast.director)
    assert client.post(url, {"version": rebate.version, "reason": ""}).status_code == 422
    assert client.post(url, {"version": rebate.version, "reason": "重复"}).status_code == 302
    assert Rebate.objects.get().state == "void"


def test_list_and_tab_show_what_one_sees_with_constant_statements(place, cast, client_of):
    unit, campaign, _person = place
    client, counts = client_of(cast.owner), []
    for names in ("甲", "乙丙"):
        for name in names:
            make_rebate(make_closed(unit, campaign, cast, name), cast)
        told = []
        for url in ("/rebates/", "/rebates/totals/", f"/accounts/{unit.pk}/tabs/rebates/"):
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            told.append(len(queries))
        counts.append(told)
    assert counts[0] == counts[1]
    assert "蔡文斌" in client.get("/rebates/?q=蔡文斌").content.decode()
    assert "蔡文斌" not in client_of(cast.other_team).get("/rebates/").content.decode()
    assert "蔡文斌" not in client_of(cast.finance).get("/rebates/").content.decode()
    file = b"".join(client.get("/rebates/?export=csv&state=asked").streaming_content).decode()
    assert ("1000.00" in file, "0418" in file) == (True, False)


def test_a_rule_is_drafted_in_the_administration_and_in_force_after_two_people(place, cast, client_of):
    _unit, campaign, _person = place
    client, add = client_of(cast.admin), "/admin/approvals/rulechange/add/?kind=rebate"
    body = {
        "campaign": campaign.pk,
        "from_sets_1": "1",
        "amount_1": "1000",
        "from_sets_2": "9",
        "reason": "x",
    }
    body |= {"valid_from": business_date().isoformat()}
    for wrong in ({}, {"amount_2": "1200", "from_sets_2": "1"}):
        assert client.post(add, body | wrong).status_code != 302
    assert not RuleChange.objects.exists()
    of = RebateVersion.objects.get().pk
    assert client.get(f"{add}&of={of}").status_code == 200
    answer = client.post(add, body | {"amount_2": "1200"})
    assert answer.status_code == 302, answer.content.decode()
    assert "2: 1200.00" in RuleChange.objects.get().title.replace("≥9", "2")
    change = RuleChange.objects.get()
    page = client.get(answer["Location"]).content.decode()
    assert "9 × 1,200.00 = 10,800.00" in page
    body |= {"amount_2": "1200", "_submit": "1", "version": change.version}
    client.post(answer["Location"], body)
    for who in (cast.director, cast.marketing):
        request = Request.objects.get()
        approvals.approve(request, by=who, version=request.version)
    assert [row.number for row in RebateVersion.objects.all()] == [2, 1]
    assert "≥9: 1,200.00" in client.get("/admin/campaigns/rebateversion/").content.decode()


def test_a_paid_rebate_is_no_longer_taken_back(place, cast):
    unit, campaign, _person = place
    rebate = make_checked(make_closed(unit, campaign, cast), cast)
    pay(rebate, by=cast.finance, version=rebate.version)
    rebate.refresh_from_db()
    assert not can_void(cast.director, rebate)
