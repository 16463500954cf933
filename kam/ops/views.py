"""Health for machines, the operations page for administrators."""

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from kam.core.sentences import read_sentence
from kam.jobs.models import Heartbeat, Job, PeriodicRun
from kam.jobs.registry import all_periodic, kind_of
from kam.ops.metrics import metrics_text
from kam.ops.permissions import can_see_operations
from kam.ops.registry import all_checks
from kam.ops.selectors import free_disk_percent, readiness, stuck_messages
from kam.outbox.selectors import counts
from kam.outbox.terms import MessageState
from kam.users.http import AuthedRequest, require

PART_LABELS = {
    "database": _("Database"),
    "migrations": _("Tables up to date"),
    "scheduler": _("Scheduler"),
    "worker": _("Worker"),
    "outbox": _("Sending of mails"),
    "disk": _("Disk"),
}


@login_not_required
@require_GET
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process lives. Asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_GET
@cache_control(public=True, max_age=86_400)
def favicon(_request: HttpRequest) -> HttpResponse:
    """The icon at the address that browsers ask for without being told; pages name it themselves."""
    return HttpResponse(
        (settings.BASE_DIR / "static/img/icon.svg").read_bytes(), content_type="image/svg+xml"
    )


@login_not_required
@require_GET
def readyz(_request: HttpRequest) -> HttpResponse:
    """Everything needed was heard from lately: 200, else 503 with the names of the silent parts."""
    state = readiness()
    return JsonResponse({"ready": state.ready, "parts": state.parts}, status=200 if state.ready else 503)


@login_not_required
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, for the bearer of KAM_METRICS_TOKEN only; 403 where none is set."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponseForbidden("metrics need a token\n", content_type="text/plain")
    return HttpResponse(metrics_text(), content_type="text/plain; version=0.0.4")


@require_GET
def operations(request: AuthedRequest) -> HttpResponse:
    """Processes, periodic work with last and next run, jobs, messages by state, checks."""
    require(can_see_operations(request.user))
    found = counts()
    states = {state: found[state] for state in (MessageState.PLANNED, MessageState.UNSURE, MessageState.DEAD)}
    known = all_periodic()
    context = {
        "parts": [(PART_LABELS[name], ok) for name, ok in readiness().parts.items()],
        "beats": Heartbeat.objects.order_by("process"),
        "periodic": [
            (known[run.name].label if run.name in known else run.name, run, read_sentence(run.result))
            for run in PeriodicRun.objects.order_by("name")
        ],
        "jobs": [(kind_of(job).label, job) for job in Job.objects.order_by("-id")[:20]],
        "messages_by_state": states,
        "stuck": stuck_messages(),
        "free_disk": free_disk_percent(),
        "checks": [(check, check.run()) for check in all_checks()],
    }
    return render(request, "ops/operations.html", context)
