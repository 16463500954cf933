"""Days of the department change by an approved rule change, and never once they are past."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.rule_changes import services
from kam.approvals.rule_changes.models import RuleChange
from kam.calendar.models import DayOverride
from kam.calendar.selectors import is_working_day
from kam.calendar.services import set_day
from kam.core.errors import BusinessError

pytestmark = pytest.mark.django_db
ADD = "/admin/approvals/rulechange/add/?kind=workdays"
MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        yield


def body(first=SATURDAY, last="", wish="worked", **changed):
    return {
        "first": first.isoformat(),
        "last": last and last.isoformat(),
        "wish": wish,
        "note": "",
        "valid_from": MONDAY.isoformat(),
        "reason": "opening",
    } | changed


def submitted(client, data):
    address = client.post(ADD, data)["Location"]
    change = RuleChange.objects.latest("pk")
    page = client.get(address).content.decode()
    client.post(address, data | {"_submit": "1", "version": change.version})
    return Request.objects.latest("pk"), page


def approve(request, *deciders):
    for decider in deciders:
        request.refresh_from_db()
        approvals.approve(request, by=decider, version=request.version)


def test_a_worked_saturday_counts_after_both_approved(cast, client_of):
    request, page = submitted(client_of(cast.admin), body())
    assert "worked" in page
    approve(request, cast.director)
    assert not is_working_day(SATURDAY)
    approve(request, cast.marketing)
    assert DayOverride.objects.get().is_working
    assert DayOverride.objects.get().day == SATURDAY


def test_a_range_is_free_and_goes_back_to_the_public_calendar(cast, client_of):
    last = MONDAY + timedelta(days=3)
    approve(submitted(client_of(cast.admin), body(MONDAY, last, "free"))[0], cast.director, cast.marketing)
    assert set(DayOverride.objects.values_list("is_working", flat=True)) == {False}
    assert DayOverride.objects.count() == 4
    approve(submitted(client_of(cast.admin), body(MONDAY, last, "public"))[0], cast.director, cast.marketing)
    assert DayOverride.objects.count() == 0


def test_a_day_that_is_past_when_the_last_one_approves_stays_as_it_was(cast, client_of):
    request, _page = submitted(client_of(cast.admin), body(MONDAY, wish="free"))
    approve(request, cast.director)
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        request.refresh_from_db()
        with pytest.raises(BusinessError, match="never change"):
            approvals.approve(request, by=cast.marketing, version=request.version)
    assert DayOverride.objects.count() == 0
    assert RuleChange.objects.get().state == "pending"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (body(date(2026, 11, 20)), "never change"),
        (body(SATURDAY, MONDAY), "lies before the first"),
        (body(MONDAY, MONDAY + timedelta(days=31)), "At most 31 days"),
        (body(wish="sometimes"), "Select a valid choice"),
        (body(first=SATURDAY) | {"first": "soon"}, "Enter a valid date"),
    ],
)
def test_bad_drafts_are_answered_at_the_field(cast, client_of, data, words):
    answer = client_of(cast.admin).post(ADD, data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert RuleChange.objects.count() == 0


def test_the_list_leads_to_a_draft_of_the_day(cast, client_of):
    set_day(SATURDAY, is_working=True, by=None)
    client = client_of(cast.director)
    assert "?kind=workdays&amp;of=2026-11-28" in client.get("/admin/workdays/dayoverride/").content.decode()
    assert 'value="2026-11-28"' in client.get(f"{ADD}&of=2026-11-28").content.decode()


def test_others_draft_no_days(cast):
    payload = {"first": "2026-11-28", "last": "2026-11-28", "wish": "free", "note": ""}
    with pytest.raises(BusinessError, match="does not draft"):
        services.draft_rule_change(
            "workdays", payload=payload, title="x", valid_from=MONDAY, reason="x", by=cast.manager
        )
    assert RuleChange.objects.count() == 0
