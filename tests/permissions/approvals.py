"""Approvals: the wish of `owner` waits for `manager`; whoever it does not concern learns nothing of it."""

from datetime import date
from typing import Any

from django.utils import timezone

from accounts.qualification.models import QualificationCriterion
from kam.approvals import letters, services
from kam.approvals.models import MailLink, Request, Route
from kam.approvals.rule_changes.services import draft_rule_change
from kam.calendar.models import DayOverride
from kam.settings_rows.models import SettingRow
from tests.conftest import Cast
from tests.factories.approvals import make_route, make_wish
from tests.permissions.admin import STAFF, admin_rows
from tests.permissions.row import Row
from visits.quotas.models import QuotaNorm


def waiting(cast: Cast) -> dict[str, Any]:
    make_route({"by": ["manager"]}, {"by": ["director"]})
    request = services.submit("wish", make_wish(cast.owner, "5.00"), by=cast.owner)
    return {"pk": request.pk}


def at_the_director(cast: Cast) -> dict[str, Any]:
    kwargs = waiting(cast)
    request = Request.objects.get(pk=kwargs["pk"])
    services.approve(request, by=cast.manager, version=request.version)
    return kwargs


def mailed(cast: Cast) -> dict[str, Any]:
    waiting(cast)
    link = MailLink.objects.get(user=cast.manager)
    return {"token": letters.signing.dumps(link.pk, salt=letters.LINK_SALT)}


def version(_cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"version": Request.objects.get(pk=kwargs["pk"]).version, "reason": "because"}


def to_another_manager(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return version(cast, kwargs) | {"to": cast.other_manager.pk}


ROWS = [
    Row("approvals/", "GET", "none", "200: *"),
    Row("approvals/bulk/", "POST", "none", "302: *"),
    Row("approvals/<int:pk>/", "GET", "own team, at the manager", "200: owner manager; 404: *", waiting),
    Row(
        "approvals/<int:pk>/",
        "GET",
        "own team, at the director",
        "200: owner manager director; 404: *",
        at_the_director,
    ),
    *[
        Row(
            f"approvals/<int:pk>/{act}/",
            "POST",
            "own team, at the manager",
            "302: manager; 403: owner; 404: *",
            waiting,
            version,
        )
        for act in ("approve", "return", "reject")
    ],
    Row(
        "approvals/<int:pk>/approve/",
        "POST",
        "own team, at the director",
        "302: director; 422: manager; 403: owner; 404: *",
        at_the_director,
        version,
    ),
    Row(
        "approvals/<int:pk>/withdraw/",
        "POST",
        "own team, at the manager",
        "302: owner; 403: manager; 404: *",
        waiting,
        version,
    ),
    Row(
        "approvals/<int:pk>/delegate/",
        "POST",
        "own team, at the manager",
        "302: manager; 403: owner; 404: *",
        waiting,
        to_another_manager,
    ),
    Row("approvals/link/<str:token>/", "GET", "sent to the manager", "302: manager; 404: *", mailed),
]


def route_row(_cast: Cast) -> int:
    return Route.objects.filter(subject_key="equipment").get().pk


def setting_row(_cast: Cast) -> int:
    return SettingRow.objects.create(key="approval_link_days", value="5", valid_from=date(2026, 1, 1)).pk


def criterion_row(_cast: Cast) -> int:
    row = {"code": "planted", "label": "x", "kind": "statement", "introduced_on": date(2026, 1, 1)}
    return QualificationCriterion.objects.create(**row).pk


def day_row(_cast: Cast) -> int:
    return DayOverride.objects.create(day=date(2027, 1, 1), is_working=False).pk


def norm_row(_cast: Cast) -> int:
    return QuotaNorm.objects.create(key="calls_a_day", amount=20, valid_from=date(2026, 1, 1)).pk


def drafted(cast: Cast) -> int:
    payload = {"key": "approval_link_days", "value": "9"}
    day = timezone.localdate()
    return draft_rule_change(
        "setting", payload=payload, title="x", valid_from=day, reason="x", by=cast.admin
    ).pk


def new_setting(_cast: Cast, _kwargs: Any) -> dict[str, str]:
    day = timezone.localdate().isoformat()
    return {"key": "approval_link_days", "value": "9", "valid_from": day, "reason": "x"}


ROWS += [
    *admin_rows("approvals/route", see=STAFF, make=route_row),
    *admin_rows("settings_rows/settingrow", see=STAFF, make=setting_row),
    *admin_rows("accounts/qualificationcriterion", see=STAFF, make=criterion_row),
    *admin_rows("workdays/dayoverride", see=STAFF, make=day_row),
    *admin_rows("visits/quotanorm", see=STAFF, make=norm_row),
    *admin_rows("approvals/rulechange", see=STAFF, add="admin director hr", make=drafted),
    Row(
        "admin/approvals/rulechange/add/",
        "POST",
        "no kind chosen",
        "422: admin director hr; 403: *",
        body=new_setting,
    ),
    Row(
        "admin/approvals/rulechange/<path:object_id>/change/",
        "POST",
        "drafted by the administrator",
        "302: admin; 200: director hr gm; 403: *",
        make=lambda cast: {"object_id": str(drafted(cast))},
        body=lambda cast, kwargs: new_setting(cast, kwargs) | {"version": "1"},
    ),
]
