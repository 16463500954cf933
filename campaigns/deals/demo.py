"""The demo's deals: a chamber two sets before nine, a unit that reached nine, one that lost it again."""

from datetime import date
from decimal import Decimal

from accounts.persons.models import Person
from accounts.persons.services import add_person
from accounts.units.models import KeyAccount
from campaigns.campaigns.demo import BEGAN, CODE
from campaigns.campaigns.models import Campaign
from campaigns.deals.models import Deal
from campaigns.deals.services import DealTerms, cancel_deal, open_deal, receive_payment, sign_deal
from kam.demo.story import Story

PRICE = Decimal(3400)
_BUYERS = ("洪嘉伟", "吴建华", "蔡志明", "谢国庆", "陈雅琳", "许文辉", "林淑芬", "黄健", "郭晓峰", "叶青")
#: (channel, sets one after the other); the last set of the third is cancelled.
_STORIES = (("chamber", 7), ("factory", 9), ("market", 9))


def play_deals(story: Story) -> None:
    """One set every third day from the first day of the offer on; most are paid a week later."""
    campaign = Campaign.objects.get(code=CODE)
    product = campaign.products.get()
    finance = story.users["finance"]
    for number, (channel, sets) in enumerate(_STORIES):
        unit = first_unit(channel)
        if unit is None or unit.owner is None:
            continue
        deal = None
        for place in range(sets):
            day = story.day(BEGAN + 2 + 4 * place)
            with story.at(day, 14, number):
                buyer = _buyer(unit, _BUYERS[place])
                terms = DealTerms(
                    campaign,
                    buyer,
                    PRICE * (118 + 4 * (place % 4)),
                    product=product,
                    object_label=f"{number + 1}栋{place + 2}02",
                    proof="会员证" if channel != "factory" else "工作证",
                )
                deal = open_deal(unit, terms, by=unit.owner)
                contract = f"HT-{number + 1}{place + 1:02}"
                deal = sign_deal(
                    deal, contract_no=contract, signed_on=day, by=unit.owner, version=deal.version
                )
            if place % 4 != 3:
                with story.at(story.day(BEGAN + 9 + 4 * place), 10, number):
                    _pay(deal, story.day(BEGAN + 9 + 4 * place), f"SK-{number + 1}{place + 1:02}", finance)
        if channel == "market" and deal is not None:
            with story.at(story.day(-6), 16):
                deal = Deal.objects.get(pk=deal.pk)
                cancel_deal(deal, reason="贷款没有批下来", by=story.users["director"], version=deal.version)


def first_unit(channel: str) -> KeyAccount | None:
    """Return the first unit of a channel that somebody owns."""
    rows = KeyAccount.objects.filter(channel=channel, owner__isnull=False)
    return rows.select_related("owner", "team").order_by("pk").first()


def _buyer(unit: KeyAccount, name: str) -> Person:
    found = Person.objects.filter(unit=unit, name=name).first()
    return found or add_person(unit, {"name": name, "post": "会员"}, by=unit.owner)


def _pay(deal: Deal, day: date, reference: str, by: object) -> None:
    amount = (deal.net_total() * Decimal("0.3")).quantize(Decimal(1))
    receive_payment(deal, amount=amount, received_on=day, reference=reference, by=by)  # type: ignore[arg-type]  # a person
