"""The demo's sponsorships: a run with product given, a promotion in an outlet, an incentive that waits, a tournament whose report is due."""

from dataclasses import replace
from decimal import Decimal

from accounts.persons.terms import Official
from campaigns.budgets.models import BudgetLine
from campaigns.budgets.terms import BudgetState
from campaigns.integrity.terms import BenefitKind
from campaigns.outlets.models import Outlet, OutletSeller
from campaigns.sponsorships import services
from campaigns.sponsorships.models import Sponsorship
from campaigns.sponsorships.services import Asked, Report
from campaigns.sponsorships.terms import SponsorshipKind
from kam.approvals.selectors import request_for
from kam.demo.routes import approve_all
from kam.demo.story import Story
from kam.users.models import User


def play_sponsorships(story: Story) -> None:
    """The line for entertaining pays; nobody who receives is a public official."""
    line = BudgetLine.objects.filter(
        budget__state=BudgetState.APPROVED, budget__campaign=None, name="公关招待费"
    ).first()
    outlet = Outlet.objects.open().select_related("unit__owner").order_by("pk").first()
    if line is None or outlet is None or outlet.unit.owner is None:
        return
    owner = outlet.unit.owner
    run = _asked(story, line, SponsorshipKind.SPORTS, "企业职工环湖跑", -26, 260)
    row = _ask(story, replace(run, more=run.more | {"goods": "玉米汁 200 瓶"}), owner, -29)
    _decide(story, row, -28)
    with story.at(story.day(-24), 16):
        report = Report(
            set(), Decimal(248), "FP-2026-0711", "参赛职工 320 人，现场登记意向 12 人", visitors=320
        )
        services.report_sponsorship(row, report, by=owner)
    match = _asked(story, line, SponsorshipKind.SPORTS, "商会羽毛球邀请赛", 6, 300)
    _decide(story, _ask(story, replace(match, unit=outlet.unit), owner, -4), -3)
    push = _asked(story, line, SponsorshipKind.PROMOTION, "玉米糖浆冬季单品推广", 3, 180)
    push = replace(push, unit=outlet.unit, outlet=outlet)
    _ask(story, replace(push, more=push.more | {"publicity": "堆头两个，海报六张"}), owner, -1)
    _reward(story, outlet, line, owner)


def _reward(story: Story, outlet: Outlet, line: BudgetLine, owner: User) -> None:
    sellers = OutletSeller.objects.filter(outlet=outlet, until=None, person__official=Official.NO)
    people = [row.person for row in sellers.select_related("person__unit")]
    if people:
        asked = replace(
            _asked(story, line, SponsorshipKind.SELLERS, "十一月店员销售奖励", 0, 60),
            unit=outlet.unit,
            outlet=outlet,
            people=people,
            benefit_kind=BenefitKind.PROMOTIONAL,
            each=Decimal(30),
        )
        _ask(story, asked, owner, -1)


def _asked(
    story: Story, line: BudgetLine, kind: SponsorshipKind, title: str, days: int, amount: int
) -> Asked:
    day = story.day(days)
    more = {"organiser": "市总工会" if kind is SponsorshipKind.SPORTS else "", "place": "株洲"}
    why = "让更多职工认识产品，现场登记意向"
    return Asked(kind, title, day, day, why, Decimal(amount), line, more=more)


def _ask(story: Story, asked: Asked, owner: User, days: int) -> Sponsorship:
    with story.at(story.day(days), 10):
        return services.ask_sponsorship(asked, by=owner)


def _decide(story: Story, row: Sponsorship, days: int) -> None:
    approve_all(story, request_for(services.SUBJECT, row), story.day(days), 10)
