"""Quotas change by an approved rule change only, from its day on (12-decisions, 6)."""

from datetime import timedelta

import pytest

from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.rule_changes.models import RuleChange
from kam.approvals.rule_changes.registry import rule_kind
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.periods import iso_week_of
from tests.factories.accounts import make_unit
from visits.plans.selectors.board import board_of
from visits.quotas.models import QuotaNorm
from visits.quotas.selectors import quotas_of
from visits.quotas.terms import QuotaKey

pytestmark = pytest.mark.django_db
ADD = "/admin/approvals/rulechange/add/?kind=quota"


def body(**changed):
    told = {"key": "calls_a_day", "position": "specialist", "amount": "20"}
    return told | {"valid_from": business_date().isoformat(), "reason": "summer"} | changed


def submitted(client, data):
    address = client.post(ADD, data)["Location"]
    change = RuleChange.objects.latest("pk")
    page = client.get(address).content.decode()
    client.post(address, data | {"_submit": "1", "version": change.version})
    return Request.objects.latest("pk"), page


def approve(request, *deciders):
    for decider in deciders:
        request.refresh_from_db()
        approvals.approve(request, by=decider, version=request.version)


def owed(user, day=None):
    rings = quotas_of([user], day or business_date())[user.pk]
    return next(ring.owed for ring in rings if ring.key == QuotaKey.CALLS_A_DAY)


def test_a_quota_edited_in_the_admin_is_owed_after_both_approved(cast, client_of):
    request, page = submitted(client_of(cast.admin), body())
    assert "<td>30</td>" in page
    assert "<td>20</td>" in page
    approve(request, cast.director)
    assert owed(cast.owner) == 30
    approve(request, cast.marketing)
    assert (owed(cast.owner), owed(cast.lead)) == (20, 30)
    entry = AuditEntry.objects.get(act="visits.quota.added")
    assert entry.changes["amount"] == [30, 20]


def test_the_week_board_and_its_proposals_want_what_the_norm_in_force_says(cast):
    unit = make_unit(owner=cast.owner, tier="A", is_focus=True)
    week = iso_week_of(business_date())
    day_before = {"position": "", "valid_from": week.first - timedelta(days=1)}
    QuotaNorm.objects.create(key=QuotaKey.UNITS_A_WEEK, amount=12, **day_before)
    QuotaNorm.objects.create(key=QuotaKey.A_VISITS_A_WEEK, amount=5, **day_before)
    QuotaNorm.objects.create(key=QuotaKey.UNITS_A_WEEK, amount=4, position="team_lead", valid_from=week.first)
    board = board_of(cast.owner, week, reader=cast.owner, may_edit=True)
    wanted = [one for one in board.proposals if one.kind == "quota"]
    assert board.sums.units_wanted == 12
    assert [(one.unit_id, str(one.text)) for one in wanted] == [(unit.pk, "5 more visits this week")]
    assert board_of(cast.lead, week, reader=cast.lead, may_edit=True).sums.units_wanted == 4


def test_a_later_day_is_kept_and_one_day_has_one_value(cast, client_of):
    day = business_date() + timedelta(days=10)
    data = body(valid_from=day.isoformat(), position="")
    approve(submitted(client_of(cast.admin), data)[0], cast.director, cast.marketing)
    assert (owed(cast.owner), owed(cast.owner, day)) == (30, 20)
    again = client_of(cast.admin).post(ADD, data | {"amount": "5"})
    assert again.status_code == 422
    assert "has a new value from that day already" in again.content.decode()
    assert QuotaNorm.objects.count() == 1


def test_two_drafts_for_one_day_end_in_one_norm(cast, client_of):
    first, _page = submitted(client_of(cast.admin), body())
    second, _page = submitted(client_of(cast.admin), body(amount="5"))
    approve(first, cast.director, cast.marketing)
    approve(second, cast.director)
    second.refresh_from_db()
    with pytest.raises(BusinessError):
        approvals.approve(second, by=cast.marketing, version=second.version)
    assert QuotaNorm.objects.get().amount == 20


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"amount": "-1"}, "greater than or equal to 0"),
        ({"amount": "501"}, "less than or equal to 500"),
        ({"amount": "1.5"}, "whole number"),
        ({"key": "sleep"}, "Select a valid choice"),
        ({"position": "finance"}, "Select a valid choice"),
        ({"valid_from": "2001-01-01"}, "days already past"),
        ({"reason": ""}, "required"),
    ],
)
def test_bad_drafts_are_answered_at_the_field(cast, client_of, changed, words):
    answer = client_of(cast.admin).post(ADD, body(**changed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert RuleChange.objects.count() == 0


def test_the_list_leads_to_a_draft_of_the_row(cast, client_of):
    row = QuotaNorm.objects.create(key="calls_a_day", position="", amount=25, valid_from=business_date())
    client = client_of(cast.director)
    assert f"?kind=quota&amp;of={row.pk}" in client.get("/admin/visits/quotanorm/").content.decode()
    assert 'value="25"' in client.get(f"{ADD}&of={row.pk}").content.decode()


def shown(client):
    """Return what the list of norms says of each measure and position: amount and why."""
    rows = client.get("/admin/visits/quotanorm/").context["in_force"]
    return {row.of: (row.amount, row.why.partition(":")[0]) for row in rows}


def test_without_a_norm_the_administration_says_what_holds_and_why(cast, client_of):
    client = client_of(cast.admin)
    told = shown(client)
    assert len(told) == 16
    assert told["calls_a_day:specialist"] == ("30", "As the sales rules have it")
    assert told["calls_a_day:manager"] == (
        "–",
        "Whoever leads owes a quota only where a norm names the position.",
    )
    day = business_date()
    QuotaNorm.objects.create(key="calls_a_day", amount=25, valid_from=day - timedelta(days=9))
    QuotaNorm.objects.create(key="calls_a_day", position="team_lead", amount=12, valid_from=day)
    QuotaNorm.objects.create(key="units_a_week", amount=3, valid_from=day + timedelta(days=1))
    told = shown(client)
    assert told["calls_a_day:specialist"][0] == "25"
    assert told["calls_a_day:specialist"][1].startswith("Norm of everybody who sells since")
    assert told["calls_a_day:team_lead"][0] == "12"
    assert told["calls_a_day:team_lead"][1].startswith("Norm of this position since")
    assert told["units_a_week:specialist"][0] == "10"  # tomorrow's holds from tomorrow


@pytest.mark.parametrize(
    ("of", "begun"),
    [
        ("calls_a_day:team_lead", {"key": "calls_a_day", "position": "team_lead", "amount": 30}),
        ("calls_a_day:", {"key": "calls_a_day", "position": "", "amount": 30}),
        ("calls_a_day:clerk", {}),
        ("anything:specialist", {}),
        ("", {}),
    ],
)
def test_a_draft_begins_with_what_holds_today(of, begun):
    assert rule_kind("quota").begin(of) == begun
