"""Finding stages that waited too long: counted in working hours of the department, so that nothing escalates over a weekend."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop

from kam.approvals import seats, services
from kam.approvals.models import Stage
from kam.approvals.rules import working_hours_between
from kam.approvals.terms import StageState
from kam.audit import context
from kam.calendar.selectors import work_calendar
from kam.core.sentences import sentence
from kam.settings_rows.selectors import int_setting

#: How many stages one run looks at; the rest comes ten minutes later.
CHUNK = 500


def escalate_overdue() -> str:
    """Pass up every pending stage that waited as many working hours as the setting says, and those whose deciders all left."""
    hours = timedelta(hours=int_setting("approval_escalation_hours"))
    zone = timezone.get_default_timezone()
    now, is_working = timezone.now().astimezone(zone), work_calendar().is_working
    stages = (
        Stage.objects.filter(state=StageState.PENDING, escalated_at__isnull=True)
        .select_related("round__request")
        .order_by("pending_since")
    )
    with context.system("approvals.escalate"):
        passed = seats.fill_empty_stages(by=None)
        for stage in stages[:CHUNK]:
            since = (stage.pending_since or now).astimezone(zone)
            if working_hours_between(since, now, is_working) >= hours:
                passed += services.escalate(stage)
    return sentence(gettext_noop("%(n)s passed up"), n=passed)
