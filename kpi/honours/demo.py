"""The demo's honours: a bonus for a unit won, a title for a team, one waiting."""

from decimal import Decimal

from accounts.units.models import KeyAccount
from kam.approvals import services as approvals
from kam.approvals.models import Seat
from kam.approvals.selectors import request_for
from kam.demo.story import Story
from kam.users.models import Team
from kam.users.terms import Position
from kpi.honours import services
from kpi.honours.models import Honour
from kpi.honours.services import NewHonour
from kpi.honours.terms import HonourKind, Occasion


def play_honours(story: Story) -> None:
    """Honour whom a department honours."""
    director = story.users["director"]
    sellers = sorted(
        (one for one in story.users.values() if one.position == Position.SPECIALIST), key=lambda one: one.pk
    )
    day = story.today.replace(day=1)
    with story.at(day, 10):
        unit = KeyAccount.objects.filter(owner=sellers[0]).order_by("pk").first()
        assert unit is not None  # noqa: S101 -- every seller of the demo has units
        _approve(
            services.propose(
                NewHonour(
                    HonourKind.MONEY, Occasion.UNIT_WON, "开发奖", "赢得新的大客户，进入方案阶段。", day,
                    person=sellers[0], unit=unit, amount=Decimal(1_000),
                ),
                by=director,
            )
        )  # fmt: skip
        team = Team.objects.order_by("pk").first()
        reason = "小组当月回访率最高。"
        _approve(
            services.propose(
                NewHonour(HonourKind.TITLE, Occasion.OTHER, "服务之星小组", reason, day, team=team),
                by=director,
            )
        )
        reason = "连续两个月超额完成销售计划。"
        services.propose(
            NewHonour(HonourKind.TITLE, Occasion.TARGET, "销售之星", reason, day, person=sellers[-1]),
            by=director,
        )


def _approve(honour: Honour) -> None:
    request = request_for(services.SUBJECT, honour)
    while request is not None and request.state == "pending":
        seats = Seat.objects.filter(stage__round__request=request, stage__state="pending").select_related(
            "user"
        )
        request = approvals.approve(request, by=seats.order_by("pk")[0].user, version=request.version)
