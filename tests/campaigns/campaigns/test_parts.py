"""A campaign written row by row, its goals counted, its schedule ticked off."""

from datetime import date, timedelta

import pytest

from accounts.units.terms import Channel
from campaigns.campaigns.models import (
    Campaign,
    CampaignProduct,
    Candidate,
    Duty,
    Goal,
    PartnerActivity,
    Phase,
    ScheduleLine,
    SiteVisit,
)
from campaigns.campaigns.permissions import can_edit_part, can_edit_plan, can_tick_line
from campaigns.campaigns.selectors import shown_campaign
from campaigns.campaigns.terms import PartKind, Reached
from campaigns.deals.services import cancel_deal
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from tests.factories.accounts import make_unit
from tests.factories.campaigns import make_campaign, make_rules, make_signed

D = date(2027, 5, 1)
PHASE = {"name": "巡展期", "starts_on": "2027-06-01", "ends_on": "2027-07-01", "version": "1"}
LINE = {"text": "印折页", "due_on": "2027-05-15", "responsible": "营销中心", "version": "1"}
GOAL = {"kind": "units", "channel": "chamber", "target": "2", "version": "1"}


@pytest.fixture
def draft(cast):
    return make_campaign(state="draft", coordinator=cast.owner, drafted_by=cast.manager)


def test_a_campaign_is_drafted_and_described(cast, client_of):
    page = client_of(cast.manager)
    body = {"code": "autumn", "name": "秋季", "channels": ["chamber"], "window_from": "2027-09-01"}
    answer = page.post("/campaigns/new/", body)
    assert answer.status_code == 422
    assert "Give both days of the offer, or none." in answer.content.decode()
    assert Campaign.objects.count() == 0
    assert page.post("/campaigns/new/", body | {"window_to": "2027-10-31"}).status_code == 302
    made = Campaign.objects.get(code="autumn")
    assert (made.state, made.channels, made.drafted_by, made.version) == (
        "draft",
        ["chamber"],
        cast.manager,
        1,
    )
    assert page.post("/campaigns/new/", body | {"window_to": "2027-10-31"}).status_code == 422
    back = body | {"version": "1", "window_to": "2027-08-31"}
    answer = page.post(f"/campaigns/{made.pk}/edit/", back)
    assert (answer.status_code, "The last day lies before the first." in answer.content.decode()) == (
        422,
        True,
    )
    told = {"version": "1", "name": "秋季团购", "channels": ["bank", "chamber"], "purpose": "三家"}
    assert page.post(f"/campaigns/{made.pk}/edit/", told).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.window_from, made.version) == ("秋季团购", None, 2)
    assert page.post(f"/campaigns/{made.pk}/edit/", told | {"name": "x"}).status_code == 409
    made.refresh_from_db()
    assert made.name == "秋季团购"


ROWS = [
    ("phase", Phase, PHASE, {"ends_on": "2027-05-31"}, "The last day lies before the first."),
    ("goal", Goal, GOAL, {"kind": "sincere_percent", "target": "101"}, "Not more than 100 per cent."),
    ("line", ScheduleLine, LINE, {"starts_on": "2027-05-16"}, "The last day lies before the first."),
    (
        "duty",
        Duty,
        {"kind": "team", "party": "一组", "version": "1"},
        {"party": ""},
        "Name a person or a party.",
    ),
    (
        "candidate",
        Candidate,
        {"round": "1", "name": "城南商会", "channel": "chamber", "state": "listed", "version": "1"},
        {"name": ""},
        "Name the unit.",
    ),
    (
        "product",
        CampaignProduct,
        {"code": "a", "name": "130㎡", "measure": "㎡", "size": "130", "version": "1"},
        {"size": "0"},
        "greater than or equal to 0.01",
    ),
]


