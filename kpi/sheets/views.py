"""Pages of score sheets: a period, one sheet with every point explained, and the acts on it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.approvals.selectors import request_for
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.periods import Period, month_of
from kam.core.sentences import listed
from kam.core.toasts import toast
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require
from kpi.measures.holders import MONTHS_OFFERED
from kpi.measures.rules import months_before, name_of, period_named, quarter_of, year_of
from kpi.sheets import services
from kpi.sheets.closing import close_period
from kpi.sheets.corrections import ask_correction
from kpi.sheets.documents import period_table, score_sheet
from kpi.sheets.evidence import suggested
from kpi.sheets.forms import CommentForm, RateForm, ReasonForm, ReviewForm
from kpi.sheets.late import late_rows
from kpi.sheets.lines import lines_of, rated_keys
from kpi.sheets.models import Seal, Sheet
from kpi.sheets.parts import parts_shown
from kpi.sheets.permissions import (
    can_ask_correction,
    can_assess,
    can_close,
    can_comment,
    can_review_self,
    can_see_sheets,
    can_sign,
)
from kpi.sheets.selectors import Shown, shown, shown_of
from kpi.sheets.services import SUBJECT

_FORM_METHODS = ["GET", "POST"]


def sheet_or_404(request: AuthedRequest, pk: int) -> Sheet:
    """Return a sheet that this person may read."""
    return get_object_or_404(Sheet.objects.visible_to(request.user).select_related("user"), pk=pk)


def _period(name: str) -> Period:
    return period_named(name) or month_of(business_date())


def _rows(request: AuthedRequest, period: Period) -> list[Shown]:
    rows = Sheet.objects.visible_to(request.user).of_period(period).live().select_related("user")
    return shown_of(rows.order_by("user__staff_number", "revision"))


@require_GET
def list_sheets(request: AuthedRequest) -> HttpResponse:
    """The sheets of a month, quarter or year that one may read."""
    require(can_see_sheets(request.user))
    period = _period(request.GET.get("period", ""))
    context = {
        "name": name_of(period),
        "offered": _offered(period),
        "rows": _rows(request, period),
        "can_close": can_close(request.user) and period.last < business_date(),
    }
    return render(request, "kpi/sheets/list.html", context)


def _offered(period: Period) -> list[tuple[str, list[str]]]:
    """Return the names that the page offers: months, quarters and years, newest first."""
    months = months_before(month_of(business_date()), MONTHS_OFFERED)[::-1]
    quarters = [quarter_of(month.first) for month in months]
    years = [year_of(month.first) for month in months]
    groups = [(_("Months"), months), (_("Quarters"), quarters), (_("Years"), years)]
    named = [(label, list(dict.fromkeys(name_of(one) for one in found))) for label, found in groups]
    known = {name for _label, names in named for name in names}
    return named if name_of(period) in known else [*named, (_("Chosen"), [name_of(period)])]


@require_POST
def close(request: AuthedRequest) -> HttpResponse:
    """Close a period: every agreed sheet is sealed."""
    require(can_close(request.user))
    period = _period(request.POST.get("period", ""))
    back = f"{reverse('kpi-sheets')}?period={name_of(period)}"
    try:
        done = close_period(period, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=back)
    words = _("%(sealed)s sheets closed, %(already)s were closed before, %(waiting)s are not ready.")
    told = {"sealed": len(done.sealed), "already": len(done.already), "waiting": len(done.waiting)}
    toast(request, words % told)
    if done.behind:
        names = listed(row.user.name for row in done.behind)
        toast(request, _("These wait until their shorter periods are closed: %(names)s.") % {"names": names})
    return redirect(back)


@require_GET
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """A sheet: where every point comes from, what was said, what may be done next."""
    sheet = sheet_or_404(request, pk)
    user, told = request.user, shown(sheet)
    lines = lines_of(told)
    comments = list(sheet.comments.select_related("by"))
    evidence = {grade.indicator: grade for grade in sheet.grades.select_related("by")}
    ideas = suggested(sheet, rated_keys(lines))
    rows = [
        (
            line,
            evidence.get(line.key),
            ideas.get(line.key),
            [said for said in comments if said.indicator == line.key],
        )
        for line in lines
    ]
    revisions = Sheet.objects.visible_to(user).filter(
        user=sheet.user_id, first_day=sheet.first_day, last_day=sheet.last_day
    )
    context = {
        "sheet": sheet,
        "shown": told,
        "has_rated": bool(rated_keys(lines)),
        "rows": rows,
        "parts": parts_shown(told, lines),
        "comments": [said for said in comments if not said.indicator],
        "approval": request_for(SUBJECT, sheet, reader=request.user),
        "corrections": sheet.corrections.select_related("asked_by"),
        "revisions": revisions.exclude(pk=sheet.pk).order_by("revision"),
        "facts_query": f"?from={sheet.first_day.isoformat()}&until={sheet.last_day.isoformat()}",
        "can_review": can_review_self(user, sheet),
        "can_submit": can_review_self(user, sheet) and sheet.has_ended(business_date()),
        "can_assess": can_assess(user, sheet),
        "can_comment": can_comment(user, sheet),
        "can_sign": can_sign(user, sheet),
        "can_correct": can_ask_correction(user, sheet),
    }
    return render(request, "kpi/sheets/sheet.html", context)


@require_GET
def show_late(request: AuthedRequest, pk: int) -> HttpResponse:
    """What the live rows say otherwise than a sealed sheet: rows that came late, rows that are gone."""
    sheet = sheet_or_404(request, pk)
    seals = list(Seal.objects.filter(sheet=sheet).select_related("sheet__user"))
    context = {"sheet": sheet, "rows": list(late_rows(seals)), "has_rows": any(one.counted for one in seals)}
    return render(request, "kpi/sheets/late.html", context)


@require_http_methods(_FORM_METHODS)
def review(request: AuthedRequest, pk: int) -> HttpResponse:
    """The self-review."""
    sheet = sheet_or_404(request, pk)
    require(can_review_self(request.user, sheet))

    def form_of(row: Sheet, data: Any = None) -> ReviewForm:
        return ReviewForm(data, initial={"version": row.version, "text": row.self_review})

    def act(told: dict[str, Any]) -> None:
        services.review_self(sheet, text=told["text"], version=told["version"], by=request.user)

    return answer_form(
        request,
        form_of(sheet, request.POST or None),
        title=_("Self-review: %(name)s") % {"name": sheet.number},
        back=sheet.get_absolute_url(),
        act=act,
        fresh=lambda: form_of(sheet_or_404(request, pk)),
    )


@require_http_methods(_FORM_METHODS)
def rate(request: AuthedRequest, pk: int) -> HttpResponse:
    """Grades with their evidence."""
    sheet = sheet_or_404(request, pk)
    require(can_assess(request.user, sheet))
    lines = lines_of(shown(sheet))
    form = RateForm(
        request.POST or None,
        lines=lines,
        suggested=suggested(sheet, rated_keys(lines)),
        initial={"version": sheet.version},
    )

    def act(told: dict[str, Any]) -> None:
        services.rate(sheet, grades=form.grades(), version=told["version"], by=request.user)

    title = _("Rate: %(name)s") % {"name": sheet}
    return answer_form(request, form, title=title, back=sheet.get_absolute_url(), act=act)


@require_http_methods(_FORM_METHODS)
def waive(request: AuthedRequest, pk: int, key: str) -> HttpResponse:
    """Leave out a line that cannot be assessed; a line that the sheet has not is not found."""
    sheet = sheet_or_404(request, pk)
    require(can_assess(request.user, sheet))
    label = next((line.told.label for line in lines_of(shown(sheet)) if line.key == key), None)
    if label is None:
        raise Http404
    form = ReasonForm(request.POST or None, initial={"version": sheet.version})

    def act(told: dict[str, Any]) -> None:
        version = told["version"] if told["version"] is not None else sheet.version
        services.waive(sheet, key=key, reason=told["reason"], version=version, by=request.user)

    title = _("Leave out: %(line)s") % {"line": label}
    return answer_form(request, form, title=title, back=sheet.get_absolute_url(), act=act)


@require_http_methods(_FORM_METHODS)
def comment(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say something about a line, or the whole sheet."""
    sheet = sheet_or_404(request, pk)
    require(can_comment(request.user, sheet))
    form = CommentForm(
        request.POST or None, lines=lines_of(shown(sheet)), initial={"indicator": request.GET.get("line", "")}
    )

    def act(told: dict[str, Any]) -> None:
        services.comment(sheet, text=told["text"], key=told["indicator"], by=request.user)

    title = _("Comment: %(name)s") % {"name": sheet}
    return answer_form(request, form, title=title, back=sheet.get_absolute_url(), act=act)


