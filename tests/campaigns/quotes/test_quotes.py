"""Quotes: priced and kept, priced anew only by hand, agreed, and the exceptional way."""

from datetime import date, timedelta
from decimal import Decimal

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from campaigns.campaigns.services import close_campaign
from campaigns.campaigns.terms import OfferChannel
from campaigns.deals.models import Deal
from campaigns.deals.services import DealTerms, sign_deal
from campaigns.discounts.models import Certificate
from campaigns.discounts.registry import open_offers
from campaigns.discounts.rules.benefits import Tier
from campaigns.discounts.rules.pricing import price_set, with_special
from campaigns.discounts.services import NewVersion, put_in_force
from campaigns.quotes.models import Quote, SpecialTerms
from campaigns.quotes.permissions import can_change_quote, can_make_quote, can_see_quotes
from campaigns.quotes.rules import is_lapsed, usual_last_day
from campaigns.quotes.services import agree_quote, make_quote, price_anew, withdraw_quote
from campaigns.quotes.specials import ask_special
from campaigns.quotes.terms import QuoteState, SpecialKind
from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.routes import load_default_routes
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.periods import Period
from tests.campaigns.discounts.books import ask, factor, group
from tests.factories.accounts import make_person, make_unit
from tests.factories.campaigns import make_campaign, make_rules, make_signed

REGULAR, FINAL = Decimal("433160.00"), Decimal("424496.80")
DAY = date(2026, 6, 1)


def test_an_open_quote_is_over_after_its_last_day():
    told = [is_lapsed(QuoteState.OPEN, DAY, DAY + timedelta(days=n)) for n in (-1, 0, 1)]
    assert told == [False, False, True]
    assert not is_lapsed(QuoteState.AGREED, DAY, DAY + timedelta(days=1))


def test_a_quote_holds_two_weeks_or_until_the_offer_ends():
    assert usual_last_day(DAY, None) == date(2026, 6, 15)
    assert usual_last_day(DAY, Period(DAY, date(2026, 6, 5))) == date(2026, 6, 5)
    assert usual_last_day(DAY, Period(DAY, date(2026, 7, 5))) == date(2026, 6, 15)
    assert usual_last_day(DAY, Period(date(2026, 5, 1), date(2026, 5, 5))) == date(2026, 6, 15)
    assert usual_last_day(DAY, Period(date(2026, 5, 1), DAY)) == DAY


def test_special_terms_never_cost_more_than_the_rules():
    priced = price_set(ask(count=9))
    assert with_special(priced, None) is priced
    assert with_special(priced, FINAL) is priced
    less = with_special(priced, Decimal(400_000))
    assert (less.final, less.if_reached, less.saving) == (Decimal(400_000), Decimal(400_000), Decimal(42_000))
    assert sum(step.saving for step in less.steps) == less.saving


@pytest.fixture
def campaign(db):
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign, sets=3)
    return campaign


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner, channel="chamber")


@pytest.fixture
def quote(unit, campaign, cast):
    return quoted(unit, campaign, cast.owner)


def quoted(unit, campaign, by, name="谢国庆", **terms):
    told = DealTerms(campaign, make_person(unit, name), Decimal(442_000), **terms)
    return make_quote(unit, told, valid_until=business_date() + timedelta(days=7), by=by)


def test_a_quote_keeps_its_price_until_somebody_prices_it_anew(quote, unit, campaign, cast):
    assert (quote.price_amount, quote.priced["if_reached"]) == (REGULAR, str(FINAL))
    for name in ("甲", "乙"):
        make_signed(unit, campaign, name)
    quote.refresh_from_db()
    assert quote.price_amount == REGULAR
    with pytest.raises(ConflictError):
        price_anew(quote, by=cast.owner, version=9)
    fresh = price_anew(quote, by=cast.owner, version=quote.version)
    assert (fresh.price_amount, fresh.priced["group"]["count"]) == (FINAL, 3)
    offer = open_offers(campaign)[0]
    assert (offer.label, offer.ask.count) == (quote.number, 3)


def test_agreed_it_becomes_a_deal_once(quote, cast):
    deal = agree_quote(quote, by=cast.owner, version=1)
    quote.refresh_from_db()
    assert (quote.state, quote.deal, deal.list_amount) == ("agreed", deal, Decimal(442_000))
    for act in (price_anew, withdraw_quote):
        with pytest.raises(BusinessError):
            act(quote, by=cast.owner, version=quote.version)
    assert Deal.objects.count() == 1


def test_a_quote_that_is_over_or_withdrawn_becomes_no_deal(unit, campaign, cast):
    told = DealTerms(campaign, make_person(unit, "甲"), Decimal(1))
    with pytest.raises(BusinessError, match="This day is over"):
        make_quote(unit, told, valid_until=business_date() - timedelta(days=1), by=cast.owner)
    assert not Quote.objects.exists()
    quote = quoted(unit, campaign, cast.owner)
    Quote.objects.update(valid_until=business_date() - timedelta(days=1))
    with pytest.raises(BusinessError, match="This quote is over"):
        agree_quote(quote, by=cast.owner, version=1)
    withdraw_quote(quote, by=cast.owner, version=1)
    assert (Deal.objects.count(), Quote.objects.get().state) == (0, "withdrawn")


