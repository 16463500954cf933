"""The demo's pilot: planned by manager1, approved, one round measured and changed, the second one under way."""

from decimal import Decimal

from accounts.units.models import KeyAccount
from campaigns.campaigns.services import submit_plan
from campaigns.pilots import services
from campaigns.pilots.models import Pilot, PilotRound
from campaigns.pilots.services import Plan, Ruling
from campaigns.pilots.terms import Size, Source, Verdict
from kam.approvals import services as approvals
from kam.demo.story import Story

CODE = "pilot-portal"
#: The first round began so many days ago; it lasts the eight weeks of the template.
BEGAN = -70


def play_pilots(story: Story) -> None:
    """Six units in two rounds; what the first one missed is done otherwise in the second."""
    manager, director = story.users["manager1"], story.users["director"]
    with story.at(story.day(BEGAN - 28), 9):
        plan = Plan(
            CODE,
            "团购服务平台内测",
            story.day(BEGAN),
            "大客户是否愿意用平台登记认筹？哪些功能先改？",
            {Size.LARGE: 2, Size.MEDIUM: 2, Size.SMALL: 2},
        )
        pilot = services.plan_pilot(plan, by=manager)
        request = submit_plan(pilot.campaign, by=manager, version=pilot.campaign.version)
    with story.at(story.day(BEGAN - 26), 10):
        approvals.approve(request, by=director, version=request.version, reason="同意，先小范围试")
    _choose(story, pilot, 0, 4, 1)
    first = pilot.rounds.get(number=1)
    _tell(story, first, 62, -15)
    with story.at(story.day(-12), 15):
        ruling = Ruling(
            Verdict.CHANGE,
            "走访和建议达标不足，客户愿意继续使用的比例偏低，登记步骤太多",
            story.day(-10),
            story.day(25),
            "登记改为两步；每家客户指定一名联系人",
        )
        services.decide_round(first, ruling, by=director)
    _choose(story, pilot, 4, 6, 2)
    _tell(story, pilot.rounds.get(number=2), 82, -1)


def _choose(story: Story, pilot: Pilot, first: int, last: int, number: int) -> None:
    manager = story.users["manager1"]
    units = KeyAccount.objects.visible_to(manager).filter(owner__isnull=False).order_by("pk")[first:last]
    with story.at(story.day(BEGAN - 1 if number == 1 else -9), 11):
        for place, unit in enumerate(units):
            services.choose_unit(pilot, unit, list(Size)[(first + place) % 3], number, by=manager)


def _tell(story: Story, number: PilotRound, figure: int, days: int) -> None:
    told = {row.pk: Decimal(figure) for row in number.pilot.measures.filter(source=Source.TOLD)}
    with story.at(story.day(days), 17):
        services.tell_figures(number, told, by=story.users["manager1"])