@pytest.mark.parametrize(("kind", "model", "body", "wrong", "words"), ROWS)
def test_each_row_is_added_changed_and_removed(draft, cast, client_of, kind, model, body, wrong, words):
    page, base = client_of(cast.manager), f"/campaigns/{draft.pk}/{kind}/"
    assert page.get(base + "new/").status_code == 200
    answer = page.post(base + "new/", body | wrong)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert model.objects.count() == 0
    assert page.post(base + "new/", body).status_code == 302
    row = model.objects.get()
    assert page.post(base + "new/", body).status_code == 409, "the page had shown an older state"
    assert f"{base}{row.pk}/" in page.get(f"/campaigns/{draft.pk}/").content.decode()
    assert page.get(f"{base}{row.pk}/").status_code == 200
    assert page.post(f"{base}{row.pk}/", body | wrong | {"version": "2"}).status_code == 422
    assert page.post(f"{base}{row.pk}/", body | {"version": "2"}).status_code == 302
    assert page.post(f"{base}{row.pk}/remove/", {"version": "2"}).status_code == 409
    assert model.objects.count() == 1
    assert page.post(f"{base}{row.pk}/remove/", {"version": "3"}).status_code == 302
    assert model.objects.count() == 0
    assert AuditEntry.objects.filter(act="campaigns.campaign.changed").count() == 3


def test_what_was_approved_stays_while_the_rest_moves_on(cast, client_of):
    campaign = make_campaign(coordinator=cast.owner)
    page = client_of(cast.owner)
    assert page.post(f"/campaigns/{campaign.pk}/phase/new/", PHASE).status_code == 403
    assert page.post(f"/campaigns/{campaign.pk}/goal/new/", GOAL).status_code == 403
    assert page.post(f"/campaigns/{campaign.pk}/edit/", {"name": "x", "version": "1"}).status_code == 403
    assert (Phase.objects.count(), Goal.objects.count()) == (0, 0)
    assert page.post(f"/campaigns/{campaign.pk}/line/new/", LINE).status_code == 302
    line = ScheduleLine.objects.get()
    assert page.post(f"/campaigns/{campaign.pk}/line/{line.pk}/remove/", {"version": "2"}).status_code == 403
    assert [can_edit_part(cast.owner, campaign, kind) for kind in (PartKind.LINE, PartKind.GOAL)] == [
        True,
        False,
    ]
    foreign = make_campaign("b", state="draft")
    assert [can_edit_plan(who, foreign) for who in (cast.owner, cast.manager)] == [False, True]


def test_a_unit_stands_in_the_table_once_and_only_for_those_who_see_it(draft, cast, client_of):
    unit, foreign = make_unit(owner=cast.owner), make_unit(owner=cast.other_team)
    base, page = f"/campaigns/{draft.pk}/candidate/", client_of(cast.owner)
    body = {"round": "2", "state": "targeted", "version": "1"}
    assert page.post(base + "new/", body | {"unit": foreign.pk}).status_code == 422
    assert Candidate.objects.count() == 0
    assert page.post(base + "new/", body | {"unit": unit.pk}).status_code == 302
    row = Candidate.objects.get()
    assert (row.name, row.channel, row.added_by) == (unit.name, unit.channel, cast.owner)
    answer = page.post(base + "new/", body | {"unit": unit.pk, "version": "2"})
    assert (answer.status_code, "in the table already" in answer.content.decode()) == (422, True)
    answer = page.post(base + "new/", body | {"name": unit.name, "version": "2"})
    assert (answer.status_code, "in the table already" in answer.content.decode()) == (422, True)
    hidden = Candidate.objects.create(campaign=draft, round=1, channel="other", unit=foreign, name="别队")
    assert page.get(f"{base}{hidden.pk}/").status_code == 404
    assert page.post(f"{base}{hidden.pk}/remove/", {"version": "2"}).status_code == 404
    assert Candidate.objects.count() == 2


def test_a_phase_with_lines_and_a_product_with_rules_stay(draft, cast, client_of):
    phase = Phase.objects.create(campaign=draft, place=1, name="一", starts_on=D)
    ScheduleLine.objects.create(campaign=draft, phase=phase, place=1, text="a")
    other = Phase.objects.create(campaign=make_campaign("x"), place=1, name="二", starts_on=D)
    page = client_of(cast.manager)
    answer = page.post(f"/campaigns/{draft.pk}/phase/{phase.pk}/remove/", {"version": "1"})
    assert (answer.status_code, "used elsewhere" in answer.content.decode()) == (422, True)
    assert page.post(f"/campaigns/{draft.pk}/line/new/", LINE | {"phase": other.pk}).status_code == 422
    assert page.get(f"/campaigns/{draft.pk}/phase/{other.pk}/").status_code == 404
    assert (Phase.objects.count(), ScheduleLine.objects.count()) == (2, 1)


