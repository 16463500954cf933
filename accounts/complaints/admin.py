"""The checklists of service after the sale and of crises are kept here; a row is retired, never removed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.complaints.models import ChecklistStep
from accounts.complaints.permissions import can_name_steps
from accounts.complaints.services_service import add_checklist_step, change_checklist_step
from kam.core.admin_site import KamModelAdmin

_FIELDS = ("kind", "role", "label", "label_zh_hans", "label_zh_hant", "due_in", "place", "retired_on")


@admin.register(ChecklistStep)
class ChecklistStepAdmin(KamModelAdmin):
    """What is started from a row keeps the row's words of that day."""

    may_see = may_add = may_edit = staticmethod(can_name_steps)
    actions = None
    list_display = ("__str__", "kind", "role", "due_in", "place", "retired_on")
    list_filter = ("kind",)
    fields = ("code", *_FIELDS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        del request
        return ("code",) if obj else ()

    def add(self, request: HttpRequest, values: dict[str, Any]) -> ChecklistStep:
        return add_checklist_step(values, by=request.user)  # type: ignore[arg-type]  # admin pages are for our people

    def change(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        change_checklist_step(row, values, by=request.user)  # type: ignore[arg-type]  # admin pages are for our people
