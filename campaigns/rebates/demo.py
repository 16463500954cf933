"""The demo's rebates: 1,000 yuan a set; of four deals that a unit with a key person closed lately one is paid, one checked, one payable, one asked for."""

from decimal import Decimal

from django.db.models import Min
from django.utils import timezone

from accounts.persons.models import KeyPersonPeriod, Person
from accounts.persons.services import add_person, edit_person
from accounts.persons.terms import Official
from accounts.units.models import KeyAccount
from campaigns.campaigns.demo import BEGAN, CODE
from campaigns.campaigns.models import Campaign
from campaigns.deals.demo import first_unit
from campaigns.deals.models import Deal
from campaigns.deals.services import DealTerms, open_deal, receive_payment, sign_deal
from campaigns.integrity.services import Excuse
from campaigns.rebates.models import Rebate
from campaigns.rebates.rules import Tier
from campaigns.rebates.selectors import answers_for
from campaigns.rebates.services import Papers, Wish, check_papers, claim, pay, put_in_force
from campaigns.rebates.services.claims import SUBJECT
from kam.approvals import services as approvals
from kam.approvals.selectors import request_for
from kam.demo.story import Story
from visits.visits.models import Visit

_PAPERS = Papers("430202198003150418", "QZSH-0712")
_EXCUSE = Excuse("活动方案约定的推荐奖励", "合作协议 2026-07", "告知函 2026-12")
_BUYERS = ("龙建平", "易小兰", "文国华", "贺志刚")


def play_rebates(story: Story) -> None:
    """The rule is in force from before the offer; a key person who was met first asks for what closed since."""
    campaign = Campaign.objects.get(code=CODE)
    director = story.users["director"]
    with story.at(story.day(BEGAN - 10), 10):
        put_in_force(campaign, [Tier(1, Decimal(1_000))], story.day(BEGAN - 10), by=director)
    unit = _with_a_recommender(campaign) or first_unit("factory")
    if unit is None or unit.owner is None:
        return
    closed = [_close(story, campaign, unit, place) for place in range(len(_BUYERS))]
    for place, answer in enumerate(answers_for(closed)):
        if answer.verdict.failing:
            continue
        with story.at(story.day(-4), 10, place):
            _say_no_official(answer.person)
            rebate = claim(answer.deal, Wish(excuse=_EXCUSE), by=unit.owner)
        if place < len(_BUYERS) - 1:
            with story.at(story.day(-3), 15, place):
                _approve(story, rebate)
        if place < len(_BUYERS) - 2:
            with story.at(story.day(-2), 16, place):
                _pay(story, rebate, is_paid=place == 0)


def _with_a_recommender(campaign: Campaign) -> KeyAccount | None:
    """Return a private unit whose key person, named in time, was met at the first visit since the campaign began."""
    begins = campaign.phases.aggregate(first=Min("starts_on"))["first"] or campaign.window_from
    periods = KeyPersonPeriod.objects.filter(
        unit__channel__in=("factory", "market", "chamber"), unit__owner__isnull=False, ended_on__isnull=True
    )
    for period in periods.select_related("unit__owner", "unit__team").order_by("unit"):
        visits = Visit.objects.held().filter(unit=period.unit, on__gte=begins, business_date__isnull=False)
        first = visits.order_by("on", "started_at", "pk").first()
        if (
            first is not None
            and period.started_on <= first.on
            and timezone.localdate(period.designated_at) <= first.on
            and first.persons_met.filter(person=period.person_id).exists()
        ):
            return period.unit
    return None


def _close(story: Story, campaign: Campaign, unit: KeyAccount, place: int) -> Deal:
    """Sign one set and receive its first payment on the next day."""
    with story.at(story.day(-12), 14, place):
        buyer = add_person(unit, {"name": _BUYERS[place], "post": "职工"}, by=unit.owner)
        terms = DealTerms(campaign, buyer, Decimal(442_000), object_label=f"5栋{place + 3}01", proof="工作证")
        deal = open_deal(unit, terms, by=unit.owner)
        day = story.day(-12)
        sign_deal(deal, contract_no=f"HT-5{place:02}", signed_on=day, by=unit.owner, version=deal.version)
    with story.at(story.day(-11), 10, place):
        amount, finance = Decimal(130_000), story.users["finance"]
        receive_payment(
            deal, amount=amount, received_on=story.day(-11), reference=f"SK-5{place:02}", by=finance
        )
    return Deal.objects.select_related("unit__owner", "campaign", "customer").get(pk=deal.pk)


def _say_no_official(person: Person | None) -> None:
    if person is not None and person.official == Official.UNKNOWN:
        edit_person(person, {"official": Official.NO}, by=person.unit.owner)


def _approve(story: Story, rebate: Rebate) -> None:
    for who in ("director", "gm", "finance"):
        request = request_for(SUBJECT, rebate)
        if request is not None and request.state == "pending":
            approvals.approve(request, by=story.users[who], version=request.version, reason="同意")


def _pay(story: Story, rebate: Rebate, *, is_paid: bool) -> None:
    finance, row = story.users["finance"], Rebate.objects.get(pk=rebate.pk)
    papers = Papers(_PAPERS.identity, _PAPERS.permit, row.asked_by)
    row = check_papers(row, papers, by=finance, version=row.version)
    if is_paid:
        pay(row, by=finance, version=row.version)
