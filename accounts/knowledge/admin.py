"""Service standards are kept here; a standard is retired, never removed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.knowledge.models import ServiceStandard
from accounts.knowledge.permissions import can_set_standards
from accounts.knowledge.registry import all_measures
from accounts.knowledge.services_learning import add_standard, change_standard
from kam.core.admin_site import KamModelAdmin

_FIELDS = ("label", "label_zh_hans", "label_zh_hant", "measure", "better", "target", "place", "retired_on")


@admin.register(ServiceStandard)
class ServiceStandardAdmin(KamModelAdmin):
    """The measure is one of those that KAM can compute, or none."""

    may_see = may_add = may_edit = staticmethod(can_set_standards)
    actions = None
    list_display = ("__str__", "measure", "better", "target", "place", "retired_on")
    fields = ("code", *_FIELDS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        del request
        return ("code",) if obj else ()

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "measure":
            known = [(measure.key, measure.label) for measure in all_measures()]
            return forms.ChoiceField(label=_("measure"), choices=[("", "–"), *known], required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def add(self, request: HttpRequest, values: dict[str, Any]) -> ServiceStandard:
        return add_standard(values, by=request.user)  # type: ignore[arg-type]  # admin pages are for our people

    def change(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        change_standard(row, values, by=request.user)  # type: ignore[arg-type]  # admin pages are for our people
