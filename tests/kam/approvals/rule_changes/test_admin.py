"""Drafting in Django admin through real requests."""

from datetime import date

import pytest
from django.utils import timezone

from kam.approvals.models import Request
from kam.approvals.rule_changes.models import RuleChange
from kam.settings_rows.models import SettingRow

pytestmark = pytest.mark.django_db
ADD = "/admin/approvals/rulechange/add/"


def body(**changed):
    return {
        "key": "approval_escalation_hours",
        "value": "12",
        "valid_from": timezone.localdate().isoformat(),
        "reason": "Two shifts",
        "_save": "1",
    } | changed


def page_of(change):
    return f"/admin/approvals/rulechange/{change.pk}/change/"


def test_from_draft_to_submitted(cast, client_of):
    client = client_of(cast.admin)
    assert (
        "Approval passes up after"
        in client.get(f"{ADD}?kind=setting&of=approval_escalation_hours").content.decode()
    )
    answer = client.post(f"{ADD}?kind=setting", body(), follow=True).content.decode()
    change = RuleChange.objects.get()
    assert "8 working hours" in answer
    assert "12 working hours" in answer
    client.post(page_of(change), body(version=change.version) | {"_submit": "1"})
    change.refresh_from_db()
    assert (change.state, Request.objects.get().requester) == ("pending", cast.admin)
    page = client_of(cast.director).get(page_of(change)).content.decode()
    assert "12 working hours" in page
    assert "_submit" not in page
    outside = client_of(cast.hr).get(page_of(change)).content.decode()
    assert ("Two shifts" in outside, "8 working hours" in outside) == (True, False)


def test_unsaved_edits_are_saved_and_shown_before_they_can_be_submitted(cast, client_of):
    client = client_of(cast.admin)
    client.post(f"{ADD}?kind=setting", body())
    change = RuleChange.objects.get()
    client.get(page_of(change))
    data = body(value="24", version=change.version)
    del data["_save"]
    answer = client.post(page_of(change), data | {"_submit": "1"}, follow=True).content.decode()
    assert "Look at its preview" in answer
    assert "24 working hours" in answer
    assert Request.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"value": "soon"}, "does not fit"),
        ({"valid_from": "2001-01-01"}, "days already past"),
        ({"reason": ""}, "required"),
        ({"key": "no_such"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_answered_at_the_field(cast, client_of, changed, message):
    answer = client_of(cast.admin).post(f"{ADD}?kind=setting", body(**changed))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert RuleChange.objects.count() == 0


def test_a_route_is_drafted_from_the_one_in_force(cast, client_of):
    client = client_of(cast.director)
    page = client.get(f"{ADD}?kind=route&of=equipment").content.decode()
    assert 'value="manager" selected' in page
    answer = client.post(
        f"{ADD}?kind=route",
        {
            "subject": "equipment",
            "by_1": ["director"],
            "valid_from": timezone.localdate().isoformat(),
            "reason": "x",
        },
        follow=True,
    )
    assert "Key-account manager" in answer.content.decode()
    assert RuleChange.objects.get().payload == {"subject": "equipment", "steps": [{"by": ["director"]}]}


def test_amounts_in_the_wrong_order_are_answered(cast, client_of):
    data = {"subject": "equipment", "by_1": ["director"], "amount_over_1": "5", "amount_up_to_1": "5"}
    answer = client_of(cast.director).post(
        f"{ADD}?kind=route", data | {"valid_from": timezone.localdate().isoformat(), "reason": "x"}
    )
    assert (answer.status_code, RuleChange.objects.count()) == (422, 0)
    assert "must be more than" in answer.content.decode()


def test_discarding(cast, client_of):
    client = client_of(cast.admin)
    client.post(f"{ADD}?kind=setting", body())
    change = RuleChange.objects.get()
    data = body(version=change.version)
    del data["_save"]
    client.post(page_of(change), data | {"_discard": "1"})
    change.refresh_from_db()
    assert change.state == "withdrawn"


@pytest.mark.parametrize("path", ["settings_rows/settingrow", "approvals/route", "approvals/rulechange"])
def test_rules_are_read_and_never_edited_directly(cast, client_of, path):
    client = client_of(cast.admin)
    assert client.get(f"/admin/{path}/").status_code == 200
    if path != "approvals/rulechange":
        assert client.get(f"/admin/{path}/add/").status_code == 403


def test_the_settings_page_shows_value_default_and_assumption(cast, client_of):
    page = client_of(cast.director).get("/admin/settings_rows/settingrow/").content.decode()
    assert "Approval passes up after" in page
    assert "our assumption" in page


@pytest.mark.parametrize("who", ["owner", "manager", "finance", "clerk"])
def test_the_admin_is_closed_to_others(cast, client_of, who):
    assert client_of(getattr(cast, who)).get("/admin/approvals/rulechange/").status_code == 403


def test_who_drafts_nothing_decides_elsewhere(cast, client_of):
    page = client_of(cast.gm).get("/admin/approvals/rulechange/").content.decode()
    assert "/admin/approvals/rulechange/add/" not in page
    assert client_of(cast.gm).get(ADD).status_code == 403


def test_the_history_of_settings_says_values_as_people_write_them(cast, client_of):
    SettingRow.objects.create(key="approval_link_days", value="5", valid_from=date(2026, 1, 1))
    page = client_of(cast.director).get("/admin/settings_rows/settingrow/").content.decode()
    assert '<td class="field-said">5</td>' in page
    assert "&quot;5&quot;" not in page
