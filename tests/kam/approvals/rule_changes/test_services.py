"""Rules change by four eyes only: drafted, previewed, confirmed by the director, approved by the marketing director."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kam.approvals import services as approvals
from kam.approvals.models import Request, Route
from kam.approvals.rule_changes import services
from kam.approvals.rule_changes.models import RuleChange
from kam.approvals.selectors import route_on
from kam.core.errors import BusinessError, ConflictError
from kam.settings_rows.models import SettingRow
from kam.settings_rows.selectors import int_setting

pytestmark = pytest.mark.django_db
SETTING = {"key": "approval_escalation_hours", "value": "12"}
ROUTE = {"subject": "equipment", "steps": [{"by": ["manager"]}, {"by": ["director"], "amount_over": "500"}]}


def today():
    return timezone.localdate()


def draft(kind, payload, by, *, valid_from=None):
    return services.draft_rule_change(
        kind, payload=payload, title="A change", valid_from=valid_from or today(), reason="Needed", by=by
    )


def submitted(kind, payload, by, **when):
    change = services.note_preview(draft(kind, payload, by, **when), by=by)
    return services.submit_rule_change(change, by=by, version=change.version)


def approve(request, *deciders):
    for decider in deciders:
        request.refresh_from_db()
        approvals.approve(request, by=decider, version=request.version)
    return RuleChange.objects.get(pk=request.object_id)


def test_a_setting_is_in_force_only_after_both_approved(cast):
    request = submitted("setting", SETTING, cast.admin)
    approve(request, cast.director)
    assert int_setting("approval_escalation_hours") == 8
    change = approve(request, cast.marketing)
    assert (change.state, int_setting("approval_escalation_hours")) == ("in_force", 12)


def test_the_director_who_drafts_does_not_confirm(cast):
    request = submitted("setting", SETTING, cast.director)
    assert list(Request.objects.waiting_for(cast.marketing)) == [request]
    assert approve(request, cast.marketing).state == "in_force"


@pytest.mark.parametrize("who", ["owner", "manager", "finance", "hr", "clerk", "gm", "marketing"])
def test_others_draft_no_rules(cast, who):
    with pytest.raises(BusinessError, match="does not draft"):
        draft("setting", SETTING, getattr(cast, who))
    assert RuleChange.objects.count() == 0


def test_a_later_day_is_kept(cast):
    day = today() + timedelta(days=30)
    approve(submitted("setting", SETTING, cast.admin, valid_from=day), cast.director, cast.marketing)
    assert int_setting("approval_escalation_hours") == 8
    assert int_setting("approval_escalation_hours", on=day) == 12


def test_what_was_not_previewed_is_not_submitted(cast):
    change = draft("setting", SETTING, cast.admin)
    with pytest.raises(BusinessError, match="preview"):
        services.submit_rule_change(change, by=cast.admin, version=change.version)
    change = services.note_preview(change, by=cast.admin)
    change = services.edit_rule_change(
        change,
        payload=SETTING | {"value": "99"},
        title="x",
        valid_from=today(),
        reason="r",
        by=cast.admin,
        version=change.version,
    )
    with pytest.raises(BusinessError, match="preview"):
        services.submit_rule_change(change, by=cast.admin, version=change.version)
    assert Request.objects.count() == 0


def test_another_persons_look_is_no_preview(cast):
    change = services.note_preview(draft("setting", SETTING, cast.admin), by=cast.director)
    assert change.previewed_digest == ""


def test_only_the_drafter_edits_submits_and_discards(cast):
    change = services.note_preview(draft("setting", SETTING, cast.admin), by=cast.admin)
    fields = {"payload": SETTING, "title": "x", "valid_from": today(), "reason": "r"}
    for act in (
        lambda: services.edit_rule_change(change, **fields, by=cast.director, version=change.version),
        lambda: services.submit_rule_change(change, by=cast.director, version=change.version),
        lambda: services.discard_rule_change(change, by=cast.director, version=change.version),
    ):
        with pytest.raises(BusinessError, match=r"drafter|own draft"):
            act()
    assert RuleChange.objects.get().state == "draft"
    with pytest.raises(ConflictError):
        services.discard_rule_change(change, by=cast.admin, version=change.version + 1)
    assert services.discard_rule_change(change, by=cast.admin, version=change.version).state == "withdrawn"


@pytest.mark.parametrize(
    ("payload", "day", "message"),
    [
        (SETTING | {"value": "soon"}, 0, "does not fit"),
        (SETTING | {"value": "-1"}, 0, "does not fit"),
        (SETTING, -1, "days already past"),
    ],
)
def test_bad_drafts_are_refused(cast, payload, day, message):
    with pytest.raises(BusinessError, match=message):
        draft("setting", payload, cast.admin, valid_from=today() + timedelta(days=day))
    assert RuleChange.objects.count() == 0


def test_two_values_from_one_day_are_refused_at_the_second_approval(cast):
    first, second = (submitted("setting", SETTING, cast.admin) for _ in range(2))
    approve(first, cast.director, cast.marketing)
    approve(second, cast.director)
    with pytest.raises(BusinessError, match="from that day already"):
        approve(second, cast.marketing)
    assert SettingRow.objects.count() == 1
    second.refresh_from_db()
    assert second.state == "pending"


def test_a_returned_draft_is_edited_and_goes_a_second_round(cast):
    request = submitted("setting", SETTING, cast.admin)
    approvals.return_for_changes(request, by=cast.director, version=request.version, reason="Too long")
    change = RuleChange.objects.get()
    assert change.state == "returned"
    change = services.edit_rule_change(
        change,
        payload=SETTING | {"value": "10"},
        title="x",
        valid_from=today(),
        reason="r",
        by=cast.admin,
        version=change.version,
    )
    change = services.note_preview(change, by=cast.admin)
    again = services.submit_rule_change(change, by=cast.admin, version=change.version)
    assert (again.pk, again.round_number) == (request.pk, 2)
    approve(again, cast.director, cast.marketing)
    assert int_setting("approval_escalation_hours") == 10


@pytest.mark.parametrize(("act", "state"), [("reject", "rejected"), ("withdraw", "withdrawn")])
def test_rejected_and_withdrawn_change_nothing(cast, act, state):
    request = submitted("setting", SETTING, cast.admin)
    by = cast.director if act == "reject" else cast.admin
    getattr(approvals, act)(request, by=by, version=request.version, reason="No")
    assert (RuleChange.objects.get().state, SettingRow.objects.count()) == (state, 0)


def test_a_new_route_closes_the_old_one_and_keeps_it(cast):
    day = today() + timedelta(days=10)
    before = route_on("equipment", today())
    approve(submitted("route", ROUTE, cast.admin, valid_from=day), cast.director, cast.marketing)
    assert route_on("equipment", day - timedelta(days=1)) == before
    after = route_on("equipment", day)
    assert (after.number, after.steps.count()) == (2, 2)
    assert list(Route.objects.filter(subject_key="equipment").values_list("valid_until", flat=True)) == [
        None,
        day,
    ]


def test_a_route_before_an_approved_version_is_refused(cast):
    day = today() + timedelta(days=10)
    approve(submitted("route", ROUTE, cast.admin, valid_from=day), cast.director, cast.marketing)
    with pytest.raises(BusinessError, match="never share a day"):
        draft("route", ROUTE, cast.admin, valid_from=today())
    with pytest.raises(BusinessError, match="at least one step"):
        draft("route", {"subject": "equipment", "steps": []}, cast.admin, valid_from=day)


def test_the_preview_tells_what_the_engine_then_does(cast):
    from kam.approvals.rule_changes.kinds import preview_route

    rows = {row[0]: row[1:] for row in preview_route(ROUTE, today()).rows}
    assert rows["Key-account specialist · 10,000 yuan"][0] == "Key-account manager"
    assert rows["Key-account specialist · 10,000 yuan"][1] == "Key-account manager → Key-account director"
    assert rows["Key-account specialist · no money"][2] == "same"


def test_approved_late_it_holds_from_today_on(cast):
    request = submitted("setting", SETTING, cast.admin)
    RuleChange.objects.update(valid_from=date(2020, 1, 1))
    approve(request, cast.director, cast.marketing)
    assert SettingRow.objects.get().valid_from == today()
