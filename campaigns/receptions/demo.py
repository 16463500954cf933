"""The demo's receptions: one reported, one whose report is due, one that waits, one that cost more than was approved."""

from decimal import Decimal

from accounts.persons.models import Person
from accounts.persons.terms import Official
from campaigns.budgets.models import BudgetLine
from campaigns.budgets.terms import BudgetState
from campaigns.receptions import services
from campaigns.receptions.services import Asked, Report
from kam.approvals.selectors import request_for
from kam.demo.routes import approve_all
from kam.demo.story import Story

#: Days ago, purpose, estimated, how far it goes.
_STORIES = (
    (30, "参观样板房，座谈团购方案", 420, "reported"),
    (5, "考察项目工地，工作午餐", 360, "approved"),
    (1, "商定产品说明会场地", 280, "pending"),
    (3, "接待考察组，晚餐", 320, "over"),
)


def play_receptions(story: Story) -> None:
    """One unit after the other; guests are not public officials."""
    line = BudgetLine.objects.filter(
        budget__state=BudgetState.APPROVED, budget__campaign=None, name="公关招待费"
    ).first()
    people = Person.objects.present().filter(
        unit__owner__isnull=False, official=Official.NO, unit__channel__in=["chamber", "factory", "market"]
    )
    guests = list(people.select_related("unit__owner").order_by("-pk")[: len(_STORIES)])
    if line is None:
        return
    for guest, act in zip(guests, _STORIES, strict=False):
        _play(story, guest, line, act)


def _play(story: Story, guest: Person, line: BudgetLine, act: tuple[int, str, int, str]) -> None:
    days, purpose, amount, end = act
    owner = guest.unit.owner
    assert owner is not None  # noqa: S101 -- chosen so
    day = story.day(-days)
    with story.at(story.day(-days - 3), 10):
        more = {"staff": owner.name, "staff_count": 1, "other_count": 2, "other_guests": "办公室同事两名"}
        more |= {"itinerary": "9:30 接站，10:00 参观，12:00 午餐", "standard": "工作餐", "vehicle": "商务车"}
        asked = Asked(guest.unit, [guest], day, day, purpose, Decimal(amount), line, more=more)
        reception = services.ask_reception(asked, by=owner)
    if end == "pending":
        return
    approve_all(story, request_for(services.SUBJECT, reception), story.day(-days - 2), 10)
    if end == "approved":
        return
    over = {"over_reason": "考察组多来两人，加一桌菜"} if end == "over" else {}
    with story.at(day, 18):
        report = Report(
            {guest.pk},
            Decimal(amount + 46 if over else amount - 24),
            "FP-2026-0402",
            "参观后座谈一小时，午餐",
            "同意召开说明会",
            "周三前送资料",
            **over,
        )
        services.report_reception(reception, report, by=owner)
