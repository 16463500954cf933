"""Three months of week plans: past weeks approved, this week with a supplement and a moved line, next week in every state."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.terms import UnitStatus
from kam.approvals import services as approvals
from kam.approvals.selectors import request_for
from kam.calendar.selectors import work_calendar
from kam.core.errors import BusinessError
from kam.core.periods import iso_week_of
from kam.demo.routes import approve_all, decider_of
from kam.demo.story import Story
from kam.users.models import User
from kam.users.terms import Position
from visits.bookings.models import Resource
from visits.bookings.services import add_resource
from visits.bookings.terms import ResourceKind
from visits.plans import services
from visits.plans.models import PlanLine, WeekPlan
from visits.plans.services import LineDraft, Place
from visits.plans.terms import HalfDay, VisitMode

_PURPOSES = (
    "确认由谁签约，约定技术把关者见面时间",
    "送付款节点对照表，听财务意见",
    "请会长在年会上介绍项目",
    "与工会确定产品说明会时间和人数",
    "了解员工住房情况和团购意向",
    "回访：样板房看后的意见",
    "认识新任办公室主任",
    "核对团购名单，落实九套",
)
_QUESTIONS = (
    "最后由谁签字？",
    "户型和施工质量由谁来看？",
    "您担心的是付款节点还是总额？",
    "年会什么时候开，能不能放资料架？",
    "员工里有多少人今年要买房？",
    "还有哪一位要先同意？",
)
_GOALS = ("两家新单位首访", "泉州商会第九套落实", "A 级单位各三次", "把财务把关者都见到", "")
_MATERIALS = ("宣传折页 30 份", "户型图 20 份", "投影仪", "")
#: Weeks older than so many days are told shorter.
_LONG_AGO = 35
_RETURNED = "A 级单位安排太少，请补两次拜访"


def play_plans(story: Story) -> None:
    """Play thirteen weeks (two in the small story), this one and the next."""
    clerk = story.users.get("clerk")
    vans = [
        add_resource(ResourceKind.VEHICLE, name, by=clerk)
        for name in ("湘B K2186", "湘B 60917")
        if clerk is not None
    ]
    people: dict[int, list[Person]] = {}
    for person in Person.objects.present().order_by("pk"):
        people.setdefault(person.unit_id, []).append(person)
    planners = _planners(story, people)
    monday = iso_week_of(story.today).first
    back = story.scaled(small=2, department=13, enterprise=13)
    for number in range(-back, 2):
        for place, (user, units) in enumerate(planners):
            week = monday + timedelta(weeks=number)
            plan = _plan(story, user, (units, people, vans), week)
            if plan is not None:
                _decide(story, plan, number, place)
    _this_week(story, planners, monday)


def _planners(story: Story, people: dict[int, list[Person]]) -> list[tuple[User, list[KeyAccount]]]:
    found = []
    wanted = {Position.SPECIALIST, Position.TEAM_LEAD}
    for user in sorted(story.users.values(), key=lambda u: u.staff_number):
        if user.position not in wanted or not user.is_active:
            continue
        rows = KeyAccount.objects.filter(owner=user).exclude(status=UnitStatus.LOST).order_by("tier", "pk")
        units = [unit for unit in rows if people.get(unit.pk)]
        if units:
            found.append((user, units))
    return found


Things = tuple[list[KeyAccount], dict[int, list[Person]], list[Resource]]


def _plan(story: Story, user: User, things: Things, monday: date) -> WeekPlan | None:
    """Plan on the Thursday before."""
    thursday = min(monday - timedelta(days=4), _day_before(story))
    days = list(work_calendar().working_days(max(monday, thursday), monday + timedelta(days=6)))
    if not days:
        return None
    year, week, _day = monday.isocalendar()
    with story.at(thursday, 15):
        plan = services.open_week(user, year=year, week=week, by=user)
        services.set_goal(plan, story.random.choice(_GOALS), by=user)
        if monday <= story.today <= monday + timedelta(days=6):
            _today(story, plan, things)
        for _number in range(
            story.random.randint(2, 3)
            if (story.today - monday).days > _LONG_AGO
            else story.random.randint(4, 6)
        ):
            _line(story, plan, things, story.random.choice(days))
        calls = LineDraft(
            day=story.random.choice(days),
            purpose="10 个电话：登记过的意向客户",
            half_day=HalfDay.AFTERNOON,
            mode=VisitMode.CALLS,
        )
        _try(plan, calls)
    return plan


def _day_before(story: Story) -> date:
    """Return the last working day: whoever loads the demo at nine is shown nothing of this afternoon."""
    return work_calendar().add(story.today, -1)


def _today(story: Story, plan: WeekPlan, things: Things) -> None:
    """Have a full day on the day the demo is loaded; on a day off only the leads show flats to members."""
    units, people, _vans = things
    if not work_calendar().is_working(story.today):
        if plan.user.position == Position.TEAM_LEAD:
            _visit_today(
                plan, units[0], people, story.today, (HalfDay.MORNING, "周末看房：带会员看样板房", "")
            )
        return
    first, second = units[0], units[1 % len(units)]
    _visit_today(plan, first, people, story.today, (HalfDay.MORNING, _PURPOSES[0], "\n".join(_QUESTIONS[:3])))
    _visit_today(plan, second, people, story.today, (HalfDay.AFTERNOON, _PURPOSES[3], ""))


def _visit_today(
    plan: WeekPlan,
    unit: KeyAccount,
    people: dict[int, list[Person]],
    day: date,
    what: tuple[HalfDay, str, str],
) -> None:
    half_day, purpose, questions = what
    draft = LineDraft(
        day=day,
        unit=unit,
        persons=people[unit.pk][:2],
        half_day=half_day,
        purpose=purpose,
        questions=questions,
    )
    _try(plan, draft)


def _line(story: Story, plan: WeekPlan, things: Things, day: date) -> PlanLine | None:
    units, people, vans = things
    dice = story.random
    unit = dice.choice(units[: max(len(units) // 2, 1)] if dice.random() < 0.6 else units)
    far = dice.random() < 0.2
    draft = LineDraft(
        day=day,
        unit=unit,
        persons=dice.sample(people[unit.pk], k=min(len(people[unit.pk]), dice.choice((1, 1, 2)))),
        half_day=dice.choice((HalfDay.MORNING, HalfDay.AFTERNOON)),
        purpose=dice.choice(_PURPOSES),
        questions="\n".join(dice.sample(_QUESTIONS, k=dice.choice((0, 2, 2, 3)))),
        materials=dice.choice(_MATERIALS),
        vehicle=dice.choice(vans) if vans and far else None,
        cost=Decimal(dice.choice((60, 80, 180))) if dice.random() < 0.1 else Decimal(0),
    )
    return _try(plan, draft)


def _try(plan: WeekPlan, draft: LineDraft) -> PlanLine | None:
    """Plan the line if its time is free; a full half day is left as it is."""
    try:
        return services.add_line(plan, draft, by=plan.user)
    except BusinessError:
        return None


def _decide(story: Story, plan: WeekPlan, number: int, place: int) -> None:
    """Past and present weeks are approved; next week's plans stand in every state."""
    friday = min(plan.monday - timedelta(days=3), _day_before(story))
    stay_draft, sent_back, at_director = number == 1 and place % 4 == 2, place % 4 == 3, place == 5
    if stay_draft or not plan.lines.standing().exists():
        return
    with story.at(friday, 16, 10 + place):
        services.submit_plan(plan, by=plan.user)
    if number < 1 or place % 4 == 0:
        approve_all(story, request_for("visit_plan", plan), friday, 17, 10, every=10)
        return
    request = request_for("visit_plan", plan)
    if request is None or not (sent_back or at_director):
        return
    decider = decider_of(request)
    if decider is None:
        return
    with story.at(friday, 17, 20):
        if sent_back:
            approvals.return_for_changes(request, by=decider, version=request.version, reason=_RETURNED)
        else:
            approvals.approve(request, by=decider, version=request.version)


def _this_week(story: Story, planners: list[tuple[User, list[KeyAccount]]], monday: date) -> None:
    """A moved line, and a supplement that waits for approval."""
    if not planners:
        return
    user, units = planners[0]
    left = list(work_calendar().working_days(story.today, monday + timedelta(days=6)))
    plan = WeekPlan.objects.live().filter(
        user=user, year=monday.isocalendar().year, week=monday.isocalendar().week
    )
    found = plan.first()
    if found is None or not left or not found.is_approved:
        return
    with story.at(story.today, 8, 20):
        line = found.lines.filter(state="planned", day=left[0]).first()
        if line is not None and len(left) > 1:
            try:
                services.move_line(line, to=Place(left[-1]), by=user, reason="客户改期：会长出差")
            except BusinessError:
                return
        extra = _try(
            found,
            LineDraft(
                day=left[-1],
                unit=units[0],
                half_day=HalfDay.AFTERNOON,
                purpose="临时约见：会长返程经过株洲",
                cost=Decimal(160),
                questions=_QUESTIONS[0],
            ),
        )
        if extra is not None:
            services.submit_supplement(extra, by=user)
