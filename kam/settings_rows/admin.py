"""Values of settings with their history, to be read; a new value is drafted as a rule change."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kam.core.admin_site import KamModelAdmin
from kam.settings_rows.models import SettingRow
from kam.settings_rows.permissions import can_propose_settings, can_see_settings
from kam.settings_rows.registry import all_definitions
from kam.settings_rows.selectors import settings_of
from kam.users.models import User


@admin.register(SettingRow)
class SettingRowAdmin(KamModelAdmin):
    """What was approved; above it every setting with the value in force today and our assumption."""

    may_see = staticmethod(can_see_settings)
    may_propose = staticmethod(can_propose_settings)
    actions = None
    list_display = ("key", "said", "valid_from", "note", "propose")
    search_fields = ("key",)
    change_list_template = "admin/settings_rows/settingrow/change_list.html"

    @admin.display(description=_("value"), ordering="value")
    def said(self, row: SettingRow) -> str:
        """Return the value as people write it, not as JSON keeps it ("5" in quotes)."""
        return str(row.value)

    @admin.display(description="")
    def propose(self, row: SettingRow) -> SafeString:
        return format_html(
            '<a href="/admin/approvals/rulechange/add/?kind=setting&amp;of={}">{}</a>',
            row.key,
            _("Propose a change"),
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        definitions = all_definitions()
        now = settings_of(*(definition.key for definition in definitions))
        values = [(definition, now[definition.key]) for definition in definitions]
        told = {"in_force": values, "can_propose": can_propose_settings(cast(User, request.user))}
        return super().changelist_view(request, {**(extra_context or {}), **told})
