"""The demo's gift plans: recurring gifts of two units, a plan of the season that is carried out, next year's that waits for approval."""

from accounts.persons.models import KeyPersonPeriod, Person
from accounts.persons.terms import Official
from campaigns.budgets.models import BudgetLine
from campaigns.budgets.terms import BudgetState
from campaigns.gift_plans import services
from campaigns.gift_plans.models import GiftPlan, GiftPlanLine
from campaigns.gift_plans.terms import Festival, Rhythm, Source
from campaigns.gifts.models import GiftItem
from campaigns.gifts.services import Terms
from campaigns.gifts.terms import Occasion
from kam.approvals.selectors import request_for
from kam.demo.routes import approve_all
from kam.demo.story import Story


def play_gift_plans(story: Story) -> None:
    """Calendars at every half year, a birthday, and a plan with one gift asked for and one that comes near."""
    line = BudgetLine.objects.filter(
        budget__state=BudgetState.APPROVED, budget__campaign=None, name="关键人物礼品"
    ).first()
    item = GiftItem.objects.filter(name="台历").first()
    people = _people(story)
    if line is None or item is None or not people:
        return
    owner = people[0].unit.owner
    assert owner is not None  # noqa: S101 -- chosen so
    with story.at(story.day(-60), 9):
        for person, rhythm in zip(people, (Rhythm.MONTHS, Rhythm.FESTIVAL), strict=False):
            told = {
                "item": item,
                "quantity": 1,
                "rhythm": rhythm,
                "festival": Festival.SPRING if rhythm is Rhythm.FESTIVAL else "",
                "months": 6 if rhythm is Rhythm.MONTHS else 0,
                "starts_on": story.day(-60),
                "reason": "指定关键人物，定期礼品",
            }
            services.add_schedule(person, told, by=owner)
    _carried_out(story, people, item, line)
    _next_year(story, people[0], item, line)


def _people(story: Story) -> list[Person]:
    """Return two key persons of the units of whoever has most of them; calendars may be given there."""
    rows = KeyPersonPeriod.objects.on(story.today).filter(
        unit__owner__isnull=False,
        person__official=Official.NO,
        unit__channel__in=["chamber", "factory", "market"],
    )
    people: dict[int, list[Person]] = {}
    for row in rows.select_related("person__unit__owner").order_by("pk"):
        people.setdefault(row.person.unit.owner_id or 0, []).append(row.person)
    return max(people.values(), key=len, default=[])[:2]


def _carried_out(story: Story, people: list[Person], item: GiftItem, line: BudgetLine) -> None:
    owner = people[0].unit.owner
    assert owner is not None  # noqa: S101 -- chosen so
    with story.at(story.day(-30), 9):
        days = (story.day(-30), story.day(60))
        plan = services.draft_plan(services.Head("四季度礼品计划", *days, "老客户维护"), by=owner)
        for n, person in enumerate(people):
            on = story.day(-3 if n else 6)
            told = services.Planned(person, item, 1, Occasion.THANKS, "年终答谢", on, line)
            services.add_line(plan, told, by=owner)
        services.submit_plan(plan, by=owner)
    approve_all(story, request_for(services.SUBJECT, plan), story.day(-30), 10)
    row = GiftPlanLine.objects.filter(plan=plan, on__lt=story.today).first()
    if row is not None:
        with story.at(story.day(-8), 9):
            terms = Terms(row.person, item, 1, Occasion.THANKS, row.reason, row.on, line)
            services.ask_for_line(row, terms, by=owner)


def _next_year(story: Story, person: Person, item: GiftItem, line: BudgetLine) -> GiftPlan:
    owner = person.unit.owner
    assert owner is not None  # noqa: S101 -- chosen so
    year = story.today.year + 1
    with story.at(story.day(-2), 9):
        first = story.today.replace(year=year, month=1, day=1)
        last = first.replace(month=12, day=31)
        plan = services.draft_plan(
            services.Head(f"{year} 年度礼品馈赠计划", first, last, "按节日与生日"), by=owner
        )
        sources = frozenset({Source.SCHEDULES, Source.BIRTHDAYS, Source.FESTIVALS})
        wish = services.Wish(sources, line, item, 1, (Festival.SPRING, Festival.MID_AUTUMN))
        services.fill_plan(plan, wish, by=owner)
        if plan.lines.exists():
            services.submit_plan(plan, by=owner)
    return plan
