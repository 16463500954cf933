"""The page of one job: how far it is, how long it will take, stop; it may be left and found again."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kam.core.errors import BusinessError
from kam.core.htmx import is_htmx, render_page_or_fragment
from kam.jobs import services
from kam.jobs.models import Job
from kam.jobs.registry import kind_of
from kam.jobs.terms import JobState
from kam.users.http import AuthedRequest

SHOWN = 50


@require_GET
def jobs(request: AuthedRequest) -> HttpResponse:
    """The latest jobs of this person."""
    rows = [(job, kind_of(job)) for job in Job.objects.visible_to(request.user).order_by("-id")[:SHOWN]]
    return render(request, "jobs/jobs.html", {"rows": rows})


@require_GET
def job(request: AuthedRequest, pk: int) -> HttpResponse:
    """One job; its fragment asks for itself each second while there is something to wait for."""
    row = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    return render_page_or_fragment(request, "jobs/job.html", "jobs/_progress.html", _context(row))


@require_POST
def stop(request: AuthedRequest, pk: int) -> HttpResponse:
    """Stop a job; what is done stays done."""
    row = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    refusal, status = "", 200
    try:
        services.stop(row, by=request.user)
    except BusinessError as error:
        refusal, status = str(error), error.status
    if not is_htmx(request) and not refusal:
        return redirect("job", pk=row.pk)
    context = _context(row) | {"refusal": refusal}
    return render_page_or_fragment(request, "jobs/job.html", "jobs/_progress.html", context, status=status)


def _context(row: Job) -> dict[str, object]:
    kind = kind_of(row)
    done = row.state == JobState.DONE
    return {
        "job": row,
        "kind": kind,
        "left": _time_left(row),
        "result_url": kind.result_url(row) if done and kind.result_url else "",
    }


def _time_left(row: Job) -> timedelta | None:
    """Return how long the job will take at the pace it has had; None while nobody can know."""
    if row.state != JobState.RUNNING or not row.done or row.started_at is None:
        return None
    pace = (timezone.now() - row.started_at) / row.done
    return pace * (row.total - row.done)
