"""The list of visits."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.users.offers import people_offered
from visits.visits.models import KIND_LABELS, OUTCOME_LABELS, Visit
from visits.visits.permissions import can_log_visits
from visits.visits.terms import Outcome, VisitKind

TONES = {
    Outcome.NOT_MET: "draft",
    Outcome.NEUTRAL: "pending",
    Outcome.PROGRESS: "good",
    Outcome.SETTLED: "good",
}


class VisitFilter(django_filters.FilterSet):  # type: ignore[misc]  # the package ships no types
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=[(k.value, KIND_LABELS[k]) for k in VisitKind]
    )
    outcome = django_filters.ChoiceFilter(
        label=_("Outcome"), choices=[(o.value, OUTCOME_LABELS[o]) for o in Outcome]
    )
    user = django_filters.ModelChoiceFilter(label=_("Visitor"), queryset=people_offered)
    since = django_filters.DateFilter(label=_("From"), field_name="on", lookup_expr="gte")
    until = django_filters.DateFilter(label=_("Until"), field_name="on", lookup_expr="lte")
    is_late = django_filters.BooleanFilter(label=_("Entered late"))
    is_planned = django_filters.BooleanFilter(label=_("Planned"))
    reported = django_filters.BooleanFilter(label=_("Reported"), method="by_report")

    class Meta:
        model = Visit
        fields = ("kind", "outcome", "user", "is_late", "is_planned")

    def by_report(self, rows: QuerySet[Visit], _name: str, value: bool) -> QuerySet[Visit]:
        return rows.filter(report__isnull=not value)


def _rows(user: Any) -> QuerySet[Visit]:
    return Visit.objects.visible_to(user).select_related("unit", "user", "report")


def _search(rows: QuerySet[Visit], text: str) -> QuerySet[Visit]:
    return rows.filter(Q(unit__name__icontains=text) | Q(unit__short_name__icontains=text))


def _report_state(visit: Visit) -> tuple[str, Any]:
    return ("good", _("handed in")) if hasattr(visit, "report") else ("draft", _("missing"))


VISITS = register_list(
    ListSpec(
        key="visits.visits",
        url="/visits/",
        title=_("Visits"),
        rows=_rows,
        columns=(
            Column("on", _("Day"), kind="date", value="on", sort="on", phone="end"),
            Column(
                "unit",
                _("Unit"),
                kind="name",
                value=lambda v: Name(v.unit.name, sub=v.purpose, tier=v.unit.tier),
                phone="title",
            ),
            Column("kind", _("Kind"), kind="tag", value=lambda v: v.get_kind_display(), phone="left"),
            Column(
                "outcome",
                _("Outcome"),
                kind="badge",
                value=lambda v: (TONES[v.outcome], v.get_outcome_display()),
                phone="right",
            ),
            Column("user", _("Visitor"), value="user.name", phone="foot"),
            Column("report", _("Report"), kind="badge", value=_report_state),
            Column("planned", _("Planned"), kind="yes", value="is_planned"),
            Column("late", _("Late"), kind="yes", value="is_late", is_shown=False),
            Column("business_date", _("Counts for"), kind="date", value="business_date", is_shown=False),
            Column("next_step", _("Next step"), value="next_step", is_shown=False),
        ),
        sorts=(
            Sort("on", _("Newest"), "on", descending=True),
            Sort("oldest", _("Oldest"), "on"),
        ),
        filterset=VisitFilter,
        search=_search,
        search_hint=_("Unit"),
        row_url=lambda v: f"/visits/{v.pk}/",
        views=(
            View("all", _("All")),
            View("unreported", _("Without report"), "reported=false"),
            View("late", _("Entered late"), "is_late=true"),
        ),
        empty=Empty(
            _("No visit yet"),
            _("Visits appear here when they are logged."),
            _("Log a visit"),
            "/visits/new/",
            can=can_log_visits,
        ),
    )
)