def approve_all(*deciders):
    for decider in deciders:
        request = Request.objects.get()
        approvals.approve(request, by=decider, version=request.version)


def test_a_price_of_its_own_goes_through_three_people_into_the_deal(quote, cast):
    load_default_routes()
    ask_special(
        quote,
        kind=SpecialKind.PRICE,
        wanted_amount=Decimal(420_000),
        evaluation="首批业主，带动全会",
        by=cast.owner,
    )
    assert Request.objects.get().amount == Decimal("13160.00")
    with pytest.raises(BusinessError) as refusal:
        ask_special(quote, kind=SpecialKind.WINDOW, wanted_amount=None, evaluation="x", by=cast.owner)
    assert refusal.value.code == "open"
    approve_all(cast.manager, cast.director)
    quote.refresh_from_db()
    assert quote.price_amount == REGULAR
    approve_all(cast.marketing)
    quote.refresh_from_db()
    assert quote.price_amount == Decimal(420_000)
    deal = agree_quote(quote, by=cast.owner, version=quote.version)
    signed = sign_deal(deal, contract_no="C", signed_on=business_date(), by=cast.owner, version=1)
    assert signed.price_amount == Decimal(420_000)
    assert signed.priced["steps"][-1]["key"] == "special"


def test_returned_it_is_changed_and_handed_in_again_rejected_it_is_over(quote, cast):
    load_default_routes()
    told = {"kind": SpecialKind.PRICE, "evaluation": "x", "by": cast.owner}
    ask_special(quote, wanted_amount=Decimal(400_000), **told)
    request = Request.objects.get()
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="太低")
    ask_special(quote, wanted_amount=Decimal(425_000), **told)
    assert (SpecialTerms.objects.get().state, Request.objects.get().round_number) == ("pending", 2)
    request = Request.objects.get()
    approvals.reject(request, by=cast.manager, version=request.version, reason="不行")
    quote.refresh_from_db()
    assert (SpecialTerms.objects.get().state, quote.price_amount) == ("rejected", REGULAR)


def test_an_exception_from_the_days_lets_the_offer_hold_and_the_set_count(unit, cast):
    load_default_routes()
    campaign = make_campaign("old", window_from=date(2020, 5, 15), window_to=date(2020, 7, 15))
    make_rules(campaign, sets=1)
    quote = quoted(unit, campaign, cast.owner)
    assert quote.priced["group"]["state"] == "outside_window"
    ask_special(quote, kind=SpecialKind.WINDOW, wanted_amount=Decimal(5), evaluation="x", by=cast.owner)
    approve_all(cast.manager, cast.director, cast.marketing)
    quote.refresh_from_db()
    assert (quote.price_amount, quote.special_amount) == (FINAL, None)
    deal = agree_quote(quote, by=cast.owner, version=quote.version)
    assert sign_deal(deal, contract_no="C", signed_on=business_date(), by=cast.owner, version=1).is_counted


@pytest.mark.parametrize("wanted", [None, Decimal(0), REGULAR])
def test_a_proposal_that_gives_nothing_is_refused_at_its_field(quote, cast, wanted):
    with pytest.raises(BusinessError) as refusal:
        ask_special(quote, kind=SpecialKind.PRICE, wanted_amount=wanted, evaluation="x", by=cast.owner)
    assert refusal.value.field == "wanted_amount"
    withdraw_quote(quote, by=cast.owner, version=1)
    with pytest.raises(BusinessError, match="Only an open quote"):
        ask_special(quote, kind=SpecialKind.WINDOW, wanted_amount=None, evaluation="x", by=cast.owner)
    assert not SpecialTerms.objects.exists()


def test_the_tables_refuse_what_cannot_be(quote, cast):
    with pytest.raises(IntegrityError, match="quote_agreed_has_deal"), transaction.atomic():
        Quote.objects.update(state="agreed")
    with pytest.raises(IntegrityError, match="special_terms_of_one_kind"), transaction.atomic():
        SpecialTerms.objects.create(quote=quote, kind="price", evaluation="x", asked_by=cast.owner)


def test_who_may_do_what(quote, unit, cast):
    assert [can_see_quotes(p) for p in (cast.owner, cast.clerk, cast.finance)] == [True, True, False]
    assert [can_make_quote(p, unit) for p in (cast.owner, cast.lead)] == [True, False]
    assert [can_change_quote(p, quote) for p in (cast.manager, cast.other_team)] == [True, False]


