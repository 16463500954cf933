"""Figures in Prometheus' text format, read from rows, so that every process tells the same."""

from django.db.models import Count
from django.utils import timezone

from kam.jobs.models import Heartbeat, Job
from kam.outbox.models import Message


def metrics_text() -> str:
    """Return messages and jobs by state, and the age of each process's last sign of life in seconds."""
    lines = ["# TYPE kam_messages gauge"]
    lines += [
        f'kam_messages{{state="{s}"}} {n}'
        for s, n in Message.objects.values_list("state").annotate(n=Count("pk"))
    ]
    lines.append("# TYPE kam_jobs gauge")
    lines += [
        f'kam_jobs{{state="{s}"}} {n}' for s, n in Job.objects.values_list("state").annotate(n=Count("pk"))
    ]
    lines.append("# TYPE kam_heartbeat_age_seconds gauge")
    now = timezone.now()
    lines += [
        f'kam_heartbeat_age_seconds{{process="{beat.process}"}} {int((now - beat.seen_at).total_seconds())}'
        for beat in Heartbeat.objects.order_by("process")
    ]
    return "\n".join(lines) + "\n"
