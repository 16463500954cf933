"""Product lines are named here by administrators and the director; a line is retired, never removed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.competition.models import ProductLine
from accounts.competition.permissions import can_name_product_lines
from accounts.competition.services import add_product_line, change_product_line
from kam.core.admin_site import KamModelAdmin


@admin.register(ProductLine)
class ProductLineAdmin(KamModelAdmin):
    """The code is for ever, because charts of past days know the line by it."""

    may_see = may_add = may_edit = staticmethod(can_name_product_lines)
    actions = None
    list_display = ("label", "label_zh_hans", "code", "place", "retired_on")
    fields = ("code", "label", "label_zh_hans", "label_zh_hant", "place", "retired_on")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        del request
        return ("code",) if obj else ()

    def add(self, request: HttpRequest, values: dict[str, Any]) -> ProductLine:
        return add_product_line(values, by=request.user)  # type: ignore[arg-type]  # admin pages are for our people

    def change(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        change_product_line(row, values, by=request.user)  # type: ignore[arg-type]  # admin pages are for our people
