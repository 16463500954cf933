"""Versions of a rule: one at a time, never edited, the predecessor ended by the successor; also against the database itself."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from pypdf import PdfReader

from campaigns.campaigns.models import CampaignProduct
from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts.models import DiscountTier, DiscountVersion
from campaigns.discounts.rules.benefits import Tier
from campaigns.discounts.rules.book import Rule
from campaigns.discounts.rules.offers import Ask, day_to_judge, price_of
from campaigns.discounts.selectors import book_on, window_of
from campaigns.discounts.services import NewVersion, put_in_force
from campaigns.discounts.terms import RuleKind
from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError
from kam.core.periods import Period
from tests.campaigns.discounts.books import OFF_TWO, amount, factor, group
from tests.factories.campaigns import make_campaign, make_rules

CHAMBER = OfferChannel.CHAMBER
MAY, JUNE, JULY = date(2026, 5, 15), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture
def campaign(db):
    return make_campaign()


def new(campaign, *tiers, day=MAY, **more) -> NewVersion:
    return NewVersion(campaign, group(CHAMBER, *tiers), day, **more)


def days(campaign):
    rows = DiscountVersion.objects.filter(campaign=campaign).order_by("number")
    return [(row.number, row.valid_from, row.valid_until) for row in rows]


def test_the_successor_ends_its_predecessor(campaign, cast):
    put_in_force(new(campaign, Tier(9, OFF_TWO)), by=cast.director)
    second = put_in_force(new(campaign, Tier(7, factor("0.97")), day=JUNE), by=cast.director)
    assert days(campaign) == [(1, MAY, JUNE), (2, JUNE, None)]
    assert second.name == "housing-2026/group/chamber"
    assert DiscountVersion.objects.get(number=1).last_day == date(2026, 5, 31)
    assert book_on(campaign, date(2026, 5, 31)).group(CHAMBER).version == 1
    assert book_on(campaign, JUNE).group(CHAMBER).tiers == (Tier(7, factor("0.9700")),)
    assert book_on(campaign, date(2026, 5, 14)).rules == ()
    changes = AuditEntry.objects.filter(act="campaigns.discount.in_force").latest("pk").changes
    assert changes["tiers"] == [[1, None, False, [[9, "0.9800"]]], [2, None, False, [[7, "0.9700"]]]]


def test_one_that_would_reach_into_an_approved_one_is_refused(campaign, cast):
    put_in_force(new(campaign, Tier(9, OFF_TWO), day=JULY), by=cast.director)
    before = days(campaign)
    for late in (None, date(2026, 7, 2)):
        with pytest.raises(BusinessError, match="Version 1 begins on") as refusal:
            put_in_force(new(campaign, Tier(8, OFF_TWO), day=JUNE, valid_until=late), by=cast.director)
        assert (refusal.value.code, refusal.value.field) == ("overlap", "last_day")
        assert days(campaign) == before
    put_in_force(new(campaign, Tier(8, OFF_TWO), day=JUNE, valid_until=JULY), by=cast.director)
    assert days(campaign) == [(1, JULY, None), (2, JUNE, JULY)]


def test_a_version_of_the_same_day_takes_the_place_of_one_that_never_held(campaign, cast):
    put_in_force(new(campaign, Tier(9, OFF_TWO)), by=cast.director)
    put_in_force(new(campaign, Tier(8, OFF_TWO)), by=cast.director)
    assert days(campaign) == [(1, MAY, MAY), (2, MAY, None)]
    put_in_force(new(campaign, Tier(7, OFF_TWO), day=date(2026, 5, 1), valid_until=MAY), by=cast.director)
    assert book_on(campaign, MAY).group(CHAMBER).version == 2


@pytest.mark.parametrize(
    ("tiers", "more", "code"),
    [
        ((Tier(9, factor("1.5")),), {}, "factor"),
        ((Tier(9, OFF_TWO), Tier(7, factor("0.9"))), {}, "order"),
        ((Tier(9, OFF_TWO),), {"valid_until": MAY}, "order"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(campaign, cast, tiers, more, code):
    with pytest.raises(BusinessError) as refusal:
        put_in_force(new(campaign, *tiers, **more), by=cast.director)
    assert refusal.value.code == code
    assert not DiscountVersion.objects.exists()


def test_rules_of_products_and_campaigns_stand_beside_each_other(campaign, cast):
    product = CampaignProduct.objects.create(campaign=campaign, code="a", name="A", measure="㎡")
    rule = Rule(RuleKind.GROUP, "", 1, (Tier(2, amount("500")),), channel=CHAMBER, product=product.pk)
    put_in_force(new(campaign, Tier(9, OFF_TWO)), by=cast.director)
    own = put_in_force(NewVersion(campaign, rule, MAY), by=cast.director)
    assert str(own) == "housing-2026/group/chamber/a v1"
    book = book_on(campaign, JUNE)
    asked = Ask(Decimal(1000), CHAMBER, 2, JUNE)
    assert price_of(asked, book, window_of(campaign)).final == Decimal("1000.00")
    for_product = Ask(Decimal(1000), CHAMBER, 2, JUNE, product=product.pk)
    assert price_of(for_product, book, window_of(campaign)).final == Decimal("500.00")


def test_an_approved_exception_holds_outside_the_window(campaign, cast):
    put_in_force(new(campaign, Tier(1, OFF_TWO)), by=cast.director)
    book, window = book_on(campaign, JULY), window_of(campaign)
    late = date(2026, 7, 16)
    prices = [
        price_of(Ask(Decimal(100), CHAMBER, 1, late, is_overridden=told), book, window).final
        for told in (False, True)
    ]
    assert prices == [Decimal("100.00"), Decimal("98.00")]
    assert day_to_judge(Period(MAY, JUNE), JULY) == MAY
    assert day_to_judge(None, JULY) == JULY


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


COPY = (
    "insert into campaigns_discountversion (created_at, campaign_id, kind, channel, payment_mode, product_id, number, valid_from,"
    " valid_until, min_sets, needs_certificate, note) select created_at, campaign_id, kind, channel, payment_mode, product_id,"
    " number + 1, {day}, null, min_sets, needs_certificate, note from campaigns_discountversion"
)


def test_the_database_refuses_two_versions_on_one_day(campaign, cast):
    put_in_force(new(campaign, Tier(9, OFF_TWO)), by=cast.director)
    with pytest.raises(IntegrityError, match="discount_one_version_at_a_time"):
        sql(COPY.format(day="date '2026-06-01'"))
    assert DiscountVersion.objects.count() == 1


@pytest.mark.parametrize(
    "attack",
    [
        "update campaigns_discountversion set needs_certificate = true",
        "update campaigns_discountversion set valid_until = null",
        "update campaigns_discountversion set valid_until = '2026-06-01', number = 7",
        "delete from campaigns_discounttier",
        "update campaigns_discounttier set factor = 0.5",
    ],
)
def test_a_version_is_never_changed_only_ended(campaign, cast, attack):
    put_in_force(new(campaign, Tier(9, OFF_TWO), valid_until=JULY), by=cast.director)
    before = list(DiscountVersion.objects.values()), list(DiscountTier.objects.values())
    with pytest.raises(DatabaseError):
        sql(attack)
    assert (list(DiscountVersion.objects.values()), list(DiscountTier.objects.values())) == before


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"kind": "group", "channel": ""}, "discount_version_of_one_kind"),
        ({"kind": "regular", "channel": "chamber"}, "discount_version_of_one_kind"),
        ({"kind": "general"}, "discount_version_of_one_kind"),
        (
            {"kind": "group", "channel": "chamber", "valid_until": date(2026, 5, 1)},
            "discount_version_ends_after_start",
        ),
    ],
)
def test_the_table_refuses_what_cannot_be(campaign, columns, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DiscountVersion.objects.create(campaign=campaign, number=1, valid_from=MAY, **columns)


@pytest.mark.parametrize("columns", [{}, {"factor": Decimal("1.1")}, {"off_amount": Decimal(-1)}])
def test_a_tier_gives_one_thing(campaign, columns):
    version = DiscountVersion.objects.create(
        campaign=campaign, kind="group", channel="chamber", number=1, valid_from=MAY
    )
    with pytest.raises(IntegrityError, match="discount_tier_gives_one_thing"), transaction.atomic():
        DiscountTier.objects.create(version=version, place=1, **columns)


def test_the_confirmation_prints_what_is_given_and_nothing_of_a_campaign_without_rules(cast, client_of):
    campaign, bare = make_campaign(), make_campaign(code="bare")
    make_rules(campaign, sets=9)
    client = client_of(cast.owner)

    def words(pk):
        answer = client.get(f"/campaigns/{pk}/discounts.pdf")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        return "".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().split())

    told = words(campaign.pk)
    assert all(word in told for word in ("≥9", "×0.98", "Chamber", "Marketingdirector"))
    assert "Notconfigured" in words(bare.pk)
