"""The department's own days are read here and changed by a rule change."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kam.calendar.models import DayOverride
from kam.core.admin_site import KamModelAdmin
from kam.settings_rows.permissions import can_propose_settings, can_see_settings


@admin.register(DayOverride)
class DayOverrideAdmin(KamModelAdmin):
    """Days on which the department does otherwise than the public calendar."""

    may_see = staticmethod(can_see_settings)
    may_propose = staticmethod(can_propose_settings)
    actions = None
    list_display = ("day", "is_working", "note", "propose")
    list_filter = ("is_working",)
    date_hierarchy = "day"

    @admin.display(description="")
    def propose(self, row: DayOverride) -> SafeString:
        url = "/admin/approvals/rulechange/add/"
        return format_html('<a href="{}?kind=workdays&amp;of={}">{}</a>', url, row.day, _("Propose a change"))
