"""Campaigns: phases as told, the two of the source, list and page."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.units.terms import Channel
from campaigns.campaigns.models import Campaign, Candidate, ScheduleLine
from campaigns.campaigns.permissions import can_add_campaign, can_run_campaign, can_see_campaigns
from campaigns.campaigns.rules import PhaseWarning, Span, WarningKind, current_phases, phase_warnings
from campaigns.campaigns.services import load_campaigns
from campaigns.campaigns.terms import OfferChannel
from kam.audit.models import AuditEntry
from tests.factories.accounts import make_unit
from tests.factories.campaigns import make_campaign

DAY = date(2026, 6, 1)
GAP, OVERLAP = WarningKind.GAP, WarningKind.OVERLAP


def test_t46_overlapping_phases_are_told_and_kept(db):
    load_campaigns()
    phases = Campaign.objects.get(code="gift-boxes-2012").phases.all()
    spans = [Span(phase.name, phase.starts_on, phase.ends_on) for phase in phases]
    assert phase_warnings(spans) == [
        PhaseWarning(OVERLAP, "信息搜集期", "巡展期", date(2012, 6, 15), date(2012, 6, 15)),
        PhaseWarning(OVERLAP, "巡展期", "签定合同", date(2012, 7, 1), date(2012, 7, 15)),
    ]


def test_the_31st_of_may_2008_belongs_to_no_phase(db):
    load_campaigns()
    phases = Campaign.objects.get(code="housing-2008").phases.all()
    spans = [Span(phase.name, phase.starts_on, phase.ends_on) for phase in phases]
    assert phase_warnings(spans) == [
        PhaseWarning(GAP, "信息搜集期", "巡展期", date(2008, 5, 31), date(2008, 5, 31)),
        PhaseWarning(OVERLAP, "巡展期", "签约", date(2008, 7, 1), date(2008, 7, 1)),
    ]
    assert current_phases(spans, date(2008, 5, 31)) == []
    assert current_phases(spans, date(2008, 7, 1)) == ["巡展期", "签约"]
    assert current_phases(spans, date(2030, 1, 1)) == ["签约"]


def test_the_campaigns_of_the_source_are_loaded_once(db):
    call_command("load_campaigns")
    call_command("load_campaigns")
    housing = Campaign.objects.get(code="housing-2008")
    assert (housing.window_from, housing.window_to) == (date(2008, 5, 15), date(2008, 7, 15))
    goals = [(goal.kind, goal.channel, goal.target) for goal in housing.goals.all()]
    assert goals == [
        ("units", "factory", Decimal(3)),
        ("units", "chamber", Decimal(2)),
        ("units", "government", Decimal(5)),
        ("prospects", "", Decimal(400)),
        ("sincere_percent", "", Decimal(30)),
    ]
    assert [c.name for c in housing.candidates.all()] == ["泉州商会", "温州商会"]
    assert ScheduleLine.objects.filter(campaign=housing, phase=None).count() == 14
    product = housing.products.get()
    assert product.size * product.price_amount == Decimal(442_000)
    gifts = Campaign.objects.get(code="gift-boxes-2012")
    assert (gifts.window_from, gifts.window_to) == (None, None)
    assert AuditEntry.objects.filter(act="campaigns.campaign.loaded").count() == 2


def test_every_channel_of_units_is_a_channel_of_offers():
    assert {c.value for c in OfferChannel} == {c.value for c in Channel} | {"teachers"}


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"window_to": date(2026, 5, 14)}, "campaign_window_in_order"),
        ({"window_to": None}, "campaign_window_in_order"),
        ({"state": "lost"}, "campaign_state_known"),
        ({"channels": ["nowhere"]}, "campaign_channels_known"),
    ],
)
def test_the_table_refuses_what_cannot_be(db, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_campaign(**values)


def test_a_unit_stands_in_the_expansion_table_once(cast):
    campaign, unit = make_campaign(), make_unit("泉州商会", owner=cast.owner)
    Candidate.objects.create(campaign=campaign, round=1, channel="chamber", name="泉州商会", unit=unit)
    with pytest.raises(IntegrityError, match="campaign_candidate_unit_once"), transaction.atomic():
        Candidate.objects.create(campaign=campaign, round=2, channel="chamber", name="泉州", unit=unit)


def test_list_and_page_show_the_campaign_with_constant_statements(cast, client_of):
    load_campaigns()
    client = client_of(cast.finance)
    assert "大客户渠道拓展（住宅，2008）" in client.get("/campaigns/").content.decode()
    assert "gift-boxes-2012" not in client.get("/campaigns/?q=housing").content.decode()
    counts = []
    for code in ("housing-2008", "gift-boxes-2012"):
        pk = Campaign.objects.get(code=code).pk
        client.get(f"/campaigns/{pk}/")
        with CaptureQueriesContext(
            connection,
        ) as told:
            page = client.get(f"/campaigns/{pk}/").content.decode()
        counts.append(len(told))
    assert counts[0] == counts[1]
    assert "no dates yet: any day is inside" in page
    assert "“信息搜集期” and “巡展期” overlap" in page


def test_units_of_others_are_not_in_the_expansion_table(cast, client_of):
    campaign = make_campaign()
    unit = make_unit("温州商会", owner=cast.other_team)
    Candidate.objects.create(campaign=campaign, round=1, channel="chamber", name="温州商会", unit=unit)
    Candidate.objects.create(campaign=campaign, round=1, channel="chamber", name="泉州商会")
    seen = {
        person: "温州商会"
        in client_of(getattr(cast, person)).get(campaign.get_absolute_url()).content.decode()
        for person in ("owner", "other_team", "director", "finance")
    }
    assert seen == {"owner": False, "other_team": True, "director": True, "finance": False}


def test_who_may_do_what(cast):
    draft = make_campaign(state="draft", coordinator=cast.owner)
    closed = make_campaign("old", state="closed")
    assert [can_see_campaigns(person) for person in (cast.hr, cast.gone)] == [True, False]
    assert [can_add_campaign(p) for p in (cast.manager, cast.director, cast.owner, cast.gone)] == [
        True,
        True,
        False,
        False,
    ]
    assert [can_run_campaign(p, draft) for p in (cast.owner, cast.director, cast.same_team)] == [
        True,
        True,
        False,
    ]
    assert not can_run_campaign(cast.director, closed)
    assert not Campaign.objects.visible_to(cast.gone).exists()
