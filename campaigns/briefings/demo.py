"""The demo's briefings: one closed with its return visits, one to be counted, one prepared, one that waits for its approval."""

from datetime import time, timedelta
from decimal import Decimal
from uuid import UUID

from accounts.persons.models import Person as UnitPerson
from accounts.units.models import KeyAccount
from campaigns.briefings import services
from campaigns.briefings.models import Briefing
from campaigns.briefings.services import Asked, Counted, Person, Prepared, Taken, Taking
from campaigns.briefings.terms import ItemKind, StaffRole, Step
from campaigns.budgets.models import BudgetLine
from campaigns.budgets.terms import BudgetState
from campaigns.campaigns.demo import CODE
from campaigns.campaigns.models import Campaign
from campaigns.materials.models import Material
from campaigns.prospects.terms import Intention
from kam.approvals.selectors import request_for
from kam.core.clock import moment
from kam.core.errors import BusinessError
from kam.demo.routes import approve_all
from kam.demo.story import Story
from visits.bookings.models import Resource
from visits.bookings.terms import ResourceKind

#: Days from today, place, expected, why now, estimated cost, how far it goes.
_STORIES = (
    (-26, "商会三楼会议室", 40, "会长建议趁理事会前介绍团购政策", 600, "closed"),
    (-2, "厂工会活动室", 30, "三季度奖金发放，工会愿意组织", 400, "held"),
    (3, "市场管理处会议室", 25, "商户年底回款，已有六户询价", 300, "prepared"),
    (12, "学校教工之家", 50, "教师节优惠到期前最后一次集中介绍", 500, "pending"),
)
_W = Intention
_PEOPLE = (
    ("邹慧敏", "财务科", _W.STRONG, "三房，能否分期"),
    ("蒋志鹏", "生产部", _W.INTERESTED, "交房时间"),
    ("罗雪梅", "工会", _W.STRONG, "两套相邻"),
    ("熊文斌", "生产部", _W.CONSIDERING, "公积金贷款"),
    ("汤丽娟", "办公室", _W.INTERESTED, "学区划分"),
    ("彭建军", "生产部", _W.NONE, ""),
)
_EVENING = (time(18, 30), time(20))
_SELLERS = ("specialist2", "specialist6")
_TAKEN = {ItemKind.LEAFLET: "项目折页", ItemKind.GIFT: "小型礼品", ItemKind.SHEET: "项目户型单张"}


def play_briefings(story: Story) -> None:
    """Each at another unit, of another channel; in the evening, when nobody is on the road."""
    campaign = Campaign.objects.get(code=CODE)
    line = BudgetLine.objects.filter(
        budget__state=BudgetState.APPROVED, budget__campaign=None, name="宣传物料"
    )
    used: list[int] = []
    for place, told in enumerate(_STORIES):
        unit = (
            KeyAccount.objects.filter(
                owner__isnull=False, channel__in=["chamber", "factory", "market", "school"]
            )
            .exclude(pk__in=used)
            .select_related("owner")
            .order_by("pk")
            .first()
        )
        if unit is not None:
            used.append(unit.pk)
            _play(story, campaign, line.first(), unit, place, told)


def _play(
    story: Story,
    campaign: Campaign,
    line: BudgetLine | None,
    unit: KeyAccount,
    place: int,
    told: tuple[int, str, int, str, int, str],
) -> None:
    days, where, expected, why, cost, end = told
    owner, day = unit.owner, story.day(days)
    assert owner is not None  # noqa: S101 -- chosen so
    asked_on = min(story.day(days - 8), story.day(-1))
    with story.at(asked_on, 9, 40):
        asked = Asked(
            unit,
            campaign,
            where,
            moment(day, _EVENING[0]),
            moment(day, _EVENING[1]),
            expected,
            why,
            UnitPerson.objects.filter(unit=unit).present().order_by("pk").first(),
            Decimal(cost if line else 0),
            line,
        )
        briefing = services.ask_briefing(asked, by=owner)
    if end == "pending":
        return
    approve_all(story, request_for(services.SUBJECT, briefing), asked_on, 10)
    with story.at(asked_on, 16):
        briefing.refresh_from_db()
        if not _reserve(story, briefing):
            return
    if end != "prepared":
        _hold(story, briefing, place, is_closed=end == "closed")


def _reserve(story: Story, briefing: Briefing) -> bool:
    """Reserve; false where somebody or something is taken."""
    second = next(u for u in story.users.values() if u.staff_number in _SELLERS and u != briefing.owner)
    staff = [
        Taking(StaffRole.SALES, briefing.owner),
        Taking(StaffRole.SALES, second),
        Taking(StaffRole.ENGINEER, name="周工（开发商工程部）"),
        Taking(StaffRole.PROPERTY, name="李经理（物业公司）"),
        Taking(StaffRole.DRIVER, name="陈师傅"),
    ]
    car = Resource.objects.usable().filter(kind=ResourceKind.VEHICLE).order_by("pk").first()
    items = [
        Taken(ItemKind.VEHICLE, 1, resource=car),
        Taken(ItemKind.SLIDES, 1),
        Taken(ItemKind.PROJECTOR, 1),
    ]
    for kind, name in _TAKEN.items():
        material = Material.objects.filter(campaign=briefing.campaign, name=name).first()
        items.append(Taken(kind, briefing.expected_count, material=material))
    try:
        services.prepare_briefing(
            briefing, Prepared(staff, briefing.owner, items), by=briefing.owner, version=briefing.version
        )
    except BusinessError:
        return False
    return True


def _hold(story: Story, briefing: Briefing, place: int, *, is_closed: bool) -> None:
    by, day = briefing.owner, briefing.day
    with story.at(day, 20):
        _steps(briefing, Step.AGREE, Step.ARRIVE, Step.HAND_OUT, Step.PRESENT)
        for number, (name, department, intention, question) in enumerate(_PEOPLE):
            person = Person(
                f"{name[:2]}{'一二三四'[place]}" if place else name,
                intention,
                department,
                f"1397331{place}{number:03}",
                question=question,
                joined=intention is Intention.STRONG,
                return_on=day + timedelta(days=4) if intention is not Intention.NONE else None,
            )
            services.register_attendee(briefing, person, public_id=UUID(int=place * 100 + number + 1), by=by)
        _steps(briefing, Step.TALK)
    if is_closed:
        with story.at(day + timedelta(days=1), 10):
            briefing.refresh_from_db()
            left = {item.pk: 6 for item in briefing.items.filter(material__isnull=False)}
            paid = briefing.estimate_amount - 40 if briefing.reservation_id else Decimal(0)
            words = "两户要三房，一户要两套相邻；多问交房时间和公积金贷款。"
            counted = Counted(left, paid, "FP-2026-0455", words)
            services.count_briefing(briefing, counted, by=by, version=briefing.version)
            _steps(briefing, Step.RETURN_VISITS)


def _steps(briefing: Briefing, *steps: Step) -> None:
    for step in steps:
        briefing.refresh_from_db()
        services.do_step(briefing, step, by=briefing.owner, version=briefing.version)
