"""The demo's quotes: the ninth set of the chamber, a teacher with a certificate, special terms under way."""

from decimal import Decimal

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.campaigns.demo import CODE, ENDS
from campaigns.campaigns.models import Campaign
from campaigns.deals.demo import PRICE, first_unit
from campaigns.deals.services import DealTerms
from campaigns.discounts.services import check_certificate
from campaigns.quotes.models import Quote
from campaigns.quotes.services import make_quote
from campaigns.quotes.specials import ask_special
from campaigns.quotes.terms import SpecialKind
from kam.demo.story import Story


def play_quotes(story: Story) -> None:
    """Three quotes of this week, each by the unit's owner."""
    campaign = Campaign.objects.get(code=CODE)
    for place, channel in enumerate(("chamber", "government", "bank")):
        unit = first_unit(channel)
        person = Person.objects.filter(unit=unit).order_by("pk").first() if unit else None
        if unit is None or person is None:
            continue
        with story.at(story.day(-3), 11, place):
            if channel == "government":
                check_certificate(person, kind="公务员证", number="35050020260018", by=unit.owner)
            quote = _quote(story, campaign, unit, person)
        if channel == "bank" and unit.owner is not None:
            with story.at(story.day(-2), 15):
                ask_special(
                    quote,
                    kind=SpecialKind.PRICE,
                    wanted_amount=Decimal(425_000),
                    evaluation="银行整层员工有意向，首套让利可带动后续十套。",
                    negotiation="单位承诺本月内组织看房。",
                    by=unit.owner,
                )


def _quote(story: Story, campaign: Campaign, unit: KeyAccount, person: Person) -> Quote:
    product = campaign.products.get()
    terms = DealTerms(campaign, person, PRICE * 130, product=product, object_label="3栋1202")
    return make_quote(unit, terms, valid_until=story.day(ENDS), by=unit.owner)
