"""Drafting in Django admin: choose a kind, fill in, look at the preview, submit. Deciding happens in the inbox."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kam.approvals.models import STATE_LABELS, Request
from kam.approvals.rule_changes import services
from kam.approvals.rule_changes.forms import WhenAndWhyForm
from kam.approvals.rule_changes.models import RuleChange
from kam.approvals.rule_changes.permissions import (
    can_draft_rule,
    can_draft_some_rule,
    can_edit_rule_change,
    can_read_preview,
    can_see_rules,
)
from kam.approvals.rule_changes.registry import RuleKind, all_rule_kinds, rule_kind
from kam.approvals.selectors import request_for
from kam.approvals.terms import RequestState
from kam.core.admin_site import KamModelAdmin
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.users.models import User

PAGE = "admin/approvals/rulechange/draft.html"


class KindFilter(admin.SimpleListFilter):
    """The kinds of rules in words; the column holds their keys."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, str(kind.label)) for key, kind in all_rule_kinds().items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RuleChange]) -> QuerySet[RuleChange]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class RuleChangeAdmin(KamModelAdmin):
    """Every draft with its way; editing is the drafter's alone, and only before it is submitted."""

    may_see = staticmethod(can_see_rules)
    may_add = may_edit = staticmethod(can_draft_some_rule)
    list_display = ("title", "kind_label", "state", "valid_from", "drafted_by", "applied_at", "way")
    list_filter = ("state", KindFilter)
    list_select_related = ("drafted_by",)
    actions = None

    @admin.display(description=_("kind"))
    def kind_label(self, change: RuleChange) -> str:
        known = all_rule_kinds()
        return str(known[change.kind].label) if change.kind in known else change.kind

    @admin.display(description=_("decisions"))
    def way(self, change: RuleChange) -> SafeString | str:
        known = all_rule_kinds()
        request = request_for(known[change.kind].subject, change) if change.kind in known else None
        if request is None:
            return "–"
        return format_html(
            '<a href="{}">{}</a>',
            reverse("approvals:detail", args=[request.pk]),
            STATE_LABELS[RequestState(request.state)],
        )

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Choose a kind, or draft one."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        user = _person(request)
        kinds = [kind for kind in all_rule_kinds().values() if can_draft_rule(user, kind.key)]
        kind = next((kind for kind in kinds if kind.key == request.GET.get("kind")), None)
        if kind is None:
            return self._page(request, {"kinds": kinds, "title": _("Draft a rule change")}, _status(request))
        forms_ = _forms(request, kind, initial=kind.begin(request.GET.get("of", "")))
        if request.method == "POST" and _are_valid(forms_):
            try:
                change = services.draft_rule_change(kind.key, by=user, **_values(*forms_))
            except BusinessError as error:
                _show(forms_, error)
            else:
                return self._back(change)
        return self._page(
            request, {"forms": forms_, "kind": kind, "title": _("Draft a rule change")}, _status(request)
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show a draft with its preview; the drafter edits, submits or discards it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        change = RuleChange.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        if change is None:
            raise Http404
        user, kind = _person(request), rule_kind(change.kind)
        if not can_edit_rule_change(user, change):
            return self._page(request, self._shown(change, kind, user))
        forms_ = _forms(request, kind, initial=change.payload, change=change)
        if request.method == "POST" and _are_valid(forms_):
            try:
                return self._act(request, change, forms_)
            except BusinessError as error:
                _show(forms_, error)
        change = services.note_preview(change, by=user)
        context = self._shown(change, kind, user) | {"forms": forms_, "editable": True}
        return self._page(request, context, _status(request))

    def _act(self, request: HttpRequest, change: RuleChange, forms_: list[Any]) -> HttpResponse:
        """Do what the pressed button says; unsaved edits are saved and previewed before they can be submitted."""
        user, values = _person(request), _values(*forms_)
        version = forms_[1].cleaned_data["version"] or 0
        if "_discard" in request.POST:
            services.discard_rule_change(change, by=user, version=version)
            messages.success(request, _("Discarded."))
            return HttpResponseRedirect(reverse("admin:approvals_rulechange_changelist"))
        stored = {"payload": change.payload, "valid_from": change.valid_from, "reason": change.reason}
        edited = any(values[key] != value for key, value in stored.items())
        if edited:
            change = services.edit_rule_change(change, by=user, version=version, **values)
            messages.success(request, _("Draft saved. Look at its preview below."))
        elif "_submit" in request.POST:
            services.submit_rule_change(change, by=user, version=version)
            messages.success(request, _("Submitted. It is in force when everybody on its way has approved."))
        return self._back(change)

    def _shown(self, change: RuleChange, kind: RuleKind, user: User) -> dict[str, Any]:
        approval: Request | None = request_for(kind.subject, change)
        is_told = can_read_preview(user, kind.key)
        preview = kind.preview(change.payload, change.valid_from) if is_told else None
        return {
            "change": change,
            "kind": kind,
            "preview": preview,
            "approval": approval,
            "title": change.title,
        }

    def _back(self, change: RuleChange) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:approvals_rulechange_change", args=[change.pk]))

    def _page(self, request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
        base = self.admin_site.each_context(request)
        return TemplateResponse(request, PAGE, base | {"opts": self.opts} | context, status=status)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 -- the admin site admits only people who signed in
    return request.user


def _forms(
    request: HttpRequest, kind: RuleKind, *, initial: Any, change: RuleChange | None = None
) -> list[Any]:
    data = request.POST if request.method == "POST" else None
    when = (
        {"valid_from": change.valid_from, "reason": change.reason, "version": change.version}
        if change
        else {"valid_from": business_date()}
    )
    return [kind.form(data, initial=initial), WhenAndWhyForm(data, initial=when)]


def _are_valid(forms_: list[Any]) -> bool:
    """Check every form, so that all errors are shown at once."""
    answers = [bool(form.is_valid()) for form in forms_]
    return all(answers)


def _values(form: Any, when: WhenAndWhyForm) -> dict[str, Any]:
    given = when.cleaned_data
    return {
        "payload": form.payload(),
        "title": form.title(),
        "valid_from": given["valid_from"],
        "reason": given["reason"],
    }


def _show(forms_: list[Any], error: BusinessError) -> None:
    form = next((form for form in forms_ if error.field in form.fields), forms_[0])
    add_business_error(form, error)


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
