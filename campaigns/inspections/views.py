"""Pages of inspections: the list, inspecting on a phone, one inspection with its photos, the sheet, the checklist."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.inspections import permissions, services
from campaigns.inspections.documents import inspection_sheet
from campaigns.inspections.forms import ChecklistForm, InspectionForm
from campaigns.inspections.models import ChecklistVersion, Inspection
from campaigns.inspections.rules import write_checklist
from campaigns.inspections.selectors import badge_of, checklist_in_force, rows_of
from campaigns.inspections.services import FILES
from campaigns.inspections.tables import INSPECTIONS
from campaigns.outlets.models import Outlet
from campaigns.outlets.permissions import can_see_outlets
from campaigns.outlets.views import outlet_or_404
from kam.core.answers import answer_form
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.files.forms import FileForm
from kam.files.http import take_file
from kam.files.models import Attachment
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require
from visits.visits.models import Draft
from visits.visits.services import discard_draft, send_once
from visits.visits.views import answer_sent, body_of, wants_json

_DRAFT = "inspection"


@require_GET
def list_inspections(request: AuthedRequest) -> HttpResponseBase:
    """Inspections of the outlets that one sees."""
    require(can_see_outlets(request.user))
    context = {"can_write": permissions.can_write_checklist(request.user)}
    return list_response(request, INSPECTIONS, page="campaigns/inspections/list.html", context=context)


def inspection_or_404(request: AuthedRequest, pk: int) -> Inspection:
    """Return an inspection that the person may see."""
    rows = Inspection.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("outlet__unit", "version", "by"), pk=pk)


def _version(request: AuthedRequest) -> ChecklistVersion:
    """Return the checklist that the page showed, else the one in force: a new version does not throw away what was filled in."""
    asked = ChecklistVersion.objects.filter(pk=number_in(request.POST.get("version")) or 0)
    version = asked.prefetch_related("rows").first() or checklist_in_force()
    if version is None:
        raise Http404
    return version


@require_http_methods(["GET", "POST"])
def inspect(request: AuthedRequest, pk: int) -> HttpResponse:
    """The checklist on a phone: one tap a row, words where something is not in order, photos. Kept on the device without a connection."""
    outlet = outlet_or_404(request, pk)
    require(permissions.can_inspect(request.user, outlet))
    version = _version(request)
    form = InspectionForm(
        request.POST or None,
        request.FILES or None,
        rows=list(version.rows.all()),
        user=request.user,
        initial={
            "version": version.pk,
            "assignee": outlet.unit.owner_id or request.user.pk,
            "public_id": uuid.uuid4(),
        },
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                location = _kept_once(request, outlet, form)
            except BusinessError as error:
                add_business_error(form, error)
                status = error.status
            else:
                if not wants_json(request):
                    toast(request, _("Saved."))
                return answer_sent(request, location)
        if wants_json(request):
            return JsonResponse({"errors": form.errors.get_json_data()}, status=status)
    return _form_page(request, outlet, form, version, status)


def _form_page(
    request: AuthedRequest, outlet: Outlet, form: InspectionForm, version: ChecklistVersion, status: int
) -> HttpResponse:
    key = _draft_key(outlet, version)
    context = {
        "form": form,
        "outlet": outlet,
        "back": outlet.get_absolute_url(),
        "key": key,
        "draft": Draft.objects.filter(user=request.user, kind=_DRAFT, key=key).first(),
    }
    return render(request, "campaigns/inspections/inspect.html", context, status=status)


def _draft_key(outlet: Outlet, version: ChecklistVersion) -> str:
    """A draft belongs to the checklist it was filled in by: another version asks other rows."""
    return f"{outlet.pk}-{version.number}"


def _kept_once(request: AuthedRequest, outlet: Outlet, form: InspectionForm) -> str:
    """Keep the inspection; the same sending again – from a queue, after a lost answer – finds the first one."""
    walk = form.walk()

    def keep() -> str:
        made = services.keep_inspection(outlet, walk, by=request.user)
        discard_draft(_DRAFT, _draft_key(outlet, walk.version), by=request.user)
        return made.get_absolute_url()

    key = form.cleaned_data["public_id"] or uuid.uuid4()
    return send_once(keep, by=request.user, route=_DRAFT, key=key, body=body_of(request.POST))


@require_GET
def show_inspection(request: AuthedRequest, pk: int) -> HttpResponse:
    """One inspection: every row, findings with their tasks, photos."""
    return _page(request, inspection_or_404(request, pk), FileForm(pictures=True), 200)


@require_POST
def add_photo(request: AuthedRequest, pk: int) -> HttpResponse:
    """Add a photo that was forgotten."""
    inspection = inspection_or_404(request, pk)
    require(permissions.can_add_photos(request.user, inspection))
    form, status = take_file(request, FILES, inspection.pk, pictures=True)
    return redirect(inspection) if status == 302 else _page(request, inspection, form, status)


def _page(request: AuthedRequest, inspection: Inspection, form: FileForm, status: int) -> HttpResponse:
    rows = rows_of(inspection, business_date())
    context = {
        "inspection": inspection,
        "badge": badge_of(inspection.score),
        "rows": rows,
        "findings": [row for row in rows if row.seen.task_id],
        "photos": Attachment.objects.of(FILES, inspection.pk).select_related("by"),
        "file_form": form,
        "can_add": permissions.can_add_photos(request.user, inspection),
    }
    return render(request, "campaigns/inspections/inspection.html", context, status=status)


@require_GET
def print_inspection(request: AuthedRequest, pk: int) -> HttpResponse:
    """The sheet, to be signed."""
    inspection = inspection_or_404(request, pk)
    sheet = inspection_sheet(inspection, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{inspection.number}.pdf")


@require_http_methods(["GET", "POST"])
def write_rows(request: AuthedRequest) -> HttpResponse:
    """Write the next version of the checklist; inspections made keep theirs."""
    require(permissions.can_write_checklist(request.user))

    def first_words() -> dict[str, Any]:
        latest = checklist_in_force()
        rows = write_checklist(row.spec for row in latest.rows.all()) if latest else ""
        return {"rows": rows, "seen": latest.number if latest else 0}

    def act(told: dict[str, Any]) -> None:
        services.write_version(told["rows"], seen=told["seen"] or 0, by=request.user)

    form = ChecklistForm(request.POST or None, initial=first_words())
    return answer_form(
        request,
        form,
        title=_("Checklist of inspections"),
        back=INSPECTIONS.url if can_see_outlets(request.user) else "/",
        act=act,
        fresh=lambda: ChecklistForm(initial=first_words()),
    )
