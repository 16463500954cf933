"""Plans are the planner's and their leaders'; planned and recurring gifts follow the unit of the person."""

from datetime import timedelta
from typing import Any

from accounts.persons.models import Person
from campaigns.budgets.models import BudgetLine
from campaigns.gift_plans import services
from campaigns.gift_plans.models import GiftPlan, GiftPlanLine
from campaigns.gifts.models import GiftItem
from campaigns.gifts.terms import Occasion
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.gifts import decide_all
from tests.permissions.campaigns_gifts import place
from tests.permissions.row import Row

LIST = "403: finance hr admin; 200: *"
NEW = "{}: owner same_team lead manager other_team other_lead other_manager director; 403: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
OWN = "200: owner; 403: lead manager director marketing gm clerk; 404: *"
DONE = "302: owner; 403: lead manager director marketing gm clerk; 404: *"
WRITE = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
WRITTEN = "302: owner manager director; 403: lead marketing gm clerk; 404: *"
REMOVED = "302: owner; 404: *"


def draft(cast: Cast) -> dict[str, Any]:
    person, item, line = place(cast)
    today = business_date()
    head = services.Head("年度计划", today, today + timedelta(300))
    plan = services.draft_plan(head, by=cast.owner)
    day = today + timedelta(5)
    planned = services.Planned(person, item, 1, Occasion.FESTIVAL, "走访", day, line)
    services.add_line(plan, planned, by=cast.owner)
    return {"pk": plan.pk}


def drafted_line(cast: Cast) -> dict[str, Any]:
    return {"pk": GiftPlanLine.objects.get(plan=draft(cast)["pk"]).pk}


def approved_line(cast: Cast) -> dict[str, Any]:
    told = draft(cast)
    decide_all(services.SUBJECT, services.submit_plan(GiftPlan.objects.get(**told), by=cast.owner))
    return {"pk": GiftPlanLine.objects.get(plan=told["pk"]).pk}


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": place(cast)[0].unit_id}


def schedule(cast: Cast) -> dict[str, Any]:
    person, item, _line = place(cast)
    told = {"item": item, "quantity": 1, "rhythm": "festival", "festival": "spring", "months": 0}
    told |= {"starts_on": business_date(), "reason": "定期"}
    return {"pk": services.add_schedule(person, told, by=cast.owner).pk}


def head(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    today = business_date()
    days = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(300)).isoformat()}
    return {"name": "年度", "version": "1"} | days


def gift(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {
        "person": Person.objects.get().pk,
        "item": GiftItem.objects.get().pk,
        "quantity": "1",
        "occasion": "visit",
        "reason": "走访",
        "on": (business_date() + timedelta(9)).isoformat(),
        "line": BudgetLine.objects.get(name="精品礼品").pk,
    }


def filled(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    line = BudgetLine.objects.get(name="精品礼品").pk
    return {"sources": "schedules", "quantity": "1", "line": line}


def because(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"reason": "调离"}


def round_(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    return {
        "person": Person.objects.get(unit_id=kwargs["unit_pk"]).pk,
        "item": GiftItem.objects.get().pk,
        "quantity": "1",
        "rhythm": "months",
        "months": "6",
        "starts_on": business_date().isoformat(),
        "reason": "定期",
    }


AT, LINE, UNIT = (
    "gifts/plans/<int:pk>/",
    "gifts/plans/lines/<int:pk>/",
    "accounts/<int:unit_pk>/gift-schedules/new/",
)
ROWS = [
    Row("gifts/plans/", "GET", "-", LIST),
    Row("gifts/plans/new/", "GET", "-", NEW.format(200)),
    Row("gifts/plans/new/", "POST", "-", NEW.format(302), body=head),
    Row(AT, "GET", "draft", READ, make=draft),
    Row(f"{AT}edit/", "GET", "draft", OWN, make=draft),
    Row(f"{AT}edit/", "POST", "draft", DONE, make=draft, body=head),
    Row(f"{AT}fill/", "GET", "draft", OWN, make=draft),
    Row(f"{AT}fill/", "POST", "draft", DONE, make=draft, body=filled),
    Row(f"{AT}lines/new/", "GET", "draft", OWN, make=draft),
    Row(f"{AT}lines/new/", "POST", "draft", DONE, make=draft, body=gift),
    Row(f"{AT}submit/", "POST", "draft", DONE, make=draft),
    Row(f"{AT}discard/", "POST", "draft", DONE, make=draft),
    Row(f"{AT}plan.pdf", "GET", "draft", READ, make=draft),
    Row(f"{LINE}remove/", "POST", "draft", REMOVED, make=drafted_line),
    Row(f"{LINE}ask/", "GET", "approved", WRITE, make=approved_line),
    Row(f"{LINE}ask/", "POST", "approved", WRITTEN, make=approved_line, body=gift),
    Row(f"{LINE}drop/", "GET", "approved", WRITE, make=approved_line),
    Row(f"{LINE}drop/", "POST", "approved", WRITTEN, make=approved_line, body=because),
    Row("gifts/schedules/", "GET", "-", LIST),
    Row("gifts/schedules/<int:pk>/end/", "GET", "running", WRITE, make=schedule),
    Row("gifts/schedules/<int:pk>/end/", "POST", "running", WRITTEN, make=schedule, body=because),
    Row(UNIT, "GET", "own", WRITE, make=unit),
    Row(UNIT, "POST", "own", WRITTEN, make=unit, body=round_),
]
