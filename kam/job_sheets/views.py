"""Pages of job sheets: list, a version, writing it language by language, handing in, giving up, paper."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.approvals.selectors import request_for
from kam.core.answers import answer_form
from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.job_sheets import services
from kam.job_sheets.documents import job_sheet_document
from kam.job_sheets.forms import BeginForm, TextForm
from kam.job_sheets.models import JobSheet
from kam.job_sheets.permissions import can_edit_sheet, can_keep_sheets
from kam.job_sheets.selectors import boxes_of, texts_of, versions_of
from kam.job_sheets.tables import JOB_SHEETS
from kam.job_sheets.terms import LANGUAGES
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require


def _sheet(request: AuthedRequest, pk: int) -> JobSheet:
    rows = JobSheet.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("prepared_by", "reviewed_by", "approved_by"), pk=pk)


@require_GET
def list_sheets(request: AuthedRequest) -> HttpResponseBase:
    context = {"may_begin": can_keep_sheets(request.user)}
    return list_response(request, JOB_SHEETS, page="job_sheets/list.html", context=context)


@require_http_methods(["GET", "POST"])
def begin(request: AuthedRequest) -> HttpResponse:
    """Begin a new version; it starts with the text in force, or that of the company's book."""
    require(can_keep_sheets(request.user))
    form = BeginForm(request.POST or None, initial={"subject": request.GET.get("subject", "")})

    def act(told: dict[str, Any]) -> str:
        return services.begin_version(told["subject"], by=request.user).get_absolute_url()

    hint = _("It begins with the text in force, or with that of the company's book where there is none yet.")
    return answer_form(
        request,
        form,
        title=_("New version of a job sheet"),
        back=reverse("job-sheets"),
        act=act,
        hint=hint,
    )


@require_GET
def show_sheet(request: AuthedRequest, pk: int) -> HttpResponse:
    """Show a version in the reader's language, or the one asked for, with its signatures and the other versions."""
    sheet = _sheet(request, pk)
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else (get_language() or request.user.language)
    context = {
        "sheet": sheet,
        "boxes": boxes_of(sheet, language),
        "language": language,
        "languages": [(code, name) for code, name in settings.LANGUAGES if code in LANGUAGES],
        "versions": versions_of(sheet, request.user),
        "approval": request_for(services.SUBJECT, sheet, reader=request.user),
        "can_edit": can_edit_sheet(request.user, sheet),
        "can_begin": can_keep_sheets(request.user),
    }
    return render(request, "job_sheets/sheet.html", context)


@require_http_methods(["GET", "POST"])
def write(request: AuthedRequest, pk: int, language: str) -> HttpResponse:
    """Write the boxes of one language."""
    sheet = _sheet(request, pk)
    if language not in LANGUAGES:
        raise Http404
    require(can_edit_sheet(request.user, sheet))
    initial = texts_of(sheet)[language] | {"version": sheet.version, "change_note": sheet.change_note}
    form = TextForm(request.POST or None, initial=initial)

    def act(told: dict[str, Any]) -> str:
        services.write_text(
            sheet, language, told, note=told["change_note"], by=request.user, version=told["version"]
        )
        return f"{sheet.get_absolute_url()}?language={language}"

    name = dict(settings.LANGUAGES)[language]
    title = _("%(sheet)s in %(language)s") % {"sheet": sheet, "language": name}
    hint = _("One item a line.")
    return answer_form(request, form, title=title, back=sheet.get_absolute_url(), act=act, hint=hint)


@require_POST
def hand_in(request: AuthedRequest, pk: int) -> HttpResponse:
    return _acted(request, pk, services.hand_in, _("Handed in."))


@require_POST
def discard(request: AuthedRequest, pk: int) -> HttpResponse:
    return _acted(request, pk, services.discard, _("Given up."))


def _acted(request: AuthedRequest, pk: int, act: Callable[..., object], done: str) -> HttpResponse:
    sheet = _sheet(request, pk)
    require(can_edit_sheet(request.user, sheet))
    try:
        act(sheet, by=request.user, version=number_in(request.POST.get("version")))
    except BusinessError as error:
        toast(request, error, level=messages.ERROR)
        return redirect(sheet)
    toast(request, done)
    return redirect(sheet)


@require_GET
def print_sheet(request: AuthedRequest, pk: int) -> HttpResponse:
    sheet = _sheet(request, pk)
    document = job_sheet_document(sheet, language=language_asked(request))
    return pdf_response(document, by=request.user, filename=f"job-sheet-{sheet.subject}-{sheet.number}.pdf")
