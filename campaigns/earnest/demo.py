"""The demo's earnest money: buyers of two units and two ordinary ones, one who has not paid, a session in which two have chosen."""

from decimal import Decimal

from accounts.persons.models import Person
from accounts.persons.services import add_person
from accounts.units.models import KeyAccount
from campaigns.campaigns.demo import BEGAN, CODE
from campaigns.campaigns.models import Campaign
from campaigns.earnest.models import Earnest
from campaigns.earnest.services import EarnestTerms, confirm_receipt, note_earnest
from campaigns.earnest.sessions import call_next, choose, open_choosing, pass_over
from campaigns.prospects.models import Prospect
from kam.demo.story import Story

AMOUNT = Decimal(5_000)
#: (channel, buyer): "" is an ordinary one. They pay in this order; the last two have not paid.
_BUYERS = (
    ("", "邓志强"),
    ("chamber", "傅明辉"),
    ("factory", "姚建国"),
    ("", "曾丽"),
    ("chamber", "钟秀英"),
    ("factory", "潘永刚"),
)
_PAID = 5


def play_earnest(story: Story) -> None:
    """One buyer a day from the first day of the offer on, then the session with three calls."""
    campaign = Campaign.objects.get(code=CODE)
    noted = []
    for place, (channel, name) in enumerate(_BUYERS):
        with story.at(story.day(BEGAN + 1 + place), 11):
            noted.append(_note(story, campaign, channel, name))
    for place, earnest in enumerate(row for row in noted[:_PAID] if row is not None):
        with story.at(story.day(BEGAN + 8 + place), 10):
            confirm_receipt(
                earnest, receipt_no=f"CY-{place + 1:03}", by=story.users["finance"], version=earnest.version
            )
    with story.at(story.day(BEGAN + 16), 14):
        _call(story, campaign)


def _note(story: Story, campaign: Campaign, channel: str, name: str) -> Earnest | None:
    if not channel:
        known = Prospect.objects.filter(campaign=campaign, unit=None, name=name).first()
        terms = EarnestTerms(campaign, AMOUNT, name=name, prospect=known)
        return note_earnest(terms, unit=None, by=story.users["specialist2"])
    rows = KeyAccount.objects.filter(channel=channel, owner__isnull=False).select_related("owner")
    unit = rows.order_by("pk").first()
    if unit is None or unit.owner is None:
        return None
    person = Person.objects.filter(unit=unit, name=name).first()
    person = person or add_person(unit, {"name": name, "post": "会员"}, by=unit.owner)
    terms = EarnestTerms(campaign, AMOUNT, person=person, has_discount_rule=True, has_use_rights=True)
    return note_earnest(terms, unit=unit, by=unit.owner)


def _call(story: Story, campaign: Campaign) -> None:
    """Two choose, the third did not come."""
    leader = story.users["manager1"]
    open_choosing(campaign, by=leader)
    product = campaign.products.first()
    for what in ("3栋1201", "3栋1202", ""):
        call = call_next(campaign, by=leader)
        serial = call.earnest.serial or 0
        if what:
            choose(campaign, object_label=what, product=product, serial=serial, by=leader)
        else:
            pass_over(campaign, serial=serial, by=leader)
