"""Pages of statistics: a month as it is now, hand in, what was handed in, read, print."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from kam.core.answers import answer_form
from kam.core.clock import business_date
from kam.core.days import say_moment
from kam.core.errors import BusinessError
from kam.core.periods import Period, month_of
from kam.lists.figures import send_figures
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require
from kpi.measures.rules import month_named, months_before
from kpi.reports.permissions import can_open_reports
from kpi.statistics import services
from kpi.statistics.documents import book_of, statement_paper
from kpi.statistics.forms import HandInForm, RemarkForm, shown
from kpi.statistics.models import Statement
from kpi.statistics.permissions import can_hand_in_statistics, can_mark_read, can_see_statements
from kpi.statistics.rules import compared, is_over
from kpi.statistics.selectors import due_of, kept_parts, statistics_of
from kpi.statistics.tables import STATEMENTS

_FORM_METHODS = ["GET", "POST"]
#: Months that statistics are offered of.
_MONTHS_OFFERED = 24


def statement_or_404(request: AuthedRequest, pk: int) -> Statement:
    """Return what was handed in, for whoever reads it."""
    rows = Statement.objects.visible_to(request.user).select_related("author", "read_by")
    return get_object_or_404(rows, pk=pk)


@require_GET
def show_month(request: AuthedRequest) -> HttpResponseBase:
    """The statistics of a month beside the month before and the year before; the same as a file."""
    require(can_open_reports(request.user))
    today = business_date()
    month = month_named(request.GET.get("month", "")) or month_of(today)
    parts, refusal = statistics_of(request.user, month), ""
    if request.GET.get("export") == "xlsx":
        query = f"month={month.first:%Y-%m}"
        try:
            return send_figures(
                book_of(parts, month), key="reports.statistics", query=query, file_format="xlsx", by=request.user
            )  # fmt: skip
        except BusinessError as error:
            refusal = str(error)
    context = {
        "parts": parts,
        "month": month,
        "months": compared(month),
        "offered": months_before(month_of(today), _MONTHS_OFFERED)[::-1],
        "refusal": refusal,
        "asked_at": timezone.now(),
        "can_see_statements": can_see_statements(request.user),
        "can_hand_in": can_hand_in_statistics(request.user) and is_over(month, today),
        "statements": Statement.objects.visible_to(request.user).filter(first_day=month.first),
        "due_on": due_of(month),
    }
    return render(request, "kpi/statistics/month.html", context, status=422 if refusal else 200)


@require_http_methods(_FORM_METHODS)
def hand_in(request: AuthedRequest) -> HttpResponse:
    """Hand a month in as its figures stand; again with a reason, as a new revision."""
    require(can_hand_in_statistics(request.user))
    last = months_before(month_of(business_date()), 2)[0]
    month = month_named(request.GET.get("month", "")) or last
    before = Statement.objects.filter(first_day=month.first).select_related("author").first()
    revision = before.revision + 1 if before else 1
    form = HandInForm(request.POST or None, initial=shown(month, revision), is_revision=before is not None)

    def act(told: dict[str, Any]) -> str:
        made = services.hand_in(told["month"], revision=told["revision"], note=told["note"], by=request.user)
        return made.get_absolute_url()

    return answer_form(
        request,
        form,
        title=_title(month, revision),
        hint=_said_before(before) if before else "",
        back=f"/reports/statistics/?month={month.first:%Y-%m}",
        act=act,
        submit=pgettext("statistics", "Hand in"),
    )


def _title(month: Period, revision: int) -> str:
    told = {"month": f"{month.first:%Y-%m}", "n": revision}
    if revision == 1:
        return _("Hand in the statistics of %(month)s") % told
    return _("Hand in revision %(n)s of the statistics of %(month)s") % told


def _said_before(before: Statement) -> str:
    told = {"name": before.author.name, "when": say_moment(before.handed_in_at), "n": before.revision + 1}
    words = _(
        "%(name)s handed this month in at %(when)s. Revision %(n)s will stand beside it, with today's figures."
    )
    return words % told


@require_GET
def list_statements(request: AuthedRequest) -> HttpResponseBase:
    """What was handed in, newest month first."""
    require(can_see_statements(request.user))
    return list_response(request, STATEMENTS)


@require_GET
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """The figures as they were handed in."""
    statement = statement_or_404(request, pk)
    context = {
        "statement": statement,
        "months": compared(statement.month),
        "parts": kept_parts(statement, request.user),
        "others": Statement.objects.filter(first_day=statement.first_day).exclude(pk=statement.pk),
        "can_mark_read": can_mark_read(request.user, statement),
    }
    return render(request, "kpi/statistics/statement.html", context)


@require_http_methods(_FORM_METHODS)
def mark_read(request: AuthedRequest, pk: int) -> HttpResponse:
    """Read, with a remark for the clerk if there is one."""
    statement = statement_or_404(request, pk)
    require(can_mark_read(request.user, statement))

    def act(told: dict[str, Any]) -> None:
        services.mark_read(statement, remark=told["remark"], by=request.user)

    return answer_form(
        request,
        RemarkForm(request.POST or None),
        title=_("Read: statistics of %(month)s") % {"month": statement},
        back=statement.get_absolute_url(),
        act=act,
    )


@require_GET
def print_statement(request: AuthedRequest, pk: int) -> HttpResponse:
    """What was handed in as a PDF."""
    statement = statement_or_404(request, pk)
    language = language_asked(request)
    paper = statement_paper(statement, reader=request.user, language=language)
    return pdf_response(paper, by=request.user, filename=f"{paper.number.lower()}.pdf")
