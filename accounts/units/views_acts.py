"""Forms that change a unit as a whole: new, edit, owner, status, tier; tasks and files added to it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.units import registry, services
from accounts.units.documents import unit_file
from accounts.units.forms import (
    DeleteNoteForm,
    NewUnitForm,
    OwnerForm,
    StatusForm,
    TaskForm,
    TierForm,
    UnitForm,
)
from accounts.units.models import KeyAccount
from accounts.units.permissions import (
    can_add_files,
    can_add_unit,
    can_change_owner,
    can_change_tier,
    can_edit_unit,
)
from accounts.units.selectors import FILES
from accounts.units.terms import Tier, UnitStatus
from accounts.units.views import RECORD, record_context, unit_or_404
from kam.core.answers import answer_change, answer_form
from kam.core.clock import business_date
from kam.files.http import take_file
from kam.notes import services as notes
from kam.notes.models import Note
from kam.notes.permissions import can_delete_note
from kam.notes.terms import SourceKey
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require
from kam.users.models import User
from kam.users.terms import SELLERS

_FORM_METHODS = ["GET", "POST"]


def _editable(
    request: AuthedRequest, pk: int, allowed: Callable[[User, KeyAccount], bool] = can_edit_unit
) -> KeyAccount:
    unit = unit_or_404(request, pk)
    require(allowed(request.user, unit))
    return unit


@require_http_methods(_FORM_METHODS)
def add_unit(request: AuthedRequest) -> HttpResponse:
    require(can_add_unit(request.user))
    form = NewUnitForm(request.POST or None, user=request.user)

    def act(told: dict[str, Any]) -> str:
        del told
        values = form.values()
        owner = values.pop("owner", None) or _default_owner(request.user)
        unit = services.create_unit(values, by=request.user, owner=owner)
        may_open = KeyAccount.objects.visible_to(request.user).filter(pk=unit.pk).exists()
        return unit.get_absolute_url() if may_open else "/accounts/"

    return answer_form(
        request,
        form,
        title=_("New unit"),
        back="/accounts/",
        act=act,
        done=_("Unit added."),
        template="accounts/units/new.html",
    )


def _default_owner(user: User) -> User | None:
    """Whoever keeps units keeps what they add; a clerk's unit has nobody yet."""
    return user if user.position in SELLERS else None


@require_http_methods(_FORM_METHODS)
def edit_unit(request: AuthedRequest, pk: int) -> HttpResponse:
    def form_of(unit: KeyAccount, posted: Any) -> UnitForm:
        return UnitForm(posted, instance=unit, user=request.user)

    def act(unit: KeyAccount, form: UnitForm) -> None:
        version = form.cleaned_data.get("version") or 0
        services.edit_unit(unit, form.values(), by=request.user, version=version)

    return answer_change(request, lambda: _editable(request, pk), form_of, act, title=_("Edit %(name)s"))


@require_http_methods(_FORM_METHODS)
def change_status(request: AuthedRequest, pk: int) -> HttpResponse:
    def form_of(unit: KeyAccount, posted: Any) -> StatusForm:
        initial = {"version": unit.version, "on": business_date(), "to": unit.status}
        return StatusForm(posted, unit=unit, initial=initial)

    def act(unit: KeyAccount, form: StatusForm) -> None:
        told = form.cleaned_data
        services.change_status(
            unit,
            to=UnitStatus(told["to"]),
            on=told["on"],
            reason=told["reason"],
            version=told["version"] or 0,
            by=request.user,
        )

    return answer_change(request, lambda: _editable(request, pk), form_of, act, title=_("Status of %(name)s"))


@require_http_methods(_FORM_METHODS)
def change_tier(request: AuthedRequest, pk: int) -> HttpResponse:
    def form_of(unit: KeyAccount, posted: Any) -> TierForm:
        return TierForm(posted, initial={"version": unit.version, "to": unit.tier})

    def act(unit: KeyAccount, form: TierForm) -> None:
        told = form.cleaned_data
        services.change_tier(
            unit, to=Tier(told["to"]), reason=told["reason"], version=told["version"] or 0, by=request.user
        )

    def row_of() -> KeyAccount:
        return _editable(request, pk, can_change_tier)

    return answer_change(request, row_of, form_of, act, title=_("Tier of %(name)s"))


@require_http_methods(_FORM_METHODS)
def change_owner(request: AuthedRequest, pk: int) -> HttpResponse:
    def form_of(unit: KeyAccount, posted: Any) -> OwnerForm:
        initial = {"version": unit.version, "on": business_date(), "owner": unit.owner_id}
        return OwnerForm(posted, user=request.user, initial=initial)

    def act(unit: KeyAccount, form: OwnerForm) -> None:
        told = form.cleaned_data
        services.change_owner(
            unit,
            owner=told["owner"],
            on=told["on"],
            reason=told["reason"],
            version=told["version"] or 0,
            by=request.user,
        )

    def row_of() -> KeyAccount:
        return _editable(request, pk, can_change_owner)

    return answer_change(request, row_of, form_of, act, title=_("Owner of %(name)s"))


@require_GET
def print_file(request: AuthedRequest, pk: int) -> HttpResponse:
    """The customer file as a PDF, in the reader's language or the one asked for."""
    unit = unit_or_404(request, pk)
    sheet = unit_file(unit, request.user, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{unit.file_number or unit.pk}.pdf")


@require_http_methods(_FORM_METHODS)
def add_task(request: AuthedRequest, pk: int) -> HttpResponse:
    """Something to do about this unit, for oneself."""
    unit = unit_or_404(request, pk)
    require(can_edit_unit(request.user, unit))
    form = TaskForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        subject = SourceKey.of("accounts.unit", unit.pk, unit.name)
        notes.add_task(
            told["text"], assignee=request.user, by=request.user, subject=subject, due_on=told["due_on"]
        )

    return answer_form(
        request,
        form,
        title=_("Task about %(name)s") % {"name": unit.name},
        back=unit.get_absolute_url(),
        act=act,
    )


@require_http_methods(_FORM_METHODS)
def delete_note(request: AuthedRequest, pk: int, note: int) -> HttpResponse:
    """Take one's own note off the timeline, after a look at it."""
    unit = unit_or_404(request, pk)
    found = get_object_or_404(Note.objects.about(SourceKey.of("accounts.unit", unit.pk)), pk=note)
    require(can_delete_note(request.user, found))
    form = DeleteNoteForm(request.POST if request.method == "POST" else None, note=found)

    def act(told: dict[str, Any]) -> None:
        del told
        notes.delete_note(found, by=request.user)

    return answer_form(
        request,
        form,
        title=_("Delete this note?"),
        back=unit.get_absolute_url(),
        act=act,
        done=_("Note deleted."),
        submit=_("Delete"),
        template="accounts/units/note_delete.html",
    )


@require_POST
def add_file(request: AuthedRequest, pk: int) -> HttpResponse:
    """Attach a file to the unit; a refused one is told at its field, on the tab it was sent from."""
    unit = unit_or_404(request, pk)
    require(can_add_files(request.user, unit))
    form, status = take_file(request, FILES, unit.pk)
    if status == 302:
        return redirect("unit-tab", pk=unit.pk, key="attachments")
    panel = registry.panel_of("attachments")
    assert panel is not None  # noqa: S101 -- registered by this room
    context = record_context(request, unit, panel) | {"file_form": form}
    return render(request, RECORD, context, status=status)
