"""The import in four steps: file, columns, preview, writing; and the duplicate check of the new-unit form."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.imports import services_wizard as wizard
from accounts.imports.documents import errors_workbook
from accounts.imports.forms import CellForm, DuplicateForm, MappingForm, UploadForm
from accounts.imports.models import UnitImport
from accounts.imports.permissions import can_import_units
from accounts.imports.selectors_wizard import mapping_context, preview_context, told_row
from accounts.imports.services_duplicates import find_duplicates
from accounts.imports.terms import ImportState
from accounts.units.permissions import can_add_unit
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.htmx import is_htmx, render_page_or_fragment
from kam.users.http import AuthedRequest, require

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _import_or_404(request: AuthedRequest, pk: int) -> UnitImport:
    require(can_import_units(request.user))
    rows = UnitImport.objects.visible_to(request.user).select_related("job").defer("file")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def upload(request: AuthedRequest) -> HttpResponse:
    require(can_import_units(request.user))
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        status = 422
        if form.is_valid():
            try:
                made = wizard.upload(
                    form.cleaned_data["file"], name=form.cleaned_data["file"].name, by=request.user
                )
            except BusinessError as error:
                add_business_error(form, error)
            else:
                return redirect("import-columns", made.pk)
    recent = UnitImport.objects.visible_to(request.user).defer("file", "heads", "samples")[:10]
    context = {"form": form, "recent": recent, "step": 1}
    return render(request, "accounts/imports/upload.html", context, status=status)


@require_http_methods(["GET", "POST"])
def choose_columns(request: AuthedRequest, pk: int) -> HttpResponse:
    unit_import = _import_or_404(request, pk)
    form = MappingForm(request.POST or None, heads=unit_import.heads, mapping=unit_import.mapping)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                wizard.choose_columns(
                    unit_import,
                    form.columns(),
                    update_existing=form.cleaned_data["update_existing"],
                    allow_ownerless=form.cleaned_data["allow_ownerless"],
                    label=form.cleaned_data["label"],
                )
            except BusinessError as error:
                add_business_error(form, error)
                status = error.status
            else:
                return redirect("import", pk)
    context = mapping_context(unit_import, form) | {"step": 2}
    return render(request, "accounts/imports/columns.html", context, status=status)


@require_GET
def preview(request: AuthedRequest, pk: int) -> HttpResponse:
    unit_import = _import_or_404(request, pk)
    if unit_import.state == ImportState.UPLOADED:
        return redirect("import-columns", pk)
    context = preview_context(unit_import, request.GET)
    answer = render_page_or_fragment(
        request, "accounts/imports/preview.html", "accounts/imports/_preview.html", context
    )
    if is_htmx(request) and not context["is_writing"]:
        answer.headers["HX-Refresh"] = "true"  # it asked how far the writing is: heading and steps change too
    return answer


@require_POST
def fix_cell(request: AuthedRequest, pk: int, number: int) -> HttpResponse:
    unit_import = _import_or_404(request, pk)
    form = CellForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    text = None if form.cleaned_data["undo"] else form.cleaned_data["text"]
    try:
        row = wizard.fix_cell(unit_import, number, form.cleaned_data["column"], text)
    except BusinessError as error:
        return HttpResponse(str(error), status=error.status, content_type="text/plain; charset=utf-8")
    if not is_htmx(request):
        return redirect("import", pk)
    context = {"unit_import": unit_import, "row": told_row(row)} | preview_context(unit_import, {})
    return render(request, "accounts/imports/_fixed.html", context)


@require_GET
def download_errors(request: AuthedRequest, pk: int) -> HttpResponse:
    unit_import = _import_or_404(request, pk)
    answer = HttpResponse(errors_workbook(unit_import), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="import-{pk}-errors.xlsx"'
    return answer


@require_POST
def write(request: AuthedRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda row: wizard.start_writing(row, by=request.user))


@require_POST
def stop(request: AuthedRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda row: wizard.stop_writing(row, by=request.user))


def _act(request: AuthedRequest, pk: int, act: Any) -> HttpResponse:
    unit_import = _import_or_404(request, pk)
    try:
        act(unit_import)
    except BusinessError as error:
        context = preview_context(unit_import, {}) | {"refusal": str(error)}
        return render(request, "accounts/imports/preview.html", context, status=error.status)
    return redirect("import", pk)


@require_POST
def check_duplicates(request: AuthedRequest) -> HttpResponse:
    """Answer what is typed for a new unit: "held by NAME, TEAM" for the exact name or code only (12-decisions 2)."""
    require(can_add_unit(request.user))
    form = DuplicateForm(request.POST)
    context: dict[str, Any] = {}
    if form.is_valid():
        try:
            context["found"] = find_duplicates(**form.cleaned_data, by=request.user)
        except BusinessError as error:
            context["refusal"] = str(error)
    return render(request, "accounts/imports/_duplicates.html", context)
