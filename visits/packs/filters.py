"""Filters of the ledger of promises."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kam.core.clock import business_date
from kam.lists.filters import OneOf, OneOfRows
from kam.notes.models import Task
from kam.users.offers import sellers_offered
from visits.packs.labels import SIDES, STANDING_LABELS
from visits.packs.selectors import in_standing


class PromiseFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    kind = OneOf(label=_("Who promised"), choices=[(kind.value, label) for kind, label in SIDES.items()])
    standing = django_filters.ChoiceFilter(
        label=_("What became of it"),
        choices=[(one.value, label) for one, label in STANDING_LABELS.items()],
        method="filter_standing",
    )
    assignee = OneOfRows(label=_("Whose task"), queryset=sellers_offered)
    since = django_filters.DateFilter(label=_("Due from"), field_name="due_on", lookup_expr="gte")
    until = django_filters.DateFilter(label=_("Due until"), field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Task
        fields = ()

    def filter_standing(self, rows: QuerySet[Task], _name: str, wanted: str) -> QuerySet[Task]:
        return in_standing(rows, wanted, business_date())
