"""What the values of entries are called that are no columns, or columns without a name of their own; how their codes read."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "acting_for": _("Substitute"),
    "approval": _("Approval"),
    "appointment": _("appointment"),
    "assignee": _("who"),
    "beneficiary": _("beneficiary"),
    "business_date": _("counts for"),
    "count": _("rows"),
    "criterion": _("qualification criterion"),
    "decider": _("decided by"),
    "fields": _("What was learned"),
    "file": _("file"),
    "goal": _("goal of the week"),
    "handover": _("handover"),
    "industry": _("industry"),
    "kind": _("kind"),
    "lines": _("plan lines"),
    "manager": _("manager"),
    "met": _("persons met"),
    "number": _("version"),
    "on": _("date"),
    "outcome": _("outcome"),
    "owner": _("owner"),
    "parent": _("parent unit"),
    "payload": _("value"),
    "person": _("person"),
    "persons": _("persons"),
    "plan_line": _("plan line"),
    "reason": _("reason"),
    "requester": _("Who asks"),
    "role": _("buyer role"),
    "round": _("round"),
    "rows": _("rows"),
    "state": _("state"),
    "steps": _("steps"),
    "substitute": _("Substitute"),
    "successor": _("Successor"),
    "team": _("team"),
    "unit": _("unit"),
    "user": _("person in question"),
    "value": _("value"),
    "visit": _("visit"),
}

VALUES = {
    "approval": {
        "draft": _("draft"),
        "pending": _("pending"),
        "returned": _("returned"),
        "approved": _("approved"),
        "rejected": _("rejected"),
        "withdrawn": _("withdrawn"),
        "voided": _("void"),
    }
}
