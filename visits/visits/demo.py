"""Three months of visits: each seller calls on own units on working days; a few entries come late, a few meet nobody."""

from datetime import date, timedelta
from uuid import UUID

from accounts.contacts.demo import QUIET
from accounts.persons.demo import reachable
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.approvals import services as approvals
from kam.approvals.selectors import request_for
from kam.calendar.selectors import work_calendar
from kam.demo.story import Story
from kam.users.models import User
from kam.users.scopes import superior_of
from visits.plans.models import PlanLine
from visits.plans.terms import LineState, VisitMode
from visits.visits.services.late import LATE_SUBJECT
from visits.visits.services.visits import Promise, VisitEntry, log_visit
from visits.visits.terms import Outcome

#: Nobody gets through to these any more.
QUIET_DAYS = 35
#: Entries that wait for the manager's word today: so many days old, by these.
_LATE_AGES = (12, 15)
_LATE_PEOPLE = frozenset({"specialist2", "specialist5"})
_SAID = (
    "介绍项目和团购优惠，对方问付款节点。",
    "会长愿意在年会上介绍，要先看户型图。",
    "办公室主任说明了单位的审批过程。",
    "谈了样板房的隔音，约下周带两位会员看房。",
    "了解员工住房情况，多数人租房。",
)
_PROBLEMS = ("", "", "", "没有车，坐公交去的。", "资料不够发。", "对方换了办公室主任。")
_STEPS = ("送付款节点对照表", "约财务负责人见面", "报说明会人数给内勤", "请会长引见技术把关者")
_MARKET = (
    (
        "样板房隔音好，有人问电梯品牌。",
        "尚未入住。",
        "湘江世纪城 3,350 元/㎡，两户嫌物业慢。",
        "石材出口回落。",
    ),
    ("外墙砖颜色满意。", "已购会员反映装修期间停车难。", "天元花园在做团购，9.7 折。", "厂里下半年扩产。"),
)


def play_visits(story: Story) -> None:
    """Play thirteen weeks (two in the small story) up to yesterday: today is still to come."""
    people: dict[int, list[Person]] = {}
    for person in reachable(Person.objects.filter(left_on=None)):
        people.setdefault(person.unit_id, []).append(person)
    owned: dict[int, list[KeyAccount]] = {}
    for unit in KeyAccount.objects.filter(owner__isnull=False).order_by("pk"):
        if people.get(unit.pk):
            owned.setdefault(unit.owner_id or 0, []).append(unit)
    calendar = work_calendar()
    back = story.scaled(small=16, department=91, enterprise=91)
    for offset in range(-back, 0):
        day = story.day(offset)
        if not calendar.is_working(day):
            continue
        lines = _lines_on(day)
        for user in sorted(story.users.values(), key=lambda u: u.staff_number):
            if user.pk in owned:
                _day(story, user, (owned[user.pk], people, lines.get(user.pk, {})), day)


def _lines_on(day: date) -> dict[int, dict[int | None, PlanLine]]:
    """Return who → unit → the visit that is planned that day."""
    found: dict[int, dict[int | None, PlanLine]] = {}
    planned = PlanLine.objects.binding().filter(day=day, state=LineState.PLANNED, mode=VisitMode.VISIT)
    for line in planned.select_related("plan"):
        found.setdefault(line.plan.user_id, {})[line.unit_id] = line
    return found


Things = tuple[list[KeyAccount], dict[int, list[Person]], dict[int | None, PlanLine]]


def _day(story: Story, user: User, things: Things, day: date) -> None:
    units, people, lines = things
    recent = (story.today - day).days < 14
    count = story.random.choice((1, 2, 2)) if recent else story.random.choice((0, 1))
    chosen = [unit for unit in units if unit.pk in lines and unit.name not in QUIET]
    spoken = [unit for unit in units if unit.name not in QUIET or (story.today - day).days > QUIET_DAYS]
    chosen += story.random.sample(spoken, k=min(count, len(spoken)))
    for place, unit in enumerate(dict.fromkeys(chosen)):
        _visit(story, user, unit, people[unit.pk], (day, 9 + 2 * place), lines.get(unit.pk))


def _visit(
    story: Story,
    user: User,
    unit: KeyAccount,
    people: list[Person],
    when: tuple[date, int],
    line: PlanLine | None,
) -> None:
    dice = story.random
    day, hour = when
    roll = dice.random()
    outcome = Outcome.NOT_MET if roll < 0.1 else Outcome.NEUTRAL if roll < 0.5 else Outcome.PROGRESS
    if roll > 0.97:
        outcome = Outcome.SETTLED
    met = (
        [] if outcome is Outcome.NOT_MET else dice.sample(people, k=min(dice.choice((1, 1, 2)), len(people)))
    )
    age = (story.today - day).days
    late = (dice.random() < 0.03 and age > 20) or (age in _LATE_AGES and user.staff_number in _LATE_PEOPLE)
    promises = [Promise(dice.choice(_STEPS), due_on=day + timedelta(days=3))] if dice.random() < 0.3 else []
    four = dice.choice(_MARKET)
    step = dice.choice(_STEPS) if met and dice.random() < 0.6 else ""
    with story.at(day, min(hour, 17)) as started:
        entry = VisitEntry(
            unit=unit,
            on=day,
            outcome=outcome,
            persons=met,
            started_at=started,
            ended_at=started + timedelta(minutes=50),
            purpose=line.purpose if line else "",
            summary=dice.choice(_SAID) if met else "",
            problems=dice.choice(_PROBLEMS),
            next_step=step,
            next_step_on=day + timedelta(days=dice.randint(2, 9)) if step else None,
            quality_reaction=four[0],
            satisfaction=four[1],
            competitor_use=four[2],
            industry_news=four[3],
            late_reason="出差在外，回来补记" if late else "",
            promises=promises,
            plan_line=line,
        )
    with story.at(day + timedelta(days=8) if late else day, 16, 30):
        visit = log_visit(entry, public_id=UUID(int=dice.getrandbits(128), version=4), by=user)
    superior = superior_of(user) if late and (story.today - day).days > 20 else None
    if superior is not None:
        with story.at(day + timedelta(days=9), 9, 30):
            request = request_for(LATE_SUBJECT, visit)
            if request is not None:
                approvals.approve(request, by=superior, version=request.version)
