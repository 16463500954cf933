"""Who may do what to a request and to a draft of rules."""

import pytest
from django.utils import timezone

from kam.approvals import services
from kam.approvals.permissions import can_attempt_decision, can_decide_request, can_withdraw_request
from kam.approvals.rule_changes.permissions import (
    can_draft_rule,
    can_draft_some_rule,
    can_edit_rule_change,
    can_read_preview,
    can_see_rules,
)
from kam.approvals.rule_changes.services import draft_rule_change
from kam.audit.permissions import can_search_audit
from kam.settings_rows.permissions import can_see_settings
from tests.factories.approvals import make_route, make_wish

pytestmark = pytest.mark.django_db
PEOPLE = (
    "owner",
    "same_team",
    "lead",
    "manager",
    "director",
    "marketing",
    "gm",
    "finance",
    "clerk",
    "hr",
    "admin",
    "gone",
)


@pytest.fixture
def who(cast):
    """Return a function that names those of the cast for whom a predicate holds."""
    return lambda predicate: {name for name in PEOPLE if predicate(getattr(cast, name))}


def test_a_waiting_request(cast, who):
    make_route({"by": ["manager"]}, {"by": ["director"]})
    request = services.submit("wish", make_wish(cast.owner, receiver=cast.clerk), by=cast.owner)
    assert who(lambda user: can_decide_request(user, request)) == {"manager"}
    assert who(lambda user: can_withdraw_request(user, request)) == {"owner"}
    assert who(lambda user: not can_attempt_decision(user, request)) == {"owner", "clerk", "gone"}


def test_a_decided_request_is_withdrawn_by_nobody(cast, who):
    make_route({"by": ["manager"]})
    request = services.submit("wish", make_wish(cast.owner), by=cast.owner)
    request = services.approve(request, by=cast.manager, version=request.version)
    assert who(lambda user: can_withdraw_request(user, request)) == set()
    assert who(lambda user: can_decide_request(user, request)) == set()


def test_rules(cast, who):
    readers = {"admin", "director", "hr", "gm"}
    assert who(can_see_rules) == who(can_see_settings) == readers
    assert who(can_draft_some_rule) == {"admin", "director", "hr"}  # HR drafts schemes of assessment
    assert who(lambda user: can_draft_rule(user, "route")) == {"admin", "director"}
    assert who(lambda user: can_draft_rule(user, "no such kind")) == set()
    # The preview of a scheme names people with their points, that of a discount no one: HR reads the first only.
    assert who(lambda user: can_read_preview(user, "kpi_scheme")) == {"director", "hr", "gm"}
    assert who(lambda user: can_read_preview(user, "discount")) == {"admin", "director", "gm"}
    payload = {"key": "approval_link_days", "value": "9"}
    day = timezone.localdate()
    change = draft_rule_change(
        "setting", payload=payload, title="x", valid_from=day, reason="x", by=cast.director
    )
    assert who(lambda user: can_edit_rule_change(user, change)) == {"director"}


def test_the_audit_is_searched_by_two(who):
    assert who(can_search_audit) == {"admin", "director"}
