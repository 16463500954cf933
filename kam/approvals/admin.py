"""Routes are read here and changed by a rule change."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kam.approvals.models import Route, RouteStep
from kam.approvals.names import subject_name
from kam.approvals.rule_changes import admin as rule_changes
from kam.approvals.rule_changes.models import RuleChange
from kam.approvals.rule_changes.permissions import can_draft_rule, can_see_rules
from kam.core.admin_site import KamModelAdmin
from kam.users.models import POSITION_LABELS, User
from kam.users.terms import Position


def _positions(positions: list[str]) -> str:
    return " / ".join(str(POSITION_LABELS[Position(p)]) for p in positions)


class StepInline(admin.TabularInline):  # type: ignore[type-arg]  # not subscriptable at run time
    """The steps of a version, to be read."""

    model = RouteStep
    extra = 0
    can_delete = False
    fields = ("order", "deciders", "amount_over", "amount_up_to", "official", "kind", "askers")
    readonly_fields = fields

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return isinstance(request.user, User) and can_see_rules(request.user)

    @admin.display(description=_("decided by"))
    def deciders(self, step: RouteStep) -> str:
        return _positions(step.positions)

    @admin.display(description=_("only for requests of"))
    def askers(self, step: RouteStep) -> str:
        return _positions(step.only_for)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class BySubject(admin.SimpleListFilter):
    """The subject by its name."""

    title = _("subject")
    parameter_name = "subject_key"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        keys = Route.objects.order_by("subject_key").values_list("subject_key", flat=True).distinct()
        return [(key, subject_name(key)) for key in keys]

    def queryset(self, _request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(subject_key=self.value()) if self.value() else queryset


@admin.register(Route)
class RouteAdmin(KamModelAdmin):
    """Who decides what, by version."""

    may_see = staticmethod(can_see_rules)
    may_propose = staticmethod(partial(can_draft_rule, kind="route"))
    actions = None
    list_display = ("subject", "number", "way", "valid_from", "valid_until", "propose")
    list_filter = (BySubject,)
    fields = ("subject", "number", "valid_from", "valid_until", "note")
    readonly_fields = ("subject",)
    inlines = (StepInline,)

    @admin.display(description=_("subject"), ordering="subject_key")
    def subject(self, route: Route) -> str:
        return subject_name(route.subject_key)

    @admin.display(description=_("decided by"))
    def way(self, route: Route) -> str:
        return " → ".join(_positions(step.positions) for step in route.steps.all())

    @admin.display(description="")
    def propose(self, route: Route) -> SafeString:
        url = "/admin/approvals/rulechange/add/"
        return format_html(
            '<a href="{}?kind=route&amp;of={}">{}</a>', url, route.subject_key, _("Propose a change")
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("steps")


admin.site.register(RuleChange, rule_changes.RuleChangeAdmin)
