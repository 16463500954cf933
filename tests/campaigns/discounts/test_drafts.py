"""A rule edited in Django admin: draft, preview, two people, in force (12-decisions, 6; 13-proof, 9)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.services import load_campaigns
from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts import registry
from campaigns.discounts.drafts import begin_with, check_discount, new_version, preview_discount, values_of
from campaigns.discounts.models import DiscountVersion
from campaigns.discounts.registry import OpenOffer, open_offers, register_open_offers
from campaigns.discounts.rules.benefits import Tier
from campaigns.discounts.rules.offers import Ask, price_of
from campaigns.discounts.selectors import book_on, window_of
from campaigns.discounts.services import NewVersion, load_rules, put_in_force, rule_from
from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.rule_changes import services as changes
from kam.approvals.rule_changes.models import RuleChange
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from tests.campaigns.discounts.books import OFF_TWO, factor, group
from tests.factories.campaigns import make_campaign

ADD = "/admin/approvals/rulechange/add/?kind=discount"
CHAMBER = OfferChannel.CHAMBER


@pytest.fixture
def campaign(db):
    load_campaigns()
    load_rules()
    return Campaign.objects.get(code="housing-2008")


def body(campaign, **changed):
    told = {
        "campaign": campaign.pk,
        "kind": "group",
        "channel": "chamber",
        "from_sets_1": "7",
        "factor_1": "0.985",
        "from_sets_2": "9",
        "factor_2": "0.98",
        "valid_from": business_date().isoformat(),
        "reason": "chambers stop at 6 to 8 sets",
    }
    return {name: value for name, value in (told | changed).items() if value is not None}


def test_a_rule_edited_in_the_admin_is_in_force_after_two_people(campaign, cast, client_of):
    client = client_of(cast.admin)
    data = body(campaign)
    answer = client.post(ADD, data)
    assert answer.status_code == 302, answer.content.decode()
    change = RuleChange.objects.get()
    assert change.title == "housing-2008/group/chamber: ≥7 ×0.985, ≥9 ×0.98"
    page = client.get(answer["Location"]).content.decode()
    for words in ("426,662.60", "-6,497.40", "0 of 0 open quotes would change."):
        assert words in page
    client.post(answer["Location"], data | {"_submit": "1", "version": change.version})
    request = Request.objects.get()
    for decider in (cast.director, cast.marketing):
        request.refresh_from_db()
        assert DiscountVersion.objects.filter(channel="chamber").count() == 1
        approvals.approve(request, by=decider, version=request.version)
    first, second = DiscountVersion.objects.filter(channel="chamber").order_by("number")
    assert (first.valid_until, second.valid_from, second.gives) == (
        business_date(),
        business_date(),
        "≥7 ×0.985, ≥9 ×0.98",
    )
    shown = client_of(cast.director).get("/admin/campaigns/discountversion/").content.decode()
    assert "≥7 ×0.985, ≥9 ×0.98" in shown
    assert shown.count("kind=discount&amp;of=") == 8
    assert "≥7 ×0.985" in client_of(cast.owner).get(campaign.get_absolute_url()).content.decode()


def test_a_draft_whose_preview_was_not_seen_is_not_submitted(campaign, cast):
    payload = values_of(DiscountVersion.objects.get(channel="chamber"))
    change = changes.draft_rule_change(
        "discount", payload=payload, title="x", valid_from=business_date(), reason="x", by=cast.admin
    )
    with pytest.raises(BusinessError) as refusal:
        changes.submit_rule_change(change, by=cast.admin, version=change.version)
    assert refusal.value.code == "not_previewed"
    assert not Request.objects.exists()
    assert DiscountVersion.objects.filter(channel="chamber").count() == 1


def test_the_preview_shows_the_prices_that_are_charged_afterwards(campaign, cast, monkeypatch):
    monkeypatch.setattr(registry, "_providers", [])
    day = business_date()
    asks = [Ask(Decimal(442_000), CHAMBER, n, day, is_overridden=True) for n in (6, 7, 8, 9)]
    register_open_offers(lambda _campaign: [OpenOffer(f"Q-{ask.count}", ask) for ask in asks])
    assert len(open_offers(campaign)) == 4
    tiers = [{"from_sets": 7, "factor": "0.985"}, {"from_sets": 9, "factor": "0.98"}]
    payload = values_of(DiscountVersion.objects.get(channel="chamber")) | {"tiers": tiers}
    shown = preview_discount(payload, day)
    rows = {row[0]: row[3] for row in shown.rows if row[0].startswith("Q-")}
    assert "3 of 4 open quotes would change." in shown.notes
    put_in_force(new_version(payload, day), by=cast.director)
    charged = {f"Q-{a.count}": price_of(a, book_on(campaign, day), window_of(campaign)).final for a in asks}
    promised = {"Q-6, once what is missing is there": "426,662.60"}
    assert rows == {key: f"{charged[key]:,.2f}" for key in ("Q-7", "Q-8")} | promised
    samples = [row for row in shown.rows if not row[0].startswith("Q-")]
    assert len(samples) == 10
    for row in samples:
        ask = Ask(Decimal(442_000), CHAMBER, int(row[1]), day, is_overridden=True)
        if "Lump sum" in row[0]:
            assert row[3] == f"{price_of(ask, book_on(campaign, day), None).final:,.2f}"


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        ({"kind": "regular", "payment_mode": "mortgage", "tiers": [{"factor": "0.99"}]}, 10),
        ({"kind": "general", "min_sets": 5}, 24),
        ({"kind": "group", "channel": "bank", "tiers": [{"from_sets": 3, "factor": "0.9"}]}, 6),
    ],
)
def test_every_kind_of_rule_has_a_preview(campaign, told, lines):
    payload = {"campaign": campaign.pk, **told}
    check_discount(payload, business_date())
    shown = preview_discount(payload, business_date())
    assert len(shown.rows) == lines
    assert any(row[4] != "none" for row in shown.rows)


def test_a_campaign_without_prices_and_rules_has_a_preview_too(db):
    campaign = make_campaign()
    payload = {"campaign": campaign.pk, "kind": "general", "min_sets": 5, "last_day": "2099-12-31"}
    shown = preview_discount(payload, business_date())
    assert [row[2:] for row in shown.rows] == [["100,000.00", "100,000.00", "none"]] * 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"channel": ""}, "channel"),
        ({"payment_mode": "mortgage"}, "payment_mode"),
        ({"min_sets": "9"}, "min_sets"),
        ({"factor_1": "1.5"}, "factor_1"),
        ({"factor_1": "0.97"}, "factor_2"),
        ({"off_amount_1": "5"}, "off_amount_1"),
        ({"factor_2": None}, "factor_2"),
        ({"from_sets_1": None, "factor_1": None, "from_sets_2": None, "factor_2": None}, "factor_1"),
        ({"kind": "general", "channel": "", "min_sets": "9"}, "factor_1"),
        ({"kind": "regular", "channel": "", "payment_mode": "mortgage"}, "factor_1"),
        (
            {"kind": "regular", "channel": "", "payment_mode": "mortgage", "needs_certificate": "on"},
            "needs_certificate",
        ),
        ({"last_day": "2020-01-01"}, "last_day"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(campaign, cast, client_of, changed, field):
    answer = client_of(cast.admin).post(ADD, body(campaign, **changed))
    assert answer.status_code == 422
    told = answer.context["forms"][0].errors
    assert field in told
    assert not RuleChange.objects.exists()


def test_a_product_of_another_campaign_is_refused(campaign, cast, client_of):
    product = Campaign.objects.get(code="gift-boxes-2012").products.get()
    answer = client_of(cast.admin).post(ADD, body(campaign, product=product.pk))
    assert "product" in answer.context["forms"][0].errors
    assert answer.status_code == 422


def test_a_draft_begins_with_the_version_asked_for(campaign, cast, client_of):
    row = DiscountVersion.objects.get(channel="factory")
    assert begin_with(str(row.pk))["tiers"] == [{"from_sets": None, "factor": "0.9800"}]
    assert begin_with("nothing") == begin_with("999999") == {}
    put_in_force(
        NewVersion(
            campaign,
            rule_from({"kind": "group", "channel": "soe", "tiers": [{"off_amount": "50"}]}),
            business_date(),
        ),
        by=None,
    )
    soe = DiscountVersion.objects.get(channel="soe")
    assert (soe.gives, values_of(soe)["tiers"]) == ("−50.00", [{"from_sets": None, "off_amount": "50.00"}])
    page = client_of(cast.admin).get(f"{ADD}&of={row.pk}").content.decode()
    assert 'value="0.9800"' in page


def test_an_approval_that_comes_too_late_is_refused_and_nothing_changes(campaign, cast):
    day = business_date() + timedelta(days=10)
    put_in_force(NewVersion(campaign, group(CHAMBER, Tier(5, OFF_TWO)), day), by=cast.director)
    payload = values_of(DiscountVersion.objects.get(channel="market")) | {"channel": "chamber"}
    before = DiscountVersion.objects.count()
    with pytest.raises(BusinessError, match="Version 2 begins on"):
        changes.draft_rule_change(
            "discount", payload=payload, title="x", valid_from=business_date(), reason="x", by=cast.admin
        )
    assert (DiscountVersion.objects.count(), RuleChange.objects.count()) == (before, 0)
    assert factor("0.5").on(Decimal(4)) == Decimal("2.0")
