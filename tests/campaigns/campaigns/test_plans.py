"""A campaign copied as a template, handed in, approved, closed."""

from datetime import date

import pytest

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.permissions import can_close_campaign, can_submit_plan
from campaigns.campaigns.services import CopyTerms, close_campaign, copy_campaign, load_campaigns, submit_plan
from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.routes import load_default_routes
from kam.core.errors import BusinessError, ConflictError

BODY = {"code": "housing-2027", "name": "住宅 2027", "window_from": "2027-05-15", "window_to": "2027-07-15"}


@pytest.fixture
def housing(db):
    load_default_routes()
    load_campaigns()
    return Campaign.objects.get(code="housing-2008")


def test_a_copy_moves_with_its_offer_and_runs_when_approved(housing, cast, client_of):
    client = client_of(cast.manager)
    assert client.post(f"/campaigns/{housing.pk}/copy/", BODY).status_code == 302
    made = Campaign.objects.get(code="housing-2027")
    phases = [(p.starts_on, p.ends_on) for p in made.phases.all()]
    assert phases[0] == (date(2027, 5, 1), date(2027, 5, 30))
    assert phases[2] == (date(2027, 7, 1), None)
    assert (made.schedule.count(), made.goals.count(), made.candidates.count()) == (29, 5, 0)
    assert made.schedule.filter(phase__campaign=made).count() == 15
    assert housing.phases.count() == 3
    assert client.post(f"/campaigns/{made.pk}/submit/", {"version": 7}).status_code == 409
    assert client.post(f"/campaigns/{made.pk}/submit/", {"version": 1}).status_code == 302
    request = Request.objects.get()
    assert "信息搜集期" in client_of(cast.director).get(f"/approvals/{request.pk}/").content.decode()
    approvals.approve(request, by=cast.director, version=request.version)
    made.refresh_from_db()
    assert made.state == "running"
    assert client_of(cast.director).post(f"/campaigns/{made.pk}/close/", {"version": 3}).status_code == 302
    made.refresh_from_db()
    assert made.state == "closed"


def test_returned_it_is_a_draft_again_rejected_it_is_over(housing, cast):
    terms = CopyTerms("a", "A", date(2027, 5, 15), date(2027, 7, 15))
    made = copy_campaign(Campaign.objects.get(code="gift-boxes-2012"), terms, by=cast.manager)
    assert made.phases.first().starts_on == date(2027, 5, 15)
    request = submit_plan(made, by=cast.manager, version=1)
    approvals.return_for_changes(request, by=cast.director, version=request.version, reason="太早")
    made.refresh_from_db()
    assert made.state == "draft"
    request = submit_plan(made, by=cast.manager, version=made.version)
    approvals.reject(request, by=cast.director, version=request.version, reason="不做")
    made.refresh_from_db()
    assert made.state == "cancelled"


@pytest.mark.parametrize(("code", "last", "field"), [("housing-2008", 15, "code"), ("x", 1, "window_to")])
def test_what_cannot_be_copied_is_refused_and_nothing_written(housing, cast, code, last, field):
    terms = CopyTerms(code, "A", date(2027, 5, 2), date(2027, 5, last))
    with pytest.raises(BusinessError) as refusal:
        copy_campaign(housing, terms, by=cast.manager)
    assert (refusal.value.field, Campaign.objects.count()) == (field, 2)


def test_who_hands_in_and_who_closes(housing, cast):
    terms = CopyTerms("a", "A", date(2027, 5, 15), date(2027, 7, 15))
    made = copy_campaign(housing, terms, by=cast.manager)
    assert [can_submit_plan(p, made) for p in (cast.manager, cast.director)] == [True, False]
    assert not can_submit_plan(cast.manager, housing)
    assert [can_close_campaign(p, housing) for p in (cast.director, cast.manager)] == [True, False]
    assert not can_close_campaign(cast.director, made)
    with pytest.raises(ConflictError):
        close_campaign(housing, by=cast.director, version=9)