@require_POST
def submit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Hand the sheet to the assessors."""
    sheet = sheet_or_404(request, pk)
    require(can_review_self(request.user, sheet))
    try:
        services.submit_sheet(sheet, version=number_in(request.POST.get("version")) or 0, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=sheet.get_absolute_url())
    return redirect(sheet.get_absolute_url())


@require_POST
def sign(request: AuthedRequest, pk: int) -> HttpResponse:
    """The person has read the closed sheet."""
    sheet = sheet_or_404(request, pk)
    require(can_sign(request.user, sheet))
    services.sign(sheet, by=request.user)
    return redirect(sheet.get_absolute_url())


@require_http_methods(_FORM_METHODS)
def correct(request: AuthedRequest, pk: int) -> HttpResponse:
    """Appeal, or ask for a correction."""
    sheet = sheet_or_404(request, pk)
    require(can_ask_correction(request.user, sheet))
    form = ReasonForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        ask_correction(sheet, reason=told["reason"], by=request.user)

    is_own = sheet.user_id == request.user.pk
    title = (_("Appeal: %(name)s") if is_own else _("Correct: %(name)s")) % {"name": sheet}
    return answer_form(
        request, form, title=title, back=sheet.get_absolute_url(), act=act, submit=_("Ask for approval")
    )


@require_GET
def print_sheet(request: AuthedRequest, pk: int) -> HttpResponse:
    """The score sheet as a PDF."""
    sheet = sheet_or_404(request, pk)
    paper = score_sheet(shown(sheet), language=language_asked(request))
    return pdf_response(paper, by=request.user, filename=f"{sheet.number}.pdf")


@require_GET
def print_period(request: AuthedRequest) -> HttpResponse:
    """The table of a period as a PDF."""
    require(can_see_sheets(request.user))
    period = _period(request.GET.get("period", ""))
    paper = period_table(_rows(request, period), period, language=language_asked(request))
    return pdf_response(paper, by=request.user, filename=f"KPI-{name_of(period)}.pdf")
