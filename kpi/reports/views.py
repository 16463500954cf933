"""The reports room: what there is, a pivot, the rows behind a figure, keeping, sharing and sending."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.core.answers import answer_form
from kam.core.errors import BusinessError
from kam.core.errors_views import refused
from kam.core.toasts import toast
from kam.lists.figures import send_figures
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require
from kam.users.scopes import team_of
from kpi.reports import services
from kpi.reports.documents import page_of, sheet_of
from kpi.reports.forms import PivotForm, SaveForm, ScheduleForm, shown_in
from kpi.reports.models import SavedReport, ScheduleRecipient
from kpi.reports.permissions import can_change_report, can_open_reports
from kpi.reports.registry import Source, source_called, sources_for
from kpi.reports.selectors import Asked, pivot_of, reports_seen
from kpi.reports.services import Timing
from kpi.reports.terms import Rhythm, Sharing

_FORM_METHODS = ["GET", "POST"]
_FORMATS = frozenset({"xlsx", "csv"})


def _source(request: AuthedRequest, key: str) -> Source:
    source = source_called(key)
    if source is None:
        raise Http404
    require(source.can_open(request.user))
    return source


def _report(request: AuthedRequest, pk: int) -> SavedReport:
    require(can_open_reports(request.user))
    return get_object_or_404(SavedReport.objects.visible_to(request.user).select_related("owner"), pk=pk)


@require_GET
def list_reports(request: AuthedRequest) -> HttpResponse:
    """Sources to begin with, and the reports that are kept."""
    require(can_open_reports(request.user))
    context = {"sources": sources_for(request.user), "reports": reports_seen(request.user)}
    return render(request, "kpi/reports/list.html", context)


@require_GET
def show_pivot(request: AuthedRequest, source: str) -> HttpResponseBase:
    """A pivot as its address says; the same as a file."""
    asked = Asked(_source(request, source), request.user, request.GET)
    status, table, refusal = 200, None, ""
    try:
        table = pivot_of(asked)
        if (file_format := request.GET.get("export", "")) in _FORMATS:
            return send_figures(
                [sheet_of(asked, table)], key=f"reports.{source}", query=asked.query, file_format=file_format, by=request.user
            )  # fmt: skip
    except BusinessError as error:
        status, refusal = error.status, str(error)
    return render(request, "kpi/reports/pivot.html", _context(asked, table, refusal), status=status)


def _context(asked: Asked, table: Any, refusal: str) -> dict[str, Any]:
    filters = asked.filterset.form
    return {
        "asked": asked,
        "source": asked.source,
        "form": PivotForm(source=asked.source, initial=shown_in(asked)),
        "filters": [
            field for field in filters if not field.is_hidden and field.name not in {"since", "until"}
        ],
        "hidden": [
            (key, value) for key, value in asked.filters.items() if filters.fields[key].widget.is_hidden
        ],
        "is_filtered": bool(asked.filters),
        "wrong": asked.lacks_days or not asked.filterset.is_valid(),
        "page": page_of(asked, table) if table else None,
        "refusal": refusal,
        "query": asked.query,
        "asked_at": timezone.now(),
        "report_id": asked.params.get("report", ""),
    }


@require_GET
def list_rows(request: AuthedRequest, source: str) -> HttpResponseBase:
    """The rows behind a figure: a list like every other, with its files and their approvals."""
    spec = _source(request, source).listed
    return list_response(request, spec, page="kpi/reports/rows.html", context={"source": source})


@require_http_methods(_FORM_METHODS)
def save(request: AuthedRequest, source: str) -> HttpResponse:
    """Keep a report; its conditions stand in the address of this form."""
    asked = Asked(_source(request, source), request.user, QueryDict(request.GET.urlencode()))
    form = SaveForm(request.POST or None, user=request.user)

    def act(told: dict[str, Any]) -> str:
        sharing = Sharing(told["sharing"])
        report = services.save_report(
            asked, name=told["name"], sharing=sharing, team=team_of(request.user), by=request.user
        )
        return report.get_absolute_url()

    back = f"/reports/pivot/{source}/?{asked.query}"
    return answer_form(request, form, title=_("Keep this report"), back=back, act=act, done=_("Kept."))


@require_GET
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """A kept report: who keeps it, to whom it goes; and the way to its figures of today."""
    report = _report(request, pk)
    source = source_called(report.source)
    schedule = getattr(report, "schedule", None)
    people = ScheduleRecipient.objects.filter(schedule__report=report).select_related("user")
    mine = [row for row in people if row.user_id == request.user.pk and row.stopped_at is None]
    can_change = can_change_report(request.user, report)
    context = {
        "report": report,
        "source": source,
        "can_open": source is not None and source.can_open(request.user),
        "url": f"/reports/pivot/{report.source}/?{report.query}&{urlencode({'report': report.pk})}",
        "schedule": schedule,
        "people": people if can_change else mine,
        "is_sent_to_me": bool(mine),
        "can_change": can_change,
        "last": schedule.deliveries.filter(user=request.user).order_by("-on")[:5] if schedule else [],
    }
    return render(request, "kpi/reports/report.html", context)


@require_POST
def drop(request: AuthedRequest, pk: int) -> HttpResponse:
    """Forget a report."""
    report = _report(request, pk)
    require(can_change_report(request.user, report))
    services.drop_report(report, by=request.user)
    toast(request, _("Report “%(name)s” dropped.") % {"name": report.name})
    return redirect("reports")


@require_http_methods(_FORM_METHODS)
def schedule(request: AuthedRequest, pk: int) -> HttpResponse:
    """Send a report again and again."""
    report = _report(request, pk)
    require(can_change_report(request.user, report))
    form = ScheduleForm(request.POST or None, user=request.user, initial={"to": [request.user.pk]})

    def act(told: dict[str, Any]) -> None:
        timing = Timing(Rhythm(told["rhythm"]), told["place"])
        services.schedule_report(report, timing, to=list(told["to"]), by=request.user)

    title = _("Send “%(name)s”") % {"name": report.name}
    return answer_form(
        request, form, title=title, back=report.get_absolute_url(), act=act, done=_("It will be sent.")
    )


@require_POST
def stop(request: AuthedRequest, pk: int) -> HttpResponse:
    """End the mails of a report: the owner for everybody, a recipient for oneself."""
    report = _report(request, pk)
    try:
        services.end_schedule(report, by=request.user)
    except BusinessError as error:
        return refused(request, str(error))
    toast(request, _("It is not sent any more."))
    is_left = SavedReport.objects.visible_to(request.user).filter(pk=pk).exists()
    return HttpResponseRedirect(report.get_absolute_url() if is_left else "/reports/")