def test_the_page_shows_every_step_and_both_prices(unit, campaign, cast, client_of):
    client, person = client_of(cast.owner), make_person(unit, "洪嘉伟")
    make_signed(unit, campaign, "甲")
    body = {
        "campaign": campaign.pk,
        "customer": person.pk,
        "quantity": "1",
        "list_amount": "442000",
        "payment_mode": "lump-sum",
        "valid_until": (business_date() + timedelta(days=5)).isoformat(),
    }
    assert client.post(f"/accounts/{unit.pk}/quotes/new/", body | {"list_amount": "-1"}).status_code == 422
    answer = client.post(f"/accounts/{unit.pk}/quotes/new/", body)
    assert answer.status_code == 302
    quote = Quote.objects.get()
    page = client.get(quote.get_absolute_url()).content.decode()
    for words in (
        "433,160.00",
        "424,496.80",
        "442,000.00 × 0.98",
        "not yet: 433,160.00 × 0.98",
        "housing-2026/group/chamber",
        "Once set 3 is signed · 1 missing",
        "2 of 3 sets signed, 1 missing",
        "8,663.20",
        "the campaign has no days",
    ):
        assert words in page, words
    assert client.post(f"/quotes/{quote.pk}/price/", {"version": 7}).status_code == 409
    assert client.post(f"/quotes/{quote.pk}/price/", {"version": 1}).status_code == 302
    certificate = {"kind": "教师资格证", "number": "2008350012"}
    assert client.post(f"/persons/{person.pk}/certificate/", certificate).status_code == 302
    assert Certificate.objects.get().person == person
    assert "教师资格证 …0012" in client.get(quote.get_absolute_url()).content.decode()
    load_default_routes()
    wanted = {"kind": "price", "wanted_amount": "420000", "evaluation": "首批业主"}
    assert client.post(f"/quotes/{quote.pk}/special/", wanted).status_code == 302
    request = Request.objects.get()
    card = client_of(cast.manager).get(f"/approvals/{request.pk}/").content.decode()
    assert "420,000.00" in card
    assert "首批业主" in client.get(quote.get_absolute_url()).content.decode()
    agreed = client.post(f"/quotes/{quote.pk}/deal/", {"version": 2})
    assert agreed["Location"] == Deal.objects.latest("pk").get_absolute_url()
    assert client.post(f"/quotes/{quote.pk}/withdraw/", {"version": 3}).status_code == 403
    assert quote.number in client.get(f"/accounts/{unit.pk}/tabs/quotes/").content.decode()


def text_of(content: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def test_the_papers_hold_every_figure(quote, campaign, cast, client_of):
    client = client_of(cast.owner)
    paper = text_of(client.get(f"/quotes/{quote.pk}/pdf/").content)
    for words in ("泉州商会", "谢国庆", "442,000.00", "433,160.00", "424,496.80", "8,840.00", quote.number):
        assert words in paper, words
    sheet = text_of(client.get(f"/quotes/comparison/{campaign.pk}/").content)
    for words in ("谢国庆", "442,000.00", "433,160.00", "8,840.00"):
        assert words in sheet, words


def test_the_list_shows_what_one_sees_with_constant_statements(quote, unit, campaign, cast, client_of):
    other = make_unit("温州商会", owner=cast.other_team, channel="chamber")
    quoted(other, campaign, cast.other_team, "陌生人")
    client, counts = client_of(cast.owner), []
    for names in ("", "甲乙丙"):
        for name in names:
            quoted(unit, campaign, cast.owner, name)
        client.get("/quotes/")
        with CaptureQueriesContext(connection) as told:
            page = client.get("/quotes/").content.decode()
        counts.append(len(told))
    assert counts[0] == counts[1]
    assert ("谢国庆" in page, "陌生人" in page) == (True, False)
    assert "谢国庆" not in client.get("/quotes/?q=甲").content.decode()
    file = b"".join(client.get("/quotes/?export=csv&state=open").streaming_content).decode()
    assert "424496.80" in file


def test_a_rule_put_in_force_changes_an_open_quote_when_somebody_prices_it_anew(quote, campaign, cast):
    # The preview names it by its number: who reads the draft of a rule need not see unit and customer.
    assert [offer.label for offer in open_offers(campaign)] == [quote.number]
    new = NewVersion(campaign, group(OfferChannel.CHAMBER, Tier(1, factor("0.9"))), business_date())
    put_in_force(new, by=cast.director)
    assert price_anew(quote, by=cast.owner, version=1).price_amount == Decimal("389844.00")


def test_special_terms_of_a_campaign_closed_meanwhile_are_refused_when_they_would_hold(quote, cast):
    load_default_routes()
    told = {"kind": SpecialKind.PRICE, "wanted_amount": Decimal(420_000), "evaluation": "首批业主"}
    ask_special(quote, **told, by=cast.owner)
    approve_all(cast.manager, cast.director)
    close_campaign(quote.campaign, by=cast.manager, version=quote.campaign.version)
    before = (quote.price_amount, SpecialTerms.objects.get().state, Request.objects.get().state)
    with pytest.raises(BusinessError) as refusal, transaction.atomic():
        approve_all(cast.marketing)
    quote.refresh_from_db()
    assert refusal.value.code == "campaign_closed"
    assert (quote.price_amount, SpecialTerms.objects.get().state, Request.objects.get().state) == before
    request = Request.objects.get()
    approvals.reject(request, by=cast.marketing, version=request.version, reason="活动已结束")
    assert (Quote.objects.get().price_amount, Request.objects.get().state) == (before[0], "rejected")
