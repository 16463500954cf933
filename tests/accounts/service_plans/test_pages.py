"""Service plans in the browser: tab, form, review, one plan, list with filters and file, PDF, timeline, Today, week planner, rule change."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.persons.terms import BuyerRole
from accounts.red_flags.services import recompute
from accounts.service_plans.forms import TemplateForm
from accounts.service_plans.models import (
    ServicePlan,
    ServicePlanReview,
    ServicePlanRevision,
    ServicePlanTemplate,
)
from accounts.service_plans.proposals import apply_template, last_version, preview_template, template_named
from accounts.service_plans.selectors import seen_of
from accounts.service_plans.services import conclude_review, propose_plans, write_plans
from accounts.units.terms import Tier
from kam.core.errors import BusinessError
from kam.core.periods import Period
from tests.factories.accounts import make_contact, make_person, make_role, make_unit
from visits.plans.models import PlanLine
from visits.plans.registry import proposals_for

MONDAY = date(2026, 6, 1)
WEEK = Period(MONDAY, date(2026, 6, 7))


@pytest.fixture
def clock():
    with time_machine.travel(
        datetime(2026, 6, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai")), tick=True
    ) as traveller:
        yield traveller


@pytest.fixture
def unit(cast, clock):
    unit = make_unit("泉州商会", owner=cast.owner, tier=Tier.A)
    make_role(make_person(unit, "许志远𠮷"))
    make_role(make_person(unit, "黄秀梅"), BuyerRole.USER)
    return unit


@pytest.fixture
def planned(unit, cast):
    write_plans(unit, propose_plans(unit, MONDAY), by=cast.owner, seen=0)
    return unit


def page_of(client, address, **data):
    return client.get(address, data).content.decode()


def text_of(pdf):
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join("".join(pages).split())


def filled(client, unit, **changes):
    """Return what the form would send as it stands, changed."""
    answer = client.get(f"/accounts/{unit.pk}/service-plan/edit/")
    form = answer.context["form"]
    body = {"seen": seen_of(unit), "starts_on": "2026-06-01", "reason": ""}
    for row in form.rows:
        for bound in row.form:
            value = bound.value()
            if value not in (None, "", False):
                body[bound.html_name] = "on" if value is True else value
    body |= changes
    return {name: value for name, value in body.items() if value is not None}


def test_plans_are_begun_as_proposed_on_one_page(unit, cast, client_of):
    client = client_of(cast.owner)
    tab = page_of(client, f"/accounts/{unit.pk}/tabs/service-plan/")
    assert "Without a plan" in tab
    answer = client.post(f"/accounts/{unit.pk}/service-plan/edit/", filled(client, unit))
    assert answer.status_code == 302
    assert ServicePlanRevision.objects.filter(plan__unit=unit).count() == 2
    page = page_of(client, f"/accounts/{unit.pk}/service-plan/")
    for text in ("许志远𠮷", "黄秀梅", "Trusts us", "every week on Tue", "Without a plan"):
        assert (text in page) == (text != "Without a plan")


def test_a_row_without_a_tick_begins_no_plan_and_stops_a_running_one(planned, cast, client_of):
    client = client_of(cast.owner)
    user = ServicePlan.objects.get(seat="user")
    prefix = f"p{user.person_id}-user"
    body = filled(
        client, planned, reason="left for Beijing", **{f"{prefix}-is_planned": None, f"{prefix}-number": ""}
    )
    assert client.post(f"/accounts/{planned.pk}/service-plan/edit/", body).status_code == 302
    assert [row.is_stopped for row in user.revisions.order_by("revision")] == [False, True]
    assert "stopped" in page_of(client, f"/accounts/{planned.pk}/service-plan/")
    other = make_unit("株洲商会", owner=cast.owner)
    make_role(make_person(other))
    (row,) = client.get(f"/accounts/{other.pk}/service-plan/edit/").context["form"].rows
    nobody = filled(client, other, **{row.form.add_prefix("is_planned"): None})
    assert client.post(f"/accounts/{other.pk}/service-plan/edit/", nobody).status_code == 302
    assert not ServicePlan.objects.filter(unit=other).exists()


@pytest.mark.parametrize(
    ("field", "value", "status", "text"),
    [
        ("objective", "", 422, "Say what is to be reached"),
        ("number", "27", 422, "Every 1 to 26 weeks."),
        ("number", "x", 422, "Enter a whole number."),
        ("weekdays", None, 422, "Choose at least one day of the week."),
        ("mode", "dance", 422, "not one of the available choices"),
        ("mode", "call", 422, "Say why the plan changes."),
        ("seen", "0", 409, "changed these plans meanwhile"),
        ("starts_on", "2026-05-31", 422, "from today on"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    planned, cast, client_of, field, value, status, text
):
    client = client_of(cast.owner)
    boss = ServicePlan.objects.get(seat="decision_maker")
    prefix = f"p{boss.person_id}-decision_maker"
    changes = {field if field in {"seen", "starts_on"} else f"{prefix}-{field}": value}
    changes |= {f"{prefix}-action": "Typed by hand"}
    if text != "Say why the plan changes.":
        changes["reason"] = "better known"
    answer = client.post(f"/accounts/{planned.pk}/service-plan/edit/", filled(client, planned, **changes))
    page = answer.content.decode()
    assert answer.status_code == status
    assert text in page
    assert "Typed by hand" in page
    assert ServicePlanRevision.objects.count() == 2


def test_a_review_is_kept_and_leads_to_a_revision_that_names_it(planned, cast, client_of, clock):
    clock.shift(31 * 86400)
    client = client_of(cast.owner)
    assert "A review is due" in page_of(client, f"/accounts/{planned.pk}/service-plan/")
    address = f"/accounts/{planned.pk}/service-plan/review/"
    assert client.post(address, {"conclusion": " "}).status_code == 422
    assert not ServicePlanReview.objects.exists()
    answer = client.post(address, {"conclusion": "Calls do not help", "revise": "1"})
    review = ServicePlanReview.objects.get()
    assert answer.headers["Location"].endswith(f"edit/?review={review.pk}")
    user = ServicePlan.objects.get(seat="user")
    changes = {f"p{user.person_id}-user-mode": "visit", "reason": "visits", "review": review.pk}
    body = filled(client, planned, starts_on="2026-07-02", **changes)
    assert client.post(f"/accounts/{planned.pk}/service-plan/edit/", body).status_code == 302
    assert user.revisions.get(revision=2).review == review
    assert client.post(address, {"conclusion": "Twice"}).status_code == 422
    page = page_of(client, f"/accounts/{planned.pk}/service-plan/")
    assert "Calls do not help" in page
    assert "A review is due" not in page


def test_one_plan_shows_what_was_done_and_compares_two_revisions(planned, cast, client_of, clock):
    plan = ServicePlan.objects.get(seat="decision_maker")
    make_contact(planned, plan.person, on=date(2026, 6, 2))
    clock.shift(10 * 86400)
    client = client_of(cast.owner)
    changes = {f"p{plan.person_id}-decision_maker-mode": "call", "reason": "ill", "starts_on": "2026-06-20"}
    client.post(f"/accounts/{planned.pk}/service-plan/edit/", filled(client, planned, **changes))
    page = page_of(client, plan.get_absolute_url())
    for text in ("done on 2 Jun", "Due", "Ahead", "changed", "as proposed", "ill"):
        assert text in page
    same = page_of(client, plan.get_absolute_url(), before="1", after="1")
    assert not re.search(r"<b>Call</b>", same)
    assert (
        client.get(plan.get_absolute_url(), {"before": "x", "after": "99999999999999999999"}).status_code
        == 200
    )


def test_the_list_filters_and_its_file_says_the_same(planned, cast, client_of, clock):
    far = make_unit("株洲商会", owner=cast.other_team)
    make_role(make_person(far, "Far Away"))
    write_plans(far, propose_plans(far, MONDAY), by=cast.other_team, seen=0)
    client = client_of(cast.owner)
    page = page_of(client, "/service-plans/")
    assert "许志远𠮷" in page
    assert "Far Away" not in page
    assert "黄秀梅" not in page_of(client, "/service-plans/", seat="decision_maker")
    assert "许志远𠮷" not in page_of(client, "/service-plans/", overdue="true")
    assert "许志远𠮷" not in page_of(client, "/service-plans/", review="true")
    assert "许志远𠮷" not in page_of(client, "/service-plans/", mode="call")
    clock.shift(30 * 86400)
    client = client_of(cast.owner)  # a month later everybody signs in again
    recompute([planned.pk], today=date(2026, 7, 1))
    assert "许志远𠮷" in page_of(client, "/service-plans/", overdue="true")
    assert "许志远𠮷" in page_of(client, "/service-plans/", review="true")
    file = b"".join(client.get("/service-plans/", {"export": "csv"})).decode()
    assert "黄秀梅" in file
    assert "Far Away" not in file


def test_the_filter_of_reviews_agrees_with_the_rule(planned, cast, client_of, clock):
    def is_due():
        return "许志远𠮷" in page_of(client_of(cast.owner), "/service-plans/", review="true")

    planned.is_focus, planned.last_visit_on = True, date(2026, 5, 31)
    planned.save(update_fields=["is_focus", "last_visit_on"])
    assert not is_due()
    planned.last_visit_on = MONDAY
    planned.save(update_fields=["last_visit_on"])
    assert is_due()
    conclude_review(planned, "Fine", by=cast.owner)
    assert not is_due()
    clock.shift(29 * 86400)
    assert not is_due()
    clock.shift(86400)
    assert is_due()


def test_the_sheet_says_everything(planned, cast, client_of):
    conclude_review(planned, "Calls do not help", by=cast.owner)
    answer = client_of(cast.owner).get(f"/accounts/{planned.pk}/service-plan.pdf?language=en")
    assert answer.headers["Content-Type"] == "application/pdf"
    text = text_of(answer.content)
    for value in ("许志远𠮷", "黄秀梅", "Trusts us", "every week on Tue", "Calls do not help", "2026-06-02"):
        assert value in text
    filed = client_of(cast.owner).get(f"/accounts/{planned.pk}/file.pdf?language=en")
    assert "every week on Tue" in text_of(filed.content)


def test_plans_and_reviews_stand_in_the_timeline(planned, cast, client_of):
    conclude_review(planned, "Calls do not help", by=cast.owner)
    page = page_of(client_of(cast.owner), f"/accounts/{planned.pk}/timeline/")
    for text in ("Service plan: 黄秀梅", "Service plans reviewed", "Calls do not help"):
        assert text in page


def test_today_tells_what_is_due_to_the_owner_alone(planned, cast, client_of, clock):
    clock.shift(86400)
    assert "Learn the day" in page_of(client_of(cast.owner), "/")
    assert "Learn the day" not in page_of(client_of(cast.same_team), "/")


def test_the_week_planner_proposes_what_is_due_until_it_is_planned(planned, cast, client_of):
    def proposed():
        return {p.person_name: p.mode for p in proposals_for(cast.owner, WEEK) if p.kind == "service_plan"}

    assert proposed() == {"许志远𠮷": "visit", "黄秀梅": "phone"}
    assert [p for p in proposals_for(cast.same_team, WEEK) if p.kind == "service_plan"] == []
    boss = ServicePlan.objects.get(seat="decision_maker")
    body = {"week": "2026-W23", "user": cast.owner.pk, "unit": planned.pk, "person": boss.person_id}
    answer = client_of(cast.owner).post(
        "/visits/week/pick/", body | {"mode": "visit", "purpose": "Trusts us"}
    )
    assert answer.status_code < 400
    assert PlanLine.objects.get().persons.get() == boss.person
    assert proposed() == {"黄秀梅": "phone"}


def test_the_page_costs_the_same_for_many_plans(planned, cast, client_of):
    client = client_of(cast.owner)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/accounts/{planned.pk}/service-plan/")
            client.get("/service-plans/")
        return len(queries)

    ask()
    few = ask()
    for _n in range(10):
        make_role(make_person(planned), BuyerRole.USER)
    write_plans(planned, propose_plans(planned, MONDAY), by=cast.owner, seen=seen_of(planned))
    assert ask() == few


def values(**changes):
    now = last_version("user", "A")
    told = {name: getattr(now, name) for name in TemplateForm.Meta.fields}
    return {name: value for name, value in (told | changes).items() if value is not None}


def test_a_proposal_changes_by_its_version_and_written_plans_stay(planned, cast):
    form = TemplateForm(values(number=3, weekdays=[4]))
    assert form.is_valid()
    preview = preview_template(form.payload(), date(2026, 7, 1))
    assert ["every", "1", "3", "changes"] in preview.rows
    apply_template(form.payload(), date(2026, 7, 1), cast.director, "fewer calls")
    assert last_version("user", "A").version == 2
    with pytest.raises(BusinessError):
        apply_template(form.payload(), date(2026, 6, 30), cast.director, "earlier")
    assert ServicePlanTemplate.objects.filter(seat="user", tier="A").count() == 2
    assert ServicePlanRevision.objects.get(plan__seat="user").number == 1
    make_role(make_person(planned), BuyerRole.USER)
    assert [propose_plans(planned, day)[0].frequency.number for day in (MONDAY, date(2026, 7, 1))] == [1, 3]
    assert template_named("user-A")["number"] == 3
    assert template_named("nobody") == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": 27}, "number"),
        ({"weekdays": []}, "weekdays"),
        ({"every": "x"}, "every"),
        ({"seat": "x"}, "seat"),
    ],
)
def test_a_drafted_proposal_that_cannot_be_is_refused_at_its_field(db, changes, field):
    assert field in TemplateForm(values(**changes)).errors


def test_the_rule_change_begins_with_what_is_proposed_now(cast, client_of):
    page = page_of(client_of(cast.director), "/admin/accounts/serviceplantemplate/")
    address = re.search(r'href="(/admin/approvals/rulechange/add/\?kind=service_plan[^"]*user-A)"', page)
    form = page_of(client_of(cast.director), address.group(1).replace("&amp;", "&"))
    assert "Looks forward to using it" in form
