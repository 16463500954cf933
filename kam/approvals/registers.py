"""What the engine gives to the frames: names of acts and settings."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kam.approvals.overdue import escalate_overdue
from kam.approvals.selectors import waiting_count
from kam.audit.registry import register_act
from kam.core.frame import register_count
from kam.jobs.registry import periodic
from kam.settings_rows.registry import define
from kam.webhooks.registry import register_event

register_event(
    "approvals.request.submitted",
    "approvals.request.approved",
    "approvals.request.rejected",
    "approvals.request.returned",
)

register_act("approvals.request.submitted", _("Submitted for approval"))
register_act("approvals.request.approved", _("Approved"))
register_act("approvals.request.returned", _("Returned for changes"))
register_act("approvals.request.rejected", _("Rejected"))
register_act("approvals.request.withdrawn", _("Withdrawn"))
register_act("approvals.request.voided", _("Approval voided"))
register_act("approvals.request.delegated", _("Decision delegated"))
register_act("approvals.request.escalated", _("Passed up after waiting too long"))
register_act("approvals.seat.moved", _("Decision moved to a successor"))

define(
    "approval_escalation_hours",
    8,
    label=_("Approval passes up after"),
    unit=_("working hours"),
    group=_("Approvals"),
)
define(
    "approval_link_days",
    7,
    label=_("Link in an approval mail works for"),
    unit=_("days"),
    group=_("Approvals"),
)

register_count("approvals", waiting_count)

periodic(
    "approvals.escalate",
    every=timedelta(minutes=10),
    run=escalate_overdue,
    label=_("Pass up approvals that wait too long"),
)
