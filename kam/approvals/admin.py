"""Routes are read here and changed by a rule change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kam.approvals.models import Route, RouteStep
from kam.approvals.rule_changes import admin as rule_changes
from kam.approvals.rule_changes.models import RuleChange
from kam.approvals.rule_changes.permissions import can_see_rules
from kam.core.admin_site import KamModelAdmin
from kam.users.models import POSITION_LABELS, User
from kam.users.terms import Position


class StepInline(admin.TabularInline):  # type: ignore[type-arg]  # not subscriptable at run time
    """The steps of a version, to be read."""

    model = RouteStep
    extra = 0
    can_delete = False
    fields = ("order", "positions", "amount_over", "amount_up_to", "official", "kind", "only_for")
    readonly_fields = fields

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return isinstance(request.user, User) and can_see_rules(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Route)
class RouteAdmin(KamModelAdmin):
    """Who decides what, by version."""

    may_see = staticmethod(can_see_rules)
    actions = None
    list_display = ("subject_key", "number", "way", "valid_from", "valid_until", "propose")
    list_filter = ("subject_key",)
    inlines = (StepInline,)

    @admin.display(description=_("decided by"))
    def way(self, route: Route) -> str:
        steps = route.steps.all()
        return " → ".join(
            " / ".join(str(POSITION_LABELS[Position(p)]) for p in step.positions) for step in steps
        )

    @admin.display(description="")
    def propose(self, route: Route) -> SafeString:
        url = "/admin/approvals/rulechange/add/"
        return format_html(
            '<a href="{}?kind=route&amp;of={}">{}</a>', url, route.subject_key, _("Propose a change")
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("steps")


admin.site.register(RuleChange, rule_changes.RuleChangeAdmin)