def test_goals_are_counted_from_signed_deals(cast):
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign)
    for place, (kind, channel, target) in enumerate(
        [
            ("units", "chamber", 1),
            ("units", "", 3),
            ("sets", "", 4),
            ("units", "bank", 1),
            ("prospects", "", 400),
        ]
    ):
        Goal.objects.create(campaign=campaign, place=place, kind=kind, channel=channel, target=target)
    chamber = make_unit(owner=cast.owner, channel=Channel.CHAMBER)
    factory = make_unit(owner=cast.other_team, channel=Channel.FACTORY)
    make_signed(chamber, campaign, "甲", quantity=2)
    make_signed(chamber, campaign, "乙")
    lost = make_signed(factory, campaign, "丙")

    def board():
        shown = shown_campaign(campaign, cast.owner, business_date())
        return [(entry.actual, entry.reached) for entry in shown.goals]

    assert board() == [
        (1, Reached.MET),
        (2, Reached.OPEN),
        (4, Reached.MET),
        (0, Reached.OPEN),
        (0, Reached.OPEN),
    ]
    cancel_deal(lost, reason="退房", by=cast.other_team, version=lost.version)
    assert [actual for actual, _reached in board()] == [1, 1, 3, 0, 0]


def test_a_line_is_ticked_by_who_runs_the_campaign_or_answers_for_it(cast, client_of):
    campaign = make_campaign(coordinator=cast.owner)
    line = ScheduleLine.objects.create(
        campaign=campaign, place=1, text="印折页", owner=cast.other_team, due_on=date(2020, 1, 1)
    )
    assert "late" in client_of(cast.owner).get(f"/campaigns/{campaign.pk}/").content.decode()
    address = f"/campaigns/{campaign.pk}/line/{line.pk}/done/"
    assert client_of(cast.same_team).post(address, {"done": "1"}).status_code == 403
    line.refresh_from_db()
    assert line.done_on is None
    for _twice in range(2):
        assert client_of(cast.other_team).post(address, {"done": "1"}).status_code == 302
    line.refresh_from_db()
    assert (line.done_on, line.done_by) == (business_date(), cast.other_team)
    assert AuditEntry.objects.filter(act="campaigns.campaign.line_ticked").count() == 1
    assert client_of(cast.owner).post(address, {"done": "0"}).status_code == 302
    line.refresh_from_db()
    assert (line.done_on, line.done_by) == (None, None)
    Campaign.objects.update(state="closed")
    assert not can_tick_line(cast.owner, Campaign.objects.get(), line.owner_id)
    assert client_of(cast.owner).post(address, {"done": "1"}).status_code == 403


@pytest.mark.django_db
def test_site_visits_by_batch_and_activities_with_partners_are_written_while_it_runs(cast, client_of):
    campaign, unit = make_campaign(), make_unit("泉州商会", owner=cast.owner)
    manager, today = client_of(cast.manager), business_date()
    at = f"/campaigns/{campaign.pk}/"
    batch = {"batch": "1", "unit": unit.pk, "on": today.isoformat(), "invited_count": "30", "version": "1"}
    assert manager.post(at + "batch/new/", batch | {"transport": "大巴两台"}).status_code == 302
    again = manager.post(at + "batch/new/", batch | {"version": "2"})
    early = batch | {
        "batch": "2",
        "on": (today + timedelta(1)).isoformat(),
        "came_count": "3",
        "version": "2",
    }
    assert (again.status_code, manager.post(at + "batch/new/", early).status_code) == (422, 422)
    row = SiteVisit.objects.get()
    came = batch | {"version": "2", "came_count": "28", "feedback": "样板房满意"}
    assert manager.post(f"{at}batch/{row.pk}/", came).status_code == 302
    assert client_of(cast.other_manager).get(f"{at}batch/{row.pk}/").status_code == 404
    show = {"partner": "上汽株洲店", "kind": "test_drive", "on": today.isoformat(), "version": "3"}
    assert manager.post(at + "activity/new/", show | {"came_count": "41"}).status_code == 302
    row.refresh_from_db()
    assert (row.came_count, PartnerActivity.objects.get().came_count) == (28, 41)
    page = manager.get(at).content.decode()
    assert ("样板房满意" in page, "上汽株洲店" in page, "大巴两台" in page) == (True, True, False)
    other = client_of(cast.other_team).get(at).content.decode()
    assert ("样板房满意" in other, "上汽株洲店" in other) == (False, True)
